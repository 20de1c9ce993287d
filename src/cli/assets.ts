// Files under public/ for the engine in Node, and the trained models that lie there.

import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { ReadAsset } from "../engine/domain";
import { badFile, mistake } from "./failures";
import { CHECKPOINT_FILE } from "./runFolder";

const publicFolder = fileURLToPath(new URL("../../public", import.meta.url));
const modelsFolder = join(publicFolder, "models");

/** Reads a file under public/. @throws LabError("file") if it is absent or outside. */
export const readAsset: ReadAsset = async (path) => {
  const file = resolve(publicFolder, path);
  if (!file.startsWith(publicFolder + sep) || !existsSync(file))
    throw badFile(`The lab has no file ${path}.`, { path });
  return new Uint8Array(await readFile(file));
};

/** A trained model in public/models: its name, the domain it is for, and a line about it. */
export type ModelEntry = { readonly name: string; readonly domain: string; readonly summary: string };

async function readCard(name: string): Promise<ModelEntry> {
  const path = join(modelsFolder, name, "run.json");
  const run: unknown = JSON.parse(await readFile(path, "utf8"));
  const fields = run as { domain?: unknown; summary?: unknown }; // checked by String below
  return { name, domain: String(fields.domain ?? ""), summary: String(fields.summary ?? "") };
}

/** The models that ship with the lab, by name. */
export async function listModels(): Promise<readonly ModelEntry[]> {
  if (!existsSync(modelsFolder)) return [];
  const entries = await readdir(modelsFolder, { withFileTypes: true });
  const names = entries.filter(
    (entry) => entry.isDirectory() && existsSync(join(modelsFolder, entry.name, "run.json")),
  );
  return Promise.all(names.map((entry) => readCard(entry.name)));
}

/** The folder that `--model NAME|DIR` means. @throws LabError("option") that lists the models. */
export async function findModel(nameOrFolder: string): Promise<string> {
  if (existsSync(join(nameOrFolder, CHECKPOINT_FILE))) return nameOrFolder;
  const shipped = join(modelsFolder, nameOrFolder);
  if (/^[\w-]+$/.test(nameOrFolder) && existsSync(join(shipped, CHECKPOINT_FILE))) return shipped;
  const names = (await listModels()).map((model) => model.name).join(", ");
  throw mistake(`--model is "${nameOrFolder}"; allowed: the folder of a run${names ? `, or one of ${names}` : ""}.`);
}

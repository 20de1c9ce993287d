// Files under public/ for the engine in Node, and the trained models among them.

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { domains } from "../domains/list";
import type { ReadAsset } from "../engine/domain";
import { badFile, mistake } from "./failures";
import { CHECKPOINT_FILE, isOneFile } from "./runFolder";

const publicFolder = fileURLToPath(new URL("../../public", import.meta.url));

/** Reads a file under public/. @throws LabError("file") if it is absent or outside. */
export const readAsset: ReadAsset = async (path) => {
  const file = resolve(publicFolder, path);
  if (!file.startsWith(publicFolder + sep) || !existsSync(file))
    throw badFile(`The lab has no file ${path}.`, { path });
  return new Uint8Array(await readFile(file));
};

/** A trained model that ships with the lab: its name, the domain it is for, and a line about it. */
export type ModelEntry = { readonly name: string; readonly domain: string; readonly summary: string };

/** The models that ship with the lab, by name. */
export function listModels(): readonly ModelEntry[] {
  return domains.flatMap((spec) =>
    (spec.models ?? []).map(({ name, title }) => ({ name, domain: spec.id, summary: `${title}.` })),
  );
}

/** The run's folder that `--model DIR` means. @throws LabError("option") that lists the models. */
export async function findModel(folder: string): Promise<string> {
  if (isOneFile(folder) || existsSync(join(folder, CHECKPOINT_FILE))) return folder;
  const names = listModels()
    .map((model) => model.name)
    .join(", ");
  throw mistake(`--model is "${folder}"; allowed: the folder of a run${names ? `, or one of ${names}` : ""}.`);
}

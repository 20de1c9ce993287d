// The folder of a run: run.json (options and outcome), history.jsonl (one record a line), checkpoint.wsl (to resume).
// Each file is written beside its place and then renamed, so that a stop in between leaves the old one whole.

import { existsSync, statSync } from "node:fs";
import { appendFile, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { LabError } from "../engine/errors";
import type { OptionValues } from "../engine/options";
import type { RunRecord } from "../engine/run/records";
import { readRunHead } from "../engine/run/runFile";
import { badFile, mistake } from "./failures";
import { type NewRecord, recordLine } from "./output";
import { finalRecord } from "./schema";

export const CHECKPOINT_FILE = "checkpoint.wsl";
const RUN_FILE = "run.json";
const HISTORY_FILE = "history.jsonl";

const runFileSchema = z.object({
  v: z.literal(1),
  domain: z.string(),
  options: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])),
  /** Name of the person's own file among the data, or null. */
  dataFile: z.string().nullable(),
  step: z.number().int().nonnegative(),
  /** Null while the run has not ended. */
  final: finalRecord.nullable(),
});

export type RunFile = z.infer<typeof runFileSchema>;

async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  await writeFile(`${path}.part`, content);
  await rename(`${path}.part`, path);
}

/** True if the folder holds a run. */
export function holdsRun(folder: string): boolean {
  return existsSync(join(folder, RUN_FILE)) || existsSync(join(folder, CHECKPOINT_FILE));
}

/** A new run's folder, made if absent. @throws LabError("option") if it holds a run already. */
export async function createRunFolder(folder: string): Promise<void> {
  if (holdsRun(folder)) {
    throw mistake(`--out ${folder} already holds a run; continue it with --resume ${folder}, or name another folder.`);
  }
  await mkdir(folder, { recursive: true });
}

/** True for a run file that the page saved (or a folder's checkpoint), named in a folder's place. */
export function isOneFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** What run.json would say of a run file. @throws LabError("file") if it cannot be read */
async function readHead(argument: string, path: string): Promise<RunFile> {
  try {
    const { domain, options, step, userData } = readRunHead(new Uint8Array(await readFile(path)));
    return { v: 1, domain, options, dataFile: userData?.name ?? null, step, final: null };
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    throw badFile(`${argument} ${path}: ${error.message}`, { file: path }, error);
  }
}

/**
 * Reads run.json, or what a run file says of itself.
 * @param argument how sentences name the folder: "--resume"
 * @throws LabError("option" or "file")
 */
export async function readRunFile(argument: string, folder: string): Promise<RunFile> {
  if (!existsSync(folder)) throw mistake(`${argument} ${folder} does not exist; give the folder of a run.`);
  if (isOneFile(folder)) return readHead(argument, folder);
  const path = join(folder, RUN_FILE);
  if (!existsSync(path)) throw mistake(`${argument} ${folder} holds no run: ${RUN_FILE} is missing.`);
  try {
    return runFileSchema.parse(JSON.parse(await readFile(path, "utf8")));
  } catch (error) {
    throw badFile(`${argument} ${folder}: ${RUN_FILE} is damaged or from another version.`, { folder }, error);
  }
}

/** The checkpoint's bytes. @throws LabError("option") if there is none. */
export async function readCheckpoint(argument: string, folder: string): Promise<Uint8Array> {
  const path = isOneFile(folder) ? folder : join(folder, CHECKPOINT_FILE);
  if (!existsSync(path)) throw mistake(`${argument} ${folder} holds no checkpoint: ${CHECKPOINT_FILE} is missing.`);
  return new Uint8Array(await readFile(path));
}

/** Writes the checkpoint first and then run.json, so that run.json never speaks of a checkpoint that is not there. */
export async function saveRun(folder: string, run: RunFile, checkpoint: Uint8Array): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeWhole(join(folder, CHECKPOINT_FILE), checkpoint);
  await writeWhole(join(folder, RUN_FILE), `${recordText(run)}\n`);
}

function recordText(run: RunFile): string {
  return JSON.stringify(run, null, 2);
}

/** The history as the `progress` lines of `--json`. */
export function progressOf(record: RunRecord): NewRecord & { kind: "progress" } {
  const { step, wallMs, evaluations, metrics } = record;
  return { kind: "progress", step, wallMs, evaluations, metrics: { ...metrics } };
}

/** Writes the whole history anew: at the start of a run or when it is resumed. */
export async function writeHistory(folder: string, records: readonly RunRecord[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeWhole(join(folder, HISTORY_FILE), linesOf(records));
}

/** Adds records to the history. */
export async function appendHistory(folder: string, records: readonly RunRecord[]): Promise<void> {
  if (records.length > 0) await appendFile(join(folder, HISTORY_FILE), linesOf(records));
}

function linesOf(records: readonly RunRecord[]): string {
  return records.map((record) => `${recordLine(progressOf(record))}\n`).join("");
}

/** A name for a run that was given no folder: "runs/automata-mws-k10-seed1", numbered if taken. */
export function defaultRunFolder(domain: string, options: OptionValues): string {
  const stem = join("runs", `${domain}-${options.algorithm}-k${options.particles}-seed${options.seed}`);
  let folder = stem;
  for (let number = 2; holdsRun(folder); number += 1) folder = `${stem}-${number}`;
  return folder;
}

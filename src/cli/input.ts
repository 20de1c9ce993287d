// Reads a person's file, or stdin for "-", and decodes it to what a domain's fromUpload takes: pixels or text.
// The kind is told by the first bytes, never by the name.

import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Command } from "commander";
import jpeg from "jpeg-js";
import { PNG } from "pngjs";
import type { DomainSpec, FileInput, RawInput, UploadResult, UserData } from "../engine/domain";
import type { OptionValues } from "../engine/options";
import { badFile, mistake } from "./failures";
import { say } from "./output";

const MAX_BYTES = 32 * 1024 * 1024;
const MAX_PIXELS_MP = 64;

async function readAll(argument: string, source: string): Promise<Uint8Array> {
  if (source === "-") {
    const parts: Uint8Array[] = [];
    for await (const part of process.stdin) parts.push(part as Uint8Array); // stdin without an encoding gives bytes
    return Buffer.concat(parts);
  }
  try {
    const { size } = await stat(source);
    if (size > MAX_BYTES) {
      throw badFile(
        `${argument} ${source} has ${Math.ceil(size / 2 ** 20)} MB; allowed: up to ${MAX_BYTES / 2 ** 20} MB.`,
      );
    }
    return await readFile(source);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code; // file system errors carry a code
    if (code === "ENOENT") throw badFile(`${argument} ${source} does not exist.`, { file: source });
    if (code === "EISDIR") throw badFile(`${argument} ${source} is a folder; give a file.`, { file: source });
    if (code === "EACCES") throw badFile(`${argument} ${source} may not be read by this user.`, { file: source });
    throw error;
  }
}

function startsWith(bytes: Uint8Array, ...first: number[]): boolean {
  return first.every((byte, index) => bytes[index] === byte);
}

function decode(argument: string, name: string, bytes: Uint8Array): RawInput {
  if (bytes.length === 0) throw badFile(`${argument} ${name} is empty.`, { file: name });
  const isPng = startsWith(bytes, 0x89, 0x50, 0x4e, 0x47);
  if (isPng || startsWith(bytes, 0xff, 0xd8, 0xff)) {
    const kind = isPng ? "PNG" : "JPEG";
    try {
      const picture = isPng
        ? PNG.sync.read(Buffer.from(bytes))
        : jpeg.decode(bytes, { useTArray: true, maxResolutionInMP: MAX_PIXELS_MP });
      return { kind: "image", name, width: picture.width, height: picture.height, rgba: picture.data };
    } catch (error) {
      throw badFile(`${argument} ${name} starts like a ${kind} picture but is damaged.`, { file: name }, error);
    }
  }
  try {
    return { kind: "text", name, text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch (error) {
    const sentence = `${argument} ${name} is neither a PNG or JPEG picture nor text in UTF-8.`;
    throw badFile(sentence, { file: name }, error);
  }
}

/** Reads and decodes a file. @param argument how the sentence names it: "--input". @throws LabError("file"). */
export async function readInput(argument: string, source: string): Promise<RawInput> {
  const name = source === "-" ? "standard input" : basename(source);
  return decode(argument, name, await readAll(argument, source));
}

/** First bytes of files of many pictures: zip, gzip, .npy, IDX, and the lab's own packed sets. */
const MANY = [
  [0x50, 0x4b],
  [0x1f, 0x8b],
  [0x93, 0x4e, 0x55],
  [0, 0, 8],
  [0x57, 0x53, 0x4c, 0x49],
];

/**
 * Reads several files, and all files of folders by name. Files of many pictures stay as they are, the others are decoded.
 * @throws LabError("file")
 */
export async function readFiles(argument: string, sources: readonly string[]): Promise<readonly FileInput[]> {
  const inputs: FileInput[] = [];
  for (const source of await withoutFolders(sources)) {
    const name = source === "-" ? "standard input" : basename(source);
    const bytes = await readAll(argument, source);
    const isMany = MANY.some((first) => startsWith(bytes, ...first));
    inputs.push(isMany ? { kind: "bytes", name, bytes } : decode(argument, name, bytes));
  }
  if (inputs.length === 0) throw badFile(`${argument} ${sources.join(" ")} holds no files.`);
  return inputs;
}

async function withoutFolders(sources: readonly string[]): Promise<readonly string[]> {
  const files: string[] = [];
  for (const source of sources) {
    const isFolder = source !== "-" && (await stat(source).catch(() => null))?.isDirectory();
    if (!isFolder) files.push(source);
    else {
      const entries = (await readdir(source, { withFileTypes: true, recursive: true })).filter((one) => one.isFile());
      const visible = entries.filter(({ name }) => !name.startsWith("."));
      files.push(...visible.map(({ parentPath, name }) => join(parentPath, name)).sort());
    }
  }
  return files;
}

/** One file for domains that take one, as many as there are for the others. @throws LabError("file" | "option") */
export async function readInputs(
  argument: string,
  sources: readonly string[],
  spec: DomainSpec,
): Promise<readonly FileInput[]> {
  if (spec.fromFiles) return readFiles(argument, sources);
  const [first, second] = sources;
  if (first === undefined || second !== undefined) {
    throw mistake(`${argument} names ${sources.length} files, but ${spec.id} takes one.`);
  }
  return [await readInput(argument, first)];
}

function firstProblem(argument: string, name: string, result: UploadResult & { ok: false }): string {
  const problem = result.problems[0];
  if (!problem) return `${argument} ${name} cannot be used.`;
  const row = problem.row === undefined ? "" : `, row ${problem.row}`;
  const column = problem.column === undefined ? "" : `, column ${problem.column}`;
  const more = result.problems.length > 1 ? ` (${result.problems.length - 1} more of this kind)` : "";
  return `${argument} ${name}${row}${column}: ${problem.message}${more}`;
}

export type OwnData = { readonly userData: UserData; readonly numObservations: number; readonly name: string };

/** What a person said about a table: the column wanted, and whether bad rows are left out (absent: no such flag). */
export type TableWishes = { readonly column?: string | undefined; readonly skipBad?: boolean | undefined };

/** Adds `--column` and `--skip-bad`. */
export function addTableFlags(command: Command): Command {
  return command
    .option(
      "--column <name or number>",
      "strings, time series: the only column wanted; without it, every usable column",
    )
    .option("--skip-bad", "leave out rows that cannot be used, and say which");
}

/** What the flags of addTableFlags say. */
export function readTableFlags(flags: Readonly<Record<string, unknown>>): TableWishes {
  return { column: flags.column === undefined ? undefined : String(flags.column), skipBad: flags.skipBad === true };
}

/** The input with the column wanted. @throws LabError("option") where there are no columns */
export function withColumn(input: RawInput, spec: DomainSpec, column: string | undefined): RawInput {
  if (column === undefined) return input;
  if (input.kind === "text" && spec.readsColumns) return { ...input, column };
  throw mistake(`--column is "${column}", but ${spec.id} reads no columns of ${input.name}; leave it out.`);
}

/**
 * A decoded file as a domain's data; notes and what was left out go to stderr.
 * @throws LabError("file") with the first problem, its row and column
 */
export async function decodeUserData(
  argument: string,
  input: RawInput,
  spec: DomainSpec,
  options: OptionValues,
  wishes: TableWishes = {},
): Promise<OwnData> {
  await spec.loadReaders?.();
  return usable(argument, input.name, spec.fromUpload(withColumn(input, spec, wishes.column), options), wishes);
}

/** The same for what readInputs gave. @throws LabError("file" | "option") */
export async function decodeInputs(
  argument: string,
  inputs: readonly FileInput[],
  spec: DomainSpec,
  options: OptionValues,
  wishes: TableWishes = {},
): Promise<OwnData> {
  const [first] = inputs;
  if (spec.fromFiles) {
    if (wishes.column !== undefined)
      throw mistake(`--column is "${wishes.column}", but ${spec.id} reads no columns; leave it out.`);
    const name = inputs.length === 1 ? (first?.name ?? "") : `${inputs.length} files`;
    return usable(argument, name, await spec.fromFiles(inputs, options), wishes);
  }
  if (!first || first.kind === "bytes") throw badFile(`${argument} holds no picture and no text.`);
  return decodeUserData(argument, first, spec, options, wishes);
}

function usable(argument: string, name: string, result: UploadResult, wishes: TableWishes): OwnData {
  const sayNotes = () => {
    for (const note of result.notes ?? []) say(note);
  };
  if (result.ok) {
    sayNotes();
    return { userData: result.userData, numObservations: result.numObservations, name };
  }
  const sentence = firstProblem(argument, name, result);
  if (result.rest === undefined) throw badFile(sentence, { file: name });
  if (!wishes.skipBad) {
    const hint = wishes.skipBad === undefined ? "" : ` --skip-bad uses ${result.rest.name}.`;
    throw badFile(`${sentence}${hint}`, { file: name });
  }
  say(`${sentence} Left out; ${result.rest.name} are used.`);
  sayNotes();
  return { userData: result.rest.userData, numObservations: result.rest.numObservations, name };
}

/** Reads, decodes and converts a person's file. @throws LabError("file") */
export async function readUserData(
  argument: string,
  source: string,
  spec: DomainSpec,
  options: OptionValues,
  wishes: TableWishes = {},
): Promise<OwnData> {
  return decodeInputs(argument, await readInputs(argument, [source], spec), spec, options, wishes);
}

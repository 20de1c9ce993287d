// Reads a person's file, or stdin for "-", and decodes it to what a domain's fromUpload takes: pixels or text.
// The kind is told by the first bytes, never by the name.

import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import type { Command } from "commander";
import jpeg from "jpeg-js";
import { PNG } from "pngjs";
import type { DomainSpec, RawInput, UploadResult, UserData } from "../engine/domain";
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
    .option("--column <name or number>", "strings: the only column wanted; without it, every usable column")
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
export function decodeUserData(
  argument: string,
  input: RawInput,
  spec: DomainSpec,
  options: OptionValues,
  wishes: TableWishes = {},
): OwnData {
  const result = spec.fromUpload(withColumn(input, spec, wishes.column), options);
  const sayNotes = () => {
    for (const note of result.notes ?? []) say(note);
  };
  if (result.ok) {
    sayNotes();
    return { userData: result.userData, numObservations: result.numObservations, name: input.name };
  }
  const sentence = firstProblem(argument, input.name, result);
  if (result.rest === undefined) throw badFile(sentence, { file: input.name });
  if (!wishes.skipBad) {
    const hint = wishes.skipBad === undefined ? "" : ` --skip-bad uses ${result.rest.name}.`;
    throw badFile(`${sentence}${hint}`, { file: input.name });
  }
  say(`${sentence} Left out; ${result.rest.name} are used.`);
  sayNotes();
  return { userData: result.rest.userData, numObservations: result.rest.numObservations, name: input.name };
}

/** Reads, decodes and converts a person's file. @throws LabError("file") */
export async function readUserData(
  argument: string,
  source: string,
  spec: DomainSpec,
  options: OptionValues,
  wishes: TableWishes = {},
): Promise<OwnData> {
  return decodeUserData(argument, await readInput(argument, source), spec, options, wishes);
}

// People's own points: text with seven rows of two numbers, a table with a set column, lines of fourteen numbers, or JSON
// with one or more sets of seven points. Everything is validated before it is converted; problems carry 1-based rows and
// columns, and what is left without the bad sets is offered.

import type { RawInput, UploadProblem, UploadResult } from "../../engine/domain";
import { NUM_POINTS } from "./program";
import { readLines, readTable, type TextRow, textRows } from "./uploadText";

export const MAX_SETS = 1000;
/** Prior means are N(0, I); points beyond this are a mistake of units, and their log likelihood says nothing. */
const MAX_COORDINATE = 1000;
const ALLOWED = `a number from -${MAX_COORDINATE} to ${MAX_COORDINATE}`;
const MAX_PROBLEMS = 20;

/** Sets of 14 numbers, or null for one that cannot be used; `row` names what a set is: a row, or a set. */
export type ReadSets = { readonly sets: readonly (readonly number[] | null)[]; readonly unit: "row" | "set" };

/**
 * Reads a file into point sets; never throws. The payload is { sets: number[][] }, 14 numbers each.
 * Text: one row a point, numbers separated by commas, semicolons, tabs or spaces; a heading row is skipped. With three
 * columns the first names the set; with fourteen, a row is a whole set.
 * JSON: [[x, y], ...] for one set, [[[x, y], ...], ...] for several, or either under "points" or "sets".
 */
export function fromUpload(input: RawInput): UploadResult {
  if (input.kind === "image") {
    return fail([{ message: "This is a picture; clusters reads text or JSON with seven points of two numbers." }]);
  }
  const text = input.text.trim();
  if (text === "") return fail([{ message: "The file is empty; allowed: seven rows of two numbers." }]);
  const problems: UploadProblem[] = [];
  const { sets, unit } = /^[[{]/.test(text) ? readJson(text, problems) : readText(text, problems);
  const good = sets.filter((set) => set !== null);
  if (good.length > MAX_SETS) {
    return fail([{ message: `There are ${good.length} sets; allowed: 1 to ${MAX_SETS}.` }]);
  }
  const kept = { userData: { name: input.name, payload: { sets: good } }, numObservations: good.length };
  if (problems.length === 0) return { ok: true, ...kept };
  const name = `the other ${good.length === 1 ? unit : `${good.length} ${unit}s`}`;
  return good.length === 0 ? fail(problems) : { ok: false, problems: shown(problems), rest: { ...kept, name } };
}

function readText(text: string, problems: UploadProblem[]): ReadSets {
  const rows = textRows(text);
  const width = rows[0]?.cells.length ?? 0;
  if (width === 2 * NUM_POINTS) return readLines(rows, (row) => readNumbers(row, problems), problems);
  if (width === 3) return readTable(rows, (row) => readNumbers(row, problems), problems);
  return { sets: [readRows(rows, problems)], unit: "set" };
}

function readNumbers({ cells, row, from }: TextRow, problems: UploadProblem[]): number[] | null {
  const before = problems.length;
  const numbers = cells.slice(from).map((cell, i) => readNumber(cell, row, from + i + 1, "", problems));
  return problems.length === before ? numbers : null;
}

function readRows(points: readonly TextRow[], problems: UploadProblem[]): number[] | null {
  const before = problems.length;
  if (points.length !== NUM_POINTS) {
    const message = `There ${points.length === 1 ? "is 1 row" : `are ${points.length} rows`} of numbers; allowed: exactly 7.`;
    problems.push({ row: points[NUM_POINTS]?.row ?? points.at(-1)?.row ?? 1, message });
  }
  const numbers = points.flatMap(({ cells, row }) => readPair(cells, row, "", problems));
  return problems.length === before ? numbers : null;
}

function readJson(text: string, problems: UploadProblem[]): ReadSets {
  const none: ReadSets = { sets: [], unit: "set" };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const detail = error instanceof Error ? error.message : "it does not parse";
    problems.push({ message: `The file is not valid JSON: ${detail}.` });
    return none;
  }
  const inner = unwrap(value);
  if (!Array.isArray(inner) || inner.length === 0) {
    problems.push({
      message: 'The file holds no points; allowed: [[x, y], ...] with seven points, or "sets": a list of such.',
    });
    return none;
  }
  const first: unknown = inner[0];
  const sets: unknown[] = Array.isArray(first) && Array.isArray(first[0]) ? inner : [inner];
  return { sets: sets.map((set, i) => readSet(set, sets.length > 1 ? `Set ${i + 1}: ` : "", problems)), unit: "set" };
}

function unwrap(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  if ("points" in value) return value.points;
  return "sets" in value ? value.sets : value;
}

function readSet(set: unknown, prefix: string, problems: UploadProblem[]): number[] | null {
  if (!Array.isArray(set) || set.length !== NUM_POINTS) {
    const given = Array.isArray(set) ? `${set.length} points` : "no list of points";
    problems.push({ message: capital(`${prefix}there are ${given}; allowed: exactly 7.`) });
    return null;
  }
  const before = problems.length;
  const numbers = set.flatMap((pair: unknown, j) =>
    readPair(Array.isArray(pair) ? pair : [pair], j + 1, prefix, problems),
  );
  return problems.length === before ? numbers : null;
}

function readPair(cells: readonly unknown[], row: number, prefix: string, problems: UploadProblem[]): number[] {
  if (cells.length !== 2) {
    const message = `${prefix}row ${row} has ${cells.length} ${cells.length === 1 ? "value" : "values"}; allowed: exactly 2.`;
    problems.push({ row, message: capital(message) });
    return [];
  }
  return cells.map((cell, i) => readNumber(cell, row, i + 1, prefix, problems));
}

function readNumber(cell: unknown, row: number, column: number, prefix: string, problems: UploadProblem[]): number {
  const isText = typeof cell === "string";
  const value = isText ? Number(cell) : cell;
  if (typeof value === "number" && Math.abs(value) <= MAX_COORDINATE) return value;
  const given = isText ? `"${cell}"` : JSON.stringify(cell);
  const message = `${prefix}row ${row}, column ${column} is ${given}; allowed: ${ALLOWED}.`;
  problems.push({ row, column, message: capital(message) });
  return Number.NaN;
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

function fail(problems: readonly UploadProblem[]): UploadResult {
  return { ok: false, problems: shown(problems) };
}

function shown(problems: readonly UploadProblem[]): readonly UploadProblem[] {
  return problems.slice(0, MAX_PROBLEMS);
}

// People's own points: text with seven rows of two numbers, or JSON with one or more sets of seven points.
// Everything is validated before it is converted; problems carry 1-based rows and columns.

import type { RawInput, UploadProblem, UploadResult } from "../../engine/domain";
import { NUM_POINTS } from "./program";

const MAX_SETS = 1000;
/** Prior means are N(0, I); points beyond this are a mistake of units, and their log likelihood says nothing. */
const MAX_COORDINATE = 1000;
const ALLOWED = `a number from -${MAX_COORDINATE} to ${MAX_COORDINATE}`;
const MAX_PROBLEMS = 20;

/**
 * Reads a file into point sets; never throws. The payload is { sets: number[][] }, 14 numbers each.
 * Text: one row a point, numbers separated by commas, semicolons, tabs or spaces; a heading row is skipped.
 * JSON: [[x, y], ...] for one set, [[[x, y], ...], ...] for several, or either under "points" or "sets".
 */
export function fromUpload(input: RawInput): UploadResult {
  if (input.kind === "image") {
    return fail([{ message: "This is a picture; clusters reads text or JSON with seven points of two numbers." }]);
  }
  const text = input.text.trim();
  if (text === "") return fail([{ message: "The file is empty; allowed: seven rows of two numbers." }]);
  const problems: UploadProblem[] = [];
  const sets = /^[[{]/.test(text) ? readJson(text, problems) : [readRows(text, problems)];
  if (problems.length > 0) return fail(problems);
  return { ok: true, userData: { name: input.name, payload: { sets } }, numObservations: sets.length };
}

function readRows(text: string, problems: UploadProblem[]): number[] {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.trim());
  const rows = lines.map((line, i) => ({ cells: line.split(/[\s,;]+/).filter((cell) => cell !== ""), row: i + 1 }));
  const filled = rows.filter(({ cells }) => cells.length > 0);
  const isHeading = filled[0]?.cells.every((cell) => !Number.isFinite(Number(cell)));
  const points = isHeading ? filled.slice(1) : filled;
  if (points.length !== NUM_POINTS) {
    const message = `There ${points.length === 1 ? "is 1 row" : `are ${points.length} rows`} of numbers; allowed: exactly 7.`;
    problems.push({ row: points[NUM_POINTS]?.row ?? lines.length, message });
  }
  return points.flatMap(({ cells, row }) => readPair(cells, row, "", problems));
}

function readJson(text: string, problems: UploadProblem[]): number[][] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const detail = error instanceof Error ? error.message : "it does not parse";
    problems.push({ message: `The file is not valid JSON: ${detail}.` });
    return [];
  }
  const inner = unwrap(value);
  if (!Array.isArray(inner) || inner.length === 0) {
    problems.push({
      message: 'The file holds no points; allowed: [[x, y], ...] with seven points, or "sets": a list of such.',
    });
    return [];
  }
  const first: unknown = inner[0];
  const sets: unknown[] = Array.isArray(first) && Array.isArray(first[0]) ? inner : [inner];
  if (sets.length > MAX_SETS) {
    problems.push({ message: `There are ${sets.length} sets; allowed: 1 to ${MAX_SETS}.` });
    return [];
  }
  return sets.map((set, i) => readSet(set, sets.length > 1 ? `Set ${i + 1}: ` : "", problems));
}

function unwrap(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  if ("points" in value) return value.points;
  return "sets" in value ? value.sets : value;
}

function readSet(set: unknown, prefix: string, problems: UploadProblem[]): number[] {
  if (!Array.isArray(set) || set.length !== NUM_POINTS) {
    const given = Array.isArray(set) ? `${set.length} points` : "no list of points";
    problems.push({ message: capital(`${prefix}there are ${given}; allowed: exactly 7.`) });
    return [];
  }
  return set.flatMap((pair: unknown, j) => readPair(Array.isArray(pair) ? pair : [pair], j + 1, prefix, problems));
}

function readPair(cells: readonly unknown[], row: number, prefix: string, problems: UploadProblem[]): number[] {
  if (cells.length !== 2) {
    const message = `${prefix}row ${row} has ${cells.length} ${cells.length === 1 ? "value" : "values"}; allowed: exactly 2.`;
    problems.push({ row, message: capital(message) });
    return [];
  }
  return cells.map((cell, i) => {
    const isText = typeof cell === "string";
    const value = isText ? Number(cell) : cell;
    if (typeof value === "number" && Math.abs(value) <= MAX_COORDINATE) return value;
    const shown = isText ? `"${cell}"` : JSON.stringify(cell);
    const message = `${prefix}row ${row}, column ${i + 1} is ${shown}; allowed: ${ALLOWED}.`;
    problems.push({ row, column: i + 1, message: capital(message) });
    return Number.NaN;
  });
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

function fail(problems: readonly UploadProblem[]): UploadResult {
  return { ok: false, problems: problems.slice(0, MAX_PROBLEMS) };
}

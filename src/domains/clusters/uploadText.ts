// Tables of points as text: rows and cells, lines that hold a whole set, and tables whose first column names the set.

import type { UploadProblem } from "../../engine/domain";
import { NUM_POINTS } from "./program";
import type { ReadSets } from "./upload";

/** One filled line: its cells, its 1-based number in the file, and where its coordinates begin. */
export type TextRow = { readonly cells: readonly string[]; readonly row: number; readonly from: number };

type ReadNumbers = (row: TextRow) => readonly number[] | null;

/** The filled lines of a text without its heading. Cells are separated by commas, semicolons, tabs or spaces. */
export function textRows(text: string): readonly TextRow[] {
  const rows = text
    .split(/\r\n|\r|\n/)
    .map((line, i) => ({ cells: line.split(/[\s,;]+/).filter((cell) => cell !== ""), row: i + 1, from: 0 }))
    .filter(({ cells }) => cells.length > 0);
  const isHeading = rows[0]?.cells.every((cell) => !Number.isFinite(Number(cell)));
  return isHeading ? rows.slice(1) : rows;
}

/** One set a line, fourteen numbers each. */
export function readLines(rows: readonly TextRow[], read: ReadNumbers, problems: UploadProblem[]): ReadSets {
  const sets = rows.map((row) => {
    if (row.cells.length === 2 * NUM_POINTS) return read(row);
    const message = `Row ${row.row} has ${row.cells.length} values; allowed: exactly 14, seven points of x and y.`;
    problems.push({ row: row.row, message });
    return null;
  });
  return { sets, unit: "row" };
}

/** One point a line; the first column names its set. Sets keep the order in which they first appear. */
export function readTable(rows: readonly TextRow[], read: ReadNumbers, problems: UploadProblem[]): ReadSets {
  const groups = new Map<string, TextRow[]>();
  for (const row of rows) {
    const name = row.cells[0] ?? "";
    groups.set(name, [...(groups.get(name) ?? []), row]);
  }
  const sets = [...groups].map(([name, points]) => readGroup(name, points, read, problems));
  return { sets, unit: "set" };
}

function readGroup(
  name: string,
  points: readonly TextRow[],
  read: ReadNumbers,
  problems: UploadProblem[],
): readonly number[] | null {
  const last = points.at(-1);
  if (points.length !== NUM_POINTS) {
    const given = points.length === 1 ? "1 point" : `${points.length} points`;
    problems.push({ row: last?.row ?? 1, message: `Set ${name} has ${given}; allowed: exactly 7.` });
    return null;
  }
  const numbers: number[] = [];
  let isGood = true;
  for (const point of points) {
    if (point.cells.length !== 3) {
      const message = `Row ${point.row} has ${point.cells.length} values; allowed: exactly 3, set, x and y.`;
      problems.push({ row: point.row, message });
      isGood = false;
      continue;
    }
    const pair = read({ ...point, from: 1 });
    if (pair) numbers.push(...pair);
    else isGood = false;
  }
  return isGood ? numbers : null;
}

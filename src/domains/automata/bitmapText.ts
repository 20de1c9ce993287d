// Bitmaps written as text: JSON (rows as strings of 0 and 1 or as arrays of 0 and 1), or plain lines of 0 and 1.

import type { UploadProblem } from "../../engine/domain";
import type { Boundary, Grid } from "./grid";

export type BitmapResult =
  | { readonly ok: true; readonly pictures: readonly { readonly grid: Grid; readonly boundary: Boundary }[] }
  | { readonly ok: false; readonly problems: readonly UploadProblem[] };

const MOST_PROBLEMS = 20;
const LONGEST_SIDE = 4096;
const SHAPES = 'rows such as ["0110", "1001"] or [[0, 1], [1, 0]], or {"rows": [...], "boundary": "zero"}';

/** Reads one bitmap, or a JSON array of {"rows", "boundary"} records. Positions in problems are 1-based. */
export function readBitmaps(text: string): BitmapResult {
  const trimmed = text.trim();
  if (trimmed === "") return fail({ message: `The file is empty; allowed: ${SHAPES}.` });
  let value: unknown;
  if (/^[01,;\s]+$/.test(trimmed)) value = digitBlocks(trimmed);
  else {
    try {
      value = JSON.parse(trimmed);
    } catch {
      if (!/^[[{"]/.test(trimmed)) value = trimmed.split(/\r?\n/).map((line) => line.trim());
      else return fail({ message: `The file is not valid JSON; allowed: ${SHAPES}.` });
    }
  }
  return fromValue(value);
}

/** Rows of digits: one bitmap, or several with an empty line between them. Commas and semicolons separate cells. */
function digitBlocks(text: string): unknown {
  const hasMarks = /[,;]/.test(text);
  const rowsOf = (block: string) =>
    hasMarks ? block.split(/\r?\n/).map((line) => line.replace(/[,;\s]/g, "")) : block.split(/\s+/);
  const blocks = text.split(/\r?\n[^\S\n]*\r?\n\s*/).map((block) => ({ rows: rowsOf(block) }));
  return blocks.length === 1 ? blocks[0]?.rows : blocks;
}

function fail(problem: UploadProblem): BitmapResult {
  return { ok: false, problems: [problem] };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function fromValue(value: unknown): BitmapResult {
  const isList = Array.isArray(value) && value.length > 0 && value.every((item) => isRecord(item) && "rows" in item);
  const items: readonly unknown[] = isList ? (value as readonly unknown[]) : [value]; // checked by isList
  const pictures: { grid: Grid; boundary: Boundary }[] = [];
  for (const [index, item] of items.entries()) {
    const read = fromItem(item);
    if (read.ok) pictures.push(read.picture);
    else {
      const which = items.length > 1 ? `In picture ${index + 1}: ` : "";
      return { ok: false, problems: read.problems.map((p) => ({ ...p, message: which + p.message })) };
    }
  }
  return { ok: true, pictures };
}

type ItemResult =
  | { ok: true; picture: { grid: Grid; boundary: Boundary } }
  | { ok: false; problems: readonly UploadProblem[] };

function fromItem(item: unknown): ItemResult {
  const rows = isRecord(item) ? item.rows : item;
  const boundary = isRecord(item) ? (item.boundary ?? "zero") : "zero";
  if (boundary !== "zero" && boundary !== "wrap") {
    return { ok: false, problems: [{ message: `The boundary is "${String(boundary)}"; allowed: zero, wrap.` }] };
  }
  if (!Array.isArray(rows) || rows.length === 0) {
    return { ok: false, problems: [{ message: `There are no rows; allowed: ${SHAPES}.` }] };
  }
  const read = readRows(rows);
  return read.ok ? { ok: true, picture: { grid: read.grid, boundary } } : read;
}

function readRows(
  rows: readonly unknown[],
): { ok: true; grid: Grid } | { ok: false; problems: readonly UploadProblem[] } {
  const problems: UploadProblem[] = [];
  const cellsOf = rows.map((row): readonly unknown[] | null => {
    if (typeof row === "string") return [...row];
    return Array.isArray(row) ? row : null;
  });
  const width = cellsOf[0]?.length ?? 0;
  if (rows.length > LONGEST_SIDE || width > LONGEST_SIDE) {
    const message = `The bitmap has ${rows.length} rows and ${width} columns, which is too large; at most ${LONGEST_SIDE} of each are allowed.`;
    return { ok: false, problems: [{ message }] };
  }
  const pixels = new Uint8Array(rows.length * width);
  for (const [y, cells] of cellsOf.entries()) {
    if (problems.length >= MOST_PROBLEMS) break;
    if (!cells) problems.push({ row: y + 1, message: `Row ${y + 1} is not a row of cells; allowed: 0 and 1.` });
    else if (cells.length !== width) {
      const message = `Row ${y + 1} has ${cells.length} cells, but row 1 has ${width}; all rows must be equally long.`;
      problems.push({ row: y + 1, message });
    } else readCells(cells, y, pixels, problems);
  }
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, grid: { height: rows.length, width, pixels } };
}

function readCells(cells: readonly unknown[], y: number, pixels: Uint8Array, problems: UploadProblem[]): void {
  for (const [j, cell] of cells.entries()) {
    if (cell === 1 || cell === "1") pixels[y * cells.length + j] = 1;
    else if (cell !== 0 && cell !== "0") {
      const shown = typeof cell === "string" || typeof cell === "number" ? String(cell) : typeof cell;
      const message = `Row ${y + 1}, column ${j + 1} is "${shown}"; allowed: 0 and 1.`;
      problems.push({ row: y + 1, column: j + 1, message });
      if (problems.length >= MOST_PROBLEMS) return;
    }
  }
}

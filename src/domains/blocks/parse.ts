// Text to programs, or one sentence about what is wrong in which cell. Small letters count as large ones; rows may also
// stand on lines of their own; "." and "0" are empty cells, too.

import type { OptionValues } from "../../engine/options";
import { placeOfCell, typeName } from "./print";
import { GRID_SIDE, MOST_LEVELS, NUM_TYPES, placesOf } from "./program";

type Parsed = { ok: true; program: Int32Array } | { ok: false; message: string };

const EMPTY = /^[-.0]$/;

/** The inverse of printProgram for the run's grid and number of types (options `grid` and `types`). */
export function parseProgram(text: string, options: OptionValues = {}): Parsed {
  const gridSide = Number(options.grid ?? GRID_SIDE);
  const numTypes = Number(options.types ?? NUM_TYPES);
  const rows = text.trim().split(/\s*[/\n]\s*/);
  if (rows.length !== gridSide || rows[0] === "") return fail(wrongRows(rows, gridSide));
  const program = new Int32Array(placesOf(gridSide));
  for (const [row, line] of rows.entries()) {
    const cells = line.split(/\s+/).filter((cell) => cell !== "");
    if (cells.length !== gridSide) {
      const wanted =
        gridSide === 1 ? "1" : `${gridSide}, from the picture's left to its right, with spaces between them`;
      return fail(`Row ${row + 1} has ${counted(cells.length, "cell")}; allowed: ${wanted}.`);
    }
    for (const [fromLeft, cell] of cells.entries()) {
      const message = readCell(cell, numTypes, program, placeOfCell(row, fromLeft, gridSide));
      if (message !== "") return fail(`Row ${row + 1}, cell ${fromLeft + 1} is "${cell}"; ${message}.`);
    }
  }
  return { ok: true, program };
}

/** Writes the cell's places; returns what is wrong, "" for nothing. */
function readCell(cell: string, numTypes: number, program: Int32Array, from: number): string {
  if (EMPTY.test(cell)) return "";
  const letters = Array.from(cell.toUpperCase());
  const last = typeName(numTypes - 1);
  for (const [level, letter] of letters.entries()) {
    const type = letter.charCodeAt(0) - 65;
    if (letter.length !== 1 || type < 0 || type >= numTypes) {
      const given = Array.from(cell)[level]!;
      return `its character ${level + 1}, "${given}", is no type: allowed are A to ${last} bottom to top, or - for an empty cell`;
    }
    if (level >= MOST_LEVELS) return `it has ${letters.length} blocks, at most ${MOST_LEVELS} stand on one another`;
    program[from + level] = 1 + type;
  }
  return "";
}

function wrongRows(rows: readonly string[], gridSide: number): string {
  if (rows.length === 1 && rows[0] === "") return `The scene is empty; write - for a cell without blocks.`;
  if (gridSide === 1) return `The scene has ${counted(rows.length, "row")} of cells; allowed: 1, a single tower.`;
  return `The scene has ${counted(rows.length, "row")} of cells; allowed: ${gridSide}, front to back, with / between them.`;
}

const counted = (n: number, what: string): string => `${n} ${what}${n === 1 ? "" : "s"}`;

function fail(message: string): Parsed {
  return { ok: false, message };
}

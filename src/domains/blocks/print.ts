// Programs as text, as seen from the front: rows of cells front to back, in a row cells from the picture's left to its
// right (the world's highest column first), in a cell the types bottom to top. "CB - / A ABC"

import { gridSideOf, heightOf, MOST_LEVELS, typeOf } from "./program";

/** What stands in a cell without blocks. */
export const EMPTY_CELL = "-";

/** Letter of a type: A for 0. */
export const typeName = (type: number): string => String.fromCharCode(65 + type);

/** First place of a cell, given as in the printed form: row from the front, place from the picture's left. */
export const placeOfCell = (row: number, fromLeft: number, gridSide: number): number =>
  (row * gridSide + gridSide - 1 - fromLeft) * MOST_LEVELS;

/** The canonical text of a program. It says nothing of raw locations. */
export function printProgram(program: ArrayLike<number>): string {
  const gridSide = gridSideOf(program);
  const cells = Array.from({ length: gridSide }, (_, i) => i);
  return cells
    .map((row) => cells.map((fromLeft) => printCell(program, placeOfCell(row, fromLeft, gridSide))).join(" "))
    .join(" / ");
}

function printCell(program: ArrayLike<number>, from: number): string {
  const height = heightOf(program, from);
  if (height === 0) return EMPTY_CELL;
  return Array.from({ length: height }, (_, level) => typeName(typeOf(program[from + level]!))).join("");
}

// Programs in words: what stands in which cell, told as seen from the front; types are letters (sceneWords.ts has their
// colours and sizes).

import { typeName } from "./print";
import { countBlocks, gridSideOf, heightOf, MOST_LEVELS, typeOf } from "./program";

/** Said of an empty scene. */
export const NOTHING = "Nothing stands on the ground.";

/** Sentences for people about a program. */
export function explain(program: ArrayLike<number>): readonly string[] {
  const gridSide = gridSideOf(program);
  const sentences = cellsOf(gridSide).flatMap(({ row, column }) => {
    const from = (row * gridSide + column) * MOST_LEVELS;
    const types = Array.from({ length: heightOf(program, from) }, (_, level) => typeOf(program[from + level]!));
    if (types.length === 0) return [];
    const blocks = types.map((type, i) => `${i === 0 ? "a block" : "one"} of type ${typeName(type)}`);
    return [`${cellName(row, column, gridSide)}: ${blocks.join(" under ")}.`];
  });
  return sentences.length === 0 ? [NOTHING] : [summary(countBlocks(program, gridSide), sentences.length), ...sentences];
}

/** "Front left", "Back right"; "Middle" rows and columns of a 3 by 3 grid; "The tower" where there is one cell. */
export function cellName(row: number, column: number, gridSide: number): string {
  if (gridSide === 1) return "The tower";
  const depth = namedPlace(row, gridSide, ["Front", "Middle", "Back"]);
  // World +x is on the picture's left.
  const side = namedPlace(gridSide - 1 - column, gridSide, ["left", "middle", "right"]);
  return depth === "Middle" && side === "middle" ? "Middle" : `${depth} ${side}`;
}

function namedPlace(index: number, count: number, names: readonly [string, string, string]): string {
  if (index === 0) return names[0];
  return index === count - 1 ? names[2] : names[1];
}

/** Cells front to back, left to right as in the picture. */
export function cellsOf(gridSide: number): readonly { readonly row: number; readonly column: number }[] {
  return Array.from({ length: gridSide * gridSide }, (_, i) => ({
    row: Math.floor(i / gridSide),
    column: gridSide - 1 - (i % gridSide),
  }));
}

/** "Six blocks in three cells", in figures. */
export function summary(blocks: number, cells: number): string {
  const towers = cells === 1 ? "one cell" : `${cells} cells`;
  return blocks === 1 ? "One block." : `${blocks} blocks in ${towers}.`;
}

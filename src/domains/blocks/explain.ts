// Scenes in words: what stands in which cell, told as seen from the front. With the program alone types are letters; with
// placed blocks they have colours and sizes.

import { colorWord } from "./colorWords";
import { typeName } from "./print";
import { countBlocks, GRID_SIDE, gridSideOf, heightOf, MOST_LEVELS, typeOf } from "./program";
import type { PlacedBlock, Vector } from "./scene";

const NOTHING = "Nothing stands on the ground.";

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

/** The same about blocks with sizes and colours: "Front left: a red block (side 0.30) under a blue one (side 0.50)." */
export function explainScene(placed: readonly PlacedBlock[], gridSide = GRID_SIDE): readonly string[] {
  const sentences = cellsOf(gridSide).flatMap(({ row, column }) => {
    const tower = placed.filter((block) => block.row === row && block.column === column);
    if (tower.length === 0) return [];
    const words = tower.map(({ color, size }, i) => {
      const adjective = colorWord(color);
      const noun = i === 0 ? `${article(adjective)} ${adjective} block` : `${article(adjective)} ${adjective} one`;
      return `${noun} (${sizeWords(size)})`;
    });
    return [`${cellName(row, column, gridSide)}: ${words.join(" under ")}.`];
  });
  return sentences.length === 0 ? [NOTHING] : [summary(placed.length, sentences.length), ...sentences];
}

/** One line per block, for readers who do not see the picture: "Front left, level 1: type A, red, side 0.30 units". */
export function describeScene(placed: readonly PlacedBlock[], gridSide = GRID_SIDE): readonly string[] {
  const lines = cellsOf(gridSide).flatMap(({ row, column }) =>
    placed
      .filter((block) => block.row === row && block.column === column)
      .map(({ level, type, color, size }) => {
        const place = `${cellName(row, column, gridSide)}, level ${level + 1}`;
        return `${place}: type ${typeName(type)}, ${colorWord(color)}, ${sizeWords(size)} units`;
      }),
  );
  return lines.length === 0 ? [NOTHING] : lines;
}

/** "Front left", "Back right"; "Middle" rows and columns of a 3 by 3 grid; "The tower" where there is one cell. */
export function cellName(row: number, column: number, gridSide: number): string {
  if (gridSide === 1) return "The tower";
  const depth = namedPlace(row, gridSide, ["Front", "Middle", "Back"]);
  // World +x is on the picture's left.
  const side = namedPlace(gridSide - 1 - column, gridSide, ["left", "middle", "right"]);
  return depth === "Middle" && side === "middle" ? "Middle" : `${depth} ${side}`;
}

/** "side 0.30" for a cube, "0.50 × 0.30 × 0.30" (width, height, depth) for a cuboid. */
export function sizeWords([width, height, depth]: Vector): string {
  const [w, h, d] = [width, height, depth].map((extent) => extent.toFixed(2));
  return w === h && h === d ? `side ${w}` : `${w} × ${h} × ${d}`;
}

function namedPlace(index: number, count: number, names: readonly [string, string, string]): string {
  if (index === 0) return names[0];
  return index === count - 1 ? names[2] : names[1];
}

/** Cells front to back, left to right as in the picture. */
function cellsOf(gridSide: number): readonly { readonly row: number; readonly column: number }[] {
  return Array.from({ length: gridSide * gridSide }, (_, i) => ({
    row: Math.floor(i / gridSide),
    column: gridSide - 1 - (i % gridSide),
  }));
}

function summary(blocks: number, cells: number): string {
  const towers = cells === 1 ? "one cell" : `${cells} cells`;
  return blocks === 1 ? "One block." : `${blocks} blocks in ${towers}.`;
}

const article = (word: string): string => (/^[aeiou]/.test(word) ? "an" : "a");

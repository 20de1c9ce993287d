// Scenes in words: placed blocks with their colours and sizes, told as seen from the front.

import { colorWord } from "./colorWords";
import { cellName, cellsOf, NOTHING, summary } from "./explain";
import { typeName } from "./print";
import { GRID_SIDE } from "./program";
import type { PlacedBlock, Vector } from "./scene";

/** Sentences for people about blocks with sizes and colours: "Front left: a red block (side 0.30) under a blue one (side 0.50)." */
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

/** "side 0.30" for a cube, "0.50 × 0.30 × 0.30" (width, height, depth) for a cuboid. */
export function sizeWords([width, height, depth]: Vector): string {
  const [w, h, d] = [width, height, depth].map((extent) => extent.toFixed(2));
  return w === h && h === d ? `side ${w}` : `${w} × ${h} × ${d}`;
}

const article = (word: string): string => (/^[aeiou]/.test(word) ? "an" : "a");

// Scenes to begin with.

import type { NewItem } from "../../../try/tryOwn";
import { type BuiltScene, EMPTY_SCENE, LEVELS } from "./builtScene";
import { builtItem } from "./tryItems";

/** Towers in the order front left, front right, back left, back right, types from 1. */
function scene(towers: readonly (readonly number[])[], palette = ""): BuiltScene {
  const [frontLeft = [], frontRight = [], backLeft = [], backRight = []] = towers;
  // Packed order: row by row, in a row from column 0, which is the picture's right.
  const cells = [frontRight, frontLeft, backRight, backLeft];
  return {
    ...EMPTY_SCENE,
    palette,
    program: cells.flatMap((tower) => Array.from({ length: LEVELS }, (_, i) => tower[i] ?? 0)),
  };
}

const SCENES: readonly (readonly [title: string, scene: BuiltScene])[] = [
  [
    "Two towers in front",
    scene([
      [3, 2],
      [1, 1, 2],
    ]),
  ],
  ["A town of four towers", scene([[2], [3], [3, 2, 1], [1, 2, 3]])],
  ["A tower hidden behind another", scene([[3, 3, 3], [2], [1, 1], []])],
  ["Blocks that are no cubes", scene([[4, 4], [5], [6, 5, 4], [5, 4]], "cuboids")],
];

export const EXAMPLES: readonly { readonly title: string; readonly make: () => NewItem }[] = SCENES.map(
  ([title, built]) => ({ title, make: () => builtItem(title, built) }),
);

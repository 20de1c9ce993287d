// The data sets of blocks by name, with the types that make them. The lab makes all of them itself.
// Source: scenes specification, section 1.2.

import type { BlockTypes, Vector } from "./scene";
import { PLAIN_COLOR } from "./types";

export type TrueTypes = BlockTypes & { readonly names: readonly string[] };

export type DatasetRecipe = {
  readonly summary: string;
  /** Types have a size for each axis, in the data and in the model; else cubes. */
  readonly isCuboid: boolean;
  /** Colours differ and are learned; else all blocks, data and model, have the plain colour. */
  readonly isColored: boolean;
  readonly types: TrueTypes;
};

const RED: Vector = [1, 0, 0];
const GREEN: Vector = [0, 1, 0];
const BLUE: Vector = [0, 0, 1];
const cube = (side: number): Vector => [side, side, side];

export const DATASETS: Readonly<Record<string, DatasetRecipe>> = {
  cubes: {
    summary: "Towers of red, green and blue cubes of sides 0.3, 0.4 and 0.5.",
    isCuboid: false,
    isColored: true,
    types: typeTable([
      ["small red cube", cube(0.3), RED],
      ["green cube", cube(0.4), GREEN],
      ["large blue cube", cube(0.5), BLUE],
    ]),
  },
  "cubes-plain": {
    summary: "The same towers in one colour: only sizes tell the cubes apart.",
    isCuboid: false,
    isColored: false,
    types: typeTable([
      ["small cube", cube(0.3), PLAIN_COLOR],
      ["medium cube", cube(0.4), PLAIN_COLOR],
      ["large cube", cube(0.5), PLAIN_COLOR],
    ]),
  },
  cuboids: {
    summary: "Six types: the three cubes, and red blocks that lie, stand or reach back.",
    isCuboid: true,
    isColored: true,
    types: typeTable([
      ["small red cube", cube(0.3), RED],
      ["green cube", cube(0.4), GREEN],
      ["large blue cube", cube(0.5), BLUE],
      ["wide red block", [0.5, 0.3, 0.3], RED],
      ["tall red block", [0.3, 0.5, 0.3], RED],
      ["deep red block", [0.3, 0.3, 0.5], RED],
    ]),
  },
  "cuboids-plain": {
    summary: "Three cubes and three longer blocks, all in one colour.",
    isCuboid: true,
    isColored: false,
    types: typeTable([
      ["small cube", cube(0.4), PLAIN_COLOR],
      ["medium cube", cube(0.5), PLAIN_COLOR],
      ["large cube", cube(0.6), PLAIN_COLOR],
      ["wide block", [0.6, 0.4, 0.4], PLAIN_COLOR],
      ["tall block", [0.4, 0.6, 0.4], PLAIN_COLOR],
      ["deep block", [0.4, 0.4, 0.6], PLAIN_COLOR],
    ]),
  },
};

export const DEFAULT_DATASET = "cubes";

/** Name and one sentence for each data set. */
export const DATASET_LIST = Object.entries(DATASETS).map(([name, { summary }]) => ({ name, summary }));

function typeTable(rows: readonly (readonly [string, Vector, Vector])[]): TrueTypes {
  return {
    names: rows.map(([name]) => name),
    sizes: Float64Array.from(rows.flatMap(([, size]) => size)),
    colors: Float64Array.from(rows.flatMap(([, , color]) => color)),
  };
}

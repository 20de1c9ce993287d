// Scenes of the true types. Not the prior: one cell at least is occupied, and an occupied one has one to three blocks.
// Source: scenes specification, section 1.2.

import { Rng } from "../../../engine/rng/rng";
import { DATASETS, type TrueTypes } from "../datasets";
import { sampleRaw } from "../prior";
import { MOST_LEVELS, placesOf } from "../program";

export type SceneRecipe = {
  /** Key of DATASETS. */
  readonly dataset: string;
  readonly count: number;
  readonly seed: number;
  /** Learning and testing scenes come from different streams of the seed. */
  readonly split: "train" | "heldOut";
  readonly gridSide: number;
};

export type MadeScenes = {
  readonly count: number;
  readonly gridSide: number;
  /** [count, L] programs over the true types. */
  readonly programs: Int32Array;
  /** [count, L] */
  readonly raw: Float64Array;
  readonly types: TrueTypes;
};

/**
 * The first `count` scenes of a data set. Scene i depends on seed, split, grid and i alone, and on whether the data are of
 * cubes or cuboids: the plain sets are the coloured ones without their colours.
 */
export function makeScenes({ dataset, count, seed, split, gridSide }: SceneRecipe): MadeScenes {
  const { types, isCuboid } = DATASETS[dataset]!;
  const stream = new Rng(seed)
    .fork("data")
    .fork(isCuboid ? "cuboids" : "cubes")
    .fork(split);
  const places = placesOf(gridSide);
  const programs = new Int32Array(count * places);
  const raw = new Float64Array(count * places);
  for (let i = 0; i < count; i++) {
    const own = stream.fork(i);
    drawTowers(programs.subarray(i * places, (i + 1) * places), gridSide, types.names.length, own.fork("towers"));
    sampleRaw(programs, i * places, (i + 1) * places, own.fork("locations"), raw);
  }
  return { count, gridSide, programs, raw, types };
}

/** Occupied cells uniform on 1 to N^2, then which; height of each uniform on 1 to 3, types uniform. */
function drawTowers(program: Int32Array, gridSide: number, numTypes: number, rng: Rng): void {
  const cells = rng.shuffle(Int32Array.from({ length: gridSide * gridSide }, (_, cell) => cell));
  const occupied = 1 + rng.int(cells.length);
  for (const cell of cells.subarray(0, occupied)) {
    const height = 1 + rng.int(MOST_LEVELS);
    for (let level = 0; level < height; level++) program[cell * MOST_LEVELS + level] = 1 + rng.int(numTypes);
  }
}

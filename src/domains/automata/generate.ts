// Seeded data: uniform rules, uniform first columns, later cells flipped with probability epsilon.
// Source: automata specification, section 3. One stream per picture, so picture n does not depend on how many there are.

import type { Rng } from "../../engine/rng/rng";
import type { Growth } from "./extrapolate";
import { growFrom, nextColumn } from "./extrapolate";
import type { Boundary, Grid, Neighbours } from "./grid";

export type GeneratorSettings = {
  readonly height: number;
  readonly width: number;
  readonly neighbours: Neighbours;
  readonly boundary: Boundary;
  /** Probability that a cell is flipped, 0 to 0.2. */
  readonly epsilon: number;
  /** Reject rules whose noise-free run repeats a column within 16 steps. */
  readonly interestingOnly: boolean;
};

/** Columns without a repetition that make a rule interesting. */
const INTERESTING_STEPS = 16;
/** Attempts after which the last rule is taken as it is (tiny pictures repeat under every rule). */
const MOST_ATTEMPTS = 2000;

/** A uniform rule. */
export function randomRule(neighbours: Neighbours, rng: Rng): number {
  return neighbours === 5 ? rng.uint32() | 0 : rng.int(256);
}

/** Fair independent cells, [height]. */
export function randomColumn(height: number, rng: Rng, out = new Uint8Array(height)): Uint8Array {
  let word = 0;
  for (let y = 0; y < height; y++) {
    if (y % 32 === 0) word = rng.uint32();
    out[y] = (word >>> (y % 32)) & 1;
  }
  return out;
}

/** True unless the noise-free run from `first` repeats one of its columns within 16 steps. */
export function isInteresting(first: Uint8Array, growth: Growth): boolean {
  const seen = new Set<string>([first.join("")]);
  let column = first;
  for (let step = 0; step < INTERESTING_STEPS; step++) {
    column = nextColumn(column, growth);
    const key = column.join("");
    if (seen.has(key)) return false;
    seen.add(key);
  }
  return true;
}

/** One rule and one picture that it grew, with noise. Draws from `rng.fork(index)` only. */
export function generatePicture(settings: GeneratorSettings, index: number, rng: Rng): { rule: number; grid: Grid } {
  const { neighbours, boundary } = settings;
  const stream = rng.fork(index);
  let rule = randomRule(neighbours, stream);
  let first = randomColumn(settings.height, stream);
  for (let attempt = 1; settings.interestingOnly && attempt < MOST_ATTEMPTS; attempt++) {
    if (isInteresting(first, { rule, neighbours, boundary })) break;
    rule = randomRule(neighbours, stream);
    first = randomColumn(settings.height, stream);
  }
  const grid = growFrom(first, settings.width, { rule, neighbours, boundary }, settings.epsilon, stream);
  return { rule, grid };
}

// p(z_d) and p(z_c | z_d): block counts 0 to 3 uniform per cell, types uniform per block, raw locations standard normal.
// Source: scenes specification, section 1.

import type { Rng } from "../../engine/rng/rng";
import { countBlocks, MOST_LEVELS, placesOf } from "./program";

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/** log p of the block counts of a grid, nats: the same for every scene. */
export const logPriorOfCounts = (gridSide: number): number => -gridSide * gridSide * Math.log(MOST_LEVELS + 1);
/** log p of the types of n blocks given the counts, nats. */
export const logPriorOfTypes = (numBlocks: number, numTypes: number): number => -numBlocks * Math.log(numTypes);

/** [S] log p(z_d) of programs [S, L], nats. */
export function logPriorDiscrete(programs: Int32Array, gridSide: number, numTypes: number): Float64Array {
  const places = placesOf(gridSide);
  const counts = logPriorOfCounts(gridSide);
  const out = new Float64Array(programs.length / places);
  for (let s = 0; s < out.length; s++) {
    out[s] = counts + logPriorOfTypes(countBlocks(programs, gridSide, s * places), numTypes);
  }
  return out;
}

/** [S] log p(z_c | z_d) of raw locations [S, L] of programs [S, L], nats. */
export function logPriorContinuous(programs: Int32Array, raw: ArrayLike<number>, gridSide: number): Float64Array {
  const places = placesOf(gridSide);
  const out = new Float64Array(programs.length / places);
  for (let i = 0; i < programs.length; i++) {
    if (programs[i]! === 0) continue;
    const s = Math.floor(i / places);
    out[s] = out[s]! - 0.5 * raw[i]! * raw[i]! - HALF_LOG_TWO_PI;
  }
  return out;
}

/** Draws a program from p(z_d) into the L places from `from`. */
export function sampleProgram(programs: Int32Array, from: number, gridSide: number, numTypes: number, rng: Rng): void {
  const end = from + placesOf(gridSide);
  for (let cell = from; cell < end; cell += MOST_LEVELS) {
    const height = rng.int(MOST_LEVELS + 1);
    for (let level = 0; level < MOST_LEVELS; level++) {
      programs[cell + level] = level < height ? 1 + rng.int(numTypes) : 0;
    }
  }
}

/** Draws raw locations from p(z_c | z_d) for the places [from, to) of programs; 0 where nothing stands. */
export function sampleRaw(
  programs: ArrayLike<number>,
  from: number,
  to: number,
  rng: Rng,
  raw: { [i: number]: number },
): void {
  for (let i = from; i < to; i++) raw[i] = programs[i]! > 0 ? rng.normal() : 0;
}

/** Draws in vain, per wanted program, before fewer are given. */
const MOST_TRIES = 100;

/**
 * Mutually distinct draws from p(z_d), in the order of their first appearance.
 *
 * @returns programs [M', L], M' <= count; fewer only where the space of programs is hardly larger than `count`
 */
export function distinctPrograms(count: number, gridSide: number, numTypes: number, rng: Rng): Int32Array {
  const places = placesOf(gridSide);
  const programs = new Int32Array(count * places);
  const seen = new Set<string>();
  for (let tries = 0; seen.size < count && tries < MOST_TRIES * count; tries++) {
    const from = seen.size * places;
    sampleProgram(programs, from, gridSide, numTypes, rng);
    seen.add(programs.subarray(from, from + places).join());
  }
  return programs.slice(0, seen.size * places);
}

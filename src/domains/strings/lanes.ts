// From the engine's [K, B, L] programs to the lanes of a sequence network: every distinct program of a group is scored
// once, however often it was drawn, and programs that no network can write are set apart.

import type { Programs } from "../../engine/model";
import type { Lanes } from "../../engine/nn/sequence";
import { END, NUM_TOKENS } from "./tokens";

export type DistinctLanes = {
  readonly lanes: Lanes;
  /** [K * B] lane of each program, -1 for one with tokens outside the networks' vocabulary. */
  readonly laneOf: Int32Array;
};

/**
 * The distinct programs, in order of first appearance.
 *
 * @param isGrouped true: programs of different batch rows are different lanes, group = row; false: all in group 0
 * @param isWanted leaves out the programs (index k * B + b) for which it is false: their lane is -1
 */
export function distinctLanes(
  programs: Programs,
  isGrouped: boolean,
  isWanted: (index: number) => boolean = () => true,
): DistinctLanes {
  const { values, length, batchSize, numParticles } = programs;
  const laneOf = new Int32Array(numParticles * batchSize).fill(-1);
  const known = new Map<string, number>();
  const first: number[] = [];
  for (let i = 0; i < laneOf.length; i++) {
    if (!isWanted(i)) continue;
    const key = keyOf(values, i * length, length, isGrouped ? i % batchSize : 0);
    if (key === null) continue;
    const lane = known.get(key) ?? first.push(i) - 1;
    known.set(key, lane);
    laneOf[i] = lane;
  }
  const tokens = new Int32Array(first.length * length);
  for (const [lane, i] of first.entries()) tokens.set(values.subarray(i * length, (i + 1) * length), lane * length);
  const groups = Int32Array.from(first, (i) => (isGrouped ? i % batchSize : 0));
  return { lanes: { tokens, groups }, laneOf };
}

/** Equal for equal tokens of equal groups only; null where a token is not in the networks' vocabulary. */
function keyOf(values: Int32Array, from: number, length: number, group: number): string | null {
  let key = String.fromCharCode(group & 0xffff, group >>> 16);
  for (let t = 0; t < length; t++) {
    const token = values[from + t]!;
    if (token === END) break;
    if (token < 0 || token >= NUM_TOKENS) return null;
    key += String.fromCharCode(token);
  }
  return key;
}

/** [K * B] the values [lanes] of each program's lane; `otherwise` where it has none. */
export function spreadLanes({ laneOf }: DistinctLanes, values: Float64Array, otherwise: number): Float64Array {
  return Float64Array.from(laneOf, (lane) => (lane < 0 ? otherwise : values[lane]!));
}

/** [lanes] the coefficients [K * B] summed over the programs of each lane. */
export function gatherLanes({ laneOf, lanes }: DistinctLanes, coefficient: Float64Array): Float64Array {
  const sums = new Float64Array(lanes.groups.length);
  for (const [i, lane] of laneOf.entries()) if (lane >= 0) sums[lane] = sums[lane]! + coefficient[i]!;
  return sums;
}

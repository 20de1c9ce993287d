// From the engine's [K, B, L] programs to the lanes of a sequence network: every distinct program of a group is scored
// once, however often it was drawn, and programs that no network can write are set apart.

import type { Programs } from "../../engine/model";
import { distinctLanes } from "../../engine/nn/distinctLanes";
import type { Lanes } from "../../engine/nn/sequence";
import { NUM_TOKENS } from "./tokens";

export type ProgramLanes = {
  readonly lanes: Lanes;
  /** [K * B] lane of each program, -1 for one that is not wanted or has tokens outside the networks' vocabulary. */
  readonly laneOf: Int32Array;
};

/**
 * The distinct programs of a block.
 *
 * @param isGrouped true: programs of different batch rows are different lanes, group = row; false: all in group 0
 * @param isWanted leaves out the programs (index k * B + b) for which it is false
 */
export function lanesOf(
  { values, length, batchSize, numParticles }: Programs,
  isGrouped: boolean,
  isWanted: (index: number) => boolean = () => true,
): ProgramLanes {
  const groups = Int32Array.from({ length: numParticles * batchSize }, (_, i) => i % batchSize);
  const isWritable = (i: number) => values.subarray(i * length, (i + 1) * length).every((token) => token < NUM_TOKENS);
  const isKept = (i: number) => isWanted(i) && isWritable(i);
  const { index, ...lanes } = distinctLanes({ tokens: values, groups }, length, isGrouped, isKept);
  return { lanes, laneOf: index };
}

/** [K * B] the values [lanes] of each program's lane; `otherwise` where it has none. */
export function spreadLanes({ laneOf }: ProgramLanes, values: ArrayLike<number>, otherwise: number): Float64Array {
  return Float64Array.from(laneOf, (lane) => (lane < 0 ? otherwise : values[lane]!));
}

/** [lanes] the coefficients [K * B] summed over the programs of each lane. */
export function gatherLanes({ laneOf, lanes }: ProgramLanes, coefficient: Float64Array): Float64Array {
  const sums = new Float64Array(lanes.groups.length);
  for (const [i, lane] of laneOf.entries()) if (lane >= 0) sums[lane] = sums[lane]! + coefficient[i]!;
  return sums;
}

// From the engine's [K, B, L] programs to the lanes of networks and renderer: every distinct program of a group is
// computed once, however often it was drawn.

import type { Programs } from "../../engine/model";
import { distinctLanes } from "../../engine/nn/distinctLanes";
import type { FactorLanes } from "../../engine/nn/factorSequence";
import { isDown, strokeOf } from "./program";

export type ProgramLanes = {
  /** [D, A] packed tokens of the distinct programs. */
  readonly tokens: Int32Array;
  /** [D] */
  readonly groups: Int32Array;
  /** [K * B] lane of each program, -1 for one that was left out. */
  readonly laneOf: Int32Array;
};

/**
 * The distinct programs of a block.
 *
 * @param groupOf the group of each batch row: programs of different groups are different lanes; null puts all in group 0
 * @param isWanted leaves out the programs (index k * B + b) for which it is false
 */
export function lanesOf(
  { values, length, batchSize, numParticles }: Programs,
  groupOf: ((row: number) => number) | null,
  isWanted: (index: number) => boolean = () => true,
): ProgramLanes {
  const groups = Int32Array.from({ length: numParticles * batchSize }, (_, i) => groupOf?.(i % batchSize) ?? 0);
  const { index, ...lanes } = distinctLanes({ tokens: values, groups }, length, groupOf !== null, isWanted);
  return { ...lanes, laneOf: index };
}

/** The same lanes as the factored sequences read them: stroke and pen of each token. */
export function factorLanes({ tokens, groups }: Pick<ProgramLanes, "tokens" | "groups">): FactorLanes {
  const factors = new Int32Array(2 * tokens.length);
  for (const [i, token] of tokens.entries()) {
    factors[2 * i] = strokeOf(token);
    factors[2 * i + 1] = isDown(token) ? 1 : 0;
  }
  return { tokens: factors, groups };
}

/** [N * A] packed tokens of [N, A, 2] factors: the inverse of factorLanes. */
export function packFactors(factors: Int32Array): Int32Array {
  return Int32Array.from({ length: factors.length / 2 }, (_, i) => 2 * factors[2 * i]! + factors[2 * i + 1]!);
}

/** [K * B] the values [lanes] of each program's lane, 0 where it has none. */
export function spreadLanes({ laneOf }: ProgramLanes, values: ArrayLike<number>): Float64Array {
  return Float64Array.from(laneOf, (lane) => (lane < 0 ? 0 : values[lane]!));
}

/** [lanes] the coefficients [K * B] summed over the programs of each lane. */
export function gatherLanes({ laneOf, groups }: ProgramLanes, coefficient: Float64Array): Float64Array {
  const sums = new Float64Array(groups.length);
  for (const [i, lane] of laneOf.entries()) if (lane >= 0) sums[lane] = sums[lane]! + coefficient[i]!;
  return sums;
}

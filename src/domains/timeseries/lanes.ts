// From the engine's [K, B, L] programs to lanes: every distinct string is read once, however often it occurs.

import type { Programs } from "../../engine/model";
import { type Expression, programNumber, readExpression } from "./grammar/expression";
import { MOST_SYMBOLS } from "./program";

/** D distinct strings. */
export type StringLanes = {
  /** [D, MOST_SYMBOLS] packed. */
  readonly tokens: Int32Array;
  /** [D] */
  readonly expressions: readonly Expression[];
  /** [D] batch row; 0 for all where rows are not told apart. */
  readonly groups: Int32Array;
  /** [K * B] the string of each program, -1 for programs that were left out. */
  readonly index: Int32Array;
};

/** Keys of strings are 40 bits wide. */
const GROUP = 2 ** 40;

/**
 * The distinct strings of a block of programs, in the order of their first occurrence.
 *
 * @param isGrouped true: equal strings of different batch rows are different lanes, group = row
 * @param isWanted leaves out the programs (index k * B + b) for which it is false
 */
export function distinctStrings(
  { values, batchSize, numParticles }: Programs,
  isGrouped: boolean,
  isWanted: (index: number) => boolean = () => true,
): StringLanes {
  const index = new Int32Array(numParticles * batchSize).fill(-1);
  const places = new Map<number, number>();
  const firsts: number[] = [];
  for (let i = 0; i < index.length; i++) {
    if (!isWanted(i)) continue;
    const key = programNumber(values, i * MOST_SYMBOLS) + (isGrouped ? (i % batchSize) * GROUP : 0);
    const known = places.get(key);
    index[i] = known ?? firsts.length;
    if (known !== undefined) continue;
    places.set(key, firsts.length);
    firsts.push(i);
  }
  const tokens = new Int32Array(firsts.length * MOST_SYMBOLS);
  for (const [lane, i] of firsts.entries()) {
    tokens.set(values.subarray(i * MOST_SYMBOLS, (i + 1) * MOST_SYMBOLS), lane * MOST_SYMBOLS);
  }
  return {
    tokens,
    expressions: firsts.map((i) => readExpression(values, i * MOST_SYMBOLS)),
    groups: Int32Array.from(firsts, (i) => (isGrouped ? i % batchSize : 0)),
    index,
  };
}

/** [K * B] the values [D] of each program's string; `otherwise` for programs that were left out. */
export function spread({ index }: StringLanes, values: ArrayLike<number>, otherwise = 0): Float64Array {
  return Float64Array.from(index, (lane) => (lane < 0 ? otherwise : values[lane]!));
}

/** [D] numbers of programs [K * B] summed over those of each string. */
export function gather({ index, groups }: StringLanes, values: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(groups.length);
  for (const [i, lane] of index.entries()) if (lane >= 0) sums[lane] = sums[lane]! + values[i]!;
  return sums;
}

/** Indices k * B + b of the programs that were not left out: the lanes of z_c. */
export function keptPrograms({ index }: StringLanes): Int32Array {
  return Int32Array.from(index.keys()).filter((i) => index[i]! >= 0);
}

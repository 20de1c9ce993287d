// All 877 clusterings of seven points, in lexicographic order of their labels, with CRP prior and cluster masks.
// Bell numbers 1, 2, 5, 15, 52, 203, 877 (MWS spec 2.2). Built once, on first use.

import { clusterMasks, LABEL_BITS, NUM_POINTS } from "./program";

/** The concentration of the Chinese restaurant process; the published code's value. */
export const ALPHA = 1;

export type Enumeration = {
  readonly count: number;
  /** [877] packed programs. */
  readonly programs: Int32Array;
  /** [877] log p(z), nats. */
  readonly logPrior: Float64Array;
  /** [877, 7] masks of the clusters in label order; 0 beyond the last. */
  readonly masks: Int32Array;
  /** [877] */
  readonly numClusters: Int32Array;
  /** Row of a packed program; -1 if it is not a clustering. */
  indexOf(program: number): number;
};

let built: Enumeration | null = null;

/** The table of all clusterings. The same object at every call. */
export function enumeration(): Enumeration {
  built ??= build();
  return built;
}

/** Packed clusterings of the first `numPoints` points, lexicographic; their number is the Bell number. */
export function clusteringsOf(numPoints: number): Int32Array {
  const found: number[] = [];
  const extend = (j: number, program: number, used: number): void => {
    if (j === numPoints) {
      found.push(program);
      return;
    }
    for (let label = 0; label <= used; label++) {
      extend(j + 1, program | (label << (LABEL_BITS * j)), label === used ? used + 1 : used);
    }
  };
  extend(0, 0, 0);
  return Int32Array.from(found);
}

/** Log CRP prior of a packed program, nats: k log(alpha) + sum_c log (n_c - 1)! - sum_j log(alpha + j). */
export function logPriorOf(program: number, alpha = ALPHA): number {
  const masks = new Int32Array(NUM_POINTS);
  const count = clusterMasks(program, masks);
  let sum = count * Math.log(alpha);
  for (let c = 0; c < count; c++) sum += LOG_FACTORIAL[BIT_COUNT[masks[c]!]! - 1]!;
  for (let j = 0; j < NUM_POINTS; j++) sum -= Math.log(alpha + j);
  return sum;
}

/** [128] number of points in a mask. */
export const BIT_COUNT: Int32Array = Int32Array.from({ length: 1 << NUM_POINTS }, (_, mask) => {
  let bits = 0;
  for (let j = 0; j < NUM_POINTS; j++) bits += (mask >> j) & 1;
  return bits;
});

/** [7] log n! for n = 0 .. 6. */
const LOG_FACTORIAL = Float64Array.from([1, 1, 2, 6, 24, 120, 720], Math.log);

function build(): Enumeration {
  const programs = clusteringsOf(NUM_POINTS);
  const count = programs.length;
  const masks = new Int32Array(count * NUM_POINTS);
  const numClusters = new Int32Array(count);
  const rows = new Map<number, number>();
  for (let i = 0; i < count; i++) {
    const program = programs[i]!;
    numClusters[i] = clusterMasks(program, masks.subarray(i * NUM_POINTS, (i + 1) * NUM_POINTS));
    rows.set(program, i);
  }
  const logPrior = Float64Array.from(programs, (program) => logPriorOf(program));
  return { count, programs, logPrior, masks, numClusters, indexOf: (program) => rows.get(program) ?? -1 };
}

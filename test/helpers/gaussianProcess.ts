// timeseries.json (HMWS specification, section 18) as far as Gaussian processes are concerned. Reads the folder in
// LAB_FIXTURES, else the committed copy. Sections may be missing in another file of the format.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type GaussianProcessSpec,
  type KernelLanes,
  OP,
} from "../../src/engine/kernels/gaussianProcess/gaussianProcess";
import type { Covariance } from "../../src/engine/kernels/gaussianProcess/posterior";

type Predictive = { index: number[]; mean: number[]; variance: number[] };
export type KernelVector = {
  expression: string;
  postfix: string;
  constrained: [string, number[]][];
  covariance_noise_free?: [number, number, number][];
  diagonal_with_noise?: number;
  loglik?: number;
  grad_constrained?: number[][];
  predictive?: { reference?: Predictive; consistent?: Predictive };
  grad_by_lag?: number[];
  inverse_first_column?: number[];
};
type TimeseriesFile = {
  format?: string;
  grid: { n: number; dx: number; x_first: number; x_last: number };
  constants: { noise_variance: number; jitter: number };
  tolerance: Record<string, number>;
  signal: number[];
  kernels: KernelVector[];
};

const folder = process.env.LAB_FIXTURES ?? join(import.meta.dirname, "../fixtures/reference");
// The cast names the format; the reference test checks the fields that it uses.
export const timeseriesFile = JSON.parse(readFileSync(join(folder, "timeseries.json"), "utf8")) as TimeseriesFile;

/** The time-series domain's process on the file's grid. */
export const fileSpec: GaussianProcessSpec = {
  points: timeseriesFile.grid.n,
  // The file prints 15 digits: the exact distance follows from the ends.
  spacing: (timeseriesFile.grid.x_last - timeseriesFile.grid.x_first) / (timeseriesFile.grid.n - 1),
  noise: timeseriesFile.constants.noise_variance,
  jitter: timeseriesFile.constants.jitter,
  mostAtoms: 5,
  mostOps: 9,
};

const LETTERS: Readonly<Record<string, number>> = {
  W: OP.whiteNoise,
  R: OP.squaredExponential,
  C: OP.constant,
  "*": OP.times,
  "+": OP.plus,
};

/** A covariance from a postfix word over W R 1 2 3 4 C * + and its atoms' rows [variance, squared length scale, period]. */
export function covarianceOf(
  spec: GaussianProcessSpec,
  postfix: string,
  rows: readonly (readonly number[])[],
): Covariance {
  const ops = new Uint8Array(spec.mostOps).fill(OP.end);
  ops.set(Array.from(postfix, (letter) => LETTERS[letter] ?? OP.periodic));
  const parameters = new Float64Array(spec.mostAtoms * 3);
  for (const [atom, row] of rows.entries()) parameters.set(row, 3 * atom);
  return { ops, parameters };
}

/** The file writes an atom's parameters as [variance], [variance, l2] or [variance, period, l2]. */
export function fileRow([variance = 0, second = 0, third]: readonly number[]): number[] {
  return third === undefined ? [variance, second, 0] : [variance, third, second];
}

/** The covariance of a kernel of the file. */
export function fileCovariance(kernel: KernelVector): Covariance {
  return covarianceOf(
    fileSpec,
    kernel.postfix,
    kernel.constrained.map(([, values]) => fileRow(values)),
  );
}

/** Lanes of several covariances, all on the same row unless rows are given. */
export function lanesOf(
  covariances: readonly Covariance[],
  rows: Int32Array = new Int32Array(covariances.length),
): KernelLanes {
  return {
    ops: Uint8Array.from(covariances.flatMap(({ ops }) => [...ops])),
    parameters: Float64Array.from(covariances.flatMap(({ parameters }) => [...parameters])),
    rows,
  };
}

/** Dense A, row by row, from its first column. */
export function denseToeplitz(column: Float64Array): Float64Array[] {
  return Array.from(column, (_, i) => Float64Array.from(column, (__, j) => column[Math.abs(i - j)] ?? Number.NaN));
}

/** Lower Cholesky factor by its definition; null where the matrix is not positive definite. The tests' oracle. */
export function denseCholesky(matrix: readonly Float64Array[]): Float64Array[] | null {
  const factor = matrix.map((row) => new Float64Array(row.length));
  for (const [i, row] of factor.entries()) {
    for (let j = 0; j <= i; j++) {
      const other = factor[j]!;
      let sum = matrix[i]![j]!;
      for (let k = 0; k < j; k++) sum -= row[k]! * other[k]!;
      if (i !== j) row[j] = sum / other[j]!;
      else if (sum > 0) row[i] = Math.sqrt(sum);
      else return null;
    }
  }
  return factor;
}

/** log N(x; 0, L L^T) by forward substitution; -Infinity without a factor. */
export function denseLogDensity(factor: readonly Float64Array[] | null, x: ArrayLike<number>): number {
  if (!factor) return Number.NEGATIVE_INFINITY;
  const solved = new Float64Array(x.length);
  let value = -(x.length / 2) * Math.log(2 * Math.PI);
  for (const [i, row] of factor.entries()) {
    let sum = x[i]!;
    for (let k = 0; k < i; k++) sum -= row[k]! * solved[k]!;
    solved[i] = sum / row[i]!;
    value -= Math.log(row[i]!) + 0.5 * solved[i]! ** 2;
  }
  return value;
}

// What every backend of the Gaussian process checks and does alike: shapes of a call, lanes one by one, predictions.

import { LabError } from "../../errors";
import { ATOM_PARAMETERS } from "./covariance";
import type { GaussianProcessSpec, KernelLanes, SeriesRows } from "./gaussianProcess";
import { type Covariance, predictAhead } from "./posterior";

/** The kernels number operations in bytes, and END is one of them. */
const MOST_OPS = 254;

/** @throws LabError("shape") for sizes that do not fit. */
export function requireSpec(spec: GaussianProcessSpec): void {
  const { points, spacing, noise, jitter, mostAtoms, mostOps } = spec;
  const hasRoom = mostAtoms >= 1 && mostOps >= 2 * mostAtoms - 1 && mostOps <= MOST_OPS;
  if (points >= 2 && spacing > 0 && noise >= 0 && jitter >= 0 && hasRoom) return;
  const given = JSON.stringify(spec);
  const help = "Give at least two points, a positive spacing, and room for 2 atoms - 1 operations, 254 at most.";
  throw new LabError("shape", { message: `invalid Gaussian process: ${given}`, help });
}

/** @throws LabError("shape") where arrays do not fit each other or a row is no row of the series. @returns N */
export function requireLanes(spec: GaussianProcessSpec, series: SeriesRows, lanes: KernelLanes): number {
  const { points, mostOps, mostAtoms } = spec;
  const { ops, parameters, rows } = lanes;
  const count = rows.length;
  const isFit =
    ops.length === count * mostOps &&
    parameters.length === count * mostAtoms * ATOM_PARAMETERS &&
    series.length % points === 0 &&
    rows.every((row) => row >= 0 && row < series.length / points);
  if (isFit) return count;
  const message = `invalid lanes: ${count} rows, ${ops.length} ops, ${parameters.length} parameters, ${series.length} values`;
  const help = `Give ${mostOps} ops and ${mostAtoms * ATOM_PARAMETERS} parameters a lane, and rows of the series.`;
  throw new LabError("shape", { message, help });
}

/** Lane `n` as views of the arrays. */
export function laneOf(spec: GaussianProcessSpec, { ops, parameters }: KernelLanes, n: number): Covariance {
  const width = spec.mostAtoms * ATOM_PARAMETERS;
  return {
    ops: ops.subarray(n * spec.mostOps, (n + 1) * spec.mostOps),
    parameters: parameters.subarray(n * width, (n + 1) * width),
  };
}

/** The interface's `predict`, in float64 on every backend; NaN for lanes whose covariance is not positive definite. */
export function predictLanes(
  spec: GaussianProcessSpec,
  series: SeriesRows,
  lanes: KernelLanes,
  ahead: number,
): { readonly mean: Float64Array; readonly variance: Float64Array } {
  const count = requireLanes(spec, series, lanes);
  const mean = new Float64Array(count * ahead).fill(Number.NaN);
  const variance = mean.slice();
  for (let n = 0; n < count; n++) {
    const row = lanes.rows[n]!;
    const observed = series.subarray(row * spec.points, (row + 1) * spec.points);
    const prediction = predictAhead(laneOf(spec, lanes, n), spec, observed, ahead);
    if (!prediction) continue;
    mean.set(prediction.mean, n * ahead);
    variance.set(prediction.variance, n * ahead);
  }
  return { mean, variance };
}

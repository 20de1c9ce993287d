// What a Gaussian process says about unobserved points: float64, on every backend, because variances near the jitter
// come out of differences (specification, section 8). One Schur pass over observed and new points together does it all.

import { covarianceColumn, noisyDiagonal } from "./covariance";
import type { GaussianProcessSpec } from "./gaussianProcess";
import { eachFactorColumn, logDensityGradient } from "./schur";

/** One covariance function: the arrays of one lane. */
export type Covariance = {
  /** [mostOps] postfix. */
  readonly ops: Uint8Array;
  /** [mostAtoms, 3] variance, squared length scale, period. */
  readonly parameters: Float64Array;
};

/**
 * Which noise a prediction takes. "consistent": noise and jitter on the diagonal of observed and new points, as trained.
 * "reference": jitter alone, and once more on the predicted variance, as the authors' released code does.
 */
export type PredictiveVariant = "consistent" | "reference";

export type Prediction = {
  /** [ahead] */
  readonly mean: Float64Array;
  /** [ahead], noise included. */
  readonly variance: Float64Array;
  /** [samples, ahead] joint draws of the new points, noise included. */
  readonly samples: Float64Array;
};

/**
 * The next `ahead` points given the n observed ones; null where the covariance is not positive definite.
 *
 * @param series [n]
 * @param normals [samples, ahead] standard normal numbers; empty for no samples
 */
export function predictAhead(
  { ops, parameters }: Covariance,
  spec: GaussianProcessSpec,
  series: ArrayLike<number>,
  ahead: number,
  variant: PredictiveVariant = "consistent",
  normals: Float64Array = new Float64Array(0),
): Prediction | null {
  const { points } = spec;
  const numSamples = ahead === 0 ? 0 : normals.length / ahead;
  const t = covarianceColumn(ops, parameters, spec, points + ahead);
  t[0] = noisyDiagonal(t[0]!, spec, variant === "reference" ? 0 : spec.noise);
  const rest = Float64Array.from(series);
  const mean = new Float64Array(ahead);
  const variance = new Float64Array(ahead);
  const samples = new Float64Array(numSamples * ahead);
  const isPositive = eachFactorColumn(t, (k, pivot, column) => {
    if (k < points) {
      const z = rest[k]! / pivot;
      for (let i = k + 1; i < points; i++) rest[i]! -= column[i]! * z;
      for (let j = 0; j < ahead; j++) mean[j]! += column[points + j]! * z;
      return;
    }
    for (let j = k - points; j < ahead; j++) {
      const entry = column[points + j]!;
      variance[j]! += entry * entry;
      for (let s = 0; s < numSamples; s++) samples[s * ahead + j]! += entry * normals[s * ahead + k - points]!;
    }
  });
  if (!isPositive) return null;
  if (variant === "reference") for (let j = 0; j < ahead; j++) variance[j] = noisyDiagonal(variance[j]!, spec, 0);
  for (let i = 0; i < samples.length; i++) samples[i]! += mean[i % ahead]!;
  return { mean, variance, samples };
}

/**
 * Posterior means of parts of a covariance at the first `length` points of the grid: part(x*, X) A^-1 y, with A of the
 * whole expression. The means of addends sum to the mean of their sum. Null where A is not positive definite.
 *
 * @param series [n] y
 * @param parts addends of the expanded expression, or the whole expression for the noise-free curve itself
 * @param length n for the observed points, 2 n for the next n too
 * @returns [parts][length]
 */
export function posteriorMeans(
  whole: Covariance,
  parts: readonly Covariance[],
  spec: GaussianProcessSpec,
  series: ArrayLike<number>,
  length: number,
): readonly Float64Array[] | null {
  const { points } = spec;
  const t = covarianceColumn(whole.ops, whole.parameters, spec, points);
  t[0] = noisyDiagonal(t[0]!, spec);
  const empty = () => new Float64Array(points);
  const solved = { byLag: empty(), inverseColumn: empty(), weights: empty() };
  if (logDensityGradient(t, series, solved) === Number.NEGATIVE_INFINITY) return null;
  const lags = Math.max(points, length);
  return parts.map(({ ops, parameters }) => {
    const column = covarianceColumn(ops, parameters, spec, lags);
    return Float64Array.from({ length }, (_, i) => {
      let sum = 0;
      for (let j = 0; j < points; j++) sum += column[Math.abs(i - j)]! * solved.weights[j]!;
      return sum;
    });
  });
}

/**
 * A series drawn from a covariance: Cholesky's factor of K plus the jitter, without the observation noise, as the
 * reference draws its fantasies. Null where K plus the jitter is not positive definite.
 *
 * @param normals [length] standard normal numbers, one for each point drawn
 * @returns [length]
 */
export function sampleSeries(
  { ops, parameters }: Covariance,
  spec: GaussianProcessSpec,
  normals: ArrayLike<number>,
): Float64Array | null {
  const length = normals.length;
  const t = covarianceColumn(ops, parameters, spec, length);
  t[0] = noisyDiagonal(t[0]!, spec, 0);
  const series = new Float64Array(length);
  const isPositive = eachFactorColumn(t, (k, _pivot, column) => {
    for (let i = k; i < length; i++) series[i]! += column[i]! * normals[k]!;
  });
  return isPositive ? series : null;
}

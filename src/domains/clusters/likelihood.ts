// Likelihood of one cluster with its mean integrated out: exact, closed form, and its gradient in Sigma.
// x_j ~ N(mu, Sigma), mu ~ N(0, I):  log p(x_c) = - n log 2 pi - (n - 1)/2 log|Sigma| - 1/2 log|Sigma + n I|
//   - 1/2 tr(Sigma^-1 S) - n/2 mean^T (Sigma + n I)^-1 mean.   Source: MWS spec 2.2. Logs are natural (nats).

import { NUM_POINTS } from "./program";

const LOG_TWO_PI = Math.log(2 * Math.PI);

/** A 2 x 2 covariance with what the likelihood reads again and again; index n of the arrays belongs to A = Sigma + n I. */
export type Covariance = {
  readonly xx: number;
  readonly xy: number;
  readonly yy: number;
  readonly determinant: number;
  readonly logDeterminant: number;
  readonly determinantA: Float64Array;
  readonly logDeterminantA: Float64Array;
};

/** Sigma = Theta Theta^T as [xx, xy, yx, yy]; theta [4] is row-major. */
export function sigmaOf(theta: ArrayLike<number>): Float64Array {
  const [a, b, c, d] = [theta[0]!, theta[1]!, theta[2]!, theta[3]!];
  const xy = a * c + b * d;
  return Float64Array.of(a * a + b * b, xy, xy, c * c + d * d);
}

/** The covariance with Sigma = Theta Theta^T. Its determinant is det(Theta)^2, which is never negative. */
export function covarianceOfTheta(theta: ArrayLike<number>): Covariance {
  const sigma = sigmaOf(theta);
  const root = theta[0]! * theta[3]! - theta[1]! * theta[2]!;
  return covariance(sigma[0]!, sigma[1]!, sigma[3]!, root * root);
}

/** The covariance with Sigma given as [xx, xy, yx, yy]. */
export function covarianceOfSigma(sigma: ArrayLike<number>): Covariance {
  const [xx, xy, yy] = [sigma[0]!, sigma[1]!, sigma[3]!];
  return covariance(xx, xy, yy, xx * yy - xy * xy);
}

/**
 * Exact log p(x_c) of one cluster, nats; -Infinity for two or more points under a singular Sigma.
 *
 * @param statistics n, mean x, mean y, scatter xx, xy, yy from index `at` on
 */
export function clusterTerm(statistics: Float64Array, at: number, cov: Covariance): number {
  const n = statistics[at]!;
  const mx = statistics[at + 1]!;
  const my = statistics[at + 2]!;
  const form = (cov.yy + n) * mx * mx - 2 * cov.xy * mx * my + (cov.xx + n) * my * my;
  const mean = -n * LOG_TWO_PI - 0.5 * (cov.logDeterminantA[n]! + (n * form) / cov.determinantA[n]!);
  if (n === 1) return mean;
  if (cov.determinant === 0) return -Infinity;
  const scatter = cov.yy * statistics[at + 3]! - 2 * cov.xy * statistics[at + 4]! + cov.xx * statistics[at + 5]!;
  return mean - 0.5 * ((n - 1) * cov.logDeterminant + scatter / cov.determinant);
}

/**
 * Adds weight * d log p(x_c) / d Sigma, the symmetric 2 x 2 matrix
 * - (n - 1)/2 Sigma^-1 - 1/2 A^-1 + 1/2 Sigma^-1 S Sigma^-1 + n/2 A^-1 mean mean^T A^-1, to out = [xx, xy, yy].
 */
export function addSigmaGradient(
  statistics: Float64Array,
  at: number,
  cov: Covariance,
  weight: number,
  out: Float64Array,
): void {
  const n = statistics[at]!;
  const detA = cov.determinantA[n]!;
  const aXX = (cov.yy + n) / detA;
  const aXY = -cov.xy / detA;
  const aYY = (cov.xx + n) / detA;
  const ux = aXX * statistics[at + 1]! + aXY * statistics[at + 2]!;
  const uy = aXY * statistics[at + 1]! + aYY * statistics[at + 2]!;
  const half = 0.5 * weight;
  out[0] = out[0]! + half * (n * ux * ux - aXX);
  out[1] = out[1]! + half * (n * ux * uy - aXY);
  out[2] = out[2]! + half * (n * uy * uy - aYY);
  if (n === 1) return;
  const [sXX, sXY, sYY] = [statistics[at + 3]!, statistics[at + 4]!, statistics[at + 5]!];
  const iXX = cov.yy / cov.determinant;
  const iXY = -cov.xy / cov.determinant;
  const iYY = cov.xx / cov.determinant;
  const tXX = iXX * sXX + iXY * sXY;
  const tXY = iXX * sXY + iXY * sYY;
  const tYX = iXY * sXX + iYY * sXY;
  const tYY = iXY * sXY + iYY * sYY;
  out[0] = out[0]! + half * (tXX * iXX + tXY * iXY - (n - 1) * iXX);
  out[1] = out[1]! + half * (tXX * iXY + tXY * iYY - (n - 1) * iXY);
  out[2] = out[2]! + half * (tYX * iXY + tYY * iYY - (n - 1) * iYY);
}

/** d/dTheta = 2 (d/dSigma) Theta, row-major [4], of a symmetric gradient [xx, xy, yy]. */
export function thetaGradient(sigmaGradient: ArrayLike<number>, theta: ArrayLike<number>): Float64Array {
  const [xx, xy, yy] = [sigmaGradient[0]!, sigmaGradient[1]!, sigmaGradient[2]!];
  const [a, b, c, d] = [theta[0]!, theta[1]!, theta[2]!, theta[3]!];
  return Float64Array.of(2 * (xx * a + xy * c), 2 * (xx * b + xy * d), 2 * (xy * a + yy * c), 2 * (xy * b + yy * d));
}

function covariance(xx: number, xy: number, yy: number, determinant: number): Covariance {
  const determinantA = new Float64Array(NUM_POINTS + 1);
  const logDeterminantA = new Float64Array(NUM_POINTS + 1);
  for (let n = 1; n <= NUM_POINTS; n++) {
    determinantA[n] = (xx + n) * (yy + n) - xy * xy;
    logDeterminantA[n] = Math.log(determinantA[n]!);
  }
  return { xx, xy, yy, determinant, logDeterminant: Math.log(determinant), determinantA, logDeterminantA };
}

// Where a cluster's mean may be, given its points: N(m, V) with V = (I + n Sigma^-1)^-1 and m = n V Sigma^-1 mean.
// Clouds of 100 n_c samples a cluster, as in figure 4 of the MWS paper. Its caption says posterior predictive, the
// published code draws posterior means; both are offered: the predictive adds Sigma to V (MWS spec 2.5).

import type { Rng } from "../../engine/rng/rng";
import { subsetStatistics } from "./pointSets";
import { clusterMasks, NUM_POINTS } from "./program";

/** Samples per point of a cluster. */
export const CLOUD_PER_POINT = 100;

/** The clusters of one clustering; k of them, in label order. */
export type ClusterPosteriors = {
  /** [k] points per cluster. */
  readonly sizes: Int32Array;
  /** [k, 2] posterior mean m of the cluster's centre. */
  readonly means: Float64Array;
  /** [k, 4] posterior covariance V of the cluster's centre, row-major. */
  readonly covariances: Float64Array;
};

/** Samples with the label of their cluster. */
export type Cloud = { readonly points: Float32Array; readonly labels: Uint8Array };

/** Posterior of each cluster's mean. points [14]; sigma [xx, xy, yx, yy], positive definite. */
export function clusterPosteriors(
  points: ArrayLike<number>,
  program: number,
  sigma: ArrayLike<number>,
): ClusterPosteriors {
  const masks = new Int32Array(NUM_POINTS);
  const count = clusterMasks(program, masks);
  const sizes = new Int32Array(count);
  const means = new Float64Array(2 * count);
  const covariances = new Float64Array(4 * count);
  const statistics = new Float64Array(6);
  for (let c = 0; c < count; c++) {
    subsetStatistics(points, 0, masks[c]!, statistics, 0);
    const [n, mx, my] = [statistics[0]!, statistics[1]!, statistics[2]!];
    // V = Sigma A^-1 and m = n A^-1 mean with A = Sigma + n I, which commutes with Sigma: no inverse of Sigma is needed.
    const [xx, xy, yy] = [sigma[0]!, sigma[1]!, sigma[3]!];
    const determinant = (xx + n) * (yy + n) - xy * xy;
    const [aXX, aXY, aYY] = [(yy + n) / determinant, -xy / determinant, (xx + n) / determinant];
    sizes[c] = n;
    means.set([n * (aXX * mx + aXY * my), n * (aXY * mx + aYY * my)], 2 * c);
    const off = xx * aXY + xy * aYY;
    covariances.set([xx * aXX + xy * aXY, off, off, xy * aXY + yy * aYY], 4 * c);
  }
  return { sizes, means, covariances };
}

/**
 * 100 n_c samples per cluster: of the cluster's mean, or of a new point (predictive).
 *
 * @param points [14]
 * @param predictive true adds Sigma to V
 */
export function sampleCloud(
  points: ArrayLike<number>,
  program: number,
  sigma: ArrayLike<number>,
  predictive: boolean,
  rng: Rng,
): Cloud {
  const { sizes, means, covariances } = clusterPosteriors(points, program, sigma);
  const samples = new Float32Array(2 * CLOUD_PER_POINT * NUM_POINTS);
  const labels = new Uint8Array(CLOUD_PER_POINT * NUM_POINTS);
  const add = predictive ? 1 : 0;
  let i = 0;
  for (let c = 0; c < sizes.length; c++) {
    const xx = covariances[4 * c]! + add * sigma[0]!;
    const xy = covariances[4 * c + 1]! + add * sigma[1]!;
    const yy = covariances[4 * c + 3]! + add * sigma[3]!;
    const root = Math.sqrt(xx);
    const cross = root > 0 ? xy / root : 0;
    const rest = Math.sqrt(Math.max(0, yy - cross * cross));
    for (let k = 0; k < CLOUD_PER_POINT * sizes[c]!; k++, i++) {
      const first = rng.normal();
      samples[2 * i] = means[2 * c]! + root * first;
      samples[2 * i + 1] = means[2 * c + 1]! + cross * first + rest * rng.normal();
      labels[i] = c;
    }
  }
  return { points: samples, labels };
}

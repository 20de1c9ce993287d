// The generative model of the clusters domain: z ~ CRP(1), mu_c ~ N(0, I), x_j ~ N(mu_{z_j}, Sigma), Sigma = Theta Theta^T.
// Source: MWS spec 2.1, 2.2. theta is the four numbers of Theta.

import type { Rng } from "../../engine/rng/rng";
import { ALPHA } from "./enumeration";
import { NUM_COORDINATES } from "./pointSets";
import { LABEL_BITS, labelOf, NUM_POINTS } from "./program";

/** Draws a packed clustering from the Chinese restaurant process: an old cluster with mass n_c, a new one with alpha. */
export function sampleClustering(rng: Rng): number {
  const sizes = new Float64Array(NUM_POINTS);
  let used = 0;
  let program = 0;
  for (let j = 0; j < NUM_POINTS; j++) {
    let left = rng.uniform() * (j + ALPHA);
    let label = 0;
    while (label < used) {
      left -= sizes[label]!;
      if (left < 0) break;
      label++;
    }
    if (label === used) used++;
    sizes[label] = sizes[label]! + 1;
    program |= label << (LABEL_BITS * j);
  }
  return program;
}

/** Draws seven points given a clustering and writes them to out[at .. at + 13]; theta [4] is row-major. */
export function samplePoints(program: number, theta: ArrayLike<number>, rng: Rng, out: Float64Array, at: number): void {
  const means = Float64Array.from({ length: NUM_COORDINATES }, () => rng.normal());
  for (let j = 0; j < NUM_POINTS; j++) {
    const label = labelOf(program, j);
    const first = rng.normal();
    const second = rng.normal();
    out[at + 2 * j] = means[2 * label]! + theta[0]! * first + theta[1]! * second;
    out[at + 2 * j + 1] = means[2 * label + 1]! + theta[2]! * first + theta[3]! * second;
  }
}

/** Draws `count` pairs (z, x): points [count, 14] and packed clusterings [count]. */
export function samplePairs(
  count: number,
  theta: ArrayLike<number>,
  rng: Rng,
): { points: Float64Array; clusterings: Int32Array } {
  const points = new Float64Array(count * NUM_COORDINATES);
  const clusterings = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    clusterings[i] = sampleClustering(rng);
    samplePoints(clusterings[i]!, theta, rng, points, i * NUM_COORDINATES);
  }
  return { points, clusterings };
}

// One draw per observation from normalised weights: the z_Q ~ Q of memoised wake-sleep (MWS spec 1.2, step 4).

import type { Rng } from "../rng/rng";

/**
 * @param weight [K, B], columns sum to 1 or are all 0
 * @returns index [B] (-1 where all weights are 0) and coefficient [K, B], one-hot in the drawn entry.
 */
export function drawOne(
  weight: Float64Array,
  numParticles: number,
  batchSize: number,
  rng: Rng,
): { index: Int32Array; coefficient: Float64Array } {
  const index = new Int32Array(batchSize);
  const coefficient = new Float64Array(numParticles * batchSize);
  const column = new Float64Array(numParticles);
  for (let b = 0; b < batchSize; b++) {
    for (let k = 0; k < numParticles; k++) column[k] = weight[k * batchSize + b]!;
    const k = rng.categorical(column);
    index[b] = k;
    if (k >= 0) coefficient[k * batchSize + b] = 1;
  }
  return { index, coefficient };
}

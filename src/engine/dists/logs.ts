// Log-domain arithmetic used by every algorithm. All logs are natural.

/** log sum_i exp(values[from + i * stride]), the maximum subtracted; -Infinity if all are -Infinity or count is 0. */
export function logSumExp(values: ArrayLike<number>, from = 0, count = values.length, stride = 1): number {
  let max = -Infinity;
  for (let i = 0; i < count; i++) max = Math.max(max, values[from + i * stride]!);
  if (max === -Infinity || Number.isNaN(max) || max === Infinity) return max;
  let sum = 0;
  for (let i = 0; i < count; i++) sum += Math.exp(values[from + i * stride]! - max);
  return max + Math.log(sum);
}

/**
 * Softmax down the particle axis of a [K, B] array.
 *
 * @returns [K, B] weights; a column whose logits are all -Infinity gets zeros (MWS spec 1.3).
 */
export function softmaxOverParticles(logits: Float64Array, numParticles: number, batchSize: number): Float64Array {
  const weight = new Float64Array(numParticles * batchSize);
  for (let b = 0; b < batchSize; b++) {
    const total = logSumExp(logits, b, numParticles, batchSize);
    if (total === -Infinity) continue;
    for (let k = 0; k < numParticles; k++) weight[k * batchSize + b] = Math.exp(logits[k * batchSize + b]! - total);
  }
  return weight;
}

/** [B] log sum exp down the particle axis of a [K, B] array. */
export function logSumExpOverParticles(values: Float64Array, numParticles: number, batchSize: number): Float64Array {
  return Float64Array.from({ length: batchSize }, (_, b) => logSumExp(values, b, numParticles, batchSize));
}

/** log(1 + exp(x)) without overflow. */
export function softplus(x: number): number {
  return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
}

/** 1 / (1 + exp(-x)) without overflow. */
export function sigmoid(x: number): number {
  return x >= 0 ? 1 / (1 + Math.exp(-x)) : 1 - 1 / (1 + Math.exp(x));
}

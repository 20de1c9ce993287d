// Arithmetic on the log scores of one observation's K particles: bounds, weights, and coefficients on grad log q.
// Source: MWS spec 1.5 (Hewitt, Le & Tenenbaum 2020; Bornschein & Bengio 2015; Mnih & Rezende 2016).
// All arguments and results have length K; logs are natural. Coefficients are for ascent (design.md 2).

import { logSumExp } from "../dists/logs";

/** logWeight_k = logP_k - logQ_k; -Infinity where logP is. */
export function logWeights(logP: Float64Array, logQ: Float64Array): Float64Array {
  return logP.map((value, k) => (value === -Infinity ? -Infinity : value - logQ[k]!));
}

/** K-sample bound L = log (1/K) sum_k exp(logWeight_k), a lower bound on log p(x) in expectation. */
export function kSampleBound(logWeight: Float64Array): number {
  return logSumExp(logWeight) - Math.log(logWeight.length);
}

/** Single-sample bound: the mean of the log weights. */
export function elbo(logWeight: Float64Array): number {
  return logWeight.reduce((sum, value) => sum + value, 0) / logWeight.length;
}

/** softmax(logWeight); zeros if all are -Infinity. */
export function normalisedWeights(logWeight: Float64Array): Float64Array {
  const total = logSumExp(logWeight);
  return total === -Infinity ? new Float64Array(logWeight.length) : logWeight.map((value) => Math.exp(value - total));
}

/** Effective sample size 1 / sum_k w_k^2 of normalised weights at from, from + stride, ...; 0 if all weights are 0. */
export function effectiveSampleSize(weight: ArrayLike<number>, from = 0, count = weight.length, stride = 1): number {
  let squares = 0;
  for (let k = 0; k < count; k++) squares += weight[from + k * stride]! ** 2;
  return squares === 0 ? 0 : 1 / squares;
}

/**
 * For each k the mean of the other log weights. Those of -Infinity are left out (they would make it -Infinity);
 * NaN where no other remains.
 */
function meanOfOthers(logWeight: Float64Array): Float64Array {
  return logWeight.map((_, k) => {
    let sum = 0;
    let count = 0;
    for (let j = 0; j < logWeight.length; j++) {
      if (j === k || logWeight[j] === -Infinity) continue;
      sum += logWeight[j]!;
      count++;
    }
    return sum / count;
  });
}

/** What a log weight of -Infinity counts as in VIMCO's baselines, nats (strings specification, section 9). */
const IMPOSSIBLE = -1000;

/**
 * VIMCO's control variates c_k: the bound with log weight k replaced by the mean of the others, c_k = L where there
 * are none. Source: Mnih & Rezende 2016, eq. 10 (geometric mean of the weights). Impossible particles count as log
 * weight -1000, or as the least of the others where that is lower.
 */
export function vimcoControlVariates(logWeight: Float64Array): Float64Array {
  const bound = kSampleBound(logWeight);
  const lowest = logWeight.reduce((least, value) => (value === -Infinity ? least : Math.min(least, value)), IMPOSSIBLE);
  const floored = logWeight.map((value) => Math.max(value, lowest));
  const replaced = logWeight.slice();
  return meanOfOthers(floored).map((mean, k) => {
    if (Number.isNaN(mean)) return bound;
    replaced[k] = mean;
    const control = kSampleBound(replaced);
    replaced[k] = logWeight[k]!;
    return control;
  });
}

/** VIMCO's coefficient on grad log q_k: (L - c_k) - w_k; zeros if all weights are 0. */
export function vimcoCoefficients(logWeight: Float64Array): Float64Array {
  const bound = kSampleBound(logWeight);
  if (bound === -Infinity) return new Float64Array(logWeight.length);
  const control = vimcoControlVariates(logWeight);
  const weight = normalisedWeights(logWeight);
  return weight.map((w, k) => bound - control[k]! - w);
}

/** Leave-one-out baselines b_k: the mean of the other log weights; 0 where there are none (K = 1). */
export function reinforceBaselines(logWeight: Float64Array): Float64Array {
  return meanOfOthers(logWeight).map((mean) => (Number.isNaN(mean) ? 0 : mean));
}

/**
 * REINFORCE's coefficient on grad log q_k for the single-sample bound: (logWeight_k - b_k - 1) / K.
 * 0 for particles of weight 0: their signal is unbounded.
 */
export function reinforceCoefficients(logWeight: Float64Array): Float64Array {
  const baseline = reinforceBaselines(logWeight);
  const numParticles = logWeight.length;
  return logWeight.map((value, k) => (value === -Infinity ? 0 : (value - baseline[k]! - 1) / numParticles));
}

/**
 * Applies a rule on K numbers to every observation of a [K, B] array.
 * @returns [K, B]
 */
export function perObservation(
  values: Float64Array,
  numParticles: number,
  batchSize: number,
  rule: (column: Float64Array) => Float64Array,
): Float64Array {
  const result = new Float64Array(numParticles * batchSize);
  const column = new Float64Array(numParticles);
  for (let b = 0; b < batchSize; b++) {
    for (let k = 0; k < numParticles; k++) column[k] = values[k * batchSize + b]!;
    const out = rule(column);
    for (let k = 0; k < numParticles; k++) result[k * batchSize + b] = out[k]!;
  }
  return result;
}

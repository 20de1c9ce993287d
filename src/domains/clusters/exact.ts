// Exact answers by enumeration of the 877 clusterings: joint, marginal, posterior, entropies, divergences.
// Each of the 127 subset terms is computed once per set; a clustering is a sum of at most seven of them (MWS spec 2.2, 2.4).

import { logSumExp } from "../../engine/dists/logs";
import { enumeration } from "./enumeration";
import { type Covariance, clusterTerm } from "./likelihood";
import { NUM_MASKS, NUM_STATISTICS, type PointSets } from "./pointSets";
import { NUM_CLUSTERINGS, NUM_POINTS } from "./program";

/** Everything about one set under one covariance; arrays follow `enumeration().programs`. */
export type ExactAnswer = {
  /** [877] log p(z, x), nats. */
  readonly logJoint: Float64Array;
  /** log p(x), nats: exact. */
  readonly logPx: number;
};

const terms = new Float64Array(NUM_MASKS);

/** Exact log joints of one set with all 877 clusterings and their log-sum-exp. */
export function exactAnswer(sets: PointSets, row: number, cov: Covariance): ExactAnswer {
  sets.ready(row);
  for (let mask = 1; mask < NUM_MASKS; mask++) {
    terms[mask] = clusterTerm(sets.statistics, (row * NUM_MASKS + mask) * NUM_STATISTICS, cov);
  }
  const all = enumeration();
  const logJoint = new Float64Array(NUM_CLUSTERINGS);
  for (let i = 0; i < NUM_CLUSTERINGS; i++) {
    let sum = all.logPrior[i]!;
    const count = all.numClusters[i]!;
    for (let c = 0; c < count; c++) sum += terms[all.masks[i * NUM_POINTS + c]!]!;
    logJoint[i] = sum;
  }
  return { logJoint, logPx: logSumExp(logJoint) };
}

/** Exact negative log likelihood, mean over `rows` (default: all), nats per set; 0 for no rows. */
export function exactNll(sets: PointSets, cov: Covariance, numRows = sets.count): number {
  let sum = 0;
  for (let row = 0; row < numRows; row++) sum -= exactAnswer(sets, row, cov).logPx;
  return numRows === 0 ? 0 : sum / numRows;
}

/** [877] p(z | x). */
export function posterior(answer: ExactAnswer): Float64Array {
  return answer.logJoint.map((logJoint) => Math.exp(logJoint - answer.logPx));
}

/** Entropy of a distribution, nats; 0 log 0 = 0. */
export function entropy(probability: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < probability.length; i++) {
    const p = probability[i]!;
    if (p > 0) sum -= p * Math.log(p);
  }
  return sum;
}

/** Indices of the largest values first; ties keep the earlier one. */
export function descending(values: ArrayLike<number>): Int32Array {
  return Int32Array.from(values, (_, i) => i).sort((a, b) => values[b]! - values[a]! || a - b);
}

/** The best KL(Q || p) that a memory of `size` members can have: -log of the posterior's top mass, nats. */
export function klFloor(answer: ExactAnswer, size: number): number {
  return Math.max(0, answer.logPx - logSumExp(largest(answer.logJoint, Math.min(size, NUM_CLUSTERINGS))));
}

/** The `size` largest values, largest first. By insertion: few values pass the smallest one kept. */
function largest(values: Float64Array, size: number): Float64Array {
  const kept = new Float64Array(size).fill(-Infinity);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!(value > kept[size - 1]!)) continue;
    let place = size - 1;
    for (; place > 0 && kept[place - 1]! < value; place--) kept[place] = kept[place - 1]!;
    kept[place] = value;
  }
  return kept;
}

/** How many of the most probable clusterings are needed to carry `mass` (0 to 1) of the posterior. */
export function countForMass(probability: Float64Array, mass: number): number {
  const sorted = Float64Array.from(probability).sort().reverse();
  let sum = 0;
  for (let i = 0; i < sorted.length; i++) {
    sum += sorted[i]!;
    if (sum >= mass) return i + 1;
  }
  return sorted.length;
}

/**
 * KL(Q || p(z | x)) of a weighted set of distinct clusterings, nats: sum_m w_m (log w_m - log p(z_m | x)).
 *
 * @param indices rows of the enumeration, distinct (`mergeRepeated` makes them so)
 * @param weights normalised; zeros contribute nothing
 */
export function klToPosterior(indices: ArrayLike<number>, weights: ArrayLike<number>, answer: ExactAnswer): number {
  let sum = 0;
  for (let m = 0; m < weights.length; m++) {
    const weight = weights[m]!;
    if (weight <= 0) continue;
    sum += weight * (Math.log(weight) - answer.logJoint[indices[m]!]! + answer.logPx);
  }
  return sum;
}

/** Distinct clusterings with summed weights, in order of first appearance (MWS spec 2.4: merge repeated particles first). */
export function mergeRepeated(
  indices: ArrayLike<number>,
  weights: ArrayLike<number>,
): { indices: Int32Array; weights: Float64Array } {
  const sums = new Map<number, number>();
  for (let k = 0; k < indices.length; k++) sums.set(indices[k]!, (sums.get(indices[k]!) ?? 0) + weights[k]!);
  return { indices: Int32Array.from(sums.keys()), weights: Float64Array.from(sums.values()) };
}

/**
 * KL(q || p) and KL(p || q) over all clusterings, nats, from log q and the exact answer.
 *
 * @param logQ [877] log q(z | x), normalised
 */
export function klBothWays(logQ: Float64Array, answer: ExactAnswer): { reverse: number; forward: number } {
  let reverse = 0;
  let forward = 0;
  for (let i = 0; i < logQ.length; i++) {
    const logP = answer.logJoint[i]! - answer.logPx;
    const q = Math.exp(logQ[i]!);
    const p = Math.exp(logP);
    if (q > 0) reverse += q * (logQ[i]! - logP);
    if (p > 0) forward += p * (logP - logQ[i]!);
  }
  return { reverse, forward };
}

/** [7, 7] probability that two points share a cluster, under weighted clusterings (rows of the enumeration). */
export function togetherness(indices: ArrayLike<number>, weights: ArrayLike<number>): Float64Array {
  const all = enumeration();
  const matrix = new Float64Array(NUM_POINTS * NUM_POINTS);
  for (let m = 0; m < indices.length; m++) {
    const weight = weights[m]!;
    if (weight <= 0) continue;
    for (let c = 0; c < all.numClusters[indices[m]!]!; c++) {
      addPairs(matrix, all.masks[indices[m]! * NUM_POINTS + c]!, weight);
    }
  }
  return matrix;
}

function addPairs(matrix: Float64Array, mask: number, weight: number): void {
  for (let i = 0; i < NUM_POINTS; i++) {
    if (((mask >> i) & 1) === 0) continue;
    for (let j = 0; j < NUM_POINTS; j++) {
      if (((mask >> j) & 1) === 1) matrix[i * NUM_POINTS + j] = matrix[i * NUM_POINTS + j]! + weight;
    }
  }
}

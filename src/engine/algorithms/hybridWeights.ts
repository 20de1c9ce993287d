// The three weights of hybrid memoised wake-sleep from log weights [K, M, B] (index (k * M + m) * B + b), and the score
// of a program. Source: HMWS specification, sections 1, 2 and 16; Le et al. 2022, Algorithm 1. Logs are natural.
// Symbols: K continuous draws, M programs, B batch, log w = log p(z_d, z_c, x) - log q(z_c | z_d, x).

import { logSumExpOverParticles, softmaxOverParticles } from "../dists/logs";

/** log p^ = log (1/K) sum_k w_k, [M, B]: the program's joint with the observation, z_c integrated out. */
export function logMeanOverDraws(logWeight: Float64Array, numDraws: number): Float64Array {
  const numColumns = logWeight.length / numDraws;
  return logSumExpOverParticles(logWeight, numDraws, numColumns).map((value) => value - Math.log(numDraws));
}

/** Not one normalisation but three: each sums to 1 over something else (HMWS specification, section 17). */
export type HybridWeights = {
  /** v [K, M, B]: softmax over all draws of all programs. For log p. */
  readonly joint: Float64Array;
  /** omega [M, B] = sum_k v: the memory's posterior. For log q(z_d | x). */
  readonly program: Float64Array;
  /** w-bar [K, M, B]: softmax over the draws of one program. For log q(z_c | z_d, x). */
  readonly within: Float64Array;
};

/** v, omega and w-bar; zeros where no draw has any weight. */
export function hybridWeights(
  logWeight: Float64Array,
  numDraws: number,
  numPrograms: number,
  batchSize: number,
): HybridWeights {
  const joint = softmaxOverParticles(logWeight, numDraws * numPrograms, batchSize);
  const within = softmaxOverParticles(logWeight, numDraws, numPrograms * batchSize);
  return { joint, program: sumOverDraws(joint, numDraws), within };
}

/** sum_k of values [K, M, B]: [M, B]. */
function sumOverDraws(values: Float64Array, numDraws: number): Float64Array {
  const numColumns = values.length / numDraws;
  const sum = new Float64Array(numColumns);
  for (let i = 0; i < values.length; i++) sum[i % numColumns]! += values[i]!;
  return sum;
}

/**
 * What the released code takes for omega: log sum_k exp(v), a log-sum-exp of weights that are normalised already. All lie
 * between log K and log K + 1, nearly equal, and do not sum to 1. For comparison with the published runs only.
 */
export function releasedProgramWeights(joint: Float64Array, numDraws: number): Float64Array {
  return logSumExpOverParticles(joint, numDraws, joint.length / numDraws);
}

// Likelihood, exact marginal and exact posterior from transition counts. Source: automata specification, section 2.
// counts[from + 2 * i + v]: cells v after neighbourhood i. Logs are natural; the first column costs height * ln 2.

import { logSumExp } from "../../engine/dists/logs";
import { darkOutputs } from "./program";

/** Noise-independent facts of one picture: its counts and its height. */
export type Statistics = {
  readonly counts: ArrayLike<number>;
  /** Where this picture's counts begin. */
  readonly from: number;
  /** 8 or 32. */
  readonly bits: number;
  readonly height: number;
};

/** T = height * (width - 1): the transitions counted. */
export function transitionsOf(counts: ArrayLike<number>, from: number, bits: number): number {
  let total = 0;
  for (let i = 0; i < 2 * bits; i++) total += counts[from + i]!;
  return total;
}

/** m(z): transitions on which the picture disagrees with the rule. */
export function mismatches(counts: ArrayLike<number>, from: number, bits: number, rule: number): number {
  let sum = 0;
  for (let i = 0; i < bits; i++) sum += counts[from + 2 * i + 1 - ((rule >>> i) & 1)]!;
  return sum;
}

/** log p(x | z, phi) in nats, from the mismatches m of T transitions. phi = 0 is allowed: -Infinity unless m = 0. */
export function logLikelihood(height: number, transitions: number, wrong: number, noise: number): number {
  const bad = wrong === 0 ? 0 : wrong * Math.log(noise);
  const good = transitions === wrong ? 0 : (transitions - wrong) * Math.log1p(-noise);
  return -height * Math.LN2 + bad + good;
}

/**
 * The most frequent value of each neighbourhood: the likeliest rule for any noise below 1/2 and a uniform prior.
 *
 * @returns the rule (free bits 0) and the bits that the picture leaves free (ties and unvisited neighbourhoods)
 */
export function majorityRule(counts: ArrayLike<number>, from: number, bits: number): { rule: number; free: number } {
  let rule = 0;
  let free = 0;
  for (let i = 0; i < bits; i++) {
    const light = counts[from + 2 * i]!;
    const dark = counts[from + 2 * i + 1]!;
    if (dark > light) rule |= 1 << i;
    else if (dark === light) free |= 1 << i;
  }
  return { rule: rule | 0, free: free >>> 0 };
}

/** Share of transitions that disagree with the majority rule: the least noise that explains the picture. */
export function leastNoise(counts: ArrayLike<number>, from: number, bits: number): number {
  const transitions = transitionsOf(counts, from, bits);
  let minority = 0;
  for (let i = 0; i < bits; i++) minority += Math.min(counts[from + 2 * i]!, counts[from + 2 * i + 1]!);
  return transitions === 0 ? 0 : minority / transitions;
}

/** Likeliest noise given the rule of each picture: sum m / sum T, kept below 1/2. */
export function bestNoise(pictures: readonly { readonly wrong: number; readonly transitions: number }[]): number {
  let wrong = 0;
  let transitions = 0;
  for (const picture of pictures) {
    wrong += picture.wrong;
    transitions += picture.transitions;
  }
  return transitions === 0 ? 0 : Math.min(0.5, wrong / transitions);
}

/**
 * Exact posterior P(z[i] = 1 | x) under independent prior bits: it factorises.
 *
 * @param priorLogits [bits] logit of P(z[i] = 1); null is uniform
 * @param out [bits] written and returned
 */
export function posteriorBits(
  picture: Statistics,
  noise: number,
  priorLogits: ArrayLike<number> | null,
  out = new Float64Array(picture.bits),
): Float64Array {
  const slope = Math.log1p(-noise) - Math.log(noise);
  for (let i = 0; i < picture.bits; i++) {
    const at = picture.from + 2 * i;
    const excess = picture.counts[at + 1]! - picture.counts[at]!;
    const logit = (priorLogits?.[i] ?? 0) + (excess === 0 ? 0 : excess * slope);
    out[i] = 1 / (1 + Math.exp(-logit));
  }
  return out;
}

/**
 * Exact log p(x) in nats under independent prior bits: the sum over all rules in closed form.
 *
 * @param noise phi in (0, 1/2)
 * @param priorLogits [bits] logit of P(z[i] = 1); null is uniform
 */
export function logMarginal(picture: Statistics, noise: number, priorLogits: ArrayLike<number> | null): number {
  const wrong = Math.log(noise);
  const right = Math.log1p(-noise);
  const two = new Float64Array(2);
  let sum = -picture.height * Math.LN2;
  for (let i = 0; i < picture.bits; i++) {
    const light = picture.counts[picture.from + 2 * i]!;
    const dark = picture.counts[picture.from + 2 * i + 1]!;
    const logit = priorLogits?.[i] ?? 0;
    two[1] = -Math.log1p(Math.exp(-logit)) + dark * right + light * wrong;
    two[0] = -Math.log1p(Math.exp(logit)) + light * right + dark * wrong;
    sum += logSumExp(two);
  }
  return sum;
}

/** Bits of the rule that are right among `mask` (bits not in the mask are not identified by the picture). */
export function rightBits(rule: number, truth: number, mask: number): number {
  return darkOutputs(~(rule ^ truth) & mask);
}

/** Binary entropy in bits; 0 at 0 and 1. */
export function binaryEntropy(p: number): number {
  if (p <= 0 || p >= 1) return 0;
  return -(p * Math.log2(p) + (1 - p) * Math.log2(1 - p));
}

/** Bits per pixel that no method can beat at noise epsilon, rules known: noise entropy, and one bit for the first column. */
export function oracleBitsPerPixel(width: number, epsilon: number): number {
  return (binaryEntropy(epsilon) * (width - 1) + 1) / width;
}

// The masked softmax over tokens with a floor, p = keep softmax + share over the allowed tokens: its log probabilities
// with their gradient, and draws from it. Source: strings specification, sections 2 (mask) and 9 (exploration floor).
// A mask is one row of words, all ones where a token is allowed; shares[mask] is the floor over the number of allowed ones.

import { fillRandom } from "../rng/rng.as";
import { exp4, max4, sum4 } from "./arithmetic.as";

/** Writes exp(logit - largest) of the allowed tokens, 0 elsewhere, to `to`; returns their sum and leaves the largest. */
// @ts-ignore: decorator
@inline
export function exponentials(logits: usize, mask: usize, to: usize, columns: i32): f32 {
  const bytes = <usize>columns << 2;
  const lowest = f32x4.splat(-Infinity);
  let high = lowest;
  for (let at: usize = 0; at < bytes; at += 16) {
    high = f32x4.pmax(high, v128.bitselect(v128.load(logits + at), lowest, v128.load(mask + at)));
  }
  largest = max4(high);
  const shift = f32x4.splat(largest);
  let sum = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    const e = v128.and(exp4(f32x4.sub(v128.load(logits + at), shift)), v128.load(mask + at));
    v128.store(to + at, e);
    sum = f32x4.add(sum, e);
  }
  return sum4(sum);
}

export let largest: f32 = 0;

/**
 * Scores the uses of `count` rows of logits [count][columns]: use u of row n (u from useStarts[n] to useStarts[n + 1]) is
 * the token useTokens[u]. Writes useLogProbs. With `isTraining` each row of logits becomes the gradient of minus the sum of
 * useCoefficients[u] * useLogProbs[u].
 */
export function scoreTokens(
  logits: usize, count: i32, columns: i32, rowMasks: usize, masks: usize, shares: usize, keep: f64,
  useStarts: usize, useTokens: usize, useCoefficients: usize, useLogProbs: usize, scratch: usize, isTraining: bool,
): void {
  const bytes = <usize>columns << 2;
  for (let n = 0; n < count; n++) {
    const mask = <usize>load<u32>(rowMasks);
    const share = load<f64>(shares + (mask << 3));
    const sum = exponentials(logits, masks + mask * bytes, scratch, columns);
    const first = <usize>load<u32>(useStarts), last = <usize>load<u32>(useStarts, 4);
    const logSum = Math.log(sum);
    let total: f64 = 0;
    for (let u = first; u < last; u++) {
      const token = <usize>load<u32>(useTokens + (u << 2)) << 2;
      const soft = <f64>load<f32>(scratch + token) / <f64>sum;
      const p = keep * soft + share;
      // Without a floor from the logit itself: exact where the exponential is clamped.
      const logP = share > 0 ? Math.log(p) : <f64>(load<f32>(logits + token) - largest) - logSum;
      store<f64>(useLogProbs + (u << 3), logP);
      if (isTraining) {
        const coefficient = load<f64>(useCoefficients + (u << 3));
        const weight = share > 0 ? (coefficient * keep * soft) / p : coefficient;
        store<f64>(useCoefficients + (u << 3), weight);
        total += weight;
      }
    }
    if (isTraining) {
      const scale = f32x4.splat(<f32>(total / <f64>sum));
      for (let at: usize = 0; at < bytes; at += 16) {
        v128.store(logits + at, f32x4.mul(v128.load(scratch + at), scale));
      }
      for (let u = first; u < last; u++) {
        const at = logits + (<usize>load<u32>(useTokens + (u << 2)) << 2);
        store<f32>(at, load<f32>(at) - <f32>load<f64>(useCoefficients + (u << 3)));
      }
    }
    logits += bytes; rowMasks += 4; useStarts += 4;
  }
}

/**
 * Draws one token for each lane of each row: row n has the lanes laneStarts[n] to laneStarts[n + 1]. Lane k takes word
 * laneWords[k] of the random stream as u and walks the tokens in order until their sum exceeds u * total. Writes
 * drawn[k] and logProbs[k].
 */
export function drawTokens(
  logits: usize, count: i32, columns: i32, rowMasks: usize, masks: usize, shares: usize, keep: f64,
  laneStarts: usize, laneWords: usize, seed: u32, streamA: u32, streamB: u32,
  drawn: usize, logProbs: usize, scratch: usize,
): void {
  const bytes = <usize>columns << 2;
  for (let n = 0; n < count; n++) {
    const mask = <usize>load<u32>(rowMasks);
    const share = load<f64>(shares + (mask << 3));
    const maskRow = masks + mask * bytes;
    const sum = exponentials(logits, maskRow, scratch, columns);
    const scale = keep / <f64>sum;
    let total: f64 = 0;
    for (let at: usize = 0; at < bytes; at += 4) {
      if (load<u32>(maskRow + at)) total += scale * <f64>load<f32>(scratch + at) + share;
    }
    const logSum = Math.log(sum);
    const first = <usize>load<u32>(laneStarts), last = <usize>load<u32>(laneStarts, 4);
    for (let k = first; k < last; k++) {
      const word = load<u32>(laneWords + (k << 2));
      fillRandom(WORDS, 1, seed, streamA, streamB, word >> 2);
      const u = <f64>load<u32>(WORDS + (<usize>(word & 3) << 2)) * 2.3283064365386963e-10;
      const token = walk(maskRow, scratch, bytes, scale, share, u * total);
      store<u32>(drawn + (k << 2), <u32>(token >> 2));
      const p = scale * <f64>load<f32>(scratch + token) + share;
      const logP = share > 0 ? Math.log(p) : <f64>(load<f32>(logits + token) - largest) - logSum;
      store<f64>(logProbs + (k << 3), logP);
    }
    logits += bytes; rowMasks += 4; laneStarts += 4;
  }
}

/** One block of random words. */
export const WORDS: usize = memory.data(16, 16);

/** Four times the first token whose weights up to it exceed `limit`; the last one of positive weight if none does. */
// @ts-ignore: decorator
@inline
export function walk(mask: usize, exponents: usize, bytes: usize, scale: f64, share: f64, limit: f64): usize {
  let token: usize = 0;
  let sum: f64 = 0;
  for (let at: usize = 0; at < bytes; at += 4) {
    if (!load<u32>(mask + at)) continue;
    const weight = scale * <f64>load<f32>(exponents + at) + share;
    if (weight <= 0) continue;
    token = at;
    sum += weight;
    if (limit < sum) return token;
  }
  return token;
}

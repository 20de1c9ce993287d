// Attention of decoder rows to the texts that they write about, and the maximum over the texts of a group.
// Source: strings specification, section 8 (after Devlin et al. 2017). Keys [.., H] and values [.., E] are what the
// attention and the tanh layer make of the encoder's states, once for all that is written. A text is a list of rows of
// both (texts with a common prefix share them): paths[ranges[2 text]] to paths[ranges[2 text + 1]].

import { exp4, fma, gateTanh4, sum4 } from "./arithmetic.as";

// @ts-ignore: decorator
@inline
function dot(a: usize, b: usize, bytes: usize): f32 {
  let s0 = f32x4.splat(0), s1 = s0;
  for (let at: usize = 0; at < bytes; at += 32) {
    s0 = fma(v128.load(a + at), v128.load(b + at), s0);
    s1 = fma(v128.load(a + at, 16), v128.load(b + at, 16), s1);
  }
  return sum4(f32x4.add(s0, s1));
}

/**
 * For each row: weights = softmax over its text of key . query; mixed = tanh(mixed + sum of weights times values).
 * queries [count][H]; mixed [count][E]; weights [count][stride], stride at least the longest text.
 */
export function attend(
  queries: usize, rowTexts: usize, ranges: usize, paths: usize, keys: usize, values: usize,
  weights: usize, stride: i32, mixed: usize, count: i32, hidden: i32, embedding: i32,
): void {
  const keyBytes = <usize>hidden << 2, valueBytes = <usize>embedding << 2;
  for (let row = 0; row < count; row++) {
    const range = ranges + (<usize>load<u32>(rowTexts) << 3);
    const path = paths + (<usize>load<u32>(range) << 2);
    const length = load<u32>(range, 4) - load<u32>(range);
    let largest: f32 = -Infinity;
    for (let i: u32 = 0; i < length; i++) {
      const score = dot(queries, keys + <usize>load<u32>(path + (<usize>i << 2)) * keyBytes, keyBytes);
      store<f32>(weights + (<usize>i << 2), score);
      largest = max(largest, score);
    }
    softmaxInPlace(weights, length, largest);
    for (let at: usize = 0; at < valueBytes; at += 32) {
      let c0 = v128.load(mixed + at), c1 = v128.load(mixed + at, 16);
      for (let i: u32 = 0; i < length; i++) {
        const w = v128.load32_splat(weights + (<usize>i << 2));
        const value = values + <usize>load<u32>(path + (<usize>i << 2)) * valueBytes + at;
        c0 = fma(w, v128.load(value), c0);
        c1 = fma(w, v128.load(value, 16), c1);
      }
      v128.store(mixed + at, c0);
      v128.store(mixed + at, c1, 16);
    }
    for (let at: usize = 0; at < valueBytes; at += 16) v128.store(mixed + at, gateTanh4(v128.load(mixed + at)));
    queries += keyBytes; mixed += valueBytes; rowTexts += 4; weights += <usize>stride << 2;
  }
}

/** Works on whole vectors: rows of weights have slack, which is overwritten. */
function softmaxInPlace(values: usize, length: u32, largest: f32): void {
  const shift = f32x4.splat(largest);
  let sum: f32 = 0;
  for (let i: u32 = 0; i < length; i += 4) {
    const at = values + (<usize>i << 2);
    v128.store(at, exp4(f32x4.sub(v128.load(at), shift)));
  }
  for (let i: u32 = 0; i < length; i++) sum += load<f32>(values + (<usize>i << 2));
  const scale = f32x4.splat(1 / sum);
  for (let i: u32 = 0; i < length; i += 4) {
    const at = values + (<usize>i << 2);
    v128.store(at, f32x4.mul(v128.load(at), scale));
  }
}

/**
 * The gradient of `attend` from mixedGradients [count][E], before the tanh: adds to queryGradients [count][H],
 * keyGradients and valueGradients (rows as keys, values). `scratch` holds at least the longest text.
 */
export function attendBackward(
  queries: usize, rowTexts: usize, ranges: usize, paths: usize, keys: usize, values: usize,
  weights: usize, stride: i32, mixedGradients: usize, queryGradients: usize,
  keyGradients: usize, valueGradients: usize, scratch: usize, count: i32, hidden: i32, embedding: i32,
): void {
  const keyBytes = <usize>hidden << 2, valueBytes = <usize>embedding << 2;
  for (let row = 0; row < count; row++) {
    const range = ranges + (<usize>load<u32>(rowTexts) << 3);
    const path = paths + (<usize>load<u32>(range) << 2);
    const length = load<u32>(range, 4) - load<u32>(range);
    let mean: f32 = 0;
    for (let i: u32 = 0; i < length; i++) {
      const value = values + <usize>load<u32>(path + (<usize>i << 2)) * valueBytes;
      const slope = dot(mixedGradients, value, valueBytes);
      store<f32>(scratch + (<usize>i << 2), slope);
      mean += slope * load<f32>(weights + (<usize>i << 2));
    }
    for (let i: u32 = 0; i < length; i++) {
      const state = <usize>load<u32>(path + (<usize>i << 2));
      const weight = load<f32>(weights + (<usize>i << 2));
      const slope = weight * (load<f32>(scratch + (<usize>i << 2)) - mean);
      addScaled(mixedGradients, f32x4.splat(weight), valueGradients + state * valueBytes, valueBytes);
      addScaled(queries, f32x4.splat(slope), keyGradients + state * keyBytes, keyBytes);
      addScaled(keys + state * keyBytes, f32x4.splat(slope), queryGradients, keyBytes);
    }
    queries += keyBytes; queryGradients += keyBytes; mixedGradients += valueBytes;
    rowTexts += 4; weights += <usize>stride << 2;
  }
}

// @ts-ignore: decorator
@inline
function addScaled(row: usize, scale: v128, to: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(to + at, fma(scale, v128.load(row + at), v128.load(to + at)));
  }
}

/**
 * Elementwise maximum over the rows starts[n] to starts[n + 1] of `rows` [.., E]: largest [count][E], and in `winners`
 * [count][E] the row that gave it (the first of equal ones).
 */
export function maxOverRows(rows: usize, starts: usize, largest: usize, winners: usize, count: i32, floats: i32): void {
  const bytes = <usize>floats << 2;
  for (let n = 0; n < count; n++) {
    const first = load<u32>(starts), last = load<u32>(starts, 4);
    for (let at: usize = 0; at < bytes; at += 16) {
      let from = rows + bytes * first + at;
      let best = v128.load(from), winner = i32x4.splat(first);
      for (let row = first + 1; row < last; row++) {
        from += bytes;
        const x = v128.load(from), isLarger = f32x4.gt(x, best);
        best = v128.bitselect(x, best, isLarger);
        winner = v128.bitselect(i32x4.splat(row), winner, isLarger);
      }
      v128.store(largest + at, best);
      v128.store(winners + at, winner);
    }
    starts += 4; largest += bytes; winners += bytes;
  }
}

/** Gradient before the tanh of every row: that of the maximum times 1 - largest^2 at the winner, 0 elsewhere. */
export function maxOverRowsBackward(
  largest: usize, winners: usize, gradients: usize, starts: usize, rowGradients: usize, count: i32, floats: i32,
): void {
  const bytes = <usize>floats << 2;
  const one = f32x4.splat(1);
  for (let n = 0; n < count; n++) {
    const first = load<u32>(starts), last = load<u32>(starts, 4);
    for (let at: usize = 0; at < bytes; at += 16) {
      const y = v128.load(largest + at), winner = v128.load(winners + at);
      const slope = f32x4.mul(v128.load(gradients + at), f32x4.sub(one, f32x4.mul(y, y)));
      let to = rowGradients + bytes * first + at;
      for (let row = first; row < last; row++) {
        v128.store(to, v128.and(slope, i32x4.eq(winner, i32x4.splat(row))));
        to += bytes;
      }
    }
    starts += 4; largest += bytes; winners += bytes; gradients += bytes;
  }
}

// Tokens of several parts: what they give the gates of an LSTM, and the softmax over the values of one part: its log
// probabilities with their gradient, and draws. Tokens stand as words [lane][step][part]; `laneBytes` lie between lanes.
// A mask is one row of words, all ones for the values of the part and zeros for the padding of its columns.

import { fillRandom } from "../rng/rng.as";
import { sum4 } from "./arithmetic.as";
import { exponentials, largest, walk, WORDS } from "./tokens.as";

/**
 * Row n of `to` [count][floats] = row groups[n] of `starts` + for each part f of the lane's token the row
 * firstRows[f] + token of `table`. groups 0: all start from the first row. tokens 0: there is no token before.
 */
export function gatherInputs(
  to: usize, count: i32, floats: i32, starts: usize, groups: usize, table: usize, firstRows: usize, parts: i32,
  tokens: usize, laneBytes: usize,
): void {
  const bytes = <usize>floats << 2;
  for (let n = 0; n < count; n++) {
    const start = groups ? starts + <usize>load<u32>(groups) * bytes : starts;
    if (!tokens) memory.copy(to, start, bytes);
    let base = start;
    for (let f: usize = 0; tokens && f < <usize>parts << 2; f += 4) {
      const row = table + <usize>(load<u32>(firstRows + f) + load<u32>(tokens + f)) * bytes;
      for (let at: usize = 0; at < bytes; at += 16) {
        v128.store(to + at, f32x4.add(v128.load(base + at), v128.load(row + at)));
      }
      base = to;
    }
    to += bytes;
    if (groups) groups += 4;
    if (tokens) tokens += laneBytes;
  }
}

/** The way back: adds row n of `rows` to the rows that gatherInputs took it from; `starts` and `table` are gradients. */
export function spreadInputs(
  rows: usize, count: i32, floats: i32, starts: usize, groups: usize, table: usize, firstRows: usize, parts: i32,
  tokens: usize, laneBytes: usize,
): void {
  const bytes = <usize>floats << 2;
  for (let n = 0; n < count; n++) {
    addTo(groups ? starts + <usize>load<u32>(groups) * bytes : starts, rows, bytes);
    for (let f: usize = 0; tokens && f < <usize>parts << 2; f += 4) {
      addTo(table + <usize>(load<u32>(firstRows + f) + load<u32>(tokens + f)) * bytes, rows, bytes);
    }
    rows += bytes;
    if (groups) groups += 4;
    if (tokens) tokens += laneBytes;
  }
}

// @ts-ignore: decorator
@inline
function addTo(sum: usize, row: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(sum + at, f32x4.add(v128.load(sum + at), v128.load(row + at)));
  }
}

/**
 * Adds the log probability of each lane's value of one part to logProbs (float64). `logits` are the part's `columns` in
 * the first of `count` rows, rowBytes apart. With `isTraining` they become the gradient of minus the sum of
 * coefficients[n] (float64) times that log probability.
 */
export function scorePart(
  logits: usize, count: i32, columns: i32, rowBytes: usize, mask: usize, tokens: usize, laneBytes: usize,
  coefficients: usize, logProbs: usize, scratch: usize, isTraining: bool,
): void {
  const bytes = <usize>columns << 2;
  for (let n = 0; n < count; n++) {
    const sum = exponentials(logits, mask, scratch, columns);
    const token = <usize>load<u32>(tokens) << 2;
    // From the logit itself: exact where the exponential is clamped.
    const logP = <f64>(load<f32>(logits + token) - largest) - Math.log(sum);
    store<f64>(logProbs, load<f64>(logProbs) + logP);
    if (isTraining) {
      const coefficient = load<f64>(coefficients);
      const scale = f32x4.splat(<f32>(coefficient / <f64>sum));
      for (let at: usize = 0; at < bytes; at += 16) {
        v128.store(logits + at, f32x4.mul(v128.load(scratch + at), scale));
      }
      store<f32>(logits + token, load<f32>(logits + token) - <f32>coefficient);
      coefficients += 8;
    }
    logits += rowBytes; tokens += laneBytes; logProbs += 8;
  }
}

/** A part that is forced costs nothing: its `columns` of the gradient are 0. */
export function clearPart(logits: usize, count: i32, columns: i32, rowBytes: usize): void {
  const nothing = f32x4.splat(0);
  for (let n = 0; n < count; n++) {
    for (let at: usize = 0; at < <usize>columns << 2; at += 16) v128.store(logits + at, nothing);
    logits += rowBytes;
  }
}

/**
 * Draws one part of a token of each lane into `tokens` and adds its log probability. Lane n takes word
 * firstWord + n * laneWords of the random stream as u and walks the values in order until their sum exceeds u * total.
 */
export function drawPart(
  logits: usize, count: i32, columns: i32, rowBytes: usize, mask: usize, tokens: usize, laneBytes: usize,
  firstWord: u32, laneWords: u32, seed: u32, streamA: u32, streamB: u32, logProbs: usize, scratch: usize,
): void {
  const bytes = <usize>columns << 2;
  for (let n = 0; n < count; n++) {
    const sum = exponentials(logits, mask, scratch, columns);
    fillRandom(WORDS, 1, seed, streamA, streamB, firstWord >> 2);
    const u = <f64>load<u32>(WORDS + (<usize>(firstWord & 3) << 2)) * 2.3283064365386963e-10;
    // Four values at a time up to those that reach the limit, or to the last four that are not all padding; then one by one.
    const limit = u * <f64>sum;
    let reached: f64 = 0;
    let skipped: usize = 0;
    while (skipped + 16 < bytes && load<u32>(mask + skipped + 16)) {
      const next = reached + <f64>sum4(v128.load(scratch + skipped));
      if (limit < next) break;
      reached = next;
      skipped += 16;
    }
    const token = skipped + walk(mask + skipped, scratch + skipped, bytes - skipped, 1, 0, limit - reached);
    store<u32>(tokens, <u32>(token >> 2));
    const logP = <f64>(load<f32>(logits + token) - largest) - Math.log(sum);
    store<f64>(logProbs, load<f64>(logProbs) + logP);
    logits += rowBytes; tokens += laneBytes; logProbs += 8; firstWord += laneWords;
  }
}

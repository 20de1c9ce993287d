// Recognition network q_phi(z | x) of the clusters domain: 14 -> 16 (tanh) -> 49, a masked sequential softmax on top.
// Logits [label, point]; at point j only labels 0 .. u are allowed, u = labels used so far, so the first point is forced.
// Source: MWS spec 2.3. Here in plain float64 arrays; passNetwork.ts runs the dense layers on wasm kernels instead.

import { PlainBlock } from "../../engine/optim/plainBlock";
import type { Rng } from "../../engine/rng/rng";
import { NUM_COORDINATES, type PointSets } from "./pointSets";
import { LABEL_BITS, LABEL_MASK, NUM_POINTS } from "./program";

export const NUM_HIDDEN = 16;
/** Logit of label c at point j is at c * 7 + j. */
export const NUM_LOGITS = NUM_POINTS * NUM_POINTS;

/** Layout of the block: weights [in, out], then biases, layer by layer. */
export const OFFSET = {
  weight1: 0,
  bias1: NUM_COORDINATES * NUM_HIDDEN,
  weight2: NUM_COORDINATES * NUM_HIDDEN + NUM_HIDDEN,
  bias2: NUM_COORDINATES * NUM_HIDDEN + NUM_HIDDEN + NUM_HIDDEN * NUM_LOGITS,
} as const;
/** 1 073 */
export const NUM_WEIGHTS = OFFSET.bias2 + NUM_LOGITS;

/** The block "phi.network": weights and biases uniform in +-1 / sqrt(fan in). */
export function createNetworkBlock(rng: Rng): PlainBlock {
  const values = Float64Array.from({ length: NUM_WEIGHTS }, (_, i) => {
    const fanIn = i < OFFSET.weight2 ? NUM_COORDINATES : NUM_HIDDEN;
    return (2 * rng.uniform() - 1) / Math.sqrt(fanIn);
  });
  return new PlainBlock("phi.network", "phi", values);
}

/** One forward pass of B sets: what sampling, scoring and the backward pass read. */
export type RecognitionPass = {
  readonly sets: PointSets;
  readonly rows: Int32Array;
  /** [B, 16]; empty where a kernel keeps its own activations. */
  readonly hidden: Float64Array;
  /** [B, 49] */
  readonly logits: Float64Array;
  /** [B, 7 points, 7]: log sum exp of the first u + 1 labels at point j is at b * 49 + j * 7 + u. */
  readonly logNormaliser: Float64Array;
};

/** Runs the network on rows of a set. @param values the block's values [1073] */
export function forward(values: Float64Array, sets: PointSets, rows: Int32Array): RecognitionPass {
  const batchSize = rows.length;
  const hidden = new Float64Array(batchSize * NUM_HIDDEN);
  const logits = new Float64Array(batchSize * NUM_LOGITS);
  for (let b = 0; b < batchSize; b++) {
    const h = b * NUM_HIDDEN;
    for (let o = 0; o < NUM_HIDDEN; o++) hidden[h + o] = values[OFFSET.bias1 + o]!;
    addProduct(values, OFFSET.weight1, sets.points, rows[b]! * NUM_COORDINATES, NUM_COORDINATES, hidden, h, NUM_HIDDEN);
    for (let o = 0; o < NUM_HIDDEN; o++) hidden[h + o] = Math.tanh(hidden[h + o]!);
    const l = b * NUM_LOGITS;
    for (let o = 0; o < NUM_LOGITS; o++) logits[l + o] = values[OFFSET.bias2 + o]!;
    addProduct(values, OFFSET.weight2, hidden, h, NUM_HIDDEN, logits, l, NUM_LOGITS);
  }
  return passOf(sets, rows, hidden, logits);
}

/** A pass from its logits [B, 49]: adds the running normalisers of the masked softmax. */
export function passOf(sets: PointSets, rows: Int32Array, hidden: Float64Array, logits: Float64Array): RecognitionPass {
  const logNormaliser = new Float64Array(logits.length);
  for (let b = 0; b < rows.length; b++) fillNormalisers(logits, b * NUM_LOGITS, logNormaliser);
  return { sets, rows, hidden, logits, logNormaliser };
}

/** log q(z | x) of a packed program for row b of a pass, nats. */
export function logQOf(pass: RecognitionPass, b: number, program: number): number {
  const from = b * NUM_LOGITS;
  let used = 1;
  let sum = 0;
  for (let j = 1; j < NUM_POINTS; j++) {
    const label = (program >> (LABEL_BITS * j)) & LABEL_MASK;
    sum += pass.logits[from + label * NUM_POINTS + j]! - pass.logNormaliser[from + j * NUM_POINTS + used]!;
    if (label === used) used++;
  }
  return sum;
}

/** Draws a packed program from q(z | x) for row b of a pass; six uniform numbers. */
export function sampleProgram(pass: RecognitionPass, b: number, rng: Rng): number {
  const from = b * NUM_LOGITS;
  let used = 1;
  let program = 0;
  for (let j = 1; j < NUM_POINTS; j++) {
    const normaliser = pass.logNormaliser[from + j * NUM_POINTS + used]!;
    let left = rng.uniform();
    let label = 0;
    while (label < used) {
      left -= Math.exp(pass.logits[from + label * NUM_POINTS + j]! - normaliser);
      if (left < 0) break;
      label++;
    }
    program |= label << (LABEL_BITS * j);
    if (label === used) used++;
  }
  return program;
}

/** Adds coefficient * d log q(z | x) / d logits of row b to logitGradient [B, 49]. */
export function addLogitGradient(
  pass: RecognitionPass,
  b: number,
  program: number,
  coefficient: number,
  logitGradient: Float64Array,
): void {
  const from = b * NUM_LOGITS;
  let used = 1;
  for (let j = 1; j < NUM_POINTS; j++) {
    const label = (program >> (LABEL_BITS * j)) & LABEL_MASK;
    const normaliser = pass.logNormaliser[from + j * NUM_POINTS + used]!;
    for (let c = 0; c <= used; c++) {
      const at = from + c * NUM_POINTS + j;
      logitGradient[at] = logitGradient[at]! - coefficient * Math.exp(pass.logits[at]! - normaliser);
    }
    const chosen = from + label * NUM_POINTS + j;
    logitGradient[chosen] = logitGradient[chosen]! + coefficient;
    if (label === used) used++;
  }
}

/** Adds the gradient of sum(logits * logitGradient) in the weights to `gradient` [1073]. */
export function backward(
  values: Float64Array,
  pass: RecognitionPass,
  logitGradient: Float64Array,
  gradient: Float64Array,
): void {
  const hiddenGradient = new Float64Array(NUM_HIDDEN);
  for (let b = 0; b < pass.rows.length; b++) {
    const h = b * NUM_HIDDEN;
    const l = b * NUM_LOGITS;
    for (let o = 0; o < NUM_LOGITS; o++)
      gradient[OFFSET.bias2 + o] = gradient[OFFSET.bias2 + o]! + logitGradient[l + o]!;
    for (let i = 0; i < NUM_HIDDEN; i++) {
      const activation = pass.hidden[h + i]!;
      const weightRow = OFFSET.weight2 + i * NUM_LOGITS;
      let sum = 0;
      for (let o = 0; o < NUM_LOGITS; o++) {
        const g = logitGradient[l + o]!;
        gradient[weightRow + o] = gradient[weightRow + o]! + activation * g;
        sum += values[weightRow + o]! * g;
      }
      const delta = sum * (1 - activation * activation);
      hiddenGradient[i] = delta;
      gradient[OFFSET.bias1 + i] = gradient[OFFSET.bias1 + i]! + delta;
    }
    const x = pass.rows[b]! * NUM_COORDINATES;
    for (let i = 0; i < NUM_COORDINATES; i++) {
      const input = pass.sets.points[x + i]!;
      const weightRow = OFFSET.weight1 + i * NUM_HIDDEN;
      for (let o = 0; o < NUM_HIDDEN; o++)
        gradient[weightRow + o] = gradient[weightRow + o]! + input * hiddenGradient[o]!;
    }
  }
}

/** out[outAt + o] += sum_i input[inputAt + i] * values[weightAt + i * numOut + o]. */
function addProduct(
  values: Float64Array,
  weightAt: number,
  input: Float64Array,
  inputAt: number,
  numIn: number,
  out: Float64Array,
  outAt: number,
  numOut: number,
): void {
  for (let i = 0; i < numIn; i++) {
    const x = input[inputAt + i]!;
    const row = weightAt + i * numOut;
    for (let o = 0; o < numOut; o++) out[outAt + o] = out[outAt + o]! + x * values[row + o]!;
  }
}

/** Running log-sum-exp down the labels of each point; labels beyond the point's index can never be allowed. */
function fillNormalisers(logits: Float64Array, from: number, out: Float64Array): void {
  for (let j = 0; j < NUM_POINTS; j++) {
    let running = logits[from + j]!;
    out[from + j * NUM_POINTS] = running;
    for (let u = 1; u <= j; u++) {
      const next = logits[from + u * NUM_POINTS + j]!;
      const gap = next - running;
      running = gap > 0 ? next + Math.log1p(Math.exp(-gap)) : running + Math.log1p(Math.exp(gap));
      out[from + j * NUM_POINTS + u] = running;
    }
  }
}

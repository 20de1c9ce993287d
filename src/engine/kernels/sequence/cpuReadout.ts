// From the states of the writing LSTMs to the logits of the next token, in plain TypeScript, float64: attention over the
// symbols of each text, a tanh layer, the elementwise maximum over the texts, the output layer; and the way back.
// Source: Devlin et al. 2017 (RobustFill), in the form of the strings specification, section 8.

import type { LstmTrace } from "./cpuLstm";

/** Views of weights, or of gradients; empty where the network lacks the part. */
export type ReadoutViews = {
  /** [H, H] */
  readonly attention: Float64Array;
  /** [H or 2H, E] */
  readonly mix: Float64Array;
  /** [E] */
  readonly mixBias: Float64Array;
  /** [E or H, V] */
  readonly output: Float64Array;
  /** [V] */
  readonly outputBias: Float64Array;
};

/** One copy's part of a readout. */
type Glance = {
  /** [H] A h */
  readonly query: Float64Array;
  /** [T] weight of each symbol; empty without a text */
  readonly attention: Float64Array;
  /** [H or 2H] h, then the context */
  readonly seen: Float64Array;
  /** [E] tanh(seen W + b), or h itself */
  readonly value: Float64Array;
};

export type Readout = {
  readonly copies: readonly Glance[];
  /** [E or H] the copy that has the largest value of each unit, the first of equal ones */
  readonly winner: Int32Array;
  /** [E or H] */
  readonly pooled: Float64Array;
  /** [V] before the grammar */
  readonly logits: Float64Array;
};

/**
 * The logits after step `step` of the copies.
 *
 * @param texts the encoder's trace of each copy's text; empty without a reader, where there is one copy
 */
export function readoutForward(
  weights: ReadoutViews,
  copies: readonly LstmTrace[],
  texts: readonly LstmTrace[],
  step: number,
  units: number,
): Readout {
  const glances = copies.map((copy, index) => {
    const h = copy.hidden.subarray((step + 1) * units, (step + 2) * units);
    return glance(weights, h, texts[index]);
  });
  const pooled = glances[0]!.value.slice();
  const winner = new Int32Array(pooled.length);
  for (const [index, { value }] of glances.entries()) {
    for (let e = 0; e < pooled.length; e++) {
      if (value[e]! <= pooled[e]!) continue;
      pooled[e] = value[e]!;
      winner[e] = index;
    }
  }
  return { copies: glances, winner, pooled, logits: product(pooled, weights.output, weights.outputBias) };
}

function glance(weights: ReadoutViews, h: Float64Array, text: LstmTrace | undefined): Glance {
  const units = h.length;
  const query = new Float64Array(units);
  const attention = new Float64Array(text?.symbols.length ?? 0);
  const seen = new Float64Array(text ? 2 * units : units);
  seen.set(h);
  if (text) {
    for (let k = 0; k < units; k++) query[k] = dot(weights.attention, k * units, h, units);
    for (let i = 0; i < attention.length; i++) attention[i] = dot(text.hidden, (i + 1) * units, query, units);
    softmaxInPlace(attention);
    for (let i = 0; i < attention.length; i++) {
      for (let k = 0; k < units; k++) {
        seen[units + k] = seen[units + k]! + attention[i]! * text.hidden[(i + 1) * units + k]!;
      }
    }
  }
  const value = weights.mixBias.length > 0 ? product(seen, weights.mix, weights.mixBias).map(Math.tanh) : h;
  return { query, attention, seen, value };
}

/**
 * Adds the gradients of one readout to the weights, to the copies' h and to the encoders' h.
 *
 * @param logitGradient [V]
 * @param copyGradients per copy [H], of its h after this step
 * @param textGradients per text [T + 1, H]; empty without a reader
 */
export function readoutBackward(
  weights: ReadoutViews,
  gradient: ReadoutViews,
  readout: Readout,
  logitGradient: Float64Array,
  texts: readonly LstmTrace[],
  copyGradients: readonly Float64Array[],
  textGradients: readonly Float64Array[],
): void {
  const pooledGradient = productBackward(readout.pooled, weights.output, logitGradient, gradient.output);
  for (let v = 0; v < logitGradient.length; v++) {
    gradient.outputBias[v] = gradient.outputBias[v]! + logitGradient[v]!;
  }
  for (const [index, copy] of readout.copies.entries()) {
    const valueGradient = pooledGradient.map((slope, e) => (readout.winner[e] === index ? slope : 0));
    const seenGradient = mixBackward(weights, gradient, copy, valueGradient);
    const text = texts[index];
    if (text) attentionBackward(weights, gradient, copy, seenGradient, text, textGradients[index]!);
    const units = copy.query.length;
    for (let k = 0; k < units; k++) copyGradients[index]![k] = copyGradients[index]![k]! + seenGradient[k]!;
  }
}

/** Gradient of `seen`; adds those of the tanh layer. `valueGradient` becomes the gradient before tanh. */
function mixBackward(
  weights: ReadoutViews,
  gradient: ReadoutViews,
  copy: Glance,
  valueGradient: Float64Array,
): Float64Array {
  if (weights.mixBias.length === 0) return valueGradient;
  for (let e = 0; e < valueGradient.length; e++) {
    valueGradient[e] = valueGradient[e]! * (1 - copy.value[e]! ** 2);
    gradient.mixBias[e] = gradient.mixBias[e]! + valueGradient[e]!;
  }
  return productBackward(copy.seen, weights.mix, valueGradient, gradient.mix);
}

/** Adds what h gets through the attention to the first half of `seenGradient`, whose second half is the context's. */
function attentionBackward(
  weights: ReadoutViews,
  gradient: ReadoutViews,
  { query, attention, seen }: Glance,
  seenGradient: Float64Array,
  text: LstmTrace,
  textGradient: Float64Array,
): void {
  const units = query.length;
  const contextGradient = seenGradient.subarray(units);
  const toAttention = attention.map((_, i) => dot(text.hidden, (i + 1) * units, contextGradient, units));
  const mean = dot(toAttention, 0, attention, attention.length);
  const queryGradient = new Float64Array(units);
  for (let i = 0; i < attention.length; i++) {
    const toScore = attention[i]! * (toAttention[i]! - mean);
    for (let k = 0; k < units; k++) {
      const at = (i + 1) * units + k;
      textGradient[at] = textGradient[at]! + attention[i]! * contextGradient[k]! + toScore * query[k]!;
      queryGradient[k] = queryGradient[k]! + toScore * text.hidden[at]!;
    }
  }
  for (let k = 0; k < units; k++) {
    for (let m = 0; m < units; m++) {
      const at = k * units + m;
      gradient.attention[at] = gradient.attention[at]! + queryGradient[k]! * seen[m]!;
      seenGradient[m] = seenGradient[m]! + queryGradient[k]! * weights.attention[at]!;
    }
  }
}

/** x W + b */
function product(x: Float64Array, weights: Float64Array, bias: Float64Array): Float64Array {
  const sums = bias.slice();
  for (let k = 0; k < x.length; k++) {
    for (let n = 0; n < sums.length; n++) sums[n] = sums[n]! + x[k]! * weights[k * sums.length + n]!;
  }
  return sums;
}

/** Gradient of x from that of x W; adds the weights' own. */
function productBackward(
  x: Float64Array,
  weights: Float64Array,
  delta: Float64Array,
  weightGradient: Float64Array,
): Float64Array {
  const columns = delta.length;
  return x.map((value, k) => {
    let sum = 0;
    for (let n = 0; n < columns; n++) {
      const at = k * columns + n;
      weightGradient[at] = weightGradient[at]! + value * delta[n]!;
      sum += weights[at]! * delta[n]!;
    }
    return sum;
  });
}

function dot(a: Float64Array, from: number, b: Float64Array, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += a[from + i]! * b[i]!;
  return sum;
}

function softmaxInPlace(values: Float64Array): void {
  const most = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    values[i] = Math.exp(values[i]! - most);
    total += values[i]!;
  }
  for (let i = 0; i < values.length; i++) values[i] = values[i]! / total;
}

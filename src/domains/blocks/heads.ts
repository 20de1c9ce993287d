// What the recognition network's outputs mean: the four heads NN1 to NN4 of a picture, log q of programs and raw locations
// under them, draws, and gradients with respect to them. Arithmetic only; recognition.ts has the network.
// Source: scenes specification, section 7. q(z_d | x) = prod over cells q(height) prod over blocks q(type); q(z_c | z_d, x)
// = prod over blocks N(raw; mean, deviation), which depends on z_d only through which blocks exist.

import type { Rng } from "../../engine/rng/rng";
import { MOST_LEVELS, placesOf, typeOf } from "./program";

/** Heights of a cell: 0 to MOST_LEVELS. */
export const NUM_HEIGHTS = MOST_LEVELS + 1;

/** Where each head stands among the outputs for one picture. */
export type HeadLayout = {
  /** N */
  readonly gridSide: number;
  /** P */
  readonly numTypes: number;
  /** L: places of a program. */
  readonly places: number;
  /** NN1, from 0: [cells, NUM_HEIGHTS] logits of heights. NN2: [places, P] logits of types. */
  readonly types: number;
  /** NN3: [places] means. */
  readonly means: number;
  /** NN4: [places] logs of standard deviations. */
  readonly logDeviations: number;
  /** All of them. */
  readonly width: number;
};

/** Layout of the heads for an N x N grid and P types: 100 numbers for 2 x 2 and 5. */
export function headLayout(gridSide: number, numTypes: number): HeadLayout {
  const places = placesOf(gridSide);
  const types = gridSide * gridSide * NUM_HEIGHTS;
  const means = types + places * numTypes;
  const logDeviations = means + places;
  return { gridSide, numTypes, places, types, means, logDeviations, width: logDeviations + places };
}

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/** log N(value; 0, 1), nats. */
export const logNormal = (value: number): number => -0.5 * value * value - HALF_LOG_TWO_PI;

/** The heads of B pictures with their softmaxes taken once. */
export class Heads {
  /** [B, width] logs of probabilities in place of logits; means and logs of deviations as they are. */
  private readonly logs: Float64Array;

  /** @param outputs [B, width] of the network */
  constructor(
    readonly layout: HeadLayout,
    outputs: ArrayLike<number>,
  ) {
    this.logs = Float64Array.from(outputs);
    const { types, means, numTypes, width } = layout;
    for (let from = 0; from < this.logs.length; from += width) {
      for (let i = 0; i < types; i += NUM_HEIGHTS) logSoftmax(this.logs, from + i, NUM_HEIGHTS);
      for (let i = types; i < means; i += numTypes) logSoftmax(this.logs, from + i, numTypes);
    }
  }

  /** log q(z_d | x_b), nats. @param at where the program starts in `values` */
  logDiscrete(b: number, values: ArrayLike<number>, at: number): number {
    const { types, places, numTypes, width } = this.layout;
    const from = b * width;
    let sum = 0;
    for (let place = 0; place < places; place += MOST_LEVELS) {
      let height = 0;
      for (; height < MOST_LEVELS && values[at + place + height]! > 0; height++) {
        const type = typeOf(values[at + place + height]!);
        sum += this.logs[from + types + (place + height) * numTypes + type]!;
      }
      sum += this.logs[from + cellOf(place) * NUM_HEIGHTS + height]!;
    }
    return sum;
  }

  /** log q(z_c | z_d, x_b), nats. @param at where program and raw locations start in their arrays */
  logContinuous(b: number, values: ArrayLike<number>, raw: ArrayLike<number>, at: number): number {
    const { places } = this.layout;
    let sum = 0;
    for (let place = 0; place < places; place++) {
      if (values[at + place] === 0) continue;
      const { mean, logDeviation } = this.normal(b, place);
      sum += logNormal((raw[at + place]! - mean) / Math.exp(logDeviation)) - logDeviation;
    }
    return sum;
  }

  /** Draws z_d of q(z_d | x_b) into `values` at `at`; returns log q(z_d | x_b). */
  drawDiscrete(b: number, rng: Rng, values: Int32Array, at: number): number {
    const { types, places, numTypes, width } = this.layout;
    const from = b * width;
    for (let place = 0; place < places; place += MOST_LEVELS) {
      const height = drawIndex(this.logs, from + cellOf(place) * NUM_HEIGHTS, NUM_HEIGHTS, rng);
      for (let level = 0; level < MOST_LEVELS; level++) {
        const first = from + types + (place + level) * numTypes;
        values[at + place + level] = level < height ? 1 + drawIndex(this.logs, first, numTypes, rng) : 0;
      }
    }
    return this.logDiscrete(b, values, at);
  }

  /** Draws z_c of q(z_c | z_d, x_b) for the program at `at` into `raw` there; returns log q(z_c | z_d, x_b). */
  drawContinuous(b: number, rng: Rng, values: ArrayLike<number>, raw: Float64Array, at: number): number {
    const { places } = this.layout;
    for (let place = 0; place < places; place++) {
      if (values[at + place] === 0) {
        raw[at + place] = 0;
        continue;
      }
      const { mean, logDeviation } = this.normal(b, place);
      raw[at + place] = mean + Math.exp(logDeviation) * rng.normal();
    }
    return this.logContinuous(b, values, raw, at);
  }

  /** Mean and log of the standard deviation of q(z_c | z_d, x_b) at a place. */
  normal(b: number, place: number): { readonly mean: number; readonly logDeviation: number } {
    const { means, logDeviations, width } = this.layout;
    return { mean: this.logs[b * width + means + place]!, logDeviation: this.logs[b * width + logDeviations + place]! };
  }

  /** Adds weight times the gradient of log q(z_d | x_b) with respect to the outputs to `gradient` [B, width]. */
  addDiscrete(b: number, values: ArrayLike<number>, at: number, weight: number, gradient: Float64Array): void {
    const { types, places, numTypes, width } = this.layout;
    const from = b * width;
    for (let place = 0; place < places; place += MOST_LEVELS) {
      let height = 0;
      for (; height < MOST_LEVELS && values[at + place + height]! > 0; height++) {
        const first = from + types + (place + height) * numTypes;
        addChoice(this.logs, gradient, first, numTypes, typeOf(values[at + place + height]!), weight);
      }
      addChoice(this.logs, gradient, from + cellOf(place) * NUM_HEIGHTS, NUM_HEIGHTS, height, weight);
    }
  }

  /** Adds weight times the gradient of log q(z_c | z_d, x_b), the raw locations held, to `gradient` [B, width]. */
  addContinuous(
    b: number,
    { values, raw, at }: { values: ArrayLike<number>; raw: ArrayLike<number>; at: number },
    weight: number,
    gradient: Float64Array,
  ): void {
    const { means, logDeviations, places, width } = this.layout;
    for (let place = 0; place < places; place++) {
      if (values[at + place] === 0) continue;
      const { mean, logDeviation } = this.normal(b, place);
      const deviation = Math.exp(logDeviation);
      const noise = (raw[at + place]! - mean) / deviation;
      const toMean = b * width + means + place;
      const toLog = b * width + logDeviations + place;
      gradient[toMean] = gradient[toMean]! + (weight * noise) / deviation;
      gradient[toLog] = gradient[toLog]! + weight * (noise * noise - 1);
    }
  }

  /**
   * Adds the pathwise gradient: raw = mean + deviation * noise with the noise held, of what has the weighted gradient
   * `toRaw` with respect to raw, less weight times log q(z_c | z_d, x_b), of which -log deviation is left.
   *
   * @param toRaw gradients of log p with respect to raw locations, times the weight, indexed as `raw`
   */
  addPathwise(
    b: number,
    { values, raw, at }: { values: ArrayLike<number>; raw: ArrayLike<number>; at: number },
    toRaw: ArrayLike<number>,
    weight: number,
    gradient: Float64Array,
  ): void {
    const { means, logDeviations, places, width } = this.layout;
    for (let place = 0; place < places; place++) {
      if (values[at + place] === 0) continue;
      const { mean } = this.normal(b, place);
      const slope = toRaw[at + place]!;
      const toMean = b * width + means + place;
      const toLog = b * width + logDeviations + place;
      gradient[toMean] = gradient[toMean]! + slope;
      gradient[toLog] = gradient[toLog]! + slope * (raw[at + place]! - mean) + weight;
    }
  }
}

const cellOf = (place: number): number => place / MOST_LEVELS;

function logSoftmax(logs: Float64Array, from: number, count: number): void {
  let largest = -Infinity;
  for (let i = from; i < from + count; i++) largest = Math.max(largest, logs[i]!);
  let sum = 0;
  for (let i = from; i < from + count; i++) sum += Math.exp(logs[i]! - largest);
  const logSum = largest + Math.log(sum);
  for (let i = from; i < from + count; i++) logs[i] = logs[i]! - logSum;
}

/** Index of 0 to count - 1 by the probabilities whose logs stand from `from`. */
function drawIndex(logs: Float64Array, from: number, count: number, rng: Rng): number {
  let left = rng.uniform();
  for (let i = 0; i < count - 1; i++) {
    left -= Math.exp(logs[from + i]!);
    if (left < 0) return i;
  }
  return count - 1;
}

/** Gradient of a log softmax: 1 at the choice, less the probabilities. */
function addChoice(
  logs: Float64Array,
  gradient: Float64Array,
  from: number,
  count: number,
  choice: number,
  weight: number,
): void {
  for (let i = 0; i < count; i++) {
    gradient[from + i] = gradient[from + i]! - weight * Math.exp(logs[from + i]!);
  }
  gradient[from + choice] = gradient[from + choice]! + weight;
}

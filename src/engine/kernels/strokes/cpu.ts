// The renderer's core on the "cpu" backend: plain TypeScript in float64. The slowest and the most exact of the
// implementations; finite differences are taken from it.

import { logSumExp, sigmoid, softplus } from "../../dists/logs";
import type { Rng } from "../../rng/rng";
import { canvasInk, FLOOR, logitOfInk, probabilityOfInk } from "./arcs";
import { bankLayout } from "./bank";
import type { RenderCore } from "./core";
import { addInkGradient } from "./cpuGradient";
import type { StrokeBank, StrokeLanes, StrokeRendererSpec } from "./renderer";
import { samplePictures } from "./sample";
import { blend, LEAST_PROBABILITY, type Tap, tapOf, valueAt } from "./warp";

export class CpuCore implements RenderCore {
  private readonly spec: StrokeRendererSpec;
  private bank: StrokeBank | null = null;
  /** [T][height * width] where each pixel reads. */
  private taps: readonly (readonly Tap[])[] = [];

  constructor(spec: StrokeRendererSpec) {
    this.spec = spec;
  }

  setBank(bank: StrokeBank): void {
    const { height, width, transforms } = this.spec;
    this.bank = bank;
    this.taps = Array.from({ length: transforms }, (_, t) =>
      Array.from({ length: height * width }, (_, pixel) =>
        tapOf(bank.transforms, t, Math.floor(pixel / width), pixel % width, this.spec),
      ),
    );
  }

  async score(lanes: StrokeLanes, images: Uint8Array): Promise<Float64Array> {
    return Float64Array.from(lanes.groups, (group, lane) =>
      this.lane(this.program(lanes, lane), images, group, 0, null),
    );
  }

  async learn(
    lanes: StrokeLanes,
    images: Uint8Array,
    factors: Float64Array,
    gradient: Float64Array,
  ): Promise<Float64Array> {
    return Float64Array.from(lanes.groups, (group, lane) =>
      this.lane(this.program(lanes, lane), images, group, factors[lane]!, gradient),
    );
  }

  async sample(tokens: Int32Array, rng: Rng): Promise<Uint8Array> {
    return samplePictures(this.spec, this.present(), tokens, rng);
  }

  dispose(): void {
    this.bank = null;
    this.taps = [];
  }

  private program({ tokens }: StrokeLanes, lane: number): Int32Array {
    return tokens.subarray(lane * this.spec.tokens, (lane + 1) * this.spec.tokens);
  }

  private present(): StrokeBank {
    if (this.bank === null) throw new RangeError("the renderer has no parameters");
    return this.bank;
  }

  /** log p(x | z) of one lane; adds the gradient of minus factor times it where `gradient` is given. */
  private lane(
    tokens: Int32Array,
    images: Uint8Array,
    group: number,
    factor: number,
    gradient: Float64Array | null,
  ): number {
    const { spec } = this;
    const bank = this.present();
    const size = spec.height * spec.width;
    const image = images.subarray(group * size, (group + 1) * size);
    const winners = new Uint8Array(size);
    const ink = canvasInk(bank, tokens, spec.height, spec.width, spec.tokens, winners);
    const inkGradient = new Float64Array(size);
    const logLikelihood =
      spec.transforms === 0
        ? plainPixels(ink, image, -factor, inkGradient)
        : this.warpedPixels(ink, image, -factor, inkGradient, gradient);
    if (gradient) addInkGradient(spec, bank, tokens, inkGradient, winners, gradient);
    return logLikelihood;
  }

  /** The mixture over transforms. Writes factor times the gradient by ink, adds factor times that by the transforms. */
  private warpedPixels(
    ink: Float64Array,
    image: Uint8Array,
    factor: number,
    inkGradient: Float64Array,
    gradient: Float64Array | null,
  ): number {
    const { spec, taps } = this;
    const probabilities = ink.map(probabilityOfInk);
    const each = Float64Array.from(taps, (tapsOfOne) => scoreWarped(probabilities, tapsOfOne, image, spec));
    const total = logSumExp(each);
    if (gradient) {
      const { transforms } = bankLayout(spec);
      for (const [t, tapsOfOne] of taps.entries()) {
        const flow = factor * Math.exp(each[t]! - total);
        if (flow === 0) continue;
        const slopes = gradient.subarray(transforms + 6 * t, transforms + 6 * t + 6);
        warpedBackward({ probabilities, taps: tapsOfOne, image, spec, flow }, inkGradient, slopes);
      }
      for (const [i, value] of ink.entries()) {
        const p = probabilities[i]!;
        // dP / d ink = P (1 - P) times the share of the ink in exp(ink) + floor.
        inkGradient[i] = inkGradient[i]! * p * (1 - p) * (1 / (1 + FLOOR * Math.exp(-value)));
      }
    }
    return total - Math.log(spec.transforms);
  }
}

/** sum log Bernoulli(x; sigmoid(logit)); writes factor times its gradient by ink. */
function plainPixels(ink: Float64Array, image: Uint8Array, factor: number, inkGradient: Float64Array): number {
  let sum = 0;
  for (const [i, value] of ink.entries()) {
    const logit = logitOfInk(value);
    const isInk = image[i] === 1;
    sum -= softplus(isInk ? -logit : logit);
    inkGradient[i] = (factor * ((isInk ? 1 : 0) - sigmoid(logit))) / (1 + FLOOR * Math.exp(-value));
  }
  return sum;
}

function clamp(p: number): number {
  return Math.min(Math.max(p, LEAST_PROBABILITY), 1 - LEAST_PROBABILITY);
}

function scoreWarped(
  probabilities: Float64Array,
  taps: readonly Tap[],
  image: Uint8Array,
  size: StrokeRendererSpec,
): number {
  let sum = 0;
  for (const [i, tap] of taps.entries()) {
    const p = clamp(blend(probabilities, tap, size));
    sum += image[i] === 1 ? Math.log(p) : Math.log1p(-p);
  }
  return sum;
}

type Warped = {
  readonly probabilities: Float64Array;
  readonly taps: readonly Tap[];
  readonly image: Uint8Array;
  readonly spec: StrokeRendererSpec;
  /** Gradient with respect to this transform's log likelihood. */
  readonly flow: number;
};

/** Adds the gradient by the unwarped probabilities, and by the six numbers of the transform. */
function warpedBackward(
  { probabilities, taps, image, spec, flow }: Warped,
  pictureGradient: Float64Array,
  slopes: Float64Array,
): void {
  const { height, width } = spec;
  const across = Math.max(1, width - 1) / 2;
  const along = Math.max(1, height - 1) / 2;
  const scatter = (row: number, column: number, value: number) => {
    if (row < 0 || row >= height || column < 0 || column >= width) return;
    pictureGradient[row * width + column] = pictureGradient[row * width + column]! + value;
  };
  for (const [i, { row, column, right, down }] of taps.entries()) {
    const a = valueAt(probabilities, row, column, spec);
    const b = valueAt(probabilities, row, column + 1, spec);
    const c = valueAt(probabilities, row + 1, column, spec);
    const d = valueAt(probabilities, row + 1, column + 1, spec);
    const p = (1 - down) * ((1 - right) * a + right * b) + down * ((1 - right) * c + right * d);
    if (p !== clamp(p)) continue;
    const g = image[i] === 1 ? flow / p : -flow / (1 - p);
    scatter(row, column, g * (1 - down) * (1 - right));
    scatter(row, column + 1, g * (1 - down) * right);
    scatter(row + 1, column, g * down * (1 - right));
    scatter(row + 1, column + 1, g * down * right);
    const byU = g * across * ((1 - down) * (b - a) + down * (d - c));
    const byV = g * along * ((1 - right) * (c - a) + right * (d - b));
    const inputs = [(i % width) / across - 1, Math.floor(i / width) / along - 1, 1];
    for (const [k, input] of inputs.entries()) {
      slopes[k] = slopes[k]! + byU * input;
      slopes[3 + k] = slopes[3 + k]! + byV * input;
    }
  }
}

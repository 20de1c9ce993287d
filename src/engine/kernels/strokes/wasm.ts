// The renderer's core on the wasm kernels. Four lanes at a time: each is drawn, then all four are seen through every
// transform together; the gradient follows at once, so memory does not grow with the number of lanes.

import type { Rng } from "../../rng/rng";
import { instantiateKernels, type WasmBuild } from "../assembly/module";
import { requireHeld } from "../network/calls";
import { bankLayout } from "./bank";
import type { RenderCore } from "./core";
import type { StrokeBank, StrokeLanes, StrokeRendererSpec } from "./renderer";
import { samplePictures } from "./sample";
import { LANES, WasmCanvas } from "./wasmCanvas";

/** A core in a wasm instance of its own. @param build which build of the kernels; the best of this machine when absent */
export async function createWasmCore(spec: StrokeRendererSpec, build?: WasmBuild): Promise<WasmCore> {
  return new WasmCore(spec, new WasmCanvas(await instantiateKernels(build), spec));
}

/**
 * Transforms to which a picture gives less than this share get no gradient from it: 1e-14 of a gradient is far below
 * Adam's epsilon, so they stand still with or without it.
 */
const LEAST_SHARE = 1e-14;

export class WasmCore implements RenderCore {
  private readonly spec: StrokeRendererSpec;
  private canvas: WasmCanvas | null;
  private bank: StrokeBank | null = null;

  constructor(spec: StrokeRendererSpec, canvas: WasmCanvas) {
    this.spec = spec;
    this.canvas = canvas;
  }

  setBank(bank: StrokeBank): void {
    this.bank = bank;
    requireHeld(this.canvas, this.spec.name).setBank(bank);
  }

  async score(lanes: StrokeLanes, images: Uint8Array): Promise<Float64Array> {
    const values = new Float64Array(lanes.groups.length);
    for (let from = 0; from < values.length; from += LANES) this.chunk(lanes, images, from, values, null, null);
    return values;
  }

  async learn(
    lanes: StrokeLanes,
    images: Uint8Array,
    factors: Float64Array,
    gradient: Float64Array,
  ): Promise<Float64Array> {
    const values = new Float64Array(lanes.groups.length);
    for (let from = 0; from < values.length; from += LANES) this.chunk(lanes, images, from, values, factors, gradient);
    return values;
  }

  async sample(tokens: Int32Array, rng: Rng): Promise<Uint8Array> {
    const canvas = requireHeld(this.canvas, this.spec.name);
    const bank = requireHeld(this.bank, this.spec.name);
    return samplePictures(this.spec, bank, tokens, rng, (program) => canvas.ink(program, bank));
  }

  /** The memory goes with the instance, which nothing holds any more. */
  dispose(): void {
    this.canvas = null;
    this.bank = null;
  }

  /** Bytes of the instance's memory; the same however many lanes a call has. */
  get memoryBytes(): number {
    return requireHeld(this.canvas, this.spec.name).memoryBytes;
  }

  /** Up to four lanes from `from` on. */
  private chunk(
    lanes: StrokeLanes,
    images: Uint8Array,
    from: number,
    values: Float64Array,
    factors: Float64Array | null,
    gradient: Float64Array | null,
  ): void {
    const { spec } = this;
    const canvas = requireHeld(this.canvas, spec.name);
    const count = Math.min(LANES, values.length - from);
    const size = spec.height * spec.width;
    for (let lane = 0; lane < count; lane++) {
      const n = from + lane;
      const group = lanes.groups[n]!;
      const tokens = lanes.tokens.subarray(n * spec.tokens, (n + 1) * spec.tokens);
      canvas.draw(lane, tokens, images.subarray(group * size, (group + 1) * size));
    }
    if (spec.transforms === 0) this.plain(canvas, from, count, values, factors, gradient);
    else this.warped(canvas, from, count, values, factors, gradient);
  }

  /** Pixels that are Bernoulli of the logits. */
  private plain(
    canvas: WasmCanvas,
    from: number,
    count: number,
    values: Float64Array,
    factors: Float64Array | null,
    gradient: Float64Array | null,
  ): void {
    for (let lane = 0; lane < count; lane++) {
      values[from + lane] = canvas.scorePlain(lane, -(factors?.[from + lane] ?? 0));
      if (gradient) canvas.addInkGradient(lane, gradient);
    }
  }

  /** The mixture over transforms. */
  private warped(
    canvas: WasmCanvas,
    from: number,
    count: number,
    values: Float64Array,
    factors: Float64Array | null,
    gradient: Float64Array | null,
  ): void {
    const { transforms } = this.spec;
    for (let lane = 0; lane < LANES; lane++) canvas.fillPicture(lane, lane < count ? lane : 0);
    const shares = canvas.scoreWarped();
    for (let lane = 0; lane < count; lane++) {
      values[from + lane] = sharesOf(shares, lane, transforms) - Math.log(transforms);
    }
    if (!factors || !gradient) return;
    canvas.openPictureGradient();
    const at = bankLayout(this.spec).transforms;
    for (let t = 0; t < transforms; t++) {
      const flows = canvas.flows.fill(0);
      let most = 0;
      for (let lane = 0; lane < count; lane++) {
        const share = shares[t * LANES + lane]!;
        flows[lane] = -factors[from + lane]! * share;
        most = Math.max(most, share);
      }
      if (most >= LEAST_SHARE) canvas.addWarpGradient(t, gradient.subarray(at + 6 * t, at + 6 * t + 6));
    }
    for (let lane = 0; lane < count; lane++) {
      canvas.spreadPictureGradient(lane);
      canvas.addInkGradient(lane, gradient);
    }
  }
}

/** Turns one lane's log likelihoods by transform into shares that sum to 1. Gives the logarithm of their sum. */
function sharesOf(values: Float64Array, lane: number, transforms: number): number {
  let most = Number.NEGATIVE_INFINITY;
  for (let t = 0; t < transforms; t++) most = Math.max(most, values[t * LANES + lane]!);
  let sum = 0;
  for (let t = 0; t < transforms; t++) {
    const share = Math.exp(values[t * LANES + lane]! - most);
    values[t * LANES + lane] = share;
    sum += share;
  }
  for (let t = 0; t < transforms; t++) values[t * LANES + lane] = values[t * LANES + lane]! / sum;
  return most + Math.log(sum);
}

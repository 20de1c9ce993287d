// The renderer's core on WebGPU. Lanes run in passes of bounded size; a pass uploads its tokens and pictures and reads back
// once. The mixture's sum and the sums over strokes are taken here, in float64.

import { logSumExp } from "../../dists/logs";
import type { Rng } from "../../rng/rng";
import { requireHeld } from "../network/calls";
import { integer } from "../sequence/webgpuMatrix";
import { type GpuArray, openWebgpu, readOnce, type WebgpuSession } from "../tfjsWebgpu";
import { bankLayout } from "./bank";
import type { RenderCore } from "./core";
import type { StrokeBank, StrokeLanes, StrokeRendererSpec } from "./renderer";
import { samplePictures } from "./sample";
import { strokeRows } from "./strokeTable";
import { addTokenGradients } from "./tokenGradient";
import { canvasProgram, plainScoreProgram, scoreProgram } from "./webgpuDrawing";
import {
  inkGradientProgram,
  plainGradientProgram,
  seenGradientProgram,
  sharesProgram,
  TOKEN_SUMS,
  tokenGradientProgram,
  transformGradientProgram,
} from "./webgpuGradient";

/** Numbers of the largest array of a pass, 16 MiB: 130 lanes with gradients at T = 40. */
const MOST_NUMBERS = 4 * 2 ** 20;

/** A core on this worker's graphics device. @throws LabError("backend") if there is no adapter */
export async function createWebgpuCore(spec: StrokeRendererSpec, mostNumbers = MOST_NUMBERS): Promise<WebgpuCore> {
  return new WebgpuCore(await openWebgpu(), spec, mostNumbers);
}

/** A pass's lanes on the device. */
type Pass = { readonly count: number; readonly tokens: Int32Array; readonly ints: GpuArray; readonly canvas: GpuArray };

export class WebgpuCore implements RenderCore {
  private readonly session: WebgpuSession;
  private readonly spec: StrokeRendererSpec;
  private readonly mostNumbers: number;
  private bank: StrokeBank | null = null;
  /** Rows of strokes, scale, bias, transforms. */
  private numbers: GpuArray | null = null;

  constructor(session: WebgpuSession, spec: StrokeRendererSpec, mostNumbers: number) {
    this.session = session;
    this.spec = spec;
    this.mostNumbers = mostNumbers;
  }

  setBank(bank: StrokeBank): void {
    if (this.numbers) this.session.free(this.numbers);
    this.bank = bank;
    const numbers = [...strokeRows(bank), bank.scale, bank.bias, ...bank.transforms];
    this.numbers = this.session.upload(Float32Array.from(numbers));
  }

  async score(lanes: StrokeLanes, images: Uint8Array): Promise<Float64Array> {
    const { session, spec } = this;
    const columns = Math.max(1, spec.transforms);
    const values = new Float64Array(lanes.groups.length);
    const most = Math.max(1, Math.floor(this.mostNumbers / (3 * spec.height * spec.width)));
    for (let from = 0; from < values.length; from += most) {
      const pass = this.draw(lanes, images, from, Math.min(values.length, from + most));
      const scores = session.allocate(pass.count * columns);
      this.runScores(pass, scores);
      const read = await readOnce(this.session, scores);
      this.freePass(pass);
      for (let n = 0; n < pass.count; n++) values[from + n] = this.mixture(read, n * columns);
    }
    return values;
  }

  async learn(
    lanes: StrokeLanes,
    images: Uint8Array,
    factors: Float64Array,
    gradient: Float64Array,
  ): Promise<Float64Array> {
    const { spec } = this;
    const values = new Float64Array(lanes.groups.length);
    const perLane = spec.height * spec.width * Math.max(3, spec.transforms);
    const most = Math.max(1, Math.floor(this.mostNumbers / perLane));
    for (let from = 0; from < values.length; from += most) {
      const to = Math.min(values.length, from + most);
      values.set(await this.learnPass(lanes, images, from, factors.subarray(from, to), gradient), from);
    }
    return values;
  }

  async sample(tokens: Int32Array, rng: Rng): Promise<Uint8Array> {
    return samplePictures(this.spec, requireHeld(this.bank, this.spec.name), tokens, rng);
  }

  dispose(): void {
    if (this.numbers) this.session.free(this.numbers);
    this.numbers = null;
    this.bank = null;
  }

  private get bankNumbers(): GpuArray {
    return requireHeld(this.numbers, this.spec.name);
  }

  /** Uploads the lanes from `from` to `to` and draws their canvases. */
  private draw({ tokens, groups }: StrokeLanes, images: Uint8Array, from: number, to: number): Pass {
    const { session, spec } = this;
    const size = spec.height * spec.width;
    const count = to - from;
    const own = tokens.subarray(from * spec.tokens, to * spec.tokens);
    const rows = new Map<number, number>();
    for (const group of groups.subarray(from, to)) if (!rows.has(group)) rows.set(group, rows.size);
    const words = new Int32Array(count * (spec.tokens + 1) + rows.size * size);
    words.set(own);
    for (let n = 0; n < count; n++) words[count * spec.tokens + n] = rows.get(groups[from + n]!)!;
    const firstPicture = count * (spec.tokens + 1);
    for (const [group, row] of rows) {
      words.set(images.subarray(group * size, (group + 1) * size), firstPicture + row * size);
    }
    const ints = session.upload(words);
    const canvas = session.allocate(3 * count * size);
    session.run(canvasProgram(spec), [this.bankNumbers, ints], [integer(count)], count * size, canvas);
    return { count, tokens: own, ints, canvas };
  }

  /** Writes log p(x | z, t) [N, T] (or log p(x | z) [N] without transforms) to the front of `target`. */
  private runScores({ count, ints, canvas }: Pass, target: GpuArray): void {
    const { session, spec } = this;
    const program = spec.transforms === 0 ? plainScoreProgram(spec) : scoreProgram(spec);
    const results = count * Math.max(1, spec.transforms);
    session.run(program, [this.bankNumbers, canvas, ints], [integer(count)], results, target);
  }

  private async learnPass(
    lanes: StrokeLanes,
    images: Uint8Array,
    from: number,
    factors: Float64Array,
    gradient: Float64Array,
  ): Promise<Float64Array> {
    const { session, spec } = this;
    const columns = Math.max(1, spec.transforms);
    const pass = this.draw(lanes, images, from, from + factors.length);
    const { count, tokens, ints, canvas } = pass;
    const at = { transforms: count * columns, tokens: count * columns + 6 * spec.transforms };
    const out = session.allocate(at.tokens + count * spec.tokens * TOKEN_SUMS);
    this.runScores(pass, out);
    const factor = session.upload(Float32Array.from(factors));
    const deltas = this.inkGradient(pass, factor, out, at.transforms);
    const inputs = [this.bankNumbers, canvas, ints, deltas];
    const numbers = [integer(count), integer(at.tokens)];
    session.run(tokenGradientProgram(spec), inputs, numbers, count * spec.tokens, out);
    for (const array of [factor, deltas]) session.free(array);
    const read = await readOnce(this.session, out);
    this.freePass(pass);
    const layout = bankLayout(spec);
    for (let i = 0; i < 6 * spec.transforms; i++) gradient[layout.transforms + i]! += read[at.transforms + i]!;
    for (let n = 0; n < count; n++) {
      const row = at.tokens + n * spec.tokens * TOKEN_SUMS;
      gradient[layout.scale]! += read[row + 7]!;
      gradient[layout.bias]! += read[row + 8]!;
      const program = tokens.subarray(n * spec.tokens, (n + 1) * spec.tokens);
      addTokenGradients(layout, program, read, row, TOKEN_SUMS, gradient);
    }
    return Float64Array.from({ length: count }, (_, n) => this.mixture(read, n * columns));
  }

  /** Gradient by the ink of every pixel; that by the transforms goes to `out` from `first` on. */
  private inkGradient({ count, ints, canvas }: Pass, factor: GpuArray, out: GpuArray, first: number): GpuArray {
    const { session, spec, bankNumbers } = this;
    const lanes = integer(count);
    const size = spec.height * spec.width;
    if (spec.transforms === 0) {
      return session.run(plainGradientProgram(spec), [bankNumbers, canvas, ints, factor], [lanes], count * size);
    }
    const slots = count * spec.transforms;
    const shares = session.run(sharesProgram(spec), [out, factor], [], slots);
    const seen = session.run(seenGradientProgram(spec), [bankNumbers, canvas, ints, shares], [lanes], slots * size);
    const inputs = [bankNumbers, canvas, seen];
    session.run(transformGradientProgram(spec), inputs, [lanes, integer(first)], spec.transforms, out);
    const deltas = session.run(inkGradientProgram(spec), inputs, [lanes], count * size);
    for (const array of [shares, seen]) session.free(array);
    return deltas;
  }

  private mixture(scores: Float32Array, from: number): number {
    const { transforms } = this.spec;
    return transforms === 0 ? scores[from]! : logSumExp(scores, from, transforms) - Math.log(transforms);
  }

  private freePass({ ints, canvas }: Pass): void {
    this.session.free(ints);
    this.session.free(canvas);
  }
}

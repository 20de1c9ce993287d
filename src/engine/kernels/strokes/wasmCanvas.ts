// Four canvases in wasm memory and the calls that fill, score and differentiate them. Everything is laid out once.

import { allocate } from "../assembly/jobs";
import type { Kernels } from "../assembly/module";
import { bankLayout } from "./bank";
import type { StrokeBank, StrokeRendererSpec } from "./renderer";
import { centredPixels, STROKE_ROW, strokeRows, writeTaps } from "./strokeTable";
import { addTokenGradients } from "./tokenGradient";

/** Lanes that are worked on together: the numbers of a vector. */
export const LANES = 4;
const LANE_BYTES = 4 * LANES;
/** Gradients of a token by dx, dy, theta, sharpness, width, start x, start y; one unused. */
const TOKEN_SUMS = 8;

type Lane = {
  readonly tokens: Int32Array;
  readonly image: Uint8Array;
  readonly starts: number;
  readonly exponents: number;
  readonly winners: number;
  /** Strokes with the pen down. */
  down: number;
};

export class WasmCanvas {
  /** [4] gradient by the log likelihood of each lane under the transform that comes next. */
  readonly flows: Float32Array;
  private readonly kernels: Kernels;
  private readonly spec: StrokeRendererSpec;
  private readonly lanes: readonly Lane[];
  private readonly at: Addresses;
  private readonly warpSums: Float32Array;
  private readonly tokenSums: Float32Array;
  private readonly totals: Float32Array;

  constructor(kernels: Kernels, spec: StrokeRendererSpec) {
    const { tokens, height, width } = spec;
    this.kernels = kernels;
    this.spec = spec;
    this.at = layOut(kernels, spec);
    // Views are made last: memory moves when it grows, and nothing is allocated after this.
    const { buffer } = kernels.memory;
    const floats = (address: number, count: number) => new Float32Array(buffer, address, count);
    this.lanes = this.at.lanes.map((lane) => ({
      ...lane,
      tokens: new Int32Array(buffer, lane.tokens, tokens),
      image: new Uint8Array(buffer, lane.image, height * width),
      down: 0,
    }));
    this.flows = floats(this.at.flows, LANES);
    this.warpSums = floats(this.at.warpSums, 6 * LANES);
    this.tokenSums = floats(this.at.tokenSums, tokens * TOKEN_SUMS);
    this.totals = floats(this.at.totals, 2);
    floats(this.at.xs, width).set(centredPixels(width));
    floats(this.at.ys, height).set(centredPixels(height));
    // Padding of the last vector counts as pixels without ink that read the border: their factor is 1.
    floats(this.at.blanks, this.at.tapStride * LANES).fill(1);
  }

  /** Takes new parameters. */
  setBank(bank: StrokeBank): void {
    const { buffer } = this.kernels.memory;
    const rows = strokeRows(bank);
    new Float32Array(buffer, this.at.strokes, rows.length).set(rows);
    new Float32Array(buffer, this.at.canvas + CANVAS_SCALE, 2).set([bank.scale, bank.bias]);
    const words = this.spec.transforms * this.at.tapStride * 3;
    const offsets = new Uint32Array(buffer, this.at.taps, words);
    writeTaps(this.spec, bank, this.at.tapStride, LANE_BYTES, offsets, new Float32Array(buffer, this.at.taps, words));
  }

  /** Draws a program on canvas `lane`, and keeps the picture that it is to explain. */
  draw(lane: number, tokens: Int32Array, image: Uint8Array): void {
    const held = this.lanes[lane]!;
    held.tokens.set(tokens);
    held.image.set(image);
    const { kernels } = this;
    const { strokes, canvas } = this.at;
    const { length, byteOffset } = held.tokens;
    held.down = kernels.strokeInk(strokes, byteOffset, length, canvas, held.starts, held.exponents, held.winners);
  }

  /** Ink [height * width] of a program, -Infinity where nothing is drawn. */
  ink(tokens: Int32Array, { scale, bias }: StrokeBank): Float64Array {
    const { height, width } = this.spec;
    const lane = this.lanes[0]!;
    this.draw(0, tokens, lane.image);
    if (lane.down === 0) return new Float64Array(height * width).fill(Number.NEGATIVE_INFINITY);
    const { padded } = this.at;
    const exponents = new Float32Array(this.kernels.memory.buffer, lane.exponents, height * padded);
    return Float64Array.from({ length: height * width }, (_, i) => {
      const exponent = exponents[Math.floor(i / width) * padded + (i % width)]!;
      return scale * Math.exp(Math.min(0, exponent)) + bias;
    });
  }

  /** log p(x | z) of one lane without transforms; keeps `factor` times its gradient by ink for addInkGradient. */
  scorePlain(lane: number, factor: number): number {
    const { exponents, down, image } = this.lanes[lane]!;
    this.kernels.strokePlainPixels(
      this.at.canvas,
      exponents,
      down,
      image.byteOffset,
      factor,
      this.at.deltas,
      this.at.logSums,
    );
    const { buffer } = this.kernels.memory;
    const powers = new Int32Array(buffer, this.at.logSums, LANES);
    const numbers = new Float32Array(buffer, this.at.logSums + LANE_BYTES, 2 * LANES);
    let sum = 0;
    for (let i = 0; i < LANES; i++) sum += Math.LN2 * powers[i]! + Math.log(numbers[i]!) - numbers[LANES + i]!;
    return sum;
  }

  /** Writes the probabilities and the picture of lane `from` for lane `lane` of the warps. */
  fillPicture(lane: number, from: number): void {
    const { exponents, down, image } = this.lanes[from]!;
    const { canvas, picture, blanks } = this.at;
    this.kernels.strokePicture(canvas, exponents, down, image.byteOffset, picture, blanks, lane);
  }

  /** [T, 4] log p(x | z, t) of the four pictures. */
  scoreWarped(): Float64Array {
    const { transforms } = this.spec;
    const { kernels } = this;
    const { taps, tapStride, picture, rowBytes, blanks, logSums } = this.at;
    kernels.strokeWarp(taps, transforms, tapStride, picture, rowBytes, blanks, logSums);
    const powers = new Int32Array(kernels.memory.buffer, logSums, transforms * 2 * LANES);
    const mantissas = new Float32Array(kernels.memory.buffer, logSums, transforms * 2 * LANES);
    return Float64Array.from({ length: transforms * LANES }, (_, i) => {
      const at = 2 * LANES * Math.floor(i / LANES) + (i % LANES);
      return Math.LN2 * powers[at]! + Math.log(mantissas[at + LANES]!);
    });
  }

  get memoryBytes(): number {
    return this.kernels.memory.buffer.byteLength;
  }

  openPictureGradient(): void {
    this.kernels.zero(this.at.pictureGradient, this.at.pictureBytes);
  }

  /** Adds the gradient of transform `t` for `flows` to the pictures', and that of its six numbers to `slopes`. */
  addWarpGradient(t: number, slopes: Float64Array): void {
    const { height, width } = this.spec;
    const { picture, rowBytes, blanks, pictureGradient, xs, ys, flows, tapStride } = this.at;
    const warpSums = this.warpSums.fill(0);
    const taps = this.at.taps + 12 * t * tapStride;
    const held = [picture, rowBytes, blanks, flows, pictureGradient, this.at.warpSums] as const;
    this.kernels.strokeWarpGradient(taps, height, width, xs, ys, ...held);
    const [across, along] = [Math.max(1, width - 1) / 2, Math.max(1, height - 1) / 2];
    for (const [i, sum] of warpSums.entries()) {
      const to = Math.floor(i / LANES);
      slopes[to] = slopes[to]! + sum * (to < 3 ? across : along);
    }
  }

  /** Turns the picture's gradient into the gradient by the ink of one lane, for addInkGradient. */
  spreadPictureGradient(lane: number): void {
    const { canvas, pictureGradient, deltas } = this.at;
    this.kernels.strokeDeltas(canvas, this.lanes[lane]!.exponents, pictureGradient, lane, deltas);
  }

  /** Adds one lane's gradient to the bank's (block order, derived values). */
  addInkGradient(lane: number, gradient: Float64Array): void {
    const { tokens, starts, exponents, winners, down } = this.lanes[lane]!;
    // Without ink every pixel is at the floor, which nothing moves.
    if (down === 0) return;
    const { tokenSums, totals } = this;
    const { strokes, canvas, deltas } = this.at;
    const drawn = [strokes, tokens.byteOffset, tokens.length, canvas, starts, exponents, winners] as const;
    this.kernels.strokeInkGradient(...drawn, deltas, this.at.tokenSums, this.at.totals);
    const at = bankLayout(this.spec);
    gradient[at.scale] = gradient[at.scale]! + totals[0]!;
    gradient[at.bias] = gradient[at.bias]! + totals[1]!;
    addTokenGradients(at, tokens, tokenSums, 0, TOKEN_SUMS, gradient);
  }
}

type Addresses = ReturnType<typeof layOut>;

/** Where everything stands. */
function layOut(kernels: Kernels, spec: StrokeRendererSpec) {
  const { strokes, tokens, transforms, height, width } = spec;
  const padded = (width + 3) & ~3;
  const tapStride = (height * width + 3) & ~3;
  const pictureFloats = (height + 2) * (width + 2) * LANES;
  return {
    /** The record of strokeInk.as.ts, class Canvas. */
    canvas: layCanvas(kernels, spec, padded),
    strokes: allocate(kernels, strokes * STROKE_ROW),
    taps: allocate(kernels, transforms * tapStride * 3),
    /** Columns of a canvas, and pixels of a picture, rounded up to a multiple of 4. */
    padded,
    tapStride,
    picture: allocate(kernels, pictureFloats),
    pictureGradient: allocate(kernels, pictureFloats),
    pictureBytes: pictureFloats * 4,
    rowBytes: (width + 2) * LANE_BYTES,
    blanks: allocate(kernels, tapStride * LANES),
    deltas: allocate(kernels, height * padded),
    xs: allocate(kernels, width),
    ys: allocate(kernels, height),
    flows: allocate(kernels, LANES),
    logSums: allocate(kernels, Math.max(3 * LANES, transforms * 2 * LANES)),
    warpSums: allocate(kernels, 6 * LANES),
    tokenSums: allocate(kernels, tokens * TOKEN_SUMS),
    totals: allocate(kernels, 4),
    lanes: Array.from({ length: LANES }, () => ({
      tokens: allocate(kernels, tokens),
      image: allocate(kernels, Math.ceil((height * width) / 4)),
      starts: allocate(kernels, 2 * tokens),
      exponents: allocate(kernels, height * padded),
      winners: allocate(kernels, height * padded),
    })),
  };
}

/** Byte offset of `scale` in the record, followed by `bias`. */
const CANVAS_SCALE = 32;

/** Writes the record and its tables; scale and bias come with the parameters. */
function layCanvas(kernels: Kernels, { height, width }: StrokeRendererSpec, padded: number): number {
  const record = allocate(kernels, 10);
  const [xs, ys, columns] = [allocate(kernels, padded), allocate(kernels, height), allocate(kernels, padded)];
  const { buffer } = kernels.memory;
  const [across, along] = [Math.max(1, width - 1), Math.max(1, height - 1)];
  new Float32Array(buffer, xs, padded).set(Float32Array.from({ length: padded }, (_, column) => column / across));
  new Float32Array(buffer, ys, height).set(Float32Array.from({ length: height }, (_, row) => 1 - row / along));
  new Int32Array(buffer, columns, padded).fill(-1, 0, width);
  new Uint32Array(buffer, record, 6).set([xs, ys, columns, height, width, padded]);
  new Float32Array(buffer, record + 24, 2).set([across, along]);
  return record;
}

// A 3x3 convolution of stride 1 by Winograd's F(2x2, 3x3), see assembly/winograd.as.ts: 2.25 times fewer multiplications
// than WasmConv, forward and in both gradients. Images go in chunks, so that the 16 planes of their tiles stay in the cache;
// the planes are computed again backward instead of being kept for the whole batch.

import { allocate, writeProduct, writeWeightGradient } from "../assembly/jobs";
import type { Kernels } from "../assembly/module";
import type { NetworkPlan, PlannedConv, PlannedLayer } from "./plan";
import type { WasmContext, WinogradPlanes } from "./wasmLayer";
import { ACTIVATION, DERIVATIVE, gradientOf, type LayerTensors, MIN_ROWS, type WasmLayer } from "./wasmLayer";
import { type PaddedPlace, storedChannels } from "./wasmPlaces";
import { offsetTable, paddedTo8, positionsOf } from "./wasmTensor";

const PLANES = 16;

/** Tiles of a chunk: enough for long products, few enough for the second-level cache. */
const CHUNK_TILES = 196;

/** Keeps planes whose size is a power of two from falling on the same lines of the cache. */
const PLANE_GAP_BYTES = 192;

/** Below this the transforms cost more than the products save. */
const MIN_CHANNELS = 16;

/** True where layer `index` is computed here: 3x3, stride 1, even output sides, enough channels. */
export function suitsWinograd(plan: NetworkPlan, index: number): boolean {
  const layer: PlannedLayer | undefined = plan.layers[index];
  if (layer?.kind !== "conv" || layer.stride !== 1 || layer.kernel.some((side) => side !== 3)) return false;
  const channels = storedChannels(plan, index, layer.input[2]);
  const [height, width, outChannels] = layer.output;
  const isEven = height % 2 === 0 && width % 2 === 0;
  return isEven && channels % 8 === 0 && Math.min(channels, outChannels) >= MIN_CHANNELS;
}

/** Room for the planes of the largest chunk of any layer, shared by all; null where no layer needs it. */
export function allocatePlanes(kernels: Kernels, plan: NetworkPlan, images: number): WinogradPlanes | null {
  let [input, output] = [0, 0];
  for (const [index, layer] of plan.layers.entries()) {
    if (layer.kind !== "conv" || !suitsWinograd(plan, index)) continue;
    const { tiles } = chunkOf(layer, images);
    input = Math.max(input, PLANES * planeBytes(tiles, storedChannels(plan, index, layer.input[2])));
    output = Math.max(output, PLANES * planeBytes(tiles, paddedTo8(layer.output[2])));
  }
  return input === 0 ? null : { input: allocate(kernels, input / 4), output: allocate(kernels, output / 4) };
}

/** Images of a chunk and their tiles, at least MIN_ROWS. */
function chunkOf(layer: PlannedConv, images: number): { readonly images: number; readonly tiles: number } {
  const tilesPerImage = (layer.output[0] * layer.output[1]) / 4;
  const wanted = Math.max(Math.ceil(MIN_ROWS / tilesPerImage), Math.round(CHUNK_TILES / tilesPerImage));
  const chunk = Math.min(images, wanted);
  return { images: chunk, tiles: chunk * tilesPerImage };
}

function planeBytes(tiles: number, channels: number): number {
  return tiles * channels * 4 + PLANE_GAP_BYTES;
}

/** The two sides of the products: planes in shared memory, and where the tiles of every image stand. */
type Side = {
  readonly planes: number;
  readonly planeBytes: number;
  readonly channels: number;
  /** Offsets of the rows of a plane. */
  readonly rows: number;
};

export class WasmWinograd implements WasmLayer {
  private readonly context: WasmContext;
  private readonly layer: PlannedConv;
  private readonly place: PaddedPlace;
  private readonly tensors: LayerTensors;
  private readonly chunkImages: number;
  private readonly tilesPerImage: number;
  private readonly input: Side;
  private readonly output: Side;
  /** Byte offsets of the tiles of every image in the input, the output and the output's gradient. */
  private readonly inputTiles: number;
  private readonly outputTiles: number;
  private readonly deltaTiles: number;
  /** 16 planes [in][out] of transformed weights, and their gradient. */
  private readonly weights: number;
  private readonly weightGradients: number;
  private readonly panels: number;
  private readonly transposed: number;
  private readonly forwardJobs: readonly number[];
  private readonly weightJobs: readonly number[];
  private readonly inputJobs: readonly number[];
  private readonly inputGradient: InputGradient | null;

  constructor(context: WasmContext, layer: PlannedConv, place: PaddedPlace, tensors: LayerTensors) {
    const { kernels, images, planes } = context;
    if (planes === null) throw new TypeError("no room for planes");
    const chunk = chunkOf(layer, images);
    const [top, left] = layer.padding;
    const corners = positionsOf(layer.output, 2, 2);
    const { input, output } = tensors;
    const delta = gradientOf(output);
    this.context = context;
    this.layer = layer;
    this.place = place;
    this.tensors = tensors;
    this.chunkImages = chunk.images;
    this.tilesPerImage = corners.length;
    this.input = sideOf(kernels, planes.input, chunk.tiles, input.channels);
    this.output = sideOf(kernels, planes.output, chunk.tiles, place.columns);
    this.inputTiles = offsetTable(kernels, images, corners, (i, row, column) =>
      input.values.at(i, row - top, column - left),
    );
    this.outputTiles = offsetTable(kernels, images, corners, (i, row, column) => output.values.at(i, row, column));
    this.deltaTiles = offsetTable(kernels, images, corners, (i, row, column) => delta.at(i, row, column));
    const floats = PLANES * input.channels * place.columns;
    [this.weights, this.weightGradients] = [allocate(kernels, floats), allocate(kernels, floats)];
    [this.panels, this.transposed] = [allocate(kernels, floats), allocate(kernels, floats)];
    this.forwardJobs = this.writeProducts(this.input, this.output, this.panels);
    this.inputJobs = this.writeProducts(this.output, this.input, this.transposed);
    this.weightJobs = this.writeWeightGradients();
    this.inputGradient = input.gradient && inputGradientOf(kernels, layer, input.channels, corners);
  }

  pack(): void {
    const { kernels, parameters } = this.context;
    const { weights, panels, transposed } = this;
    const [depth, columns] = [this.input.channels, this.output.channels];
    kernels.winogradWeights(parameters + 4 * this.place.weightsAt, weights, depth * columns);
    for (let plane = 0; plane < PLANES; plane++) {
      const at = plane * depth * columns * 4;
      kernels.packWeights(weights + at, depth, columns, panels + at);
      kernels.packTransposed(weights + at, depth, columns, transposed + at, columns * 32);
    }
  }

  forward(from: number, count: number): void {
    const { kernels, parameters } = this.context;
    const { address, rowBytes } = this.tensors.output.values;
    const { planes, planeBytes, channels } = this.output;
    const bias = parameters + 4 * this.place.biasesAt;
    const activation = ACTIVATION[this.layer.activation];
    this.eachChunk(from, count, (first, tiles) => {
      this.transformInput(first, tiles);
      for (const job of this.forwardJobs) kernels.product(job, Math.max(MIN_ROWS, tiles));
      const at = this.outputTiles + 4 * first * this.tilesPerImage;
      kernels.winogradOutput(planes, planeBytes, channels, address, at, rowBytes, bias, activation, tiles);
    });
  }

  backward(batchSize: number, isAdding: boolean): void {
    const { kernels, gradient } = this.context;
    const { planes, planeBytes, channels } = this.output;
    const delta = gradientOf(this.tensors.output);
    const bias = gradient + 4 * this.place.biasesAt;
    if (!isAdding) kernels.zero(bias, channels * 4);
    this.eachChunk(0, batchSize, (first, tiles) => {
      const at = this.deltaTiles + 4 * first * this.tilesPerImage;
      this.transformInput(first, tiles);
      kernels.winogradOutputGradient(planes, planeBytes, channels, delta.address, at, delta.rowBytes, bias, tiles);
      for (let plane = 0; plane < PLANES; plane++) {
        kernels.weightGradient(this.weightJobs[plane]!, tiles, first > 0);
        // The gradient of a plane takes the place of the plane, which nobody needs any more.
        if (this.inputGradient) kernels.product(this.inputJobs[plane]!, Math.max(MIN_ROWS, tiles));
      }
      this.writeInputGradient(first, tiles / this.tilesPerImage);
    });
    const weights = gradient + 4 * this.place.weightsAt;
    kernels.winogradWeightGradient(this.weightGradients, weights, this.input.channels * channels, isAdding);
  }

  /** Visits `count` images from `from` on chunk by chunk, with the index of its first image and its number of tiles. */
  private eachChunk(from: number, count: number, visit: (first: number, tiles: number) => void): void {
    for (let first = from; first < from + count; first += this.chunkImages) {
      visit(first, Math.min(this.chunkImages, from + count - first) * this.tilesPerImage);
    }
  }

  private transformInput(first: number, tiles: number): void {
    const { address, rowBytes } = this.tensors.input.values;
    const { planes, planeBytes, channels } = this.input;
    const at = this.inputTiles + 4 * first * this.tilesPerImage;
    this.context.kernels.winogradInput(address, at, rowBytes, channels, planes, planeBytes, tiles);
  }

  /** From the planes of a chunk to the gradient of its images, times the derivative of what made the input. */
  private writeInputGradient(first: number, count: number): void {
    if (this.inputGradient === null) return;
    const { kernels } = this.context;
    const { scratch, bytes, rowBytes, origin, tiles } = this.inputGradient;
    const { planes, planeBytes, channels } = this.input;
    const { input, inputActivation } = this.tensors;
    const { values } = input;
    const target = gradientOf(input);
    const [height, width] = this.layer.input;
    const perImage = this.tilesPerImage;
    for (let i = 0; i < count; i++) {
      const from = planes + i * perImage * channels * 4;
      const [to, mask] = [target.address + target.at(first + i, 0, 0), values.address + values.at(first + i, 0, 0)];
      kernels.zero(scratch, bytes);
      kernels.winogradInputGradient(scratch, tiles, rowBytes, channels, from, planeBytes, perImage);
      const activation = DERIVATIVE[inputActivation];
      const [fromRow, toRow, maskRow] = [rowBytes, target.rowBytes, values.rowBytes];
      kernels.copySloped(scratch + origin, fromRow, to, toRow, mask, maskRow, activation, height, width * channels);
    }
  }

  /** One product for each plane: rows of `from` times packed weights give rows of `to`. */
  private writeProducts(from: Side, to: Side, panels: number): readonly number[] {
    const { kernels, scratchRows } = this.context;
    return Array.from({ length: PLANES }, (_, plane) =>
      writeProduct(kernels, {
        source: from.planes + plane * from.planeBytes,
        sourceRows: from.rows,
        segments: 1,
        segmentLength: from.channels,
        segmentBytes: from.channels * 4,
        panels: panels + plane * from.channels * to.channels * 4,
        target: to.planes + plane * to.planeBytes,
        targetRows: to.rows,
        columns: to.channels,
        bias: 0,
        activation: 0,
        mask: 0,
        maskRows: 0,
        scratch: scratchRows,
      }),
    );
  }

  private writeWeightGradients(): readonly number[] {
    const { kernels, scratchRows, scratchDelta } = this.context;
    const { input, output } = this;
    // The column sums of a plane mean nothing; the gradient of the biases comes from winogradOutputGradient.
    const biases = allocate(kernels, output.channels);
    return Array.from({ length: PLANES }, (_, plane) =>
      writeWeightGradient(kernels, {
        source: input.planes + plane * input.planeBytes,
        sourceRows: input.rows,
        segments: 1,
        segmentLength: input.channels,
        segmentBytes: input.channels * 4,
        delta: output.planes + plane * output.planeBytes,
        deltaRows: output.rows,
        columns: output.channels,
        weights: this.weightGradients + plane * input.channels * output.channels * 4,
        biases,
        scratchRows,
        scratchDelta,
      }),
    );
  }
}

function sideOf(kernels: Kernels, planes: number, tiles: number, channels: number): Side {
  const rows = offsetTable(kernels, tiles, [[0, 0]], (tile) => tile * channels * 4);
  return { planes, planeBytes: planeBytes(tiles, channels), channels, rows };
}

/** One image with its padding, in which the overlapping tiles are added up. */
type InputGradient = {
  readonly scratch: number;
  readonly bytes: number;
  readonly rowBytes: number;
  /** Bytes from the scratch's start to the first pixel inside the padding. */
  readonly origin: number;
  readonly tiles: number;
};

function inputGradientOf(
  kernels: Kernels,
  layer: PlannedConv,
  channels: number,
  corners: readonly (readonly [number, number])[],
): InputGradient {
  const [top, left] = layer.padding;
  const pixelBytes = channels * 4;
  const rowBytes = (layer.input[1] + 2 * left) * pixelBytes;
  const bytes = (layer.input[0] + 2 * top) * rowBytes;
  const tiles = offsetTable(kernels, 1, corners, (_, row, column) => row * rowBytes + column * pixelBytes);
  const origin = top * rowBytes + left * pixelBytes;
  return { scratch: allocate(kernels, bytes / 4), bytes, rowBytes, origin, tiles };
}

// One convolution (or dense layer) on the wasm kernels: its place in the padded parameter block, its packed weights,
// its offset tables and jobs. The gradient with respect to its input is in wasmInputGradient.ts.

import { allocate, writeProduct, writeWeightGradient } from "../assembly/jobs";
import type { PlannedConv } from "./plan";
import { type InputGradient, inputGradientOf } from "./wasmInputGradient";
import { ACTIVATION, gradientOf, type LayerTensors, MIN_ROWS, type WasmContext, type WasmLayer } from "./wasmLayer";
import type { PaddedPlace } from "./wasmPlaces";
import { offsetTable, positionsOf, type Tensor } from "./wasmTensor";

export class WasmConv implements WasmLayer {
  private readonly context: WasmContext;
  private readonly layer: PlannedConv;
  private readonly place: PaddedPlace;
  private readonly input: Tensor;
  private readonly output: Tensor;
  private readonly panels: number;
  private readonly patches: { readonly address: number; readonly rows: number } | null;
  private readonly inputRows: number;
  private readonly forwardJob: number;
  private readonly weightJob: number;
  private readonly inputGradient: InputGradient | null;

  constructor(context: WasmContext, layer: PlannedConv, place: PaddedPlace, tensors: LayerTensors) {
    const { kernels, images } = context;
    const { input, output } = tensors;
    this.context = context;
    this.layer = layer;
    this.place = place;
    this.input = input;
    this.output = output;
    this.panels = allocate(kernels, place.depth * place.columns);
    const pixels = positionsOf(layer.output);
    const [top, left] = layer.padding;
    this.inputRows = offsetTable(kernels, images, pixels, (image, row, column) =>
      input.values.at(image, row * layer.stride - top, column * layer.stride - left),
    );
    this.patches = place.copiesPatches ? this.allocatePatches(pixels) : null;
    this.forwardJob = this.writeForward(pixels);
    this.weightJob = this.writeWeights(pixels);
    this.inputGradient = input.gradient ? inputGradientOf(context, layer, place, tensors) : null;
  }

  pack(): void {
    const { kernels, parameters } = this.context;
    const { weightsAt, depth, columns } = this.place;
    kernels.packWeights(parameters + 4 * weightsAt, depth, columns, this.panels);
    this.inputGradient?.pack();
  }

  forward(first: number, count: number): void {
    const { kernels } = this.context;
    const pixels = this.layer.output[0] * this.layer.output[1];
    const [from, rows] = [first * pixels, Math.max(MIN_ROWS, count * pixels)];
    if (this.patches) {
      const { input, layer, place } = this;
      const length = layer.kernel[1] * input.channels;
      const { address, rowBytes } = input.values;
      const to = this.patches.address + from * place.depth * 4;
      kernels.copyPatches(address, this.inputRows + 4 * from, layer.kernel[0], length, rowBytes, to, place.depth, rows);
    }
    kernels.productRows(this.forwardJob, from, rows);
  }

  backward(batchSize: number, isAdding: boolean): void {
    const [height, width] = this.layer.output;
    this.context.kernels.weightGradient(this.weightJob, batchSize * height * width, isAdding);
    this.inputGradient?.run(batchSize);
  }

  private allocatePatches(pixels: readonly (readonly [number, number])[]) {
    const { kernels, images } = this.context;
    const rowBytes = this.place.depth * 4;
    const [, width] = this.layer.output;
    const rows = offsetTable(
      kernels,
      images,
      pixels,
      (image, row, column) => (image * pixels.length + row * width + column) * rowBytes,
    );
    return { address: allocate(kernels, images * pixels.length * this.place.depth), rows };
  }

  /** The rows of A: the copied patches, or the input itself through its offset table. */
  private source() {
    if (this.patches) {
      const { depth } = this.place;
      const { address, rows } = this.patches;
      return { source: address, sourceRows: rows, segments: 1, segmentLength: depth, segmentBytes: depth * 4 };
    }
    const { values, channels } = this.input;
    const [segments, width] = this.layer.kernel;
    const segmentLength = width * channels;
    const { address: source, rowBytes: segmentBytes } = values;
    return { source, sourceRows: this.inputRows, segments, segmentLength, segmentBytes };
  }

  private writeForward(pixels: readonly (readonly [number, number])[]): number {
    const { kernels, images, parameters, scratchRows } = this.context;
    const { values } = this.output;
    return writeProduct(kernels, {
      ...this.source(),
      panels: this.panels,
      target: values.address,
      targetRows: offsetTable(kernels, images, pixels, (image, row, column) => values.at(image, row, column)),
      columns: this.place.columns,
      bias: parameters + 4 * this.place.biasesAt,
      activation: ACTIVATION[this.layer.activation],
      mask: 0,
      maskRows: 0,
      scratch: scratchRows,
    });
  }

  private writeWeights(pixels: readonly (readonly [number, number])[]): number {
    const { kernels, images, gradient, scratchRows, scratchDelta } = this.context;
    const delta = gradientOf(this.output);
    return writeWeightGradient(kernels, {
      ...this.source(),
      delta: delta.address,
      deltaRows: offsetTable(kernels, images, pixels, (image, row, column) => delta.at(image, row, column)),
      columns: this.place.columns,
      weights: gradient + 4 * this.place.weightsAt,
      biases: gradient + 4 * this.place.biasesAt,
      scratchRows,
      scratchDelta,
    });
  }
}

// Max pooling on the wasm kernels.

import { type MaxPoolJob, writeMaxPool } from "../assembly/jobs";
import type { PlannedMaxPool } from "./plan";
import { DERIVATIVE, type LayerTensors, type WasmContext, type WasmLayer } from "./wasmLayer";
import { type Grid, offsetTable, positionsOf } from "./wasmTensor";

export class WasmMaxPool implements WasmLayer {
  private readonly context: WasmContext;
  private readonly windows: number;
  private readonly forwardJob: number;
  private readonly backwardJob: number | null;
  private readonly inputGradient: Grid | null;

  constructor(context: WasmContext, layer: PlannedMaxPool, tensors: LayerTensors) {
    const { kernels, images } = context;
    const { input, output, inputActivation } = tensors;
    const { stride } = layer;
    const pixels = positionsOf(layer.output);
    this.context = context;
    this.windows = pixels.length;
    this.inputGradient = input.gradient;
    const winners = kernels.alloc(images * pixels.length * input.channels);
    const valueRows = offsetTable(kernels, images, pixels, (i, row, column) => output.values.at(i, row, column));
    const job = (image: Grid, pooled: Grid): MaxPoolJob => ({
      image: image.address,
      imageRows: offsetTable(kernels, images, pixels, (i, row, column) => image.at(i, row * stride, column * stride)),
      imageRowBytes: image.rowBytes,
      channels: input.channels,
      window: layer.window,
      pooled: pooled.address,
      pooledRows: offsetTable(kernels, images, pixels, (i, row, column) => pooled.at(i, row, column)),
      winners,
      activation: DERIVATIVE[inputActivation],
      values: output.values.address,
      valueRows,
    });
    this.forwardJob = writeMaxPool(kernels, job(input.values, output.values));
    const hasGradient = input.gradient && output.gradient;
    this.backwardJob = hasGradient ? writeMaxPool(kernels, job(input.gradient, output.gradient)) : null;
  }

  /** Nothing to pack. */
  pack(): void {
    return;
  }

  forward(first: number, count: number): void {
    this.context.kernels.maxPoolForward(this.forwardJob, first * this.windows, count * this.windows);
  }

  backward(batchSize: number): void {
    const { backwardJob, inputGradient, windows } = this;
    if (backwardJob === null || inputGradient === null) return;
    const { kernels } = this.context;
    // Image by image, so that what was just zeroed is still in the cache.
    for (let image = 0; image < batchSize; image++) {
      kernels.zero(inputGradient.address + image * inputGradient.imageBytes, inputGradient.imageBytes);
      kernels.maxPoolBackward(backwardJob, image * windows, windows);
    }
  }
}

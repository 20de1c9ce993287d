// Average pooling on the wasm kernels.

import { type PoolJob, writePool } from "../assembly/jobs";
import type { PlannedPool } from "./plan";
import { DERIVATIVE, type LayerTensors, type WasmContext, type WasmLayer } from "./wasmLayer";
import { type Grid, offsetTable, positionsOf } from "./wasmTensor";

export class WasmPool implements WasmLayer {
  private readonly context: WasmContext;
  private readonly windows: number;
  private readonly forwardJob: number;
  private readonly backwardJob: number | null;

  constructor(context: WasmContext, layer: PlannedPool, tensors: LayerTensors) {
    const { kernels, images } = context;
    const { input, output, inputActivation } = tensors;
    const [windowHeight, windowWidth] = layer.window;
    const origins = positionsOf(layer.input, windowHeight, windowWidth);
    const originsOf = (grid: Grid) =>
      offsetTable(kernels, images, origins, (i, row, column) => grid.at(i, row, column));
    const pooledOf = (grid: Grid) =>
      offsetTable(kernels, images, positionsOf(layer.output), (i, row, column) => grid.at(i, row, column));
    const job = (image: Grid, pooled: Grid): PoolJob => ({
      image: image.address,
      imageRows: originsOf(image),
      imageRowBytes: image.rowBytes,
      channels: input.channels,
      windowHeight,
      windowWidth,
      pooled: pooled.address,
      pooledRows: pooledOf(pooled),
      activation: DERIVATIVE[inputActivation],
      mask: input.values.address,
      maskRows: originsOf(input.values),
      maskRowBytes: input.values.rowBytes,
    });
    this.context = context;
    this.windows = layer.output[0] * layer.output[1];
    this.forwardJob = writePool(kernels, job(input.values, output.values));
    const hasGradient = input.gradient && output.gradient;
    this.backwardJob = hasGradient ? writePool(kernels, job(input.gradient, output.gradient)) : null;
  }

  /** Nothing to pack. */
  pack(): void {
    return;
  }

  forward(first: number, count: number): void {
    this.context.kernels.poolForward(this.forwardJob, first * this.windows, count * this.windows);
  }

  backward(batchSize: number): void {
    if (this.backwardJob !== null) this.context.kernels.poolBackward(this.backwardJob, batchSize * this.windows);
  }
}

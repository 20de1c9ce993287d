// The network on the wasm kernels. All memory is laid out once; forward and backward allocate nothing.

import type { Activation, Network, NetworkSpec } from "../../nn/network";
import { allocate } from "../assembly/jobs";
import { instantiateKernels, type Kernels, type WasmBuild } from "../assembly/module";
import { requireBatch, requireForward, requireHeld } from "./calls";
import { activationOf, type NetworkPlan, type Shape } from "./plan";
import { WasmBlock } from "./wasmBlock";
import { WasmConv } from "./wasmConv";
import { gradientBorder } from "./wasmInputGradient";
import { MIN_ROWS, type WasmContext, type WasmLayer } from "./wasmLayer";
import { WasmMaxPool } from "./wasmMaxPool";
import { indexPlaces, type PaddedPlace, placesOf, storedChannels } from "./wasmPlaces";
import { WasmPool } from "./wasmPool";
import { type Border, Grid, type Tensor } from "./wasmTensor";
import { allocatePlanes, suitsWinograd, WasmWinograd } from "./wasmWinograd";

/** Bytes of a layer's output that stay in the second-level cache until the next layer reads them. */
const BLOCK_BYTES = 1 << 20;

/** The first `layers` layers go through forward in blocks of `images`. */
type Blocks = { readonly images: number; readonly layers: number };

/**
 * A network in a wasm instance of its own.
 *
 * @param initial [parameterCount] in the public layout
 * @param build which build of the kernels; the best one of this machine when absent
 */
export async function createWasmNetwork(
  spec: NetworkSpec,
  plan: NetworkPlan,
  block: { readonly name: string; readonly group: "theta" | "phi"; readonly initial: Float32Array },
  capacity: number,
  build?: WasmBuild,
): Promise<WasmNetwork> {
  const network = new WasmNetwork(await instantiateKernels(build), spec, plan, block, capacity);
  network.block.setValues(block.initial);
  return network;
}

export class WasmNetwork implements Network {
  readonly spec: NetworkSpec;
  readonly inputSize: number;
  readonly outputSize: number;
  readonly capacity: number;
  readonly block: WasmBlock;
  private held: Kernels | null;
  private readonly tensors: readonly Tensor[];
  private layers: readonly WasmLayer[];
  private readonly outputActivation: Activation;
  private readonly blocks: Blocks;
  private batchSize = 0;

  constructor(
    kernels: Kernels,
    spec: NetworkSpec,
    plan: NetworkPlan,
    block: { readonly name: string; readonly group: "theta" | "phi" },
    capacity: number,
  ) {
    this.held = kernels;
    this.spec = spec;
    this.capacity = capacity;
    this.inputSize = plan.inputSize;
    this.outputSize = plan.outputSize;
    const places = placesOf(plan);
    this.block = new WasmBlock(kernels, block.name, block.group, indexPlaces(plan, places.list), places.size);
    const images = Math.max(capacity, MIN_ROWS);
    this.tensors = tensorsOf(kernels, spec, plan, images);
    const context = contextOf(kernels, this.block, plan, places.list, images);
    this.layers = plan.layers.map((layer, index) => {
      const tensors = {
        input: this.tensors[index]!,
        output: this.tensors[index + 1]!,
        inputActivation: activationOf(plan.layers[index - 1]),
      };
      if (layer.kind === "conv" && suitsWinograd(plan, index)) {
        return new WasmWinograd(context, layer, places.list[index]!, tensors);
      }
      if (layer.kind === "conv") return new WasmConv(context, layer, places.list[index]!, tensors);
      if (layer.kind === "averagePool") return new WasmPool(context, layer, tensors);
      return new WasmMaxPool(context, layer, tensors);
    });
    this.outputActivation = activationOf(plan.layers.at(-1));
    this.blocks = blocksOf(plan, this.tensors);
  }

  async forward(input: Float32Array, batchSize: number): Promise<Float32Array> {
    requireBatch(this, input, batchSize);
    this.batchSize = batchSize;
    this.writeInput(input);
    if (this.block.takeMoved()) for (const layer of this.layers) layer.pack();
    this.forwardLayers(batchSize);
    return this.readOutput();
  }

  async backward(outputGradient: Float32Array): Promise<void> {
    requireForward(this, outputGradient, this.batchSize);
    this.writeOutputGradient(outputGradient);
    const isAdding = !this.block.takeZeroed();
    for (const layer of [...this.layers].reverse()) layer.backward(this.batchSize, isAdding);
  }

  /** The memory goes with the instance, which nothing holds any more. */
  dispose(): void {
    this.held = null;
    this.layers = [];
    this.block.dispose();
  }

  /** Large maps go through in blocks of images, from layer to layer while they are in the cache; the rest as a whole. */
  private forwardLayers(batchSize: number): void {
    const { images, layers } = this.blocks;
    for (let first = 0; first < batchSize; first += images) {
      const count = Math.min(images, batchSize - first);
      for (const layer of this.layers.slice(0, layers)) layer.forward(first, count);
    }
    for (const layer of this.layers.slice(layers)) layer.forward(0, batchSize);
  }

  private get kernels(): Kernels {
    return requireHeld(this.held, this.spec.name);
  }

  private writeInput(input: Float32Array): void {
    const { shape, channels, values } = this.tensors[0]!;
    const memory = new Float32Array(this.kernels.memory.buffer);
    const [height, width, realChannels] = shape;
    let from = 0;
    for (let image = 0; image < this.batchSize; image++) {
      for (let row = 0; row < height; row++) {
        const at = (values.address + values.at(image, row, 0)) / 4;
        if (channels === realChannels) memory.set(input.subarray(from, from + width * channels), at);
        else copyPixels(input, from, memory, at, width, realChannels, channels);
        from += width * realChannels;
      }
    }
  }

  /** [B, outputSize] without the padding. */
  private readOutput(): Float32Array {
    const output = new Float32Array(this.batchSize * this.outputSize);
    const memory = new Float32Array(this.kernels.memory.buffer);
    this.eachOutput((index, value) => {
      output[index] = memory[value]!;
    });
    return output;
  }

  /** Stores the gradient before the last activation. */
  private writeOutputGradient(outputGradient: Float32Array): void {
    const memory = new Float32Array(this.kernels.memory.buffer);
    const activation = this.outputActivation;
    this.eachOutput((index, at, gradientAt) => {
      const value = memory[at]!;
      const slope = activation === "tanh" ? 1 - value * value : activation === "relu" && value <= 0 ? 0 : 1;
      memory[gradientAt] = outputGradient[index]! * slope;
    });
  }

  private eachOutput(visit: (index: number, valueAt: number, gradientAt: number) => void): void {
    const { shape, values, gradient } = this.tensors.at(-1)!;
    const [height, width, channels] = shape;
    const delta = gradient ?? values;
    let index = 0;
    for (let image = 0; image < this.batchSize; image++) {
      for (let row = 0; row < height; row++) {
        for (let column = 0; column < width; column++) {
          const valueAt = (values.address + values.at(image, row, column)) / 4;
          const gradientAt = (delta.address + delta.at(image, row, column)) / 4;
          for (let c = 0; c < channels; c++) visit(index++, valueAt + c, gradientAt + c);
        }
      }
    }
  }
}

function copyPixels(
  from: Float32Array,
  fromAt: number,
  to: Float32Array,
  toAt: number,
  count: number,
  channels: number,
  stored: number,
): void {
  for (let pixel = 0; pixel < count; pixel++) {
    for (let c = 0; c < channels; c++) to[toAt + pixel * stored + c] = from[fromAt + pixel * channels + c]!;
  }
}

function tensorsOf(kernels: Kernels, spec: NetworkSpec, plan: NetworkPlan, images: number): readonly Tensor[] {
  const shapes: readonly Shape[] = [spec.input, ...plan.layers.map((layer) => layer.output)];
  return shapes.map((shape, index) => {
    const producer = plan.layers[index - 1];
    const consumer = plan.layers[index];
    const channels = storedChannels(plan, index, shape[2]);
    const padding: Border = consumer?.kind === "conv" ? consumer.padding : [0, 0];
    // The first layer has no gradient with respect to its input, so its output's gradient needs no border.
    const isBordered = producer?.kind === "conv" && index > 1 && !suitsWinograd(plan, index - 1);
    const border: Border = isBordered ? gradientBorder(producer) : [0, 0];
    const values = new Grid(kernels, shape, channels, padding, images);
    const gradient = index === 0 ? null : new Grid(kernels, shape, channels, border, images);
    return { shape, channels, values, gradient };
  });
}

/** Blocks of as many images as fit, up to the first layer whose outputs are small or have too few pixels for a product. */
function blocksOf(plan: NetworkPlan, tensors: readonly Tensor[]): Blocks {
  const bytes = tensors.slice(1).map((tensor) => tensor.values.imageBytes);
  const small = plan.layers.findIndex(
    ({ output }, index) => bytes[index]! < BLOCK_BYTES / 64 || output[0] * output[1] < MIN_ROWS,
  );
  const images = Math.max(1, Math.floor(BLOCK_BYTES / Math.max(...bytes)));
  return { images, layers: small < 0 ? plan.layers.length : small };
}

function contextOf(
  kernels: Kernels,
  block: WasmBlock,
  plan: NetworkPlan,
  places: readonly (PaddedPlace | null)[],
  images: number,
): WasmContext {
  let columns = 8;
  // The longest row that is ever packed: forward a patch of inputs, backward the same taps of output gradients.
  let longest = 8;
  for (const [index, layer] of plan.layers.entries()) {
    const place = places[index];
    if (layer.kind !== "conv" || !place) continue;
    columns = Math.max(columns, place.columns);
    longest = Math.max(longest, place.depth, layer.kernel[0] * layer.kernel[1] * place.columns);
  }
  return {
    kernels,
    images,
    parameters: block.values,
    gradient: block.gradient,
    scratchRows: allocate(kernels, Math.max(128 * 6, 24 * longest) + 64),
    scratchDelta: allocate(kernels, 128 * columns),
    planes: allocatePlanes(kernels, plan, images),
  };
}

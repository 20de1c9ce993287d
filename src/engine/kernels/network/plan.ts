// Resolves a NetworkSpec into shapes and offsets that all backends share.
// A dense layer is a convolution whose kernel covers the whole image: [h, w, c, units] and [in, units] are the same
// numbers in the same order. Backends therefore know three layers only: conv, averagePool and maxPool.

import { LabError } from "../../errors";
import type { Activation, LayerSpec, NetworkSpec } from "../../nn/network";

export type Shape = readonly [height: number, width: number, channels: number];

export type PlannedConv = {
  readonly kind: "conv";
  readonly input: Shape;
  readonly output: Shape;
  readonly kernel: readonly [height: number, width: number];
  readonly stride: number;
  readonly padding: readonly [rows: number, columns: number];
  readonly activation: Activation;
  /** Where the weights [kh, kw, in, out] start in the flat block, and the biases [out]. */
  readonly weightOffset: number;
  readonly biasOffset: number;
  readonly fanIn: number;
};

export type PlannedPool = {
  readonly kind: "averagePool";
  readonly input: Shape;
  readonly output: Shape;
  readonly window: readonly [height: number, width: number];
};

export type PlannedMaxPool = {
  readonly kind: "maxPool";
  readonly input: Shape;
  readonly output: Shape;
  readonly window: number;
  readonly stride: number;
};

/** Taps of a window are numbered in a byte. */
const MAX_WINDOW = 16;

export type PlannedLayer = PlannedConv | PlannedPool | PlannedMaxPool;

export type NetworkPlan = {
  readonly layers: readonly PlannedLayer[];
  readonly inputSize: number;
  readonly outputSize: number;
  readonly parameterCount: number;
};

/** Numbers in one image of this shape. */
export function sizeOf(shape: Shape): number {
  return shape[0] * shape[1] * shape[2];
}

/** True for dense layers: the kernel covers the image, there is one output pixel. */
export function isFull(layer: PlannedConv): boolean {
  const [height, width] = layer.kernel;
  return height === layer.input[0] && width === layer.input[1] && layer.padding.every((side) => side === 0);
}

/** The activation that made a layer's output; "none" for pooling and for the network's input. */
export function activationOf(layer: PlannedLayer | undefined): Activation {
  return layer?.kind === "conv" ? layer.activation : "none";
}

/**
 * Shapes and parameter offsets of every layer.
 *
 * @throws LabError("shape") if a layer does not fit its input.
 */
export function planNetwork(spec: NetworkSpec): NetworkPlan {
  const layers: PlannedLayer[] = [];
  let input: Shape = spec.input;
  let parameterCount = 0;
  if (!input.every(isPositiveInteger)) throw misfit(spec, 0, `input is [${input.join(", ")}]`);
  for (const [index, layer] of spec.layers.entries()) {
    const planned = planLayer(input, layer, parameterCount);
    if (planned === null) throw misfit(spec, index, `${layer.kind} does not fit an input of [${input.join(", ")}]`);
    if (planned.kind === "conv") parameterCount = planned.biasOffset + planned.output[2];
    layers.push(planned);
    input = planned.output;
  }
  return { layers, inputSize: sizeOf(spec.input), outputSize: sizeOf(input), parameterCount };
}

function planLayer(input: Shape, layer: LayerSpec, weightOffset: number): PlannedLayer | null {
  if (layer.kind === "averagePool") return planPool(input, layer.grid);
  if (layer.kind === "maxPool") return planMaxPool(input, layer.window, layer.stride);
  return planConv(input, layer, weightOffset);
}

function planPool(input: Shape, grid: readonly [number, number]): PlannedPool | null {
  if (!grid.every(isPositiveInteger) || input[0] % grid[0] !== 0 || input[1] % grid[1] !== 0) return null;
  return {
    kind: "averagePool",
    input,
    output: [grid[0], grid[1], input[2]],
    window: [input[0] / grid[0], input[1] / grid[1]],
  };
}

function planMaxPool(input: Shape, window: number, stride: number): PlannedMaxPool | null {
  if (!isPositiveInteger(window) || !isPositiveInteger(stride) || window > MAX_WINDOW) return null;
  const height = Math.floor((input[0] - window) / stride) + 1;
  const width = Math.floor((input[1] - window) / stride) + 1;
  if (height < 1 || width < 1) return null;
  return { kind: "maxPool", input, output: [height, width, input[2]], window, stride };
}

function planConv(
  input: Shape,
  layer: Extract<LayerSpec, { kind: "conv" | "dense" }>,
  weightOffset: number,
): PlannedConv | null {
  const isDense = layer.kind === "dense";
  const kernel: readonly [number, number] = isDense ? [input[0], input[1]] : layer.kernel;
  const stride = isDense ? 1 : layer.stride;
  const padding: readonly [number, number] = isDense ? [0, 0] : layer.padding;
  const channels = isDense ? layer.units : layer.channels;
  if (![...kernel, stride, channels].every(isPositiveInteger) || padding.some((side) => side < 0)) return null;
  const height = Math.floor((input[0] + 2 * padding[0] - kernel[0]) / stride) + 1;
  const width = Math.floor((input[1] + 2 * padding[1] - kernel[1]) / stride) + 1;
  if (height < 1 || width < 1) return null;
  const fanIn = kernel[0] * kernel[1] * input[2];
  return {
    kind: "conv",
    input,
    output: [height, width, channels],
    kernel,
    stride,
    padding,
    activation: layer.activation,
    weightOffset,
    biasOffset: weightOffset + fanIn * channels,
    fanIn,
  };
}

function isPositiveInteger(value: number): boolean {
  return Number.isInteger(value) && value > 0;
}

function misfit(spec: NetworkSpec, layer: number, what: string): LabError {
  const help = "Change the network so that every layer fits the one before it.";
  return new LabError("shape", { message: `invalid network ${spec.name}, layer ${layer}: ${what}`, help }, { layer });
}

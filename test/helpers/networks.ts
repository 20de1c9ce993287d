// The networks that the kernel tests run: the two automata encoders, the clusters MLP, and shapes that are awkward.

import type { LayerSpec, NetworkSpec } from "../../src/engine/nn/network";
import { Rng } from "../../src/engine/rng/rng";

function conv(kernel: [number, number], stride: number, padding: [number, number], channels: number): LayerSpec {
  return { kind: "conv", kernel, stride, padding, channels, activation: "relu" };
}

function dense(units: number, activation: "none" | "relu" | "tanh" = "none"): LayerSpec {
  return { kind: "dense", units, activation };
}

/** automata.md section 4, generic recognition network on a size x size image. */
export function genericEncoder(size: number, outputs: number): NetworkSpec {
  return {
    name: `generic ${size}x${size}`,
    input: [size, size, 1],
    layers: [
      conv([5, 5], 2, [2, 2], 16),
      conv([3, 3], 2, [1, 1], 32),
      conv([3, 3], 2, [1, 1], 64),
      { kind: "averagePool", grid: [4, 4] },
      dense(128, "relu"),
      dense(outputs),
    ],
  };
}

/** automata.md section 4, local detectors for neighbourhoods of `neighbours` rows. */
export function alignedEncoder(size: number, neighbours: 3 | 5): NetworkSpec {
  return {
    name: `aligned ${size}x${size}, ${neighbours} neighbours`,
    input: [size, size, 1],
    layers: [
      conv([neighbours, 2], 1, [(neighbours - 1) / 2, 0], 64),
      conv([1, 1], 1, [0, 0], 64),
      { kind: "averagePool", grid: [size, 1] },
      { kind: "averagePool", grid: [1, 1] },
      dense(2 ** neighbours),
    ],
  };
}

/** The recogniser of clusters: 14 summary numbers to logits. */
export const smallMlp: NetworkSpec = {
  name: "mlp 14-16-49",
  input: [1, 1, 14],
  layers: [dense(16, "tanh"), dense(49)],
};

/** Odd sides, three input channels, kernels smaller than the stride, uneven padding, few channels, tanh at the end. */
export const awkward: NetworkSpec = {
  name: "awkward 9x7x3",
  input: [9, 7, 3],
  layers: [
    conv([2, 3], 1, [1, 0], 5),
    { kind: "conv", kernel: [3, 2], stride: 3, padding: [0, 1], channels: 10, activation: "tanh" },
    { kind: "conv", kernel: [1, 1], stride: 2, padding: [0, 0], channels: 7, activation: "none" },
    dense(9, "tanh"),
  ],
};

/** Pools the input itself, and ends with a pool. */
export const pooledEnds: NetworkSpec = {
  name: "pooled ends 8x8x2",
  input: [8, 8, 2],
  layers: [{ kind: "averagePool", grid: [4, 4] }, conv([3, 3], 1, [1, 1], 6), { kind: "averagePool", grid: [2, 2] }],
};

function maxPool(window: number, stride: number): LayerSpec {
  return { kind: "maxPool", window, stride };
}

/** The image encoder of handwritten strokes (its specification, section 3.5): sides 28-30-14-14-6-4-2-1. */
function strokeEncoderOf(name: string, channels: readonly [number, number, number, number]): NetworkSpec {
  const layers = [
    conv([3, 3], 1, [2, 2], channels[0]),
    maxPool(3, 2),
    conv([3, 3], 1, [1, 1], channels[1]),
    maxPool(3, 2),
    conv([3, 3], 1, [0, 0], channels[2]),
    conv([3, 3], 1, [0, 0], channels[3]),
    maxPool(2, 2),
  ];
  return { name, input: [28, 28, 1], layers };
}

/** Half of the paper's channels: float64 takes 0.1 s for an image. */
export const strokeEncoder = strokeEncoderOf("stroke encoder", [32, 64, 64, 32]);

/** Fewer still, for tfjs and the software adapter. */
export const narrowStrokeEncoder = strokeEncoderOf("narrow stroke encoder", [16, 24, 24, 16]);

/** Max pools of the input itself, of tanh, of a pool, with gaps between windows, dense windows, and pixels left over. */
export const maxPooled: NetworkSpec = {
  name: "max pooled 13x11x3",
  input: [13, 11, 3],
  layers: [
    maxPool(2, 1),
    { kind: "conv", kernel: [3, 3], stride: 1, padding: [1, 1], channels: 6, activation: "tanh" },
    maxPool(3, 1),
    conv([3, 3], 1, [1, 1], 10),
    maxPool(2, 2),
    maxPool(1, 2),
    { kind: "conv", kernel: [1, 1], stride: 1, padding: [0, 0], channels: 7, activation: "none" },
    maxPool(2, 1),
  ],
};

/** 3x3 convolutions of stride 1 with even, uneven sides: every padding and activation, channels that are no multiple of 8. */
export const evenSides: NetworkSpec = {
  name: "even sides 10x6x16",
  input: [10, 6, 16],
  layers: [
    { kind: "conv", kernel: [3, 3], stride: 1, padding: [1, 1], channels: 20, activation: "tanh" },
    conv([3, 3], 1, [2, 0], 24),
    { kind: "conv", kernel: [3, 3], stride: 1, padding: [0, 1], channels: 17, activation: "none" },
    { kind: "conv", kernel: [3, 3], stride: 1, padding: [0, 0], channels: 16, activation: "tanh" },
    conv([3, 3], 1, [1, 1], 16),
    dense(3),
  ],
};

/** More tiles in an image than the wasm kernels take at a time. */
export const manyTiles: NetworkSpec = {
  name: "many tiles 28x24x16",
  input: [28, 24, 16],
  layers: [conv([3, 3], 1, [1, 1], 16), conv([3, 3], 1, [1, 1], 16), { kind: "averagePool", grid: [4, 4] }, dense(3)],
};

/** Maps so large that the wasm kernels, which store 8 channels, take two images at a time through the first layers. */
export const largeMaps: NetworkSpec = {
  name: "large maps 128x128x1",
  input: [128, 128, 1],
  layers: [
    conv([3, 3], 1, [1, 1], 2),
    conv([3, 3], 2, [1, 1], 3),
    { kind: "averagePool", grid: [32, 32] },
    maxPool(3, 2),
    dense(3),
  ],
};

/** A convolution of one weight under overlapping max pools: with weight 0 every window is a tie. */
export const tiedPool: NetworkSpec = {
  name: "tied 7x6x1",
  input: [7, 6, 1],
  layers: [
    { kind: "conv", kernel: [1, 1], stride: 1, padding: [0, 0], channels: 1, activation: "none" },
    maxPool(3, 2),
  ],
};

/** Gradient [weight, bias] of one image of tiedPool at weight 0: the first pixel of every window takes it all. */
export function tiedGradient(input: Float32Array, upstream: Float32Array): readonly [weight: number, bias: number] {
  const origins = [0, 2, 12, 14, 24, 26];
  return [
    origins.reduce((sum, at, i) => sum + input[at]! * upstream[i]!, 0),
    upstream.reduce((sum, slope) => sum + slope, 0),
  ];
}

/** Numbers uniform on +-scale, the same for the same seed. */
export function uniformNumbers(seed: number, count: number, scale = 1): Float32Array {
  const rng = new Rng(seed);
  return Float32Array.from({ length: count }, () => (2 * rng.uniform() - 1) * scale);
}

/** Largest absolute difference. */
export function largestError(given: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (given.length !== expected.length) return Number.POSITIVE_INFINITY;
  let worst = 0;
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs(given[i]! - expected[i]!);
    if (!(error <= worst)) worst = error;
  }
  return worst;
}

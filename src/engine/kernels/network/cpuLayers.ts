// Convolution and average pooling in plain TypeScript, float64: the "cpu" backend and the base of finite differences.
// Arrays are NHWC; weights [kh, kw, in, out]. Gradients are added, never overwritten.

import type { Activation } from "../../nn/network";
import { type PlannedConv, type PlannedPool, sizeOf } from "./plan";

/** Calls `visit` for every kernel tap that lies inside the image, with the offsets of one image (no batch). */
function eachTap(layer: PlannedConv, visit: (inputAt: number, outputAt: number, weightAt: number) => void): void {
  const [height, width, channels] = layer.input;
  const [outHeight, outWidth, outChannels] = layer.output;
  const [kernelHeight, kernelWidth] = layer.kernel;
  for (let row = 0; row < outHeight; row++) {
    for (let column = 0; column < outWidth; column++) {
      const outputAt = (row * outWidth + column) * outChannels;
      for (let i = 0; i < kernelHeight; i++) {
        const y = row * layer.stride - layer.padding[0] + i;
        if (y < 0 || y >= height) continue;
        for (let j = 0; j < kernelWidth; j++) {
          const x = column * layer.stride - layer.padding[1] + j;
          if (x < 0 || x >= width) continue;
          const tap = (i * kernelWidth + j) * channels * outChannels;
          visit((y * width + x) * channels, outputAt, layer.weightOffset + tap);
        }
      }
    }
  }
}

/** output = activation(conv(input) + bias) for `batchSize` images. */
export function convForward(
  layer: PlannedConv,
  parameters: Float64Array,
  input: Float64Array,
  output: Float64Array,
  batchSize: number,
): void {
  const channels = layer.input[2];
  const outChannels = layer.output[2];
  const inputSize = sizeOf(layer.input);
  const outputSize = sizeOf(layer.output);
  const total = batchSize * outputSize;
  for (let i = 0; i < total; i++) output[i] = parameters[layer.biasOffset + (i % outChannels)]!;
  eachTap(layer, (inputAt, outputAt, weightAt) => {
    for (let b = 0; b < batchSize; b++) {
      const from = b * inputSize + inputAt;
      const to = b * outputSize + outputAt;
      for (let c = 0; c < channels; c++) {
        const value = input[from + c]!;
        if (value === 0) continue;
        const w = weightAt + c * outChannels;
        for (let n = 0; n < outChannels; n++) output[to + n] = output[to + n]! + value * parameters[w + n]!;
      }
    }
  });
  activate(layer.activation, output, total);
}

/**
 * Adds the gradients of the weights and biases to `gradient` and, where `inputGradient` is given, of the input to it.
 * `delta` [B, output] is the gradient before the activation (see activationGradient).
 */
export function convBackward(
  layer: PlannedConv,
  arrays: {
    readonly parameters: Float64Array;
    readonly gradient: Float64Array;
    readonly input: Float64Array;
    readonly delta: Float64Array;
    readonly inputGradient: Float64Array | null;
  },
  batchSize: number,
): void {
  const { parameters, gradient, input, delta, inputGradient } = arrays;
  const channels = layer.input[2];
  const outChannels = layer.output[2];
  const inputSize = sizeOf(layer.input);
  const outputSize = sizeOf(layer.output);
  for (let i = 0; i < batchSize * outputSize; i++) {
    const at = layer.biasOffset + (i % outChannels);
    gradient[at] = gradient[at]! + delta[i]!;
  }
  eachTap(layer, (inputAt, outputAt, weightAt) => {
    for (let b = 0; b < batchSize; b++) {
      const from = b * inputSize + inputAt;
      const to = b * outputSize + outputAt;
      for (let c = 0; c < channels; c++) {
        const value = input[from + c]!;
        const w = weightAt + c * outChannels;
        let sum = 0;
        for (let n = 0; n < outChannels; n++) {
          const d = delta[to + n]!;
          gradient[w + n] = gradient[w + n]! + value * d;
          sum += d * parameters[w + n]!;
        }
        if (inputGradient) inputGradient[from + c] = inputGradient[from + c]! + sum;
      }
    }
  });
}

/** output = mean over each window of the input. */
export function poolForward(layer: PlannedPool, input: Float64Array, output: Float64Array, batchSize: number): void {
  output.fill(0, 0, batchSize * sizeOf(layer.output));
  const area = layer.window[0] * layer.window[1];
  eachPooled(layer, batchSize, (from, to) => {
    output[to] = output[to]! + input[from]! / area;
  });
}

/** Adds delta / (window area) to the gradient of every input number. */
export function poolBackward(
  layer: PlannedPool,
  delta: Float64Array,
  inputGradient: Float64Array,
  batchSize: number,
): void {
  const area = layer.window[0] * layer.window[1];
  eachPooled(layer, batchSize, (from, to) => {
    inputGradient[from] = inputGradient[from]! + delta[to]! / area;
  });
}

/** Turns the gradient after an activation into the gradient before it, in place; `output` is the activation's value. */
export function activationGradient(kind: Activation, output: Float64Array, delta: Float64Array, count: number): void {
  if (kind === "none") return;
  for (let i = 0; i < count; i++) {
    const value = output[i]!;
    delta[i] = kind === "relu" ? (value > 0 ? delta[i]! : 0) : delta[i]! * (1 - value * value);
  }
}

function activate(kind: Activation, values: Float64Array, count: number): void {
  if (kind === "none") return;
  for (let i = 0; i < count; i++) values[i] = kind === "relu" ? Math.max(values[i]!, 0) : Math.tanh(values[i]!);
}

function eachPooled(layer: PlannedPool, batchSize: number, visit: (from: number, to: number) => void): void {
  const [height, width, channels] = layer.input;
  const [gridHeight, gridWidth] = layer.output;
  const [windowHeight, windowWidth] = layer.window;
  for (let b = 0; b < batchSize; b++) {
    for (let y = 0; y < height; y++) {
      const row = (b * gridHeight + Math.floor(y / windowHeight)) * gridWidth;
      for (let x = 0; x < width; x++) {
        const from = ((b * height + y) * width + x) * channels;
        const to = (row + Math.floor(x / windowWidth)) * channels;
        for (let c = 0; c < channels; c++) visit(from + c, to + c);
      }
    }
  }
}

// Max pooling in plain TypeScript: the "cpu" backend and the base of finite differences.
// The winner of a window is its first largest value in row-major order; backward finds it again from the kept input.

import { type PlannedMaxPool, sizeOf } from "./plan";

/** output = largest value of each window. */
export function maxPoolForward(
  layer: PlannedMaxPool,
  input: Float64Array,
  output: Float64Array,
  batchSize: number,
): void {
  eachWinner(layer, input, batchSize, (from, to) => {
    output[to] = input[from]!;
  });
}

/** Adds the gradient of every window to that of its first largest value. */
export function maxPoolBackward(
  layer: PlannedMaxPool,
  input: Float64Array,
  delta: Float64Array,
  inputGradient: Float64Array,
  batchSize: number,
): void {
  eachWinner(layer, input, batchSize, (from, to) => {
    inputGradient[from] = inputGradient[from]! + delta[to]!;
  });
}

/** Visits every window and channel with the index of its winner in the input and of its result in the output. */
function eachWinner(
  layer: PlannedMaxPool,
  input: Float64Array,
  batchSize: number,
  visit: (from: number, to: number) => void,
): void {
  const [, width, channels] = layer.input;
  const [outHeight, outWidth] = layer.output;
  let to = 0;
  for (let b = 0; b < batchSize; b++) {
    for (let row = 0; row < outHeight; row++) {
      for (let column = 0; column < outWidth; column++) {
        const origin = b * sizeOf(layer.input) + (row * width + column) * layer.stride * channels;
        for (let c = 0; c < channels; c++) visit(winnerOf(layer, input, origin + c), to++);
      }
    }
  }
}

/** Index of the first largest value of the window whose top left number of this channel is at `origin`. */
function winnerOf(layer: PlannedMaxPool, input: Float64Array, origin: number): number {
  const [, width, channels] = layer.input;
  let winner = origin;
  for (let i = 0; i < layer.window; i++) {
    for (let j = 0; j < layer.window; j++) {
      const at = origin + (i * width + j) * channels;
      if (input[at]! > input[winner]!) winner = at;
    }
  }
  return winner;
}

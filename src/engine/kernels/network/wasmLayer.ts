// What the layers of a wasm network share: the context, the interface, and the kernels' codes of activations.

import type { Activation } from "../../nn/network";
import type { Kernels } from "../assembly/module";
import type { Grid, Tensor } from "./wasmTensor";

/** What all layers of one network share. `images` is the capacity, at least MIN_ROWS. */
export type WasmContext = {
  readonly kernels: Kernels;
  readonly images: number;
  readonly parameters: number;
  readonly gradient: number;
  readonly scratchRows: number;
  readonly scratchDelta: number;
  /** Null where no layer of the network is a WasmWinograd. */
  readonly planes: WinogradPlanes | null;
};

/** The transformed tiles of one chunk of images, before and after the products of WasmWinograd. */
export type WinogradPlanes = { readonly input: number; readonly output: number };

export interface WasmLayer {
  /** Packs the current weights; once after every change of the parameters. */
  pack(): void;
  /** Images `first` to `first + count - 1`. Of a layer with fewer than MIN_ROWS output pixels, all images at once. */
  forward(first: number, count: number): void;
  /** Adds to the parameter gradients, or overwrites them, and writes the gradient of the layer's input. */
  backward(batchSize: number, isAdding: boolean): void;
}

/** A product needs this many rows; smaller batches compute rows that nobody reads. */
export const MIN_ROWS = 6;

/** Codes of Product.activation: of an activation, and of the derivative at a stored activation. */
export const ACTIVATION = { none: 0, relu: 1, tanh: 2 } as const;
export const DERIVATIVE = { none: 0, relu: 3, tanh: 4 } as const;

/** A layer's input and output, and the activation that made the input. */
export type LayerTensors = { readonly input: Tensor; readonly output: Tensor; readonly inputActivation: Activation };

/** The gradient of a tensor that has one: every tensor but the network's input. */
export function gradientOf(tensor: Tensor): Grid {
  if (tensor.gradient === null) throw new TypeError("this tensor has no gradient");
  return tensor.gradient;
}

// A small feed-forward network: the interface the recognition models stand on. kernels/ implements it three times.

import type { ParameterBlock } from "../optim/parameterBlock";

export type Activation = "none" | "relu" | "tanh";

/** Layers in order. Images are NHWC; conv weights [kh, kw, in, out]; dense weights [in, out]; then biases [out]. */
export type LayerSpec =
  | {
      readonly kind: "conv";
      readonly kernel: readonly [height: number, width: number];
      readonly stride: number;
      /** Zero padding on each side: [rows, columns]. */
      readonly padding: readonly [rows: number, columns: number];
      readonly channels: number;
      readonly activation: Activation;
    }
  /** Average pooling to a fixed grid; the input sides must be multiples of it. [1, 1] is the global average. */
  | { readonly kind: "averagePool"; readonly grid: readonly [height: number, width: number] }
  /**
   * Largest value of every square window that lies inside the image; windows overlap where stride < window, and what no
   * window covers is not read. A window is at most 16 wide. The gradient goes to the first largest value in row-major order, on every backend.
   */
  | { readonly kind: "maxPool"; readonly window: number; readonly stride: number }
  | { readonly kind: "dense"; readonly units: number; readonly activation: Activation };

export type NetworkSpec = {
  readonly name: string;
  /** [height, width, channels]; a flat input of n numbers is [1, 1, n]. */
  readonly input: readonly [height: number, width: number, channels: number];
  readonly layers: readonly LayerSpec[];
};

export interface Network {
  readonly spec: NetworkSpec;
  readonly inputSize: number;
  readonly outputSize: number;
  /** Largest batch of one call. Callers with more rows call several times. */
  readonly capacity: number;
  /** All weights and biases, layer by layer, weights before biases, unpadded: the same layout on every backend. */
  readonly block: ParameterBlock;
  /**
   * @param input [B, inputSize], B <= capacity
   * @returns [B, outputSize], a fresh array. Activations are kept for `backward`.
   */
  forward(input: Float32Array, batchSize: number): Promise<Float32Array>;
  /** Adds the gradient of sum(output * outputGradient) for the latest forward to the block. outputGradient [B, outputSize]. */
  backward(outputGradient: Float32Array): Promise<void>;
  dispose(): void;
}

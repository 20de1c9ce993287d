// A named flat block of parameters with its gradient and its Adam state. Theta's small blocks are plain typed arrays;
// a network's block lives where its kernel lives (wasm memory, GPU buffer) and is read only for checkpoints.

/** A block's full state, for checkpoints: three arrays of `size` numbers. */
export type BlockState = {
  readonly values: Float64Array | Float32Array;
  readonly moment1: Float64Array | Float32Array;
  readonly moment2: Float64Array | Float32Array;
};

export interface ParameterBlock {
  /** "theta.noise", "theta.prior", "phi.network": unique within a model. */
  readonly name: string;
  readonly group: "theta" | "phi";
  readonly size: number;
  zeroGradient(): void;
  /** Sum of squared gradient entries; NaN or Infinity if any entry is. Read once per step by the non-finite guard. */
  gradientSquared(): Promise<number>;
  /** Multiplies the accumulated gradient by a positive factor. */
  scaleGradient(factor: number): void;
  /**
   * One Adam step on the accumulated gradient (beta 0.9, 0.999; epsilon 1e-8; Kingma & Ba 2015, algorithm 1).
   * @param rate learning rate
   * @param time step number t >= 1 for the bias correction
   */
  adam(rate: number, time: number): void;
  read(): Promise<BlockState>;
  write(state: BlockState): Promise<void>;
}

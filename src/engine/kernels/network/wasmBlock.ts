// A network's parameters in wasm memory: four flat float32 arrays in the padded layout of the kernels.
// The padding is zero and stays zero: its gradients are zero, and Adam moves nothing on a zero gradient.

import type { BlockState, ParameterBlock } from "../../optim/parameterBlock";
import { ADAM } from "../../optim/plainBlock";
import { requireState } from "../../optim/requireState";
import { allocate } from "../assembly/jobs";
import type { Kernels } from "../assembly/module";
import { requireHeld } from "./calls";

export class WasmBlock implements ParameterBlock {
  readonly name: string;
  readonly group: "theta" | "phi";
  readonly size: number;
  /** Addresses of `paddedSize` floats each. */
  readonly values: number;
  readonly gradient: number;
  private readonly moment1: number;
  private readonly moment2: number;
  private held: Kernels | null;
  private readonly paddedSize: number;
  /** places[i]: where number i of the public, unpadded layout stands. */
  private readonly places: Uint32Array;
  private isZeroed = true;
  private hasMoved = true;

  constructor(kernels: Kernels, name: string, group: "theta" | "phi", places: Uint32Array, paddedSize: number) {
    this.held = kernels;
    this.name = name;
    this.group = group;
    this.size = places.length;
    this.places = places;
    this.paddedSize = (paddedSize + 3) & ~3;
    this.values = allocate(kernels, this.paddedSize);
    this.gradient = allocate(kernels, this.paddedSize);
    this.moment1 = allocate(kernels, this.paddedSize);
    this.moment2 = allocate(kernels, this.paddedSize);
  }

  /** Lazy: the next backward pass overwrites instead of adding. */
  zeroGradient(): void {
    this.isZeroed = true;
  }

  /** True if the gradient counts as zero; from now on it does not. For the backward pass that overwrites it. */
  takeZeroed(): boolean {
    const wasZeroed = this.isZeroed;
    this.isZeroed = false;
    return wasZeroed;
  }

  /** True once after every change of the values: the kernels must pack them again. */
  takeMoved(): boolean {
    const hasMoved = this.hasMoved;
    this.hasMoved = false;
    return hasMoved;
  }

  async gradientSquared(): Promise<number> {
    this.settle();
    return this.kernels.sumSquares(this.gradient, this.paddedSize);
  }

  scaleGradient(factor: number): void {
    this.settle();
    const gradient = this.view(this.gradient);
    for (let i = 0; i < gradient.length; i++) gradient[i] = gradient[i]! * factor;
  }

  adam(rate: number, time: number): void {
    this.settle();
    const { beta1, beta2, epsilon } = ADAM;
    const { values, gradient, moment1, moment2, paddedSize } = this;
    const corrections = [1 - beta1 ** time, 1 - beta2 ** time] as const;
    this.kernels.adam(values, gradient, moment1, moment2, paddedSize, rate, beta1, beta2, ...corrections, epsilon);
    this.hasMoved = true;
  }

  async read(): Promise<BlockState> {
    const gather = (address: number) => {
      const padded = this.view(address);
      const values = new Float32Array(this.size);
      // A plain loop: over ten times as fast as Float32Array.from, and a run keeps its state often.
      for (let i = 0; i < values.length; i++) values[i] = padded[this.places[i]!]!;
      return values;
    };
    return { values: gather(this.values), moment1: gather(this.moment1), moment2: gather(this.moment2) };
  }

  async write(state: BlockState): Promise<void> {
    requireState(this, state);
    this.scatter(this.values, state.values);
    this.scatter(this.moment1, state.moment1);
    this.scatter(this.moment2, state.moment2);
    this.hasMoved = true;
  }

  /** Sets the values in the public layout and leaves Adam's state alone. */
  setValues(values: ArrayLike<number>): void {
    this.scatter(this.values, values);
    this.hasMoved = true;
  }

  /** The gradient in the public layout: for tests and for pictures. */
  readGradient(): Float32Array {
    this.settle();
    const padded = this.view(this.gradient);
    return Float32Array.from(this.places, (place) => padded[place]!);
  }

  /** Lets go of the wasm memory. */
  dispose(): void {
    this.held = null;
  }

  private get kernels(): Kernels {
    return requireHeld(this.held, this.name);
  }

  private settle(): void {
    if (!this.isZeroed) return;
    this.kernels.zero(this.gradient, this.paddedSize * 4);
    this.isZeroed = false;
  }

  private scatter(address: number, from: ArrayLike<number>): void {
    const padded = this.view(address);
    for (let i = 0; i < this.size; i++) padded[this.places[i]!] = from[i]!;
  }

  private view(address: number): Float32Array {
    return new Float32Array(this.kernels.memory.buffer, address, this.paddedSize);
  }
}

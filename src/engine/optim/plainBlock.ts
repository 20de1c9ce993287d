// A parameter block in plain typed arrays (float64): theta's small blocks, and networks on the "cpu" backend.
// Adam: Kingma & Ba 2015, algorithm 1, with beta 0.9, 0.999 and epsilon 1e-8 (MWS spec 1.6).

import type { BlockState, ParameterBlock } from "./parameterBlock";
import { requireState } from "./requireState";

export const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;

/** Parameters with their gradient and Adam state, all float64. `values` and `gradient` may be read and written freely. */
export class PlainBlock implements ParameterBlock {
  readonly name: string;
  readonly group: "theta" | "phi";
  readonly size: number;
  readonly values: Float64Array;
  /** Gradient of the loss (descent direction is minus this). */
  readonly gradient: Float64Array;
  private readonly moment1: Float64Array;
  private readonly moment2: Float64Array;

  constructor(name: string, group: "theta" | "phi", initial: ArrayLike<number>) {
    this.name = name;
    this.group = group;
    this.size = initial.length;
    this.values = Float64Array.from(initial);
    this.gradient = new Float64Array(this.size);
    this.moment1 = new Float64Array(this.size);
    this.moment2 = new Float64Array(this.size);
  }

  zeroGradient(): void {
    this.gradient.fill(0);
  }

  async gradientSquared(): Promise<number> {
    let sum = 0;
    for (let i = 0; i < this.size; i++) sum += this.gradient[i]! ** 2;
    return sum;
  }

  scaleGradient(factor: number): void {
    for (let i = 0; i < this.size; i++) this.gradient[i] = this.gradient[i]! * factor;
  }

  adam(rate: number, time: number): void {
    const { beta1, beta2, epsilon } = ADAM;
    const correction1 = 1 - beta1 ** time;
    const correction2 = 1 - beta2 ** time;
    for (let i = 0; i < this.size; i++) {
      const g = this.gradient[i]!;
      const m = beta1 * this.moment1[i]! + (1 - beta1) * g;
      const v = beta2 * this.moment2[i]! + (1 - beta2) * g * g;
      this.moment1[i] = m;
      this.moment2[i] = v;
      this.values[i] = this.values[i]! - (rate * (m / correction1)) / (Math.sqrt(v / correction2) + epsilon);
    }
  }

  async read(): Promise<BlockState> {
    return { values: this.values.slice(), moment1: this.moment1.slice(), moment2: this.moment2.slice() };
  }

  async write(state: BlockState): Promise<void> {
    requireState(this, state);
    this.values.set(state.values);
    this.moment1.set(state.moment1);
    this.moment2.set(state.moment2);
  }
}

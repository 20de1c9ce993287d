// A parameter block that counts its changes, so that whatever was computed from it knows when it is stale.

import type { BlockState, ParameterBlock } from "./parameterBlock";

/** `inner` with a version that grows with every Adam step and every write. */
export class CountedBlock implements ParameterBlock {
  readonly name: string;
  readonly group: "theta" | "phi";
  readonly size: number;
  version = 0;
  private readonly inner: ParameterBlock;

  constructor(inner: ParameterBlock) {
    this.inner = inner;
    this.name = inner.name;
    this.group = inner.group;
    this.size = inner.size;
  }

  zeroGradient(): void {
    this.inner.zeroGradient();
  }

  gradientSquared(): Promise<number> {
    return this.inner.gradientSquared();
  }

  scaleGradient(factor: number): void {
    this.inner.scaleGradient(factor);
  }

  adam(rate: number, time: number): void {
    this.version++;
    this.inner.adam(rate, time);
  }

  read(): Promise<BlockState> {
    return this.inner.read();
  }

  write(state: BlockState): Promise<void> {
    this.version++;
    return this.inner.write(state);
  }
}

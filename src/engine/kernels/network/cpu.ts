// The network on the "cpu" backend: plain TypeScript in float64, rounded to float32 only at the interface.
// It is the slowest and the most exact of the implementations; finite differences are taken from it.

import type { Network, NetworkSpec } from "../../nn/network";
import type { PlainBlock } from "../../optim/plainBlock";
import { requireBatch, requireForward } from "./calls";
import { activationGradient, convBackward, convForward, poolBackward, poolForward } from "./cpuLayers";
import { maxPoolBackward, maxPoolForward } from "./cpuMaxPool";
import { type NetworkPlan, sizeOf } from "./plan";

export class CpuNetwork implements Network {
  readonly spec: NetworkSpec;
  readonly inputSize: number;
  readonly outputSize: number;
  readonly capacity: number;
  readonly block: PlainBlock;
  private readonly plan: NetworkPlan;
  /** Activations, [capacity, size] each: the input first, then the output of every layer. */
  private readonly values: readonly Float64Array[];
  private readonly deltas: readonly Float64Array[];
  private batchSize = 0;

  constructor(spec: NetworkSpec, plan: NetworkPlan, block: PlainBlock, capacity: number) {
    this.spec = spec;
    this.plan = plan;
    this.block = block;
    this.capacity = capacity;
    this.inputSize = plan.inputSize;
    this.outputSize = plan.outputSize;
    const sizes = [plan.inputSize, ...plan.layers.map((layer) => sizeOf(layer.output))];
    this.values = sizes.map((size) => new Float64Array(capacity * size));
    this.deltas = sizes.map((size) => new Float64Array(capacity * size));
  }

  async forward(input: Float32Array, batchSize: number): Promise<Float32Array> {
    return Float32Array.from(this.forwardExact(input, batchSize));
  }

  async backward(outputGradient: Float32Array): Promise<void> {
    this.backwardExact(outputGradient);
  }

  /** `forward` without rounding: [B, outputSize] in float64. */
  forwardExact(input: Float32Array | Float64Array, batchSize: number): Float64Array {
    requireBatch(this, input, batchSize);
    this.batchSize = batchSize;
    this.values[0]!.set(input.subarray(0, batchSize * this.inputSize));
    for (const [index, layer] of this.plan.layers.entries()) {
      const from = this.values[index]!;
      const to = this.values[index + 1]!;
      if (layer.kind === "conv") convForward(layer, this.block.values, from, to, batchSize);
      else if (layer.kind === "averagePool") poolForward(layer, from, to, batchSize);
      else maxPoolForward(layer, from, to, batchSize);
    }
    return this.values[this.plan.layers.length]!.slice(0, batchSize * this.outputSize);
  }

  /** `backward` without rounding. */
  backwardExact(outputGradient: Float32Array | Float64Array): void {
    requireForward(this, outputGradient, this.batchSize);
    const { layers } = this.plan;
    const batchSize = this.batchSize;
    this.deltas[layers.length]!.set(outputGradient);
    for (let index = layers.length - 1; index >= 0; index--) {
      const layer = layers[index]!;
      const delta = this.deltas[index + 1]!;
      const inputGradient = index === 0 ? null : this.deltas[index]!;
      inputGradient?.fill(0);
      if (layer.kind === "averagePool") {
        if (inputGradient) poolBackward(layer, delta, inputGradient, batchSize);
        continue;
      }
      if (layer.kind === "maxPool") {
        if (inputGradient) maxPoolBackward(layer, this.values[index]!, delta, inputGradient, batchSize);
        continue;
      }
      activationGradient(layer.activation, this.values[index + 1]!, delta, batchSize * sizeOf(layer.output));
      const { values: parameters, gradient } = this.block;
      convBackward(layer, { parameters, gradient, input: this.values[index]!, delta, inputGradient }, batchSize);
    }
  }

  dispose(): void {
    this.batchSize = 0;
  }
}

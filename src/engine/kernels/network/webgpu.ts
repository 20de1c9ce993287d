// The network on WebGPU: parameters, activations and gradients stay on the GPU; a forward pass uploads its input and
// reads back its output, a backward pass uploads the output's gradient and reads nothing.

import type { Activation, Network, NetworkSpec } from "../../nn/network";
import { type GpuArray, type GpuNumber, type GpuProgram, openWebgpu, type WebgpuSession } from "../tfjsWebgpu";
import { requireBatch, requireForward } from "./calls";
import { activationOf, type NetworkPlan, type PlannedLayer, sizeOf } from "./plan";
import { WebgpuBlock } from "./webgpuBlock";
import { maxPoolBackwardProgram, maxPoolForwardProgram } from "./webgpuMaxPool";
import {
  convForwardProgram,
  convInputProgram,
  convWeightProgram,
  poolBackwardProgram,
  poolForwardProgram,
  slopeProgram,
} from "./webgpuPrograms";

/**
 * A network on this worker's graphics device.
 *
 * @param block.initial [parameterCount] in the public layout
 * @throws LabError("backend") if there is no adapter
 */
export async function createWebgpuNetwork(
  spec: NetworkSpec,
  plan: NetworkPlan,
  block: { readonly name: string; readonly group: "theta" | "phi"; readonly initial: Float32Array },
  capacity: number,
): Promise<WebgpuNetwork> {
  return new WebgpuNetwork(await openWebgpu(), spec, plan, block, capacity);
}

export class WebgpuNetwork implements Network {
  readonly spec: NetworkSpec;
  readonly inputSize: number;
  readonly outputSize: number;
  readonly capacity: number;
  readonly block: WebgpuBlock;
  private readonly session: WebgpuSession;
  private readonly plan: NetworkPlan;
  /** Input and output of every layer in the latest forward pass. */
  private values: readonly GpuArray[] = [];
  private batchSize = 0;

  constructor(
    session: WebgpuSession,
    spec: NetworkSpec,
    plan: NetworkPlan,
    block: { readonly name: string; readonly group: "theta" | "phi"; readonly initial: Float32Array },
    capacity: number,
  ) {
    this.session = session;
    this.spec = spec;
    this.plan = plan;
    this.capacity = capacity;
    this.inputSize = plan.inputSize;
    this.outputSize = plan.outputSize;
    this.block = new WebgpuBlock(session, block.name, block.group, block.initial);
  }

  async forward(input: Float32Array, batchSize: number): Promise<Float32Array> {
    requireBatch(this, input, batchSize);
    const { session, plan, block } = this;
    this.freeValues();
    const values = [session.upload(input.subarray(0, batchSize * this.inputSize))];
    for (const [index, layer] of plan.layers.entries()) {
      const from = values[index]!;
      const count = batchSize * sizeOf(layer.output);
      const inputs = layer.kind === "conv" ? [from, block.state] : [from];
      values.push(session.run(forwardProgram(layer), inputs, [], count));
    }
    this.values = values;
    this.batchSize = batchSize;
    return session.read(values.at(-1)!);
  }

  async backward(outputGradient: Float32Array): Promise<void> {
    requireForward(this, outputGradient, this.batchSize);
    const { session, batchSize } = this;
    const { layers } = this.plan;
    const isAdding = !this.block.takeZeroed();
    let delta = this.beforeActivation(session.upload(outputGradient), activationOf(layers.at(-1)));
    for (let index = layers.length - 1; index >= 0; index--) {
      const layer = layers[index]!;
      if (layer.kind === "conv") this.addWeightGradient(index, delta, isAdding);
      if (index > 0) {
        const inputs = this.inputGradientArrays(index, delta);
        const program = inputProgram(layer, activationOf(layers[index - 1]));
        const before = session.run(program, inputs, [], batchSize * sizeOf(layer.input));
        session.free(delta);
        delta = before;
      }
    }
    session.free(delta);
  }

  dispose(): void {
    this.freeValues();
    this.block.dispose();
  }

  /** Replaces the gradient after an activation by the one before it. */
  private beforeActivation(delta: GpuArray, activation: Activation): GpuArray {
    if (activation === "none") return delta;
    const before = this.session.run(slopeProgram(activation), [delta, this.values.at(-1)!], [], delta.length);
    this.session.free(delta);
    return before;
  }

  private addWeightGradient(index: number, delta: GpuArray, isAdding: boolean): void {
    const layer = this.plan.layers[index]!;
    if (layer.kind !== "conv") return;
    const [height, , channels] = layer.output;
    const lines: GpuNumber = { type: "int32", data: [this.batchSize * height] };
    const adding: GpuNumber = { type: "int32", data: [isAdding ? 1 : 0] };
    const count = (layer.fanIn + 1) * channels;
    const program = convWeightProgram(layer, this.batchSize);
    this.session.run(program, [this.values[index]!, delta], [lines, adding], count, this.block.gradient);
  }

  /** What the program of `inputProgram` reads, in its order. */
  private inputGradientArrays(index: number, delta: GpuArray): readonly GpuArray[] {
    const { layers } = this.plan;
    const { kind } = layers[index]!;
    const parameters = kind === "conv" ? [this.block.state] : [];
    const readsInput = kind === "maxPool" || activationOf(layers[index - 1]) !== "none";
    return [delta, ...parameters, ...(readsInput ? [this.values[index]!] : [])];
  }

  private freeValues(): void {
    for (const array of this.values) this.session.free(array);
    this.values = [];
    this.batchSize = 0;
  }
}

function forwardProgram(layer: PlannedLayer): GpuProgram {
  if (layer.kind === "conv") return convForwardProgram(layer);
  return layer.kind === "averagePool" ? poolForwardProgram(layer) : maxPoolForwardProgram(layer);
}

/** The gradient of a layer's input, before the activation that made it. */
function inputProgram(layer: PlannedLayer, inputActivation: Activation): GpuProgram {
  if (layer.kind === "conv") return convInputProgram(layer, inputActivation);
  if (layer.kind === "averagePool") return poolBackwardProgram(layer, inputActivation);
  return maxPoolBackwardProgram(layer, inputActivation);
}

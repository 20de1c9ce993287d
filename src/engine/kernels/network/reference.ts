// The oracle: the same network in eager tfjs with its autodiff, on any tfjs backend that has the kernels.
// Never the hot path: 14 to 78 times slower than the kernels here. Tests and benchmarks hand in tfjs themselves.

import type { Rank, Tensor, Tensor1D, Tensor4D } from "@tensorflow/tfjs-core";
import type { Network, NetworkSpec } from "../../nn/network";
import type { BlockState, ParameterBlock } from "../../optim/parameterBlock";
import { ADAM } from "../../optim/plainBlock";
import { requireState } from "../../optim/requireState";
import { requireBatch, requireForward } from "./calls";
import { isFull, type NetworkPlan, type PlannedConv, planNetwork } from "./plan";

/** tfjs-core with its gradients registered; the backend is the caller's choice. */
export type Tfjs = typeof import("@tensorflow/tfjs-core");

/** Weights [kh, kw, in, out] and biases [out] of every convolution, in layer order. */
export type ReferenceParameters = readonly Tensor[];

/** Output [B, outputSize] of the network as tfjs operations, for tfjs to differentiate. */
export function referenceForward(
  tf: Tfjs,
  plan: NetworkPlan,
  parameters: ReferenceParameters,
  input: Tensor4D,
): Tensor<Rank.R2> {
  let values: Tensor4D = input;
  let next = 0;
  for (const layer of plan.layers) {
    if (layer.kind === "averagePool") {
      const window: [number, number] = [...layer.window];
      values = tf.avgPool(values, window, window, "valid");
      continue;
    }
    if (layer.kind === "maxPool") {
      values = tf.maxPool(values, layer.window, layer.stride, "valid");
      continue;
    }
    // Each convolution has two entries, made by toParameters with these ranks.
    const weights = parameters[next++] as Tensor4D;
    const biases = parameters[next++] as Tensor1D;
    const sums = isFull(layer) ? dense(tf, values, weights, biases) : conv(tf, layer, values, weights, biases);
    values = layer.activation === "relu" ? tf.relu(sums) : layer.activation === "tanh" ? tf.tanh(sums) : sums;
  }
  return tf.reshape(values, [values.shape[0], plan.outputSize]);
}

function conv(tf: Tfjs, layer: PlannedConv, values: Tensor4D, weights: Tensor4D, biases: Tensor1D): Tensor4D {
  const [rows, columns] = layer.padding;
  const padded = tf.pad(values, [
    [0, 0],
    [rows, rows],
    [columns, columns],
    [0, 0],
  ]);
  return tf.add<Tensor4D>(tf.conv2d(padded, weights, layer.stride, "valid"), biases);
}

/** A kernel that covers the image is a matrix product: faster in tfjs, and its wasm backend can differentiate it. */
function dense(tf: Tfjs, values: Tensor4D, weights: Tensor4D, biases: Tensor1D): Tensor4D {
  const [height, width, channels, units] = weights.shape;
  const depth = height * width * channels;
  const product = tf.matMul(tf.reshape(values, [-1, depth]), tf.reshape(weights, [depth, units]));
  return tf.reshape(tf.add(product, biases), [values.shape[0], 1, 1, units]);
}

/** The flat block as one tensor for every weight and bias array. The caller disposes them. */
export function toParameters(tf: Tfjs, plan: NetworkPlan, flat: ArrayLike<number>): Tensor[] {
  const all = Float32Array.from(flat);
  return convsOf(plan).flatMap((layer) => {
    const [, , outChannels] = layer.output;
    const weights = all.subarray(layer.weightOffset, layer.biasOffset);
    const biases = all.subarray(layer.biasOffset, layer.biasOffset + outChannels);
    return [tf.tensor4d(weights, [...layer.kernel, layer.input[2], outChannels]), tf.tensor1d(biases)];
  });
}

/** The network on tfjs' current backend. */
export class ReferenceNetwork implements Network {
  readonly spec: NetworkSpec;
  readonly inputSize: number;
  readonly outputSize: number;
  readonly capacity: number;
  readonly block: ReferenceBlock;
  private readonly tf: Tfjs;
  private readonly plan: NetworkPlan;
  private input = new Float32Array(0);
  private batchSize = 0;

  /** @param initial [parameterCount] in the public layout */
  constructor(tf: Tfjs, spec: NetworkSpec, initial: ArrayLike<number>, capacity: number, blockName = "phi.network") {
    this.tf = tf;
    this.spec = spec;
    this.plan = planNetwork(spec);
    this.capacity = capacity;
    this.inputSize = this.plan.inputSize;
    this.outputSize = this.plan.outputSize;
    this.block = new ReferenceBlock(tf, blockName, initial);
  }

  async forward(input: Float32Array, batchSize: number): Promise<Float32Array> {
    requireBatch(this, input, batchSize);
    this.batchSize = batchSize;
    this.input = input.slice(0, batchSize * this.inputSize);
    const { tf, plan } = this;
    const flat = await this.block.values.data();
    const output = tf.tidy(() => referenceForward(tf, plan, toParameters(tf, plan, flat), this.inputTensor()));
    const data = await output.data<"float32">();
    output.dispose();
    return Float32Array.from(data);
  }

  /** Runs the forward pass once more under tfjs' tape. */
  async backward(outputGradient: Float32Array): Promise<void> {
    requireForward(this, outputGradient, this.batchSize);
    const { tf, plan, batchSize } = this;
    const values = await this.block.values.data();
    const flat = tf.tidy(() => {
      const input = this.inputTensor();
      const parameters = toParameters(tf, plan, values);
      const upstream = tf.tensor2d(outputGradient, [batchSize, this.outputSize]);
      const gradients = tf.grads((...given: Tensor[]) => referenceForward(tf, plan, given, input))(
        parameters,
        upstream,
      );
      return tf.concat(gradients.map((gradient) => tf.reshape(gradient, [-1])));
    });
    this.block.addGradient(flat);
    flat.dispose();
  }

  dispose(): void {
    this.block.dispose();
  }

  private inputTensor(): Tensor4D {
    const [height, width, channels] = this.spec.input;
    return this.tf.tensor4d(this.input, [this.batchSize, height, width, channels]);
  }
}

/** Flat parameters with Adam in eager tfjs operations. Source: Kingma & Ba 2015, algorithm 1. */
export class ReferenceBlock implements ParameterBlock {
  readonly name: string;
  readonly group: "theta" | "phi";
  readonly size: number;
  values: Tensor;
  private gradient: Tensor;
  private moment1: Tensor;
  private moment2: Tensor;
  private readonly tf: Tfjs;

  constructor(tf: Tfjs, name: string, initial: ArrayLike<number>) {
    this.tf = tf;
    this.name = name;
    this.group = name.startsWith("theta") ? "theta" : "phi";
    this.size = initial.length;
    this.values = tf.tensor1d(Float32Array.from(initial));
    this.gradient = tf.zeros([this.size]);
    this.moment1 = tf.zeros([this.size]);
    this.moment2 = tf.zeros([this.size]);
  }

  zeroGradient(): void {
    this.gradient = this.replace(this.gradient, this.tf.zeros([this.size]));
  }

  addGradient(flat: Tensor): void {
    this.gradient = this.replace(this.gradient, this.tf.add(this.gradient, flat));
  }

  async readGradient(): Promise<Float32Array> {
    return Float32Array.from(await this.gradient.data<"float32">());
  }

  async gradientSquared(): Promise<number> {
    return (await this.readGradient()).reduce((sum, g) => sum + g * g, 0);
  }

  scaleGradient(factor: number): void {
    this.gradient = this.replace(this.gradient, this.tf.mul(this.gradient, factor));
  }

  adam(rate: number, time: number): void {
    const { tf, gradient } = this;
    const { beta1, beta2, epsilon } = ADAM;
    const [moment1, moment2, values] = tf.tidy(() => {
      const m = tf.add(tf.mul(this.moment1, beta1), tf.mul(gradient, 1 - beta1));
      const v = tf.add(tf.mul(this.moment2, beta2), tf.mul(tf.square(gradient), 1 - beta2));
      const spread = tf.add(tf.sqrt(tf.div(v, 1 - beta2 ** time)), epsilon);
      const change = tf.div(tf.mul(m, rate / (1 - beta1 ** time)), spread);
      return [m, v, tf.sub(this.values, change)] as const;
    }) as [Tensor, Tensor, Tensor]; // tidy forgets that a tuple comes back
    this.moment1 = this.replace(this.moment1, moment1);
    this.moment2 = this.replace(this.moment2, moment2);
    this.values = this.replace(this.values, values);
  }

  async read(): Promise<BlockState> {
    const numbers = async (tensor: Tensor) => Float32Array.from(await tensor.data<"float32">());
    const [values, moment1, moment2] = await Promise.all([this.values, this.moment1, this.moment2].map(numbers));
    // Promise.all over three tensors gives three arrays.
    return { values: values!, moment1: moment1!, moment2: moment2! };
  }

  async write(state: BlockState): Promise<void> {
    requireState(this, state);
    const tensor = (numbers: ArrayLike<number>) => this.tf.tensor1d(Float32Array.from(numbers));
    this.values = this.replace(this.values, tensor(state.values));
    this.moment1 = this.replace(this.moment1, tensor(state.moment1));
    this.moment2 = this.replace(this.moment2, tensor(state.moment2));
  }

  dispose(): void {
    for (const tensor of [this.values, this.gradient, this.moment1, this.moment2]) tensor.dispose();
  }

  private replace(old: Tensor, fresh: Tensor): Tensor {
    old.dispose();
    return fresh;
  }
}

function convsOf(plan: NetworkPlan): readonly PlannedConv[] {
  return plan.layers.filter((layer) => layer.kind === "conv");
}

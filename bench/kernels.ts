// Networks: forward + backward + Adam at batch 20 on the best wasm build, beside eager tfjs with its own Adam.
// tfjs runs on its wasm backend where that has the gradients (the MLP). Convolutions have them only on its plain
// JavaScript backend, where a step of 20 images takes half a minute: there 2 images are timed and counted as a tenth (of the
// stroke encoder, the largest, 1 image). The stroke encoder also forward alone, and in arithmetic.

import { createRequire } from "node:module";
import type { Scalar } from "@tensorflow/tfjs-core";
import { encoderSpec } from "../src/domains/strokes/recognition";
import { enableRelaxedSimd } from "../src/engine/kernels/assembly/relaxedSimdInNode";
import { planNetwork, sizeOf } from "../src/engine/kernels/network/plan";
import { referenceForward, type Tfjs, toParameters } from "../src/engine/kernels/network/reference";
import { createNetwork, initialParameters } from "../src/engine/nn/createNetwork";
import type { LayerSpec, NetworkSpec } from "../src/engine/nn/network";
import { Rng } from "../src/engine/rng/rng";
import { type BenchResult, benchResult, measureRate } from "./result";

const BATCH = 20;
/** Images of a call where a fresh network evaluates strokes. */
const EVALUATION_BATCH = 50;
const RUNS = 5;
const STROKES = encoderSpec({ channels: [64, 128, 128, 64] });

type Case = {
  readonly name: string;
  readonly spec: NetworkSpec;
  readonly tfjs: "cpu" | "wasm";
  readonly tfjsBatch: number;
};

const CASES: readonly Case[] = [
  { name: "kernels.automata32", spec: encoder(32), tfjs: "cpu", tfjsBatch: 2 },
  { name: "kernels.automata64", spec: encoder(64), tfjs: "cpu", tfjsBatch: 2 },
  { name: "kernels.strokes", spec: STROKES, tfjs: "cpu", tfjsBatch: 1 },
  { name: "kernels.mlp", spec: smallMlp(), tfjs: "wasm", tfjsBatch: BATCH },
];

/** Training steps a second of each named network (all of them when absent). */
export async function benchKernels(names?: readonly string[]): Promise<BenchResult[]> {
  enableRelaxedSimd();
  const tf = loadTfjs();
  const results: BenchResult[] = [];
  for (const { name, spec, tfjs, tfjsBatch } of CASES) {
    if (names !== undefined && !names.includes(name)) continue;
    const rate = await measureRate(await wasmStep(spec), 1, { runs: RUNS, seconds: 0.3 });
    await tf.setBackend(tfjs);
    const reference = referenceStep(tf, spec, tfjsBatch);
    const referenceRate = await measureRate(reference.step, tfjsBatch / BATCH, { runs: 3, seconds: 0.1 });
    reference.dispose();
    results.push(benchResult(name, "steps", rate, referenceRate, RUNS));
    if (spec === STROKES) results.push(...(await benchStrokes(rate)));
  }
  return results;
}

/** The stroke encoder's arithmetic at this many training steps a second, and its rate forward alone. */
async function benchStrokes(stepRate: number): Promise<BenchResult[]> {
  const network = await createNetwork(STROKES, "wasm", new Rng(1), EVALUATION_BATCH);
  const { input } = numbers(STROKES, EVALUATION_BATCH);
  const forward = () => network.forward(input, EVALUATION_BATCH);
  const rate = await measureRate(forward, EVALUATION_BATCH, { runs: RUNS, seconds: 0.3 });
  network.dispose();
  return [
    benchResult("kernels.strokesArithmetic", "GFLOP", (stepRate * BATCH * stepFlops(STROKES)) / 1e9, null, RUNS),
    benchResult("kernels.strokesForward", "images", rate, null, RUNS),
  ];
}

/**
 * Additions and multiplications of one image's training step by the direct method, whatever the kernels save: one pass
 * forward, one for the weights, and one for the input where a layer has one to pass on.
 */
function stepFlops(spec: NetworkSpec): number {
  return planNetwork(spec).layers.reduce((sum, layer, index) => {
    if (layer.kind !== "conv") return sum;
    return sum + 2 * sizeOf(layer.output) * layer.fanIn * (index === 0 ? 2 : 3);
  }, 0);
}

/** The generic recognition network of automata (its specification, section 4) with 8 outputs. */
function encoder(size: number): NetworkSpec {
  const conv = (side: number, padding: number, channels: number): LayerSpec => ({
    kind: "conv",
    kernel: [side, side],
    stride: 2,
    padding: [padding, padding],
    channels,
    activation: "relu",
  });
  return {
    name: `automata ${size}x${size}`,
    input: [size, size, 1],
    layers: [
      conv(5, 2, 16),
      conv(3, 1, 32),
      conv(3, 1, 64),
      { kind: "averagePool", grid: [4, 4] },
      { kind: "dense", units: 128, activation: "relu" },
      { kind: "dense", units: 8, activation: "none" },
    ],
  };
}

function smallMlp(): NetworkSpec {
  return {
    name: "mlp 14-16-49",
    input: [1, 1, 14],
    layers: [
      { kind: "dense", units: 16, activation: "tanh" },
      { kind: "dense", units: 49, activation: "none" },
    ],
  };
}

async function wasmStep(spec: NetworkSpec): Promise<() => Promise<void>> {
  const network = await createNetwork(spec, "wasm", new Rng(1), BATCH);
  const { input, upstream } = numbers(spec, BATCH);
  let time = 0;
  return async () => {
    network.block.zeroGradient();
    await network.forward(input, BATCH);
    await network.backward(upstream);
    network.block.adam(1e-3, ++time);
  };
}

/** One step of eager tfjs on its current backend: one taped forward pass, its gradients, tfjs' own Adam. */
function referenceStep(tf: Tfjs, spec: NetworkSpec, batch: number): { step: () => Promise<void>; dispose: () => void } {
  const plan = planNetwork(spec);
  const { input, upstream } = numbers(spec, batch);
  const start = toParameters(tf, plan, initialParameters(plan, new Rng(1)));
  const variables = start.map((tensor) => tf.variable(tensor));
  const images = tf.tensor4d(input, [batch, ...spec.input]);
  const weights = tf.tensor2d(upstream, [batch, plan.outputSize]);
  const optimizer = tf.train.adam(1e-3, 0.9, 0.999, 1e-8);
  const step = async () => {
    const loss = optimizer.minimize(
      () => tf.sum<Scalar>(tf.mul(referenceForward(tf, plan, variables, images), weights)),
      true,
      variables,
    );
    // Reading a number makes the step finish, as a training loop would.
    await loss?.data();
    loss?.dispose();
  };
  const dispose = () => {
    for (const tensor of [...start, ...variables, images, weights]) tensor.dispose();
    optimizer.dispose();
  };
  return { step, dispose };
}

function numbers(spec: NetworkSpec, batch: number): { readonly input: Float32Array; readonly upstream: Float32Array } {
  const rng = new Rng(2);
  const { outputSize } = planNetwork(spec);
  const input = Float32Array.from({ length: batch * sizeOf(spec.input) }, () => rng.int(2) - 0.5);
  const upstream = Float32Array.from({ length: batch * outputSize }, () => rng.normal() / batch);
  return { input, upstream };
}

/** In Node, only the full package's own CommonJS entry registers gradients on the copy of the core that it uses. */
function loadTfjs(): Tfjs {
  const require = createRequire(import.meta.url);
  const tf: Tfjs = require("@tensorflow/tfjs");
  require("@tensorflow/tfjs-backend-wasm");
  return tf;
}

// Recurrent networks on the best wasm build beside eager tfjs on its own wasm backend, in the same run: the sizes of the time
// series of Hybrid Memoised Wake-Sleep (its specification, sections 9 and 14). One call is forward, backward and Adam.

import type { Scalar, Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";
import { enableRelaxedSimd } from "../src/engine/kernels/assembly/relaxedSimdInNode";
import { referenceRecurrent } from "../src/engine/kernels/recurrent/reference";
import { createRecurrent } from "../src/engine/nn/createRecurrent";
import type { RecurrentLanes, RecurrentSpec } from "../src/engine/nn/recurrent";
import { initialRecurrent, planRecurrent } from "../src/engine/nn/recurrentPlan";
import { Rng } from "../src/engine/rng/rng";
import { type BenchResult, benchResult, measureRate } from "./result";
import { loadTfjsWasm, type Tfjs } from "./tfjs";

const RUNS = 5;

type Case = {
  readonly spec: RecurrentSpec;
  readonly steps: number;
  /** Steps of each lane. */
  readonly lengths: readonly number[];
  readonly numGroups: number;
};

const CASES: readonly Case[] = [
  // 5 series and 25 fantasies of 128 points.
  { spec: specOf("signal", 1, 0, 0), steps: 128, lengths: lengthsOf(30, [128]), numGroups: 1 },
  // Strings of 4 symbols on average.
  { spec: specOf("expression", 11, 128, 12), steps: 10, lengths: lengthsOf(50, [1, 3, 5, 7]), numGroups: 5 },
  // 2.5 base kernels on average.
  { spec: specOf("parameters", 16, 256, 32), steps: 5, lengths: lengthsOf(250, [1, 2, 3, 4]), numGroups: 50 },
];

export async function benchRecurrent(): Promise<BenchResult[]> {
  enableRelaxedSimd();
  const tf = await loadTfjsWasm();
  const results: BenchResult[] = [];
  for (const one of CASES) {
    const lanes = lanesOf(one);
    const rate = await measureRate(await trainingStep(one.spec, lanes), 1, { runs: RUNS, seconds: 0.5 });
    const referenceRate = await measureRate(referenceStep(tf, one.spec, lanes), 1, { runs: 3, seconds: 0.3 });
    results.push(benchResult(one.spec.name, "calls", rate, referenceRate, RUNS));
    results.push(benchResult(`${one.spec.name}Arithmetic`, "GFLOP", (rate * stepFlops(one)) / 1e9, null, RUNS));
  }
  return results;
}

function specOf(name: string, inputs: number, context: number, outputs: number): RecurrentSpec {
  return { name: `recurrent.${name}`, inputs, context, hidden: 128, outputs };
}

function lengthsOf(count: number, lengths: readonly number[]): readonly number[] {
  return Array.from({ length: count }, (_, lane) => lengths[lane % lengths.length]!);
}

/** Random inputs, zeros before the first of a shifted sequence. */
function lanesOf({ spec, steps, lengths, numGroups }: Case): RecurrentLanes {
  const rng = new Rng(2);
  const perLane = steps * spec.inputs;
  const isShifted = spec.outputs > 0;
  const inputs = Float32Array.from({ length: lengths.length * perLane }, (_, i) => {
    return isShifted && i % perLane < spec.inputs ? 0 : rng.normal();
  });
  const context = spec.context > 0 ? Float32Array.from({ length: numGroups * spec.context }, () => rng.normal()) : null;
  const groups = Int32Array.from(lengths, (_, lane) => Math.floor((lane * numGroups) / lengths.length));
  return { steps, inputs, lengths: Int32Array.from(lengths), context, groups };
}

/** The loss is the sum of the outputs, or of the last states where there are none. */
async function trainingStep(spec: RecurrentSpec, lanes: RecurrentLanes): Promise<() => Promise<void>> {
  const network = await createRecurrent(spec, "wasm", new Rng(1), "phi.net");
  const count = lanes.lengths.length;
  const outputs = spec.outputs > 0 ? new Float32Array(count * lanes.steps * spec.outputs).fill(1) : null;
  const last = outputs ? null : new Float32Array(count * spec.hidden).fill(1);
  let time = 0;
  return async () => {
    network.block.zeroGradient();
    const { tape } = await network.forward(lanes, true);
    // Asked for with a tape.
    await network.backward(tape!, outputs, last, false);
    network.block.adam(1e-3, ++time);
  };
}

/** The same with eager tfjs; the loss is read back each time, as a training loop would. */
function referenceStep(tf: Tfjs, spec: RecurrentSpec, lanes: RecurrentLanes): () => Promise<void> {
  const plan = planRecurrent(spec);
  const block = tf.variable(tf.tensor1d(initialRecurrent(spec, plan, new Rng(1))));
  const inputs = tf.tensor3d(lanes.inputs, [lanes.lengths.length, lanes.steps, spec.inputs]);
  const { context: given } = lanes;
  const context = given && tf.variable(tf.tensor2d(given, [given.length / spec.context, spec.context]));
  const optimizer = tf.train.adam(1e-3, 0.9, 0.999, 1e-8);
  const loss = () => {
    // Variables of the shapes that they were made with.
    const seen = context as Tensor2D | null;
    const { outputs, last } = referenceRecurrent(tf, spec, plan, block as Tensor1D, inputs, seen, lanes);
    return tf.sum<Scalar>(outputs ?? last);
  };
  return async () => {
    const { value, grads } = tf.variableGrads(loss, context ? [block, context] : [block]);
    optimizer.applyGradients([{ name: block.name, tensor: grads[block.name]! }]);
    await value.data();
    tf.dispose([value, grads]);
  };
}

/** Additions and multiplications of the recurrent, input and output products, forward and twice as many back. */
function stepFlops({ spec, lengths }: Case): number {
  const steps = lengths.reduce((sum, length) => sum + length, 0);
  return 6 * steps * spec.hidden * (4 * (spec.hidden + spec.inputs) + spec.outputs);
}

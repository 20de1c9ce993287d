// Factored sequences on the best wasm build beside eager tfjs on its own wasm backend, all lanes at once, in the same run.
// The writer and the prior of the strokes domain: 10 tokens of 64 x 2 values, batches of 20 with 3 or 10 programs each.

import type { Scalar, Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";
import { enableRelaxedSimd } from "../src/engine/kernels/assembly/relaxedSimdInNode";
import { referenceFactorLogProb, referenceFactorSample } from "../src/engine/kernels/factorSequence/reference";
import { createFactorSequence } from "../src/engine/nn/createFactorSequence";
import { initialFactorSequence, planFactorSequence } from "../src/engine/nn/factorPlan";
import type { FactorLanes, FactorSequenceSpec } from "../src/engine/nn/factorSequence";
import { Rng } from "../src/engine/rng/rng";
import { type BenchResult, benchResult, measureRate } from "./result";
import { loadTfjsWasm, type Tfjs } from "./tfjs";

const RUNS = 5;
const BATCH = 20;
const TIMES = { runs: RUNS, seconds: 0.3 };

const SHAPE = { factors: [64, 2], steps: 10, forced: [{ step: 0, factor: 1, value: 0 }] };
const WRITER: FactorSequenceSpec = { ...SHAPE, name: "factorSequence.writer", hidden: 64, context: 64 };
const PRIOR: FactorSequenceSpec = { ...SHAPE, name: "factorSequence.prior", hidden: 4, context: 0 };

/** What a network and its lanes can do: one training step, scoring, sampling, and the three together. */
export async function benchFactorSequence(): Promise<BenchResult[]> {
  enableRelaxedSimd();
  const tf = await loadTfjsWasm();
  const results: BenchResult[] = [];
  for (const [spec, perImage] of [
    [WRITER, 3],
    [WRITER, 10],
    [PRIOR, 10],
  ] as const) {
    results.push(...(await benchOne(tf, spec, perImage)));
  }
  return results;
}

async function benchOne(tf: Tfjs, spec: FactorSequenceSpec, perImage: number): Promise<BenchResult[]> {
  const network = await createFactorSequence(spec, "wasm", new Rng(1), "phi.writer");
  const rng = new Rng(2);
  const groups = Int32Array.from({ length: BATCH * perImage }, (_, lane) => Math.floor(lane / perImage));
  const context =
    spec.context > 0 ? Float32Array.from({ length: BATCH * spec.context }, () => Math.max(0, rng.normal())) : null;
  const { tokens } = await network.sample(context, groups, rng);
  const lanes = { tokens, groups };
  const coefficient = new Float64Array(groups.length).fill(1 / groups.length);
  let time = 0;
  const score = () => network.logProb(context, lanes);
  const sample = () => network.sample(context, groups, new Rng(3, ++time));
  const train = async () => {
    network.block.zeroGradient();
    await network.accumulate(context, lanes, coefficient);
    network.block.adam(1e-3, ++time);
  };
  const all = async () => {
    await score();
    await sample();
    await train();
  };
  const reference = referenceWork(tf, spec, context, lanes);
  const name = `${spec.name}.k${perImage}`;
  const measure = async (what: string, work: () => unknown, referenceWork: (() => unknown) | null) => {
    const rate = await measureRate(work, 1, TIMES);
    const referenceRate = referenceWork && (await measureRate(referenceWork, 1, { runs: 3, seconds: 0.3 }));
    return benchResult(`${name}.${what}`, "calls", rate, referenceRate, RUNS);
  };
  return [
    await measure("train", train, reference.train),
    await measure("score", score, reference.score),
    await measure("sample", sample, reference.sample),
    await measure("all", all, async () => {
      await reference.score();
      await reference.sample();
      await reference.train();
    }),
  ];
}

/** The same with eager tfjs; a number is read back each time, as a training loop would. */
function referenceWork(tf: Tfjs, spec: FactorSequenceSpec, given: Float32Array | null, lanes: FactorLanes) {
  const plan = planFactorSequence(spec);
  const block = tf.variable(tf.tensor1d(initialFactorSequence(spec, plan, new Rng(1))));
  const context = given && tf.variable(tf.tensor2d(given, [given.length / spec.context, spec.context]));
  const optimizer = tf.train.adam(1e-3, 0.9, 0.999, 1e-8);
  const logProb = () =>
    // Variables of the shapes that they were made with.
    referenceFactorLogProb(tf, spec, plan, block as Tensor1D, context as Tensor2D | null, lanes);
  return {
    score: async () => {
      const values = tf.tidy(logProb);
      await values.data();
      values.dispose();
    },
    sample: async () => {
      tf.engine().startScope();
      await referenceFactorSample(tf, spec, plan, block as Tensor1D, context as Tensor2D | null, lanes.groups);
      tf.engine().endScope();
    },
    train: async () => {
      const loss = () => tf.neg(tf.mean<Scalar>(logProb()));
      const { value, grads } = tf.variableGrads(loss, context ? [block, context] : [block]);
      const toContext = context && grads[context.name];
      optimizer.applyGradients([{ name: block.name, tensor: grads[block.name]! }]);
      await (toContext ?? value).data();
      tf.dispose([value, grads]);
    },
  };
}

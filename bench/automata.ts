// Automata: pictures counted a second, rule scores a second, and live training steps a second on one thread.
// Reference: the same three by eager tfjs on its plain JavaScript backend, in the same process.

import { createRequire } from "node:module";
import { countAll } from "../src/domains/automata/counts";
import { GenerativeModel } from "../src/domains/automata/generative";
import { automata } from "../src/domains/automata/index";
import { AutomataModel } from "../src/domains/automata/model";
import { Pictures } from "../src/domains/automata/observations";
import { networkSpec, Recogniser } from "../src/domains/automata/recognition";
import { BernoulliPrior } from "../src/domains/automata/rulePrior";
import { mws } from "../src/engine/algorithms/mws";
import type { DomainInstance } from "../src/engine/domain";
import { planNetwork } from "../src/engine/kernels/network/plan";
import { ReferenceNetwork } from "../src/engine/kernels/network/reference";
import { createProgramMemory } from "../src/engine/memory/createMemory";
import { initialParameters } from "../src/engine/nn/createNetwork";
import { requireOptions } from "../src/engine/options";
import { Rng } from "../src/engine/rng/rng";
import { Batches } from "../src/engine/run/batches";
import type { RunOptions } from "../src/engine/run/options";
import { stepOnce } from "../src/engine/run/stepOnce";
import { eagerCounts, eagerMismatches } from "./automataEager";
import { type BenchResult, benchResult, measureRate } from "./result";

// In Node, only the full package's own CommonJS entry registers gradients on the copy of the core that it uses.
const tf: typeof import("@tensorflow/tfjs-core") = createRequire(import.meta.url)("@tensorflow/tfjs");

const NUM_RUNS = 3;
const PICTURES = 1000;
const SIDE = 64;
const RULES = 100;

/** 1 000 pictures of 64 by 64 cells counted; 100 rules on 100 pictures, k = 5; the live preset's step, K = 10, mixed sleep. */
export async function benchAutomata(): Promise<readonly BenchResult[]> {
  await tf.setBackend("cpu");
  return [await benchCounts(), await benchScores(), await benchSteps()];
}

function noise(count: number, neighbours: 3 | 5): Pictures {
  const rng = new Rng(1);
  const pixels = Uint8Array.from({ length: count * SIDE * SIDE }, () => rng.int(2));
  return new Pictures({ height: SIDE, width: SIDE, neighbours }, pixels, new Uint8Array(count).fill(1));
}

async function benchCounts(): Promise<BenchResult> {
  const { pixels, isWrapped } = noise(PICTURES, 3);
  const size = { height: SIDE, width: SIDE };
  const rate = await measureRate(() => countAll(pixels, PICTURES, size, 3, isWrapped), PICTURES, { runs: NUM_RUNS });
  const few = pixels.subarray(0, 20 * SIDE * SIDE);
  const eager = await measureRate(() => eagerCounts(tf, few, 20, size), 20, { runs: 1 });
  return benchResult("automata.count", "pictures", rate, eager, NUM_RUNS);
}

async function benchScores(): Promise<BenchResult> {
  const pictures = noise(100, 5);
  const rng = new Rng(2);
  const values = Int32Array.from({ length: RULES * pictures.count }, () => rng.uint32() | 0);
  const programs = { values, numParticles: RULES, batchSize: pictures.count, length: 1 };
  const batch = { observations: pictures, ids: Int32Array.from({ length: pictures.count }, (_, n) => n) };
  const model = new GenerativeModel(pictures, "wrap", new BernoulliPrior(32));
  const score = () => [model.prior.logProb(values), model.logLikelihood(batch, programs)];
  const rate = await measureRate(score, values.length, { runs: NUM_RUNS });
  // One product scores every rule on every picture: the same number of scores for 100 rules.
  const eager = () => eagerMismatches(tf, pictures.counts, pictures.count, values.subarray(0, RULES));
  const eagerRate = await measureRate(eager, RULES * pictures.count, { runs: 1 });
  return benchResult("automata.score", "rule scores", rate, eagerRate, NUM_RUNS);
}

async function benchSteps(): Promise<BenchResult> {
  // The cast: requireOptions has checked every value against the domain's table, which RunOptions describes.
  const options = requireOptions(automata.options, {}) as RunOptions;
  const runtime = await automata.load();
  const readAsset = async () => new Uint8Array();
  const built = await runtime.build({ options, backend: "wasm", rng: new Rng(1), userData: null, readAsset });
  const rate = await measureRate(stepper(built, options), 1, { runs: NUM_RUNS, seconds: 1 });
  const eager = eagerInstance(built, options);
  const eagerRate = await measureRate(stepper(eager, options), 1, { runs: 1, seconds: 1 });
  built.dispose();
  eager.model.dispose();
  return benchResult("automata.step", "steps", rate, eagerRate, NUM_RUNS);
}

/** A function that performs the next training step of a fresh run. */
function stepper(instance: DomainInstance, options: RunOptions): () => Promise<unknown> {
  const rng = new Rng(options.seed);
  const batches = new Batches(instance.train, options.batch, rng);
  const memory = createProgramMemory(instance.train.count, 5, 1);
  const rest = { instance, algorithm: mws, memory, options, on: () => undefined, beforeCommit: () => undefined };
  let step = 0;
  return () => {
    step += 1;
    return stepOnce({ ...rest, batch: batches.at(step), rng: rng.fork("step").fork(step), step });
  };
}

/** The same instance with its network in eager tfjs. */
function eagerInstance(instance: DomainInstance, options: RunOptions): DomainInstance {
  // The cast: the automata runtime builds its training data as pictures.
  const train = instance.train as Pictures;
  const spec = networkSpec("generic", train);
  const initial = initialParameters(planNetwork(spec), new Rng(1));
  const recogniser = new Recogniser(new ReferenceNetwork(tf, spec, initial, options.batch), { floor: 0, bound: 0 });
  const model = new AutomataModel(new GenerativeModel(train, "wrap", new BernoulliPrior(8)), recogniser);
  return {
    model,
    train,
    heldOut: instance.heldOut,
    facts: instance.facts,
    learningRate: (name, current) => instance.learningRate(name, current),
    metrics: () => instance.metrics(),
    evaluate: (context) => instance.evaluate(context),
    exactLogPx: (batch) => instance.exactLogPx(batch),
    picture: (context) => instance.picture(context),
    imagine: (programs, rng, like) => instance.imagine(programs, rng, like),
    describeObservation: (batch, index) => instance.describeObservation(batch, index),
    dispose: () => instance.dispose(),
  };
}

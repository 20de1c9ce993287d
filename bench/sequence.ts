// Sequence networks on the best wasm build. Language models: forward + backward + Adam over whole sequences, beside eager
// tfjs, which takes a few of the lanes, one after another, and is counted as that share of a step. The reader of the strings
// domain at its size without a graphics device: drawing, scoring and one training step, beside nothing.

import { createRequire } from "node:module";
import type { Scalar, Tensor1D } from "@tensorflow/tfjs-core";
import { programGrammar } from "../src/domains/strings/grammar";
import { END, END_OF_TEXT, FIRST_CLASS, NUM_SYMBOLS, STAR } from "../src/domains/strings/tokens";
import { enableRelaxedSimd } from "../src/engine/kernels/assembly/relaxedSimdInNode";
import { referenceLogProb } from "../src/engine/kernels/sequence/reference";
import { createSequence } from "../src/engine/nn/createSequence";
import type { Lanes, SequenceSpec, Texts, TokenGrammar } from "../src/engine/nn/sequence";
import { initialSequence, planSequence } from "../src/engine/nn/sequencePlan";
import { Rng } from "../src/engine/rng/rng";
import { type BenchResult, benchResult, measureRate } from "./result";

const RUNS = 5;
/** Lanes of a step that eager tfjs takes. */
const REFERENCE_LANES = 2;

type Tfjs = typeof import("@tensorflow/tfjs");

/** Lanes, tokens of each with the end, and vocabulary. */
const MODELS = [
  { name: "sequence.model16", batch: 16, length: 10, vocabulary: 12 },
  { name: "sequence.model32", batch: 32, length: 15, vocabulary: 50 },
  { name: "sequence.model64", batch: 64, length: 20, vocabulary: 100 },
] as const;

/** Training steps a second of three language models, and what the reader of the strings domain does a second. */
export async function benchSequence(): Promise<BenchResult[]> {
  enableRelaxedSimd();
  const tf: Tfjs = createRequire(import.meta.url)("@tensorflow/tfjs");
  const results: BenchResult[] = [];
  for (const { name, batch, length, vocabulary } of MODELS) {
    const spec = languageModel(name, length, vocabulary);
    const lanes = randomLanes(spec.grammar, batch);
    const rate = await measureRate(await wasmStep(spec, null, lanes), 1, { runs: RUNS, seconds: 0.3 });
    await tf.setBackend("cpu");
    const reference = referenceStep(tf, spec, lanes);
    const referenceRate = await measureRate(reference, REFERENCE_LANES / batch, { runs: 3, seconds: 0.1 });
    results.push(benchResult(name, "steps", rate, referenceRate, RUNS));
  }
  results.push(...(await benchReader()));
  return results;
}

/** 20 concepts of 5 texts; 10 programs each. */
async function benchReader(): Promise<BenchResult[]> {
  const spec: SequenceSpec = {
    name: "sequence.reader",
    grammar: programGrammar(),
    hidden: 96,
    embedding: 64,
    reader: { symbols: NUM_SYMBOLS },
    floor: 0.01,
    outputBias: Float64Array.from({ length: END + 1 }, (_, v) => outputBias(v)),
  };
  const network = await createSequence(spec, "wasm", new Rng(1), "phi.recognition");
  const texts = randomTexts(20, 5);
  const lanes = randomPrograms(spec.grammar, 20, 10);
  let draws = 0;
  const measure = async (name: string, unit: string, perCall: number, work: () => unknown) => {
    const rate = await measureRate(work, perCall, { runs: RUNS, seconds: 0.3 });
    return benchResult(`sequence.${name}`, unit, rate, null, RUNS);
  };
  return [
    await measure("sample", "programs", 200, () => network.sample(texts, lanes.groups, new Rng(2, draws++))),
    await measure("logProb", "programs", 200, () => network.logProb(texts, lanes)),
    await measure("train", "programs", 200, await wasmStep(spec, texts, lanes)),
  ];
}

/** Programs of moderate length with many classes at the start (strings specification, section 7). */
function outputBias(token: number): number {
  if (token === END) return Math.log(109 / 6);
  return token >= FIRST_CLASS && token < STAR ? Math.log(4) : 0;
}

/** Every token at every step until the end. */
function languageModel(name: string, maxLength: number, tokens: number): SequenceSpec {
  const end = tokens - 1;
  const next = new Int16Array(2 * tokens).fill(-1).fill(0, 0, end);
  next[end] = 1;
  const grammar = { tokens, end, maxLength, states: 2, next, need: Uint8Array.of(1, 0) };
  return { name, grammar, hidden: 128, embedding: 0, reader: null, floor: 0, outputBias: new Float64Array(tokens) };
}

/** All of the greatest length. */
function randomLanes({ end, maxLength }: TokenGrammar, count: number): Lanes {
  const rng = new Rng(2);
  const tokens = Int32Array.from({ length: count * maxLength }, (_, i) =>
    i % maxLength === maxLength - 1 ? end : rng.int(end),
  );
  return { tokens, groups: new Int32Array(count) };
}

/** Programs of 7 to 10 literals and classes with the end. */
function randomPrograms({ end, maxLength }: TokenGrammar, concepts: number, perConcept: number): Lanes {
  const rng = new Rng(3);
  const count = concepts * perConcept;
  const tokens = new Int32Array(count * maxLength).fill(end);
  for (let lane = 0; lane < count; lane++) {
    for (let t = 6 + rng.int(4); t > 0; t--) tokens[lane * maxLength + t - 1] = rng.int(STAR);
  }
  return { tokens, groups: Int32Array.from({ length: count }, (_, lane) => Math.floor(lane / perConcept)) };
}

/** Texts of 7 to 9 symbols and the end. */
function randomTexts(groups: number, perGroup: number): Texts {
  const rng = new Rng(4);
  const symbols: number[] = [];
  const textOffsets = [0];
  for (let text = 0; text < groups * perGroup; text++) {
    for (let i = 7 + rng.int(3); i > 0; i--) symbols.push(rng.int(96));
    symbols.push(END_OF_TEXT);
    textOffsets.push(symbols.length);
  }
  const groupOffsets = Int32Array.from({ length: groups + 1 }, (_, group) => group * perGroup);
  return { symbols: Uint8Array.from(symbols), textOffsets: Int32Array.from(textOffsets), groupOffsets };
}

async function wasmStep(spec: SequenceSpec, texts: Texts | null, lanes: Lanes): Promise<() => Promise<void>> {
  const network = await createSequence(spec, "wasm", new Rng(1), "phi.network");
  const { length } = lanes.groups;
  const coefficient = new Float64Array(length).fill(1 / length);
  let time = 0;
  return async () => {
    network.block.zeroGradient();
    await network.accumulate(texts, lanes, coefficient);
    network.block.adam(1e-3, ++time);
  };
}

/** One step of eager tfjs on the first lanes: a taped forward pass, its gradient, tfjs' own Adam. */
function referenceStep(tf: Tfjs, spec: SequenceSpec, all: Lanes): () => Promise<void> {
  const plan = planSequence(spec);
  const variable = tf.variable(tf.tensor1d(initialSequence(spec, plan, new Rng(1))));
  const { maxLength } = spec.grammar;
  const lanes = {
    tokens: all.tokens.subarray(0, REFERENCE_LANES * maxLength),
    groups: all.groups.subarray(0, REFERENCE_LANES),
  };
  const optimizer = tf.train.adam(1e-3, 0.9, 0.999, 1e-8);
  return async () => {
    const loss = optimizer.minimize(
      // A variable of the shape that it was made with.
      () => tf.neg(tf.mean<Scalar>(referenceLogProb(tf, spec, plan, variable as Tensor1D, null, lanes))),
      true,
      [variable],
    );
    // Reading a number makes the step finish, as a training loop would.
    await loss?.data();
    loss?.dispose();
  };
}

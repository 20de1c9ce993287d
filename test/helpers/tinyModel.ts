// A model small enough to enumerate: 6 programs (two integers each), 4 symbols, everything tabular. The oracle of tests.

import { logSumExp } from "../../src/engine/dists/logs";
import {
  type Batch,
  emptyPrograms,
  type Model,
  type Observations,
  type Programs,
  type Term,
} from "../../src/engine/model";
import { PlainBlock } from "../../src/engine/optim/plainBlock";
import type { Rng } from "../../src/engine/rng/rng";

/** Observations that are one symbol each. */
export type Symbols = Observations & { readonly symbols: Int32Array };

export const NUM_PROGRAMS = 6;
export const NUM_SYMBOLS = 4;
const WIDTH = 3; // program z is the pair (floor(z / 3), z mod 3)

export type TinyModel = Model<Symbols> & {
  readonly prior: PlainBlock;
  readonly likelihood: PlainBlock;
  readonly recognition: PlainBlock;
  /** log p(z, x), nats. */
  logJointOf(program: number, symbol: number): number;
  logQOf(program: number, symbol: number): number;
  /** Exact log p(x), nats. */
  logPxOf(symbol: number): number;
};

/** Packs symbols as observations. */
export function symbolsOf(...symbols: number[]): Symbols {
  return { count: symbols.length, symbols: Int32Array.from(symbols) };
}

/** Index of the program whose integers start at `from`. */
export function programIndex(values: Int32Array, from: number): number {
  return values[from]! * WIDTH + values[from + 1]!;
}

function setProgram(values: Int32Array, from: number, program: number): void {
  values[from] = Math.floor(program / WIDTH);
  values[from + 1] = program % WIDTH;
}

const row = (logits: Float64Array, from: number, count: number) => logits.subarray(from, from + count);

/** A tiny model with random parameters (standard normal times `spread`). */
export function createTinyModel(rng: Rng, spread = 1): TinyModel {
  const random = (count: number) => Array.from({ length: count }, () => spread * rng.normal());
  const prior = new PlainBlock("theta.prior", "theta", random(NUM_PROGRAMS));
  const likelihood = new PlainBlock("theta.likelihood", "theta", random(NUM_PROGRAMS * NUM_SYMBOLS));
  const recognition = new PlainBlock("phi.table", "phi", random(NUM_SYMBOLS * NUM_PROGRAMS));
  const logPriorOf = (z: number) => prior.values[z]! - logSumExp(prior.values);
  const logLikelihoodOf = (z: number, x: number) => {
    const logits = row(likelihood.values, z * NUM_SYMBOLS, NUM_SYMBOLS);
    return logits[x]! - logSumExp(logits);
  };
  const logJointOf = (z: number, x: number) => logPriorOf(z) + logLikelihoodOf(z, x);
  const logQOf = (z: number, x: number) => {
    const logits = row(recognition.values, x * NUM_PROGRAMS, NUM_PROGRAMS);
    return logits[z]! - logSumExp(logits);
  };
  const every = (batch: Batch<Symbols>, programs: Programs, f: (z: number, x: number) => number) =>
    Float64Array.from({ length: programs.numParticles * programs.batchSize }, (_, i) => {
      const symbol = batch.observations.symbols[batch.ids[i % programs.batchSize]!]!;
      return f(programIndex(programs.values, i * programs.length), symbol);
    });
  const draw = (batch: Batch<Symbols>, count: number, rngDraw: Rng) => {
    const programs = emptyPrograms(count, batch.ids.length, 2);
    for (let i = 0; i < count * batch.ids.length; i++) {
      const symbol = batch.observations.symbols[batch.ids[i % batch.ids.length]!]!;
      const q = Array.from({ length: NUM_PROGRAMS }, (_, z) => Math.exp(logQOf(z, symbol)));
      setProgram(programs.values, i * 2, rngDraw.categorical(q));
    }
    return programs;
  };
  return {
    programLength: 2,
    blocks: [prior, likelihood, recognition],
    prior,
    likelihood,
    recognition,
    logJointOf,
    logQOf,
    logPxOf: (x) => logSumExp(Array.from({ length: NUM_PROGRAMS }, (_, z) => logJointOf(z, x))),
    propose: async (batch, count, rngDraw) => {
      const programs = draw(batch, count, rngDraw);
      return { programs, logQ: every(batch, programs, logQOf) };
    },
    score: async (batch, programs) => ({
      logPrior: every(batch, programs, logPriorOf),
      logLikelihood: every(batch, programs, logLikelihoodOf),
    }),
    logQ: async (batch, programs) => every(batch, programs, logQOf),
    dream: async (count, rngDraw) => dreamFrom(count, rngDraw, logPriorOf, logLikelihoodOf),
    firstPrograms: async (batch, memorySize, rngDraw) => firstFrom(batch.ids.length, memorySize, rngDraw),
    accumulate: async (terms) =>
      Float64Array.from(terms, (term) => accumulateTerm(term, { prior, likelihood, recognition }, logJointOf, logQOf)),
    dispose: () => undefined,
  };
}

function dreamFrom(
  count: number,
  rng: Rng,
  logPriorOf: (z: number) => number,
  logLikelihoodOf: (z: number, x: number) => number,
) {
  const programs = emptyPrograms(1, count, 2);
  const symbols = new Int32Array(count);
  for (let b = 0; b < count; b++) {
    const z = rng.categorical(Array.from({ length: NUM_PROGRAMS }, (_, i) => Math.exp(logPriorOf(i))));
    setProgram(programs.values, b * 2, z);
    symbols[b] = rng.categorical(Array.from({ length: NUM_SYMBOLS }, (_, x) => Math.exp(logLikelihoodOf(z, x))));
  }
  const ids = Int32Array.from({ length: count }, (_, b) => b);
  return { batch: { observations: { count, symbols }, ids }, programs };
}

function firstFrom(batchSize: number, memorySize: number, rng: Rng) {
  const programs = emptyPrograms(memorySize, batchSize, 2);
  const present = new Uint8Array(memorySize * batchSize);
  for (let b = 0; b < batchSize; b++) {
    const order = rng.fork(b).shuffle(Int32Array.from({ length: NUM_PROGRAMS }, (_, z) => z));
    for (let m = 0; m < Math.min(memorySize, NUM_PROGRAMS); m++) {
      setProgram(programs.values, (m * batchSize + b) * 2, order[m]!);
      present[m * batchSize + b] = 1;
    }
  }
  return { programs, present };
}

type Blocks = { prior: PlainBlock; likelihood: PlainBlock; recognition: PlainBlock };

/** Adds one term's gradient (softmax derivatives) and returns its value. */
function accumulateTerm(
  term: Term<Symbols>,
  blocks: Blocks,
  logJointOf: (z: number, x: number) => number,
  logQOf: (z: number, x: number) => number,
): number {
  const { programs, batch, coefficient } = term;
  let value = 0;
  for (let i = 0; i < coefficient.length; i++) {
    const c = coefficient[i]! / programs.batchSize;
    if (c === 0) continue;
    const symbol = batch.observations.symbols[batch.ids[i % programs.batchSize]!]!;
    const program = programIndex(programs.values, i * programs.length);
    if (term.target === "theta") {
      value += c * logJointOf(program, symbol);
      addSoftmaxGradient(blocks.prior, 0, NUM_PROGRAMS, program, c);
      addSoftmaxGradient(blocks.likelihood, program * NUM_SYMBOLS, NUM_SYMBOLS, symbol, c);
    } else {
      value += c * logQOf(program, symbol);
      addSoftmaxGradient(blocks.recognition, symbol * NUM_PROGRAMS, NUM_PROGRAMS, program, c);
    }
  }
  return value;
}

/** gradient -= c * (onehot - softmax): the gradient of minus c log softmax(logits)[chosen]. */
function addSoftmaxGradient(block: PlainBlock, from: number, count: number, chosen: number, c: number): void {
  const total = logSumExp(block.values, from, count);
  for (let i = 0; i < count; i++) {
    const p = Math.exp(block.values[from + i]! - total);
    block.gradient[from + i] = block.gradient[from + i]! - c * ((i === chosen ? 1 : 0) - p);
  }
}

// The working parts of the tiny hybrid model (hybridModel.ts): drawing, scoring, and gradients written out by hand.

import { type Batch, emptyPrograms, type Factor, type Programs, type Term } from "../../src/engine/model";
import type { PlainBlock } from "../../src/engine/optim/plainBlock";
import type { Rng } from "../../src/engine/rng/rng";
import type { HybridModel, Numbers } from "./hybridModel";

/** Standard deviation of x given z. */
export const NOISE = 0.5;

/** theta: log p(z_d), and z_c's mean and log deviation; phi: logits of z_d, and z_c's mean and log deviation. */
export type Blocks = readonly [PlainBlock, PlainBlock, PlainBlock, PlainBlock];

/** f of every (z, c, x) of a block, 0 where none is wanted; c is null where programs have no continuous part. */
export function every(
  batch: Batch<Numbers>,
  { values, continuous, batchSize }: Programs,
  f: (z: number, c: number | null, x: number) => number,
  present?: Uint8Array,
): Float64Array {
  return Float64Array.from(values, (z, i) => {
    if (present?.[i] === 0) return 0;
    return f(z, continuous ? continuous[i]! : null, batch.observations.numbers[batch.ids[i % batchSize]!]!);
  });
}

export function scoreAll(model: HybridModel, batch: Batch<Numbers>, programs: Programs, present?: Uint8Array) {
  model.evaluations += present ? present.reduce((sum, one) => sum + one, 0) : programs.values.length;
  const logPriorDiscrete = every(batch, programs, (z) => model.logPriorOf(z), present);
  const number = every(batch, programs, (z, c) => (c === null ? 0 : model.logNumberOf(z, c)), present);
  return {
    logPriorDiscrete,
    logPrior: logPriorDiscrete.map((prior, i) => prior + number[i]!),
    // Without a number the integral, here exact.
    logLikelihood: every(
      batch,
      programs,
      (z, c, x) => (c === null ? model.logStructureOf(z, x) - model.logPriorOf(z) : model.logLikelihoodOf(z, c, x)),
      present,
    ),
  };
}

export function drawStructures(model: HybridModel, batch: Batch<Numbers>, count: number, dice: Rng): Programs {
  const batchSize = batch.ids.length;
  const programs = emptyPrograms(count, batchSize, 1);
  const chances = Array.from(batch.ids, (id) =>
    model.logQsOf(batch.observations.numbers[id]!).map((logQ) => Math.exp(logQ)),
  );
  for (let i = 0; i < programs.values.length; i++) programs.values[i] = dice.categorical(chances[i % batchSize]!);
  return programs;
}

type Draws = { readonly numDraws: number; readonly dice: Rng; readonly present?: Uint8Array | undefined };

export function drawNumbers(model: HybridModel, batch: Batch<Numbers>, programs: Programs, draws: Draws) {
  const { numDraws, dice, present } = draws;
  const { batchSize, length } = programs;
  const numColumns = programs.values.length;
  const values = new Int32Array(numDraws * numColumns);
  const continuous = new Float64Array(numDraws * numColumns);
  const logQ = new Float64Array(numDraws * numColumns);
  for (let i = 0; i < values.length; i++) {
    const column = i % numColumns;
    const z = programs.values[column]!;
    values[i] = z;
    logQ[i] = -Infinity;
    if (present?.[column] === 0) continue;
    const x = batch.observations.numbers[batch.ids[column % batchSize]!]!;
    const { mean, deviation } = model.recognised(z, x);
    continuous[i] = mean + deviation * dice.normal();
    logQ[i] = model.logQNumberOf(z, continuous[i]!, x);
  }
  const numParticles = numDraws * programs.numParticles;
  return { programs: { values, numParticles, batchSize, length, continuous }, logQ };
}

export function dreams(model: HybridModel, count: number, dice: Rng) {
  const programs = { ...emptyPrograms(1, count, 1), continuous: new Float64Array(count) };
  const numbers = new Float64Array(count);
  const prior = Array.from({ length: model.numStructures }, (_, z) => Math.exp(model.logPriorOf(z)));
  const [, number] = model.blocks;
  for (let b = 0; b < count; b++) {
    const z = dice.categorical(prior);
    programs.values[b] = z;
    programs.continuous[b] = number!.values[2 * z]! + Math.exp(number!.values[2 * z + 1]!) * dice.normal();
    numbers[b] = model.imageOf(z, programs.continuous[b]!) + NOISE * dice.normal();
  }
  return {
    batch: { observations: { count, numbers }, ids: Int32Array.from({ length: count }, (_, b) => b) },
    programs,
  };
}

export function firstStructures(batchSize: number, memorySize: number, numStructures: number, dice: Rng) {
  const programs = emptyPrograms(memorySize, batchSize, 1);
  const present = new Uint8Array(memorySize * batchSize);
  for (let b = 0; b < batchSize; b++) {
    const order = dice.fork(b).shuffle(Int32Array.from({ length: numStructures }, (_, z) => z));
    for (let m = 0; m < Math.min(memorySize, numStructures); m++) {
      programs.values[m * batchSize + b] = order[m]!;
      present[m * batchSize + b] = 1;
    }
  }
  return { programs, present };
}

/** One entry of a term, of weight w = coefficient / B. */
type Entry = { readonly w: number; readonly z: number; readonly c: number; readonly x: number };

/** Adds one term's gradient, written out by hand, and returns its value. */
export function accumulateTerm(model: HybridModel, term: Term<Numbers>): number {
  const { programs, batch, coefficient, factor, isPathwise } = term;
  let total = 0;
  for (let i = 0; i < coefficient.length; i++) {
    const w = coefficient[i]! / programs.batchSize;
    if (w === 0) continue;
    const x = batch.observations.numbers[batch.ids[i % programs.batchSize]!]!;
    // A missing number is NaN: it spoils the gradient of a term that needed one.
    const entry = { w, z: programs.values[i]!, c: programs.continuous?.[i] ?? Number.NaN, x };
    if (isPathwise) total += addPathwise(model, entry);
    else if (term.target === "theta") total += addTheta(model, entry, factor);
    else total += addPhi(model, entry, factor);
  }
  return total;
}

const add = (block: PlainBlock, at: number, slope: number) => {
  block.gradient[at] = block.gradient[at]! - slope;
};

/** z_c = mean + deviation * noise, the noise held: d(log p - log q_c) is the slope of log p, and + 1 on log deviation. */
function addPathwise(model: HybridModel, { w, z, c, x }: Entry): number {
  const [, , , value] = model.blocks as Blocks;
  const toP = model.slopeOf(z, c, x);
  const { mean } = model.recognised(z, x);
  for (const [j, s] of [toP, toP * x, toP * (c - mean) + 1].entries()) add(value, 3 * z + j, w * s);
  const logP = model.logPriorOf(z) + model.logNumberOf(z, c) + model.logLikelihoodOf(z, c, x);
  return w * (logP - model.logQNumberOf(z, c, x));
}

function addTheta(model: HybridModel, { w, z, c, x }: Entry, factor: Factor | undefined): number {
  const [prior, number] = model.blocks as Blocks;
  for (let j = 0; j < model.numStructures; j++) add(prior, j, w * ((j === z ? 1 : 0) - Math.exp(model.logPriorOf(j))));
  if (factor === "discrete") return w * model.logPriorOf(z);
  const deviation = Math.exp(number.values[2 * z + 1]!);
  const away = (c - number.values[2 * z]!) / deviation;
  add(number, 2 * z, (w * away) / deviation);
  add(number, 2 * z + 1, w * (away * away - 1));
  return w * (model.logPriorOf(z) + model.logNumberOf(z, c) + model.logLikelihoodOf(z, c, x));
}

function addPhi(model: HybridModel, entry: Entry, factor: Factor | undefined): number {
  const ofStructure = factor === "continuous" ? 0 : addStructure(model, entry);
  return ofStructure + (factor === "discrete" ? 0 : addNumber(model, entry));
}

function addStructure(model: HybridModel, { w, z, x }: Entry): number {
  const [, , structure] = model.blocks as Blocks;
  for (const [j, logQ] of model.logQsOf(x).entries()) {
    const slope = w * ((j === z ? 1 : 0) - Math.exp(logQ));
    for (const [at, power] of [1, x, x * x].entries()) add(structure, 3 * j + at, slope * power);
  }
  return w * model.logQOf(z, x);
}

function addNumber(model: HybridModel, { w, z, c, x }: Entry): number {
  const [, , , value] = model.blocks as Blocks;
  const { mean, deviation } = model.recognised(z, x);
  const noise = (c - mean) / deviation;
  const slopes = [noise / deviation, (noise * x) / deviation, noise * noise - 1];
  for (const [j, s] of slopes.entries()) add(value, 3 * z + j, w * s);
  return w * model.logQNumberOf(z, c, x);
}

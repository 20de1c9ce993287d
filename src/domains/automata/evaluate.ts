// Costly metrics of a run: how many rule bits are right, and how well held-out pictures are predicted.
// Bits are judged over the neighbourhoods that a picture visits; a person's own pictures have no known rule.

import type { MetricValues } from "../../engine/domain";
import type { ProgramMemory } from "../../engine/memory/programMemory";
import type { Batch } from "../../engine/model";
import type { Rng } from "../../engine/rng/rng";
import { estimateLogPx, meanEstimate } from "../../engine/run/evaluation";
import { visitedBits } from "./counts";
import type { GenerativeModel } from "./generative";
import { numBits } from "./grid";
import { rightBits } from "./likelihood";
import type { AutomataModel } from "./model";
import type { AutomataDataset, Pictures } from "./observations";
import { darkOutputs } from "./program";

export type EvaluationContext = {
  readonly memory: ProgramMemory | null;
  readonly rng: Rng;
  /** S: rules drawn per held-out picture for the importance-sampling estimate. */
  readonly samples: number;
};

/** Pictures of each split that go through the network at an evaluation. */
const MOST_ROWS = 500;
const ROWS_PER_BATCH = 50;

/** Bits right over bits visited, and pictures right in every visited bit. */
export type Recovery = { readonly bits: number; readonly exact: number; readonly pictures: number };

/** The metrics that words.ts declares beyond phi and phiError. Entries that have no value yet are left out. */
export async function evaluateAutomata(
  model: AutomataModel,
  dataset: AutomataDataset,
  context: EvaluationContext,
): Promise<MetricValues> {
  const { train, heldOut } = dataset;
  const trainRows = rowsUpTo(Math.min(MOST_ROWS, train.count));
  const recognised = await recognisedRules(model, train, trainRows);
  const recogniser = recovery(train, dataset.rules, (n) => (dataset.isKnown[n] === 1 ? recognised[n] : undefined));
  const heldOutRows = rowsUpTo(Math.min(MOST_ROWS, heldOut.count));
  const recognisedNew = await recognisedRules(model, heldOut, heldOutRows);
  const generalises = recovery(heldOut, dataset.heldOutRules, (n) => recognisedNew[n]);
  const { memory } = context;
  const remembered = memory ? bestInMemory(model.generative, train, memory) : null;
  const best = remembered
    ? recovery(train, dataset.rules, (n) => (dataset.isKnown[n] === 1 ? remembered[n] : undefined))
    : recogniser;
  const values: Record<string, number> = {};
  if (best.pictures > 0) {
    values.bitAccuracy = best.bits;
    values.exactRecovery = best.exact;
  }
  values.recogniserBits = recogniser.bits;
  values.recogniserBitsHeldOut = generalises.bits;
  return { ...values, ...(await heldOutLikelihood(model, heldOut, heldOutRows, context)) };
}

function rowsUpTo(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => i);
}

function batchesOf(pictures: Pictures, rows: Int32Array): Batch<Pictures>[] {
  const batches: Batch<Pictures>[] = [];
  for (let from = 0; from < rows.length; from += ROWS_PER_BATCH) {
    batches.push({ observations: pictures, ids: rows.slice(from, from + ROWS_PER_BATCH) });
  }
  return batches;
}

async function recognisedRules(model: AutomataModel, pictures: Pictures, rows: Int32Array): Promise<number[]> {
  const rules: number[] = [];
  for (const batch of batchesOf(pictures, rows)) rules.push(...(await model.recogniser.mostProbable(batch)));
  return rules;
}

/** How well rules match the true ones over visited bits; pictures whose rule is undefined are left out. */
export function recovery(
  pictures: Pictures,
  truth: Int32Array,
  ruleOf: (picture: number) => number | undefined,
): Recovery {
  const bits = numBits(pictures.neighbours);
  let right = 0;
  let visited = 0;
  let exact = 0;
  let count = 0;
  for (let n = 0; n < pictures.count; n++) {
    const rule = ruleOf(n);
    if (rule === undefined) continue;
    const mask = visitedBits(pictures.counts, 2 * bits * n, bits);
    const matches = rightBits(rule, truth[n]!, mask);
    const total = darkOutputs(mask);
    right += matches;
    visited += total;
    if (matches === total) exact++;
    count++;
  }
  return { bits: right / Math.max(1, visited), exact: exact / Math.max(1, count), pictures: count };
}

/** Each picture's remembered rule with the highest log joint under the current theta; undefined before a visit. */
export function bestInMemory(
  generative: GenerativeModel,
  pictures: Pictures,
  memory: ProgramMemory,
): (number | undefined)[] {
  const { memorySize } = memory;
  const { programs, counts } = memory.rows;
  const numRows = Math.min(pictures.count, memory.numObservations);
  const ids = rowsUpTo(numRows);
  // Memory is [N, M]; scores want [M, N].
  const values = new Int32Array(memorySize * numRows);
  for (let n = 0; n < numRows; n++) {
    for (let m = 0; m < memorySize; m++) values[m * numRows + n] = programs[n * memorySize + m]!;
  }
  const all = { values, numParticles: memorySize, batchSize: numRows, length: 1 };
  const logPrior = generative.prior.logProb(values);
  const logLikelihood = generative.logLikelihood({ observations: pictures, ids }, all);
  return Array.from(ids, (n) => {
    let best: number | undefined;
    let most = -Infinity;
    for (let m = 0; m < counts[n]!; m++) {
      const i = m * numRows + n;
      const logJoint = logPrior[i]! + logLikelihood[i]!;
      if (best !== undefined && !(logJoint > most)) continue;
      most = logJoint;
      best = values[i]!;
    }
    return best;
  });
}

/** bitsPerPixel and logPx (exact where possible), logPxSampled by importance sampling; means per picture, nats. */
async function heldOutLikelihood(
  model: AutomataModel,
  heldOut: Pictures,
  ids: Int32Array,
  { rng, samples }: EvaluationContext,
): Promise<MetricValues> {
  const batch = { observations: heldOut, ids };
  const exactLogPx = () => model.generative.exactLogPx(batch);
  const estimate = await estimateLogPx({ model, exactLogPx }, batch, { samples, rng, useExact: false });
  const { logPx: logPxSampled, ess: logPxSampledEss } = meanEstimate(estimate);
  const exact = exactLogPx();
  const logPx = exact ? exact.reduce((sum, value) => sum + value, 0) / ids.length : logPxSampled;
  const bitsPerPixel = -logPx / (Math.LN2 * heldOut.height * heldOut.width);
  return { bitsPerPixel, logPx, logPxSampled, logPxSampledEss };
}

// Costly metrics of a run: log p(x) by importance sampling, of all evaluated series and of those with one kernel or more;
// what the memory is worth; whether it found the structure that made the data. Source: HMWS specification, sections 4, 15.

import { logSumExp } from "../../engine/dists/logs";
import type { MetricValues } from "../../engine/domain";
import type { ProgramMemory } from "../../engine/memory/programMemory";
import { type Batch, emptyPrograms, type Programs } from "../../engine/model";
import type { Rng } from "../../engine/rng/rng";
import { estimateLogPx, meanEstimate } from "../../engine/run/evaluation";
import { yieldToEvents } from "../../engine/run/yielding";
import { programNumber, readExpression, readExpressions } from "./grammar/expression";
import { isSameKernel } from "./kernelKey";
import type { SeriesModel } from "./model";
import type { SeriesSet } from "./observations";
import { MOST_SYMBOLS } from "./program";

export type EvaluationInput = {
  readonly model: SeriesModel;
  readonly train: SeriesSet;
  readonly heldOut: SeriesSet;
  /** [n, MOST_SYMBOLS] the strings that made the first n training series. */
  readonly truths: Int32Array;
  readonly memory: ProgramMemory | null;
  readonly rng: Rng;
  /** S: programs drawn per series. */
  readonly samples: number;
  /** Series looked at, from the first, of each set. */
  readonly series: number;
};

/** Series that go through the model at once. */
const ROWS = 10;
/** Draws of z_c for each remembered string. */
const MEMORY_DRAWS = 10;
const FEW = 10;

/** The metrics of words.ts that are not cheap. */
export async function evaluateSeries(input: EvaluationInput): Promise<MetricValues> {
  const { model, heldOut, samples } = input;
  const own = await trainingMetrics(input);
  const count = Math.min(input.series, heldOut.count);
  if (count === 0) return own;
  const batch = { observations: heldOut, ids: rowsFrom(0, count) };
  const estimated = { exactLogPx: () => null, model };
  const estimate = await estimateLogPx(estimated, batch, { samples, rng: input.rng.fork("logPx"), rows: ROWS });
  const { logPx, stderr, ess } = meanEstimate(estimate);
  return { ...own, logPx, logPxStderr: stderr, logPxEss: ess };
}

/** What is summed up about one series. */
type SeriesResult = {
  readonly isSingle: boolean;
  readonly iwae: number;
  readonly penalised: number;
  readonly few: number;
  readonly meanLogWeight: number;
  readonly wellFormed: number;
  /** 1 where the best structure has the generating kernel. */
  readonly isFound: number;
  /** 1 where it has, or scores at least as well as the generating string. */
  readonly isAsGood: number;
  /** Of the memory; NaN without one or before the first visit. */
  readonly bound: number;
  readonly boundPenalised: number;
};

async function trainingMetrics(input: EvaluationInput): Promise<MetricValues> {
  const last = Math.min(input.series, input.truths.length / MOST_SYMBOLS, input.train.count);
  const results: SeriesResult[] = [];
  for (let from = 0; from < last; from += ROWS) {
    const batch = { observations: input.train, ids: rowsFrom(from, Math.min(last, from + ROWS)) };
    results.push(...(await seriesResults(input, batch)));
    await yieldToEvents();
  }
  if (results.length === 0) return {};
  const mean = (read: (one: SeriesResult) => number, of = results) => {
    const values = of.map(read).filter((value) => !Number.isNaN(value));
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  };
  const values: Record<string, number> = {
    iwae100Penalised: mean((one) => one.penalised),
    iwae100: mean((one) => one.iwae),
    iwae10: mean((one) => one.few),
    median: medianOf(results.map((one) => one.penalised)),
    singleKernel: mean(
      (one) => one.penalised,
      results.filter((one) => one.isSingle),
    ),
    compositional: mean(
      (one) => one.penalised,
      results.filter((one) => !one.isSingle),
    ),
    klEstimate: mean((one) => one.penalised - one.meanLogWeight),
    wellFormed: mean((one) => one.wellFormed),
    top1: mean((one) => one.isFound),
    asGood: mean((one) => one.isAsGood),
    memoryBound: mean((one) => one.bound),
    memoryBoundPenalised: mean((one) => one.boundPenalised),
  };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => !Number.isNaN(value)));
}

async function seriesResults(input: EvaluationInput, batch: Batch<SeriesSet>): Promise<SeriesResult[]> {
  const { model, samples } = input;
  const rng = input.rng.fork("training").fork(batch.ids[0]!);
  const { programs, logQ } = await model.propose(batch, samples, rng);
  const scores = await model.score(batch, programs);
  const logWeight = logQ.map((value, i) => scores.logPrior[i]! + scores.logLikelihood[i]! - value);
  const expressions = readExpressions(programs.values);
  const plain = logWeight.map((value, i) => value + model.generative.penaltyOf(expressions[i]!));
  const remembered = input.memory ? await memoryResults(input, input.memory, batch) : null;
  const count = batch.ids.length;
  const drawsOf = (b: number) => Array.from({ length: samples }, (_, s) => s * count + b);
  const truths = Array.from(batch.ids, (row) => input.truths.subarray(row * MOST_SYMBOLS, (row + 1) * MOST_SYMBOLS));
  const bests = truths.map((_, b) => (remembered ? remembered[b]!.best : heaviest(programs, logWeight, drawsOf(b))));
  const isAsGood = await asGoodAs(model, batch, bests, truths);
  return truths.map((truth, b) => {
    const own = drawsOf(b);
    const best = bests[b]!;
    const isFound = best === null ? Number.NaN : isSameKernel(best, truth) ? 1 : 0;
    return {
      isSingle: readExpression(truth).numAtoms === 1,
      iwae: logSumExp(plain, b, samples, count) - Math.log(samples),
      penalised: logSumExp(logWeight, b, samples, count) - Math.log(samples),
      few: fewSamples(logWeight, b, samples, count),
      meanLogWeight: own.reduce((sum, i) => sum + logWeight[i]!, 0) / samples,
      wellFormed: own.filter((i) => expressions[i]!.isWellFormed).length / samples,
      isFound,
      isAsGood: isFound === 0 && isAsGood[b] ? 1 : isFound,
      bound: remembered?.[b]?.bound ?? Number.NaN,
      boundPenalised: remembered?.[b]?.boundPenalised ?? Number.NaN,
    };
  });
}

/** For each series: whether the string found has at least the score of the true one, numbers integrated out. */
async function asGoodAs(
  model: SeriesModel,
  batch: Batch<SeriesSet>,
  bests: readonly (Int32Array | null)[],
  truths: readonly Int32Array[],
): Promise<boolean[]> {
  const count = truths.length;
  const programs = emptyPrograms(2, count, MOST_SYMBOLS);
  for (const [b, truth] of truths.entries()) {
    programs.values.set(bests[b] ?? truth, b * MOST_SYMBOLS);
    programs.values.set(truth, (count + b) * MOST_SYMBOLS);
  }
  const { logPrior, logLikelihood } = await model.score(batch, programs);
  return truths.map((_, b) => logPrior[b]! + logLikelihood[b]! >= logPrior[count + b]! + logLikelihood[count + b]!);
}

/** Mean over disjoint tens of samples of their estimates. */
function fewSamples(logWeight: Float64Array, b: number, samples: number, count: number): number {
  const groups = Math.max(1, Math.floor(samples / FEW));
  const size = Math.min(FEW, samples);
  let sum = 0;
  for (let g = 0; g < groups; g++) sum += logSumExp(logWeight, g * FEW * count + b, size, count) - Math.log(size);
  return sum / groups;
}

/** The string whose samples weigh most together. */
function heaviest({ values }: Programs, logWeight: Float64Array, places: readonly number[]): Int32Array {
  const sums = new Map<number, { log: number; at: number }>();
  for (const i of places) {
    const key = programNumber(values, i * MOST_SYMBOLS);
    const known = sums.get(key);
    if (known) known.log = logSumExp([known.log, logWeight[i]!]);
    else sums.set(key, { log: logWeight[i]!, at: i });
  }
  const best = [...sums.values()].reduce((first, second) => (second.log > first.log ? second : first));
  return values.subarray(best.at * MOST_SYMBOLS, (best.at + 1) * MOST_SYMBOLS);
}

type MemoryResult = { readonly best: Int32Array | null; readonly bound: number; readonly boundPenalised: number };

/** The memory's bounds with fresh draws of every string's numbers, and the best string by them. */
async function memoryResults(
  { model, rng }: EvaluationInput,
  memory: ProgramMemory,
  batch: Batch<SeriesSet>,
): Promise<MemoryResult[]> {
  const { programs, present } = memory.gather(batch);
  const drawn = await model.hybrid.drawContinuous(
    batch,
    programs,
    MEMORY_DRAWS,
    rng.fork("memory").fork(batch.ids[0]!),
    present,
  );
  const everyDraw = Uint8Array.from({ length: present.length * MEMORY_DRAWS }, (_, i) => present[i % present.length]!);
  const scores = await model.score(batch, drawn.programs, everyDraw);
  const places = present.length;
  const score = Float64Array.from(present, (isPresent, i) => {
    if (isPresent === 0) return -Infinity;
    const logs = Array.from({ length: MEMORY_DRAWS }, (_, k) => {
      const at = k * places + i;
      return scores.logPrior[at]! + scores.logLikelihood[at]! - drawn.logQ[at]!;
    });
    return logSumExp(logs) - Math.log(MEMORY_DRAWS);
  });
  const expressions = readExpressions(programs.values);
  const plain = score.map((value, i) => value + model.generative.penaltyOf(expressions[i]!));
  const count = batch.ids.length;
  return Array.from(batch.ids, (_, b) => {
    let best = b;
    for (let i = b; i < places; i += count) if (score[i]! > score[best]!) best = i;
    if (score[best] === -Infinity) return { best: null, bound: Number.NaN, boundPenalised: Number.NaN };
    const from = best * MOST_SYMBOLS;
    return {
      best: programs.values.subarray(from, from + MOST_SYMBOLS),
      bound: logSumExp(plain, b, memory.memorySize, count),
      boundPenalised: logSumExp(score, b, memory.memorySize, count),
    };
  });
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((first, second) => first - second);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function rowsFrom(from: number, to: number): Int32Array {
  return Int32Array.from({ length: to - from }, (_, i) => from + i);
}

// Costly metrics of a run: likelihood of held-out strings, and what the best programs of the training concepts are like.
// Source: strings specification, section 12: protocol A (marginal) and B (predictive).

import { logSumExp, logSumExpOverParticles } from "../../engine/dists/logs";
import type { MetricValues } from "../../engine/domain";
import type { ProgramMemory } from "../../engine/memory/programMemory";
import { type Batch, concatPrograms, emptyPrograms, type Programs } from "../../engine/model";
import type { Rng } from "../../engine/rng/rng";
import { estimateLogPx, meanEstimate } from "../../engine/run/evaluation";
import type { StringsDataset } from "./dataset";
import type { StringsModel } from "./model";
import type { ConceptSet } from "./observations";
import { programKey, programSize } from "./program";
import { anythingProgram } from "./simpleGrammar";
import { CLOSE, OR } from "./tokens";

export type EvaluationInput = {
  readonly model: StringsModel;
  readonly dataset: StringsDataset;
  readonly memory: ProgramMemory | null;
  readonly rng: Rng;
  /** S: programs drawn per held-out set. */
  readonly samples: number;
  /** Concepts looked at, from the first. */
  readonly concepts: number;
  /** K: programs drawn per training concept where there is no memory. */
  readonly particles: number;
};

/** Rows that go through the model at once. */
const ROWS = 10;

/** The metrics of words.ts that are not cheap. */
export async function evaluateStrings(input: EvaluationInput): Promise<MetricValues> {
  const { memory } = input;
  const values = { ...(await marginal(input)), ...(await predictive(input)) };
  return memory ? { ...values, memoryPrograms: countDistinct(memory) } : values;
}

/** Protocol A: importance sampling from r(z | x), x the held-out strings of a concept. */
async function marginal(input: EvaluationInput): Promise<MetricValues> {
  const { model, dataset, samples } = input;
  const ids = rowsUpTo(Math.min(input.concepts, dataset.heldOut.count));
  const estimated = {
    exactLogPx: () => null,
    lastResort: (batch: Batch<ConceptSet>) => model.lastResort(batch),
    model: {
      propose: model.recogniser.propose.bind(model.recogniser),
      score: model.scorePossible.bind(model),
      logQ: model.logQ.bind(model),
    },
  };
  const batch = { observations: dataset.heldOut, ids };
  const estimate = await estimateLogPx(estimated, batch, { samples, rng: input.rng.fork("marginal"), rows: ROWS });
  const { logPx, stderr, ess } = meanEstimate(estimate);
  const rescued = estimate.isRescued.reduce((sum, one) => sum + one, 0);
  return { nllHeldOut: -logPx, logPx, logPxStderr: stderr, logPxEss: ess, supported: 1 - rescued / ids.length };
}

/** Protocol B and the shape of the best programs, over the first training concepts. */
async function predictive(input: EvaluationInput): Promise<MetricValues> {
  const { dataset, memory } = input;
  const sums = { nll: 0, length: 0, structured: 0, count: 0 };
  const last = Math.min(input.concepts, dataset.heldOut.count);
  for (let from = 0; from < last; from += ROWS) {
    const ids = rowsUpTo(last).subarray(from, from + ROWS);
    const batch = { observations: dataset.train, ids };
    const found = memory
      ? remembered(batch, memory)
      : (await input.model.recogniser.propose(batch, input.particles, input.rng.fork("predictive").fork(from)))
          .programs;
    await addPrediction(input, batch, found, sums);
  }
  if (sums.count === 0) return {};
  const { nll, length, structured, count } = sums;
  return { nllPredictive: nll / count, programLength: length / count, structured: structured / count };
}

/**
 * The programs of each row weighted by the joint (samples: repeats merged), with `.*` among them so that nothing held
 * out is impossible: - log sum_z w_z p(x' | z).
 */
async function addPrediction(
  { model, dataset }: EvaluationInput,
  batch: Batch<ConceptSet>,
  found: Programs,
  sums: { nll: number; length: number; structured: number; count: number },
): Promise<void> {
  const programs = concatPrograms(found, model.lastResort(batch));
  const { numParticles, batchSize } = programs;
  const { logPrior, logLikelihood } = await model.scorePossible(batch, programs);
  const isFirst = firstOfItsKind(programs);
  const logJoint = logPrior.map((prior, i) => (isFirst[i] === 1 ? prior + logLikelihood[i]! : -Infinity));
  // Weights stay logs: that of `.*` may be too small for a double, and yet the only one with a part in what is held out.
  const totals = logSumExpOverParticles(logJoint, numParticles, batchSize);
  const heldOut = model.generative.logLikelihood({ observations: dataset.heldOut, ids: batch.ids }, programs);
  const terms = heldOut.map((value, i) => logJoint[i]! - totals[i % batchSize]! + value);
  for (let b = 0; b < batchSize; b++) {
    sums.nll -= logSumExp(terms, b, numParticles, batchSize);
    let best = 0;
    for (let k = 1; k < numParticles; k++) if (logJoint[k * batchSize + b]! > logJoint[best * batchSize + b]!) best = k;
    const program = programAt(programs, best * batchSize + b);
    sums.length += programSize(program);
    if (isStructured(program)) sums.structured++;
    sums.count++;
  }
}

/** The best member of a memory row, or sample, uses `|` or brackets: what the paper reports of MWS only. */
function isStructured(program: Int32Array): boolean {
  return program.includes(OR) || program.includes(CLOSE);
}

/** [K, B] 1 for the first of equal programs of a row. */
function firstOfItsKind(programs: Programs): Uint8Array {
  const { numParticles, batchSize } = programs;
  const isFirst = new Uint8Array(numParticles * batchSize);
  const seen = new Set<string>();
  for (let i = 0; i < isFirst.length; i++) {
    const key = `${i % batchSize}:${programKey(programAt(programs, i))}`;
    if (!seen.has(key)) isFirst[i] = 1;
    seen.add(key);
  }
  return isFirst;
}

/** The memories of a batch, [M, B, L]; places that hold none get `.*`, which is counted once. */
function remembered(batch: Batch<ConceptSet>, memory: ProgramMemory): Programs {
  const { programs, present } = memory.gather(batch);
  const { batchSize, length, values } = programs;
  const out = emptyPrograms(memory.memorySize, batchSize, length);
  out.values.set(values);
  for (const [i, isPresent] of present.entries()) {
    if (isPresent === 0) out.values.set(anythingProgram(), i * length);
  }
  return out;
}

function countDistinct({ rows, memorySize, programLength }: ProgramMemory): number {
  const keys = new Set<string>();
  for (const [n, count] of rows.counts.entries()) {
    for (let m = 0; m < count; m++) {
      const from = (n * memorySize + m) * programLength;
      keys.add(programKey(rows.programs.subarray(from, from + programLength)));
    }
  }
  return keys.size;
}

function programAt({ values, length }: Programs, i: number): Int32Array {
  return values.subarray(i * length, (i + 1) * length);
}

function rowsUpTo(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => i);
}

// Costly metrics of the clusters domain: exact likelihoods and divergences over the whole data, by enumeration.
// Source: MWS spec 2.4. For RWS, VIMCO and REINFORCE the K importance samples are merged before their KL is taken; the
// published code instead counts each differing particle as weight 1, which adds 1 to 2.5 nats at K = 5.

import { normalisedWeights } from "../../engine/algorithms/estimators";
import type { MetricValues } from "../../engine/domain";
import type { ProgramMemory } from "../../engine/memory/programMemory";
import type { Batch } from "../../engine/model";
import type { Rng } from "../../engine/rng/rng";
import type { ClustersModel } from "./clustersModel";
import type { ClusterSplit } from "./data";
import { enumeration } from "./enumeration";
import { type ExactAnswer, exactAnswer, exactNll, klBothWays, klFloor, klToPosterior, mergeRepeated } from "./exact";
import type { PointSets } from "./pointSets";
import { logQOf, type RecognitionPass, sampleProgram } from "./recognition";

/** Weighted distinct clusterings of one set; rows of the enumeration. */
export type WeightedClusterings = { readonly indices: Int32Array; readonly weights: Float64Array };

export type EvaluationInput = {
  readonly model: ClustersModel;
  readonly split: ClusterSplit;
  /** Exact answers of the built-in training rows under the true Sigma. */
  readonly trueAnswers: readonly ExactAnswer[];
  readonly memory: ProgramMemory | null;
  /** K of the importance samples, and the size of the floor without a memory. */
  readonly numParticles: number;
  readonly rng: Rng;
};

/** Every metric of `options.ts` that needs enumeration. Those of the memory are left out before the first visit. */
export async function evaluateClusters(input: EvaluationInput): Promise<MetricValues> {
  const { model, split, memory, numParticles } = input;
  const cov = model.covariance();
  const numRows = split.numBuiltin;
  const batch: Batch<PointSets> = { observations: split.train, ids: Int32Array.from({ length: numRows }, (_, i) => i) };
  const pass = await model.pass(batch);
  const size = memory?.memorySize ?? numParticles;
  const sums = { nll: 0, floor: 0, recognition: 0, posterior: 0, klTrue: 0, klOwn: 0, unique: 0, visited: 0 };
  for (let row = 0; row < numRows; row++) {
    const answer = exactAnswer(split.train, row, cov);
    const both = klBothWays(allLogQ(pass, row), answer);
    sums.nll -= answer.logPx;
    sums.floor += klFloor(answer, size);
    sums.recognition += both.reverse;
    sums.posterior += both.forward;
    const weighted = memory
      ? memoryClusterings(memory, row, answer)
      : sampledClusterings(pass, row, answer, numParticles, input.rng.fork(row));
    if (weighted.indices.length === 0) continue;
    sums.visited++;
    sums.unique += weighted.indices.length;
    sums.klTrue += klToPosterior(weighted.indices, weighted.weights, input.trueAnswers[row]!);
    sums.klOwn += klToPosterior(weighted.indices, weighted.weights, answer);
  }
  const values: Record<string, number> = {
    nllTrain: sums.nll / numRows,
    nllTest: exactNll(split.heldOut, cov),
    klFloor: sums.floor / numRows,
    klRecognition: sums.recognition / numRows,
    klPosterior: sums.posterior / numRows,
  };
  if (sums.visited === 0) return values;
  values["klTrue"] = sums.klTrue / sums.visited;
  values["uniqueParticles"] = sums.unique / sums.visited;
  if (memory) values["klMemory"] = sums.klOwn / sums.visited;
  return values;
}

/** [877] log q(z | x) of row b of a pass, in the enumeration's order. */
export function allLogQ(pass: RecognitionPass, b: number): Float64Array {
  const { programs } = enumeration();
  const logQ = new Float64Array(programs.length);
  for (let i = 0; i < logQ.length; i++) logQ[i] = logQOf(pass, b, programs[i]!);
  return logQ;
}

/** A memory row's members with weights softmax of the log joint under the answer's model; empty before its first visit. */
export function memoryClusterings(memory: ProgramMemory, row: number, answer: ExactAnswer): WeightedClusterings {
  const from = row * memory.memorySize;
  const programs = memory.rows.programs.subarray(from, from + memory.rows.counts[row]!);
  const indices = programs.map((program) => enumeration().indexOf(program));
  return { indices, weights: normalisedWeights(Float64Array.from(indices, (index) => answer.logJoint[index]!)) };
}

/** K draws from q(z | x) with self-normalised importance weights, repeats merged. */
export function sampledClusterings(
  pass: RecognitionPass,
  b: number,
  answer: ExactAnswer,
  numParticles: number,
  rng: Rng,
): WeightedClusterings {
  const indices = new Int32Array(numParticles);
  const logWeight = new Float64Array(numParticles);
  for (let k = 0; k < numParticles; k++) {
    const program = sampleProgram(pass, b, rng);
    indices[k] = enumeration().indexOf(program);
    logWeight[k] = answer.logJoint[indices[k]!]! - logQOf(pass, b, program);
  }
  return mergeRepeated(indices, normalisedWeights(logWeight));
}

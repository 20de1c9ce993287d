// What the algorithms without memory share: K programs from q_phi, their scores, weights and bound.
// Source: MWS spec 1.5; logWeight = log p_theta(z, x) - log q_phi(z | x) with q's gradient stopped.

import { logSumExpOverParticles, softmaxOverParticles } from "../dists/logs";
import type { Programs, Scores } from "../model";
import type { StagePayload, StepContext, StepInfo } from "./algorithm";
import { effectiveSampleSize } from "./estimators";
import { meanOf } from "./requirements";

export type Particles = {
  readonly programs: Programs;
  /** [K, B] */
  readonly logWeight: Float64Array;
  /** [K, B] normalised. */
  readonly weight: Float64Array;
  readonly payload: StagePayload;
  readonly info: StepInfo;
};

/** Draws and scores K programs per observation, through the stages look, propose and score. */
export async function drawParticles(context: StepContext, numParticles: number): Promise<Particles> {
  const { model, batch, rng, on } = context;
  const batchSize = batch.ids.length;
  await on("look", { batch });
  const { programs, logQ } = await model.propose(batch, numParticles, rng.fork("propose"));
  await on("propose", { batch, proposals: programs, logQ });
  const { logPrior, logLikelihood } = await model.score(batch, programs);
  const logWeight = importanceWeights(logQ, { logPrior, logLikelihood });
  const weight = softmaxOverParticles(logWeight, programs.numParticles, batchSize);
  const payload: StagePayload = { batch, proposals: programs, logQ, logPrior, logLikelihood, weight };
  await on("score", payload);
  return { programs, logWeight, weight, payload, info: summarise(programs, logWeight, weight) };
}

/** log w = log p(z, x) - log q(z | x), [K, B]; -Infinity where p is. */
export function importanceWeights(logQ: Float64Array, { logPrior, logLikelihood }: Scores): Float64Array {
  return logQ.map((q, i) => {
    const logJoint = logPrior[i]! + logLikelihood[i]!;
    return logJoint === -Infinity ? -Infinity : logJoint - q;
  });
}

/** elbo: the K-sample bound log mean exp logWeight, over observations where it is finite; novel: distinct particles. */
function summarise(programs: Programs, logWeight: Float64Array, weight: Float64Array): StepInfo {
  const { numParticles, batchSize } = programs;
  const bounds = logSumExpOverParticles(logWeight, numParticles, batchSize);
  const finite = bounds.filter((bound) => bound > -Infinity);
  const ess = Float64Array.from({ length: batchSize }, (_, b) =>
    effectiveSampleSize(weight, b, numParticles, batchSize),
  );
  return {
    elbo: meanOf(finite) - Math.log(numParticles),
    ess: meanOf(ess),
    accepted: 0,
    novel: countDistinct(programs) / batchSize,
    newBest: 0,
    evaluations: numParticles * batchSize,
    degenerate: batchSize - finite.length,
    impossible: meanOf(logWeight.map((value) => (value === -Infinity ? 1 : 0))),
  };
}

/** Number of (observation, distinct program) pairs. */
function countDistinct({ values, numParticles, batchSize, length }: Programs): number {
  let count = 0;
  for (let b = 0; b < batchSize; b++) {
    for (let k = 0; k < numParticles; k++) {
      let repeated = false;
      for (let j = 0; j < k && !repeated; j++) {
        repeated = true;
        for (let l = 0; l < length && repeated; l++) {
          repeated = values[(j * batchSize + b) * length + l] === values[(k * batchSize + b) * length + l];
        }
      }
      if (!repeated) count++;
    }
  }
  return count;
}

// Scores of scene programs with the raw locations integrated out: log mean_k p(z_c, x | z_d) / q(z_c | z_d, x), from draws
// whose noise program and picture alone determine. The same question has the same answer, and no run is changed by it.

import { logSumExp } from "../../engine/dists/logs";
import { type Batch, emptyPrograms, type Programs, type Proposals, type Scores } from "../../engine/model";
import { Rng } from "../../engine/rng/rng";
import type { GenerativeModel } from "./generative";
import type { ScenePictures } from "./observations";
import type { Recogniser } from "./recognition";

/** Draws of z_c behind the score of a program without one. */
export const SCORE_DRAWS = 10;
/** Tells this use of noise apart from others. */
const STREAM = 0xb10c5;

/** Discrete parts [N, B] repeated K times: [K * N, B]. */
export function repeatPrograms({ values, numParticles, batchSize, length }: Programs, times: number): Programs {
  const repeated = emptyPrograms(times * numParticles, batchSize, length);
  for (let k = 0; k < times; k++) repeated.values.set(values, k * values.length);
  return repeated;
}

/** K draws of z_c for each of the programs [N, B], [K * N, B]; the same for the same program and picture, at any time. */
export function fixedDraws(
  recogniser: Recogniser,
  batch: Batch<ScenePictures>,
  programs: Programs,
  numDraws: number,
): Promise<Proposals> {
  const repeated = repeatPrograms(programs, numDraws);
  const { length, batchSize } = programs;
  const count = programs.values.length / length;
  const noise = (index: number): Rng => {
    const print = batch.observations.fingerprint(batch.ids[index % batchSize]!);
    return new Rng(STREAM, hashOf(repeated.values, index * length, length), print).fork(Math.floor(index / count));
  };
  return recogniser.drawContinuous(batch, repeated, noise);
}

/** Scores of programs [N, B] without a continuous part. */
export async function integratedScores(
  generative: GenerativeModel,
  recogniser: Recogniser,
  batch: Batch<ScenePictures>,
  programs: Programs,
): Promise<Scores> {
  const { programs: draws, logQ } = await fixedDraws(recogniser, batch, programs, SCORE_DRAWS);
  const scores = await generative.score(batch, draws);
  const logWeight = logQ.map(
    (value, i) => scores.logPrior[i]! - scores.logPriorDiscrete![i]! + scores.logLikelihood[i]! - value,
  );
  const logPrior = generative.logPriorDiscrete(programs);
  const count = logPrior.length;
  const logLikelihood = Float64Array.from(
    { length: count },
    (_, i) => logSumExp(logWeight, i, SCORE_DRAWS, count) - Math.log(SCORE_DRAWS),
  );
  return { logPrior, logLikelihood, logPriorDiscrete: logPrior };
}

/** FNV-1a over the integers of a program. */
function hashOf(values: Int32Array, from: number, length: number): number {
  let hash = 0x811c9dc5;
  for (let i = from; i < from + length; i++) hash = Math.imul(hash ^ values[i]!, 0x01000193);
  return hash >>> 0;
}

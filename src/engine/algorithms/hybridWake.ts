// The wake phase of hybrid memoised wake-sleep, which HMWS and HMWS- share: propose, draw, score, keep, weigh; and phi's term
// on the remembered structures. Source: Le et al. 2022, Algorithm 1; HMWS specification, section 2. Symbols as in hmws.ts.

import { logSumExpOverParticles } from "../dists/logs";
import { membersOf } from "../memory/firstVisit";
import { fateCode, type KeepBestResult, keepBest } from "../memory/keepBest";
import type { MemoryUpdate } from "../memory/programMemory";
import type { Term } from "../model";
import { hybridBudget } from "../run/budget";
import type { StagePayload, StepContext, StepInfo } from "./algorithm";
import { effectiveSampleSize } from "./estimators";
import { differentCandidates, type SelectedDraws, selectDraws, weighDraws, withRepetitions } from "./hybridCandidates";
import { type HybridWeights, hybridWeights, releasedProgramWeights } from "./hybridWeights";
import { meanOf, requireHybrid, requireMemory } from "./requirements";
import { withMutations } from "./variations";

const IMPOSSIBLE = fateCode("impossible");

/** What the wake phase leaves: the new memory, its draws and their weights. */
export type HybridWake = {
  readonly update: MemoryUpdate;
  readonly selected: SelectedDraws;
  readonly weights: HybridWeights;
  readonly payload: StagePayload;
  readonly info: StepInfo;
};

/** Wake: proposes, draws, scores, keeps the M best, weighs; through the stages look to recall. */
export async function remember(context: StepContext): Promise<HybridWake> {
  const { model, batch, options, rng, on } = context;
  const memory = requireMemory(context);
  const { memorySize } = memory;
  const { numDraws, numProposals } = hybridBudget(options);
  const batchSize = batch.ids.length;
  await on("look", { batch });

  // Propose N programs from q(z_d | x); unite them with the memory, each once.                      (steps 1-2)
  const members = await membersOf(memory, model, batch, rng.fork("first"), context.step);
  const drawn = await requireHybrid(model).proposeDiscrete(batch, numProposals, rng.fork("propose"));
  const { programs: proposals, logQ } = await withMutations(context, members, drawn);
  await on("propose", { batch, members, proposals, logQ });
  const candidates = differentCandidates(members, proposals);

  // K draws of z_c for each; log w = log p(z_d, z_c, x) - log q(z_c | z_d, x), log p^ their log mean. (steps 3-4)
  const { programs, present, first } = candidates;
  const weighed = await weighDraws(model, batch, programs, numDraws, rng.fork("continuous"), present);
  const logScore = withRepetitions(weighed.logScore, first, batchSize);
  const logPrior = withRepetitions(weighed.logPrior, first, batchSize);
  const numMembers = memorySize * batchSize;
  const scored = {
    batch,
    members,
    proposals,
    logQ,
    logPrior: logPrior.subarray(numMembers),
    logLikelihood: logScore
      .subarray(numMembers)
      .map((score, i) => (score === -Infinity ? score : score - logPrior[numMembers + i]!)),
    memberLogJoint: logScore.subarray(0, numMembers),
  };
  await on("score", scored);

  // Keep the M with the largest log p^; their scores are estimated afresh at every visit.             (step 5)
  const { ids } = batch;
  const { bornAt } = members;
  const { step: now } = context;
  const known = { present: members.present, bornAt, logJoint: logScore, logPrior };
  const kept = keepBest({ ids, programs, memorySize, ...known, step: now });
  const { update, fate } = kept;
  const wake = { ...scored, fate, update };
  await on("remember", wake);

  // v over all draws, omega over programs, w-bar over the draws of each program.                      (step 6)
  const selected = selectDraws(weighed, kept.places, numDraws);
  const weights = hybridWeights(selected.logWeight, numDraws, memorySize, batchSize);
  const payload: StagePayload = { ...wake, weight: weights.program };
  await on("recall", payload);
  const evaluations = numDraws * present.reduce((sum, one) => sum + one, 0);
  return { update, selected, weights, payload, info: summarise(update, weights, kept, evaluations) };
}

/** Phi's term on the remembered programs, discrete part: `share` times omega, or times what the released code takes. */
export function replayPrograms({ batch, options }: StepContext, wake: HybridWake, share: number): Term {
  const { update, weights } = wake;
  const numDraws = weights.joint.length / weights.program.length;
  const isReleased = options.discreteWeights === "released";
  const weight = isReleased ? releasedProgramWeights(weights.joint, numDraws) : weights.program;
  const coefficient = weight.map((value) => share * value);
  return { target: "phi", factor: "discrete", batch, programs: update.programs, coefficient };
}

/** elbo: the memory bound, log-sum-exp of the kept log p^ (HMWS specification, 4), over observations with a finite one. */
function summarise(update: MemoryUpdate, weights: HybridWeights, kept: KeepBestResult, evaluations: number): StepInfo {
  const { numParticles: memorySize, batchSize } = update.programs;
  const bounds = logSumExpOverParticles(update.logJoint, memorySize, batchSize);
  const finite = bounds.filter((bound) => bound > -Infinity);
  const numSamples = weights.joint.length / batchSize;
  const ess = Float64Array.from({ length: batchSize }, (_, b) =>
    effectiveSampleSize(weights.joint, b, numSamples, batchSize),
  );
  return {
    elbo: meanOf(finite),
    ess: meanOf(ess),
    accepted: kept.numAccepted / batchSize,
    novel: kept.numNovel / batchSize,
    newBest: kept.numNewBest / batchSize,
    evaluations,
    degenerate: batchSize - finite.length,
    impossible: meanOf(kept.fate.map((fate) => (fate === IMPOSSIBLE ? 1 : 0))),
  };
}

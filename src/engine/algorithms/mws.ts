// Memoised wake-sleep. Source: Hewitt, Le & Tenenbaum 2020, Algorithm 1; MWS spec 1.2.
// Symbols: theta generative, phi recognition, M memory size, R proposals, B batch.  Logs are natural (nats).
// Sleep is an option: replay (learn from the memory), fantasy (from dreams), mix (half of each).

import { logSumExpOverParticles, softmaxOverParticles } from "../dists/logs";
import { membersOf } from "../memory/firstVisit";
import { keepBest } from "../memory/keepBest";
import type { MemoryUpdate } from "../memory/programMemory";
import { concatPrograms, type Term } from "../model";
import { memoryAndProposals } from "../run/budget";
import type { Algorithm, StepContext, StepInfo, StepResult } from "./algorithm";
import { drawOne } from "./drawOne";
import { effectiveSampleSize } from "./estimators";
import { meanOf, requireMemory } from "./requirements";
import { stageList } from "./stages";

export const mws: Algorithm = {
  id: "mws",
  title: "MWS",
  summary: "Memoised wake-sleep: remembers the best programs of every observation and learns from them.",
  usesMemory: true,
  stages: (options) =>
    stageList([
      ...(["look", "propose", "score", "remember", "recall", "learnTheta"] as const),
      ...(options.sleep === "fantasy" ? [] : (["learnPhi"] as const)),
      ...(options.sleep === "replay" ? [] : (["dream", "learnFromDream"] as const)),
    ]),
  step,
};

/** One step on a batch: draws, scores, updates the memory, and returns the coefficients on grad log p and grad log q. */
async function step(context: StepContext): Promise<StepResult> {
  const { model, batch, options, rng, on } = context;
  const memory = requireMemory(context);
  const { numProposals } = memoryAndProposals(options);
  const batchSize = batch.ids.length;
  await on("look", { batch });

  // Wake: propose R programs, score them and the M remembered ones, keep the M best distinct.      (steps 1-3)
  const members = await membersOf(memory, model, batch, rng.fork("first"), context.step);
  const { programs: proposals, logQ } = await model.propose(batch, numProposals, rng.fork("propose"));
  await on("propose", { batch, proposals, logQ });
  const programs = concatPrograms(members.programs, proposals);
  const { logPrior, logLikelihood } = await model.score(batch, programs);
  const logJoint = logPrior.map((value, i) => value + logLikelihood[i]!); // s(z) = log p(z) + log p(x | z)
  const tail = memory.memorySize * batchSize;
  const seen = { logPrior: logPrior.subarray(tail), logLikelihood: logLikelihood.subarray(tail) };
  await on("score", { batch, proposals, logQ, ...seen });
  const kept = keepBest({
    ids: batch.ids,
    programs,
    memorySize: memory.memorySize,
    present: members.present,
    bornAt: members.bornAt,
    logJoint,
    step: context.step,
  });
  const { update, fate } = kept;
  const payload = { batch, proposals, logQ, ...seen, fate, update };
  await on("remember", payload);

  // Replay: recall from Q, weights proportional to p(z, x); raise log p of what is recalled.       (steps 4-5)
  const weight = softmaxOverParticles(update.logJoint, memory.memorySize, batchSize);
  const drawn = drawOne(weight, memory.memorySize, batchSize, rng.fork("recall"));
  const recall = options.replayBy === "weighted" ? weight : drawn.coefficient;
  await on("recall", { ...payload, weight, recalled: drawn.index });
  const terms: Term[] = [{ target: "theta", batch, programs: update.programs, coefficient: recall }];
  await on("learnTheta", { ...payload, weight, recalled: drawn.index });

  // Sleep: raise log q of what was recalled, of dreams, or of both by halves.                      (step 6)
  const replayShare = { replay: 1, mix: 0.5, fantasy: 0 }[options.sleep];
  if (replayShare > 0) {
    const coefficient = recall.map((value) => replayShare * value);
    terms.push({ target: "phi", batch, programs: update.programs, coefficient });
    await on("learnPhi", { ...payload, weight, recalled: drawn.index });
  }
  if (replayShare < 1) {
    const dreams = await model.dream(batchSize, rng.fork("dream"));
    await on("dream", { ...payload, dreams: dreams.programs });
    const coefficient = new Float64Array(batchSize).fill(1 - replayShare);
    terms.push({ target: "phi", batch: dreams.batch, programs: dreams.programs, coefficient });
    await on("learnFromDream", { ...payload, dreams: dreams.programs });
  }
  const info = summarise(update, weight, kept);
  return { terms, update, info, payload: { ...payload, weight, recalled: drawn.index } };
}

type Counts = { numAccepted: number; numNovel: number; numNewBest: number; evaluations: number };

/** elbo: the memory ELBO, log-sum-exp of the kept log joints (MWS spec 1.1), over observations with a finite one. */
function summarise(update: MemoryUpdate, weight: Float64Array, counts: Counts): StepInfo {
  const { numParticles: memorySize, batchSize } = update.programs;
  const bounds = logSumExpOverParticles(update.logJoint, memorySize, batchSize);
  const finite = bounds.filter((bound) => bound > -Infinity);
  const ess = Float64Array.from({ length: batchSize }, (_, b) => effectiveSampleSize(weight, b, memorySize, batchSize));
  return {
    elbo: meanOf(finite),
    ess: meanOf(ess),
    accepted: counts.numAccepted / batchSize,
    novel: counts.numNovel / batchSize,
    newBest: counts.numNewBest / batchSize,
    evaluations: counts.evaluations,
    degenerate: batchSize - finite.length,
  };
}

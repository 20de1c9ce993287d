// Memoised wake-sleep. Source: Hewitt, Le & Tenenbaum 2020, Algorithm 1; MWS spec 1.2.
// Symbols: theta generative, phi recognition, M memory size, R proposals, B batch.  Logs are natural (nats).
// Sleep is an option: replay (learn from the memory), fantasy (from dreams), mix (half of each).

import { logSumExpOverParticles, softmaxOverParticles } from "../dists/logs";
import { membersOf } from "../memory/firstVisit";
import { fateCode, type KeepBestResult, keepBest } from "../memory/keepBest";
import type { MemoryUpdate } from "../memory/programMemory";
import { concatPrograms, type Term } from "../model";
import { memoryAndProposals } from "../run/budget";
import type { Algorithm, StagePayload, StepContext, StepInfo, StepResult } from "./algorithm";
import { drawOne } from "./drawOne";
import { learnFromDreams } from "./dreams";
import { effectiveSampleSize } from "./estimators";
import { explained, leader, numberText } from "./lensWords";
import { meanOf, requireMemory } from "./requirements";
import { stageList, WEIGHTED_REPLAY } from "./stages";
import { withMutations } from "./variations";

const IMPOSSIBLE = fateCode("impossible");

export const mws: Algorithm = {
  id: "mws",
  title: "MWS",
  summary: "Memoised wake-sleep: remembers the best programs of every observation and learns from them.",
  usesMemory: true,
  programs: "discrete",
  stages: (options) =>
    stageList(
      [
        ...(["look", "propose", "score", "remember", "recall", "learnTheta"] as const),
        ...(options.sleep === "fantasy" ? [] : (["learnPhi"] as const)),
        ...(options.sleep === "replay" ? [] : (["dream", "learnFromDream"] as const)),
      ],
      {},
      options.replayBy === "weighted" ? WEIGHTED_REPLAY : {},
    ),
  lens: [
    {
      title: "MWS replay",
      options: { sleep: "replay" },
      sentence: explained((facts) => {
        const { name, value } = leader(facts.printed, facts.theta);
        const kept = facts.theta.filter((a) => a > 0).length;
        const others = ["no other has any", "one other has the rest"][kept - 1] ?? `${kept - 1} others share the rest`;
        return `It replays its memory: ${name} carries weight ${numberText(value)} and gets a = b = ${numberText(value)}, ${others}; what is not kept teaches nothing.`;
      }),
      note: "A step replays one remembered program, drawn by these weights; the bars are its average.",
    },
    {
      title: "MWS fantasy",
      options: { sleep: "fantasy" },
      sentence: explained((facts) => {
        const { name, value } = leader(facts.printed, facts.theta);
        return `\u03b8 replays the memory, a = ${numberText(value)} for ${name}; \u03c6 learns from one dream an observation with b = 1, so none of these programs moves it.`;
      }),
      note: "dreams are not among these programs",
    },
  ],
  step,
};

/** One step on a batch: draws, scores, updates the memory, and returns the coefficients on grad log p and grad log q. */
async function step(context: StepContext): Promise<StepResult> {
  const { model, batch, options, rng, on } = context;
  const memory = requireMemory(context);
  const { memorySize } = memory;
  const { numProposals } = memoryAndProposals(options);
  const batchSize = batch.ids.length;
  await on("look", { batch });

  // Wake: propose R programs, score them and the M remembered ones, keep the M best distinct.      (steps 1-3)
  const members = await membersOf(memory, model, batch, rng.fork("first"), context.step);
  const own = await model.propose(batch, numProposals, rng.fork("propose"));
  const drawn = model.respell ? await model.respell(batch, own) : own;
  const { programs: proposals, logQ } = await withMutations(context, members, drawn);
  await on("propose", { batch, members, proposals, logQ });
  const programs = concatPrograms(members.programs, proposals);
  const scores = await model.score(batch, programs);
  const { present, bornAt } = members;
  // s(z) = log p(z) + log p(x|z); -Infinity in places of the memory that hold no program
  const logJoint = scores.logPrior.map((value, i) => (present[i] === 0 ? -Infinity : value + scores.logLikelihood[i]!));
  const allPriors = scores.logPrior;
  const logPrior = allPriors.subarray(memorySize * batchSize); // of the proposals, for the picture
  const logLikelihood = scores.logLikelihood.subarray(memorySize * batchSize);
  const { ids } = batch;
  const memberLogJoint = logJoint.subarray(0, memorySize * batchSize);
  const scored = { batch, members, proposals, logQ, logPrior, logLikelihood, memberLogJoint };
  await on("score", scored);
  const kept = keepBest({
    ids,
    programs,
    memorySize,
    present,
    bornAt,
    logJoint,
    logPrior: allPriors,
    step: context.step,
  });
  const { update, fate } = kept;
  const wake = { ...scored, fate, update };
  await on("remember", wake);

  // Replay: recall from Q, weights proportional to p(z, x); raise log p of what is recalled.       (steps 4-5)
  const weight = softmaxOverParticles(update.logJoint, memorySize, batchSize);
  const one = drawOne(weight, memorySize, batchSize, rng.fork("recall")); // z_Q ~ Q
  const recall = options.replayBy === "weighted" ? weight : one.coefficient;
  const replay = { ...wake, weight, recalled: one.index };
  await on("recall", replay);
  const theta: Term = { target: "theta", batch, programs: update.programs, coefficient: recall };
  await on("learnTheta", { ...replay, term: theta });

  // Sleep: raise log q of what was recalled, of dreams, or of both by halves.                      (step 6)
  const phi = await sleep(context, { target: "phi", batch, programs: update.programs, coefficient: recall }, replay);
  return { terms: [theta, ...phi], update, info: summarise(update, weight, kept), payload: replay };
}

/** Phi's terms: `recalled` with the share of replay, dreams with the rest. */
async function sleep(context: StepContext, recalled: Term, payload: StagePayload): Promise<readonly Term[]> {
  const replayShare = { replay: 1, mix: 0.5, fantasy: 0 }[context.options.sleep];
  const terms: Term[] = [];
  if (replayShare > 0) {
    const term = { ...recalled, coefficient: recalled.coefficient.map((value) => replayShare * value) };
    terms.push(term);
    await context.on("learnPhi", { ...payload, term });
  }
  if (replayShare < 1) terms.push(await learnFromDreams(context, 1 - replayShare, payload));
  return terms;
}

/** elbo: the memory ELBO, log-sum-exp of the kept log joints (MWS spec 1.1), over observations with a finite one. */
function summarise(update: MemoryUpdate, weight: Float64Array, counts: KeepBestResult): StepInfo {
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
    impossible: meanOf(counts.fate.map((fate) => (fate === IMPOSSIBLE ? 1 : 0))),
  };
}

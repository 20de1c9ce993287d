// RWS+: reweighted wake-sleep whose log q(z_c | z_d, x) learns as in hybrid memoised wake-sleep, from K draws for each of M
// fresh structures; nothing is remembered. Source: Le et al. 2022, ablations; HMWS specification, section 3.
// Symbols as in hmws.ts; S = K (M + N) samples of both parts, w their normalised importance weights.

import type { Term } from "../model";
import { hybridBudget } from "../run/budget";
import type { Algorithm, StepContext, StepResult } from "./algorithm";
import { learnFromDreams } from "./dreams";
import { weighDraws } from "./hybridCandidates";
import { bestDraw, DREAMS_NOTE, everyDraw, shareText } from "./hybridLensWords";
import { replayShare, sampledStages } from "./hybridStages";
import { hybridWeights } from "./hybridWeights";
import { explained, leader, numberText } from "./lensWords";
import { drawParticles } from "./particles";
import { requireHybrid } from "./requirements";

export const rwsPlus: Algorithm = {
  id: "rws-plus",
  title: "RWS+",
  summary: "RWS that learns numbers as HMWS does: several draws for each of a few fresh structures, no memory.",
  usesMemory: false,
  programs: "hybrid",
  stages: (options) =>
    sampledStages(options, {
      score: "Weight each by how much better the generative model likes it than the recognition model (w).",
      learnTheta: "Make the generative model find them more likely, by weight (\u03b8).",
      learnPhi:
        "Propose these structures more readily; numbers are learnt from K draws for each of M fresh ones (\u03c6).",
    }),
  lens: [],
  hybridLens: [
    {
      title: "RWS+",
      options: {},
      sentence: explained((facts) => {
        const { name, value } = leader(facts.printed, facts.theta);
        const first = `It weights all ${everyDraw(facts.inner?.theta).length} samples by p/q: those of ${name} have a = ${numberText(value)} together.`;
        if (facts.lambda === 0) return `${first} \u03c6 learns from dreams alone.`;
        return `${first} \u03c6 takes ${shareText(facts)} of that for structures; every structure's draws count alike, and ${bestDraw(facts)}.`;
      }),
      note: DREAMS_NOTE,
    },
  ],
  step,
};

/** One step on a batch: w on log p and on log q(z_d | x), w-bar / M of fresh structures on log q(z_c | z_d, x). */
async function step(context: StepContext): Promise<StepResult> {
  const { batch, options, on } = context;
  const { programs, weight, payload, info } = await drawParticles(context, hybridBudget(options).numSamples);

  // Generative model: sum_s w_s grad log p(z_d, z_c, x)
  const theta: Term = { target: "theta", batch, programs, coefficient: weight };
  await on("learnTheta", { ...payload, term: theta });
  const terms: Term[] = [theta];

  // Wake, share lambda: sum_s w_s grad log q(z_d | x) + (1/M) sum_mk w-bar_mk grad log q(z_c | z_d, x)
  const share = replayShare(options);
  let evaluations = info.evaluations;
  if (share > 0) {
    const coefficient = weight.map((w) => share * w);
    const discrete: Term = { target: "phi", factor: "discrete", batch, programs, coefficient };
    const continuous = await freshStructures(context, share);
    terms.push(discrete, continuous);
    evaluations += continuous.coefficient.length;
    await on("learnPhi", { ...payload, term: discrete });
  }
  // Sleep, share 1 - lambda: grad log q(z_d, z_c | x) at (z, x) ~ p
  if (share < 1) terms.push(await learnFromDreams(context, 1 - share, payload));
  return { terms, update: null, info: { ...info, evaluations }, payload };
}

/** (1/M) sum_mk w-bar_mk grad log q(z_c | z_d, x) for M structures drawn from q(z_d | x), K draws each. */
async function freshStructures({ model, batch, options, rng }: StepContext, share: number): Promise<Term> {
  const { numDraws, memorySize } = hybridBudget(options);
  const fresh = await requireHybrid(model).proposeDiscrete(batch, memorySize, rng.fork("structures"));
  const { draws, logWeight } = await weighDraws(model, batch, fresh.programs, numDraws, rng.fork("continuous"));
  const { numParticles: numPrograms, batchSize } = fresh.programs;
  const { within } = hybridWeights(logWeight, numDraws, numPrograms, batchSize);
  const coefficient = within.map((value) => (share * value) / numPrograms);
  return { target: "phi", factor: "continuous", batch, programs: draws, coefficient };
}

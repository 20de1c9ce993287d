// HMWS-: hybrid memoised wake-sleep whose log q(z_c | z_d, x) learns as in reweighted wake-sleep, from fresh samples of
// both parts; everything else is HMWS. Source: Le et al. 2022, ablations; HMWS specification, section 3.
// Symbols as in hmws.ts; S = K (M + N) fresh samples.

import { softmaxOverParticles } from "../dists/logs";
import type { Term } from "../model";
import { hybridBudget } from "../run/budget";
import type { Algorithm, StepContext, StepResult } from "./algorithm";
import { learnFromDreams } from "./dreams";
import { bestDraw, DREAMS_NOTE, shareText } from "./hybridLensWords";
import { HYBRID_CAPTIONS, hybridStages, replayShare } from "./hybridStages";
import { remember, replayPrograms } from "./hybridWake";
import { explained, leader, numberText } from "./lensWords";
import { importanceWeights } from "./particles";

export const hmwsMinus: Algorithm = {
  id: "hmws-minus",
  title: "HMWS\u2212",
  summary: "HMWS without its own rule for numbers: they are learnt from fresh weighted samples, as in RWS.",
  usesMemory: true,
  programs: "hybrid",
  stages: (options) =>
    hybridStages(options, {
      ...HYBRID_CAPTIONS,
      learnPhi: "Propose these structures more readily; numbers are learnt from fresh weighted samples (\u03c6).",
    }),
  lens: [],
  hybridLens: [
    {
      title: "HMWS\u2212",
      options: {},
      sentence: explained((facts) => {
        const { name, value } = leader(facts.printed, facts.theta);
        const first = `Structures are as in HMWS, ${name} with \u03c9 = ${numberText(value)};`;
        if (facts.lambda === 0) return `${first} \u03c6 learns from dreams alone.`;
        return `${first} draws are weighted by p/q among all samples, whatever is remembered, times ${shareText(facts)}: ${bestDraw(facts)}.`;
      }),
      note: DREAMS_NOTE,
    },
  ],
  step,
};

/** One step on a batch: v on log p, omega on log q(z_d | x), the weights of S fresh samples on log q(z_c | z_d, x). */
async function step(context: StepContext): Promise<StepResult> {
  const { batch, options, on } = context;
  const wake = await remember(context);
  const { update, selected, weights, payload, info } = wake;

  // Generative model: sum_mk v_mk grad log p(z_d, z_c, x)
  const theta: Term = { target: "theta", batch, programs: selected.programs, coefficient: weights.joint };
  await on("learnTheta", { ...payload, term: theta });
  const terms: Term[] = [theta];

  // Replay of the structures, share lambda; their numbers from S samples of q(z_d, z_c | x)
  const share = replayShare(options);
  let evaluations = info.evaluations;
  if (share > 0) {
    const discrete = replayPrograms(context, wake, share);
    const continuous = await freshNumbers(context, share);
    terms.push(discrete, continuous);
    evaluations += continuous.coefficient.length;
    await on("learnPhi", { ...payload, term: discrete });
  }
  // Fantasy, share 1 - lambda: grad log q(z_d, z_c | x) at (z, x) ~ p
  if (share < 1) terms.push(await learnFromDreams(context, 1 - share, payload));
  return { terms, update, info: { ...info, evaluations }, payload };
}

/** sum_s w_s grad log q(z_c | z_d, x) over S fresh samples, w their normalised importance weights. */
async function freshNumbers({ model, batch, options, rng }: StepContext, share: number): Promise<Term> {
  const { numSamples } = hybridBudget(options);
  const { programs, logQ } = await model.propose(batch, numSamples, rng.fork("fresh"));
  const logWeight = importanceWeights(logQ, await model.score(batch, programs));
  const weight = softmaxOverParticles(logWeight, programs.numParticles, batch.ids.length);
  return { target: "phi", factor: "continuous", batch, programs, coefficient: weight.map((w) => share * w) };
}

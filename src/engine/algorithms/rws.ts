// Reweighted wake-sleep. Source: Bornschein & Bengio 2015; Le et al. 2019; MWS spec 1.5.
// Symbols: theta generative, phi recognition, K particles, w normalised importance weights.  Logs are natural (nats).
// The recognition update is an option: wake (weighted samples), sleep (dreams), both (half of each); of hybrid models
// lambda says the share of wake (HMWS specification, section 3).

import type { Term } from "../model";
import type { CommonOptions } from "../run/options";
import type { Algorithm, StepContext, StepResult } from "./algorithm";
import { learnFromDreams } from "./dreams";
import { effectiveSampleSize } from "./estimators";
import { DREAMS_NOTE, everyDraw, shareText } from "./hybridLensWords";
import { explained, leader, numberText } from "./lensWords";
import { drawParticles } from "./particles";
import { requireParticles } from "./requirements";
import { stageList } from "./stages";

export const rws: Algorithm = {
  id: "rws",
  title: "RWS",
  summary: "Reweighted wake-sleep: learns from fresh samples, weighted by importance.",
  usesMemory: false,
  stages: (options) =>
    stageList(
      [
        ...(["look", "propose", "score", "learnTheta"] as const),
        ...(wakeShareOf(options) === 0 ? [] : (["learnPhi"] as const)),
        ...(wakeShareOf(options) === 1 ? [] : (["dream", "learnFromDream"] as const)),
      ],
      { learnTheta: "wake", learnPhi: "wake" },
      {
        score: "Weight each by how much better the generative model likes it than the recognition model (w).",
        learnTheta: "Make the generative model find them more likely, by weight (\u03b8).",
        learnPhi: "Make the recognition model propose them more readily, by weight (\u03c6).",
      },
    ),
  lens: [
    {
      title: "RWS wake",
      options: { phi: "wake" },
      sentence: explained((facts) => {
        const { name, value } = leader(facts.printed, facts.theta);
        const worth = numberText(effectiveSampleSize(facts.theta));
        return `It weights each sample by p/q: ${name} gets a = b = ${numberText(value)}; the ${facts.theta.length} samples are worth ${worth} equal ones.`;
      }),
      note: "",
    },
    {
      title: "RWS sleep",
      options: { phi: "sleep" },
      sentence: explained((facts) => {
        const { name, value } = leader(facts.printed, facts.theta);
        return `\u03b8 takes the weights p/q, a = ${numberText(value)} for ${name}; \u03c6 learns from one dream an observation with b = 1, so none of these programs moves it.`;
      }),
      note: "dreams are not among these programs",
    },
  ],
  hybridLens: [
    {
      title: "RWS",
      options: {},
      sentence: explained((facts) => {
        const { name, value } = leader(facts.printed, facts.theta);
        const samples = everyDraw(facts.inner?.theta);
        const worth = numberText(effectiveSampleSize(samples));
        const first = `It weights each sample by p/q: those of ${name} have a = ${numberText(value)} together; the ${samples.length} samples are worth ${worth} equal ones.`;
        if (facts.lambda === 0) return `${first} \u03c6 learns from dreams alone.`;
        return `${first} \u03c6 takes ${shareText(facts)} of the same for structures and draws.`;
      }),
      note: DREAMS_NOTE,
    },
  ],
  step,
};

/** What phi learns from the samples and not from dreams: the option of that name, or lambda where a domain has it. */
function wakeShareOf(options: CommonOptions): number {
  return options.lambda ?? { wake: 1, both: 0.5, sleep: 0 }[options.phi];
}

/** One step on a batch: a = w on grad log p; b = w on grad log q (wake), 1 on dreams (sleep), or halves. */
async function step(context: StepContext): Promise<StepResult> {
  const { batch, options, on } = context;
  const { programs, weight, payload, info } = await drawParticles(context, requireParticles(context, 1, "RWS"));

  // Wake, theta: sum_k w_k grad log p(z_k, x)
  const theta: Term = { target: "theta", batch, programs, coefficient: weight };
  const terms: Term[] = [theta];
  await on("learnTheta", { ...payload, term: theta });

  // Wake, phi: sum_k w_k grad log q(z_k | x)
  const wakeShare = wakeShareOf(options);
  if (wakeShare > 0) {
    const phi: Term = { target: "phi", batch, programs, coefficient: weight.map((w) => wakeShare * w) };
    terms.push(phi);
    await on("learnPhi", { ...payload, term: phi });
  }
  // Sleep, phi: grad log q(z | x) at (z, x) ~ p
  if (wakeShare < 1) terms.push(await learnFromDreams(context, 1 - wakeShare, payload));
  return { terms, update: null, info, payload };
}

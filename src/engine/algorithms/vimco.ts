// VIMCO. Source: Mnih & Rezende 2016, eq. 10 (geometric mean of the other weights); MWS spec 1.5.
// Symbols: theta generative, phi recognition, K particles, L the K-sample bound, c_k control variates.

import type { Term } from "../model";
import type { Algorithm, StepContext, StepResult } from "./algorithm";
import { perObservation, vimcoCoefficients } from "./estimators";
import { explained, judged, leader, numberText } from "./lensWords";
import { drawParticles } from "./particles";
import { phiTerms } from "./phiTerms";
import { requireParticles } from "./requirements";
import { stageList } from "./stages";

export const vimco: Algorithm = {
  id: "vimco",
  title: "VIMCO",
  summary: "Raises the K-sample bound for both models; each sample is judged against the others.",
  usesMemory: false,
  stages: () =>
    stageList(
      ["look", "propose", "score", "learnTheta", "learnPhi"],
      { learnTheta: "wake", learnPhi: "wake" },
      {
        score: "Weight each, and see how far the bound would fall without it.",
        learnTheta: "Make the generative model find them more likely, by weight (\u03b8).",
        learnPhi: "Propose more readily what raised the bound, less readily what did not (\u03c6).",
      },
    ),
  lens: [
    {
      title: "VIMCO",
      options: {},
      sentence: explained((facts) => {
        const { name, value } = leader(facts.printed, facts.theta);
        return `\u03b8 takes the weights p/q, a = ${numberText(value)} for ${name}; \u03c6 asks how far the bound would fall without each sample, less its weight: ${judged(facts)}.`;
      }),
      note: "",
    },
  ],
  hybridLens: [
    {
      title: "VIMCO",
      options: {},
      sentence: explained((facts) => {
        const { name, value } = leader(facts.printed, facts.theta);
        return `\u03b8 takes the weights p/q, a = ${numberText(value)} for the samples of ${name}. Structures are asked how far the bound would fall without each sample, less its weight: ${judged(facts)}. Draws follow their own slope, by weight.`;
      }),
      note: "The released code mixes its axes here, so the published failure of VIMCO should be read with care.",
    },
  ],
  step,
};

/** One step on a batch: a_k = w_k, b_k = (L - c_k) - w_k. */
async function step(context: StepContext): Promise<StepResult> {
  const { batch, on } = context;
  const drawn = await drawParticles(context, requireParticles(context, 2, "VIMCO"));
  const { programs, logWeight, weight, payload, info } = drawn;

  const theta: Term = { target: "theta", batch, programs, coefficient: weight }; //          a_k = w_k
  await on("learnTheta", { ...payload, term: theta });
  const coefficient = perObservation(logWeight, programs.numParticles, batch.ids.length, vimcoCoefficients); // b_k
  const phi = phiTerms(context, programs, coefficient, weight); // w_k through continuous parts
  await on("learnPhi", { ...payload, term: phi[0] });
  return { terms: [theta, ...phi], update: null, info, payload };
}

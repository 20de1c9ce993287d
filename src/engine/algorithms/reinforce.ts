// REINFORCE on the single-sample bound, K samples, leave-one-out baseline. Source: MWS spec 1.5; Williams 1992.
// Symbols: theta generative, phi recognition, K particles, b_k the mean of the other log weights.

import type { Term } from "../model";
import type { Algorithm, StepContext, StepResult } from "./algorithm";
import { perObservation, reinforceCoefficients } from "./estimators";
import { everyDraw } from "./hybridLensWords";
import { explained, judged, numberText } from "./lensWords";
import { drawParticles } from "./particles";
import { phiTerms } from "./phiTerms";
import { requireParticles } from "./requirements";
import { stageList } from "./stages";

export const reinforce: Algorithm = {
  id: "reinforce",
  title: "REINFORCE",
  summary: "Raises the single-sample bound; samples better than the others' average are reinforced.",
  usesMemory: false,
  stages: () =>
    stageList(
      ["look", "propose", "score", "learnTheta", "learnPhi"],
      { learnTheta: "wake", learnPhi: "wake" },
      {
        score: "Compare each with the average of the others.",
        learnTheta: "Make the generative model find all of them more likely, equally (\u03b8).",
        learnPhi: "Propose more readily what was better than the average, less readily what was worse (\u03c6).",
      },
    ),
  lens: [
    {
      title: "REINFORCE",
      options: {},
      sentence: explained((facts) => {
        const count = facts.theta.length;
        return `\u03b8 treats all ${count} alike, a = 1/${count} = ${numberText(1 / count)}; \u03c6 compares each log weight with the mean of the others: ${judged(facts)}.`;
      }),
      note: "",
    },
  ],
  hybridLens: [
    {
      title: "REINFORCE",
      options: {},
      sentence: explained((facts) => {
        const count = everyDraw(facts.inner?.theta).length;
        return `\u03b8 treats all ${count} samples alike, a = 1/${count} each. Structures compare each log weight with the mean of the others: ${judged(facts)}. Draws follow their own slope, all alike.`;
      }),
      note: "",
    },
  ],
  step,
};

/** One step on a batch: a_k = 1/K, b_k = (log w_k - b_k - 1) / K. */
async function step(context: StepContext): Promise<StepResult> {
  const { batch, on } = context;
  const drawn = await drawParticles(context, requireParticles(context, 1, "REINFORCE"));
  const { programs, logWeight, payload, info } = drawn;
  const { numParticles } = programs;

  const equal = logWeight.map((value) => (value === -Infinity ? 0 : 1 / numParticles)); //   a_k = 1/K
  const theta: Term = { target: "theta", batch, programs, coefficient: equal };
  await on("learnTheta", { ...payload, term: theta });
  const coefficient = perObservation(logWeight, numParticles, batch.ids.length, reinforceCoefficients); // b_k
  const phi = phiTerms(context, programs, coefficient, equal); // 1/K through continuous parts
  await on("learnPhi", { ...payload, term: phi[0] });
  return { terms: [theta, ...phi], update: null, info, payload };
}

// Sleep first: for the first steps of a run only phi learns, from dreams of a theta that stands still; then the run's own
// algorithm takes over. Source: MWS spec 1.6 and 3.7 (10 000 iterations of pretraining before the strokes experiment).
// Symbols: theta generative, phi recognition, B batch.

import type { Algorithm, StepContext, StepInfo, StepResult } from "./algorithm";
import { learnFromDreams } from "./dreams";
import { stageList } from "./stages";

/** Nothing is proposed or scored, so nothing that averages proposals or weights has a value. */
const NO_WAKE: StepInfo = {
  elbo: Number.NaN,
  ess: Number.NaN,
  accepted: Number.NaN,
  novel: Number.NaN,
  newBest: Number.NaN,
  evaluations: 0,
  degenerate: 0,
  impossible: Number.NaN,
};

/**
 * `algorithm` from step options.sleepFirst + 1 on. Which of the two makes a step follows from its number alone, so a run
 * resumes exactly; theta's Adam begins to count where theta begins to learn (stepOnce.ts).
 */
export function afterSleep(algorithm: Algorithm): Algorithm {
  const isAsleep = (sleepFirst: number | undefined, step: number) => step <= (sleepFirst ?? 0);
  return {
    ...algorithm,
    stages: (options, at = Infinity) =>
      isAsleep(options.sleepFirst, at) ? stageList(["look", "dream", "learnFromDream"]) : algorithm.stages(options, at),
    step: (context) =>
      isAsleep(context.options.sleepFirst, context.step) ? sleepStep(context) : algorithm.step(context),
  };
}

/** One step on B dreams: coefficient 1 on grad log q, nothing on grad log p. */
async function sleepStep(context: StepContext): Promise<StepResult> {
  const { batch, on } = context;
  await on("look", { batch });
  const phi = await learnFromDreams(context, 1, { batch });
  return { terms: [phi], update: null, info: NO_WAKE, payload: { batch } };
}

// The fantasy phase that algorithms share: dream one (z, x) per observation of the batch, learn to recognise it.

import type { Term } from "../model";
import type { StagePayload, StepContext } from "./algorithm";

/** Phi's term on B dreams from p_theta, coefficient `share` each; through the stages dream and learnFromDream. */
export async function learnFromDreams(context: StepContext, share: number, payload: StagePayload): Promise<Term> {
  const batchSize = context.batch.ids.length;
  const dreams = await context.model.dream(batchSize, context.rng.fork("dream"));
  await context.on("dream", { ...payload, dreams });
  const term: Term = { target: "phi", ...dreams, coefficient: new Float64Array(batchSize).fill(share) };
  await context.on("learnFromDream", { ...payload, dreams, term });
  return term;
}

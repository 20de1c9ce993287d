// The fantasy phase that algorithms share: dream pairs (z, x), learn to recognise them.

import type { Term } from "../model";
import type { StagePayload, StepContext } from "./algorithm";

/** Phi's term on F dreams from p_theta, coefficient `share` each; through the stages dream and learnFromDream. */
export async function learnFromDreams(context: StepContext, share: number, payload: StagePayload): Promise<Term> {
  const count = numDreams(context);
  const dreams = await context.model.dream(count, context.rng.fork("dream"));
  await context.on("dream", { ...payload, dreams });
  const term: Term = { target: "phi", ...dreams, coefficient: new Float64Array(count).fill(share) };
  await context.on("learnFromDream", { ...payload, dreams, term });
  return term;
}

/** F: one dream per observation; of hybrid models as many as the option says, K per observation where it says nothing. */
function numDreams({ model, batch, options }: StepContext): number {
  const batchSize = batch.ids.length;
  return model.hybrid ? options.dreams || options.particles * batchSize : batchSize;
}

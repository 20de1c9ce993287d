// Dreams of the present theta, and those that the run kept from earlier steps.

import type { RunCore } from "../run/core";
import type { Answers } from "../worker/questions";

/** Galleries oldest first; the last one is of the present step. */
export async function answerDreams(core: RunCore): Promise<Answers["dreams"]> {
  const now = await core.dreamNow();
  return { step: core.step, galleries: [...core.dreams.all.filter(({ step }) => step < now.step), now] };
}

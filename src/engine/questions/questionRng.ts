// The random numbers of a question: the run's own, forked by "question", its kind and the step, so that asking changes
// nothing and the same question at the same step has the same answer.

import type { Rng } from "../rng/rng";
import type { RunCore } from "../run/core";
import type { QuestionKind } from "../worker/questions";

/** The stream of one kind of question at the present step. */
export function questionRng(core: RunCore, kind: QuestionKind): Rng {
  return core.rng.fork("question").fork(kind).fork(core.step);
}

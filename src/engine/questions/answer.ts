// Answers a page's questions about a run, at a point where no step computes.

import { LabError } from "../errors";
import type { Run } from "../run/run";
import type { Answer, Question } from "../worker/questions";

/** The answer to one question, all from the present model state; the run is left as it was. */
export function answerQuestion(run: Run, question: Question): Promise<Answer> {
  return run.whenSafe(() => answer(run, question));
}

async function answer(run: Run, question: Question): Promise<Answer> {
  const message = `there is no answer to "${question.kind}" at step ${run.core.step}`;
  throw new LabError("worker", { message, help: "Reload the page." });
}

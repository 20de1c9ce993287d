// Answers a page's questions about a run, at a point where no step computes. One file per kind of question.

import { LabError } from "../errors";
import type { Run } from "../run/run";
import type { Answer, Answers, Question, QuestionKind } from "../worker/questions";
import { requireObservation } from "../worker/requirements";
import { answerDreams } from "./dreams";
import { answerImagine } from "./imagine";
import { answerLens } from "./lens";
import { answerMemoryHistory } from "./memoryHistory";
import { answerPosterior } from "./posterior";
import { answerScore } from "./score";

/** The answer to one question, all from the present model state; the run is left as it was. */
export function answerQuestion(run: Run, question: Question): Promise<Answer> {
  return run.whenSafe(() => answer(run, question));
}

async function answer(run: Run, question: Question): Promise<Answers[QuestionKind]> {
  if ("observation" in question) requireObservation(question.observation, run.core.parts.instance.train.count);
  switch (question.kind) {
    case "posterior":
      return answerPosterior(run, question.observation, question.source);
    case "memoryHistory":
      return answerMemoryHistory(run.core, question.observation);
    case "dreams":
      return answerDreams(run.core);
    case "lens":
      return answerLens(run.core, question.observation);
    case "imagine":
      return answerImagine(run.core, question);
    case "score":
      return answerScore(run.core, question);
    default:
      throw unknownQuestion(question);
  }
}

function unknownQuestion(question: never): LabError {
  // The cast: by its type the question cannot exist, but a message from an older page can.
  const kind = String((question as { kind?: unknown }).kind);
  return new LabError("worker", { message: `there is no question "${kind}"`, help: "Reload the page." }, { kind });
}

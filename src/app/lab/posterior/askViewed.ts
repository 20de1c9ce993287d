// Asks the run on view a question. The run is not changed by it (src/engine/questions).

import type { AnswerTo, Question } from "../../../engine/worker/questions";
import { useRuns } from "../../stores/runStore";
import { driverAt } from "../workbench";

/** The answer of the run on view; null if it cannot answer now (it is starting, was replaced, or has failed). */
export async function askViewed<Q extends Question>(question: Q): Promise<AnswerTo<Q> | null> {
  const { runs, viewed } = useRuns.getState();
  const driver = driverAt(runs.findIndex((run) => run.runId === viewed));
  if (driver?.runId !== viewed) return null;
  const answers: AnswerTo<Q>[] = [];
  await driver.command(async (client) => answers.push(await client.ask(question)));
  return answers[0] ?? null;
}

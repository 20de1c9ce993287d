// The timeline's moves: back to a recorded stage, forward by computing stage after stage.

import { runOnShow, stagesOf } from "./runOnShow";
import { useStepping } from "./steppingStore";

/**
 * Shows the stage at `index` of the step on show. Earlier stages come from their records; later ones are computed by
 * `advance`, one stage at a time, the same way as stepping does.
 */
export async function goToStage(index: number, advance: () => Promise<void>): Promise<void> {
  const run = runOnShow();
  if (!run) return;
  const stages = stagesOf(run);
  const latest = stages.findIndex((stage) => stage.name === run.stages.at(-1)?.stage);
  if (index <= latest) {
    useStepping.setState({ shown: index === latest ? null : (stages[index]?.name ?? null), ahead: null });
    return;
  }
  const { step } = run.stages.at(-1) ?? { step: null };
  for (let left = index - latest; left > 0; left--) {
    await advance();
    // A stage that was under way when the person pressed may have come first.
    const report = runOnShow()?.stages.at(-1);
    const reached = stages.findIndex((stage) => stage.name === report?.stage);
    if (reached >= index || (step !== null && report?.step !== step)) return;
  }
}

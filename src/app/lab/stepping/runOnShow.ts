// The run whose stages are on show, and its list of stages.

import type { StageInfo } from "../../../engine/algorithms/algorithm";
import { type LabRun, useRuns } from "../../stores/runStore";

/** The run on view, outside React. */
export function runOnShow(): LabRun | undefined {
  const { runs, viewed } = useRuns.getState();
  return runs.find((run) => run.runId === viewed);
}

/** Stages of the step on show; before the first, those of the first step. */
export function stagesOf(run: LabRun): readonly StageInfo[] {
  return run.stages.at(-1)?.stages ?? run.description?.stages ?? [];
}

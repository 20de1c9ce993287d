// The stages of the step on show, as they were reported: what the timeline shows and where it can go back to.

import type { StageInfo, StageName } from "../../../engine/algorithms/algorithm";
import type { StageReport } from "../../../engine/run/records";

/** The log with one more report: another step begins another log; a stage told anew takes its own place. */
export function withReport(log: readonly StageReport[], report: StageReport): readonly StageReport[] {
  const [first] = log;
  if (!first || first.step !== report.step) return [report];
  const at = log.findIndex((known) => known.stage === report.stage);
  return at < 0 ? [...log, report] : log.with(at, report);
}

/** The report of a stage of the step on show, or null where it was not recorded (computed at full speed). */
export function recordOf(log: readonly StageReport[], stage: StageName): StageReport | null {
  return log.find((report) => report.stage === stage) ?? null;
}

/** Stages grouped by phase, in order; a phase that returns later in the step is a group of its own. */
export function groupStages(
  stages: readonly StageInfo[],
): readonly { readonly phase: StageInfo["phase"]; readonly stages: readonly StageInfo[] }[] {
  const groups: { phase: StageInfo["phase"]; stages: StageInfo[] }[] = [];
  for (const stage of stages) {
    const last = groups.at(-1);
    if (last?.phase === stage.phase) last.stages.push(stage);
    else groups.push({ phase: stage.phase, stages: [stage] });
  }
  return groups;
}

/** The stage after the latest one; after the last stage, the first of the next step. */
export function nextStage(stages: readonly StageInfo[], latest: StageName | null): StageInfo | null {
  const at = stages.findIndex((stage) => stage.name === latest);
  return stages[at + 1] ?? stages[0] ?? null;
}

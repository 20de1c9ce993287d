// While stages are on show, the page shows an observation of the step's batch. The engine moves on to one where the
// person's own is not in the batch; the page follows and says so.

import type { StageReport } from "../../../engine/run/records";
import { useLab } from "../../stores/labStore";
import { say } from "../../stores/noticeStore";
import { type RunPatch, runById, useRuns } from "../../stores/runStore";
import { withReport } from "./stageLog";
import { useStepping } from "./steppingStore";

/** A patch of a run with its stage, if it brings one, added to the stages of the step on show. */
export function withStages(runId: string, patch: RunPatch): RunPatch {
  const { stageReport } = patch;
  return stageReport ? { ...patch, stages: withReport(runById(runId)?.stages ?? [], stageReport) } : patch;
}

/** Follows the report of a run: `select` shows an observation in every run. */
export function followStage(runId: string, report: StageReport, select: (observation: number) => Promise<void>): void {
  const { viewed, selected, slow, playing } = useRuns.getState();
  const { isOpen } = useStepping.getState();
  if (viewed !== runId || !(slow || isOpen) || report.observation === selected) return;
  const one = useLab.getState().spec?.observationName.one ?? "observation";
  const sentence = `Showing ${one} ${report.observation + 1}: it is in this step's batch.`;
  useStepping.setState({ note: "it is in this step's batch" });
  say(sentence, !playing);
  void select(report.observation);
}

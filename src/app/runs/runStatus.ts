// A run's state in words, and whether it can go on.

import type { RunStatus } from "../../engine/run/records";
import type { LabRun } from "../stores/runStore";

const WORDS: Readonly<Record<RunStatus, string>> = {
  idle: "not started",
  loading: "starting",
  running: "running",
  paused: "paused",
  stopped: "stopped",
  converged: "finished",
  failed: "failed",
};

/** The status that people see: between the stages of slow motion a playing run counts as running. */
export function shownStatus(run: LabRun, playing: boolean, slow: boolean): RunStatus {
  return playing && slow && run.status === "paused" ? "running" : run.status;
}

export function statusWord(status: RunStatus): string {
  return WORDS[status];
}

/** True if Play or Step would change something: a finished run goes on once its limit is raised. */
export function canAdvance(run: LabRun): boolean {
  if (run.status === "paused" || run.status === "running") return true;
  return run.status === "converged" && run.step < Number(run.options["iterations"] ?? 0);
}

/** Why nothing can be played, as a sentence; null if something can. */
export function playRefusal(runs: readonly LabRun[]): string | null {
  const isStarting = runs.some((run) => run.status === "loading" || run.status === "idle");
  // Runs of one bench begin together.
  if (runs.length === 0 || isStarting) return "The engine is starting.";
  if (runs.some(canAdvance)) return null;
  if (runs.some((run) => run.status === "failed")) return "Training stopped. The message over the pictures offers ways on.";
  if (runs.some((run) => run.status === "stopped")) return "The run was stopped. Reset begins it again.";
  return "The run is finished. Raise “Stop after”, or press Reset.";
}

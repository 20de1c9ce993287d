// The polite line after a phase step.

import { useLab } from "../../stores/labStore";
import { say } from "../../stores/noticeStore";
import { useRuns } from "../../stores/runStore";
import { runOnShow } from "./runOnShow";
import { useStepping } from "./steppingStore";

/** Says which phase has just ended, and which observation is on show if the step has moved it. */
export function sayPhase(): void {
  const { selected, slow } = useRuns.getState();
  const run = runOnShow();
  if (slow || run?.status !== "paused" || run.phase === "none") return;
  const { note } = useStepping.getState();
  const one = useLab.getState().spec?.observationName.one;
  // The line has little room, and the caption names the phase as well.
  if (note) say(`Showing ${one} ${selected + 1}: ${note}.`, true);
  else say(`${run.phase.charAt(0).toUpperCase()}${run.phase.slice(1)} is done.`, true);
}

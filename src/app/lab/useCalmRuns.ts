// The runs as the curves see them: at most four times a second while something trains, at once when all stand still.

import { useState, useSyncExternalStore } from "react";
import { calmStore } from "../runs/calmStore";
import { type LabRun, useRuns } from "../stores/runStore";

export const CURVES_MS = 250;
/** The same while the page drops frames. */
export const SLOW_CURVES_MS = 1000;

/** Drawing seven curves costs more than the numbers beside them, and a curve is not read ten times a second. */
export function useCalmRuns(): readonly LabRun[] {
  const [source] = useState(calmRuns);
  return useSyncExternalStore(source.subscribe, source.get);
}

function calmRuns() {
  const get = () => useRuns.getState().runs;
  const [everyMs, slowMs] = [CURVES_MS, SLOW_CURVES_MS];
  return calmStore({ get, subscribe: useRuns.subscribe, isOnlyProgress, everyMs, slowMs });
}

/** True if the change is a running run's next numbers; what people did themselves is shown at once. */
function isOnlyProgress(runs: readonly LabRun[], before: readonly LabRun[]): boolean {
  return (
    runs.length === before.length &&
    runs.every((run, index) => {
      const earlier = before[index];
      const isSame = earlier?.runId === run.runId && earlier.shown === run.shown && earlier.status === run.status;
      return isSame && earlier.options === run.options && (run.status === "running" || earlier === run);
    })
  );
}

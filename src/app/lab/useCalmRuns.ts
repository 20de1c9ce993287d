// The runs as the curves see them: at most four times a second while something trains, at once when all stand still.

import { useState, useSyncExternalStore } from "react";
import { useFrames } from "../runs/frameMonitor";
import { type LabRun, useRuns } from "../stores/runStore";

export const CURVES_MS = 250;
/** The same while the page drops frames. */
export const SLOW_CURVES_MS = 1000;

/** Drawing seven curves costs more than the numbers beside them, and a curve is not read ten times a second. */
export function useCalmRuns(): readonly LabRun[] {
  const [source] = useState(calmRuns);
  return useSyncExternalStore(source.subscribe, source.get);
}

/** A store in front of the store: it changes later, and with it, so that React shows both in one update. */
function calmRuns() {
  let shown = useRuns.getState().runs;
  let shownAt = 0;
  return {
    get: () => shown,
    subscribe: (listener: () => void) => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const show = () => {
        clearTimeout(timer);
        timer = undefined;
        shownAt = Date.now();
        shown = useRuns.getState().runs;
        listener();
      };
      const stop = useRuns.subscribe((state, before) => {
        if (state.runs === before.runs) return;
        if (!isOnlyProgress(state.runs, before.runs)) return show();
        const every = useFrames.getState().slowed ? SLOW_CURVES_MS : CURVES_MS;
        timer ??= setTimeout(show, Math.max(0, shownAt + every - Date.now()));
      });
      show();
      return () => {
        stop();
        clearTimeout(timer);
      };
    },
  };
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

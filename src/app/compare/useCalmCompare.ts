// The runs as charts and table see them: at most three times a second while something trains, at once when what people
// did themselves changes.

import { useState, useSyncExternalStore } from "react";
import { useFrames } from "../runs/frameMonitor";
import { type CompareRun, useCompare } from "./compareStore";

const CALM_MS = 330;
const SLOW_MS = 1000;

/** Drawing all curves costs more than the numbers beside them. */
export function useCalmCompare(): readonly CompareRun[] {
  const [source] = useState(calmRuns);
  return useSyncExternalStore(source.subscribe, source.get);
}

function calmRuns() {
  let shown = useCompare.getState().runs;
  let shownAt = 0;
  return {
    get: () => shown,
    subscribe: (listener: () => void) => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const show = () => {
        clearTimeout(timer);
        timer = undefined;
        shownAt = Date.now();
        shown = useCompare.getState().runs;
        listener();
      };
      const stop = useCompare.subscribe((state, before) => {
        if (state.runs === before.runs) return;
        if (!isOnlyProgress(state.runs, before.runs)) return show();
        const every = useFrames.getState().slowed ? SLOW_MS : CALM_MS;
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

function isOnlyProgress(runs: readonly CompareRun[], before: readonly CompareRun[]): boolean {
  return (
    runs.length === before.length &&
    runs.every((run, index) => {
      const earlier = before[index];
      return earlier?.runId === run.runId && earlier.status === run.status && earlier.series === run.series;
    })
  );
}

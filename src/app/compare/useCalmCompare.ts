// The runs as charts and table see them: at most three times a second while something trains, at once when what people
// did themselves changes.

import { useState, useSyncExternalStore } from "react";
import { calmStore } from "../runs/calmStore";
import { type CompareRun, useCompare } from "./compareStore";

const CALM_MS = 330;
const SLOW_MS = 1000;

/** Drawing all curves costs more than the numbers beside them. */
export function useCalmCompare(): readonly CompareRun[] {
  const [source] = useState(calmRuns);
  return useSyncExternalStore(source.subscribe, source.get);
}

function calmRuns() {
  const get = () => useCompare.getState().runs;
  return calmStore({ get, subscribe: useCompare.subscribe, isOnlyProgress, everyMs: CALM_MS, slowMs: SLOW_MS });
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

// What the workbench does to the page around it: the device on <html>, frame counting while training, test faults.

import { useEffect } from "react";
import type { Fault } from "../../engine/worker/protocol";
import { monitorFrames, useFrames } from "../runs/frameMonitor";
import { useLab } from "../stores/labStore";
import { calmUpdates, useRuns } from "../stores/runStore";
import { injectFault, pace } from "./workbench";

declare global {
  interface Window {
    /** For tests only, with faults=1 in the link: makes a fault happen in a run (index from 0). */
    lab?: { readonly inject: (fault: Fault, runIndex?: number) => Promise<void> };
  }
}

export function useLabEffects(): void {
  const backend = useRuns((state) => state.runs[0]?.description?.backend.name ?? "none");
  const isTraining = useRuns((state) => state.runs.some((run) => run.status === "running"));
  const slowed = useFrames((frames) => frames.slowed);
  const faults = useLab((lab) => lab.faults);
  useEffect(() => {
    document.documentElement.dataset["backend"] = backend;
    return () => {
      document.documentElement.dataset["backend"] = "none";
    };
  }, [backend]);
  useEffect(() => (isTraining ? monitorFrames(pace) : undefined), [isTraining]);
  useEffect(() => calmUpdates(slowed), [slowed]);
  useEffect(() => {
    if (!faults) return;
    window.lab = { inject: injectFault };
    return () => {
      delete window.lab;
    };
  }, [faults]);
}

// What the workbench does to the page around it: the device on <html>, frame counting while training, test faults.

import { useEffect } from "react";
import { monitorFrames, useFrames } from "../runs/frameMonitor";
import { useLab } from "../stores/labStore";
import { calmUpdates, useRuns } from "../stores/runStore";
import { installTestHook } from "./testHook";
import { useHiddenTab } from "./useHiddenTab";
import { pace } from "./workbench";

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
  useEffect(() => (faults ? installTestHook() : undefined), [faults]);
  useHiddenTab();
}

// The runs of the workbench as the page shows them. Fast data (history) is not here but in RunSeries; what arrives
// from workers is collected and reaches React at most ten times a second.

import { create } from "zustand";
import type { Phase, StageName } from "../../engine/algorithms/algorithm";
import type { LabErrorData } from "../../engine/errors";
import type { OptionValues } from "../../engine/options";
import type { MemoryView, RunDescription, RunStatus, StageReport, StopReason } from "../../engine/run/records";
import type { RunSeries } from "../runs/runSeries";

export type RunFailure = {
  readonly error: LabErrorData;
  readonly lastGoodStep: number;
  /** Step of the checkpoint that "go back" opens, or null if there is none. */
  readonly checkpointStep: number | null;
};

export type LabRun = {
  readonly runId: string;
  /** 1 to 8: colour, dash and marker; kept for life. */
  readonly slot: number;
  /** What the run was started with. */
  readonly options: OptionValues;
  readonly series: RunSeries;
  /** The version of the history that the numbers beside it belong to. */
  readonly version: number;
  readonly status: RunStatus;
  readonly reason: StopReason | null;
  readonly description: RunDescription | null;
  readonly failure: RunFailure | null;
  readonly step: number;
  readonly epoch: number;
  readonly phase: Phase | "none";
  readonly stage: StageName | "none";
  readonly stepsPerSecond: number;
  readonly evaluations: number;
  readonly wallMs: number;
  readonly slowed: boolean;
  readonly memory: MemoryView | null;
  readonly picture: unknown;
  /** The latest stage that was computed while stepping, and all stages of its step so far. */
  readonly stageReport: StageReport | null;
  readonly stages: readonly StageReport[];
  /** False: its curves are hidden. */
  readonly shown: boolean;
};

export type RunPatch = Partial<Omit<LabRun, "runId" | "slot" | "series">>;

type Runs = {
  readonly runs: readonly LabRun[];
  /** The run whose pictures are in the middle. */
  readonly viewed: string;
  readonly selected: number;
  readonly selectedProgram: string | null;
  /** The person pressed Play and has not paused: holds in slow motion too. */
  readonly playing: boolean;
  readonly slow: boolean;
  readonly speed: number;
};

const EMPTY: Runs = {
  runs: [],
  viewed: "",
  selected: 0,
  selectedProgram: null,
  playing: false,
  slow: false,
  speed: 1,
};

export const useRuns = create<Runs>()(() => EMPTY);

/** Milliseconds between two updates of React from worker messages. */
export const FLUSH_MS = 100;
/** The same while the page drops frames: pictures then give way first. */
export const SLOW_FLUSH_MS = 250;

const pending = new Map<string, RunPatch>();
let timer: ReturnType<typeof setTimeout> | undefined;
let lastFlush = 0;
let flushEvery = FLUSH_MS;
let isHeld = false;

/** Removes all runs; the selection and slow motion go back to their starts. */
export function clearRuns(): void {
  pending.clear();
  useRuns.setState({ ...EMPTY, speed: useRuns.getState().speed });
}

/** Adds a run at the first free slot and returns it. */
export function addRun(runId: string, options: OptionValues, series: RunSeries, slot = freeSlot()): LabRun {
  const run: LabRun = { ...freshState(options), runId, slot, series, shown: true };
  const { runs, viewed } = useRuns.getState();
  useRuns.setState({ runs: [...runs, run], viewed: viewed || runId });
  return run;
}

/** Takes a run out; the first one is viewed if it was the viewed one. */
export function dropRun(runId: string): void {
  pending.delete(runId);
  const { viewed, runs } = useRuns.getState();
  const rest = runs.filter((run) => run.runId !== runId);
  useRuns.setState({ runs: rest, viewed: viewed === runId ? (rest[0]?.runId ?? "") : viewed });
}

/** The state of a run before its worker answers. */
export function freshState(options: OptionValues): Omit<LabRun, "runId" | "slot" | "series" | "shown"> {
  return {
    options,
    version: 0,
    status: "loading",
    reason: null,
    description: null,
    failure: null,
    step: 0,
    epoch: 0,
    phase: "none",
    stage: "none",
    stepsPerSecond: 0,
    evaluations: 0,
    wallMs: 0,
    slowed: false,
    memory: null,
    picture: null,
    stageReport: null,
    stages: [],
  };
}

/** Changes a run now: for what people wait for (status, failures, their own clicks). */
export function patchRun(runId: string, patch: RunPatch): void {
  queuePatch(runId, patch);
  flush();
}

/** Changes a run with the next flush, at most ten times a second over all runs. */
export function queuePatch(runId: string, patch: RunPatch): void {
  pending.set(runId, { ...pending.get(runId), ...patch });
  if (timer !== undefined || isHeld) return;
  timer = setTimeout(flush, Math.max(0, lastFlush + flushEvery - Date.now()));
}

/** While held (nobody looks at the tab) updates are collected and not shown; `flush` shows them. */
export function holdUpdates(isHidden: boolean): void {
  isHeld = isHidden;
  clearTimeout(timer);
  timer = undefined;
}

/** Fewer updates while the page is slow. */
export function calmUpdates(isSlow: boolean): void {
  flushEvery = isSlow ? SLOW_FLUSH_MS : FLUSH_MS;
}

/** Writes everything collected in one update. */
export function flush(): void {
  clearTimeout(timer);
  timer = undefined;
  lastFlush = Date.now();
  if (pending.size === 0) return;
  const runs = useRuns.getState().runs.map((run) => {
    const patch = pending.get(run.runId);
    return patch ? { ...run, ...patch } : run;
  });
  pending.clear();
  useRuns.setState({ runs });
}

export function runById(runId: string): LabRun | undefined {
  return useRuns.getState().runs.find((run) => run.runId === runId);
}

/** The run whose pictures are shown. */
export function useViewed(): LabRun | undefined {
  return useRuns((state) => state.runs.find((run) => run.runId === state.viewed));
}

function freeSlot(): number {
  const taken = new Set(useRuns.getState().runs.map((run) => run.slot));
  for (let slot = 1; slot <= 8; slot += 1) if (!taken.has(slot)) return slot;
  return 8;
}

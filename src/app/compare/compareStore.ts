// The comparison on show: its plan, how it is looked at, and its runs. Histories and moments live outside React; what
// arrives from workers is collected and reaches React at most ten times a second.

import { create } from "zustand";
import type { DomainSpec } from "../../engine/domain";
import type { OptionValues } from "../../engine/options";
import { RunSeries } from "../runs/runSeries";
import type { LabRun, RunPatch } from "../stores/runStore";
import { MomentLog } from "./moments";
import type { ComparePlan } from "./plan";
import { type CompareView, DEFAULT_VIEW } from "./planView";

type Shown = Pick<
  LabRun,
  | "runId"
  | "slot"
  | "options"
  | "series"
  | "version"
  | "status"
  | "reason"
  | "description"
  | "failure"
  | "step"
  | "epoch"
  | "phase"
  | "stepsPerSecond"
  | "evaluations"
  | "wallMs"
>;

export type CompareRun = Shown & {
  /** Place in the plan's grid from 1; saved runs stand after it. */
  readonly place: number;
  readonly groupId: string;
  /** Waits for its turn or has it; false after the person paused it, and before the start. */
  readonly wants: boolean;
  /** Kept results of this device: nothing of it runs now. */
  readonly isKept: boolean;
  readonly moments: MomentLog;
  /** State at the end, to look into other observations; null while it runs or where none could be taken. */
  readonly checkpoint: Uint8Array | null;
};

export type ComparePatch = RunPatch & Partial<Pick<CompareRun, "wants" | "isKept" | "checkpoint">>;

type Compare = {
  readonly spec: DomainSpec | null;
  readonly plan: ComparePlan | null;
  readonly view: CompareView;
  readonly faults: boolean;
  readonly problems: readonly string[];
  readonly runs: readonly CompareRun[];
  /** Group ids that the legend hides, and run ids hidden by themselves. */
  readonly hidden: ReadonlySet<string>;
  /** Runs at once on this device, as far as known. */
  readonly seats: number;
  /** Step of the shared scrubber; null follows the newest. */
  readonly scrub: number | null;
  /** A sentence while finished runs are opened to look into another observation, else "". */
  readonly looking: string;
};

export const EMPTY_COMPARE: Compare = {
  spec: null,
  plan: null,
  view: DEFAULT_VIEW,
  faults: false,
  problems: [],
  runs: [],
  hidden: new Set(),
  seats: 1,
  scrub: null,
  looking: "",
};

export const useCompare = create<Compare>()(() => EMPTY_COMPARE);

/** Milliseconds between two updates of React from worker messages. */
const FLUSH_MS = 150;
const pending = new Map<string, ComparePatch>();
let timer: ReturnType<typeof setTimeout> | undefined;
let lastFlush = 0;

/** A run that waits for its first turn. */
export function freshRun(place: number, groupId: string, slot: number, options: OptionValues): CompareRun {
  return {
    ...START,
    place,
    groupId,
    slot,
    options,
    runId: `run-${place}`,
    series: new RunSeries(),
    moments: new MomentLog(),
  };
}

const START = {
  wants: false,
  isKept: false,
  checkpoint: null,
  version: 0,
  status: "idle",
  reason: null,
  description: null,
  failure: null,
  step: 0,
  epoch: 0,
  phase: "none",
  stepsPerSecond: 0,
  evaluations: 0,
  wallMs: 0,
} as const;

export function compareRun(runId: string): CompareRun | undefined {
  return useCompare.getState().runs.find((run) => run.runId === runId);
}

/** Changes a run now. */
export function patchCompareRun(runId: string, patch: ComparePatch): void {
  queueComparePatch(runId, patch);
  flushCompare();
}

/** Changes a run with the next flush. */
export function queueComparePatch(runId: string, patch: ComparePatch): void {
  pending.set(runId, { ...pending.get(runId), ...patch });
  if (timer !== undefined) return;
  timer = setTimeout(flushCompare, Math.max(0, lastFlush + FLUSH_MS - Date.now()));
}

/** Puts a fresh run in the place of one that is run again or was taken out. */
export function replaceRun(run: CompareRun): void {
  pending.delete(run.runId);
  const { runs } = useCompare.getState();
  useCompare.setState({ runs: runs.map((each) => (each.runId === run.runId ? run : each)) });
}

/** Forgets what was collected: another comparison. */
export function clearPending(): void {
  pending.clear();
}

function flushCompare(): void {
  clearTimeout(timer);
  timer = undefined;
  lastFlush = Date.now();
  if (pending.size === 0) return;
  const runs = useCompare.getState().runs.map((run) => {
    const patch = pending.get(run.runId);
    return patch ? { ...run, ...patch } : run;
  });
  pending.clear();
  useCompare.setState({ runs });
}

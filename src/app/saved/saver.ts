// Writes the runs of the workbench into the storage: at every standstill, while running first after a few seconds and
// then every 30 s, and once more when the page is left. A run that never got past step 0 is not saved.

import { create } from "zustand";
import { version } from "../../../package.json";
import { runName } from "../router/variant";
import type { HeldCheckpoint } from "../runs/lastCheckpoint";
import { useLab } from "../stores/labStore";
import { say } from "../stores/noticeStore";
import { type LabRun, runById, useRuns } from "../stores/runStore";
import { pictureOnShow } from "./pictureOnShow";
import { startLink } from "./savedLinks";
import type { SavedRun } from "./savedRun";
import { keepRun, newRunId } from "./savedRuns";

export const SAVE_EVERY_MS = 30_000;

/** One run of the bench: its record, and what has not been written yet. */
type Entry = {
  record: SavedRun;
  held: HeldCheckpoint;
  isWritten: boolean;
  /** -Infinity before the first writing. */
  writtenAt: number;
};

/** Step of each run of the bench that is safely stored. */
export const useSavedSteps = create<{ readonly steps: Readonly<Record<string, number>> }>()(() => ({ steps: {} }));

/** Runs that were let go send their last checkpoint within this time, ms. */
const FORGET_MS = 10_000;

let isOn = false;
const entries = new Map<string, Entry>();
/** Records that runs of the bench continue. */
const continued = new Map<string, SavedRun>();
/** Ids of records that runs of the bench got when another tab had gone further with theirs. */
const newIds = new Map<string, string>();
let writing: Promise<void> = Promise.resolve();
let leaving: Promise<unknown> = Promise.resolve();

/** Runs are saved while the workbench is open; lessons and embedded pictures use the same bench and leave no trace. */
export function saveRuns(on: boolean): void {
  isOn = on;
}

/** From here on the run is saved under this record: it was opened from it. */
export function continueRecord(runId: string, record: SavedRun): void {
  continued.set(runId, record);
  noteStep(runId, record.step);
}

/** Takes a checkpoint of a run of the bench, and writes it where it is time to. */
export function noteCheckpoint(runId: string, held: HeldCheckpoint, when: "running" | "standstill"): void {
  const known = entries.get(runId);
  if (held.step <= 0 || (!isOn && !known)) return;
  const run = runById(runId);
  const record = run ? describeRun(run) : known?.record;
  // A run that was let go before anything of it was known has nothing to be called by.
  if (!record) return;
  const entry = { record, held, isWritten: false, writtenAt: known?.writtenAt ?? Number.NEGATIVE_INFINITY };
  entries.set(runId, entry);
  const isDue = when === "standstill" || performance.now() - entry.writtenAt >= SAVE_EVERY_MS;
  if (isDue) void write(runId, entry);
  if (!run) entries.delete(runId);
}

/** A record is stored up to this step. */
export function noteKept(recordId: string, step: number): void {
  for (const [runId, { record }] of entries) {
    if ((newIds.get(runId) ?? record.id) === recordId) noteStep(runId, step);
  }
}

function noteStep(runId: string, step: number): void {
  useSavedSteps.setState(({ steps }) => ({ steps: { ...steps, [runId]: step } }));
}

/** Writes what is held and not yet written: the page is being left. */
export function writeHeld(): void {
  for (const [runId, entry] of entries) if (!entry.isWritten) void write(runId, entry);
}

/** The latest checkpoint that a run of the bench has handed on, also when it has failed since. */
export function heldCheckpoint(runId: string): Uint8Array | null {
  return entries.get(runId)?.held.bytes ?? null;
}

/** A run that is being let go will hand on its last checkpoint before this resolves. */
export function expectLast(last: Promise<void> | undefined): void {
  leaving = Promise.all([leaving, last]);
}

/** Resolves when everything that was handed on so far, or is about to be by runs that were let go, is written. */
export async function writesDone(): Promise<void> {
  await leaving;
  await writing;
}

/** Remembers what the runs of the bench, or this one of them, are called before they are let go. */
export function noteLeaving(runId: string | null = null): void {
  for (const run of useRuns.getState().runs) {
    if (runId !== null && run.runId !== runId) continue;
    const known = entries.get(run.runId);
    if (run.step <= 0 || !isOn) continue;
    setTimeout(() => entries.delete(run.runId), FORGET_MS);
    const record = describeRun(run);
    const nothing = { held: { bytes: new Uint8Array(), step: 0 }, isWritten: true, writtenAt: 0 };
    entries.set(run.runId, { ...(known ?? nothing), record });
  }
}

/** What a run of the bench is called, as it stands. */
export function describeRun(run: LabRun): SavedRun {
  const record = recordOf(run, entries.get(run.runId)?.record ?? continued.get(run.runId) ?? null);
  return { ...record, id: newIds.get(run.runId) ?? record.id };
}

function recordOf(run: LabRun, earlier: SavedRun | null): SavedRun {
  const { spec, preset, userData } = useLab.getState();
  const { options } = run;
  const started = run.description?.options ?? options;
  const isPlain = Object.entries(options).every(([name, value]) => !changesNumbers(name) || started[name] === value);
  const now = Date.now();
  const isViewed = useRuns.getState().viewed === run.runId;
  return {
    id: earlier?.id ?? newRunId(),
    name: earlier?.isNamed ? earlier.name : `${runName(options)}, seed ${options["seed"]}`,
    isNamed: earlier?.isNamed ?? false,
    note: earlier?.note ?? "",
    domain: spec?.id ?? "",
    preset,
    options,
    link: spec ? startLink(spec, options, preset) : "",
    observation: useRuns.getState().selected,
    step: run.step,
    iterations: Number(options["iterations"] ?? 0),
    createdAt: earlier?.createdAt ?? now,
    savedAt: now,
    bytes: 0,
    pinned: earlier?.pinned ?? false,
    isPlain: isPlain && (earlier?.isPlain ?? true),
    picture: (isViewed ? pictureOnShow() : null) ?? earlier?.picture ?? null,
    ownData: userData?.name ?? null,
    appVersion: version,
  };
}

/** How long a run may go on does not change its numbers. */
function changesNumbers(name: string): boolean {
  return !["iterations", "seconds", "patience", "backend"].includes(name);
}

function write(runId: string, entry: Entry): Promise<void> {
  const { record, held } = entry;
  entry.isWritten = true;
  entry.writtenAt = performance.now();
  const { step, bytes } = held;
  writing = writing.then(async () => {
    const id = newIds.get(runId) ?? record.id;
    try {
      const run = { ...record, id, step, bytes: bytes.byteLength, savedAt: Date.now() };
      const kept = await keepRun({ run, checkpoint: bytes });
      if (!kept) return;
      noteStep(runId, step);
      if (kept.id === id) return;
      newIds.set(runId, kept.id);
      say("Another tab has gone further with this saved run. Here it is kept as a run of its own.", true);
    } catch (error) {
      // The run itself is unharmed, and the next checkpoint tries again.
      console.info("Not saved:", error);
      say("This run could not be saved just now. Export it to keep it: press E.");
    }
  });
  return writing;
}

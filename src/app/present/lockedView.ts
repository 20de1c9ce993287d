// "Lock this view": the run that is rehearsed is kept as it was shown, snapshot by snapshot, for as long as the page is
// open. If live training fails in front of the class, the kept run plays in its place and says that it is recorded.

import { create } from "zustand";
import { type LabRun, patchRun, type RunPatch, useRuns } from "../stores/runStore";

type Locked = {
  /** The run that is being kept, or was kept; "" while nothing is locked. */
  readonly runId: string;
  readonly isPlaying: boolean;
};

export const useLocked = create<Locked>()(() => ({ runId: "", isPlaying: false }));

/** Snapshots kept at most; beyond that every second one goes. */
const MOST_FRAMES = 600;
/** Time between two frames of the playback, ms. */
const FRAME_MS = 100;

let frames: RunPatch[] = [];
let timer: ReturnType<typeof setInterval> | undefined;

/** Begins to keep the run on view, from now on; pressed again, forgets it. */
export function toggleLock(): void {
  stopPlayback();
  frames = [];
  const { runs, viewed } = useRuns.getState();
  const isLocked = useLocked.getState().runId !== "";
  const run = runs.find((candidate) => candidate.runId === viewed);
  useLocked.setState({ runId: isLocked || !run ? "" : run.runId });
  if (run && !isLocked) keep(run);
}

/** Follows the runs while a screen is presented: keeps the locked one, plays it when another fails. */
export function watchLocked(): () => void {
  const stop = useRuns.subscribe(({ runs, viewed }, before) => {
    const { runId, isPlaying } = useLocked.getState();
    const run = runs.find((candidate) => candidate.runId === viewed);
    if (runId === "" || !run) return;
    if (isPlaying) {
      // The person has begun again.
      if (run.status === "loading" || run.status === "running") stopPlayback();
      return;
    }
    if (run.status === "failed" && frames.length > 1) return play(run.runId);
    const earlier = before.runs.find((candidate) => candidate.runId === runId);
    if (run.runId === runId && run !== earlier) keep(run);
  });
  return () => {
    stop();
    stopPlayback();
  };
}

function keep(run: LabRun): void {
  if (run.status === "failed" || run.status === "loading" || frames.at(-1)?.step === run.step) return;
  const { step, epoch, phase, memory, picture, description, evaluations, wallMs } = run;
  frames.push({ step, epoch, phase, memory, picture, description, evaluations, wallMs });
  if (frames.length > MOST_FRAMES) frames = frames.filter((_, index) => index % 2 === 0);
}

function play(runId: string): void {
  useLocked.setState({ isPlaying: true });
  let index = 0;
  timer = setInterval(() => {
    const frame = frames[index];
    if (!frame) return clearInterval(timer);
    patchRun(runId, { ...frame, status: "paused", failure: null });
    index += 1;
  }, FRAME_MS);
}

function stopPlayback(): void {
  clearInterval(timer);
  if (useLocked.getState().isPlaying) useLocked.setState({ isPlaying: false });
}

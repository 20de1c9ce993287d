// Slow motion: the same computation, one stage at a time. First the text of a stage, then its action, then a rest; never
// both at once. In "space" mode the action waits for Space. The run is the run of full speed.

import type { RunDriver } from "../runs/runDriver";
import { useRuns } from "../stores/runStore";
import { runOnShow, stagesOf } from "./stepping/runOnShow";
import { nextStage } from "./stepping/stageLog";
import { useStepping } from "./stepping/steppingStore";

/** From a caption to its action at speed 1, ms. */
export const LEAD_MS = 700;
/** Rest after an action at speed 1, ms; longer than any transition. */
export const STAGE_REST_MS = 1100;
export const SPEEDS = [0.25, 0.5, 1, 2, 4] as const;

let turn = 0;
let wake: (() => void) | null = null;

/** Begins to advance stage by stage until stopSlowMotion; runs that ended are left out. */
export async function syncSlowMotion(active: () => readonly RunDriver[]): Promise<void> {
  turn += 1;
  const mine = turn;
  while (mine === turn && useRuns.getState().playing) {
    sayNext();
    await (useStepping.getState().mode === "space" ? nudge(null) : nudge(LEAD_MS));
    if (mine !== turn) return;
    const done = await Promise.all(active().map((driver) => driver.advance("stage")));
    if (mine !== turn) return;
    useStepping.setState({ ahead: null });
    if (!done.some(Boolean)) {
      useRuns.setState({ playing: false });
      return;
    }
    await nudge(STAGE_REST_MS);
  }
}

/** "space" waits for Space before each action; a number is the speed of the timed mode. What waits now goes on. */
export function chooseSpeed(choice: string): void {
  const waited = useStepping.getState().mode === "space";
  const mode = choice === "space" ? "space" : "timed";
  useStepping.setState({ mode });
  if (mode === "timed") useRuns.setState({ speed: Number(choice) });
  if (waited && mode === "timed") wake?.();
}

/** The next beat at once: the action of the caption on show, or the next caption. */
export function continueSlowMotion(): void {
  wake?.();
}

/** No further stage begins. */
export function stopSlowMotion(): void {
  turn += 1;
  useStepping.setState({ ahead: null });
  wake?.();
}

/** The text of the stage that comes next; a stage looked back at gives way. */
function sayNext(): void {
  const run = runOnShow();
  const stages = run ? stagesOf(run) : [];
  const latest = run?.stages.at(-1)?.stage ?? null;
  useStepping.setState({ ahead: nextStage(stages, latest), shown: null });
}

/** Resolves after the given time at speed 1 (null: never by itself), or when woken. */
function nudge(ms: number | null): Promise<void> {
  return new Promise((resolve) => {
    const timer = ms === null ? undefined : setTimeout(end, ms / useRuns.getState().speed);
    function end(): void {
      clearTimeout(timer);
      if (wake === end) wake = null;
      resolve();
    }
    wake = end;
  });
}

// Slow motion: the same computation, one stage at a time, with a rest between. The run is the run of full speed.

import type { RunDriver } from "../runs/runDriver";
import { useRuns } from "../stores/runStore";

/** Rest after a stage at speed 1, ms. */
export const STAGE_REST_MS = 1200;
export const SPEEDS = [0.25, 0.5, 1, 2, 4] as const;

let turn = 0;
let rest: ReturnType<typeof setTimeout> | undefined;

/** Begins to advance stage by stage until stopSlowMotion; runs that ended are left out. */
export async function syncSlowMotion(active: () => readonly RunDriver[]): Promise<void> {
  turn += 1;
  const mine = turn;
  while (mine === turn && useRuns.getState().playing) {
    const done = await Promise.all(active().map((driver) => driver.advance("stage")));
    if (mine !== turn) return;
    if (!done.some(Boolean)) {
      useRuns.setState({ playing: false });
      return;
    }
    await new Promise<void>((resolve) => {
      rest = setTimeout(resolve, STAGE_REST_MS / useRuns.getState().speed);
    });
  }
}

/** No further stage begins. */
export function stopSlowMotion(): void {
  turn += 1;
  clearTimeout(rest);
}

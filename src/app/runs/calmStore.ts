// A store of runs in front of another one, for what is costly to draw: it changes at most so often while something
// trains, and at once when what people did themselves changes.

import { useFrames } from "./frameMonitor";

export type CalmSource<R> = {
  readonly get: () => readonly R[];
  readonly subscribe: (listener: () => void) => () => void;
  /** True if nothing has changed but a training run's next numbers. */
  readonly isOnlyProgress: (runs: readonly R[], before: readonly R[]) => boolean;
  /** Least time between two changes, and the same while the page drops frames, ms. */
  readonly everyMs: number;
  readonly slowMs: number;
};

/** For useSyncExternalStore: it changes later than its source, and with it, so that React shows both in one update. */
export function calmStore<R>(source: CalmSource<R>) {
  let shown = source.get();
  let shownAt = 0;
  return {
    get: () => shown,
    subscribe: (listener: () => void) => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      let before = source.get();
      const show = () => {
        clearTimeout(timer);
        timer = undefined;
        shownAt = Date.now();
        shown = source.get();
        listener();
      };
      const stop = source.subscribe(() => {
        const runs = source.get();
        const earlier = before;
        before = runs;
        if (runs === earlier) return;
        if (!source.isOnlyProgress(runs, earlier)) return show();
        const every = useFrames.getState().slowed ? source.slowMs : source.everyMs;
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

// The fit of one expression to a person's series, worked out piece by piece between two frames, so that the page stays
// smooth; the fit before it stays on show meanwhile.

import { useEffect, useRef, useState } from "react";
import type { FitTask, OwnFit } from "../../../../domains/timeseries/upload/ownFit";
import type { OwnTools } from "../../../../domains/timeseries/upload/ownTools";

/** Steps of Adam that "Refine" makes. */
export const REFINE_STEPS = 50;
/** Rest between two fits while a search brings new best expressions, ms. */
const CALM_MS = 500;

export type ShownFit = {
  /** What the fit belongs to. */
  readonly key: string;
  /** Null where nothing could be fitted. */
  readonly fit: OwnFit | null;
  /** log p(x | z) before the last refinement; null before any. */
  readonly before: number | null;
};

export type OwnFitState = {
  /** The latest fit that is ready; null before any. */
  readonly shown: ShownFit | null;
  readonly isWorking: boolean;
  readonly refine: () => void;
};

type Latest = {
  task: FitTask | null;
  /** Gives up the work under way. */
  cancel: (() => void) | null;
  /** When the last fit was ready, ms. */
  endedAt: number;
};

/** @param key what the task is: another key is another fit. Null tasks have none. */
export function useOwnFit(tools: OwnTools, key: string, task: FitTask | null): OwnFitState {
  const [shown, setShown] = useState<ShownFit | null>(null);
  const [isWorking, setIsWorking] = useState(false);
  const latest = useRef<Latest>({ task, cancel: null, endedAt: -CALM_MS });
  latest.current.task = task;
  const work = useRef((make: Generator<void, OwnFit | null>, name: string, before: number | null, wait: number) => {
    latest.current.cancel?.();
    setIsWorking(true);
    latest.current.cancel = inFrames(make, wait, (fit) => {
      latest.current.endedAt = performance.now();
      setShown({ key: name, fit, before });
      setIsWorking(false);
    });
  });
  useEffect(() => {
    const { task: now, endedAt } = latest.current;
    if (!now) return;
    const wait = Math.max(0, CALM_MS - (performance.now() - endedAt));
    work.current(tools.fitInPieces(now), key, null, wait);
    return () => latest.current.cancel?.();
  }, [tools, key]);
  const refine = () => {
    const { task: now } = latest.current;
    if (!now || !shown?.fit || shown.key !== key || isWorking) return;
    const before = shown.fit.fit.logLikelihood;
    work.current(tools.refineInPieces(shown.fit, REFINE_STEPS, now), key, before, 0);
  };
  return { shown, isWorking, refine };
}

/** Runs a piece of work in every frame; returns what gives it up. */
function inFrames<T>(pieces: Generator<void, T>, waitMs: number, done: (result: T) => void): () => void {
  let frame = 0;
  const next = () => {
    const step = pieces.next();
    if (step.done) done(step.value);
    else frame = requestAnimationFrame(next);
  };
  const timer = setTimeout(() => {
    frame = requestAnimationFrame(next);
  }, waitMs);
  return () => {
    clearTimeout(timer);
    cancelAnimationFrame(frame);
  };
}

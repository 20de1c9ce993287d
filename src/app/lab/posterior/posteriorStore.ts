// Which programs the memory panel shows: the memory, draws of the recognition model, or draws of the prior; and the step
// that people have gone back to.

import { create } from "zustand";
import type { PosteriorSource } from "../../../engine/worker/questions";

type Posterior = {
  readonly source: PosteriorSource;
  /** Step whose memory is on show, or null for now. */
  readonly lookingAt: number | null;
};

export const usePosterior = create<Posterior>()(() => ({ source: "memory", lookingAt: null }));

/** Changes the list; the past belongs to the memory alone. */
export function showSource(source: PosteriorSource): void {
  usePosterior.setState({ source, lookingAt: null });
}

export function lookAt(step: number | null): void {
  usePosterior.setState({ lookingAt: step });
}

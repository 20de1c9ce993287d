// Which programs the memory panel shows: the memory, draws of the recognition model, or draws of the prior; and the step
// that people have gone back to.

import { create } from "zustand";
import type { PosteriorSource } from "../../../engine/worker/questions";
import { useRuns } from "../../stores/runStore";

/** A step of the past, of one observation of one run. */
type Past = { readonly runId: string; readonly observation: number; readonly step: number };

type Posterior = {
  readonly source: PosteriorSource;
  /** What people have gone back to; null for now. */
  readonly past: Past | null;
};

export const usePosterior = create<Posterior>()(() => ({ source: "memory", past: null }));

/** Changes the list; the past belongs to the memory alone. */
export function showSource(source: PosteriorSource): void {
  usePosterior.setState({ source, past: null });
}

/** Goes back to a step of the observation on show, or (null) to now. */
export function lookAt(step: number | null): void {
  const { viewed, selected } = useRuns.getState();
  usePosterior.setState({ past: step === null ? null : { runId: viewed, observation: selected, step } });
}

/** The step that is looked at, while the run and the observation on show are those it belongs to. */
export function useLookingAt(): number | null {
  const past = usePosterior((posterior) => posterior.past);
  const isOnShow = useRuns((runs) => past?.runId === runs.viewed && past.observation === runs.selected);
  return past && isOnShow ? past.step : null;
}

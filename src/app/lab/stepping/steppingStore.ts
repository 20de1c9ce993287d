// How the person steps through a step: whether the stages are on show, which one, and when slow motion goes on.

import { create } from "zustand";
import type { StageInfo, StageName } from "../../../engine/algorithms/algorithm";

/** "timed": by itself after a rest. "space": after each press of Space. */
export type SlowMode = "timed" | "space";

type Stepping = {
  /** True while the person steps by stage or phase outside slow motion. */
  readonly isOpen: boolean;
  /** An earlier stage of the step on show, from its record; null: the latest. */
  readonly shown: StageName | null;
  /** Slow motion has said this stage's caption and has not computed it yet. */
  readonly ahead: StageInfo | null;
  readonly mode: SlowMode;
  readonly hasDiagram: boolean;
  readonly isExplained: boolean;
  /** Why another observation than the person's is on show, or "". */
  readonly note: string;
};

const START: Stepping = {
  isOpen: false,
  shown: null,
  ahead: null,
  mode: "timed",
  hasDiagram: false,
  isExplained: false,
  note: "",
};

export const useStepping = create<Stepping>()(() => START);

/** Back to the latest stage; the choices of mode and diagram stay. */
export function closeStages(): void {
  useStepping.setState({ isOpen: false, shown: null, ahead: null, note: "" });
}

/** The stages are on show and at the latest one. */
export function openStages(): void {
  useStepping.setState({ isOpen: true, shown: null, ahead: null });
}

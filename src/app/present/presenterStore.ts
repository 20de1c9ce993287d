// Presenter mode: on or off, blanked, and what Next and Back mean on the screen behind it.

import { create } from "zustand";

/** What a screen lets the presenter walk through: steps of a lesson, figures of a workbench. */
export type Deck = {
  readonly count: number;
  /** 0-based. */
  readonly index: number;
  readonly next: () => void;
  readonly back: () => void;
  /** 0-based. */
  readonly jump: (index: number) => void;
};

type Presenter = {
  readonly isOn: boolean;
  readonly isBlank: boolean;
  /** The large highlight follows the pointer while this is true. */
  readonly isPointing: boolean;
  /** The deck of the screen on show; null: its figures, one at a time. */
  readonly deck: Deck | null;
};

export const usePresenter = create<Presenter>()(() => ({
  isOn: false,
  isBlank: false,
  isPointing: false,
  deck: null,
}));

/** Turns the mode on or off; the whole page follows through html[data-presenter]. */
export function setPresenting(isOn: boolean): void {
  usePresenter.setState({ isOn, isBlank: false, isPointing: false });
  if (isOn) document.documentElement.dataset["presenter"] = "on";
  else {
    delete document.documentElement.dataset["presenter"];
    if (document.fullscreenElement) void document.exitFullscreen();
  }
}

export function togglePresenting(): void {
  setPresenting(!usePresenter.getState().isOn);
}

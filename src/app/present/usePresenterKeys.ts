// Listens to the presenter's keys while the mode is on. Text fields keep their keys.

import { useEffect } from "react";
import { isTyping, isUnderDialog } from "../commands/keyTargets";
import { newSeed, pause, play, step, toggleSlow } from "../lab/workbench";
import { playRefusal } from "../runs/runStatus";
import { useRuns } from "../stores/runStore";
import { toggleLock } from "./lockedView";
import { type PresenterCommand, presenterCommandOf } from "./presenterKeys";
import { setPresenting, usePresenter } from "./presenterStore";

/** Installed while the mode is on. */
export function usePresenterKeys(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const target = event.target instanceof HTMLElement ? event.target : null;
      if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
      if (isUnderDialog() || (target && isTyping(target))) return;
      if (!usePresenter.getState().isOn) return;
      const command = presenterCommandOf(event);
      if (!command) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (!event.repeat) ACTIONS[command](event.key);
    };
    const onKeyUp = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() === "l") usePresenter.setState({ isPointing: false });
    };
    // Before the screen's own listeners: Space means "next" here.
    window.addEventListener("keydown", onKeyDown, { capture: true });
    window.addEventListener("keyup", onKeyUp);
    return () => {
      window.removeEventListener("keydown", onKeyDown, { capture: true });
      window.removeEventListener("keyup", onKeyUp);
    };
  }, []);
}

/** One entry a command; `key` is the digit of a jump. */
const ACTIONS: Readonly<Record<PresenterCommand, (key: string) => void>> = {
  next: () => {
    const { deck, isBlank } = usePresenter.getState();
    const { slow, playing } = useRuns.getState();
    if (isBlank) usePresenter.setState({ isBlank: false });
    else if (slow && !playing) void step("stage");
    else deck?.next();
  },
  back: () => usePresenter.getState().deck?.back(),
  jump: (key) => usePresenter.getState().deck?.jump(Number(key) - 1),
  blank: () => usePresenter.setState(({ isBlank }) => ({ isBlank: !isBlank })),
  fullScreen: toggleFullScreen,
  slow: () => void toggleSlow(),
  pointer: () => usePresenter.setState({ isPointing: true }),
  play: () => {
    const { playing, runs } = useRuns.getState();
    if (playing) void pause();
    else if (playRefusal(runs) === null) void play();
  },
  newSeed: () => void newSeed(),
  lock: toggleLock,
  leave: () => setPresenting(false),
};

function toggleFullScreen(): void {
  const change = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
  change.catch((error: unknown) => console.info("Full screen:", error));
}

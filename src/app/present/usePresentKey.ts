// The keys that turn presenter mode on and off. They are heard from the first moment; everything else of the mode is a chunk
// of its own that comes when it is needed.

import { useEffect } from "react";
import { isTyping, isUnderDialog } from "../commands/keyTargets";
import { setPresenting, usePresenter } from "./presenterStore";

/** Listens while the screen on show can be presented. */
export function usePresentKey(isPresentable: boolean): void {
  useEffect(() => {
    if (!isPresentable) return;
    const onKeyDown = (event: KeyboardEvent) => {
      const target = event.target instanceof HTMLElement ? event.target : null;
      const isOther = event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.defaultPrevented;
      const { isOn } = usePresenter.getState();
      const key = event.key.toLowerCase();
      if (isOther || !(key === "p" || (isOn && key === "escape"))) return;
      if (isUnderDialog() || (target && isTyping(target))) return;
      event.preventDefault();
      setPresenting(!isOn);
    };
    // Before the workbench's own listener, which sees that the press was taken.
    window.addEventListener("keydown", onKeyDown, { capture: true });
    return () => {
      window.removeEventListener("keydown", onKeyDown, { capture: true });
      setPresenting(false);
    };
  }, [isPresentable]);
}

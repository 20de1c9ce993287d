// In slow motion "on Space", Space means "continue" also while a button of the transport has the focus: people press
// Play or choose the mode there and go on with Space.

import { useEffect } from "react";
import { useRuns } from "../../stores/runStore";
import { continueSlowMotion } from "../slowMotion";
import { useStepping } from "./steppingStore";

/** Installs the key for as long as the workbench is on screen; runs before the buttons' own handling. */
export function useSpaceContinues(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { slow, playing } = useRuns.getState();
      if (event.key !== " " || !slow || !playing || useStepping.getState().mode !== "space") return;
      if (!isOurs(event.target)) return;
      event.preventDefault();
      event.stopPropagation();
      if (event.type === "keydown" && !event.repeat) continueSlowMotion();
    };
    window.addEventListener("keydown", onKey, { capture: true });
    window.addEventListener("keyup", onKey, { capture: true });
    return () => {
      window.removeEventListener("keydown", onKey, { capture: true });
      window.removeEventListener("keyup", onKey, { capture: true });
    };
  }, []);
}

/** The transport and whatever does not use Space itself; no open dialog or menu. */
function isOurs(target: EventTarget | null): boolean {
  if (document.querySelector("[role=dialog], [role=menu], [role=listbox]")) return false;
  if (!(target instanceof Element)) return true;
  if (target.closest(".transport, .stage-dock-line .next-stage")) return true;
  return target.closest("button, a, input, select, textarea, [role], [contenteditable]:not(main)") === null;
}

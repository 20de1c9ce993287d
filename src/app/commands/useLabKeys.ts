// Listens to the workbench's keys while it is on screen; dialogs and text fields keep theirs.

import { useEffect } from "react";
import { pause, play, reset, step, toggleSlow } from "../lab/workbench";
import { togglePresenting } from "../present/presenterStore";
import { playRefusal } from "../runs/runStatus";
import { useLab } from "../stores/labStore";
import { openDialog, useLayout } from "../stores/layoutStore";
import { useRuns } from "../stores/runStore";
import { type CommandId, commandOf } from "./keys";

/** Installs the handler for as long as the component lives. */
export function useLabKeys(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat || document.querySelector("[role=dialog], [role=menu]")) return;
      const element = event.target instanceof HTMLElement ? event.target : null;
      if (element?.isContentEditable) return;
      const target = element ? { tagName: element.tagName, role: element.getAttribute("role") } : null;
      const command = commandOf(event, target);
      if (!command) return;
      event.preventDefault();
      void runCommand(command);
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}

async function runCommand(command: CommandId): Promise<void> {
  const { playing, runs } = useRuns.getState();
  const isRefused = playRefusal(runs) !== null;
  // A teacher's link that leaves the transport out leaves its keys out, too.
  if (command !== "keys" && useLayout.getState().hidden.includes("transport")) return;
  switch (command) {
    case "playPause":
      if (playing) return pause();
      return isRefused ? undefined : play();
    case "step":
      return isRefused ? undefined : step("step");
    case "phaseStep":
      return isRefused ? undefined : step("phase");
    case "slow":
      return toggleSlow();
    case "reset":
      return reset();
    case "present":
      return togglePresenting();
    case "compare":
      window.location.hash = `#/compare?v=1&domain=${useLab.getState().spec?.id ?? ""}`;
      return;
    case "export":
    case "keys":
      openDialog(command);
  }
}

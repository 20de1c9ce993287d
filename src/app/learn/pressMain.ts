// What Space does in a lesson: reveal what a question waits for, else go on by a stage, else play or pause.

import { pause, play, step as stepRun } from "../lab/workbench";
import { playRefusal } from "../runs/runStatus";
import { useRuns } from "../stores/runStore";

/** True if there was something to do. */
export function pressMain(): boolean {
  const reveal = document.querySelector<HTMLButtonElement>("[data-reveal]:not([aria-disabled])");
  if (reveal) {
    reveal.click();
    return true;
  }
  const controls = document.querySelector("[data-controls]")?.getAttribute("data-controls")?.split(" ") ?? [];
  const { playing, runs } = useRuns.getState();
  if (playing) {
    void pause();
    return true;
  }
  if (playRefusal(runs) !== null) return false;
  if (controls.includes("stage")) void stepRun("stage");
  else if (controls.includes("play")) void play();
  else return false;
  return true;
}

// A tab that nobody looks at: nothing is drawn, training goes on, and after ten minutes it pauses. On return the page
// says which of the two happened (UX-172). The worker's checkpoints every 30 s do not depend on the tab.

import { useEffect } from "react";
import { clockText, countText } from "../../views/numberText";
import { say } from "../stores/noticeStore";
import { flush, holdUpdates, useRuns } from "../stores/runStore";
import { pause } from "./workbench";

/** Time after which a hidden tab stops using the machine, ms. */
export const HIDDEN_LIMIT_MS = 600_000;

let limitMs = HIDDEN_LIMIT_MS;

/** For tests only: another limit than ten minutes. */
export function setHiddenLimit(ms: number): void {
  limitMs = ms;
}

/** Watches the tab's visibility while the workbench is open. */
export function useHiddenTab(): void {
  useEffect(() => {
    const watch = watchVisibility();
    document.addEventListener("visibilitychange", watch.change);
    return () => {
      document.removeEventListener("visibilitychange", watch.change);
      watch.end();
    };
  }, []);
}

type Absence = { readonly since: number; readonly fromStep: number; pausedAfterMs: number | null };

function watchVisibility() {
  let absence: Absence | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const leave = () => {
    holdUpdates(true);
    const { playing } = useRuns.getState();
    absence = playing ? { since: Date.now(), fromStep: viewedStep(), pausedAfterMs: null } : null;
    if (absence) timer = setTimeout(giveUp, limitMs);
  };
  const giveUp = () => {
    if (!absence || !useRuns.getState().playing) return;
    absence.pausedAfterMs = limitMs;
    void pause();
  };
  const comeBack = () => {
    clearTimeout(timer);
    holdUpdates(false);
    flush();
    const sentence = absence ? whatHappened(absence) : null;
    absence = null;
    if (sentence) say(sentence, true);
  };
  return {
    change: () => (document.hidden ? leave() : comeBack()),
    end: () => {
      clearTimeout(timer);
      holdUpdates(false);
    },
  };
}

/** One sentence about the time away; null if nothing was trained then. */
function whatHappened({ since, fromStep, pausedAfterMs }: Absence): string | null {
  const step = viewedStep();
  const at = countText(step);
  if (pausedAfterMs !== null) {
    return `Paused at step ${at} after ${clockText(pausedAfterMs / 1000)} in a hidden tab. Press Play to go on.`;
  }
  if (step <= fromStep) return null;
  const away = clockText((Date.now() - since) / 1000);
  return `Training went on while this tab was hidden: ${away}, step ${countText(fromStep)} to ${at}.`;
}

function viewedStep(): number {
  const { runs, viewed } = useRuns.getState();
  return runs.find((run) => run.runId === viewed)?.step ?? 0;
}

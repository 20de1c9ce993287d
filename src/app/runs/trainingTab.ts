// One tab trains at a time (UX-194): two would share the device, and each would be slow without saying why. The tab that
// plays holds a lock of the browser; another one may take it, and the first then pauses.

import { create } from "zustand";

const LOCK = "wake-sleep-lab:training";

type TrainingTab = {
  /** True after this tab was refused, or lost the lock to another one. */
  readonly isElsewhere: boolean;
};

export const useTrainingTab = create<TrainingTab>()(() => ({ isElsewhere: false }));

let release: (() => void) | null = null;
/** False after releaseTraining: a lock that is granted later is given back at once. */
let isWanted = false;
/** One claim at a time. */
let turn: Promise<unknown> = Promise.resolve();
/** A lock that was given back counts as taken for a moment, for this tab too: settles when it is free again. */
let freed: Promise<unknown> = Promise.resolve();

/**
 * True if this tab may train now; false if another one does. `take`: takes over from it.
 * @param onLost called when another tab takes over; it must stop the training here
 */
export function claimTraining(onLost: () => void, take = false): Promise<boolean> {
  // Without locks (a page that is not served securely) tabs do not know of each other.
  if (!("locks" in navigator)) return Promise.resolve(true);
  isWanted = true;
  const claim = turn.then(() => release !== null || request(onLost, take));
  turn = claim;
  return claim;
}

/** Training here has ended: other tabs are free to begin. */
export function releaseTraining(): void {
  isWanted = false;
  release?.();
  release = null;
}

/** What another tab did is asked anew: this screen has just opened. */
export function forgetOtherTab(): void {
  useTrainingTab.setState({ isElsewhere: false });
}

async function request(onLost: () => void, take: boolean): Promise<boolean> {
  await freed;
  const isHeld = await new Promise<boolean>((answer) => {
    const hold = (lock: Lock | null): Promise<void> | undefined => {
      answer(lock !== null);
      if (!lock || !isWanted) return undefined;
      return new Promise((done) => {
        release = done;
      });
    };
    const ended = navigator.locks.request(LOCK, take ? { steal: true } : { ifAvailable: true }, hold);
    freed = ended.catch((error: unknown) => {
      release = null;
      // A sandboxed frame has no part in the browser's locks.
      if (error instanceof DOMException && error.name === "SecurityError") return answer(true);
      useTrainingTab.setState({ isElsewhere: true });
      onLost();
      answer(false);
    });
  });
  useTrainingTab.setState({ isElsewhere: !isHeld });
  return isHeld;
}

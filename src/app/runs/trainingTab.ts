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

/**
 * True if this tab may train now; false if another one does. `take`: takes over from it.
 * @param onLost called when another tab takes over; it must stop the training here
 */
export async function claimTraining(onLost: () => void, take = false): Promise<boolean> {
  // Without locks (a page that is not served securely) tabs do not know of each other.
  if (release || !("locks" in navigator)) return true;
  const isHeld = await new Promise<boolean>((answer) => {
    const hold = (lock: Lock | null): Promise<void> | undefined => {
      answer(lock !== null);
      if (!lock) return undefined;
      return new Promise((done) => {
        release = done;
      });
    };
    navigator.locks.request(LOCK, take ? { steal: true } : { ifAvailable: true }, hold).catch((error: unknown) => {
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

/** Training here has ended: other tabs are free to begin. */
export function releaseTraining(): void {
  release?.();
  release = null;
}

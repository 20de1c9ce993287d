// One thing at a time may move a run: an advance, or the rebuilding of a run that stands. Others wait for their turn.

import type { LabError } from "../errors";

/** Who moves the run now. Work resolves to the error of a failure and must not reject. */
export class Turn {
  /** The work under way, or null. Waiters look again after it: another one of them may have been first. */
  present: Promise<LabError | null> | null = null;

  take(work: () => Promise<LabError | null>): Promise<LabError | null> {
    this.present = work().finally(() => {
      this.present = null;
    });
    return this.present;
  }
}

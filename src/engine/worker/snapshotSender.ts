// Paces snapshots: at most ten a second leave the worker, whoever asks for them, and none is lost at a standstill.

import { rest } from "../run/yielding";

/** Shortest time between two snapshots, ms. A little over a tenth of a second, for clocks that jitter. */
export const SNAPSHOT_EVERY_MS = 102;

/** Calls `send` at a bounded rate. */
export class SnapshotSender {
  private sentAt = -Infinity;
  private pending: Promise<void> | null = null;

  /**
   * @param send takes and posts one snapshot; `isSafe` says that no step computes during the call
   * @param hasMore true while records wait for another one
   */
  constructor(
    private readonly send: (isSafe: boolean) => Promise<void>,
    private readonly hasMore: () => boolean,
  ) {}

  /** Sends now if the last one is long enough ago; between two slices of the running engine. */
  async ifDue(): Promise<void> {
    if (this.pending || performance.now() - this.sentAt < SNAPSHOT_EVERY_MS) return;
    await this.now(true);
  }

  /** Sends one as soon as the rate allows; calls in the meantime share it. */
  soon(): Promise<void> {
    this.pending ??= this.afterWait().finally(() => {
      this.pending = null;
    });
    return this.pending;
  }

  /** Like `soon`, then goes on until no record is left: for standstills. */
  async flush(): Promise<void> {
    await this.soon();
    while (this.hasMore()) await this.soon();
  }

  private async afterWait(): Promise<void> {
    const wait = SNAPSHOT_EVERY_MS - (performance.now() - this.sentAt);
    if (wait > 0) await rest(wait);
    await this.now(false);
  }

  private async now(isSafe: boolean): Promise<void> {
    this.sentAt = performance.now();
    await this.send(isSafe);
  }
}

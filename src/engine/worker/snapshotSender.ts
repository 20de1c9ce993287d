// Paces snapshots: at most ten a second leave the worker, whoever asks for them, and none is lost at a standstill.

import { rest } from "../run/yielding";

/** Shortest time between two snapshots, ms. A little over a tenth of a second, for clocks that jitter. */
export const SNAPSHOT_EVERY_MS = 102;

/** Calls `send` at a bounded rate. */
export class SnapshotSender {
  private sentAt = -Infinity;
  /** A snapshot that has been asked for and not yet been taken. */
  private waiting: Promise<void> | null = null;
  private sending: Promise<void> = Promise.resolve();
  private isSent = true;

  /**
   * @param send takes and posts one snapshot, false if it could not; `isSafe` says that no step computes during the
   *   call. It must not reject.
   * @param hasMore true while records wait for another one
   */
  constructor(
    private readonly send: (isSafe: boolean) => Promise<boolean>,
    private readonly hasMore: () => boolean,
  ) {}

  /** Sends now if the last one is long enough ago; between two slices of the running engine. */
  async ifDue(): Promise<void> {
    if (this.waiting || performance.now() - this.sentAt < SNAPSHOT_EVERY_MS) return;
    await this.now(true);
  }

  /** Sends one as soon as the rate allows. Calls share it until it is taken: it shows what they have changed. */
  soon(): Promise<void> {
    this.waiting ??= this.afterWait();
    return this.waiting;
  }

  /** Like `soon`, then goes on until no record is left or none can be sent: for standstills. */
  async flush(): Promise<void> {
    await this.soon();
    while (this.isSent && this.hasMore()) await this.soon();
  }

  private async afterWait(): Promise<void> {
    await this.sending;
    const wait = SNAPSHOT_EVERY_MS - (performance.now() - this.sentAt);
    if (wait > 0) await rest(wait);
    this.waiting = null;
    await this.now(false);
  }

  private now(isSafe: boolean): Promise<void> {
    this.sentAt = performance.now();
    this.sending = this.send(isSafe).then((isSent) => {
      this.isSent = isSent;
      // Counted from when it left: a slow picture must not bring two snapshots close together.
      this.sentAt = performance.now();
    });
    return this.sending;
  }
}

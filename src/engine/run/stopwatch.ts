// Training time: runs while a step computes, stands while the run waits, evaluates, draws or saves.

/** Milliseconds on a monotonic clock, started and stopped by the run loop. */
export class Stopwatch {
  private total: number;
  private startedAt: number | null = null;

  constructor(total = 0) {
    this.total = total;
  }

  /** Starts or goes on; does nothing while it runs. */
  start(): void {
    this.startedAt ??= performance.now();
  }

  /** Stands still; does nothing while it stands. */
  stop(): void {
    if (this.startedAt === null) return;
    this.total += performance.now() - this.startedAt;
    this.startedAt = null;
  }

  /** Milliseconds so far. */
  get milliseconds(): number {
    return this.startedAt === null ? this.total : this.total + performance.now() - this.startedAt;
  }
}

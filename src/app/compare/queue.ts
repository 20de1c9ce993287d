// Which waiting runs may go: at most so many at once on this device, in the plan's order.

/** What the queue knows of a run. */
export type QueuedRun = {
  readonly runId: string;
  /** Waits for its turn; a run that was paused by the person does not. */
  readonly wants: boolean;
  /** Loading or training now. */
  readonly isActive: boolean;
};

/** Runs at once: one on a graphics device, else all processors but one, three at most. */
export function seatsOn(backend: string | null, processors: number): number {
  // Before the first run has started nobody knows its device: it goes alone.
  if (backend === null || backend === "webgpu") return 1;
  return Math.min(3, Math.max(1, Math.floor(processors) - 1));
}

/** The runs to start or resume now. */
export function nextRuns(runs: readonly QueuedRun[], seats: number): readonly string[] {
  const free = seats - runs.filter((run) => run.isActive).length;
  return runs
    .filter((run) => run.wants && !run.isActive)
    .slice(0, Math.max(0, free))
    .map((run) => run.runId);
}

/** "Runs took turns on one device; ...": how the runs shared the device, for the note beside the axis. */
export function sharingNote(seats: number, numRuns: number): string {
  if (numRuns < 2) return "One run at a time.";
  return seats === 1
    ? "Runs took turns on one device; compare steps or proposals before time."
    : `Up to ${seats} runs shared one device, which slows each; compare steps or proposals before time.`;
}

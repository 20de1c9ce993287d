// Listening to a training client: a log of its events and a wait for one of them, without sleeping.

import type { RunRecord, Snapshot } from "../../src/engine/run/records";
import type { TrainingClient } from "../../src/engine/worker/client";
import type { WorkerEvent } from "../../src/engine/worker/protocol";

/** Everything a client has said, with arrival times. */
export type Log = {
  readonly events: WorkerEvent[];
  /** Records of all snapshots, in order. */
  records(): RunRecord[];
  lastSnapshot(): Snapshot;
  /** Arrival times of one kind of event, ms. */
  timesOf(kind: WorkerEvent["kind"]): number[];
  clear(): void;
  readonly waiting: Set<(event: WorkerEvent) => void>;
};

/** Starts logging a client. */
export function logOf(client: TrainingClient): Log {
  const events: WorkerEvent[] = [];
  const times: number[] = [];
  const waiting = new Set<(event: WorkerEvent) => void>();
  client.subscribe((event) => {
    events.push(event);
    times.push(performance.now());
    for (const listener of [...waiting]) listener(event);
  });
  const snapshots = () => events.flatMap((event) => (event.kind === "snapshot" ? [event.snapshot] : []));
  return {
    events,
    waiting,
    records: () => snapshots().flatMap((snapshot) => snapshot.records),
    lastSnapshot: () => {
      const last = snapshots().at(-1);
      if (!last) throw new Error("no snapshot yet");
      return last;
    },
    timesOf: (kind) => times.filter((_, i) => events[i]?.kind === kind),
    clear: () => {
      events.length = 0;
      times.length = 0;
    },
  };
}

/** The first event of the log for which `fits` holds, now or later. */
export function until(log: Log, fits: (event: WorkerEvent) => boolean): Promise<WorkerEvent> {
  const known = log.events.find(fits);
  if (known) return Promise.resolve(known);
  return new Promise((resolve) => {
    const listener = (event: WorkerEvent) => {
      if (!fits(event)) return;
      log.waiting.delete(listener);
      resolve(event);
    };
    log.waiting.add(listener);
  });
}

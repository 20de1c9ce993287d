// Drives one run to its end over a TrainingClient: collects records, saves now and then, and on an interrupt pauses and
// saves. `train` and `sweep` share it.

import type { UserData } from "../engine/domain";
import { fromErrorData, type LabError } from "../engine/errors";
import type { OptionValues } from "../engine/options";
import type { RunDescription, RunRecord, StopReason } from "../engine/run/records";
import type { TrainingClient } from "../engine/worker/client";
import type { WorkerEvent } from "../engine/worker/protocol";

/** How often an unattended run saves itself, ms. */
const SAVE_EVERY_MS = 30_000;

export type DriveRequest = {
  readonly domain: string;
  readonly options: OptionValues;
  readonly userData: UserData | null;
  readonly checkpoint: Uint8Array | null;
};

export type DriveHandlers = {
  onStart(description: RunDescription): Promise<void> | void;
  onRecords(records: readonly RunRecord[], step: number): void;
  onNotice(sentence: string): void;
  /** Writes a checkpoint; null where nothing is to be kept while running. */
  readonly save: ((checkpoint: Uint8Array, step: number) => Promise<void>) | null;
};

export type Outcome = {
  readonly description: RunDescription;
  /** Null if the run was interrupted. */
  readonly reason: StopReason | null;
  readonly step: number;
  /** Latest value of every metric. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly wallMs: number;
  readonly evaluations: number;
  /** The run as it stands. */
  readonly checkpoint: Uint8Array;
};

type Latest = { step: number; wallMs: number; evaluations: number; metrics: Record<string, number> };

function follow(latest: Latest, records: readonly RunRecord[]): void {
  for (const record of records) {
    latest.wallMs = record.wallMs;
    latest.evaluations = record.evaluations;
    Object.assign(latest.metrics, record.metrics);
  }
}

/** Resolves with the reason when the run ends by a rule, rejects when it fails. */
function untilEnd(client: TrainingClient, latest: Latest, handlers: DriveHandlers) {
  let listener: (event: WorkerEvent) => void = () => undefined;
  const ended = new Promise<StopReason | null>((done, fail) => {
    const failed = (error: LabError) => fail(error);
    listener = (event) => {
      if (event.kind === "snapshot") {
        follow(latest, event.snapshot.records);
        latest.step = event.snapshot.step;
        latest.wallMs = event.snapshot.wallMs;
        latest.evaluations = event.snapshot.evaluations;
        handlers.onRecords(event.snapshot.records, event.snapshot.step);
      } else if (event.kind === "notice") handlers.onNotice(event.sentence);
      else if (event.kind === "failed" && event.id === null) failed(fromErrorData(event.error));
      else if (event.kind === "status" && event.reason !== null) done(event.reason);
    };
  });
  // A failure before anyone waits for the end is reported by the call that is waiting; this keeps Node quiet about it.
  ended.catch(() => undefined);
  return { ended, unsubscribe: client.subscribe((event) => listener(event)) };
}

function saveNowAndThen(client: TrainingClient, latest: Latest, save: DriveHandlers["save"]): () => Promise<void> {
  if (save === null) return async () => undefined;
  let pending: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    pending = pending.then(async () => save(await client.checkpoint(), latest.step));
    pending.catch(() => undefined);
  }, SAVE_EVERY_MS);
  return async () => {
    clearInterval(timer);
    await pending.catch(() => undefined);
  };
}

/**
 * Runs until a stop rule, an interrupt or a failure.
 * @param interrupt aborts when the person pressed Ctrl-C; the run then pauses within one stage
 * @throws LabError as the run failed with
 */
export async function driveRun(
  client: TrainingClient,
  request: DriveRequest,
  handlers: DriveHandlers,
  interrupt: AbortSignal,
): Promise<Outcome> {
  const latest: Latest = { step: 0, wallMs: 0, evaluations: 0, metrics: {} };
  const { ended, unsubscribe } = untilEnd(client, latest, handlers);
  try {
    const description = await client.start({
      domain: request.domain,
      options: request.options,
      ...(request.userData ? { userData: request.userData } : {}),
      ...(request.checkpoint ? { checkpoint: request.checkpoint } : {}),
    });
    latest.step = description.step;
    follow(latest, description.history);
    await handlers.onStart(description);
    const finishSaving = saveNowAndThen(client, latest, handlers.save);
    const interrupted = new Promise<null>((done) => {
      if (interrupt.aborted) done(null);
      interrupt.addEventListener("abort", () => done(null), { once: true });
    });
    if (!interrupt.aborted) await client.play();
    const reason = await Promise.race([ended, interrupted]).finally(finishSaving);
    if (reason === null) await client.pause();
    await client.snapshot();
    const checkpoint = await client.checkpoint();
    return { description, reason, ...latest, checkpoint };
  } finally {
    unsubscribe();
    client.dispose();
  }
}

/** Aborts at the first Ctrl-C or SIGTERM; a second one ends the process at once. */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  return controller.signal;
}

// A run that has done N steps, made quickly and always the same: a worker of its own trains to N and gives a checkpoint.
// Scenes open at checkpoints, so that a step of a lesson is the same by whatever path it is reached.

import type { DomainSpec } from "../../engine/domain";
import type { OptionValues } from "../../engine/options";
import type { TrainingClient } from "../../engine/worker/client";
import type { Prepared } from "../lab/workbench";
import { newTrainingClient } from "../trainingWorker";

/** Checkpoints kept; the oldest go first. */
const MOST_KEPT = 12;
const kept = new Map<string, Prepared>();

export type Preparation = {
  /** Rejects with a LabError; never settles after `cancel`. */
  readonly done: Promise<Prepared>;
  readonly cancel: () => void;
};

/** Trains a run to step `at` at full speed, or takes the checkpoint made before. `onStep`: progress. */
export function prepareRun(
  spec: DomainSpec,
  options: OptionValues,
  at: number,
  onStep: (step: number) => void,
): Preparation {
  const key = JSON.stringify([spec.id, options, at]);
  const known = kept.get(key);
  if (known) return { done: Promise.resolve(known), cancel: noop };
  const client = newTrainingClient();
  let isCancelled = false;
  const done = train(client, spec, { ...options, iterations: at }, onStep).then(
    (bytes) => {
      client.dispose();
      const prepared = { bytes, step: at };
      keep(key, prepared);
      return prepared;
    },
    (error: unknown) => {
      client.dispose();
      if (isCancelled) return never();
      throw error;
    },
  );
  const cancel = () => {
    isCancelled = true;
    client.dispose();
  };
  return { done, cancel };
}

async function train(
  client: TrainingClient,
  spec: DomainSpec,
  options: OptionValues,
  onStep: (step: number) => void,
): Promise<Uint8Array> {
  const ended = new Promise<void>((resolve) => {
    client.subscribe((event) => {
      if (event.kind === "snapshot") onStep(event.snapshot.step);
      if (event.kind === "status" && event.status === "converged") resolve();
    });
  });
  await client.start({ domain: spec.id, options });
  // A failing run rejects or says so by an event; waiting on both would leave one of them unheard.
  const failed = new Promise<never>((_, reject) => {
    client.subscribe((event) => {
      if (event.kind === "failed" && event.id === null) reject(new Error(event.error.message));
    });
  });
  await client.play();
  await Promise.race([ended, failed]);
  return client.checkpoint();
}

function keep(key: string, prepared: Prepared): void {
  kept.set(key, prepared);
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
}

function never(): Promise<never> {
  return new Promise(noop);
}

function noop(): void {
  // Nothing to end, nothing to settle.
}

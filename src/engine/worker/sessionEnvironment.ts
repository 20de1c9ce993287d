// What a session needs from where it runs, and what it says.

import type { DomainSpec, ReadAsset } from "../domain";
import type { WorkerEvent } from "./protocol";

/** A worker event without its run's id, which the session adds. */
export type Said = WorkerEvent extends infer Event ? (Event extends WorkerEvent ? Omit<Event, "runId"> : never) : never;

export type SessionEnvironment = {
  /** @throws LabError("unknown-name") */
  readonly findDomain: (id: string) => DomainSpec;
  readonly readAsset: ReadAsset;
  readonly emit: (runId: string, event: Said) => void;
  /** Throws outside every handler, so that the worker dies. For tests. */
  readonly crash: () => void;
};

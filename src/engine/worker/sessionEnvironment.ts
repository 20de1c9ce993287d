// What a session needs from where it runs, and what it says.

import type { DomainSpec, ReadAsset } from "../domain";
import type { LabError } from "../errors";
import type { RunStatus, StopReason } from "../run/records";
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

/** Says what happens to the current run, and remembers its status. */
export class Teller {
  status: RunStatus = "idle";
  runId = "";

  constructor(private readonly emit: SessionEnvironment["emit"]) {}

  get isRunning(): boolean {
    return this.status === "running";
  }

  get isFinal(): boolean {
    return this.status === "converged" || this.status === "failed";
  }

  say(event: Said): void {
    this.emit(this.runId, event);
  }

  setStatus(status: RunStatus, reason: StopReason | null = null): void {
    this.status = status;
    this.say({ kind: "status", status, reason });
  }

  /** A fault that no request is to blame for. */
  fail(error: LabError, lastGoodStep: number): void {
    this.say({ kind: "failed", id: null, error: error.toData(), lastGoodStep });
  }
}

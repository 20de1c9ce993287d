// The whole contract between a page (or the command line) and a training worker: plain records and typed arrays.
// One worker holds one run at a time. Every request is answered by exactly one "done" or "failed" with its id.

import type { UserData } from "../domain";
import type { LabErrorData } from "../errors";
import type { OptionValue, OptionValues } from "../options";
import type { RunDescription, RunStatus, Snapshot, StageReport, StopReason } from "../run/records";
import type { InferenceReport, InferenceRequest } from "./inferences";
import type { Answer, Question } from "./questions";

export type StartRequest = {
  readonly domain: string;
  readonly options: OptionValues;
  readonly userData: UserData | null;
  /** A checkpoint file to resume from; its options and data win over `options`, except live ones and the backend. */
  readonly checkpoint: Uint8Array | null;
};

/** Faults that tests inject: the real thing is made to happen where it can be. */
export type Fault = "device-loss" | "crash" | "non-finite" | "out-of-memory" | "unexplained";

export type WorkerRequest = { readonly id: number; readonly runId: string } & (
  | { readonly kind: "start"; readonly start: StartRequest }
  | { readonly kind: "play" }
  | { readonly kind: "pause" }
  /** Advances by one stage, one phase or one whole step, then pauses. */
  | { readonly kind: "step"; readonly until: "stage" | "phase" | "step" }
  | { readonly kind: "setOption"; readonly name: string; readonly value: OptionValue }
  /** Chooses the observation that snapshots describe. */
  | { readonly kind: "select"; readonly observation: number }
  /** Longest stretch of work between yields, ms; the page lowers it when frames drop. */
  | { readonly kind: "pace"; readonly sliceMs: number }
  | { readonly kind: "snapshot" }
  | { readonly kind: "checkpoint" }
  | { readonly kind: "stop" }
  /** Looks without touching; "done" carries the answer. */
  | { readonly kind: "ask"; readonly question: Question }
  /** Programs for a person's own data, in a worker without a run; "inference" events until "done". */
  | { readonly kind: "infer"; readonly request: InferenceRequest }
  /** Ends an inference; what was found is kept. */
  | { readonly kind: "endInference" }
  | { readonly kind: "inject"; readonly fault: Fault }
);

export type WorkerEvent = { readonly runId: string } & (
  | { readonly kind: "started"; readonly description: RunDescription }
  | { readonly kind: "status"; readonly status: RunStatus; readonly reason: StopReason | null }
  | { readonly kind: "snapshot"; readonly snapshot: Snapshot }
  | { readonly kind: "stage"; readonly report: StageReport }
  | { readonly kind: "notice"; readonly sentence: string }
  /** A checkpoint that the page keeps for the case that the worker dies; every 30 s of running. */
  | { readonly kind: "autosave"; readonly checkpoint: Uint8Array; readonly step: number }
  | { readonly kind: "inference"; readonly report: InferenceReport }
  | {
      readonly kind: "done";
      readonly id: number;
      readonly checkpoint: Uint8Array | null;
      readonly answer: Answer | null;
    }
  /** id is null when no request is to blame (a fault while running). lastGoodStep: the state still shown and saved. */
  | {
      readonly kind: "failed";
      readonly id: number | null;
      readonly error: LabErrorData;
      readonly lastGoodStep: number;
    }
);

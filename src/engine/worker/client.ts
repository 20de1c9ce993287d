// TrainingClient: the same methods whether the engine runs in this thread, in a Web Worker or in a worker thread.

import type { UserData } from "../domain";
import type { OptionValue, OptionValues } from "../options";
import type { RunDescription } from "../run/records";
import type { InferenceRequest } from "./inferences";
import type { Fault, WorkerEvent } from "./protocol";
import type { AnswerTo, Question } from "./questions";

export type StartOptions = {
  readonly domain: string;
  readonly options: OptionValues;
  readonly userData?: UserData;
  readonly checkpoint?: Uint8Array;
};

/** Drives one run. Methods reject with a LabError; events arrive through `subscribe`, also after a rejection. */
export interface TrainingClient {
  readonly runId: string;
  /** Builds data, model and memory (or opens the checkpoint) and stands at "paused". */
  start(start: StartOptions): Promise<RunDescription>;
  play(): Promise<void>;
  /** Resolves when the run stands still (within one stage). */
  pause(): Promise<void>;
  step(until: "stage" | "phase" | "step"): Promise<void>;
  /** Changes a live option from the next step on; rejects for others. */
  setOption(name: string, value: OptionValue): Promise<void>;
  select(observation: number): Promise<void>;
  pace(sliceMs: number): Promise<void>;
  /** Asks for a snapshot now; it arrives as an event. */
  snapshot(): Promise<void>;
  /** One-file checkpoint of the latest completed step. */
  checkpoint(): Promise<Uint8Array>;
  /** Looks at the run without touching it. */
  ask<Q extends Question>(question: Q): Promise<AnswerTo<Q>>;
  /** Programs for a person's own data; reports arrive as "inference" events. Resolves when the search has ended. */
  infer(request: InferenceRequest): Promise<void>;
  /** Ends a search; what was found is kept and reported once more. */
  endInference(): Promise<void>;
  /** Ends the run; after 2 s without an answer the worker is terminated. */
  stop(): Promise<void>;
  /** For tests: makes the fault happen. */
  inject(fault: Fault): Promise<void>;
  subscribe(listener: (event: WorkerEvent) => void): () => void;
  /** Frees everything; the client is unusable afterwards. */
  dispose(): void;
}

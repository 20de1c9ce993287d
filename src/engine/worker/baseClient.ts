// What the three clients share: requests with ids, promises that settle with "done" or "failed", events to listeners,
// and the end of a worker that crashed or does not answer a stop.

import { fromErrorData, LabError } from "../errors";
import type { RunDescription } from "../run/records";
import type { StartOptions, TrainingClient } from "./client";
import type { InferenceRequest } from "./inferences";
import type { Fault, WorkerEvent, WorkerRequest } from "./protocol";
import type { Answer, AnswerTo, Question } from "./questions";

/** The page's side of a connection to a worker. */
export type ClientConnection = {
  readonly send: (request: WorkerRequest) => void;
  /** Ends the worker at once. */
  readonly terminate: () => void;
};

/** What a connection reports. */
export type ConnectionListener = {
  readonly onEvent: (event: WorkerEvent) => void;
  /** The worker did not load, died, or sent what cannot be read. */
  readonly onFailure: (error: LabError) => void;
};

/** Time after which a worker that has not answered a stop is ended, ms. */
export const STOP_TIMEOUT_MS = 2000;

type Body = WorkerRequest extends infer Request
  ? Request extends WorkerRequest
    ? Omit<Request, "id" | "runId">
    : never
  : never;
type Reply = { readonly checkpoint: Uint8Array | null; readonly answer: Answer | null };
type Pending = {
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: LabError) => void;
};

let clients = 0;

/** A client of one worker; `connect` opens the connection. */
export function createClient(
  connect: (listener: ConnectionListener) => ClientConnection,
  runId = `run-${++clients}`,
): TrainingClient {
  return new BaseClient(connect, runId);
}

class BaseClient implements TrainingClient {
  private readonly connection: ClientConnection;
  private readonly pending = new Map<number, Pending>();
  private readonly listeners = new Set<(event: WorkerEvent) => void>();
  private nextId = 1;
  private description: RunDescription | null = null;
  private lastStep = 0;
  private ended: LabError | null = null;

  constructor(
    connect: (listener: ConnectionListener) => ClientConnection,
    readonly runId: string,
  ) {
    this.connection = connect({
      onEvent: (event) => this.receive(event),
      onFailure: (error) => this.fail(error),
    });
  }

  async start(start: StartOptions): Promise<RunDescription> {
    this.description = null;
    const { domain, options, userData = null, checkpoint = null } = start;
    await this.request({ kind: "start", start: { domain, options, userData, checkpoint } });
    if (this.description) return this.description;
    throw workerError("the worker answered start without describing the run");
  }

  async play(): Promise<void> {
    await this.request({ kind: "play" });
  }

  async pause(): Promise<void> {
    await this.request({ kind: "pause" });
  }

  async step(until: "stage" | "phase" | "step"): Promise<void> {
    await this.request({ kind: "step", until });
  }

  async setOption(name: string, value: number | string | boolean): Promise<void> {
    await this.request({ kind: "setOption", name, value });
  }

  async select(observation: number): Promise<void> {
    await this.request({ kind: "select", observation });
  }

  async pace(sliceMs: number): Promise<void> {
    await this.request({ kind: "pace", sliceMs });
  }

  async snapshot(): Promise<void> {
    await this.request({ kind: "snapshot" });
  }

  async checkpoint(): Promise<Uint8Array> {
    const { checkpoint } = await this.request({ kind: "checkpoint" });
    if (checkpoint) return checkpoint;
    throw workerError("the worker answered checkpoint without one");
  }

  async ask<Q extends Question>(question: Q): Promise<AnswerTo<Q>> {
    const { answer } = await this.request({ kind: "ask", question });
    if (!answer) throw workerError(`the worker answered ${question.kind} without an answer`);
    // The cast: the worker answers a question with its own kind of answer.
    return answer as AnswerTo<Q>;
  }

  async infer(request: InferenceRequest): Promise<void> {
    await this.request({ kind: "infer", request });
  }

  async endInference(): Promise<void> {
    await this.request({ kind: "endInference" });
  }

  async stop(): Promise<void> {
    if (this.ended) return;
    const timer = setTimeout(() => this.giveUp(), STOP_TIMEOUT_MS);
    try {
      await this.request({ kind: "stop" });
    } catch (thrown) {
      // A worker that was ended because it did not answer has stopped, too.
      if (!this.ended) throw thrown;
    } finally {
      clearTimeout(timer);
    }
  }

  async inject(fault: Fault): Promise<void> {
    await this.request({ kind: "inject", fault });
  }

  subscribe(listener: (event: WorkerEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  dispose(): void {
    this.end(workerError("the client was disposed"));
    this.listeners.clear();
  }

  private request(body: Body): Promise<Reply> {
    if (this.ended) return Promise.reject(this.ended);
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.pending.set(id, { resolve, reject });
      // The cast: Body is WorkerRequest without id and runId, which are added here.
      this.connection.send({ ...body, id, runId: this.runId } as WorkerRequest);
    });
  }

  private receive(event: WorkerEvent): void {
    if (this.ended || event.runId !== this.runId) return;
    if (event.kind === "started") this.description = event.description;
    if (event.kind === "started") this.lastStep = event.description.step;
    if (event.kind === "snapshot") this.lastStep = event.snapshot.step;
    this.tell(event);
    if (event.kind === "done") this.settle(event.id, (pending) => pending.resolve(event));
    if (event.kind === "failed" && event.id !== null) {
      const error = fromErrorData(event.error);
      this.settle(event.id, (pending) => pending.reject(error));
    }
  }

  private settle(id: number, how: (pending: Pending) => void): void {
    const pending = this.pending.get(id);
    this.pending.delete(id);
    if (pending) how(pending);
  }

  private tell(event: WorkerEvent): void {
    for (const listener of [...this.listeners]) listener(event);
  }

  private fail(error: LabError): void {
    if (this.ended) return;
    const { runId, lastStep: lastGoodStep } = this;
    this.end(error);
    this.tell({ runId, kind: "failed", id: null, error: error.toData(), lastGoodStep });
    this.tell({ runId, kind: "status", status: "failed", reason: null });
  }

  private giveUp(): void {
    if (this.ended) return;
    const { runId } = this;
    const sentence = "stopped: the worker did not answer within 2 s and was ended";
    this.end(workerError("the worker did not answer within 2 s and was ended"));
    this.tell({ runId, kind: "status", status: "stopped", reason: { rule: "stopped", sentence } });
  }

  private end(error: LabError): void {
    if (this.ended) return;
    this.ended = error;
    this.connection.terminate();
    for (const pending of this.pending.values()) pending.reject(error);
    this.pending.clear();
  }
}

/** LabError("worker") with the advice that fits all of them. */
export function workerError(message: string, cause?: unknown): LabError {
  const help = "Start the run again; it goes on from its last checkpoint.";
  return new LabError("worker", { message, help }, {}, cause === undefined ? undefined : { cause });
}

// The run loop: one code path at every speed. Stages are awaited through a hook; full speed passes through it without
// waiting, stepping and pausing hold the algorithm inside it, so the numbers are the same however a step is reached.
// Work happens in slices (about 12 ms), then the event loop has its turn. Nothing is written before a step's end.

import type { StageHook, StageInfo, StageName, StagePayload } from "../algorithms/algorithm";
import { LabError } from "../errors";
import type { RunCore } from "./core";
import type { StageReport, StopReason } from "./records";
import { endsPhase, stageReport } from "./stageReport";
import { rest, yieldToEvents } from "./yielding";

/** Longest stretch of work between two yields, ms, unless the page asks for less. */
export const DEFAULT_SLICE_MS = 12;

/** How far an advance goes: to the end of the stage, of the phase, of the step, or until something stops it. */
export type Until = "stage" | "phase" | "step" | "free";

/** Why an advance came to a stand. */
export type Standstill =
  | { readonly kind: "held"; readonly stage: StageName }
  | { readonly kind: "between" }
  | { readonly kind: "finished"; readonly reason: StopReason }
  | { readonly kind: "abandoned" };

export type RunListener = {
  /** A stage was computed while stepping. */
  readonly onStage: (report: StageReport) => void;
  /** Called between two slices, at most every few milliseconds; the run waits for it. */
  readonly onSlice: () => Promise<void> | void;
};

const ABANDONED = Symbol("abandoned");
const SILENT: RunListener = { onStage: () => undefined, onSlice: () => undefined };

type Hold = {
  readonly stage: StageInfo;
  readonly payload: StagePayload;
  readonly release: () => void;
  readonly abandon: () => void;
};
type Task = { readonly run: () => Promise<void>; readonly reject: (error: unknown) => void };
type Stand = { readonly resolve: (standstill: Standstill) => void; readonly reject: (error: unknown) => void };

/** Drives a RunCore through time. */
export class Run {
  sliceMs = DEFAULT_SLICE_MS;
  private until: Until = "free";
  private wantsPause = false;
  private isAbandoned = false;
  private death: LabError | null = null;
  private hold: Hold | null = null;
  private stand: Stand | null = null;
  private readonly tasks: Task[] = [];
  private draining: Promise<void> | null = null;
  private sliceStart = 0;
  private stages: readonly StageInfo[] = [];
  /** Step whose stages are reported, and those stages so far: they can be told anew for another observation. */
  private stepOnShow = 0;
  private passed: { readonly stage: StageInfo; readonly payload: StagePayload }[] = [];
  private cutShort: ((abandoned: typeof ABANDONED) => void) | null = null;

  constructor(
    readonly core: RunCore,
    private readonly listener: RunListener = SILENT,
  ) {}

  /** True between a call of `advance` and its standstill. */
  get isAdvancing(): boolean {
    return this.stand !== null;
  }

  /** True after `kill`. */
  get isGone(): boolean {
    return this.death !== null;
  }

  /** The stage in which an unfinished step is held, or null between steps. */
  get held(): { readonly stage: StageInfo; readonly payload: StagePayload } | null {
    return this.hold;
  }

  /**
   * Goes on until `until`; a held step is continued, not repeated. Resolves at the standstill.
   * @throws LabError of the step that failed; the state is then that of the step before
   */
  async advance(until: Until): Promise<Standstill> {
    this.requireAlive();
    if (this.stand) {
      const help = "Pause first.";
      throw new LabError("worker", { title: "The run is busy", message: "the run is already advancing", help });
    }
    const standstill = new Promise<Standstill>((resolve, reject) => {
      this.stand = { resolve, reject };
    });
    this.until = until;
    this.wantsPause = false;
    this.isAbandoned = false;
    if (this.draining) await this.draining;
    this.sliceStart = performance.now();
    const { hold } = this;
    this.hold = null;
    if (hold) hold.release();
    else void this.drive();
    return standstill;
  }

  /** Puts another observation on show; if it is in the batch of the step on show, that step's stages are told anew. */
  select(observation: number): void {
    if (observation === this.core.selected) return;
    this.core.selected = observation;
    if (!this.passed[0]?.payload.batch.ids.includes(observation)) return;
    for (const { stage, payload } of this.passed) this.tell(stage, payload);
  }

  /** Asks a running advance to stand still at the next stage or step. */
  requestPause(): void {
    this.wantsPause = true;
  }

  /** Gives up an unfinished step without trace and stands still between steps. */
  abandon(): void {
    this.isAbandoned = true;
    this.cutShort?.(ABANDONED);
    const { hold } = this;
    this.hold = null;
    hold?.abandon();
  }

  /** Ends the run from outside when its device is gone: a pending advance rejects with `error`. */
  kill(error: LabError): void {
    this.death ??= error;
    for (const task of this.tasks.splice(0)) task.reject(error);
    this.settle(null, error);
  }

  /** Runs a task at a point where no step computes: at once while standing, else between two steps or stages. */
  whenSafe<T>(task: () => Promise<T>): Promise<T> {
    if (this.death) return Promise.reject(this.death);
    return new Promise((resolve, reject) => {
      this.tasks.push({ run: () => task().then(resolve, reject), reject });
      if (!this.stand) void this.drain();
    });
  }

  /** @throws the error of `kill`. A dead run's unfinished step must not reach listeners that serve its successor. */
  requireAlive(): void {
    if (this.death) throw this.death;
  }

  private requireGoing(): void {
    this.requireAlive();
    if (this.isAbandoned) throw ABANDONED;
  }

  private async drive(): Promise<void> {
    try {
      this.settle(await this.steps());
    } catch (thrown) {
      if (thrown === ABANDONED) this.settle({ kind: "abandoned" });
      else this.settle(null, thrown);
    }
  }

  private async steps(): Promise<Standstill> {
    const { core } = this;
    await this.evaluateIfDue();
    for (let isFirst = true; ; isFirst = false) {
      const reason = isFirst && this.until !== "free" ? null : core.stopReason();
      if (reason) return { kind: "finished", reason };
      if (!isFirst && (this.until !== "free" || this.wantsPause)) return { kind: "between" };
      this.requireGoing();
      this.stages = core.parts.algorithm.stages(core.optionsAt(core.step + 1), core.step + 1);
      this.passed = [];
      this.stepOnShow = core.step + 1;
      await core.advance(this.hook);
      await this.evaluateIfDue();
      if (this.tasks.length > 0) await this.drain();
      if (performance.now() - this.sliceStart >= this.sliceMs) await this.breathe();
    }
  }

  private async breathe(): Promise<void> {
    this.requireAlive();
    await this.listener.onSlice();
    // A slowed engine rests for what it does not use, so that a page on the same cores gets its frames.
    await rest(Math.max(0, DEFAULT_SLICE_MS - this.sliceMs));
    this.sliceStart = performance.now();
    this.requireGoing();
  }

  private async evaluateIfDue(): Promise<void> {
    if (!this.core.isEvaluationDue()) return;
    this.requireAlive();
    await this.listener.onSlice();
    await yieldToEvents();
    const cut = new Promise<typeof ABANDONED>((resolve) => {
      this.cutShort = resolve;
    });
    const metrics = this.isAbandoned ? ABANDONED : await Promise.race([this.core.evaluate(), cut]);
    this.cutShort = null;
    this.sliceStart = performance.now();
    if (metrics !== ABANDONED) return this.core.recordEvaluation(metrics);
    this.core.skipEvaluation();
    throw ABANDONED;
  }

  /** What algorithms await. Returns nothing (no turn of the event loop) unless the run has to wait here. */
  private readonly hook: StageHook = (name, payload) => {
    const stage = this.stages.find((info) => info.name === name);
    if (!stage) return;
    this.requireAlive();
    if (this.until !== "free") this.report(stage, payload);
    if (this.isAbandoned) throw ABANDONED;
    if (this.mustHold(name)) return this.holdAt(stage, payload);
    if (performance.now() - this.sliceStart >= this.sliceMs) return this.breatheWithin(stage, payload);
  };

  private report(stage: StageInfo, payload: StagePayload): void {
    const { ids } = payload.batch;
    // Stage by stage, people look at what the step works on; a whole step or a pause leaves their choice alone.
    const isShown = this.until === "stage" || this.until === "phase";
    if (isShown && !ids.includes(this.core.selected)) this.core.selected = ids[0]!;
    this.passed.push({ stage, payload });
    this.tell(stage, payload);
  }

  private tell(stage: StageInfo, payload: StagePayload): void {
    const { parts, selected } = this.core;
    const members = this.passed.at(-1)?.payload.members;
    const known = members ? { ...payload, members } : payload;
    const { stages, stepOnShow: step } = this;
    this.listener.onStage(stageReport(stage, known, { parts, selected, step, stages }));
  }

  private mustHold(name: StageName): boolean {
    // The last stage has nothing after it but the step's end: the step completes instead of holding there.
    if (this.stages.at(-1)?.name === name) return false;
    if (this.until === "stage" || this.wantsPause) return true;
    return this.until === "phase" && endsPhase(this.stages, name);
  }

  private async breatheWithin(stage: StageInfo, payload: StagePayload): Promise<void> {
    const { stopwatch } = this.core;
    stopwatch.stop();
    await yieldToEvents();
    this.sliceStart = performance.now();
    this.requireGoing();
    if (this.mustHold(stage.name)) await this.holdAt(stage, payload);
    stopwatch.start();
  }

  private async holdAt(stage: StageInfo, payload: StagePayload): Promise<void> {
    const { stopwatch } = this.core;
    stopwatch.stop();
    if (this.until === "free") this.report(stage, payload);
    await new Promise<void>((resolve, reject) => {
      this.hold = { stage, payload, release: resolve, abandon: () => reject(ABANDONED) };
      this.settle({ kind: "held", stage: stage.name });
    });
    stopwatch.start();
  }

  private settle(standstill: Standstill | null, error?: unknown): void {
    const { stand } = this;
    this.stand = null;
    if (this.tasks.length > 0) void this.drain();
    if (standstill) stand?.resolve(standstill);
    else stand?.reject(error);
  }

  private drain(): Promise<void> {
    this.draining ??= this.runTasks().finally(() => {
      this.draining = null;
      if (this.tasks.length > 0 && !this.stand) void this.drain();
    });
    return this.draining;
  }

  private async runTasks(): Promise<void> {
    for (let task = this.tasks.shift(); task; task = this.tasks.shift()) await task.run();
  }
}

// What a run owns and what one step does to it: parameters, memory, history, counters. No control flow over time
// here (that is run.ts), so the same code runs at full speed, in single stages and in tests.

import type { Algorithm, StageHook } from "../algorithms/algorithm";
import type { BackendReport } from "../backend";
import type { DomainInstance, DomainSpec, MetricValues, UserData } from "../domain";
import type { ProgramMemory } from "../memory/programMemory";
import { Rng } from "../rng/rng";
import { Batches } from "./batches";
import { budgetOf } from "./budget";
import { DreamLog, drawGallery, type Gallery } from "./dreamLog";
import { logPxMetrics } from "./evaluation";
import { MomentLog } from "./momentLog";
import { OptionLog } from "./optionLog";
import type { RunOptions } from "./options";
import { Recorder } from "./recorder";
import type { RunRecord, StopReason } from "./records";
import { stepOnce } from "./stepOnce";
import { BoundWatch, stopReason } from "./stopRules";
import { Stopwatch } from "./stopwatch";
import { VisitLog } from "./visits";

/** Samples per observation in the evaluations during a run. */
export const EVALUATION_SAMPLES = 100;

export type RunParts = {
  readonly spec: DomainSpec;
  readonly instance: DomainInstance;
  readonly algorithm: Algorithm;
  readonly memory: ProgramMemory | null;
  readonly options: RunOptions;
  readonly backend: BackendReport;
  readonly userData: UserData | null;
};

/** A run's possessions and its single step. */
export class RunCore {
  readonly parts: RunParts;
  readonly rng: Rng;
  readonly batches: Batches;
  readonly recorder = new Recorder();
  readonly bound = new BoundWatch();
  readonly visits: VisitLog;
  /** What people can look back at: how memories changed, what was dreamt. Display only. */
  readonly moments: MomentLog;
  readonly dreams = new DreamLog();
  stopwatch = new Stopwatch();
  /** Completed steps. */
  step = 0;
  /** Evaluations of the joint so far. */
  evaluations = 0;
  /** Training row that pictures and tables describe. */
  selected = 0;
  /** Steps with a new best program since the list was last taken. */
  newBestAt: number[] = [];
  private readonly optionLog: OptionLog;
  private isStepping = false;
  private evaluatedAt = -1;

  constructor(parts: RunParts) {
    this.parts = parts;
    this.optionLog = new OptionLog(parts.options);
    this.rng = new Rng(parts.options.seed);
    const { train, model } = parts.instance;
    this.batches = new Batches(train, parts.options.batch, this.rng);
    const { numSamples, numProposals } = budgetOf(model, parts.options);
    const proposed = Math.max(numSamples, numProposals);
    this.visits = new VisitLog(train.count, proposed, model.programLength, parts.memory);
    this.moments = new MomentLog(train.count, model.programLength, parts.memory);
    this.selected = Math.max(0, parts.instance.facts.userRow);
  }

  /** The current options, as they were last changed. */
  get options(): RunOptions {
    return this.optionLog.latest;
  }

  /** The options that step `step` is made with, or was. */
  optionsAt(step: number): RunOptions {
    return this.optionLog.at(step);
  }

  /** Changes live options from the next step on; a step that has begun ends with the options that it began with. */
  changeOptions(options: RunOptions): void {
    this.optionLog.change(this.step + (this.isStepping ? 2 : 1), options);
  }

  /** Goes on for a run whose device was lost: repeated steps get their own options, and training time never goes back. */
  succeed(lost: RunCore): void {
    this.selected = lost.selected;
    this.optionLog.follow(lost.optionLog);
    this.stopwatch = new Stopwatch(lost.stopwatch.milliseconds);
  }

  /** Performs the next step and notes what it did. On any throw nothing has changed. */
  async advance(on: StageHook): Promise<void> {
    const { instance, algorithm, memory } = this.parts;
    const step = this.step + 1;
    this.stopwatch.start();
    this.isStepping = true;
    try {
      const { info, phiLoss } = await stepOnce({
        instance,
        algorithm,
        memory,
        options: this.optionsAt(step),
        batch: this.batches.at(step),
        rng: this.rng.fork("step").fork(step),
        step,
        on,
        beforeCommit: (result) => {
          this.visits.note(result.payload, step, this.selected);
          this.moments.note(result, step, this.selected);
        },
      });
      this.moments.commit();
      this.step = step;
      this.evaluations += info.evaluations;
      this.recorder.add({ ...info, phiLoss });
      // A step that scores nothing has no bound: patience counts from the first that has.
      if (Number.isNaN(info.elbo)) this.bound.forgive(step);
      else this.bound.add(step, info.elbo, step % this.batches.stepsPerEpoch === 0);
      if (info.newBest > 0) this.newBestAt.push(step);
    } finally {
      this.isStepping = false;
      this.stopwatch.stop();
    }
    // A step that is evaluated gets its record then, complete.
    if (this.recorder.isDue(step) && !this.isEvaluationDue()) this.record(instance.metrics());
  }

  /** Training epoch of the latest step, from 0. */
  get epoch(): number {
    return this.step === 0 ? 0 : this.batches.epochOf(this.step);
  }

  get history(): readonly RunRecord[] {
    return this.recorder.history;
  }

  /** The rule that ends the run here, or null. */
  stopReason(): StopReason | null {
    return stopReason(this.options, { step: this.step, wallMs: this.stopwatch.milliseconds, bound: this.bound });
  }

  /** True at step 0, every evaluateEvery-th step and where a stop rule holds, unless it has been done. */
  isEvaluationDue(): boolean {
    if (this.evaluatedAt === this.step) return false;
    return this.step % this.optionsAt(this.step).evaluateEvery === 0 || this.stopReason() !== null;
  }

  /** Computes the costly metrics of this step. Training time does not count them. */
  async evaluate(): Promise<MetricValues> {
    const { instance, memory } = this.parts;
    this.dreams.add(await this.dreamNow());
    const step = this.step;
    const rng = this.rng.fork("evaluate").fork(step);
    const own = await instance.evaluate({ memory, rng: rng.fork("domain"), samples: EVALUATION_SAMPLES });
    if ("logPx" in own || instance.heldOut.count === 0) return own;
    return { ...own, ...(await logPxMetrics(instance, EVALUATION_SAMPLES, rng.fork("logPx"))) };
  }

  /** Dreams of the present theta; the same step gives the same ones. */
  dreamNow(): Promise<Gallery> {
    const rng = this.rng.fork("question").fork("dreams").fork(this.step);
    return drawGallery(this.parts, this.options, this.step, rng);
  }

  /** Writes an evaluation into the history. */
  recordEvaluation(metrics: MetricValues): void {
    this.evaluatedAt = this.step;
    this.record({ ...this.parts.instance.metrics(), ...metrics });
  }

  /** Keeps the record of a step whose evaluation was given up. */
  skipEvaluation(): void {
    if (this.step > 0) this.record(this.parts.instance.metrics());
  }

  /** Marks that the current step's evaluation is in the history already (after opening a checkpoint). */
  markEvaluated(step: number): void {
    this.evaluatedAt = step;
  }

  get lastEvaluation(): number {
    return this.evaluatedAt;
  }

  private record(metrics: MetricValues): void {
    this.recorder.append(this.step, this.stopwatch.milliseconds, this.evaluations, metrics);
  }

  /** Frees the model and the data. */
  dispose(): void {
    this.parts.instance.dispose();
  }
}

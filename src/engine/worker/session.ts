// The state machine of a training worker: one run at a time, its status, its snapshots and its failures.
// serve.ts feeds it requests; everything it has to say leaves through `emit`.

import { onDeviceLost } from "../backend";
import type { LabError } from "../errors";
import type { OptionValue } from "../options";
import { answerQuestion } from "../questions/answer";
import { writeCheckpoint } from "../run/checkpoint";
import { createRun, describeRun } from "../run/createRun";
import { DEFAULT_SLICE_MS, type RunListener, type Standstill, type Until } from "../run/run";
import { captureState } from "../run/state";
import { formatCount } from "../run/stopRules";
import { type Current, currentOf, takeSnapshot } from "./current";
import { injectFault } from "./faults";
import type { Fault, StartRequest } from "./protocol";
import type { Answer, Question } from "./questions";
import { Recovery } from "./recovery";
import { requireLiveOption, requireObservation, unavailableNow } from "./requirements";
import { type SessionEnvironment, Teller } from "./sessionEnvironment";
import { SnapshotSender } from "./snapshotSender";
import { Turn } from "./turn";

/** Methods throw LabError; serve.ts turns that into "failed". */
export class Session {
  private current: Current | null = null;
  private readonly teller: Teller;
  private readonly turn = new Turn();
  private loading: Promise<void> = Promise.resolve();
  private starts = 0;
  private isCancelled = false;
  private wantsPause = false;
  private wishes = 0;
  private sliceMs = DEFAULT_SLICE_MS;
  private readonly recovery: Recovery;
  private readonly stopListening: () => void;
  private readonly sender = new SnapshotSender(
    (isSafe) => this.sendSnapshot(isSafe),
    () => this.current?.run.isGone === false && this.current.maker.hasMore,
  );

  constructor(private readonly environment: SessionEnvironment) {
    this.teller = new Teller(environment.emit);
    this.recovery = new Recovery(environment.readAsset);
    this.stopListening = onDeviceLost((error) => void this.deviceLost(error));
  }

  /** Step of the state that is shown and saved. */
  get lastGoodStep(): number {
    return this.current?.run.core.step ?? 0;
  }

  async start(runId: string, request: StartRequest): Promise<void> {
    const turn = ++this.starts;
    await this.end();
    if (turn !== this.starts) throw unavailableNow("start: another run was asked for");
    this.loading = this.prepare(runId, request);
    await this.loading;
    await this.sender.soon();
    this.teller.setStatus("paused");
  }

  private async prepare(runId: string, request: StartRequest): Promise<void> {
    this.teller.runId = runId;
    this.isCancelled = false;
    this.teller.setStatus("loading");
    try {
      const spec = this.environment.findDomain(request.domain);
      const { run, notices } = await createRun(
        { ...request, spec, readAsset: this.environment.readAsset },
        this.listener,
      );
      const current = await currentOf(run, this.autosave);
      if (this.isCancelled) {
        run.core.dispose();
        throw unavailableNow("start: the run was stopped while it was prepared");
      }
      this.adopt(current);
      this.teller.say({ kind: "started", description: describeRun(run, runId) });
      for (const sentence of notices) this.teller.say({ kind: "notice", sentence });
    } catch (thrown) {
      this.teller.setStatus(this.isCancelled ? "stopped" : "failed");
      throw thrown;
    }
  }

  async play(): Promise<void> {
    if (this.teller.isRunning && !this.wantsPause) return;
    this.require("play");
    // A run that is about to stand still, or is being rebuilt, is awaited; of Play and Pause the last one counts.
    const mine = ++this.wishes;
    while (this.turn.present) await this.turn.present;
    if (this.teller.isRunning || mine !== this.wishes) return;
    const { run, keeper } = this.require("play");
    keeper.restartClock();
    if (this.teller.status === "converged" && run.core.stopReason()?.rule === "patience") {
      run.core.bound.forgive(run.core.step);
      keeper.keepSoon(run);
    }
    this.teller.setStatus("running");
    void this.go("free");
  }

  async pause(): Promise<void> {
    this.wishes++;
    this.wantsPause = true;
    this.current?.run.requestPause();
    await this.turn.present;
  }

  async step(until: Until): Promise<void> {
    if (this.teller.isRunning) await this.pause();
    this.require("step");
    const error = await this.go(until);
    if (error) throw error;
  }

  setOption(name: string, value: OptionValue): void {
    const { run, keeper } = this.require("setOption");
    run.core.changeOptions({ ...run.core.options, [name]: requireLiveOption(run.core.parts.spec, name, value) });
    keeper.keepSoon(run);
  }

  select(observation: number): void {
    const { run } = this.require("select");
    requireObservation(observation, run.core.parts.instance.train.count);
    run.select(observation);
    void this.sender.soon();
  }

  pace(sliceMs: number): void {
    this.sliceMs = Math.min(DEFAULT_SLICE_MS, Math.max(1, sliceMs));
    if (this.current) this.current.run.sliceMs = this.sliceMs;
  }

  async snapshot(): Promise<void> {
    this.require("snapshot");
    await this.sender.soon();
  }

  async checkpoint(): Promise<Uint8Array> {
    const { run, keeper } = this.requireRun("checkpoint");
    if (run.isGone && keeper.latest) return writeCheckpoint(keeper.latest);
    return writeCheckpoint(await run.whenSafe(() => captureState(run.core)));
  }

  ask(question: Question): Promise<Answer> {
    return answerQuestion(this.requireRun("ask").run, question);
  }

  async stop(): Promise<void> {
    const { current } = this;
    this.isCancelled ||= this.teller.status === "loading";
    if (!current || (this.teller.status !== "running" && this.teller.status !== "paused")) return;
    this.isCancelled = true;
    current.run.abandon();
    await this.turn.present;
    await this.sender.flush();
    const sentence = `stopped at step ${formatCount(this.lastGoodStep)}`;
    if (!this.teller.isFinal) this.teller.setStatus("stopped", { rule: "stopped", sentence });
  }

  async inject(fault: Fault): Promise<void> {
    if (fault === "crash") return this.environment.crash();
    await injectFault(fault, this.require("inject"));
  }

  /** Ends the run without a word and frees it. The session is unusable afterwards. */
  async dispose(): Promise<void> {
    this.stopListening();
    await this.end();
  }

  private async end(): Promise<void> {
    this.isCancelled = true;
    this.current?.run.abandon();
    while (this.turn.present) await this.turn.present;
    await this.loading.catch(() => undefined); // whoever asked for it has been told
    const { current } = this;
    this.current = null;
    if (current && !current.run.isGone) current.run.core.dispose();
  }

  private readonly listener: RunListener = {
    onStage: (report) => this.teller.say({ kind: "stage", report }),
    onSlice: async () => {
      const { current } = this;
      if (!current) return;
      await current.keeper.betweenSlices(current.run.core);
      await this.sender.ifDue();
    },
  };

  private readonly autosave = (checkpoint: Uint8Array, step: number): void => {
    this.teller.say({ kind: "autosave", checkpoint, step });
  };

  private adopt(current: Current): void {
    this.current = current;
    current.run.sliceMs = this.sliceMs;
  }

  /** Advances when it is this request's turn. */
  private async go(until: Until): Promise<LabError | null> {
    while (this.turn.present) await this.turn.present;
    if (this.isCancelled) return unavailableNow("the run has been stopped");
    this.wantsPause = false;
    return this.turn.take(() => this.advance(until));
  }

  /** Advances to a standstill, through one device loss if need be. Resolves to the error of a failure. */
  private async advance(until: Until): Promise<LabError | null> {
    for (;;) {
      const current = this.requireRun("advance");
      try {
        await this.cameToStand(await current.run.advance(until), until);
        return null;
      } catch (thrown) {
        const error = await this.recoverFrom(thrown, current);
        if (error) {
          await this.fail(error, until === "free");
          return error;
        }
      }
      if (this.isCancelled || this.wantsPause) return null;
      if (until === "free") this.teller.setStatus("running");
    }
  }

  private async cameToStand(stand: Standstill, until: Until): Promise<void> {
    const { run, keeper } = this.requireRun("advance");
    if (stand.kind === "abandoned") return;
    if (until === "free") {
      await run.whenSafe(() => keeper.keep(run.core));
      await this.sender.flush();
    } else if (stand.kind === "finished") await this.sender.flush();
    else void this.sender.soon();
    run.requireAlive(); // a device lost during the flush is rebuilt as in a step
    if (stand.kind === "finished") this.teller.setStatus("converged", stand.reason);
    else if (this.teller.status !== "paused") this.teller.setStatus("paused");
  }

  /** Puts things right after a failed step. Null if the run can go on (a device loss), else the error to report. */
  private async recoverFrom(thrown: unknown, current: Current): Promise<LabError | null> {
    const outcome = await this.recovery.recover(thrown, current, {
      listener: this.listener,
      autosave: this.autosave,
      // A run that has ended or was stopped is rebuilt for what people ask of it, and stays ended.
      pausing: () => this.teller.isRunning && this.teller.setStatus("paused"),
    });
    if (outcome.kind === "failed") return outcome.error;
    this.adopt(outcome.current);
    const step = formatCount(outcome.current.run.core.step);
    this.teller.say({ kind: "notice", sentence: `The graphics device was reset. Resumed at step ${step}.` });
    await this.sender.soon();
    return null;
  }

  private async fail(error: LabError, isUnasked: boolean): Promise<void> {
    if (!this.current?.run.isGone) await this.sender.flush();
    if (isUnasked) this.teller.fail(error, this.lastGoodStep);
    this.teller.setStatus("failed");
  }

  /** An advance under way rejects and recovers; a run that stands, or came to a stand just before, is rebuilt here. */
  private async deviceLost(error: LabError): Promise<void> {
    const lost = this.current;
    if (!lost || lost.run.isGone || lost.run.core.parts.backend.name !== "webgpu") return;
    lost.run.kill(error);
    while (this.turn.present) await this.turn.present;
    if (this.current !== lost || this.teller.status === "failed") return;
    await this.turn.take(async () => {
      const failure = await this.recoverFrom(error, lost);
      if (failure) await this.fail(failure, true);
      return failure;
    });
  }

  private async sendSnapshot(isSafe: boolean): Promise<boolean> {
    const { current } = this;
    if (!current) return false;
    const snapshot = await takeSnapshot(current, isSafe, (error) => {
      this.teller.fail(error, this.lastGoodStep);
      current.run.requestPause();
    });
    if (snapshot && current === this.current) this.teller.say({ kind: "snapshot", snapshot });
    return snapshot !== null;
  }

  private requireRun(what: string): Current {
    if (!this.current) throw unavailableNow(`${what}: there is no run`);
    return this.current;
  }

  private require(what: string): Current {
    const current = this.requireRun(what);
    if (this.teller.status === "stopped") throw unavailableNow(`${what}: the run has been stopped`);
    if (current.run.isGone && !this.turn.present) throw unavailableNow(`${what}: the run's device is lost`);
    return current;
  }
}

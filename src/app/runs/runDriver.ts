// Drives one run: owns its client, its history and its latest checkpoint, turns worker events into patches of the
// page's state, and restarts a crashed worker once.

import type { Phase } from "../../engine/algorithms/algorithm";
import type { UserData } from "../../engine/domain";
import { asLabError, LabError, type LabErrorData } from "../../engine/errors";
import type { OptionValue, OptionValues } from "../../engine/options";
import type { Snapshot } from "../../engine/run/records";
import type { TrainingClient } from "../../engine/worker/client";
import type { WorkerEvent } from "../../engine/worker/protocol";
import type { RunFailure, RunPatch } from "../stores/runStore";
import { type HeldCheckpoint, heldOf, takeLastCheckpoint } from "./lastCheckpoint";
import { RunSeries } from "./runSeries";
import { snapshotPatch } from "./snapshotPatch";

const RESCUE_MS = 1_500;

export type DriverHooks = {
  readonly newClient: () => TrainingClient;
  /** `urgent`: show at once; otherwise with the next collected update. */
  readonly onPatch: (runId: string, patch: RunPatch, urgent: boolean) => void;
  readonly onNotice: (sentence: string) => void;
  /** A checkpoint worth keeping: while it runs, at a standstill, or the last one of a run that is let go. */
  readonly onCheckpoint?: (runId: string, held: HeldCheckpoint, when: "running" | "standstill") => void;
};

export type DriverStart = {
  readonly domain: string;
  readonly options: OptionValues;
  readonly userData: UserData | null;
  readonly selected: number;
};

/** Errors of a step after which the run stands broken; others say that it could not be done now. */
const BREAKS_A_RUN: ReadonlySet<string> = new Set(["non-finite", "device-lost", "memory-limit", "shape", "unexpected"]);

export class RunDriver {
  readonly series = new RunSeries();
  /** True between play and pause, as the worker was told. */
  isPlaying = false;
  private client: TrainingClient | null = null;
  private unsubscribe: (() => void) | null = null;
  private saved: HeldCheckpoint | null = null;
  private step = 0;
  private restarts = 0;
  private isDisposed = false;
  private isWanted = false; // between play and pause, as the person asked
  private hasFailed = false;
  /** True while a dead worker or a lost device is replaced and the run will then play on: it only seems paused. */
  willPlay = false;
  /** While stepping by stage or phase: the phase of the latest stage, which stays on show when it ends the step. */
  private endedPhase: Phase | "none" | null = null;

  constructor(
    readonly runId: string,
    private begin: DriverStart,
    private readonly hooks: DriverHooks,
  ) {}

  /** Starts a worker at step 0 or at the saved checkpoint; failures become a patch, nothing is thrown. */
  async start(fromSaved = false): Promise<boolean> {
    const { domain, options, userData, selected } = this.begin;
    const checkpoint = fromSaved ? (this.saved?.bytes ?? null) : null;
    this.closeClient();
    this.hasFailed = false;
    this.hooks.onPatch(this.runId, { status: "loading", failure: null, options }, true);
    const client = this.openClient();
    try {
      const description = await client.start({
        domain,
        options,
        ...(userData ? { userData } : {}),
        // The bytes may be transferred to the worker: keep ours.
        ...(checkpoint ? { checkpoint: checkpoint.slice() } : {}),
      });
      if (this.isDisposed || client !== this.client) return false;
      this.step = description.step;
      this.series.truncate(checkpoint ? description.step : -1);
      if (checkpoint) this.series.append(description.history);
      const { version } = this.series;
      const { step } = description;
      this.hooks.onPatch(this.runId, { description, version, step, status: "paused", options }, true);
      await client.select(this.inRange(selected, description.facts.numTrain));
      await client.snapshot();
      return true;
    } catch (thrown) {
      // A worker that died while starting has also said so by an event, and may have been replaced already.
      if (this.isDisposed || client !== this.client) return false;
      return this.failOrRestart(asLabError(thrown).toData(), this.step);
    }
  }

  /**
   * Sends a command. True if it was carried out; a run that cannot do it now (it was stopped) stays as it is.
   * What breaks a run arrives as an event of its own, except for a step: `advance` looks at its rejection.
   */
  async command(send: (client: TrainingClient) => Promise<unknown>): Promise<boolean> {
    return (await this.send(send)) === null;
  }

  /** Null if it was carried out, else why not. */
  private async send(request: (client: TrainingClient) => Promise<unknown>): Promise<LabErrorData | null> {
    const { client } = this;
    const closed = new LabError("worker", { message: "the run is closed", help: "Start a run." }).toData();
    if (!client || this.hasFailed) return closed;
    try {
      await request(client);
      return null;
    } catch (thrown) {
      const error = asLabError(thrown);
      console.info(`Run ${this.runId}:`, error.message);
      return client === this.client && !this.isDisposed ? error.toData() : closed;
    }
  }

  /** Advances by one stage, phase or step; true if it was carried out. */
  async advance(until: "stage" | "phase" | "step"): Promise<boolean> {
    this.endedPhase = until === "step" ? null : "none";
    const error = await this.send((client) => client.step(until));
    if (error && BREAKS_A_RUN.has(error.code)) await this.failOrRestart(error, this.step);
    return error === null;
  }

  async play(): Promise<void> {
    this.endedPhase = null;
    this.isPlaying = true;
    this.isWanted = true;
    if (!(await this.command((client) => client.play()))) this.isPlaying = false;
  }

  /** Pauses and saves, so that a later failure loses nothing. */
  async pause(): Promise<void> {
    this.isPlaying = false;
    this.isWanted = false;
    this.willPlay = false;
    if (await this.command((client) => client.pause())) await this.save();
  }

  /** Changes a live option; the value also counts for later restarts. */
  async setOption(name: string, value: OptionValue): Promise<void> {
    this.begin = { ...this.begin, options: { ...this.begin.options, [name]: value } };
    this.hooks.onPatch(this.runId, { options: this.begin.options }, true);
    await this.command((client) => client.setOption(name, value));
  }

  async select(observation: number): Promise<void> {
    this.begin = { ...this.begin, selected: observation };
    await this.command(async (client) => {
      await client.select(observation);
      await client.snapshot();
    });
  }

  /** Starts at a checkpoint that was made for this run; it is also what `goBack` opens. */
  async startAt(bytes: Uint8Array, step: number): Promise<boolean> {
    this.saved = { bytes, step };
    return this.start(true);
  }

  /** Restarts from the last checkpoint, or from the start where there is none, with options changed. */
  async goBack(changes: OptionValues = {}): Promise<boolean> {
    this.begin = { ...this.begin, options: { ...this.begin.options, ...changes } };
    this.restarts = 0;
    return this.start(this.saved !== null);
  }

  /** Step that goBack opens: the last checkpoint's, 0 without one. */
  get checkpointStep(): number {
    return this.saved?.step ?? 0;
  }

  private inRange(selected: number, count: number): number {
    if (selected < count) return selected;
    this.hooks.onNotice(`The link shows observation ${selected + 1}; there are ${count}. Showing ${count}.`);
    return count - 1;
  }

  dispose(): void {
    this.isDisposed = true;
    this.closeClient();
  }

  /** Like dispose, but the latest state is taken and handed on first, in the background. */
  async leave(): Promise<void> {
    const { client, step } = this;
    const isWorthKeeping = client && !this.hasFailed && step > 0 && step !== this.saved?.step;
    if (!isWorthKeeping) return this.dispose();
    this.isDisposed = true;
    this.unsubscribe?.();
    this.client = null;
    const held = await takeLastCheckpoint(client, step);
    if (held) this.hold(held, "standstill");
  }

  private hold(held: HeldCheckpoint, when: "running" | "standstill"): void {
    this.saved = held;
    this.hooks.onCheckpoint?.(this.runId, held, when);
  }

  private openClient(): TrainingClient {
    const client = this.hooks.newClient();
    this.client = client;
    this.unsubscribe = client.subscribe((event) => {
      if (client === this.client) this.receive(event);
    });
    return client;
  }

  private closeClient(): void {
    this.unsubscribe?.();
    this.client?.dispose();
    this.client = null;
    this.unsubscribe = null;
  }

  private receive(event: WorkerEvent): void {
    switch (event.kind) {
      case "snapshot":
        return this.takeSnapshot(event.snapshot);
      case "status":
        return this.takeStatus(event);
      case "stage":
        if (this.endedPhase !== null) this.endedPhase = event.report.phase;
        return this.hooks.onPatch(this.runId, { stageReport: event.report, phase: event.report.phase }, true);
      case "autosave":
        return this.hold({ bytes: event.checkpoint, step: event.step }, "running");
      case "notice":
        return this.hooks.onNotice(event.sentence);
      case "failed":
        // Requests that fail also reject where they were sent.
        if (event.id === null) void this.failOrRestart(event.error, event.lastGoodStep);
    }
  }

  private takeStatus({ status, reason }: Extract<WorkerEvent, { kind: "status" }>): void {
    // A failure is shown with its reason by failOrRestart; "loading" is the driver's own.
    if (status === "failed" || status === "loading" || status === "idle") return;
    // A pause that nobody asked for: the worker rebuilds a lost device, and then says that the run is running again.
    this.willPlay = status === "paused" && this.isWanted && (this.isPlaying || this.willPlay);
    this.isPlaying = status === "running" && this.isWanted;
    this.hooks.onPatch(this.runId, { status, reason }, true);
    if (status === "converged" || status === "stopped") void this.save();
  }

  private takeSnapshot(snapshot: Snapshot): void {
    this.step = snapshot.step;
    this.series.append(snapshot.records, snapshot.newBestAt);
    const phase = snapshot.phase === "none" ? (this.endedPhase ?? "none") : snapshot.phase;
    this.hooks.onPatch(this.runId, snapshotPatch(snapshot, this.series.version, phase), !this.isPlaying);
  }

  private async save(): Promise<void> {
    const { client } = this;
    if (!client || this.hasFailed || this.step === this.saved?.step) return;
    try {
      this.hold(heldOf(await client.checkpoint(), this.step), "standstill");
    } catch (thrown) {
      // Saving is a precaution: a run that cannot be saved goes on and the earlier checkpoint stays.
      console.info("No checkpoint:", asLabError(thrown).message);
    }
  }

  private async failOrRestart(error: LabErrorData, lastGoodStep: number): Promise<boolean> {
    if (this.isDisposed || this.hasFailed) return false;
    const wasPlaying = this.isPlaying || this.willPlay;
    this.hasFailed = true;
    this.isPlaying = false;
    this.willPlay = false;
    if (error.code === "worker" && this.restarts === 0) {
      this.restarts += 1;
      this.willPlay = wasPlaying;
      const isBack = await this.start(this.saved !== null);
      if (isBack) {
        this.hooks.onNotice(`The training worker stopped and was started again. Resumed at step ${this.step}.`);
        if (wasPlaying) await this.play();
      }
      this.willPlay = false;
      return isBack;
    }
    const failure = { error, lastGoodStep, checkpointStep: this.saved?.step ?? null };
    this.hooks.onPatch(this.runId, { status: "failed", failure }, true);
    if (error.code !== "worker") await this.rescue(failure);
    // What the run held is given back before a smaller one asks for its own.
    if (error.code === "memory-limit") this.closeClient();
    return false;
  }

  /** The worker still answers: its last good state becomes the checkpoint to go back to. */
  private async rescue(failure: RunFailure): Promise<void> {
    const { client } = this;
    const late = new Promise<null>((resolve) => setTimeout(resolve, RESCUE_MS, null));
    const bytes = client ? await Promise.race([client.checkpoint().catch(() => null), late]) : null;
    if (!bytes || client !== this.client || !this.hasFailed) return;
    const held = heldOf(bytes, failure.lastGoodStep);
    this.hold(held, "standstill");
    this.hooks.onPatch(this.runId, { failure: { ...failure, checkpointStep: held.step } }, true);
  }
}

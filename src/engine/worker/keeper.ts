// Keeps the latest good state of a run in memory (every 100 steps or 30 s) for device recovery and for the guard,
// and hands it to the page as a checkpoint every few seconds of running, in case the worker itself dies. How often depends
// on what it costs on this machine: about a hundredth of the time at most, never less often than every 30 s.

import { writeCheckpoint } from "../run/checkpoint";
import type { RunCore } from "../run/core";
import type { Run } from "../run/run";
import { captureState, type RunState } from "../run/state";

const KEEP_STEPS = 100;
/** Fast runs are not copied more often than this, ms. */
const KEEP_AT_LEAST_MS = 1000;
const KEEP_AT_MOST_MS = 30_000;
/** Shortest and longest time between two checkpoints for the page, ms of running. */
export const AUTOSAVE_AT_LEAST_MS = 5_000;
export const AUTOSAVE_AT_MOST_MS = 30_000;
/** A checkpoint may take this share of the time. */
const SHARE = 0.01;

/** Time until the next checkpoint for the page, ms, when the last one took `costMs`. */
export function autosaveInterval(costMs: number): number {
  return Math.min(AUTOSAVE_AT_MOST_MS, Math.max(AUTOSAVE_AT_LEAST_MS, costMs / SHARE));
}

/** The automatic checkpoints of one run. */
export class Keeper {
  private state: RunState | null = null;
  private keptAt = 0;
  private savedAt = performance.now();
  private interval = AUTOSAVE_AT_LEAST_MS;

  constructor(private readonly autosave: (checkpoint: Uint8Array, step: number) => void) {}

  /** The latest kept state. */
  get latest(): RunState | null {
    return this.state;
  }

  /** Keeps the current state. Call it only while no step computes. */
  async keep(core: RunCore): Promise<void> {
    this.state = await captureState(core);
    this.keptAt = performance.now();
  }

  /**
   * Keeps what a person has just changed, as soon as no step computes, and hands it to the page: a recovery goes back to
   * here at the earliest, so that it never repeats steps under options that they were not made with.
   */
  keepSoon(run: Run): void {
    const keep = async () => {
      await this.keep(run.core);
      if (this.state) this.handOn(this.state);
    };
    // A run whose device is lost meanwhile is rebuilt from the state before; a read that fails otherwise fails the step.
    run.whenSafe(keep).catch(() => undefined);
  }

  /** Between two slices of a running engine: keeps and saves where it is time to. */
  async betweenSlices(core: RunCore): Promise<void> {
    const now = performance.now();
    const isFar = core.step - (this.state?.step ?? -KEEP_STEPS) >= KEEP_STEPS;
    const age = now - this.keptAt;
    if ((isFar && age >= KEEP_AT_LEAST_MS) || age >= KEEP_AT_MOST_MS) await this.keep(core);
    if (now - this.savedAt < this.interval || !this.state) return;
    if (this.state.step !== core.step) await this.keep(core);
    this.handOn(this.state);
    this.interval = autosaveInterval(this.savedAt - now);
  }

  private handOn(state: RunState): void {
    this.autosave(writeCheckpoint(state), state.step);
    this.savedAt = performance.now();
  }

  /** Counts the time to the next checkpoint anew: playing begins. */
  restartClock(): void {
    this.savedAt = performance.now();
  }
}

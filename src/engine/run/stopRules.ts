// When a run ends by itself: after so many steps, after so much training time, or when the bound no longer improves.
// The bound is noisy from batch to batch, so "patience" compares means over whole epochs.

import type { CommonOptions } from "./options";
import type { StopReason } from "./records";

/** 1230 -> "1 230", with a thin space. */
export function formatCount(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+(?!\d))/g, "\u2009");
}

/** State of the bound watch, for checkpoints. */
export type BoundState = {
  readonly sum: number;
  readonly count: number;
  readonly best: number;
  readonly bestStep: number;
};

/** Smallest relative gain that counts as an improvement. */
const SMALLEST_GAIN = 1e-6;

/** Mean bound per epoch, and the step at which the best one ended. */
export class BoundWatch {
  private sum = 0;
  private count = 0;
  private best = -Infinity;
  private bestStep = 0;

  /** Adds one step's bound; `endsEpoch` closes the mean. */
  add(step: number, elbo: number, endsEpoch: boolean): void {
    this.sum += elbo;
    this.count++;
    if (!endsEpoch) return;
    const mean = this.sum / this.count;
    const isBetter = this.best === -Infinity || mean > this.best + SMALLEST_GAIN * Math.abs(this.best);
    if (mean > -Infinity && isBetter) {
      this.best = mean;
      this.bestStep = step;
    }
    this.sum = 0;
    this.count = 0;
  }

  /** Steps since the best epoch ended. */
  stepsSinceBest(step: number): number {
    return step - this.bestStep;
  }

  /** Starts counting patience anew: someone pressed Play after the rule had fired. */
  forgive(step: number): void {
    this.bestStep = step;
  }

  /** The state, for checkpoints. */
  state(): BoundState {
    return { sum: this.sum, count: this.count, best: this.best, bestStep: this.bestStep };
  }

  restore(state: BoundState): void {
    this.sum = state.sum;
    this.count = state.count;
    this.best = state.best;
    this.bestStep = state.bestStep;
  }
}

/** The rule that ends the run at this step, with its sentence, or null. The first of the three that holds is named. */
export function stopReason(
  options: Pick<CommonOptions, "iterations" | "seconds" | "patience">,
  at: { readonly step: number; readonly wallMs: number; readonly bound: BoundWatch },
): StopReason | null {
  if (at.step >= options.iterations) {
    return { rule: "iterations", sentence: `reached ${formatCount(at.step)} steps` };
  }
  if (options.seconds > 0 && at.wallMs >= options.seconds * 1000) {
    const spent = Number((at.wallMs / 1000).toPrecision(3));
    return { rule: "seconds", sentence: `trained for ${spent} s, the time limit, at step ${formatCount(at.step)}` };
  }
  if (options.patience > 0 && at.bound.stepsSinceBest(at.step) >= options.patience) {
    const waited = formatCount(at.bound.stepsSinceBest(at.step));
    return { rule: "patience", sentence: `the bound has not improved for ${waited} steps` };
  }
  return null;
}

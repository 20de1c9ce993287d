// The history of a run. Every step is counted; a record is kept at every `recordEvery(step)`-th step and at evaluations,
// and holds the step infos averaged over the steps since the record before it.

import type { StepInfo } from "../algorithms/algorithm";
import type { MetricValues } from "../domain";
import type { RunRecord } from "./records";

/** What is averaged into records, in the order of the sums: the algorithm's infos and the recognition loss. */
export const RECORDED_INFO = [
  "elbo",
  "ess",
  "accepted",
  "novel",
  "newBest",
  "degenerate",
  "phiLoss",
  "impossible",
] as const;

/** One step's infos; phiLoss is NaN where the algorithm's phi objective is not a loss (see phiLoss.ts). */
export type RecordedInfo = StepInfo & { readonly phiLoss: number };

/** Open sums of a recorder, for checkpoints: one per RECORDED_INFO entry, and the number of steps in them. */
export type RecorderSums = { readonly sums: Float64Array; readonly count: number };

/**
 * Steps between two records around `step`: 1 at the very beginning, then 5 (an epoch of the presets, so that one
 * record's mean covers every observation once), then wider: 5 000 steps leave about 1 000 records, a million 3 500.
 * A function of the step number alone: every run of the same length has the same rows.
 */
export function recordEvery(step: number): number {
  if (step <= 20) return 1;
  if (step <= 5000) return 5;
  if (step <= 20000) return 20;
  return step <= 100000 ? 100 : 1000;
}

/** Collects step infos and appends records. */
export class Recorder {
  readonly history: RunRecord[] = [];
  private readonly sums = new Float64Array(RECORDED_INFO.length);
  private count = 0;

  /** Adds the info of one completed step. */
  add(info: RecordedInfo): void {
    for (let i = 0; i < RECORDED_INFO.length; i++) this.sums[i] = this.sums[i]! + info[RECORDED_INFO[i]!];
    this.count++;
  }

  /** True at steps that get a record even without an evaluation. */
  isDue(step: number): boolean {
    return step % recordEvery(step) === 0;
  }

  /**
   * Appends a record: the averaged infos, then `metrics`. At a step that already has one (an evaluation that came
   * later), the two are merged and the record is replaced.
   */
  append(step: number, wallMs: number, evaluations: number, metrics: MetricValues): RunRecord {
    const last = this.history.at(-1);
    const averages: Record<string, number> = {};
    if (this.count > 0) {
      for (let i = 0; i < RECORDED_INFO.length; i++) {
        const mean = this.sums[i]! / this.count;
        if (!Number.isNaN(mean)) averages[RECORDED_INFO[i]!] = mean;
      }
    }
    this.sums.fill(0);
    this.count = 0;
    const isRepeat = last !== undefined && last.step === step;
    const before = isRepeat ? last.metrics : {};
    const record: RunRecord = { step, wallMs, evaluations, metrics: { ...before, ...averages, ...metrics } };
    if (isRepeat) this.history.pop();
    this.history.push(record);
    return record;
  }

  /** The open sums, copied. */
  open(): RecorderSums {
    return { sums: this.sums.slice(), count: this.count };
  }

  /** Takes over a checkpoint's history and open sums. */
  restore(history: readonly RunRecord[], open: RecorderSums): void {
    this.history.length = 0;
    for (const record of history) this.history.push(record);
    this.sums.set(open.sums);
    this.count = open.count;
  }
}

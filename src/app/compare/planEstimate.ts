// The time that a plan takes, as words: measured paces of this device where there are some, else said to be a guess.

import { type CompareRun, useCompare } from "./compareStore";
import { durationText, estimatePlan, readPaces } from "./estimate";
import type { PlannedRun } from "./grid";
import type { ComparePlan } from "./plan";
import { seatsOn } from "./queue";

/** "about 3 min", or "about 3 min (a guess: nothing was measured on this device yet)". */
export function estimateOf(plan: ComparePlan, runs: readonly Pick<PlannedRun, "options">[]): string {
  const seats = seatsOn("wasm", navigator.hardwareConcurrency || 2);
  const { seconds, isMeasured } = estimatePlan(
    plan.domain,
    plan.preset,
    runs.map((run) => run.options),
    readPaces(),
    seats,
  );
  return `${durationText(seconds)}${isMeasured ? "" : " (a guess: not all of this was measured on this device yet)"}`;
}

/** Seconds that unfinished runs still need, by what each has left. */
export function secondsLeft(runs: readonly CompareRun[]): number {
  const { plan, seats } = useCompare.getState();
  if (!plan) return 0;
  const paces = readPaces();
  let total = 0;
  for (const run of runs) {
    const whole = estimatePlan(plan.domain, plan.preset, [run.options], paces, 1).seconds;
    const limit = Number(run.options["iterations"]);
    // A run that trains now knows its own pace best.
    const own = run.stepsPerSecond > 0 ? (limit - run.step) / run.stepsPerSecond : whole * (1 - run.step / limit);
    total += Math.max(0, own);
  }
  return total / Math.max(1, Math.min(seats, runs.length || 1));
}

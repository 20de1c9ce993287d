// The numbers of the result table: final and best values over the seeds, cost to a threshold, differences of two groups.

import type { AxisName } from "../router/labLink";
import { summarise } from "./alignment";
import { type CompareMetric, pointsOf } from "./chartMetrics";
import { quantityOf } from "./comparability";
import type { CompareRun } from "./compareStore";
import type { CompareGroup } from "./groups";
import { type Difference, welchDifference } from "./welch";

export type Summary = { readonly mean: number; readonly sd: number; readonly n: number };

export type ResultRow = {
  readonly group: CompareGroup;
  /** The furthest step that any run of the group has reached: its values are read there. */
  readonly step: number;
  /** Runs that have reached it. */
  readonly n: number;
  /** Final value by metric name. */
  readonly final: Readonly<Record<string, Summary>>;
  /** Best value on the way of the first metric. */
  readonly best: Summary;
  /** Cost until the threshold over the runs that got there; n of them. Null without a threshold. */
  readonly reach: Summary | null;
  readonly proposals: Summary;
};

/** One row a group. Means are over the runs that reached the group's last step; the first metric has best and threshold. */
export function resultRows(
  groups: readonly CompareGroup[],
  metrics: readonly CompareMetric[],
  axis: AxisName,
  threshold: number | null,
): readonly ResultRow[] {
  return groups.map((group) => {
    const { step, arrived } = arrivedRuns(group);
    const main = metrics[0];
    const finals = metrics.map((metric) => [metric.name, summarise(finalValues(arrived, metric))] as const);
    return {
      group,
      step,
      n: arrived.length,
      final: Object.fromEntries(finals),
      best: summarise(main ? arrived.flatMap((run) => bestValue(run, main)) : []),
      reach:
        main && threshold !== null ? summarise(arrived.flatMap((run) => reached(run, main, axis, threshold))) : null,
      proposals: summarise(arrived.map((run) => run.evaluations)),
    };
  });
}

/** The runs of a group that stand at its last step. */
export function arrivedRuns(group: CompareGroup): { readonly step: number; readonly arrived: readonly CompareRun[] } {
  const step = Math.max(0, ...group.runs.map((run) => run.step));
  return { step, arrived: step === 0 ? [] : group.runs.filter((run) => run.step === step) };
}

/** Last finite value of each run; runs without one are left out. */
export function finalValues(runs: readonly CompareRun[], metric: CompareMetric): readonly number[] {
  return runs.flatMap((run) => {
    const { y } = pointsOf(run, metric, "step");
    const last = y[y.length - 1];
    return last === undefined ? [] : [last];
  });
}

/** Second minus first, or null where the two are not the same quantity. */
export function groupDifference(first: CompareGroup, second: CompareGroup, metric: CompareMetric): Difference | null {
  if (quantityOf(metric.name, first.options).id !== quantityOf(metric.name, second.options).id) return null;
  return welchDifference(
    finalValues(arrivedRuns(first).arrived, metric),
    finalValues(arrivedRuns(second).arrived, metric),
  );
}

/** A threshold that every group has reached at its end, to two digits; null before there are values or a direction. */
export function usualThreshold(groups: readonly CompareGroup[], metric: CompareMetric | undefined): number | null {
  if (!metric || metric.better === "none" || !isOneQuantity(metric, groups)) return null;
  const means = groups.map((group) => summarise(finalValues(arrivedRuns(group).arrived, metric)).mean);
  const known = means.filter(Number.isFinite);
  if (known.length === 0 || known.length < groups.length) return null;
  const isLower = metric.better === "lower";
  const worst = isLower ? Math.max(...known) : Math.min(...known);
  if (worst === 0) return 0;
  const unit = 10 ** (Math.floor(Math.log10(Math.abs(worst))) - 1);
  const rounded = (isLower ? Math.ceil(worst / unit) : Math.floor(worst / unit)) * unit;
  return Number(rounded.toPrecision(2));
}

/** True if all groups measure the same thing under this metric's name. */
export function isOneQuantity(metric: CompareMetric, groups: readonly CompareGroup[]): boolean {
  return new Set(groups.map((group) => quantityOf(metric.name, group.options).id)).size <= 1;
}

/** Names of the groups with the best mean of a metric, by its direction; none where the groups' quantities differ. */
export function bestGroups(rows: readonly ResultRow[], metric: CompareMetric): ReadonlySet<string> {
  const known = rows.filter((row) => Number.isFinite(row.final[metric.name]?.mean));
  const isOne = isOneQuantity(
    metric,
    rows.map((row) => row.group),
  );
  if (metric.better === "none" || !isOne || known.length < 2) return new Set();
  const sign = metric.better === "lower" ? 1 : -1;
  const least = Math.min(...known.map((row) => sign * (row.final[metric.name]?.mean ?? 0)));
  return new Set(
    known.filter((row) => sign * (row.final[metric.name]?.mean ?? 0) === least).map((row) => row.group.id),
  );
}

function bestValue(run: CompareRun, metric: CompareMetric): number[] {
  const { y } = pointsOf(run, metric, "step");
  if (y.length === 0 || metric.better === "none") return [];
  return [metric.better === "lower" ? y.reduce((a, b) => Math.min(a, b)) : y.reduce((a, b) => Math.max(a, b))];
}

/** Cost at which a run's value first is at least as good as the threshold; empty if it never was. */
function reached(run: CompareRun, metric: CompareMetric, axis: AxisName, threshold: number): number[] {
  const { x, y } = pointsOf(run, metric, axis);
  const isLower = metric.better === "lower";
  for (let i = 0; i < y.length; i += 1) {
    const value = y[i] ?? Number.NaN;
    if (isLower ? value <= threshold : value >= threshold) return [x[i] ?? 0];
  }
  return [];
}

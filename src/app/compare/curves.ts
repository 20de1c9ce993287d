// What the charts draw: a thick mean with its band and thin runs for every group, only of one kind of quantity, with the
// exact answers that all runs share.

import { scaleLinear } from "d3";
import type { Reference } from "../../engine/domain";
import { lastPoint, valueDomain } from "../../views/charts/curveLayout";
import type { CurveReference, CurveSeries } from "../../views/charts/curveTypes";
import { niceCeiling } from "../lab/axisRange";
import type { AxisName } from "../router/labLink";
import { groupCurve } from "./alignment";
import { type CompareMetric, pointsOf } from "./chartMetrics";
import { type QuantityKind, quantityOf } from "./comparability";
import type { CompareRun } from "./compareStore";
import { type CompareGroup, runTitle } from "./groups";
import type { BandKind } from "./planView";

/** Kinds of quantity that the groups have under a metric's name, in the groups' order. */
export function kindsOf(metric: CompareMetric, groups: readonly CompareGroup[]): readonly QuantityKind[] {
  const kinds = groups.map((group) => quantityOf(metric.name, group.options));
  return kinds.filter((kind, i) => kinds.findIndex((other) => other.id === kind.id) === i);
}

/** The series of a chart. Hidden groups and runs stay in the list as hidden, so that nothing changes its place. */
export function chartSeries(
  metric: CompareMetric,
  groups: readonly CompareGroup[],
  hidden: ReadonlySet<string>,
  axis: AxisName,
  band: BandKind,
): CurveSeries[] {
  const isLog = metric.scale === "log";
  const runs = groups.flatMap((group) => group.runs.map((run) => runSeries(metric, group, run, hidden, axis)));
  const means = groups.filter((group) => group.runs.length > 1);
  // Means after runs: they are drawn on top.
  return [...runs, ...means.map((group) => meanSeries(metric, group, hidden, axis, band, isLog))];
}

function runSeries(
  metric: CompareMetric,
  group: CompareGroup,
  run: CompareRun,
  hidden: ReadonlySet<string>,
  axis: AxisName,
): CurveSeries {
  const isAlone = group.runs.length === 1;
  return {
    id: isAlone ? group.name : runTitle(group, run),
    label: isAlone ? group.name : runTitle(group, run),
    slot: group.slot,
    ...pointsOf(run, metric, axis),
    hidden: hidden.has(group.id) || hidden.has(run.runId),
    ...(isAlone ? { weight: "mean" as const } : { weight: "raw" as const, unlabelled: true }),
  };
}

function meanSeries(
  metric: CompareMetric,
  group: CompareGroup,
  hidden: ReadonlySet<string>,
  axis: AxisName,
  band: BandKind,
  isLog: boolean,
): CurveSeries {
  const points = group.runs.map((run) => pointsOf(run, metric, axis));
  const curve = groupCurve(points, axis, band);
  // A log axis cannot show a lower edge at or below zero: it ends at the lowest run there.
  const lowest = isLog && band === "sd" ? groupCurve(points, axis, "range").lo : null;
  const lo = lowest ? curve.lo.map((value, i) => (value > 0 ? value : (lowest[i] ?? Number.NaN))) : curve.lo;
  return {
    id: group.name,
    label: group.name,
    slot: group.slot,
    x: curve.x,
    y: curve.mean,
    band: { lo, hi: curve.hi },
    weight: "mean",
    derived: true,
    hidden: hidden.has(group.id),
  };
}

/** Reference lines of a metric that are the same for every run; the first is the exact answer. */
export function sharedReferences(metric: CompareMetric, runs: readonly CompareRun[]): readonly CurveReference[] {
  // What depends on a run's own options is known to be shared only when every group has told: no line comes and goes.
  const waiting = new Set(runs.map((run) => run.groupId));
  for (const run of runs) if (run.description) waiting.delete(run.groupId);
  if (waiting.size > 0 && !metric.exact) return [];
  const lists = runs.flatMap((run) => (run.description ? [run.description.facts.references] : []));
  const [first, ...others] = lists.map((list) => list.filter((reference) => reference.metric === metric.name));
  if (!first) return [];
  const isShared = (reference: Reference) =>
    others.every((list) => list.some((other) => other.label === reference.label && other.value === reference.value));
  return first
    .filter(isShared)
    .map(({ label, value }, i) => ({ value, label: i === 0 && metric.exact ? `exact: ${label}` : label }));
}

/** Vertical domain of a chart, the same rule for all charts and panels; null before there are values. */
export function valueAxis(
  metric: CompareMetric,
  series: readonly CurveSeries[],
  references: readonly CurveReference[],
): readonly [number, number] | null {
  return metric.scale === "log" ? logDomain(series, references) : linearDomain(series, references);
}

/** Round ends around the values, with room for a label over the highest line. Shares end at 1. */
function linearDomain(
  series: readonly CurveSeries[],
  references: readonly CurveReference[],
): readonly [number, number] | null {
  const props = { name: "", title: "", unit: "", xAxis: { label: "", domain: [0, 1] as const }, series, references };
  if (series.every((one) => one.hidden || lastPoint(one) === null) && references.length === 0) return null;
  const [low, high] = valueDomain(props, false);
  const room = low >= 0 && high <= 1 ? Math.min(1, high + 0.12 * (high - low)) : high + 0.12 * (high - low);
  const [from = low, to = room] = scaleLinear().domain([low, room]).nice(4).domain();
  return [from, to];
}

/**
 * Vertical domain of a log axis, tight around the values: a chart of one half decade does not show three. Its ends are 1,
 * 2, 3 or 5 times a power of ten, so that it seldom changes while values arrive. Null without a positive value.
 */
export function logDomain(
  series: readonly CurveSeries[],
  references: readonly CurveReference[],
): readonly [number, number] | null {
  const values = series
    .filter((one) => !one.hidden)
    .flatMap((one) => [...Array.from(one.y), ...Array.from(one.band?.lo ?? []), ...Array.from(one.band?.hi ?? [])])
    .concat(references.map((reference) => reference.value))
    .filter((value) => value > 0 && Number.isFinite(value));
  if (values.length === 0) return null;
  const low = values.reduce((a, b) => Math.min(a, b)) * 0.95;
  const high = values.reduce((a, b) => Math.max(a, b)) * 1.05;
  return [roundLog(low, "down"), roundLog(high, "up")];
}

function roundLog(value: number, way: "up" | "down"): number {
  const decade = 10 ** Math.floor(Math.log10(value));
  const marks = [1, 2, 3, 5, 10].map((mark) => Number((mark * decade).toPrecision(1)));
  if (way === "up") return marks.find((mark) => mark >= value) ?? value;
  return marks.findLast((mark) => mark <= value) ?? value;
}

/** End of the horizontal axis: the stop limit for steps, what the limit will cost for time and proposals. */
export function axisEnd(runs: readonly CompareRun[], axis: AxisName): number {
  return Math.max(...runs.map((run) => runEnd(run, axis)), 1);
}

function runEnd(run: CompareRun, axis: AxisName): number {
  const limit = Math.max(Number(run.options["iterations"]), run.step);
  if (axis === "step") return limit;
  const soFar = axis === "time" ? run.wallMs / 1000 : run.evaluations;
  const isOver = run.status === "converged" || run.status === "stopped" || run.status === "failed";
  return niceCeiling(run.step > 20 && !isOver ? (soFar / run.step) * limit : soFar);
}

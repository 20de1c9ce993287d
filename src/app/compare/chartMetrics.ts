// What a comparison can draw: the domain's metrics, the engine's own, and the distance to every exact answer.

import type { DomainSpec, MetricInfo } from "../../engine/domain";
import { HELD_OUT_SAMPLES } from "../lab/curveSpecs";
import type { RunSeries, SeriesAxis, SeriesPoints } from "../runs/runSeries";
import type { CompareRun } from "./compareStore";
import { MAX_CHARTS } from "./planView";

export type CompareMetric = Omit<MetricInfo, "chart"> & {
  /** The metric whose distance from its exact value this is; undefined for a metric of its own. */
  readonly distanceOf?: string;
  /** The domain shows it as a learning curve by default. */
  readonly isUsual?: boolean;
};

/** All metrics that the charts and the table offer, distances to exact answers first. */
export function compareMetrics(spec: DomainSpec): readonly CompareMetric[] {
  const one = spec.observationName.one;
  const own = spec.metrics
    .filter((metric) => !metric.name.endsWith("Ess"))
    .map((metric) => ({ ...metric, isUsual: metric.chart }));
  const distances = own.filter((metric) => metric.exact).map(distanceMetric);
  const known = new Set(own.map((metric) => metric.name));
  return [...distances, ...own, ...engineMetrics(one).filter((metric) => !known.has(metric.name))];
}

/** The charts of a comparison: those in the link, filled up with the domain's usual ones. */
export function chosenCharts(metrics: readonly CompareMetric[], wanted: readonly string[]): readonly CompareMetric[] {
  const find = (name: string) => metrics.find((metric) => metric.name === name);
  const chosen = wanted.flatMap((name) => find(name) ?? []);
  return [...new Set([...chosen, ...usualCharts(metrics)])].slice(0, MAX_CHARTS);
}

/** The run's values of a metric along an axis; a distance needs the run's exact value. */
export function pointsOf(run: CompareRun, metric: CompareMetric, axis: SeriesAxis): SeriesPoints {
  if (!metric.distanceOf) return run.series.points(metric.name, axis);
  return distancePoints(run.series, metric.distanceOf, exactValue(run, metric.distanceOf), axis);
}

/** The exact value of a metric for a run's data, or null before it is known. */
export function exactValue(run: CompareRun, metric: string): number | null {
  return run.description?.facts.references.find((reference) => reference.metric === metric)?.value ?? null;
}

function distancePoints(series: RunSeries, metric: string, exact: number | null, axis: SeriesAxis): SeriesPoints {
  if (exact === null) return { x: new Float64Array(0), y: new Float64Array(0) };
  const { x, y } = series.points(metric, axis);
  return { x, y: y.map((value) => Math.abs(value - exact)) };
}

function usualCharts(metrics: readonly CompareMetric[]): readonly CompareMetric[] {
  const judged = metrics.filter((metric) => metric.better !== "none" && !ENGINE.has(metric.name));
  const distances = judged.filter((metric) => metric.distanceOf);
  const others = judged.filter((metric) => !metric.distanceOf);
  const logs = others.filter((metric) => metric.scale === "log");
  // The distance of the last one declared: held-out data stand after training data.
  const main = distances[distances.length - 1];
  if (main) return [main, ...others.filter((metric) => metric.name === main.distanceOf), ...logs, ...others];
  // Without one: the first distance that the domain declares itself, then the last two of its own charts.
  const rest = others.filter((metric) => metric.scale === "linear" && metric.isUsual).reverse();
  return [...logs.slice(0, 1), ...rest, ...others];
}

function distanceMetric(metric: MetricInfo): CompareMetric {
  return {
    name: `${metric.name}Distance`,
    title: `Distance from exact: ${metric.title.charAt(0).toLowerCase()}${metric.title.slice(1)}`,
    unit: metric.unit,
    help: `Absolute distance from the exact value, which enumeration knows. ${metric.help}`,
    scale: "log",
    better: "lower",
    distanceOf: metric.name,
  };
}

const ENGINE = new Set(["elbo", "logPx", "ess", "phiLoss", "accepted", "novel", "newBest"]);

function engineMetrics(one: string): readonly CompareMetric[] {
  const perStep = { unit: `per ${one} and step`, scale: "linear", better: "none" } as const;
  const nats = { unit: `nats per ${one}`, scale: "linear" } as const;
  return [
    {
      ...nats,
      name: "elbo",
      title: "Bound",
      better: "higher",
      help: "Training batch: log-sum-exp of the memory's log joints, or the K-sample bound without a memory.",
    },
    {
      ...nats,
      name: "logPx",
      title: "Held-out log p(x)",
      better: "higher",
      help: `Held-out data, one measure for all runs: exact where the domain can, else by importance sampling with S = ${HELD_OUT_SAMPLES}.`,
    },
    {
      name: "ess",
      title: "Effective sample size",
      unit: `programs per ${one}`,
      scale: "linear",
      better: "none",
      help: "1 / sum of squared weights, mean over the batch: of the memory, or of the particles without one.",
    },
    {
      ...nats,
      name: "phiLoss",
      title: "Recognition loss",
      better: "none",
      help: "Minus log q of the programs that the recognition model learns from, mean over the batch.",
    },
    { ...perStep, name: "accepted", title: "Proposals accepted", help: "Proposals that entered a memory." },
    { ...perStep, name: "novel", title: "New proposals", help: "Distinct proposals that were not in memory." },
    { ...perStep, name: "newBest", title: "New best programs", help: "Proposals that became the best." },
  ];
}

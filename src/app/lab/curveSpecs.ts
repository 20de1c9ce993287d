// Which learning curves the workbench shows: the common ones and those that the domain declares.

import type { DomainSpec, MetricInfo } from "../../engine/domain";

/** One figure. `metrics` has more than one entry where two quantities share a unit and an axis. */
export type CurveSpec = {
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  readonly help: string;
  readonly scale: "linear" | "log";
  readonly metrics: readonly CurveMetric[];
  /** Ticks at steps with a new best program. */
  readonly ticks: boolean;
};

/** One line of a figure. `table`: not drawn, a column of the figure's table and exports only. */
export type CurveMetric = {
  readonly name: string;
  readonly label: string;
  readonly dashed?: boolean;
  readonly table?: boolean;
};

/** Importance samples behind every sampled held-out value (the engine's EVALUATION_SAMPLES; a test compares them). */
export const HELD_OUT_SAMPLES = 100;

/** Curves in the order of the column: bound, the domain's own, what happens to proposals, spread of the weights. */
export function curveSpecs(spec: DomainSpec): readonly CurveSpec[] {
  const one = spec.observationName.one;
  const declared = spec.metrics.filter((metric) => metric.chart && !metric.beside && !COMMON.has(metric.name));
  const own = declared.map((metric) => ownCurve(metric, spec.metrics));
  return [boundCurve(spec, one), ...own, proposalCurve(one), phiLossCurve(one), essCurve(one)];
}

const COMMON = new Set(["elbo", "logPx", "ess", "accepted", "novel", "newBest", "phiLoss"]);

function boundCurve(spec: DomainSpec, one: string): CurveSpec {
  const heldOut = spec.metrics.find((metric) => metric.name === "logPx");
  const sampled = spec.metrics.find((metric) => metric.name === "logPxSampled");
  const own = spec.metrics.find((metric) => metric.name === "elbo");
  return {
    name: "elbo",
    title: "Bound",
    unit: `nats per ${one}`,
    help:
      `${own?.help ?? "Training batch: log-sum-exp of the memory's log joints, or the K-sample bound without a memory."}` +
      `${heldOut ? ` Dashed: ${heldOut.help}` : ""}` +
      `${sampled ? ` Sampled (S = ${HELD_OUT_SAMPLES}): ${sampled.help} ESS: effective sample size of S.` : ""}`,
    scale: "linear",
    metrics: [
      { name: "elbo", label: "training" },
      ...(heldOut
        ? [{ name: "logPx", label: `held out, ${heldOut.isEstimate ? "estimate" : "exact"}`, dashed: true }]
        : []),
      ...(sampled ? [{ name: "logPxSampled", label: `sampled, S = ${HELD_OUT_SAMPLES}`, dashed: true }] : []),
      ...(sampled ? [{ name: "logPxSampledEss", label: "effective samples (ESS)", table: true }] : []),
    ],
    ticks: true,
  };
}

/** A declared metric with those that stand beside it; their names tell the lines apart. */
function ownCurve(metric: MetricInfo, all: readonly MetricInfo[]): CurveSpec {
  const beside = all.filter((other) => other.beside === metric.name);
  const others = beside.map(({ name, title }) => ({ name, label: lowerFirst(title), dashed: true }));
  return {
    name: metric.name,
    title: metric.title,
    unit: metric.unit || (metric.scale === "log" ? "log scale" : ""),
    help: [metric.help, ...beside.map(({ title, help }) => `${title}: ${help}`)].join(" "),
    scale: metric.scale,
    metrics: [{ name: metric.name, label: beside.length > 0 ? lowerFirst(metric.title) : "" }, ...others],
    ticks: false,
  };
}

/** "Memory bound" in the middle of a line; names of several capitals (IWAE) stay. */
const lowerFirst = (title: string): string =>
  /^[A-Z][a-z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;

function proposalCurve(one: string): CurveSpec {
  return {
    name: "proposals",
    title: "Proposals kept",
    unit: `per ${one} and step`,
    help:
      "New: distinct proposals that were not in memory. Accepted: those that entered it. New best: those that became " +
      "the best. Without a memory: distinct particles.",
    scale: "linear",
    metrics: [
      { name: "accepted", label: "accepted" },
      { name: "novel", label: "new", dashed: true },
      { name: "newBest", label: "new best", dashed: true },
    ],
    ticks: false,
  };
}

function phiLossCurve(one: string): CurveSpec {
  return {
    name: "phiLoss",
    title: "Recognition loss",
    unit: `nats per ${one}`,
    help: "Minus log q of the programs that the recognition model learns from, mean over the batch. VIMCO and REINFORCE have none.",
    scale: "linear",
    metrics: [{ name: "phiLoss", label: "" }],
    ticks: false,
  };
}

function essCurve(one: string): CurveSpec {
  return {
    name: "ess",
    title: "Effective sample size",
    unit: `programs per ${one}`,
    help: "1 / sum of squared weights, mean over the batch: of the memory, or of the particles without one.",
    scale: "linear",
    metrics: [{ name: "ess", label: "" }],
    ticks: false,
  };
}

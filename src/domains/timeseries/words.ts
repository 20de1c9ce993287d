// What people read about the domain: metrics with split and estimator, and presets.

import type { MetricInfo, Preset } from "../../engine/domain";

/** A metric of the training series evaluated, in nats, better higher. */
const nats = (name: string, title: string, help: string, chart = false): MetricInfo => ({
  name,
  title,
  unit: "nats",
  help,
  isEstimate: true,
  scale: "linear",
  better: "higher",
  chart,
});

const FIRST = "the first 40 training series unless an option says otherwise";
const DRAWS =
  "importance sampling with S whole programs from the recognition model (S = 100 unless an option says otherwise)";

export const METRICS: readonly MetricInfo[] = [
  nats(
    "iwae100Penalised",
    "log p(x) with penalty",
    `Mean over ${FIRST}: ${DRAWS}, the length penalty counted as part of the model. In expectation a lower bound; one evaluation is off by several nats.`,
    true,
  ),
  {
    ...nats("iwae100", "log p(x)", `The same without the length penalty: mean over ${FIRST}, ${DRAWS}.`),
    beside: "iwae100Penalised",
  },
  {
    ...nats(
      "memoryBoundPenalised",
      "Memory bound with penalty",
      `Mean over those of ${FIRST} that have been visited: log of the sum over remembered structures, each from 10 fresh draws of its numbers. Length penalty included.`,
    ),
    beside: "iwae100Penalised",
  },
  nats("memoryBound", "Memory bound", "The same without the length penalty."),
  nats("iwae10", "log p(x), 10 samples", `As log p(x) with penalty, from 10 samples each: mean over ${FIRST}.`),
  nats(
    "median",
    "Median log p(x)",
    `Median over ${FIRST} of log p(x) with penalty. Single badly explained series do not move it.`,
  ),
  nats("singleKernel", "Single kernels", `log p(x) with penalty, mean over those of ${FIRST} that one kernel made.`),
  nats(
    "compositional",
    "Compositional",
    `log p(x) with penalty, mean over those of ${FIRST} that two kernels or more made.`,
  ),
  {
    name: "top1",
    title: "Structure found",
    unit: "share",
    help: `Share of ${FIRST} whose best remembered structure has the kernel that made the series; without memory, the structure with most weight among the S samples.`,
    scale: "linear",
    better: "higher",
    chart: true,
  },
  {
    name: "asGood",
    title: "Structure as good",
    unit: "share",
    help: `Share of ${FIRST} whose best structure has the kernel that made the series, or scores at least as well as the string that did (numbers integrated out by samples).`,
    scale: "linear",
    better: "higher",
    chart: false,
  },
  {
    name: "klEstimate",
    title: "Estimate of KL(q, p)",
    unit: "nats",
    help: `Mean over ${FIRST} of log p(x) with penalty less the mean log weight: how far the recognition model is from the posterior. Too low while samples are few.`,
    isEstimate: true,
    scale: "linear",
    better: "lower",
    chart: false,
  },
  {
    name: "wellFormed",
    title: "Readable samples",
    unit: "share",
    help: `Share of the recognition model’s samples for ${FIRST} that are expressions: 1 with the syntax mask.`,
    scale: "linear",
    better: "higher",
    chart: false,
  },
  nats("logPx", "Held-out log p(x)", `Held-out series, as many as evaluated: ${DRAWS}, length penalty included.`),
  {
    name: "logPxStderr",
    title: "Standard error of it",
    unit: "nats",
    help: "Held-out series: standard error of the mean log p(x) from sampling alone.",
    scale: "linear",
    better: "lower",
    chart: false,
  },
  {
    name: "logPxEss",
    title: "Effective samples of it",
    unit: "samples",
    help: "Held-out series: effective sample size of that importance sampling; near 1 the estimate hangs on one program.",
    scale: "linear",
    better: "higher",
    chart: false,
  },
];

export const PRESETS: readonly Preset[] = [
  {
    id: "live",
    title: "Live",
    summary: "100 series, small networks",
    options: { series: 100, size: "small", sleepFirst: 0, iterations: 3000 },
    improves: 20,
    // A rhythm: more to see than the constant level that comes first.
    observation: 1,
  },
  {
    id: "paper",
    title: "Like the paper",
    summary: "200 series, no help with syntax: hours",
    options: { syntaxMask: false },
  },
  {
    id: "compositional",
    title: "Compositional",
    summary: "Mostly sums and products: structure counts",
    options: { dataset: "compositional", size: "small" },
  },
  {
    id: "wide",
    title: "Wide",
    summary: "Numbers that reach far, as in real data",
    options: { dataset: "compositional", scheme: "wide", size: "small" },
  },
  {
    id: "light",
    title: "Light, for phones",
    summary: "40 series, small networks, few draws",
    options: { series: 40, size: "small", particles: 3, evaluationSeries: 20, iterations: 1500 },
    isLight: true,
    observation: 1,
  },
];

// What people read about the domain: metrics with split and estimator, and presets.

import type { MetricInfo, Preset } from "../../engine/domain";

const FIRST = "the first training scenes (60, or as many as an option says)";
const HELD_OUT = "Held-out scenes, as many as training ones are looked at";

/** A metric of one of the two sets. */
const metric = (
  name: string,
  title: string,
  unit: string,
  help: string,
  rest: Partial<MetricInfo> = {},
): MetricInfo => ({ name, title, unit, help, scale: "linear", better: "higher", chart: false, ...rest });

export const METRICS: readonly MetricInfo[] = [
  metric(
    "evidence",
    "Evidence",
    "nats",
    `Mean over those of ${FIRST} that have been visited: log of the sum over remembered parses, each from 10 fresh draws of its places; without memory, log p(x) from S samples of the recognition model. Both are lower bounds in expectation.`,
    { isEstimate: true, chart: true },
  ),
  metric(
    "cellAccuracy",
    "Cells with the right height",
    "share",
    `Share of the cells of ${FIRST} in which the best parse has as many blocks as the true scene. What stands behind a tower counts too, though nobody can see it.`,
    { chart: true },
  ),
  metric(
    "visibleAccuracy",
    "Cells right as far as visible",
    "share",
    `Share of the cells of ${FIRST} in which the best parse has as many visible blocks as the true scene.`,
  ),
  metric(
    "exactParse",
    "Scenes right as far as visible",
    "share",
    `Share of ${FIRST} in which all that can be seen is right: the blocks of every cell and which true type each is most like.`,
  ),
  metric(
    "sizes",
    "Largest size error",
    "units",
    "Of the true block types, each matched with a learned one of its own: the largest difference of an edge. The picture is about four units wide.",
    { better: "lower", chart: true },
  ),
  metric(
    "colors",
    "Largest colour error",
    "",
    "Of the true block types, each matched with a learned one of its own: the largest difference of a colour channel, 0 to 1.",
    { better: "lower", beside: "sizes" },
  ),
  metric(
    "parses",
    "Explanations",
    "parses",
    `Mean number of parses of ${FIRST} with a share of more than 0.05 of their scene's posterior: more than one where a tower may be hidden.`,
    { better: "none" },
  ),
  metric(
    "usedTypes",
    "Types in use",
    "types",
    `Learned types with at least 2 % of the blocks of the best parses of ${FIRST}; the others are dead.`,
    { better: "none" },
  ),
  metric(
    "logPx",
    "Held-out log p(x)",
    "nats",
    `${HELD_OUT}: mean log p(x) by importance sampling with S programs from the recognition model (S = 100 unless an option says otherwise). Few samples understate it.`,
    { isEstimate: true },
  ),
  metric(
    "logPxStderr",
    "Standard error of it",
    "nats",
    `${HELD_OUT}: standard error of the mean log p(x) from sampling alone.`,
    { better: "lower" },
  ),
  metric(
    "logPxEss",
    "Effective samples of it",
    "samples",
    `${HELD_OUT}: effective sample size of that importance sampling; near 1 the estimate hangs on one program.`,
  ),
  metric(
    "klEstimate",
    "Estimate of KL(q, p)",
    "nats",
    `${HELD_OUT}: log p(x) less the mean log weight of the same samples, how far the recognition model is from the posterior. Too low while samples are few.`,
    { isEstimate: true, better: "lower" },
  ),
];

export const PRESETS: readonly Preset[] = [
  {
    id: "live",
    title: "Live",
    summary: "60 scenes, 32 pixels, small network",
    options: { scenes: 60, iterations: 1500 },
    improves: 50,
  },
  {
    id: "plain",
    title: "Without colour",
    summary: "Only sizes tell: what hides behind?",
    options: { dataset: "cubes-plain", scenes: 60, iterations: 1500 },
    improves: 50,
  },
  {
    id: "cuboids",
    title: "Cuboids",
    summary: "Six types that lie, stand or reach back",
    options: { dataset: "cuboids", types: 8, iterations: 3000 },
    improves: 50,
  },
  {
    id: "paper",
    title: "Like the paper",
    summary: "128 pixels, the paper's network: hours",
    options: {
      resolution: "128",
      encoder: "paper",
      typesLearningRate: 0.001,
      evaluationScenes: 20,
    },
  },
  {
    id: "light",
    title: "Light, for phones",
    summary: "30 scenes, few draws",
    options: { scenes: 30, particles: 3, evaluationScenes: 20, iterations: 800 },
    isLight: true,
  },
];

// Options, presets, data sets and metrics of the clusters domain, as data.

import type { MetricInfo, Preset } from "../../engine/domain";
import type { OptionTable, OptionValues } from "../../engine/options";
import { runOptionTable } from "../../engine/run/options";
import { dataSeedOption } from "../../engine/run/sharedOptions";

const DEFAULTS: OptionValues = {
  particles: 10,
  batch: 20,
  iterations: 5000,
  evaluateEvery: 100,
  learningRate: 0.001,
  sleep: "replay",
};

const OWN: OptionTable = {
  dataset: {
    kind: "choice",
    default: "crp-gmm-100x7",
    choices: ["crp-gmm-100x7", "fresh"],
    label: "Data set",
    symbol: "",
    help: "The fixed 100 sets, on which every figure here was measured, or fresh sets drawn from the true model.",
    unit: "",
    applies: "reset",
    advanced: true,
  },
  numSets: {
    kind: "int",
    default: 100,
    min: 10,
    max: 1000,
    hardMin: 1,
    hardMax: 10000,
    label: "Sets",
    symbol: "N",
    help: "How many sets of seven points a fresh data set has, for training and held out each.",
    unit: "sets",
    applies: "reset",
    advanced: true,
  },
  dataSeed: dataSeedOption("Which fresh data set is drawn. The same seed draws the same sets."),
};

/** The common options with the defaults of the MWS paper's mixture experiment, and the domain's own. */
export const options: OptionTable = runOptionTable(OWN, DEFAULTS);

/** Named starting points. */
export const presets: readonly Preset[] = [
  {
    id: "paper",
    title: "As in the paper, K = 10",
    summary: "Remember five, propose five",
    options: {},
  },
  {
    id: "published-code",
    title: "As in the published code",
    summary: "Remember five, propose one",
    options: { memory: 5, proposals: 1 },
  },
  {
    id: "fantasy",
    title: "Learning from dreams",
    summary: "Remember five, fantasy, not replay",
    options: { memory: 5, proposals: 1, sleep: "fantasy" },
  },
  {
    id: "tight-memory",
    title: "A tight memory",
    summary: "Remember two: no room for doubt",
    options: { memory: 2, proposals: 1 },
  },
  {
    id: "light",
    title: "Light, for phones",
    summary: "Remember three, propose three, 2,500 steps",
    options: { particles: 6, batch: 10, iterations: 2500 },
    isLight: true,
  },
];

/** Built-in data sets. */
export const datasets = [
  {
    name: "crp-gmm-100x7",
    summary: "100 training and 100 held-out sets of seven points, drawn once from the true model.",
  },
  { name: "fresh", summary: "New sets from the true model: variance 0.03, drawn with the data seed." },
] as const;

const nats = { unit: "nats per set", scale: "linear", better: "lower" } as const;
const kl = { unit: "nats", scale: "log", better: "lower" } as const;

/** What the domain measures, beyond the algorithm's own numbers. */
export const metrics: readonly MetricInfo[] = [
  {
    ...nats,
    name: "nllTrain",
    title: "Negative log likelihood, training",
    help: "Mean over the built-in training sets, exact: all 877 clusterings summed.",
    chart: true,
    exact: true,
  },
  {
    ...nats,
    name: "nllTest",
    title: "Negative log likelihood, held out",
    help: "Mean over the held-out sets, exact: all 877 clusterings summed.",
    chart: true,
    exact: true,
  },
  {
    ...kl,
    name: "klTrue",
    title: "Distance to the true posterior",
    help: "KL from the memory, or from K weighted samples with repeats merged, to the exact posterior under the true model; mean over visited training sets.",
    chart: true,
  },
  {
    ...kl,
    name: "klMemory",
    title: "Distance to the model's own posterior",
    help: "KL from the memory to the exact posterior under the learned model: the gap of the bound; mean over visited training sets.",
    chart: true,
  },
  {
    ...kl,
    name: "klFloor",
    title: "Best distance for this memory size",
    help: "Minus log of the top-M posterior mass under the learned model, exact; mean over the training sets.",
    chart: false,
  },
  {
    ...kl,
    name: "klRecognition",
    title: "Recognition model's distance",
    help: "KL(q, p) from the recognition model to the learned model's posterior, exact; mean over the training sets.",
    chart: false,
  },
  {
    ...kl,
    name: "klPosterior",
    title: "Posterior's distance to the recognition model",
    help: "KL(p, q) from the learned model's posterior to the recognition model, exact; mean over the training sets.",
    chart: false,
  },
  {
    name: "uniqueParticles",
    title: "Different clusterings",
    unit: "clusterings",
    help: "Members per memory, or different ones among K samples; mean over visited training sets.",
    scale: "linear",
    better: "none",
    chart: false,
  },
  sigmaInfo("sigma", "Learned variance, first axis", "\u03a3\u2081\u2081", true),
  sigmaInfo("sigma22", "Learned variance, second axis", "\u03a3\u2082\u2082", false),
  sigmaInfo("sigma12", "Learned covariance", "\u03a3\u2081\u2082", false),
];

function sigmaInfo(name: string, title: string, symbol: string, chart: boolean): MetricInfo {
  const help = `${symbol} of the noise within a cluster, exact: it is a parameter.`;
  return { name, title, unit: "", help, scale: name === "sigma12" ? "linear" : "log", better: "none", chart };
}

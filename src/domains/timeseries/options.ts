// The options of a time-series run beyond the common ones, its named data sets, and what they mean together.

import type { OptionTable, OptionValues } from "../../engine/options";
import { HYBRID_OPTIONS, pathwiseLearningRateOption } from "../../engine/run/hybridOptions";
import { COMMON_OPTIONS, runOptionTable } from "../../engine/run/options";
import { dataSeedOption, datasetOf, evaluationSamplesOption, mutationsOption } from "../../engine/run/sharedOptions";
import { DATASETS, DEFAULT_DATASET } from "./data/datasets";
import { type ParameterScheme, schemeOf } from "./parameters";
import { LENGTH_PENALTY } from "./process";

const reset = { applies: "reset", unit: "", symbol: "" } as const;

const DATA: OptionTable = {
  series: {
    ...reset,
    kind: "int",
    default: 200,
    min: 10,
    max: 1000,
    hardMin: 1,
    hardMax: 20000,
    unit: "series",
    symbol: "D",
    label: "Series",
    help: "Generated series to learn from. As many others are held out. The first ones are the same for every number.",
  },
  scheme: {
    ...reset,
    kind: "choice",
    default: "narrow",
    choices: ["narrow", "wide"],
    titles: { narrow: "narrow (reference)", wide: "wide" },
    label: "Parameter range",
    help: "How far the numbers of a kernel reach: close to one value each, as in the reference, or far enough for people's data.",
  },
  range: {
    ...reset,
    kind: "real",
    default: 0.02,
    min: 0.01,
    max: 0.2,
    hardMin: 0.0001,
    hardMax: 0.39,
    symbol: "r",
    advanced: true,
    label: "Narrow range",
    help: "Width of the interval of every parameter in the narrow scheme; wider is harder. The paper tries 0.01 to 0.2.",
  },
  dataSeed: dataSeedOption("Fixes the series whatever the run's seed; 0 means that the run's seed makes them."),
};

const MODEL: OptionTable = {
  size: {
    ...reset,
    kind: "choice",
    default: "paper",
    choices: ["small", "paper"],
    unlisted: ["tiny"],
    titles: { small: "small (64 units)", paper: "the paper's (128 units)" },
    label: "Networks",
    help: "Units of the six LSTMs. The small ones need about a third of the time.",
  },
  lengthPenalty: {
    ...reset,
    kind: "real",
    default: LENGTH_PENALTY,
    min: 0,
    max: 20,
    hardMin: 0,
    hardMax: 1000,
    unit: "nats",
    advanced: true,
    label: "Length penalty",
    help: "Taken off log p for each symbol of an expression. The released code has 10, the paper does not mention it (0).",
  },
  syntaxMask: {
    ...reset,
    kind: "flag",
    default: true,
    advanced: true,
    label: "Syntax mask",
    help: "Only expressions that can be read are ever written. Off, as in the reference, about one in seven dreams is flat noise.",
  },
  slots: {
    ...reset,
    kind: "choice",
    default: "used",
    choices: ["used", "all"],
    titles: { used: "those in use", all: "all sixteen (reference)" },
    advanced: true,
    label: "Parameter slots",
    help: "Which of a kernel's sixteen numbers count in log p and log q: the ones it reads, or all, which adds noise.",
  },
  mergeEquivalent: {
    ...reset,
    kind: "flag",
    default: false,
    algorithms: ["hmws", "hmws-minus"],
    advanced: true,
    label: "Merge equal spellings",
    help: "Sorts operands and drops brackets before an expression is remembered: C + SE counts as SE + C.",
  },
  integrateBy: {
    ...reset,
    kind: "choice",
    default: "samples",
    choices: ["samples", "fit"],
    titles: { samples: "draws of the network", fit: "draws around fitted numbers too" },
    advanced: true,
    label: "Integrate numbers by",
    help: "How log p of an expression alone is estimated in a search: from draws of the network, or also around its best numbers.",
  },
  mutations: { ...mutationsOption("expressions with one small change"), algorithms: ["hmws", "hmws-minus"] },
  sleepFirst: {
    ...reset,
    kind: "int",
    default: 100,
    min: 0,
    max: 1000,
    hardMin: 0,
    hardMax: 1000000,
    unit: "steps",
    advanced: true,
    label: "Dreams first",
    help: "For so many steps only the recognition model learns, from dreams. They count as steps. The reference has 100.",
  },
  pathwiseLearningRate: pathwiseLearningRateOption(
    0.00005,
    "Adam's step size for VIMCO and REINFORCE, which the reference gives a twentieth of the others'.",
  ),
};

const EVALUATION: OptionTable = {
  evaluationSeries: {
    ...reset,
    kind: "int",
    default: 40,
    min: 10,
    max: 200,
    hardMin: 1,
    hardMax: 20000,
    unit: "series",
    advanced: true,
    label: "Series evaluated",
    help: "Series, from the first, whose likelihood an evaluation estimates; as many held-out ones. More take longer.",
  },
  evaluationSamples: evaluationSamplesOption("series", "nats"),
};

const OVER: OptionTable = {
  ...HYBRID_OPTIONS,
  algorithm: { ...HYBRID_OPTIONS.algorithm!, unlisted: ["pretraining"] } as (typeof HYBRID_OPTIONS)[string],
  learningRate: {
    ...COMMON_OPTIONS.learningRate,
    algorithms: ["hmws", "hmws-minus", "rws-plus", "rws", "pretraining"],
  },
  startFrom: {
    ...COMMON_OPTIONS.startFrom,
    default: "pretrained",
    choices: ["pretrained", "trained", "none"],
    titles: { ...COMMON_OPTIONS.startFrom.titles, pretrained: "knows how expressions are written" },
    help: "A prior that has been taught the grammar of expressions, all parameters of a trained model, or untrained ones.",
  },
};

/** The full option table of time series: K = M = N = 5, batch 5, lambda 0.5; names that occur twice mean the last. */
export const OPTIONS: OptionTable = {
  ...runOptionTable({ ...DATA, ...MODEL, ...EVALUATION }, { batch: 5, iterations: 10000 }),
  ...OVER,
};

/** h */
const HIDDEN: Readonly<Record<string, number>> = {
  paper: 128,
  small: 64,
  // For tests: learns next to nothing.
  tiny: 8,
};

export type SeriesSettings = {
  readonly dataset: string;
  readonly series: number;
  readonly dataSeed: number;
  /** Units of every LSTM. */
  readonly hidden: number;
  readonly scheme: ParameterScheme;
  readonly lengthPenalty: number;
  readonly isMasked: boolean;
  readonly allSlots: boolean;
  readonly mergeEquivalent: boolean;
  /** Scores of expressions alone look around fitted numbers; never with all slots, which have no fit. */
  readonly fitsIntegrals: boolean;
};

/**
 * What the options mean together.
 *
 * @param options a complete set of options
 * @throws LabError("unknown-name") for an unknown data set
 */
export function settingsOf(options: OptionValues): SeriesSettings {
  const dataset = datasetOf(options, DATASETS, DEFAULT_DATASET);
  return {
    dataset,
    series: Number(options.series),
    dataSeed: Number(options.dataSeed) || Number(options.seed),
    hidden: HIDDEN[String(options.size)]!,
    scheme: schemeOf(options),
    lengthPenalty: Number(options.lengthPenalty),
    isMasked: options.syntaxMask !== false,
    allSlots: options.slots === "all",
    mergeEquivalent: options.mergeEquivalent === true,
    fitsIntegrals: options.integrateBy === "fit" && options.slots !== "all",
  };
}

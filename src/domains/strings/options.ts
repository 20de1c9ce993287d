// The options of a strings run beyond the common ones, its named data sets, and what they mean together.

import type { OptionTable, OptionValues } from "../../engine/options";
import { COMMON_OPTIONS, runOptionTable } from "../../engine/run/options";
import { dataSeedOption, datasetOf, evaluationSamplesOption, mutationsOption } from "../../engine/run/sharedOptions";

const reset = { applies: "reset", unit: "", symbol: "" } as const;

const DATA: OptionTable = {
  concepts: {
    ...reset,
    kind: "int",
    default: 0,
    min: 0,
    max: 3000,
    hardMin: 0,
    hardMax: 20000,
    unit: "concepts",
    symbol: "N",
    advanced: true,
    label: "Concepts",
    help: "Generated concepts; 0 means as many as the data set has. The first ones are the same for every number.",
  },
  strings: {
    ...reset,
    kind: "int",
    default: 5,
    min: 1,
    max: 10,
    hardMin: 1,
    hardMax: 10,
    unit: "strings",
    symbol: "J",
    advanced: true,
    label: "Strings per concept",
    help: "Strings that the lab sees of each generated concept and dream. Of ten, five are held out; above 5 they are seen too.",
  },
  dataSeed: dataSeedOption("Fixes the concepts whatever the run's seed; 0 means that the run's seed makes them."),
};

const MODEL: OptionTable = {
  size: {
    ...reset,
    kind: "choice",
    default: "small",
    choices: ["small", "standard", "paper"],
    unlisted: ["tiny"],
    titles: { small: "small (96 units)", standard: "standard (160 units)", paper: "the paper's (512 units)" },
    advanced: true,
    label: "Networks",
    help: "Units of the recognition LSTMs; the prior has 128, or 512 too. The start that ships fits the small ones.",
  },
  floor: {
    ...reset,
    kind: "real",
    default: 0.01,
    min: 0,
    max: 0.2,
    hardMin: 0,
    hardMax: 1,
    symbol: "\u03b4",
    advanced: true,
    label: "Exploration floor",
    help: "Share of each proposed token that is uniform over the allowed ones: keeps proposals varied.",
  },
  uniformClasses: {
    ...reset,
    kind: "flag",
    default: false,
    advanced: true,
    label: "Uniform classes",
    help: "Every symbol of a class stays equally likely; only when repeats stop and options stay is learned.",
  },
  mergeEquivalent: {
    ...reset,
    kind: "flag",
    default: false,
    algorithms: ["mws"],
    advanced: true,
    label: "Merge equal spellings",
    help: "Drops brackets that change nothing before a program is remembered: (a) counts as a.",
  },
  noise: {
    ...reset,
    kind: "real",
    default: 0,
    min: 0,
    max: 0.1,
    hardMin: 0,
    hardMax: 0.5,
    symbol: "\u03b7",
    advanced: true,
    label: "Noise floor",
    help: "Share of strings that may be anything at all, for untidy columns; 0 asks every string to fit.",
  },
  mutations: mutationsOption("programs with one small change"),
  firstMemory: {
    ...reset,
    kind: "choice",
    default: "universal",
    choices: ["universal", "empty", "guessed"],
    titles: { universal: "programs for any strings", empty: "nothing", guessed: "guesses read off the strings" },
    algorithms: ["mws"],
    advanced: true,
    label: "First memory",
    help: "What memories start with. Guesses come from a search outside the paper's algorithm, so comparisons leave them out.",
  },
  evaluatorLearningRate: {
    ...reset,
    kind: "real",
    default: 0.01,
    min: 0.0001,
    max: 0.1,
    hardMin: 0,
    hardMax: 100,
    scale: "log",
    applies: "live",
    advanced: true,
    label: "Learning rate of the classes",
    help: "Adam's step size for what classes emit and when repeats stop.",
  },
};

const EVALUATION: OptionTable = {
  evaluationConcepts: {
    ...reset,
    kind: "int",
    default: 40,
    min: 10,
    max: 1500,
    hardMin: 1,
    hardMax: 20000,
    unit: "concepts",
    advanced: true,
    label: "Concepts evaluated",
    help: "Concepts, from the first, whose held-out strings an evaluation looks at. More take longer.",
  },
  evaluationSamples: evaluationSamplesOption("set", "nats"),
};

const START: OptionTable = {
  algorithm: { ...COMMON_OPTIONS.algorithm, unlisted: ["pretraining"] },
  startFrom: {
    ...COMMON_OPTIONS.startFrom,
    default: "pretrained",
    choices: ["pretrained", "trained", "none"],
    titles: { ...COMMON_OPTIONS.startFrom.titles, pretrained: "pretrained on simple programs" },
    help: "Parameters pretrained on simple made-up programs, those of a trained model, or untrained ones.",
  },
};

/** The full option table of strings: K = 10, replay and dreams by halves, batch 20. */
export const OPTIONS: OptionTable = {
  ...runOptionTable({ ...DATA, ...MODEL, ...EVALUATION }, { sleep: "mix", phi: "both", iterations: 1500 }),
  ...START,
};

/** Generators, not files: every concept follows from the data seed. */
const DATASETS: Readonly<Record<string, number>> = { demo: 200, standard: 1500 };
export const DEFAULT_DATASET = "demo";

/** Name and one sentence for each data set. */
export const DATASET_LIST = Object.entries(DATASETS).map(([name, concepts]) => ({
  name,
  summary: `${concepts.toLocaleString("en").replace(",", " ")} generated concepts of spreadsheet kind, five strings to learn from and five held out each.`,
}));

/** Units of the networks: H of the LSTMs, E of the layer before the logits. */
export type NetworkSizes = {
  readonly prior: { readonly hidden: number; readonly embedding: number };
  readonly recogniser: { readonly hidden: number; readonly embedding: number };
};

const SIZES: Readonly<Record<string, NetworkSizes>> = {
  small: { prior: { hidden: 128, embedding: 64 }, recogniser: { hidden: 96, embedding: 64 } },
  standard: { prior: { hidden: 128, embedding: 64 }, recogniser: { hidden: 160, embedding: 64 } },
  paper: { prior: { hidden: 512, embedding: 128 }, recogniser: { hidden: 512, embedding: 128 } },
  // For tests: learns next to nothing.
  tiny: { prior: { hidden: 16, embedding: 8 }, recogniser: { hidden: 16, embedding: 8 } },
};

export type StringsSettings = {
  readonly dataset: string;
  readonly concepts: number;
  readonly strings: number;
  readonly dataSeed: number;
  readonly sizes: NetworkSizes;
  readonly floor: number;
  readonly uniformClasses: boolean;
  readonly mergeEquivalent: boolean;
  readonly firstMemory: "universal" | "empty" | "guessed";
  readonly noise: number;
};

/**
 * What the options mean together.
 *
 * @param options a complete set of options
 * @throws LabError("unknown-name") for an unknown data set
 */
export function settingsOf(options: OptionValues): StringsSettings {
  const dataset = datasetOf(options, DATASETS, DEFAULT_DATASET);
  return {
    dataset,
    concepts: Number(options.concepts) || DATASETS[dataset]!,
    strings: Number(options.strings),
    dataSeed: Number(options.dataSeed) || Number(options.seed),
    sizes: SIZES[String(options.size)]!,
    floor: Number(options.floor),
    uniformClasses: options.uniformClasses === true,
    mergeEquivalent: options.mergeEquivalent === true,
    // The cast: the option table allows these three.
    firstMemory: String(options.firstMemory) as StringsSettings["firstMemory"],
    noise: Number(options.noise),
  };
}

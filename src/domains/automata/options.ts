// The options of an automata run beyond the common ones, its named data sets, and what they mean together.

import { LabError } from "../../engine/errors";
import type { OptionTable, OptionValues } from "../../engine/options";
import { runOptionTable } from "../../engine/run/options";
import { dataSeedOption, datasetOf, mutationsOption } from "../../engine/run/sharedOptions";
import type { GeneratorSettings } from "./generate";
import type { Neighbours } from "./grid";
import { MAX_SIDE } from "./preparePicture";

const reset = { applies: "reset", unit: "", symbol: "" } as const;
const size = { ...reset, kind: "int", default: 0, min: 0, hardMin: 0, unit: "cells", advanced: true } as const;

const OWN: OptionTable = {
  neighbours: {
    ...reset,
    kind: "choice",
    default: "3",
    choices: ["3", "5"],
    symbol: "k",
    label: "Neighbours",
    help: "Cells that a rule looks at: 3 gives 256 rules, 5 gives 4 294 967 296. Data sets named hard always have 5.",
  },
  images: {
    ...reset,
    kind: "int",
    default: 0,
    min: 0,
    max: 5000,
    hardMin: 0,
    hardMax: 20000,
    unit: "pictures",
    symbol: "N",
    advanced: true,
    label: "Pictures",
    help: "Training pictures; 0 means as many as the data set has. A quarter as many more are held out.",
  },
  height: { ...size, max: 128, hardMax: MAX_SIDE, label: "Height", help: "Rows of a picture; 0 means the data set's." },
  width: {
    ...size,
    max: 128,
    hardMax: MAX_SIDE,
    label: "Width",
    help: "Columns of a picture; 0 means the data set's.",
  },
  epsilon: {
    ...reset,
    kind: "real",
    default: 0.02,
    min: 0,
    max: 0.2,
    hardMin: 0,
    hardMax: 0.5,
    symbol: "ε",
    label: "Noise in the data",
    help: "Share of cells that break their rule in the generated pictures: the value to be found.",
  },
  boundary: {
    ...reset,
    kind: "choice",
    default: "wrap",
    choices: ["wrap", "zero"],
    advanced: true,
    label: "Edges",
    help: "Wrap: the top row follows the bottom row. Zero: cells outside the picture are light.",
  },
  interestingOnly: {
    ...reset,
    kind: "flag",
    default: false,
    advanced: true,
    label: "Interesting rules only",
    help: "Leaves out rules whose picture repeats a column within 16 steps.",
  },
  dataSeed: dataSeedOption("Fixes the pictures whatever the run's seed; 0 means that the run's seed makes them.", 0),
  network: {
    ...reset,
    kind: "choice",
    default: "generic",
    choices: ["generic", "aligned"],
    advanced: true,
    label: "Recognition network",
    help: "Generic knows nothing of rules. Aligned has local detectors: surer on new pictures, slower per step.",
  },
  noiseLearningRate: {
    ...reset,
    kind: "real",
    default: 0.02,
    min: 0.0001,
    max: 0.1,
    hardMin: 0,
    hardMax: 100,
    scale: "log",
    applies: "live",
    advanced: true,
    label: "Learning rate of the noise",
    help: "Adam's step size for the noise level. At 0.001 the noise level lags far behind the rules.",
  },
  floor: {
    ...reset,
    kind: "real",
    default: 0,
    min: 0,
    max: 0.2,
    hardMin: 0,
    hardMax: 0.5,
    symbol: "δ",
    advanced: true,
    label: "Exploration floor",
    help: "Least probability of either value of a proposed bit; 0.02 keeps proposals varied.",
  },
  boundedLogits: {
    ...reset,
    kind: "real",
    default: 0,
    min: 0,
    max: 10,
    hardMin: 0,
    hardMax: 100,
    advanced: true,
    label: "Bounded logits",
    help: "Largest certainty of a proposed bit, as a logit; 0 means no bound.",
  },
  mutations: mutationsOption("rules with one bit flipped"),
  prior: {
    ...reset,
    kind: "choice",
    default: "bernoulli",
    choices: ["bernoulli", "lstm"],
    advanced: true,
    label: "Prior",
    help: "Bernoulli: one probability per bit. LSTM: each bit depends on those before it.",
  },
};

/** The full option table of automata, with its defaults: K = 10, mixed sleep, 1 500 steps, batch 20. */
export const OPTIONS: OptionTable = runOptionTable(OWN, {
  particles: 10,
  sleep: "mix",
  phi: "both",
  iterations: 1500,
  batch: 20,
});

type DatasetRecipe = { readonly images: number; readonly side: number; readonly neighbours: Neighbours | null };

/** Generators, not files: every picture follows from the seed. `neighbours` null leaves the option in charge. */
const DATASETS: Readonly<Record<string, DatasetRecipe>> = {
  live: { images: 100, side: 32, neighbours: null },
  "live-hard": { images: 100, side: 32, neighbours: 5 },
  standard: { images: 500, side: 64, neighbours: null },
  "standard-hard": { images: 500, side: 64, neighbours: 5 },
  full: { images: 5000, side: 64, neighbours: null },
  "full-hard": { images: 5000, side: 64, neighbours: 5 },
};

export const DEFAULT_DATASET = "live";

/** Name and one sentence for each data set. */
export const DATASET_LIST = Object.entries(DATASETS).map(([name, recipe]) => ({
  name,
  summary:
    `${recipe.images} generated pictures of ${recipe.side} by ${recipe.side} cells and ${recipe.images / 4} held out` +
    `${recipe.neighbours === 5 ? ", rules of five neighbours" : ""}.`,
}));

export type AutomataSettings = GeneratorSettings & {
  readonly dataset: string;
  readonly images: number;
  /** Pictures drawn in addition: 20 % of all. */
  readonly heldOut: number;
  readonly dataSeed: number;
  readonly network: "generic" | "aligned";
  readonly floor: number;
  readonly boundedLogits: number;
  readonly prior: "bernoulli" | "lstm";
};

/** k under these options: the data set's if it fixes one, else the option's. Never throws. */
export function neighboursOf(options: OptionValues): Neighbours {
  const name = String(options.dataset ?? "") || DEFAULT_DATASET;
  const fixed = Object.hasOwn(DATASETS, name) ? DATASETS[name]!.neighbours : undefined;
  return fixed ?? (Number(options.neighbours) === 5 ? 5 : 3);
}

/**
 * What the options mean together with the data set's own sizes.
 *
 * @param options a complete set of options
 * @throws LabError("unknown-name") for an unknown data set, LabError("option") for a picture smaller than 8 by 8
 */
export function settingsOf(options: OptionValues): AutomataSettings {
  const dataset = datasetOf(options, DATASETS, DEFAULT_DATASET);
  const recipe = DATASETS[dataset]!;
  const height = Number(options.height) || recipe.side;
  const width = Number(options.width) || recipe.side;
  for (const [side, value] of [["height", height] as const, ["width", width] as const]) {
    if (value >= 8) continue;
    const message = `${side} is "${value}"; allowed: 0 (the data set's) or a whole number from 8 to ${MAX_SIDE}.`;
    throw new LabError("option", { message, help: `Change ${side} and start again.` }, { name: side, given: value });
  }
  const images = Number(options.images) || recipe.images;
  return {
    dataset,
    images,
    heldOut: Math.max(1, Math.round(images / 4)),
    height,
    width,
    neighbours: neighboursOf(options),
    boundary: options.boundary === "zero" ? "zero" : "wrap",
    epsilon: Number(options.epsilon),
    interestingOnly: options.interestingOnly === true,
    dataSeed: Number(options.dataSeed),
    network: options.network === "aligned" ? "aligned" : "generic",
    floor: Number(options.floor),
    boundedLogits: Number(options.boundedLogits),
    prior: options.prior === "lstm" ? "lstm" : "bernoulli",
  };
}

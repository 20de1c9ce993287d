// The options of a strokes run beyond the common ones, its named data sets, and what they mean together.

import type { OptionTable, OptionValues } from "../../engine/options";
import { COMMON_OPTIONS, runOptionTable } from "../../engine/run/options";
import { dataSeedOption, datasetOf, evaluationSamplesOption, mutationsOption } from "../../engine/run/sharedOptions";
import { DATASETS, DEFAULT_DATASET } from "./datasets";
import { NUM_ALPHABETS } from "./images";
import { NUM_STROKES } from "./program";

const reset = { applies: "reset", unit: "", symbol: "" } as const;

const DATA: OptionTable = {
  images: {
    ...reset,
    kind: "int",
    default: 0,
    min: 0,
    max: 1000,
    hardMin: 0,
    hardMax: 30000,
    unit: "characters",
    symbol: "N",
    label: "Characters",
    help: "Pictures to learn from; 0 means as many as the data set has for this. More are held out, drawn by other hands.",
  },
  perAlphabet: {
    ...reset,
    kind: "int",
    default: 0,
    min: 0,
    max: 100,
    hardMin: 0,
    hardMax: 2000,
    unit: "characters",
    advanced: true,
    label: "Characters per alphabet",
    help: "The first so many pictures of every alphabet, as in the paper (10); 0 takes all that Characters allows.",
  },
  alphabets: {
    ...reset,
    kind: "int",
    default: 0,
    min: 0,
    max: NUM_ALPHABETS,
    hardMin: 0,
    hardMax: NUM_ALPHABETS,
    unit: "alphabets",
    advanced: true,
    label: "Alphabets",
    help: "The first so many alphabets of the data set; 0 means all.",
  },
  dataSeed: dataSeedOption(
    "Fixes generated characters whatever the run's seed; 0 means that the run's seed makes them.",
  ),
};

const MODEL: OptionTable = {
  size: {
    ...reset,
    kind: "choice",
    default: "small",
    choices: ["small", "paper"],
    unlisted: ["tiny"],
    titles: { small: "small (32 units)", paper: "the paper's (64 units)" },
    label: "Recognition network",
    help: "Size of the network that reads a picture and writes a program. The paper's is sixteen times the work of the small one.",
  },
  transforms: {
    ...reset,
    kind: "choice",
    default: "8",
    choices: ["1", "8", "40"],
    titles: { "1": "none", "8": "8 learned maps", "40": "40 learned maps (paper)" },
    symbol: "T",
    label: "Transforms",
    help: "Learned maps that bend a drawn character a little, mixed evenly: they forgive the hand its slant. The paper has 40.",
  },
  strokes: {
    ...reset,
    kind: "int",
    default: NUM_STROKES,
    min: 4,
    max: 64,
    hardMin: 2,
    hardMax: 256,
    unit: "strokes",
    symbol: "S",
    advanced: true,
    label: "Strokes in the bank",
    help: "How many different pen strokes all characters share. The paper has 64.",
  },
  conditional: {
    ...reset,
    kind: "flag",
    default: false,
    label: "Alphabet known",
    help: "Tells prior and recognition model which alphabet a character is from, so that each alphabet gets its own habits.",
  },
  bankLearningRate: {
    ...reset,
    kind: "real",
    default: 0.003,
    min: 0.0001,
    max: 0.1,
    hardMin: 0,
    hardMax: 100,
    scale: "log",
    applies: "live",
    advanced: true,
    label: "Learning rate of the bank",
    help: "Adam's step size for the strokes and the ink. The paper has 0.001 for everything, over 200 000 steps.",
  },
  mutations: mutationsOption("programs that are changed or whose end is written anew"),
  rewritten: {
    ...reset,
    kind: "real",
    default: 0.75,
    min: 0,
    max: 1,
    hardMin: 0,
    hardMax: 1,
    algorithms: ["mws"],
    advanced: true,
    isAid: true,
    label: "Rewritten mutations",
    help: "Share of the mutations whose end is written anew from the picture, about 8 ms each with 64 strokes; the others are two random changes and cost next to nothing.",
  },
  sleepFirst: {
    ...reset,
    kind: "int",
    default: 0,
    min: 0,
    max: 10000,
    hardMin: 0,
    hardMax: 1000000,
    unit: "steps",
    advanced: true,
    label: "Dreams first",
    help: "For so many steps only the recognition model learns, from dreams of the untrained strokes. They count as steps, not as evaluations. The paper has 10 000.",
  },
};

const EVALUATION: OptionTable = {
  evaluationImages: {
    ...reset,
    kind: "int",
    default: 20,
    min: 5,
    max: 100,
    hardMin: 1,
    hardMax: 10000,
    unit: "characters",
    advanced: true,
    label: "Characters evaluated",
    help: "Held-out characters, from the first, whose likelihood an evaluation estimates. More take longer.",
  },
  evaluationSamples: evaluationSamplesOption("character", "bits"),
};

const START: OptionTable = {
  algorithm: { ...COMMON_OPTIONS.algorithm, unlisted: ["pretraining"] },
  startFrom: {
    ...COMMON_OPTIONS.startFrom,
    choices: ["none", "pretrained", "trained"],
    titles: { ...COMMON_OPTIONS.startFrom.titles, pretrained: "pretrained on dreams" },
    help: "Untrained parameters, a bank with a recognition model pretrained on its dreams, or those of a trained model.",
  },
};

/** The full option table of strokes: K = 10, replay and dreams by halves, batch 20. */
export const OPTIONS: OptionTable = {
  ...runOptionTable({ ...DATA, ...MODEL, ...EVALUATION }, { sleep: "mix", phi: "both", iterations: 5000 }),
  ...START,
};

/** Channels of the four convolutions, the last of which is the embedding; units of the writer. */
export type NetworkSize = { readonly channels: readonly [number, number, number, number]; readonly hidden: number };

const SIZES: Readonly<Record<string, NetworkSize>> = {
  paper: { channels: [64, 128, 128, 64], hidden: 64 },
  small: { channels: [16, 32, 32, 16], hidden: 32 },
  // For tests: learns next to nothing.
  tiny: { channels: [4, 4, 4, 4], hidden: 8 },
};

export type StrokesSettings = {
  readonly dataset: string;
  readonly images: number;
  readonly perAlphabet: number;
  readonly alphabets: number;
  readonly dataSeed: number;
  readonly size: NetworkSize;
  /** Learned transforms; 0 for none. */
  readonly transforms: number;
  readonly strokes: number;
  readonly isConditional: boolean;
  readonly rewrittenShare: number;
};

/**
 * What the options mean together.
 *
 * @param options a complete set of options
 * @throws LabError("unknown-name") for an unknown data set
 */
export function settingsOf(options: OptionValues): StrokesSettings {
  const dataset = datasetOf(options, DATASETS, DEFAULT_DATASET);
  const transforms = Number(options.transforms);
  return {
    dataset,
    images: Number(options.images),
    perAlphabet: Number(options.perAlphabet),
    alphabets: Number(options.alphabets),
    dataSeed: Number(options.dataSeed) || Number(options.seed),
    size: SIZES[String(options.size)]!,
    transforms: transforms <= 1 ? 0 : transforms,
    strokes: Number(options.strokes),
    isConditional: options.conditional === true,
    rewrittenShare: Number(options.rewritten),
  };
}

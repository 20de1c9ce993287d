// The options of a blocks run beyond the common ones, and what they mean together.

import type { Shades } from "../../engine/kernels/cuboids/cuboidRenderer";
import type { OptionTable, OptionValues } from "../../engine/options";
import { HYBRID_OPTIONS, pathwiseLearningRateOption } from "../../engine/run/hybridOptions";
import { COMMON_OPTIONS, runOptionTable } from "../../engine/run/options";
import { dataSeedOption, datasetOf, evaluationSamplesOption, mutationsOption } from "../../engine/run/sharedOptions";
import { DATASETS, DEFAULT_DATASET } from "./datasets";
import type { EncoderSize } from "./encoder";
import { GRID_SIDE, NUM_TYPES } from "./program";
import type { DepthRule, SceneSettings } from "./scene";
import { SHADES, type Shading } from "./shades";

const reset = { applies: "reset", unit: "", symbol: "" } as const;

const DATA: OptionTable = {
  scenes: {
    ...reset,
    kind: "int",
    default: 100,
    min: 10,
    max: 1000,
    hardMin: 1,
    hardMax: 10000,
    unit: "scenes",
    symbol: "D",
    label: "Scenes",
    help: "Scenes to learn from; as many others are held out. The released code has 100, the paper says 10 000: then each is seen too rarely for a memory to help.",
  },
  resolution: {
    ...reset,
    kind: "choice",
    default: "32",
    choices: ["32", "64", "128"],
    unlisted: ["16"],
    titles: { "32": "32 x 32", "64": "64 x 64", "128": "128 x 128 (paper)" },
    unit: "pixels",
    symbol: "R",
    label: "Picture size",
    help: "Pixels of the pictures. The noise grows with it, so that a missed block costs the same; time grows with its square.",
  },
  shrink: {
    ...reset,
    kind: "real",
    default: 0.01,
    min: 0.01,
    max: 0.2,
    hardMin: 0,
    hardMax: 1,
    advanced: true,
    label: "Sideways freedom",
    help: "Share of the possible sideways room that a block uses. At 0.01, as in the reference, places are nearly fixed; at 0.2 finding them is real work.",
  },
  grid: {
    ...reset,
    kind: "int",
    default: GRID_SIDE,
    min: 1,
    max: 3,
    hardMin: 1,
    hardMax: 3,
    unit: "cells",
    advanced: true,
    label: "Grid side",
    help: "Cells of a side of the ground: 1 is a single tower, 2 the paper's four, 3 nine. Front towers hide those behind.",
  },
  dataSeed: dataSeedOption("Fixes the scenes whatever the run's seed; 0 means that the run's seed makes them."),
};

const MODEL: OptionTable = {
  types: {
    ...reset,
    kind: "int",
    default: NUM_TYPES,
    min: 2,
    max: 20,
    hardMin: 1,
    hardMax: 20,
    unit: "types",
    symbol: "P",
    label: "Block types",
    help: "Types that the model may learn. With more than the data has, duplicates and unused ones are normal.",
  },
  encoder: {
    ...reset,
    kind: "choice",
    default: "small",
    choices: ["small", "paper"],
    unlisted: ["tiny"],
    titles: { small: "small", paper: "the paper's" },
    label: "Recognition network",
    help: "Convolutions that read a picture. The paper's are fifteen times the work of the small ones at 32 pixels.",
  },
  typesLearningRate: {
    ...reset,
    kind: "real",
    default: 0.03,
    min: 0.0001,
    max: 0.1,
    hardMin: 0,
    hardMax: 100,
    scale: "log",
    applies: "live",
    label: "Learning rate of the types",
    help: "Adam's step size for sizes and colours. The paper has 0.001 for everything, which takes thousands of steps.",
  },
  pathwiseLearningRate: pathwiseLearningRateOption(
    0.0001,
    "Adam's step size of the recognition network under VIMCO and REINFORCE, which the paper gives a tenth of the others'.",
  ),
  depthRule: {
    ...reset,
    kind: "choice",
    default: "centred",
    choices: ["centred", "reference"],
    titles: { centred: "centred in its row", reference: "released code" },
    advanced: true,
    label: "Depth of a block",
    help: "Blocks stand in the middle of their row, or, as in the released code, further back the larger they are.",
  },
  shading: {
    ...reset,
    kind: "choice",
    default: "lab",
    choices: ["lab", "reference"],
    titles: { lab: "light from the front", reference: "flat (reference)" },
    advanced: true,
    label: "Shading",
    help: "Tops and sides of different brightness, or all faces alike as the published pictures show them.",
  },
  softness: {
    ...reset,
    kind: "real",
    default: 0,
    min: 0,
    max: 2,
    hardMin: 0,
    hardMax: 8,
    unit: "pixels",
    symbol: "\u03c3",
    advanced: true,
    label: "Edge softness",
    help: "How soft edges are: without it no gradient tells a block where to go. 0 means by size: 0.35 at 32, 0.5 at 64, 0.75 at 128.",
  },
  noise: {
    ...reset,
    kind: "real",
    default: 0,
    min: 0,
    max: 1,
    hardMin: 0,
    hardMax: 10,
    advanced: true,
    label: "Noise of a pixel",
    help: "Standard deviation that the likelihood gives a colour channel (0 to 1). 0 means picture size / 128, as the reference has at 128.",
  },
  mutations: { ...mutationsOption("scenes with one small change"), algorithms: ["hmws", "hmws-minus"] },
};

const EVALUATION: OptionTable = {
  evaluationScenes: {
    ...reset,
    kind: "int",
    default: 60,
    min: 10,
    max: 200,
    hardMin: 1,
    hardMax: 10000,
    unit: "scenes",
    advanced: true,
    label: "Scenes evaluated",
    help: "Scenes, from the first, that an evaluation looks at; as many held-out ones. More take longer.",
  },
  evaluationSamples: evaluationSamplesOption("scene", "nats"),
};

const OVER: OptionTable = {
  ...HYBRID_OPTIONS,
  learningRate: {
    ...COMMON_OPTIONS.learningRate,
    algorithms: ["hmws", "hmws-minus", "rws-plus", "rws"],
    help: "Adam's step size of the recognition network. Higher learns faster, then becomes unstable.",
  },
};

/** The full option table of blocks: K = M = N = 5, batch 5, lambda 0.5; names that occur twice mean the last. */
export const OPTIONS: OptionTable = {
  ...runOptionTable({ ...DATA, ...MODEL, ...EVALUATION }, { batch: 5, iterations: 5000 }),
  ...OVER,
};

/** sigma by picture size, pixels. Source: scenes specification, section 5.1. */
const SOFTNESS: Readonly<Record<number, number>> = { 16: 0.25, 32: 0.35, 64: 0.5, 128: 0.75 };
/** Side at which the likelihood's noise is 1. */
const UNIT_NOISE_SIDE = 128;

/** What the options mean together. */
export type BlocksSettings = SceneSettings & {
  readonly dataset: string;
  readonly scenes: number;
  readonly dataSeed: number;
  /** R */
  readonly side: number;
  readonly encoder: EncoderSize;
  /** P */
  readonly numTypes: number;
  readonly isCuboid: boolean;
  readonly isColored: boolean;
  /** Pixels. */
  readonly softness: number;
  /** Standard deviation of a colour channel. */
  readonly noise: number;
  readonly shades: Shades;
};

/**
 * What the options mean together. Colours are learned and blocks are cuboids where the data set says so.
 *
 * @param options a complete set of options
 * @throws LabError("unknown-name") for an unknown data set
 */
export function settingsOf(options: OptionValues): BlocksSettings {
  const dataset = datasetOf(options, DATASETS, DEFAULT_DATASET);
  const { isCuboid, isColored } = DATASETS[dataset]!;
  const side = Number(options.resolution);
  return {
    dataset,
    scenes: Number(options.scenes),
    dataSeed: Number(options.dataSeed) || Number(options.seed),
    side,
    gridSide: Number(options.grid),
    shrink: Number(options.shrink),
    // The casts: the table allows no other values.
    depthRule: options.depthRule as DepthRule,
    encoder: options.encoder as EncoderSize,
    numTypes: Number(options.types),
    isCuboid,
    isColored,
    softness: Number(options.softness) || SOFTNESS[side]!,
    noise: Number(options.noise) || side / UNIT_NOISE_SIDE,
    shades: SHADES[options.shading as Shading],
  };
}

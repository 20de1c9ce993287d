// Options of domains whose programs have continuous parts: what particles, memory and proposals mean there, lambda, dreams.
// Source: HMWS specification, sections 2, 3, 5 and 16.

import { HYBRID_ALGORITHMS } from "../algorithms/names";
import type { OptionSpec, OptionTable } from "../options";
import { COMMON_OPTIONS } from "./options";

const numeric = { unit: "", applies: "reset", symbol: "" } as const;
const WITH_MEMORY = ["hmws", "hmws-minus"];
const WITH_PROPOSALS = [...WITH_MEMORY, "rws-plus"];
const WITH_DREAMS = [...WITH_PROPOSALS, "rws"];

/** To be spread over runOptionTable's result, so that it takes the place of the common options of the same names. */
export const HYBRID_OPTIONS: OptionTable = {
  algorithm: {
    ...COMMON_OPTIONS.algorithm,
    default: "hmws",
    choices: HYBRID_ALGORITHMS,
    help: "How scores become gradients: with a memory of structures (HMWS, HMWS\u2212) or from fresh samples only.",
  },
  particles: {
    ...COMMON_OPTIONS.particles,
    default: 5,
    max: 10,
    hardMax: 100,
    help: "Draws of a structure's numbers. Without a memory K (M + N) whole programs are drawn: the same number of likelihoods.",
  },
  memory: {
    ...COMMON_OPTIONS.memory,
    max: 20,
    hardMax: 100,
    algorithms: HYBRID_ALGORITHMS,
    help: "Structures remembered per observation; 0 means as many as K. Algorithms without memory draw K more samples for each.",
  },
  proposals: {
    ...COMMON_OPTIONS.proposals,
    max: 20,
    hardMax: 100,
    symbol: "N",
    algorithms: HYBRID_ALGORITHMS,
    help: "Structures newly drawn from the recognition model per observation; 0 means as many as K.",
  },
  // lambda says it for all of them; these three belong to discrete programs.
  sleep: { ...COMMON_OPTIONS.sleep, algorithms: [] },
  phi: { ...COMMON_OPTIONS.phi, algorithms: [] },
  replayBy: { ...COMMON_OPTIONS.replayBy, algorithms: [] },
  lambda: {
    ...numeric,
    kind: "real",
    default: 0.5,
    min: 0,
    max: 1,
    hardMin: 0,
    hardMax: 1,
    applies: "live",
    label: "Replay share",
    symbol: "\u03bb",
    algorithms: WITH_DREAMS,
    help: "How much of what the recognition model learns comes from the data; the rest comes from dreams. 1: no dreams.",
  },
  dreams: {
    ...numeric,
    kind: "int",
    default: 0,
    min: 0,
    max: 250,
    hardMin: 0,
    hardMax: 10000,
    applies: "live",
    advanced: true,
    label: "Dreams",
    symbol: "F",
    algorithms: WITH_DREAMS,
    help: "Dreams per step; 0 means K for every observation of the batch. The released code gave RWS K (M + N) of them.",
  },
  discreteWeights: {
    ...numeric,
    kind: "choice",
    default: "omega",
    choices: ["omega", "released"],
    titles: { omega: "memory posterior \u03c9", released: "released code" },
    applies: "live",
    advanced: true,
    label: "Structure weights",
    algorithms: WITH_MEMORY,
    help: "What remembered structures teach with: their posterior, or the nearly equal numbers that the released code computes.",
  },
};

/**
 * `pathwiseLearningRate`: Adam's step size for the algorithms that differentiate through z_c, in the place of learningRate.
 *
 * @param initial default @param help how it compares with the others'
 */
export function pathwiseLearningRateOption(initial: number, help: string): OptionSpec {
  return {
    ...numeric,
    kind: "real",
    default: initial,
    min: 0.00001,
    max: 0.1,
    hardMin: 0,
    hardMax: 100,
    scale: "log",
    applies: "live",
    algorithms: ["vimco", "reinforce"],
    label: "Learning rate",
    help,
  };
}

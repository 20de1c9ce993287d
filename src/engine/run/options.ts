// The options that every run has, whatever its domain. Domains add theirs and may change defaults.
// Names are those of links, files and --set (design.md 5).

import { ALGORITHM_TITLES, DISCRETE_ALGORITHMS } from "../algorithms/names";
import type { OptionSpec, OptionTable, OptionValues } from "../options";

const numeric = { unit: "", applies: "reset", symbol: "" } as const;

export const COMMON_OPTIONS = {
  algorithm: {
    ...numeric,
    kind: "choice",
    default: "mws",
    choices: DISCRETE_ALGORITHMS,
    titles: ALGORITHM_TITLES,
    label: "Algorithm",
    help: "How scores become gradients: with a memory (MWS) or from fresh samples only.",
  },
  particles: {
    ...numeric,
    kind: "int",
    default: 10,
    min: 2,
    max: 100,
    hardMin: 1,
    hardMax: 1000,
    label: "Particles",
    symbol: "K",
    help: "Programs scored per observation and step. More particles: more proposals, slower steps.",
  },
  memory: {
    ...numeric,
    kind: "int",
    default: 0,
    min: 0,
    max: 50,
    hardMin: 0,
    hardMax: 500,
    label: "Memory",
    symbol: "M",
    algorithms: ["mws"],
    help: "Programs remembered per observation; 0 means half of K, rounded up.",
  },
  proposals: {
    ...numeric,
    kind: "int",
    default: 0,
    min: 0,
    max: 50,
    hardMin: 0,
    hardMax: 500,
    label: "Proposals",
    symbol: "R",
    algorithms: ["mws"],
    help: "Programs newly drawn from the recognition model per observation; 0 means half of K, rounded down.",
  },
  sleep: {
    ...numeric,
    kind: "choice",
    default: "replay",
    choices: ["replay", "fantasy", "mix"],
    applies: "live",
    label: "Sleep",
    algorithms: ["mws"],
    help: "What the recognition model learns from: remembered programs, dreams, or half of each.",
  },
  phi: {
    ...numeric,
    kind: "choice",
    default: "wake",
    choices: ["wake", "sleep", "both"],
    applies: "live",
    label: "Recognition update",
    algorithms: ["rws"],
    help: "What the recognition model learns from: weighted samples (wake), dreams (sleep), or half of each.",
  },
  replayBy: {
    ...numeric,
    kind: "choice",
    default: "sampled",
    choices: ["sampled", "weighted"],
    applies: "live",
    advanced: true,
    label: "Replay by",
    algorithms: ["mws"],
    help: "Learn from one program drawn by weight, or from all of them weighted (no sampling noise, same mean).",
  },
  learningRate: {
    ...numeric,
    kind: "real",
    default: 0.001,
    min: 0.00001,
    max: 0.1,
    hardMin: 0,
    hardMax: 100,
    scale: "log",
    applies: "live",
    label: "Learning rate",
    help: "Adam's step size for the networks and the prior. Higher learns faster, then becomes unstable.",
  },
  batch: {
    ...numeric,
    kind: "int",
    default: 20,
    min: 1,
    max: 100,
    hardMin: 1,
    hardMax: 1000,
    advanced: true,
    label: "Batch",
    symbol: "B",
    help: "Observations per step, drawn without repetition within an epoch.",
  },
  seed: {
    ...numeric,
    kind: "int",
    default: 1,
    min: 0,
    max: 2147483647,
    hardMin: 0,
    hardMax: 4294967295,
    label: "Seed",
    help: "The same seed gives the same numbers, at any speed.",
  },
  iterations: {
    ...numeric,
    kind: "int",
    default: 1500,
    min: 1,
    max: 50000,
    hardMin: 1,
    hardMax: 10000000,
    unit: "steps",
    applies: "live",
    label: "Stop after",
    help: "The run stops after this many steps.",
  },
  seconds: {
    ...numeric,
    kind: "real",
    default: 0,
    min: 0,
    max: 3600,
    hardMin: 0,
    hardMax: 1000000,
    unit: "s",
    applies: "live",
    advanced: true,
    label: "Time limit",
    help: "Stop after this much training time; 0 means no limit.",
  },
  patience: {
    ...numeric,
    kind: "int",
    default: 0,
    min: 0,
    max: 10000,
    hardMin: 0,
    hardMax: 10000000,
    unit: "steps",
    applies: "live",
    advanced: true,
    label: "Patience",
    help: "Stop when the bound has not improved for this many steps; 0 means never.",
  },
  evaluateEvery: {
    ...numeric,
    kind: "int",
    default: 100,
    min: 10,
    max: 10000,
    hardMin: 1,
    hardMax: 10000000,
    unit: "steps",
    advanced: true,
    label: "Evaluate every",
    help: "How often held-out data and exact answers are computed; not counted as training time.",
  },
  startFrom: {
    ...numeric,
    kind: "choice",
    default: "none",
    choices: ["none", "trained"],
    titles: { none: "untrained", trained: "trained model" },
    advanced: true,
    label: "Start from",
    help: "Untrained parameters, or those of a model that ships with the lab: a good state at once.",
  },
  dataset: {
    ...numeric,
    kind: "text",
    default: "",
    label: "Data set",
    advanced: true,
    help: "Name of a built-in data set; empty means the domain's default.",
  },
  backend: {
    ...numeric,
    kind: "choice",
    default: "auto",
    choices: ["auto", "webgpu", "wasm", "cpu"],
    advanced: true,
    label: "Backend",
    help: "Where the networks run. Auto takes the graphics device if there is a real one, else WebAssembly.",
  },
} as const satisfies OptionTable;

/** The common options with their types; a run's full options are these and the domain's. */
export type CommonOptions = {
  readonly algorithm: string;
  readonly particles: number;
  readonly memory: number;
  readonly proposals: number;
  readonly sleep: "replay" | "fantasy" | "mix";
  readonly phi: "wake" | "sleep" | "both";
  readonly replayBy: "sampled" | "weighted";
  /** Only where the domain offers it: proposals that are remembered programs with one small change. */
  readonly mutations?: number;
  /**
   * Only hybrid domains: the share of replay (or wake) in what phi learns, the rest from dreams; F dreams a step, 0 for
   * K * B; what remembered z_d teach q(z_d | x) with: omega_m, or the released code's nearly uniform numbers.
   */
  readonly lambda?: number;
  readonly dreams?: number;
  readonly discreteWeights?: "omega" | "released";
  /** Only where the domain offers it: steps at the beginning in which phi alone learns, from dreams (afterSleep.ts). */
  readonly sleepFirst?: number;
  readonly learningRate: number;
  readonly batch: number;
  readonly seed: number;
  readonly iterations: number;
  readonly seconds: number;
  readonly patience: number;
  readonly evaluateEvery: number;
  /** "pretrained" only where the domain offers it. */
  readonly startFrom: "none" | "trained" | "pretrained";
  readonly dataset: string;
  readonly backend: "auto" | "webgpu" | "wasm" | "cpu";
};
export type RunOptions = CommonOptions & OptionValues;

/** The table of a domain: the common options with the domain's defaults, then the domain's own. */
export function runOptionTable(own: OptionTable, defaults: OptionValues): OptionTable {
  const common: Record<string, OptionSpec> = {};
  for (const [name, spec] of Object.entries(COMMON_OPTIONS)) {
    const value = defaults[name];
    // The cast keeps the union member: only `default` changes, and domains give it the same type.
    common[name] = value === undefined ? spec : ({ ...spec, default: value } as OptionSpec);
  }
  return { ...common, ...own };
}

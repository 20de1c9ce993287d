// timeseries.json (HMWS specification 18) as far as its format is concerned. Reads the folder in LAB_FIXTURES, else the
// committed copy. Sections may be missing in another file of the format: tests go through what is there.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packProgram } from "../../src/domains/timeseries/program";

export type KernelVector = {
  expression: string;
  tokens: number[];
  postfix?: string;
  num_base_kernels?: number;
  param_range: number;
  /** [atoms, 16] */
  raw_params: number[][];
  /** Per atom its letter and its numbers: variance, period where it has one, squared length scale. */
  constrained?: [string, number[]][];
  /** [row, column, value] */
  covariance_noise_free?: [number, number, number][];
  diagonal_with_noise?: number;
  loglik?: number;
  length_penalised_loglik?: number;
  grad_constrained?: number[][];
  /** [atom, slot, value] */
  grad_raw_used_slots?: [number, number, number][];
  predictive?: Record<"reference" | "consistent", { index: number[]; mean: number[]; variance: number[] }>;
  grad_by_lag?: number[];
  inverse_first_column?: number[];
};
export type SequenceVector = {
  tokens: number[];
  length: number;
  max_length: number;
  /** [T, 12] eleven symbols and the end's logit */
  logits: number[][];
  logp_bernoulli_eos?: number;
  logp_bernoulli_eos_forced_last?: number;
  logp_softmax_eos?: number;
};
export type ParametersVector = {
  expression: string;
  mean: number[][];
  log_std: number[][];
  z: number[][];
  logp_all_slots?: number;
  logp_used_slots_only?: number;
};
type TimeseriesFile = {
  format?: string;
  grid?: { n: number; x_first: number; x_last: number; dx: number };
  vocabulary?: Record<string, number>;
  constants?: {
    noise_variance?: number;
    jitter?: number;
    length_penalty_per_symbol?: number;
    ill_formed_loglik?: number;
    centres?: { scale: number; lengthscale_sq: number; period: Record<string, number> };
  };
  tolerance?: Record<string, number>;
  signal?: number[];
  kernels?: KernelVector[];
  ill_formed?: string[];
  sequence_logprob?: SequenceVector[];
  params_logprob?: ParametersVector[];
  pcfg?: {
    rules?: Record<string, number>;
    string_probability?: Record<string, number>;
    length_probability_1_to_10?: number[];
    probability_length_at_most_10?: number;
    mean_length_given_at_most_10?: number;
    entropy_nats_given_at_most_10?: { value: number; monte_carlo_se: number };
  };
};

const folder = process.env["LAB_FIXTURES"] ?? join(import.meta.dirname, "../fixtures/reference");
// The cast names the documented format; every field that is used is checked for presence first.
export const timeseriesFile = JSON.parse(readFileSync(join(folder, "timeseries.json"), "utf8")) as TimeseriesFile;

const letters = ["W", "R", "1", "2", "3", "4", "C", "*", "+", "(", ")"];

/** Symbols of a string in the letters of the vocabulary. */
export const tokensOf = (expression: string): number[] => [...expression].map((letter) => letters.indexOf(letter));

/** The packed program of such a string. */
export const packed = (expression: string): Int32Array => packProgram(tokensOf(expression));

/** The sections of a file that has them, for describe.each. */
export const fileKernels: readonly KernelVector[] = timeseriesFile.kernels ?? [];

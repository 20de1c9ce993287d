// How the K evaluations of a step are split between remembering and proposing. Source: MWS spec 1.4.

import type { Model } from "../model";
import type { OptionValues } from "../options";
import type { CommonOptions } from "./options";

/**
 * M and R from the options: given ones win; else M = ceil(K/2), R = floor(K/2) (MWS spec 1.4).
 * Both are at least 1.
 */
export function memoryAndProposals(options: CommonOptions): { memorySize: number; numProposals: number } {
  const memorySize = options.memory || Math.max(1, Math.ceil(options.particles / 2));
  const numProposals = options.proposals || Math.max(1, Math.floor(options.particles / 2));
  return { memorySize, numProposals };
}

/**
 * The same for hybrid models, where K is the continuous draws per program: M = N = K unless given. An algorithm without
 * memory gets S = K (M + N) samples, so that all make the same number of likelihood evaluations. HMWS specification, 3.
 */
export function hybridBudget(options: CommonOptions): {
  readonly numDraws: number;
  readonly memorySize: number;
  readonly numProposals: number;
  readonly numSamples: number;
} {
  const numDraws = options.particles;
  const memorySize = options.memory || numDraws;
  const numProposals = options.proposals || numDraws;
  return { numDraws, memorySize, numProposals, numSamples: numDraws * (memorySize + numProposals) };
}

/** The budget of a run with this model: what a memory holds and takes in, and the samples of an algorithm without one. */
export function budgetOf(
  { hybrid }: Pick<Model, "hybrid">,
  options: CommonOptions,
): { readonly memorySize: number; readonly numProposals: number; readonly numSamples: number } {
  return hybrid ? hybridBudget(options) : { ...memoryAndProposals(options), numSamples: options.particles };
}

/** The same for options as tables and links hold them: `numSamples` is what an algorithm without memory draws. */
export function budgetOfValues(options: OptionValues): {
  readonly memorySize: number;
  readonly numProposals: number;
  readonly numSamples: number;
} {
  // The cast: a complete table's values are a run's options. Only hybrid domains offer lambda.
  const run = options as unknown as CommonOptions;
  if (run.lambda !== undefined) return hybridBudget(run);
  return { ...memoryAndProposals(run), numSamples: run.particles };
}

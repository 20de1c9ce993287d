// How the K evaluations of a step are split between remembering and proposing. Source: MWS spec 1.4.

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

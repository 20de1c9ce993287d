// The recognition loss of a step, where there is one: minus the weighted log q of the programs that phi learns from.

import type { Term } from "../model";

/**
 * Minus the sum of phi's term values, nats: a cross-entropy, positive is worse. NaN where a coefficient is negative
 * (VIMCO, REINFORCE) or a gradient goes through the samples: their surrogate is no loss and must not share an axis with one.
 * @param values per term, mean_b sum_k coefficient * log, as model.accumulate returns them
 */
export function phiLoss(terms: readonly Term[], values: ArrayLike<number>): number {
  let loss = 0;
  for (const [i, term] of terms.entries()) {
    if (term.target !== "phi") continue;
    if (term.isPathwise || term.coefficient.some((value) => value < 0)) return Number.NaN;
    loss -= values[i]!;
  }
  return loss;
}

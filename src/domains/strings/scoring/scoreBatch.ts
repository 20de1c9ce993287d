// Scores a slice of a batch in this thread: what every lane does, and what happens without lanes.

import type { EncodedStrings } from "../evaluator";
import type { StringsEvaluator } from "./createEvaluator";
import type { ScoreBatch } from "./laneMessages";

/** Number of (program, string) pairs of a batch. */
export function numPairs({ from, to }: ScoreBatch): number {
  let pairs = 0;
  for (let n = 0; n < from.length; n++) pairs += to[n]! - from[n]!;
  return pairs;
}

/** log p(strings | program) of the programs `first` to `last` - 1 of the batch, nats, into out[first..]. */
export function scoreSlice(
  evaluator: StringsEvaluator,
  strings: EncodedStrings,
  { tokens, from, to }: ScoreBatch,
  { first, last }: { readonly first: number; readonly last: number },
  out: Float64Array,
): void {
  const length = from.length === 0 ? 0 : tokens.length / from.length;
  for (let n = first; n < last; n++)
    out[n] = evaluator.logProb(tokens.subarray(n * length, (n + 1) * length), strings, from[n]!, to[n]!);
}

/** Programs `first` to `last` - 1 as a batch of their own, in arrays of their own. */
export function sliceBatch({ tokens, from, to }: ScoreBatch, first: number, last: number): ScoreBatch {
  const length = from.length === 0 ? 0 : tokens.length / from.length;
  return {
    tokens: tokens.slice(first * length, last * length),
    from: from.slice(first, last),
    to: to.slice(first, last),
  };
}

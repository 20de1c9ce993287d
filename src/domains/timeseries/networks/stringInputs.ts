// Strings as what an LSTM reads: one-hot symbols, shifted by one for the network that writes them, as they are for one that
// takes them in.

import type { RecurrentLanes } from "../../../engine/nn/recurrent";
import { NUM_SYMBOLS } from "../grammar/syntaxMask";
import type { StringLanes } from "../lanes";
import type { Floats } from "./floats";

export type Strings = Pick<StringLanes, "tokens" | "expressions" | "groups">;

/** Inputs of a writer: zeros, then each symbol but the last. Strings that are not wanted get length 0. */
export function shiftedLanes(
  strings: Strings,
  context: Float32Array | null,
  isWanted: (lane: number) => boolean,
  Numbers: Floats,
): RecurrentLanes {
  const lengths = Int32Array.from(strings.expressions, ({ length }, lane) => (isWanted(lane) ? length : 0));
  return { ...oneHot(strings, 1, Numbers), lengths, context, groups: strings.groups };
}

/** Inputs of a reader: the symbols. */
export function plainLanes(strings: Strings, Numbers: Floats): RecurrentLanes {
  const lengths = Int32Array.from(strings.expressions, ({ length }) => length);
  return { ...oneHot(strings, 0, Numbers), lengths, context: null, groups: strings.groups };
}

/** Symbol t - shift at step t. */
function oneHot({ expressions }: Strings, shift: number, Numbers: Floats): Pick<RecurrentLanes, "steps" | "inputs"> {
  const steps = expressions.reduce((most, { length }) => Math.max(most, length), 1);
  const inputs = new Numbers(expressions.length * steps * NUM_SYMBOLS);
  for (const [lane, { symbols }] of expressions.entries()) {
    for (let t = shift; t < symbols.length; t++) inputs[(lane * steps + t) * NUM_SYMBOLS + symbols[t - shift]!] = 1;
  }
  return { steps, inputs };
}

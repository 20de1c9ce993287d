// The syntax mask of generated programs as an automaton over (bracket depth, kind of the last token).
// Source: strings specification, section 2, "Syntax mask for generation".

import type { TokenGrammar } from "../../engine/nn/sequence";
import { CLOSE, END, MAX_DEPTH, MAX_TOKENS, NUM_TOKENS, OPEN, OPTIONAL, OR, PLUS, STAR } from "./tokens";

const KINDS = ["open", "atom", "post"] as const;
type Kind = (typeof KINDS)[number];

/** Programs of at most `maxLength` tokens, the end included, with brackets at most `maxDepth` deep. maxLength >= 2. */
export function programGrammar(maxLength = MAX_TOKENS, maxDepth = MAX_DEPTH): TokenGrammar {
  const final = 3 * (maxDepth + 1);
  const states = final + 1;
  const state = (depth: number, kind: Kind) => 3 * depth + KINDS.indexOf(kind);
  const next = new Int16Array(states * NUM_TOKENS).fill(-1);
  const need = new Uint8Array(states);
  for (let depth = 0; depth <= maxDepth; depth++) {
    for (const kind of KINDS) {
      const from = state(depth, kind);
      const go = (token: number, to: number) => {
        next[from * NUM_TOKENS + token] = to;
      };
      need[from] = depth + (kind === "open" ? 1 : 0) + 1;
      for (let token = 0; token < STAR; token++) go(token, state(depth, "atom"));
      if (depth < maxDepth) go(OPEN, state(depth + 1, "open"));
      if (kind === "atom") for (const token of [STAR, PLUS, OPTIONAL]) go(token, state(depth, "post"));
      if (kind !== "open") go(OR, state(depth, "open"));
      if (kind !== "open" && depth > 0) go(CLOSE, state(depth - 1, "atom"));
      if (kind !== "open" && depth === 0) go(END, final);
    }
  }
  return { tokens: NUM_TOKENS, end: END, maxLength, states, next, need };
}

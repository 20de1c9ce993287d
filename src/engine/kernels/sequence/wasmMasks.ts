// The distinct sets of allowed tokens of a grammar in wasm memory: most states allow the same tokens for most lengths.

import type { SequenceSpec } from "../../nn/sequence";
import { allocate, writeWords } from "../assembly/jobs";
import type { Kernels } from "../assembly/module";
import { paddedTo8 } from "../network/wasmTensor";
import { nextState } from "./calls";

export type Masks = {
  /** Address of rows of paddedTo8(V) words, all ones where a token is allowed. */
  readonly rows: number;
  /** Address of float64: the floor's share of one allowed token. */
  readonly shares: number;
  /** [S, L + 1] the mask of a state with that many tokens left. */
  readonly ids: Uint16Array;
};

export function writeMasks(kernels: Kernels, { grammar, floor }: SequenceSpec): Masks {
  const { states, tokens, maxLength } = grammar;
  const columns = paddedTo8(tokens);
  const known = new Map<string, number>();
  const ids = new Uint16Array(states * (maxLength + 1));
  const rows: number[] = [];
  const shares: number[] = [];
  for (let state = 0; state < states; state++) {
    for (let left = 1; left <= maxLength; left++) {
      const isAllowed = Array.from({ length: columns }, (_, token) =>
        token < tokens && nextState(grammar, state, token, left) >= 0 ? 1 : 0,
      );
      const key = isAllowed.join("");
      const id = known.get(key) ?? known.size;
      ids[state * (maxLength + 1) + left] = id;
      if (known.has(key)) continue;
      known.set(key, id);
      const numAllowed = isAllowed.filter((allowed) => allowed === 1).length;
      rows.push(...isAllowed.map((allowed) => (allowed ? 0xffffffff : 0)));
      shares.push(numAllowed > 0 ? floor / numAllowed : 0);
    }
  }
  const sharesAt = allocate(kernels, 2 * shares.length);
  new Float64Array(kernels.memory.buffer, sharesAt, shares.length).set(shares);
  return { rows: writeWords(kernels, rows), shares: sharesAt, ids };
}

// Small sequence networks, grammars and texts for the kernel tests.

import type { SequenceSpec, Texts, TokenGrammar } from "../../src/engine/nn/sequence";
import { Rng } from "../../src/engine/rng/rng";

const [STAR, OPEN, CLOSE, END] = [2, 3, 4, 5] as const;

/** Atoms 0 and 1, postfix 2, one level of brackets 3 and 4, end 5: small enough to list its whole language. */
export function tinyGrammar(maxLength: number): TokenGrammar {
  // States: nothing yet, after an atom, after a postfix; the same three inside the brackets; finished.
  const rows: readonly Readonly<Record<number, number>>[] = [
    { 0: 1, 1: 1, [OPEN]: 3 },
    { 0: 1, 1: 1, [STAR]: 2, [OPEN]: 3, [END]: 6 },
    { 0: 1, 1: 1, [OPEN]: 3, [END]: 6 },
    { 0: 4, 1: 4 },
    { 0: 4, 1: 4, [STAR]: 5, [CLOSE]: 1 },
    { 0: 4, 1: 4, [CLOSE]: 1 },
    {},
  ];
  const next = new Int16Array(rows.length * 6).fill(-1);
  for (const [state, row] of rows.entries()) {
    for (const [token, to] of Object.entries(row)) next[state * 6 + Number(token)] = to;
  }
  return { tokens: 6, end: END, maxLength, states: 7, next, need: Uint8Array.from([2, 1, 1, 3, 2, 2, 0]) };
}

/** Every sequence that the grammar allows, [N, L] flat. */
export function languageOf(grammar: TokenGrammar): Int32Array {
  const all: number[] = [];
  const grow = (prefix: readonly number[], state: number) => {
    for (let token = 0; token < grammar.tokens; token++) {
      const to = grammar.next[state * grammar.tokens + token]!;
      const left = grammar.maxLength - prefix.length;
      if (to < 0 || left - 1 < grammar.need[to]!) continue;
      const longer = [...prefix, token];
      if (token !== grammar.end) grow(longer, to);
      else all.push(...longer, ...new Array<number>(grammar.maxLength - longer.length).fill(grammar.end));
    }
  };
  grow([], 0);
  return Int32Array.from(all);
}

/** `count` different lanes, [count, L], spread over the language. */
export function someLanes(grammar: TokenGrammar, count: number): Int32Array {
  const language = languageOf(grammar);
  const length = grammar.maxLength;
  const stride = Math.floor(language.length / length / count);
  const lanes = Array.from({ length: count }, (_, n) =>
    language.subarray(n * stride * length, (n * stride + 1) * length),
  );
  return Int32Array.from(lanes.flatMap((lane) => [...lane]));
}

/** A network with awkward output biases. `given` replaces what it names. */
export function tinySpec(given: Partial<SequenceSpec> = {}): SequenceSpec {
  const grammar = given.grammar ?? tinyGrammar(6);
  const outputBias = Float64Array.from({ length: grammar.tokens }, (_, v) => 0.3 * Math.sin(v));
  return { name: "tiny", hidden: 8, embedding: 8, reader: { symbols: 5 }, floor: 0, outputBias, ...given, grammar };
}

/** Groups with the given numbers of texts; texts of 1 to `longest` symbols, the last symbol ends each. */
export function someTexts(seed: number, counts: readonly number[], symbols = 5, longest = 4): Texts {
  const rng = new Rng(seed);
  const all: number[] = [];
  const textOffsets = [0];
  const groupOffsets = [0];
  for (const count of counts) {
    for (let text = 0; text < count; text++) {
      for (let i = rng.int(longest); i > 0; i--) all.push(rng.int(symbols - 1));
      all.push(symbols - 1);
      textOffsets.push(all.length);
    }
    groupOffsets.push(textOffsets.length - 1);
  }
  return {
    symbols: Uint8Array.from(all),
    textOffsets: Int32Array.from(textOffsets),
    groupOffsets: Int32Array.from(groupOffsets),
  };
}

/** Weights large enough that every part matters. */
export function lively(count: number, seed: number): Float32Array {
  const rng = new Rng(seed);
  return Float32Array.from({ length: count }, () => 0.4 * rng.normal());
}

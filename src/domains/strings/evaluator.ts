// What scores strings under programs: the interface of the exact evaluator p(x | z), a sum over all derivations.
// Source: strings specification, sections 3 to 5. Implemented in scoring/; light enough for the page.

import type { Rng } from "../../engine/rng/rng";

/** The learnable numbers of the evaluator in block order: 108 logits. */
export const PHI_LAYOUT = {
  starStop: 0,
  plusStop: 1,
  optKeep: 2,
  altLeft: 3,
  /** Softmax blocks: first index and size. */
  d: { from: 4, size: 10 },
  u: { from: 14, size: 26 },
  l: { from: 40, size: 26 },
  s: { from: 66, size: 2 },
  p: { from: 68, size: 32 },
  mixW: { from: 100, size: 3 },
  mixDot: { from: 103, size: 5 },
  size: 108,
} as const;

/** Programs are token ids up to END or the end of the array; an id from LITERAL_BASE on is the literal id - LITERAL_BASE. */
export const LITERAL_BASE = 1000;

/** Strings encoded once: symbol ids, LITERAL_BASE + code point for what lies outside Sigma. */
export type EncodedStrings = {
  readonly symbols: Int32Array;
  /** [count + 1] */
  readonly offsets: Int32Array;
};

/** The best single derivation of a string: its log probability and the atom (0-based, left to right) of each symbol. */
export type Derivation = { readonly logProb: number; readonly atoms: Int32Array };

export interface Evaluator {
  /** Takes new logits [108]; compiled topologies are kept. */
  setLogits(logits: ArrayLike<number>): void;
  /**
   * Sum over strings `from` to `to` of log p(string | program), nats; -Infinity as soon as one is impossible.
   * Never throws for a well-formed program.
   */
  logProb(program: ArrayLike<number>, strings: EncodedStrings, from: number, to: number): number;
  /** The best derivation of one string, null where the program cannot make it. */
  derive(program: ArrayLike<number>, strings: EncodedStrings, index: number): Derivation | null;
  /**
   * Adds weight * d logProb / d logits to `gradient` [108] (ascent direction).
   * @returns logProb of the strings; nothing is added where it is -Infinity
   */
  addGradient(
    program: ArrayLike<number>,
    strings: EncodedStrings,
    from: number,
    to: number,
    weight: number,
    gradient: Float64Array,
  ): number;
  /** A string of the program, redrawn while it is longer than `maxSymbols` (40); `redraws` counts those. */
  sample(
    program: ArrayLike<number>,
    rng: Rng,
    maxSymbols?: number,
  ): { readonly text: string; readonly redraws: number };
}

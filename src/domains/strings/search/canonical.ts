// Candidates of the local search as packed programs: allowed by the syntax mask and without redundant brackets, so that
// programs that differ by nothing but those are one candidate.

import { programGrammar } from "../grammar";
import { mergeEquivalent } from "../program";
import { numTokens } from "../syntax";
import { END, MAX_TOKENS, NUM_TOKENS, OPEN } from "../tokens";

const GRAMMAR = programGrammar();

/** Token ids without the end token and what follows it. */
export function writtenTokens(program: ArrayLike<number>): number[] {
  return Array.from({ length: numTokens(program) }, (_, i) => program[i]!);
}

/** Token ids as a packed program [MAX_TOKENS] in canonical form; null where the networks could not write them. */
export function canonicalProgram(tokens: readonly number[]): Int32Array | null {
  if (!isAllowed(tokens)) return null;
  const program = new Int32Array(MAX_TOKENS).fill(END);
  program.set(tokens);
  return tokens.includes(OPEN) ? mergeEquivalent(program) : program;
}

function isAllowed(tokens: readonly number[]): boolean {
  if (tokens.length >= MAX_TOKENS) return false;
  let state = 0;
  for (const token of tokens) {
    state = token < END ? GRAMMAR.next[state * NUM_TOKENS + token]! : -1;
    if (state < 0) return false;
  }
  return GRAMMAR.next[state * NUM_TOKENS + END]! >= 0;
}

/** A short text that is equal for equal programs only: what sets and maps of candidates are keyed by. */
export function candidateKey(program: ArrayLike<number>): string {
  return String.fromCharCode(...writtenTokens(program));
}

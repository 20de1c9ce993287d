// Programs of the strings domain for property tests: well-formed by construction, or drawn under the syntax mask.

import fc from "fast-check";
import { LITERAL_BASE } from "../../src/domains/strings/evaluator";
import { programGrammar } from "../../src/domains/strings/grammar";
import { PROGRAM_LENGTH, packTokens } from "../../src/domains/strings/program";
import { CLOSE, END, NUM_TOKENS, OPEN, OPTIONAL, OR, PLUS, STAR } from "../../src/domains/strings/tokens";
import type { Rng } from "../../src/engine/rng/rng";

/**
 * Packed programs over the given atoms, stacked postfix operators and redundant brackets included; shrinks to single atoms.
 * Programs that do not fit are left out.
 */
export function programs(atoms: readonly number[]): fc.Arbitrary<Int32Array> {
  const tree = fc.letrec<{ alternation: number[]; sequence: number[]; repeat: number[]; atom: number[] }>((tie) => ({
    alternation: fc.oneof(
      { maxDepth: 4, depthIdentifier: "program" },
      tie("sequence"),
      fc.tuple(tie("sequence"), tie("alternation")).map(([left, right]) => [...left, OR, ...right]),
    ),
    sequence: fc
      .array(tie("repeat"), { minLength: 1, maxLength: 4, depthIdentifier: "program" })
      .map((parts) => parts.flat()),
    repeat: fc
      .tuple(tie("atom"), fc.array(fc.constantFrom(STAR, PLUS, OPTIONAL), { maxLength: 2 }))
      .map(([atom, postfix]) => [...atom, ...postfix]),
    atom: fc.oneof(
      { maxDepth: 4, depthIdentifier: "program" },
      fc.constantFrom(...atoms).map((atom) => [atom]),
      tie("alternation").map((inner) => [OPEN, ...inner, CLOSE]),
    ),
  }));
  return tree.alternation.filter((tokens) => tokens.length < PROGRAM_LENGTH).map(packTokens);
}

const grammar = programGrammar();

/** A program drawn token by token under the syntax mask, every allowed group of tokens as likely as the next. */
export function maskedProgram(rng: Rng, atoms: readonly number[]): Int32Array {
  const tokens: number[] = [];
  let state = 0;
  while (tokens.length < grammar.maxLength) {
    const left = grammar.maxLength - tokens.length;
    const candidates = [atoms[rng.int(atoms.length)]!, STAR, PLUS, OPTIONAL, OR, OPEN, CLOSE, END];
    const token = candidates[rng.int(candidates.length)]!;
    // A literal outside Sigma stands where any literal does.
    const next = grammar.next[state * NUM_TOKENS + (token >= LITERAL_BASE ? 0 : token)]!;
    if (next < 0 || left - 1 < grammar.need[next]!) continue;
    tokens.push(token);
    if (token === END) break;
    state = next;
  }
  return packTokens(tokens);
}

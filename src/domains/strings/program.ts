// The latent program: token ids in an Int32Array of MAX_TOKENS, padded with END; its key, and what drops brackets that
// change nothing. Equal programs have equal integers: distinctness is by token sequence (strings specification, section 9).

import {
  ALT,
  ATOM,
  CAT,
  NodeTable,
  numTokens,
  OPT_NODE,
  PLUS_NODE,
  readNodes,
  STAR_NODE,
  type SyntaxProblem,
} from "./syntax";
import { CLOSE, END, MAX_TOKENS, OPEN, OPTIONAL, OR, PLUS, STAR } from "./tokens";

/** Integers per program. */
export const PROGRAM_LENGTH = MAX_TOKENS;

/** Tokens padded with END to a packed program. @throws RangeError if they do not fit with an end token. */
export function packTokens(tokens: ArrayLike<number>): Int32Array {
  const length = numTokens(tokens);
  if (length >= PROGRAM_LENGTH)
    throw new RangeError(`invalid program: ${length} tokens (at most ${PROGRAM_LENGTH - 1})`);
  const program = new Int32Array(PROGRAM_LENGTH).fill(END);
  for (let t = 0; t < length; t++) program[t] = tokens[t]!;
  return program;
}

/** Equal for equal token sequences only. */
export function programKey(program: ArrayLike<number>): string {
  let key = "";
  for (let t = 0, length = numTokens(program); t < length; t++) key += `${program[t]},`;
  return key;
}

/** Tokens of a program, the end included. */
export function programSize(program: ArrayLike<number>): number {
  return numTokens(program) + 1;
}

/** The program's nodes in a table of its own. @throws RangeError for tokens that are no program. */
export function nodesOf(program: ArrayLike<number>): NodeTable {
  const nodes = new NodeTable();
  const problem = readNodes(program, numTokens(program), nodes);
  if (problem) throw notAProgram(problem);
  return nodes;
}

/** The error of code that passes tokens that are no program. */
export function notAProgram({ kind, token }: SyntaxProblem): RangeError {
  return new RangeError(`invalid program: ${kind} at token ${token} (expected a well-formed token sequence)`);
}

const OPERATOR_TOKEN: Readonly<Record<number, number>> = { [OPT_NODE]: OPTIONAL, [STAR_NODE]: STAR, [PLUS_NODE]: PLUS };

/**
 * The same distribution over strings with as few brackets as that takes: `(a)` is `a`, `a(bc)` is `abc`, `a|(b|c)` is
 * `a|b|c`. Brackets between two postfix operators stay (or come, as in `(a*)*` for `a**`), because networks write them so.
 * @returns tokens in an array as long as `program`; a copy of it where the result would be longer
 * @throws RangeError for tokens that are no program
 */
export function mergeEquivalent(program: ArrayLike<number>): Int32Array {
  const nodes = nodesOf(program);
  const tokens: number[] = [];
  // Nodes to write as themselves, tokens as their complement.
  const todo = [nodes.count - 1];
  const inBrackets = (node: number, needed: boolean) => {
    if (needed) todo.push(~CLOSE, node, ~OPEN);
    else todo.push(node);
  };
  while (todo.length > 0) {
    const next = todo.pop()!;
    if (next < 0) {
      tokens.push(~next);
      continue;
    }
    const op = nodes.op[next]!;
    if (op === ATOM) {
      tokens.push(program[nodes.left[next]!]!);
    } else if (op === CAT || op === ALT) {
      const right = nodes.right[next]!;
      inBrackets(right, op === CAT && nodes.op[right] === ALT);
      if (op === ALT) todo.push(~OR);
      inBrackets(nodes.left[next]!, nodes.op[nodes.left[next]!] === ALT);
    } else {
      todo.push(~OPERATOR_TOKEN[op]!);
      inBrackets(nodes.left[next]!, nodes.op[nodes.left[next]!] !== ATOM);
    }
  }
  const merged = new Int32Array(program.length).fill(END);
  if (tokens.length > merged.length) return Int32Array.from(program);
  merged.set(tokens);
  return merged;
}

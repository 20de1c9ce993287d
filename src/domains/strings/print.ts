// Program text: literals as themselves, classes and escaped literals after a backslash. One text per token sequence.
// Source: strings specification, section 1, "text form".

import { LITERAL_BASE } from "./evaluator";
import { numTokens } from "./syntax";
import { CLASS_NAMES, FIRST_CLASS, SIGMA, STAR } from "./tokens";

/** What needs a backslash to be a literal. */
export const ESCAPED = ".*+?|()\\";
const OPERATORS = "*+?|()";

/** Code point that a literal token stands for; undefined for every other token. */
export function literalOf(token: number): number | undefined {
  if (token >= LITERAL_BASE) return token - LITERAL_BASE;
  return token >= 0 && token < FIRST_CLASS ? SIGMA[token]?.codePointAt(0) : undefined;
}

/** Text of one token: "a", "\\.", "\\t", "\\d", ".", "*". The end is "". */
export function printToken(token: number): string {
  const codePoint = literalOf(token);
  if (codePoint !== undefined) {
    if (codePoint === 9) return "\\t";
    const character = String.fromCodePoint(codePoint);
    return ESCAPED.includes(character) ? `\\${character}` : character;
  }
  const className = token < STAR ? CLASS_NAMES[token - FIRST_CLASS] : undefined;
  if (className !== undefined) return className === "dot" ? "." : `\\${className}`;
  return OPERATORS[token - STAR] ?? "";
}

/** The text of a program: what comes before its end token. */
export function printProgram(program: ArrayLike<number>): string {
  let text = "";
  for (let t = 0, length = numTokens(program); t < length; t++) text += printToken(program[t]!);
  return text;
}

/** Where each token starts in the printed text, in code points; one entry more than tokens, the length of the text. */
export function tokenStarts(program: ArrayLike<number>): Int32Array {
  const length = numTokens(program);
  const starts = new Int32Array(length + 1);
  for (let t = 0; t < length; t++) starts[t + 1] = starts[t]! + [...printToken(program[t]!)].length;
  return starts;
}

// Text to expressions, with the place of what is wrong. Takes the printed names in any case, the letters of the
// vocabulary (W, R, 1 to 4), subscripts and signs that people paste: PER_2, PER₂, ×, ·.

import type { OptionValues } from "../../engine/options";
import { readSymbols } from "./grammar/parser";
import { NAMES } from "./print";
import { MOST_SYMBOLS, packProgram, SYMBOLS } from "./program";

type Parsed = { ok: true; program: Int32Array } | { ok: false; message: string };
type Token = {
  readonly symbol: number /** 0-based place of its first character. */;
  readonly at: number;
  readonly text: string;
};

const ALLOWED = "WN, SE, PER1 to PER4, C, *, + and brackets";
const KERNEL = "a kernel (WN, SE, PER1 to PER4 or C)";
const SUBSCRIPTS = "₁₂₃₄";
/** A name, a letter of the vocabulary, another word, a digit, or one sign. What has no symbol is told apart later. */
const PIECE = /\s*(?:(PER[ _]?[₁₂₃₄\d]+|(?:WN|SE)(?![a-z])|[WRC](?=[WRC]*(?![a-z]))|[a-z]+|\d)|(\S))/giuy;

/**
 * The inverse of printProgram, or one sentence that says what is wrong at which character. Strings that are no expression
 * are programs only where the syntax mask is off (option `syntaxMask`).
 */
export function parseProgram(text: string, options: OptionValues = {}): Parsed {
  const tokens: Token[] = [];
  PIECE.lastIndex = 0;
  for (;;) {
    const match = PIECE.exec(text);
    if (match === null) break;
    const piece = match[1] ?? match[2]!;
    const at = match.index + match[0].length - piece.length;
    const symbol = symbolOf(piece);
    if (symbol < 0) return fail(at, `"${piece}" is no symbol of an expression; allowed: ${ALLOWED}.`);
    tokens.push({ symbol, at, text: piece });
  }
  if (tokens.length === 0) return { ok: false, message: `The expression is empty; allowed: ${ALLOWED}.` };
  if (tokens.length > MOST_SYMBOLS) {
    const most = `an expression has at most ${MOST_SYMBOLS} symbols, brackets included; this one has ${tokens.length}.`;
    return fail(tokens[MOST_SYMBOLS]!.at, most);
  }
  const symbols = tokens.map((token) => token.symbol);
  const reading = readSymbols(symbols);
  if (reading.ok || options.syntaxMask === false) return { ok: true, program: packProgram(symbols) };
  return explainFailure(tokens, reading, text.trimEnd().length);
}

/** Symbol of a piece of text, -1 for none. */
function symbolOf(piece: string): number {
  const plain = piece.toUpperCase().replace(/[₁₂₃₄]/gu, (sign) => String(1 + SUBSCRIPTS.indexOf(sign)));
  if (/[×·∗⋅]/u.test(plain)) return SYMBOLS.indexOf("*");
  const name = plain.replace(/^PER[ _]/, "PER");
  const index = (NAMES as readonly string[]).indexOf(name);
  return index >= 0 ? index : (SYMBOLS as readonly string[]).indexOf(name);
}

function explainFailure(
  tokens: readonly Token[],
  { at, expected, open }: { readonly at: number; readonly expected: string; readonly open: number },
  end: number,
): Parsed {
  const found = tokens[at];
  const what = found ? `not "${found.text}"` : "but the expression ends";
  const place = found?.at ?? end;
  if (expected === "operand") return fail(place, `here must stand ${KERNEL} or an opening bracket, ${what}.`);
  if (expected === "close") {
    return fail(place, `here must stand *, + or the closing bracket for character ${tokens[open]!.at + 1}, ${what}.`);
  }
  return fail(place, found?.text === ")" ? "this bracket closes nothing." : `here must stand * or +, ${what}.`);
}

function fail(at: number, sentence: string): Parsed {
  return { ok: false, message: `Character ${at + 1}: ${sentence}` };
}

// Strings as symbol ids, by code point: encoded once, scored often.

import { type EncodedStrings, LITERAL_BASE } from "../evaluator";
import { OUTSIDE, SIGMA, symbolOf } from "../tokens";

/** Symbol ids of Sigma, LITERAL_BASE + code point for everything else (lone surrogates included). */
export function encodeStrings(strings: readonly string[]): EncodedStrings {
  const symbols: number[] = [];
  const offsets = new Int32Array(strings.length + 1);
  for (const [i, text] of strings.entries()) {
    for (const character of text) {
      const codePoint = character.codePointAt(0) ?? 0;
      const symbol = symbolOf(codePoint);
      symbols.push(symbol === OUTSIDE ? LITERAL_BASE + codePoint : symbol);
    }
    offsets[i + 1] = symbols.length;
  }
  return { symbols: Int32Array.from(symbols), offsets };
}

/** The text of symbols `from` to `to`: the inverse of encodeStrings. */
export function decodeSymbols(symbols: ArrayLike<number>, from: number, to: number): string {
  let text = "";
  for (let i = from; i < to; i++) {
    const symbol = symbols[i]!;
    text += symbol >= LITERAL_BASE ? String.fromCodePoint(symbol - LITERAL_BASE) : (SIGMA[symbol] ?? "");
  }
  return text;
}

// All expressions up to a length, for sums over programs.

import { NUM_SYMBOLS, STOP, SYNTAX_MASK } from "./grammar/syntaxMask";
import { MOST_SYMBOLS, packProgram } from "./program";

/** Every well-formed packed program of at most `mostSymbols` symbols: 7, 112, 1785 for 1, 3, 5. */
export function enumerateExpressions(mostSymbols: number): Int32Array[] {
  const found: Int32Array[] = [];
  const symbols: number[] = [];
  const walk = (state: number): void => {
    if (SYNTAX_MASK.stop[state] !== STOP.forbidden) found.push(packProgram(symbols));
    if (symbols.length === Math.min(mostSymbols, MOST_SYMBOLS)) return;
    for (let symbol = 0; symbol < NUM_SYMBOLS; symbol++) {
      const next = SYNTAX_MASK.next[state * NUM_SYMBOLS + symbol]!;
      if (next < 0) continue;
      symbols.push(symbol);
      walk(next);
      symbols.pop();
    }
  };
  walk(SYNTAX_MASK.start);
  return found;
}

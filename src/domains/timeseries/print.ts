// Expressions as text: "(SE + PER2) * WN". Plain ASCII, parsed back by parse.ts. Ill-formed strings are printed alike.

import { PARAMETER } from "./parameters";
import { isAtom, SYMBOL, symbolsOf } from "./program";

/** Printed name of each symbol. */
export const NAMES = ["WN", "SE", "PER1", "PER2", "PER3", "PER4", "C", "*", "+", "(", ")"] as const;

/** The canonical text of a packed program. */
export const printProgram = (program: ArrayLike<number>): string => printSymbols(symbolsOf(program));

/** The canonical text of symbols: one space between them, none inside brackets. */
export const printSymbols = (symbols: readonly number[]): string => join(symbols, (symbol) => NAMES[symbol]!);

/**
 * The text with each kernel's numbers, two decimals: "SE(0.50, 0.50) + WN(0.49)": variance, then period, then squared
 * length scale, as far as a kernel has them.
 *
 * @param parameters [MOST_ATOMS, 3] variance, squared length scale, period
 */
export function printFitted(program: ArrayLike<number>, parameters: ArrayLike<number>): string {
  let atom = 0;
  return join(symbolsOf(program), (symbol) => {
    if (!isAtom(symbol)) return NAMES[symbol]!;
    const at = 3 * atom++;
    const numbers = [PARAMETER.variance, PARAMETER.period, PARAMETER.lengthSquared].map((i) => parameters[at + i] ?? 0);
    return `${NAMES[symbol]}(${numbers
      .filter((number) => number > 0)
      .map((number) => number.toFixed(2))
      .join(", ")})`;
  });
}

function join(symbols: readonly number[], print: (symbol: number) => string): string {
  let text = "";
  for (const [i, symbol] of symbols.entries()) {
    const isTight = i === 0 || symbols[i - 1] === SYMBOL.open || symbol === SYMBOL.close;
    text += (isTight ? "" : " ") + print(symbol);
  }
  return text;
}

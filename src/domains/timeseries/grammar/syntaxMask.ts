// The syntax mask as a finite machine with tables for tight loops: which symbols may follow so that every string that is
// drawn is an expression of at most T symbols. Source: HMWS specification, section 6.

import { END, MOST_SYMBOLS, SYMBOL } from "../program";

/** May a string end here, that is, after the symbol that led to this state? */
export const STOP = { forbidden: 0, free: 1, forced: 2 } as const;

export type SyntaxMask = {
  readonly numStates: number;
  /** State before the first symbol. */
  readonly start: number;
  /** [states] bit s is set where symbol s may come next; 0 where only the end can. */
  readonly allowed: Uint16Array;
  /** [states, 11] state after a symbol, -1 where it may not come. */
  readonly next: Int16Array;
  /** [states] one of STOP. The start's is `forbidden`: no string is empty. */
  readonly stop: Uint8Array;
};

/** Symbols of the vocabulary, the width of `next`. */
export const NUM_SYMBOLS = 11;

/**
 * The mask for strings of at most T symbols. A state is: operand or operator expected, bracket depth d, symbols left r.
 * It holds that what is open can be closed: r >= d, and r >= d + 1 where an operand is expected.
 */
function buildSyntaxMask(mostSymbols: number): SyntaxMask {
  const depths = mostSymbols >> 1;
  const numStates = 2 * depths * (mostSymbols + 1);
  const stateOf = (isOperator: boolean, depth: number, left: number): number =>
    ((isOperator ? 1 : 0) * depths + depth) * (mostSymbols + 1) + left;
  const allowed = new Uint16Array(numStates);
  const next = new Int16Array(numStates * NUM_SYMBOLS).fill(-1);
  const stop = new Uint8Array(numStates);
  const allow = (state: number, symbol: number, then: number): void => {
    allowed[state] = allowed[state]! | (1 << symbol);
    next[state * NUM_SYMBOLS + symbol] = then;
  };
  for (let depth = 0; depth < depths; depth++) {
    for (let left = 0; left <= mostSymbols; left++) {
      const operand = stateOf(false, depth, left);
      if (left - 1 >= depth) {
        for (let atom = 0; atom <= SYMBOL.constant; atom++) allow(operand, atom, stateOf(true, depth, left - 1));
      }
      if (left >= depth + 3) allow(operand, SYMBOL.open, stateOf(false, depth + 1, left - 1));
      const operator = stateOf(true, depth, left);
      if (left - 1 >= 1 + depth) {
        allow(operator, SYMBOL.times, stateOf(false, depth, left - 1));
        allow(operator, SYMBOL.plus, stateOf(false, depth, left - 1));
      }
      if (depth > 0 && left > 0) allow(operator, SYMBOL.close, stateOf(true, depth - 1, left - 1));
      if (depth === 0) stop[operator] = left < 2 ? STOP.forced : STOP.free;
    }
  }
  return { numStates, start: stateOf(false, 0, mostSymbols), allowed, next, stop };
}

/** The mask of the domain, T = 10. */
export const SYNTAX_MASK: SyntaxMask = buildSyntaxMask(MOST_SYMBOLS);

/**
 * States along the packed program that starts at `from`: states[t] is the one before symbol t, states[length] the last.
 *
 * @param states [MOST_SYMBOLS + 1], written
 * @returns whether the mask lets the whole string through, its end included; states after a forbidden symbol are -1
 */
export function walkMask(program: ArrayLike<number>, from: number, states: Int16Array | Int32Array): boolean {
  const { start, next, stop } = SYNTAX_MASK;
  let state = start;
  states.fill(-1);
  states[0] = state;
  let t = 0;
  for (; t < MOST_SYMBOLS && program[from + t]! < END && state >= 0; t++) {
    state = next[state * NUM_SYMBOLS + program[from + t]!]!;
    states[t + 1] = state;
  }
  return state >= 0 && stop[state] !== STOP.forbidden;
}

/** Whether symbols are an expression of at most T symbols. Quick, for searches: nothing is kept. */
export function isExpression(symbols: readonly number[]): boolean {
  const { start, next, stop } = SYNTAX_MASK;
  let state = start;
  for (const symbol of symbols) {
    state = next[state * NUM_SYMBOLS + symbol]!;
    if (state < 0) return false;
  }
  return stop[state] !== STOP.forbidden;
}

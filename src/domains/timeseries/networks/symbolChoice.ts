// One step of an expression network: which symbol comes, and whether it is the last. Eleven logits of a softmax and one of
// a coin for the end. The syntax mask takes what is forbidden out of the softmax, and the coin where the end is forbidden
// or forced; the coin is dropped at t = T. So strings of at most T symbols have probabilities that sum to 1.
// Source: HMWS specification, sections 6 and 16.

import { NUM_SYMBOLS, STOP, SYNTAX_MASK } from "../grammar/syntaxMask";
import { MOST_SYMBOLS } from "../program";

/** Logits of a step: the symbols', then the end's. */
export const NUM_LOGITS = NUM_SYMBOLS + 1;
/** A state without a mask: everything is allowed. */
export const FREE = -2;

const ALL_SYMBOLS = (1 << NUM_SYMBOLS) - 1;

/** Bits of the symbols that may come in a state. */
const allowedIn = (state: number): number => (state === FREE ? ALL_SYMBOLS : SYNTAX_MASK.allowed[state]!);

/** The state after a symbol. */
export function stateAfter(state: number, symbol: number): number {
  return state === FREE ? FREE : SYNTAX_MASK.next[state * NUM_SYMBOLS + symbol]!;
}

/** One of STOP for the string that led to a state with its symbol number t (from 0). */
export function stopIn(state: number, t: number): number {
  if (t === MOST_SYMBOLS - 1) return STOP.forced;
  return state === FREE ? STOP.free : SYNTAX_MASK.stop[state]!;
}

/** log of the softmax's denominator over the allowed symbols, logits from `at` on. */
export function logTotal(logits: ArrayLike<number>, at: number, state: number): number {
  const allowed = allowedIn(state);
  let most = -Infinity;
  for (let s = 0; s < NUM_SYMBOLS; s++) if ((allowed >> s) & 1) most = Math.max(most, logits[at + s]!);
  let sum = 0;
  for (let s = 0; s < NUM_SYMBOLS; s++) if ((allowed >> s) & 1) sum += Math.exp(logits[at + s]! - most);
  return most + Math.log(sum);
}

/** The symbol at `uniform` of the softmax's distribution function. */
export function drawSymbol(
  logits: ArrayLike<number>,
  at: number,
  state: number,
  total: number,
  uniform: number,
): number {
  const allowed = allowedIn(state);
  let left = uniform;
  let last = 0;
  for (let s = 0; s < NUM_SYMBOLS; s++) {
    if (((allowed >> s) & 1) === 0) continue;
    last = s;
    left -= Math.exp(logits[at + s]! - total);
    if (left < 0) break;
  }
  return last;
}

/** Adds `weight` times the derivatives of log p(symbol) with respect to the logits. */
export function addSymbolGradient(
  logits: ArrayLike<number>,
  at: number,
  state: number,
  symbol: number,
  weight: number,
  gradient: Float32Array,
): void {
  const allowed = allowedIn(state);
  const total = logTotal(logits, at, state);
  for (let s = 0; s < NUM_SYMBOLS; s++) {
    if (((allowed >> s) & 1) === 0) continue;
    const p = Math.exp(logits[at + s]! - total);
    gradient[at + s] = gradient[at + s]! + weight * ((s === symbol ? 1 : 0) - p);
  }
}

// The grammar that makes the data, as a distribution over strings: K -> (K) | K + K | K * K | base kernel, of at most T
// symbols. Probabilities sum over derivations. Source: HMWS specification, section 10.

import type { Rng } from "../../engine/rng/rng";
import { isAtom, lengthOf, MOST_SYMBOLS, packProgram, SYMBOL, symbolsOf } from "./program";

const BRACKETS = 0.1;
const PLUS = 0.1;
const TIMES = 0.1;
const PERIODIC = 0.04375;
/** [symbol] probability of each base kernel: W, R, PER1 to PER4, C. */
const ATOMS: readonly number[] = [0.175, 0.175, PERIODIC, PERIODIC, PERIODIC, PERIODIC, 0.175];
/** Rules in the order of the draw; what is left over is a base kernel. */
const RULES = [BRACKETS, PLUS, TIMES, ATOMS.reduce((sum, p) => sum + p, 0)];

/**
 * A packed program drawn from the grammar, given that it has `leastSymbols` to T symbols. Longer strings are drawn anew.
 *
 * @param leastSymbols 1, or 3 for programs of more than one kernel or with brackets ("compositional")
 */
export function drawProgram(rng: Rng, leastSymbols = 1): Int32Array {
  for (;;) {
    const symbols: number[] = [];
    if (expand(rng, symbols, 0) && symbols.length >= leastSymbols) return packProgram(symbols);
  }
}

/**
 * Appends one K. False as soon as the string cannot stay within T symbols. `pending`: symbols that must still follow.
 * The reference's limit of 20 levels is never met: each level adds two symbols.
 */
function expand(rng: Rng, symbols: number[], pending: number): boolean {
  if (symbols.length + 1 + pending > MOST_SYMBOLS) return false;
  const rule = rng.categorical(RULES);
  if (rule === 0) {
    symbols.push(SYMBOL.open);
    if (!expand(rng, symbols, pending + 1)) return false;
    symbols.push(SYMBOL.close);
  } else if (rule === 3) symbols.push(rng.categorical(ATOMS));
  else {
    if (!expand(rng, symbols, pending + 2)) return false;
    symbols.push(rule === 1 ? SYMBOL.plus : SYMBOL.times);
    return expand(rng, symbols, pending);
  }
  return true;
}

/**
 * log of the probability that the grammar makes this string, all derivations together, without any condition on length.
 *
 * @param program packed; -Infinity for a string that is no expression
 */
export function logStringProbability(program: ArrayLike<number>): number {
  const symbols = symbolsOf(program);
  const length = symbols.length;
  const inside = new Float64Array(length * length);
  for (let width = 1; width <= length; width++) {
    for (let i = 0; i + width <= length; i++) inside[i * length + i + width - 1] = insideOf(symbols, inside, i, width);
  }
  return length === 0 ? Number.NEGATIVE_INFINITY : Math.log(inside[length - 1]!);
}

function insideOf(symbols: readonly number[], inside: Float64Array, from: number, width: number): number {
  const length = symbols.length;
  const last = from + width - 1;
  if (width === 1) return isAtom(symbols[from]!) ? ATOMS[symbols[from]!]! : 0;
  let sum = 0;
  if (symbols[from] === SYMBOL.open && symbols[last] === SYMBOL.close && width > 2) {
    sum += BRACKETS * inside[(from + 1) * length + last - 1]!;
  }
  for (let at = from + 1; at < last; at++) {
    const rule = symbols[at] === SYMBOL.plus ? PLUS : symbols[at] === SYMBOL.times ? TIMES : 0;
    if (rule > 0) sum += rule * inside[from * length + at - 1]! * inside[(at + 1) * length + last]!;
  }
  return sum;
}

/** The same given that the string has `leastSymbols` to T symbols: what drawProgram draws from. */
export function logProbabilityGivenLength(program: ArrayLike<number>, leastSymbols = 1): number {
  if (lengthOf(program) < leastSymbols) return Number.NEGATIVE_INFINITY;
  const kept = LENGTHS.reduce((sum, p, length) => (length >= leastSymbols ? sum + p : sum), 0);
  return logStringProbability(program) - Math.log(kept);
}

/** [T + 1] probability that the grammar makes a string of so many symbols. */
export const LENGTHS: readonly number[] = lengthProbabilities();

function lengthProbabilities(): number[] {
  const p = [0, RULES[3]!];
  for (let length = 2; length <= MOST_SYMBOLS; length++) {
    let sum = BRACKETS * p[length - 2]!;
    for (let left = 1; left < length - 1; left++) sum += (PLUS + TIMES) * p[left]! * p[length - 1 - left]!;
    p.push(sum);
  }
  return p;
}

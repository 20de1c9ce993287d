// Small changes of expressions, for searches near good ones: another symbol, one kernel more or less, brackets. Every
// expression of up to T symbols can be reached from any other by such changes (a test goes through those of five symbols).

import type { Rng } from "../../engine/rng/rng";
import { programNumber } from "./grammar/expression";
import { isExpression } from "./grammar/syntaxMask";
import { isAtom, MOST_SYMBOLS, packProgram, SYMBOL, symbolsOf } from "./program";

/** Kinds of change; one is chosen first, evenly among those that an expression allows, then a change of that kind. */
export const EDIT_KINDS = ["kernel", "period", "operator", "insert", "remove", "wrap", "unwrap"] as const;
export type EditKind = (typeof EDIT_KINDS)[number];

const KERNELS = [0, 1, 2, 3, 4, 5, 6];
const OPERATORS = [SYMBOL.times, SYMBOL.plus];
const isOperator = (symbol: number | undefined): boolean => symbol === SYMBOL.times || symbol === SYMBOL.plus;
const isPeriodic = (symbol: number): boolean => symbol >= SYMBOL.periodic && symbol < SYMBOL.constant;

/**
 * A program one change away from the packed program that starts at `from`. An expression stays one; an ill-formed string
 * (mask off) has one of its symbols replaced, and may become one.
 */
export function varyProgram(program: ArrayLike<number>, rng: Rng, from = 0): Int32Array {
  const symbols = symbolsOf(program, from);
  if (!isExpression(symbols)) {
    const changed = packProgram(symbols);
    changed[rng.int(Math.max(1, symbols.length))] = rng.int(SYMBOL.close + 1);
    return changed;
  }
  const kinds = Int32Array.from(EDIT_KINDS.keys());
  for (const kind of rng.shuffle(kinds)) {
    const changes = changesOf(symbols, EDIT_KINDS[kind]!);
    if (changes.length > 0) return packProgram(changes[rng.int(changes.length)]!);
  }
  return packProgram(symbols);
}

/** All programs one change of the given kind away from a well-formed one. */
export const neighboursOf = (program: ArrayLike<number>, kind: EditKind): Int32Array[] =>
  changesOf(symbolsOf(program), kind).map(packProgram);

/** The same as symbols: expressions only, each once. */
function changesOf(symbols: readonly number[], kind: EditKind): number[][] {
  const kept = new Map<number, number[]>();
  const original = programNumber(packProgram(symbols));
  for (const changed of EDITS[kind](symbols)) {
    if (changed.length > MOST_SYMBOLS || !isExpression(changed)) continue;
    const number = programNumber(packProgram(changed));
    if (number !== original) kept.set(number, changed);
  }
  return [...kept.values()];
}

const EDITS: Readonly<Record<EditKind, (symbols: readonly number[]) => Generator<number[]>>> = {
  *kernel(symbols) {
    for (const [i, symbol] of symbols.entries()) {
      if (isAtom(symbol)) for (const other of KERNELS) yield replaced(symbols, i, 1, [other]);
    }
  },
  /** The next shorter or longer period. */
  *period(symbols) {
    for (const [i, symbol] of symbols.entries()) {
      if (!isPeriodic(symbol)) continue;
      for (const other of [symbol - 1, symbol + 1]) if (isPeriodic(other)) yield replaced(symbols, i, 1, [other]);
    }
  },
  *operator(symbols) {
    for (const [i, symbol] of symbols.entries()) {
      if (isOperator(symbol)) yield replaced(symbols, i, 1, [OPERATORS[0] === symbol ? SYMBOL.plus : SYMBOL.times]);
    }
  },
  /** "op kernel" after an operand, "kernel op" before one. */
  *insert(symbols) {
    for (let i = 0; i <= symbols.length; i++) {
      const isAfter = isExpression(replaced(symbols, i, 0, [SYMBOL.plus, 0]));
      const isBefore = isExpression(replaced(symbols, i, 0, [0, SYMBOL.plus]));
      for (const operator of OPERATORS) {
        for (const kernel of KERNELS) {
          if (isAfter) yield replaced(symbols, i, 0, [operator, kernel]);
          if (isBefore) yield replaced(symbols, i, 0, [kernel, operator]);
        }
      }
    }
  },
  /** "op kernel" or "kernel op". */
  *remove(symbols) {
    for (let i = 0; i + 2 <= symbols.length; i++) {
      const pair = [symbols[i]!, symbols[i + 1]!];
      if (pair.some(isOperator) && pair.some(isAtom)) yield replaced(symbols, i, 2, []);
    }
  },
  /** Brackets around any part that is an expression itself. */
  *wrap(symbols) {
    for (let i = 0; i < symbols.length; i++) {
      for (let end = i + 1; end <= symbols.length; end += 2) {
        const part = symbols.slice(i, end);
        if (isExpression(part)) yield replaced(symbols, i, part.length, [SYMBOL.open, ...part, SYMBOL.close]);
      }
    }
  },
  *unwrap(symbols) {
    for (const [i, symbol] of symbols.entries()) {
      if (symbol !== SYMBOL.open) continue;
      const close = closeOf(symbols, i);
      yield replaced(symbols, i, close - i + 1, symbols.slice(i + 1, close));
    }
  },
};

function replaced(symbols: readonly number[], at: number, count: number, by: readonly number[]): number[] {
  return [...symbols.slice(0, at), ...by, ...symbols.slice(at + count)];
}

/** Index of the bracket that closes the one at `open`. */
function closeOf(symbols: readonly number[], open: number): number {
  let depth = 0;
  for (let i = open; ; i++) {
    if (symbols[i] === SYMBOL.open) depth++;
    if (symbols[i] === SYMBOL.close && --depth === 0) return i;
  }
}

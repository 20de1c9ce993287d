// What every part of the domain needs to know about a program, computed once per distinct string: postfix operations for
// the Gaussian process, base kernels in order, which parameter slots they read. Source: HMWS specification, sections 6, 7.

import { OP } from "../../../engine/kernels/gaussianProcess/gaussianProcess";
import { slotsOf } from "../parameters";
import { isAtom, lengthOf, MOST_ATOMS, MOST_OPS, MOST_SYMBOLS, NUM_SLOTS, SYMBOL } from "../program";
import { type KernelTree, readSymbols } from "./parser";

export type Expression = {
  readonly isWellFormed: boolean;
  /** Symbols, brackets and operators included. */
  readonly length: number;
  /** [length] */
  readonly symbols: Uint8Array;
  /** Null for an ill-formed string. */
  readonly tree: KernelTree | null;
  /** [MOST_OPS] as KernelLanes.ops; nothing but OP.end for an ill-formed string. */
  readonly ops: Uint8Array;
  /**
   * Steps of the sequence z_c: base kernels of the string. An ill-formed string can have up to ten, of which the first
   * MOST_ATOMS count: nothing reads its parameters.
   */
  readonly numAtoms: number;
  /** [numAtoms] their symbols, in order of appearance. */
  readonly atoms: Uint8Array;
  /** [MOST_ATOMS, NUM_SLOTS] 1 where a number of z_c is read. */
  readonly used: Uint8Array;
  readonly numUsed: number;
};

const cache = new Map<number, Expression>();
/** There are about half a million well-formed strings of ten symbols; a run meets some thousands. */
const MOST_CACHED = 50_000;

/** Content of a packed program as one number (40 bits): equal programs, equal numbers. */
export function programNumber(program: ArrayLike<number>, from = 0): number {
  let high = 0;
  let low = 0;
  for (let i = 0; i < 5; i++) {
    high = 16 * high + program[from + i]!;
    low = 16 * low + program[from + 5 + i]!;
  }
  return high * 2 ** 20 + low;
}

/** The expression of the packed program that starts at `from`; the same object for the same content. */
export function readExpression(program: ArrayLike<number>, from = 0): Expression {
  const key = programNumber(program, from);
  const known = cache.get(key);
  if (known) return known;
  if (cache.size >= MOST_CACHED) cache.clear();
  const expression = analyse(program, from);
  cache.set(key, expression);
  return expression;
}

/** Expressions of N packed programs that lie side by side. */
export function readExpressions(programs: ArrayLike<number>): Expression[] {
  return Array.from({ length: programs.length / MOST_SYMBOLS }, (_, i) => readExpression(programs, i * MOST_SYMBOLS));
}

function analyse(program: ArrayLike<number>, from: number): Expression {
  const length = lengthOf(program, from);
  const symbols = Uint8Array.from({ length }, (_, i) => program[from + i]!);
  const reading = readSymbols(symbols);
  const tree = reading.ok ? reading.tree : null;
  const ops = new Uint8Array(MOST_OPS).fill(OP.end);
  if (tree) writePostfix(tree, ops, 0);
  const atoms = symbols.filter(isAtom).slice(0, MOST_ATOMS);
  const used = new Uint8Array(MOST_ATOMS * NUM_SLOTS);
  for (const [i, symbol] of atoms.entries()) {
    for (const slot of slotsOf(symbol)) used[i * NUM_SLOTS + slot] = 1;
  }
  const numUsed = used.reduce((sum, bit) => sum + bit, 0);
  return { isWellFormed: reading.ok, length, symbols, tree, ops, numAtoms: atoms.length, atoms, used, numUsed };
}

/** Operation of a base kernel. */
export function opOf(symbol: number): number {
  if (symbol === SYMBOL.whiteNoise) return OP.whiteNoise;
  if (symbol === SYMBOL.smooth) return OP.squaredExponential;
  return symbol === SYMBOL.constant ? OP.constant : OP.periodic;
}

/** Writes the tree's postfix form into `ops` from `at` on, operators from left to right; returns where it ends. */
export function writePostfix(tree: KernelTree, ops: Uint8Array, at: number): number {
  if (tree.kind === "atom") {
    ops[at] = opOf(tree.symbol);
    return at + 1;
  }
  let end = at;
  for (const [i, part] of tree.parts.entries()) {
    end = writePostfix(part, ops, end);
    if (i > 0) ops[end++] = tree.kind === "sum" ? OP.plus : OP.times;
  }
  return end;
}

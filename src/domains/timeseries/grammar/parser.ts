// Reads symbols by the grammar: sum := product ("+" product)*, product := atom ("*" atom)*, atom := kernel | "(" sum ")".
// Source: HMWS specification, section 6.

import { isAtom, SYMBOL } from "../program";

/** Operators of equal rank are one node, in order of appearance; brackets are gone. */
export type KernelTree =
  | {
      readonly kind: "atom";
      readonly symbol: number /** Which of the expression's base kernels, from 0. */;
      readonly atom: number;
    }
  | { readonly kind: "sum" | "product"; readonly parts: readonly KernelTree[] };

export type Reading =
  | { readonly ok: true; readonly tree: KernelTree }
  /** What is missing where: index of the symbol that cannot stand there, or the length if the string ends too early. */
  | {
      readonly ok: false;
      readonly at: number;
      readonly expected: "operand" | "operator" | "close";
      /** Index of the bracket that is open there, or -1. */
      readonly open: number;
    };

type Failure = Extract<Reading, { ok: false }>;

/** The tree of a string of symbols, or the first place where it is not an expression. */
export function readSymbols(symbols: ArrayLike<number>): Reading {
  const reader = new Reader(symbols);
  const tree = reader.sum(-1);
  if (tree === null || reader.at === symbols.length) return reader.result(tree);
  return { ok: false, at: reader.at, expected: "operator", open: -1 };
}

class Reader {
  at = 0;
  private numAtoms = 0;
  private failure: Failure | null = null;

  constructor(private readonly symbols: ArrayLike<number>) {}

  result(tree: KernelTree | null): Reading {
    return tree ? { ok: true, tree } : this.failure!;
  }

  /** `open`: the bracket that this sum stands in, or -1. */
  sum(open: number): KernelTree | null {
    return this.chain("sum", SYMBOL.plus, () => this.chain("product", SYMBOL.times, () => this.operand(open)));
  }

  private chain(kind: "sum" | "product", operator: number, next: () => KernelTree | null): KernelTree | null {
    const parts: KernelTree[] = [];
    for (;;) {
      const part = next();
      if (part === null) return null;
      parts.push(part);
      if (this.symbols[this.at] !== operator) break;
      this.at++;
    }
    return parts.length === 1 ? parts[0]! : { kind, parts };
  }

  private operand(open: number): KernelTree | null {
    const symbol = this.symbols[this.at];
    if (symbol !== undefined && isAtom(symbol)) {
      this.at++;
      return { kind: "atom", symbol, atom: this.numAtoms++ };
    }
    if (symbol !== SYMBOL.open) return this.fail("operand", open);
    const bracket = this.at++;
    const inner = this.sum(bracket);
    if (inner === null) return null;
    if (this.symbols[this.at] !== SYMBOL.close) return this.fail("close", bracket);
    this.at++;
    return inner;
  }

  private fail(expected: Failure["expected"], open: number): null {
    this.failure = { ok: false, at: this.at, expected, open };
    return null;
  }
}

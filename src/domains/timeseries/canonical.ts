// One spelling for expressions that differ only in order and brackets: operands sorted, no bracket that changes nothing.
// An experiment (option), because the reference's memory keeps such spellings apart. HMWS specification, section 12.

import { readExpression } from "./grammar/expression";
import type { KernelTree } from "./grammar/parser";
import { packProgram, SYMBOL } from "./program";

/** The canonical spelling of the packed program that starts at `from`; an ill-formed string stays as it is. Never longer. */
export function canonicalProgram(program: ArrayLike<number>, from = 0): Int32Array {
  const { tree, symbols } = readExpression(program, from);
  return packProgram(tree ? spell(tree) : symbols);
}

/** Symbols of a tree. Parts are ordered by their symbols, so bracketed sums come last in a product. */
function spell(tree: KernelTree): number[] {
  if (tree.kind === "atom") return [tree.symbol];
  const spelled = partsOf(tree, tree.kind).map((part) => {
    const symbols = spell(part);
    return tree.kind === "product" && part.kind === "sum" ? [SYMBOL.open, ...symbols, SYMBOL.close] : symbols;
  });
  spelled.sort(compare);
  const operator = tree.kind === "sum" ? SYMBOL.plus : SYMBOL.times;
  return spelled.flatMap((symbols, i) => (i === 0 ? symbols : [operator, ...symbols]));
}

/** Operands of nested sums (or products) as one list. */
function partsOf(tree: KernelTree, kind: "sum" | "product"): KernelTree[] {
  return tree.kind === kind ? tree.parts.flatMap((part) => partsOf(part, kind)) : [tree];
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}

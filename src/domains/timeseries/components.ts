// The addends of an expression, products over sums expanded: a series is the sum of what they contribute.

import { OP } from "../../engine/kernels/gaussianProcess/gaussianProcess";
import { opOf, readExpression } from "./grammar/expression";
import type { KernelTree } from "./grammar/parser";
import { NUM_PARAMETERS } from "./parameters";
import { printSymbols } from "./print";
import { MOST_ATOMS, MOST_OPS, SYMBOL } from "./program";

/** A product of base kernels. */
export type Addend = {
  /** Which base kernels of the expression, in order of appearance. One that several addends share stands in each. */
  readonly atoms: readonly number[];
  /** Their symbols. */
  readonly symbols: readonly number[];
  /** "SE * PER2" */
  readonly printed: string;
  /** [MOST_OPS] postfix, as KernelLanes.ops. */
  readonly ops: Uint8Array;
};

/** Addends of the packed program, in the order of the expression; none for an ill-formed string. */
export function addendsOf(program: ArrayLike<number>): readonly Addend[] {
  const { tree, atoms } = readExpression(program);
  return tree ? productsOf(tree).map((product) => addendOf(product, atoms)) : [];
}

/** [MOST_ATOMS, 3] the parameters of an addend, out of those of its expression. */
export function addendParameters({ atoms }: Addend, parameters: ArrayLike<number>): Float64Array {
  const own = new Float64Array(MOST_ATOMS * NUM_PARAMETERS);
  for (const [i, atom] of atoms.entries()) {
    for (let p = 0; p < NUM_PARAMETERS; p++) own[i * NUM_PARAMETERS + p] = parameters[atom * NUM_PARAMETERS + p]!;
  }
  return own;
}

/** The expanded tree: base kernels of each product. Of at most T symbols, so there are never more than five products. */
function productsOf(tree: KernelTree): number[][] {
  if (tree.kind === "atom") return [[tree.atom]];
  const parts = tree.parts.map(productsOf);
  if (tree.kind === "sum") return parts.flat();
  return parts.reduce((left, right) => left.flatMap((a) => right.map((b) => [...a, ...b])));
}

function addendOf(atoms: readonly number[], all: Uint8Array): Addend {
  const symbols = atoms.map((atom) => all[atom]!);
  const ops = new Uint8Array(MOST_OPS).fill(OP.end);
  ops.set(symbols.flatMap((symbol, i) => (i === 0 ? [opOf(symbol)] : [opOf(symbol), OP.times])));
  const printed = printSymbols(symbols.flatMap((symbol, i) => (i === 0 ? [symbol] : [SYMBOL.times, symbol])));
  return { atoms, symbols, printed, ops };
}

// When two expressions are the same kernel: their covariances agree at the centre parameters (HMWS specification, sections
// 12 and 15d). There every kernel is 1/2 of a shape, so a covariance is a polynomial over the shapes, white noise aside,
// which swallows what it is multiplied with. Equal polynomials are equal covariances, and different ones differ on the
// grid by far more than 1e-9 (a test compares columns).

import { programNumber, readExpression } from "./grammar/expression";
import type { KernelTree } from "./grammar/parser";
import { SYMBOL } from "./program";

/** Variance of every kernel at the centre. Powers of it are exact, so equal sums are equal numbers. */
const CENTRE_VARIANCE = 0.5;

/** Shapes of a product as one number: how often it has SE and PER1 to PER4, 4 bits each. The constant's is 1. */
type Covariance = {
  readonly terms: ReadonlyMap<number, number> /** Variance of the white noise in it. */;
  readonly white: number;
};

const cache = new Map<number, string | null>();
const MOST_CACHED = 50_000;

/** Equal for programs with the same kernel at the centre parameters, and only those; null for an ill-formed string. */
export function kernelKey(program: ArrayLike<number>, from = 0): string | null {
  const number = programNumber(program, from);
  const known = cache.get(number);
  if (known !== undefined) return known;
  if (cache.size >= MOST_CACHED) cache.clear();
  const { tree } = readExpression(program, from);
  const key = tree && printed(covarianceOf(tree));
  cache.set(number, key);
  return key;
}

/** True where both are expressions with the same kernel at the centre parameters. */
export function isSameKernel(first: ArrayLike<number>, second: ArrayLike<number>): boolean {
  const key = kernelKey(first);
  return key !== null && key === kernelKey(second);
}

/**
 * Groups of programs with the same kernel: equal numbers, counted from 0 in order of first appearance; -1 for a program
 * that shares its kernel with no other, or is ill-formed.
 */
export function sameKernelGroups(programs: readonly ArrayLike<number>[]): number[] {
  const keys = programs.map((program) => kernelKey(program));
  const shared = keys.filter((key, i) => key !== null && keys.indexOf(key) === i && keys.lastIndexOf(key) !== i);
  return keys.map((key) => shared.indexOf(key));
}

function covarianceOf(tree: KernelTree): Covariance {
  if (tree.kind === "atom") return covarianceOfAtom(tree.symbol);
  const parts = tree.parts.map(covarianceOf);
  return parts.reduce(tree.kind === "sum" ? plus : times);
}

function covarianceOfAtom(symbol: number): Covariance {
  if (symbol === SYMBOL.whiteNoise) return { terms: new Map(), white: CENTRE_VARIANCE };
  const shape = symbol === SYMBOL.constant ? 0 : 16 ** (symbol - SYMBOL.smooth);
  return { terms: new Map([[shape, CENTRE_VARIANCE]]), white: 0 };
}

function plus(first: Covariance, second: Covariance): Covariance {
  const terms = new Map(first.terms);
  for (const [shape, factor] of second.terms) terms.set(shape, (terms.get(shape) ?? 0) + factor);
  return { terms, white: first.white + second.white };
}

function times(first: Covariance, second: Covariance): Covariance {
  const terms = new Map<number, number>();
  for (const [a, x] of first.terms) {
    for (const [b, y] of second.terms) terms.set(a + b, (terms.get(a + b) ?? 0) + x * y);
  }
  const white = first.white * (atZero(second) + second.white) + atZero(first) * second.white;
  return { terms, white };
}

/** Value at distance 0 of what is not white: every shape is 1 there. */
const atZero = ({ terms }: Covariance): number => [...terms.values()].reduce((sum, factor) => sum + factor, 0);

function printed({ terms, white }: Covariance): string {
  const parts = [...terms].sort(([a], [b]) => a - b).map(([shape, factor]) => `${shape}:${factor}`);
  return [white, ...parts].join(" ");
}

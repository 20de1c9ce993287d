// The difference of two groups' means with a 95 % interval that does not assume equal spread.
// Source: B. L. Welch, The generalization of "Student's" problem when several different population variances are
// involved, Biometrika 34, 1947; degrees of freedom by Welch and Satterthwaite.

import { jStat } from "jstat";
import { summarise } from "./alignment";

export type Difference =
  | {
      readonly kind: "interval";
      readonly difference: number;
      readonly lo: number;
      readonly hi: number;
      readonly df: number;
    }
  /** Why there is no interval, as words for the cell. */
  | { readonly kind: "none"; readonly difference: number; readonly reason: string };

/** Mean of `second` minus mean of `first`, with its 95 % interval. */
export function welchDifference(first: readonly number[], second: readonly number[]): Difference {
  const a = summarise(first);
  const b = summarise(second);
  const difference = b.mean - a.mean;
  if (a.n === 0 || b.n === 0) return { kind: "none", difference, reason: "no value" };
  if (a.n === 1 || b.n === 1) {
    return { kind: "none", difference, reason: "no interval: n = 1" };
  }
  const va = a.sd ** 2 / a.n;
  const vb = b.sd ** 2 / b.n;
  // Runs without any spread (both at 100 %): the difference is exact.
  if (va + vb === 0) return { kind: "interval", difference, lo: difference, hi: difference, df: a.n + b.n - 2 };
  const df = (va + vb) ** 2 / (va ** 2 / (a.n - 1) + vb ** 2 / (b.n - 1));
  const half = jStat.studentt.inv(0.975, df) * Math.sqrt(va + vb);
  return { kind: "interval", difference, lo: difference - half, hi: difference + half, df };
}

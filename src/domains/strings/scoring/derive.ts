// The best single derivation of a string, for showing which part of a program made which character.
// Source: strings specification, section 4, last paragraph: kappa is 1 and the largest stands for every sum (weigh.ts).

import type { Derivation } from "../evaluator";
import { type Compiled, emission, mayProduce } from "./forward";
import type { EvaluatorNumbers } from "./numbers";

const NEVER = Number.NEGATIVE_INFINITY;

/** @param best weights of `weigh(..., true)`
 * @returns null where the program cannot make symbols `from` to `to` */
export function bestDerivation(
  { topology, weights: best }: Compiled,
  { tables }: EvaluatorNumbers,
  symbols: Int32Array,
  from: number,
  to: number,
): Derivation | null {
  if (!mayProduce(topology, symbols, from, to)) return null;
  if (from === to) return { logProb: Math.log(best.empty), atoms: new Int32Array(0) };
  const { numAtoms, emit, start, source } = topology;
  const length = to - from;
  const logFollow = best.follow.map(Math.log);
  let now = best.first.map((weight, j) => Math.log(weight) + Math.log(emission(emit[j]!, symbols[from]!, tables)));
  let next = new Float64Array(numAtoms);
  /** Atom before atom j at symbol t: [length, atoms]. */
  const before = new Int32Array(length * numAtoms);
  for (let t = 1; t < length; t++) {
    for (let j = 0; j < numAtoms; j++) {
      const logEmitted = Math.log(emission(emit[j]!, symbols[from + t]!, tables));
      let reached = NEVER;
      for (let edge = start[j]!; logEmitted > NEVER && edge < start[j + 1]!; edge++) {
        const candidate = now[source[edge]!]! + logFollow[edge]!;
        if (candidate <= reached) continue;
        reached = candidate;
        before[t * numAtoms + j] = source[edge]!;
      }
      next[j] = reached + logEmitted;
    }
    [now, next] = [next, now];
  }
  const final = now.map((value, j) => value + Math.log(best.last[j]!));
  const logProb = final.reduce((largest, value) => Math.max(largest, value), NEVER);
  if (logProb === NEVER) return null;
  const atoms = new Int32Array(length);
  atoms[length - 1] = final.indexOf(logProb);
  for (let t = length - 1; t > 0; t--) atoms[t - 1] = before[t * numAtoms + atoms[t]!]!;
  return { logProb, atoms };
}

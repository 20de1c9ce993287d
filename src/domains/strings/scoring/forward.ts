// Log probability of one string under a weighted position automaton, and the tests that reject most strings before it.
// Source: strings specification, section 4 (forward pass) and 6.3. Double precision.

import { LITERAL_BASE } from "../evaluator";
import { OUTSIDE } from "../tokens";
import { type EvaluatorNumbers, TABLE_SIZE } from "./numbers";
import type { Topology } from "./topology";
import type { Weights } from "./weigh";

/** A program ready to score: what its tokens decide, and its weights under the present numbers. */
export type Compiled = { readonly topology: Topology; readonly weights: Weights };

/** Below this sum alpha is scaled up to 1 and the log of the sum is kept. */
const LEAST_SUM = 1e-100;

/** Strings up to this length never lose a derivation to underflow; longer ones are checked in logs when they seem impossible. */
const SAFE_LENGTH = 24;

/** False where length or first symbol alone show that the program cannot make symbols `from` to `to`. */
export function mayProduce(topology: Topology, symbols: Int32Array, from: number, to: number): boolean {
  const length = to - from;
  if (length < topology.minLength || length > topology.maxLength) return false;
  if (length === 0) return true;
  const symbol = symbols[from]!;
  const member = Math.min(symbol, OUTSIDE);
  return ((topology.begins[member >> 5]! >>> (member & 31)) & 1) === 1;
}

/** Probability that a position emits a symbol: `emit` as in Topology. */
export function emission(emit: number, symbol: number, tables: Float64Array): number {
  if (emit >= 0) return emit === symbol ? 1 : 0;
  return tables[~emit * TABLE_SIZE + (symbol < LITERAL_BASE ? symbol : OUTSIDE)]!;
}

let alpha = new Float64Array(64);
let nextAlpha = new Float64Array(64);

/** log p(symbols `from` to `to` | program), nats; -Infinity where the program cannot make them. */
export function logProbOf(
  { topology, weights }: Compiled,
  { tables }: EvaluatorNumbers,
  symbols: Int32Array,
  from: number,
  to: number,
): number {
  if (from === to) return Math.log(weights.empty);
  const { numAtoms, emit, start, source } = topology;
  const { first, last, follow } = weights;
  if (alpha.length < numAtoms) {
    alpha = new Float64Array(2 * numAtoms);
    nextAlpha = new Float64Array(2 * numAtoms);
  }
  let now = alpha;
  let next = nextAlpha;
  let sum = 0;
  let logScale = 0;
  const begin = symbols[from]!;
  for (let j = 0; j < numAtoms; j++) sum += now[j] = first[j]! * emission(emit[j]!, begin, tables);
  for (let t = from + 1; t < to && sum > 0; t++) {
    if (sum < LEAST_SUM) {
      for (let j = 0; j < numAtoms; j++) now[j]! /= sum;
      logScale += Math.log(sum);
    }
    const symbol = symbols[t]!;
    sum = 0;
    for (let j = 0; j < numAtoms; j++) {
      const emitted = emission(emit[j]!, symbol, tables);
      let reached = 0;
      if (emitted > 0) {
        const end = start[j + 1]!;
        for (let edge = start[j]!; edge < end; edge++) reached += now[source[edge]!]! * follow[edge]!;
        reached *= emitted;
      }
      next[j] = reached;
      sum += reached;
    }
    const swapped = now;
    now = next;
    next = swapped;
  }
  let p = 0;
  if (sum > 0) for (let j = 0; j < numAtoms; j++) p += now[j]! * last[j]!;
  if (p > 0) return logScale + Math.log(p);
  return to - from > SAFE_LENGTH
    ? logProbInLogs(topology, weights, tables, symbols, from, to)
    : Number.NEGATIVE_INFINITY;
}

/** The same sum with every term as a log: slow, and exact where derivations differ by more than double precision spans. */
function logProbInLogs(
  { numAtoms, emit, start, source }: Topology,
  weights: Weights,
  tables: Float64Array,
  symbols: Int32Array,
  from: number,
  to: number,
): number {
  const logFollow = weights.follow.map(Math.log);
  let now = weights.first.map((weight, j) => Math.log(weight * emission(emit[j]!, symbols[from]!, tables)));
  let next = new Float64Array(numAtoms);
  for (let t = from + 1; t < to; t++) {
    let isAlive = false;
    for (let j = 0; j < numAtoms; j++) {
      const emitted = emission(emit[j]!, symbols[t]!, tables);
      let reached = Number.NEGATIVE_INFINITY;
      if (emitted > 0)
        for (let edge = start[j]!; edge < start[j + 1]!; edge++)
          reached = logAdd(reached, now[source[edge]!]! + logFollow[edge]!);
      next[j] = reached + Math.log(emitted);
      isAlive ||= reached > Number.NEGATIVE_INFINITY;
    }
    if (!isAlive) return Number.NEGATIVE_INFINITY;
    [now, next] = [next, now];
  }
  return now.reduce((total, value, j) => logAdd(total, value + Math.log(weights.last[j]!)), Number.NEGATIVE_INFINITY);
}

function logAdd(a: number, b: number): number {
  const larger = Math.max(a, b);
  if (larger === Number.NEGATIVE_INFINITY) return larger;
  return larger + Math.log1p(Math.exp(Math.min(a, b) - larger));
}

// Derivatives of log p(strings | program) with respect to the evaluator's 108 logits: a backward pass per string, then
// one sweep over the program from the root down. Source: strings specification, section 5; its symbols nb, fb, lb, Fb.

import { type EncodedStrings, PHI_LAYOUT } from "../evaluator";
import { CLASS_NAMES, LEAF_NAMES, OUTSIDE, SIGMA } from "../tokens";
import { type Compiled, emission } from "./forward";
import { type EvaluatorNumbers, LEAF_OF_SYMBOL, LOGIT_OF_SYMBOL } from "./numbers";
import { sweepDown } from "./sweepDown";

/** Derivatives of log p with respect to the root's nu, first and last, and to the edges. */
export type RootDerivatives = {
  nb: number;
  readonly fb: Float64Array;
  readonly lb: Float64Array;
  readonly Fb: Float64Array;
};

/** Expected emissions of symbols by classes, and of leaves by \w and the dot. */
type Counts = { readonly symbol: Float64Array; readonly w: Float64Array; readonly dot: Float64Array };

/**
 * Adds weight * d log p / d logits to `gradient` [108].
 * @returns the strings' log probability; where it is -Infinity nothing is added
 */
export function addGradientOf(
  compiled: Compiled,
  numbers: EvaluatorNumbers,
  strings: EncodedStrings,
  range: { readonly from: number; readonly to: number },
  weight: number,
  gradient: Float64Array,
): number {
  const { numAtoms, source } = compiled.topology;
  const newVector = () => new Float64Array(numAtoms);
  const root: RootDerivatives = { nb: 0, fb: newVector(), lb: newVector(), Fb: new Float64Array(source.length) };
  const counts: Counts = {
    symbol: new Float64Array(SIGMA.length),
    w: new Float64Array(PHI_LAYOUT.mixW.size),
    dot: new Float64Array(PHI_LAYOUT.mixDot.size),
  };
  let total = 0;
  for (let i = range.from; i < range.to; i++) {
    const symbols = strings.symbols.subarray(strings.offsets[i]!, strings.offsets[i + 1]!);
    total += addString(compiled, numbers, symbols, root, counts);
    if (total === Number.NEGATIVE_INFINITY) return total;
  }
  sweepDown(compiled.topology, numbers, root, weight, gradient);
  addSoftmaxes(numbers, counts, weight, gradient);
  return total;
}

/** One string's share of the root's derivatives and of the expected counts. Returns its log probability. */
function addString(
  compiled: Compiled,
  numbers: EvaluatorNumbers,
  symbols: Int32Array,
  root: RootDerivatives,
  counts: Counts,
): number {
  const { topology, weights } = compiled;
  if (symbols.length === 0) {
    root.nb += 1 / weights.empty;
    return Math.log(weights.empty);
  }
  const { alphas, emitted, scales, logProb, p } = forwardAll(compiled, numbers, symbols);
  if (logProb === Number.NEGATIVE_INFINITY) return logProb;
  const { numAtoms, start, source, emit } = topology;
  const end = symbols.length - 1;
  let beta = weights.last.map((value) => value / p);
  for (let i = 0; i < numAtoms; i++) root.lb[i]! += alphas[end * numAtoms + i]! / p;
  for (let t = end; t >= 0; t--) {
    const row = t * numAtoms;
    const betaBefore = new Float64Array(numAtoms);
    for (let j = 0; j < numAtoms; j++) {
      // A position that no derivation reaches has no derivative, however large its beta.
      if (!(alphas[row + j]! > 0)) continue;
      addCount(counts, emit[j]!, symbols[t]!, alphas[row + j]! * beta[j]!);
      const onward = (emitted[row + j]! * beta[j]!) / scales[t]!;
      if (t === 0) root.fb[j]! += onward;
      for (let edge = start[j]!; t > 0 && edge < start[j + 1]!; edge++) {
        const i = source[edge]!;
        root.Fb[edge]! += alphas[row - numAtoms + i]! * onward;
        betaBefore[i]! += weights.follow[edge]! * onward;
      }
    }
    beta = betaBefore;
  }
  return logProb;
}

/** Forward pass that keeps every step, each scaled to sum 1: alphas and emissions [length, atoms], scales [length]. */
function forwardAll({ topology, weights }: Compiled, { tables }: EvaluatorNumbers, symbols: Int32Array) {
  const { numAtoms, emit, start, source } = topology;
  const alphas = new Float64Array(symbols.length * numAtoms);
  const emitted = new Float64Array(symbols.length * numAtoms);
  const scales = new Float64Array(symbols.length);
  let logProb = 0;
  for (let t = 0; t < symbols.length; t++) {
    const row = t * numAtoms;
    let sum = 0;
    for (let j = 0; j < numAtoms; j++) {
      const chance = emission(emit[j]!, symbols[t]!, tables);
      emitted[row + j] = chance;
      let reached = t === 0 ? weights.first[j]! : 0;
      for (let edge = start[j]!; t > 0 && chance > 0 && edge < start[j + 1]!; edge++)
        reached += alphas[row - numAtoms + source[edge]!]! * weights.follow[edge]!;
      alphas[row + j] = reached * chance;
      sum += reached * chance;
    }
    if (!(sum > 0)) return { alphas, emitted, scales, logProb: Number.NEGATIVE_INFINITY, p: 0 };
    for (let j = 0; j < numAtoms; j++) alphas[row + j]! /= sum;
    scales[t] = sum;
    logProb += Math.log(sum);
  }
  let p = 0;
  for (let j = 0; j < numAtoms; j++) p += alphas[(symbols.length - 1) * numAtoms + j]! * weights.last[j]!;
  return { alphas, emitted, scales, logProb: logProb + Math.log(p), p };
}

const W = CLASS_NAMES.indexOf("w");
const DOT = CLASS_NAMES.indexOf("dot");

function addCount(counts: Counts, emit: number, symbol: number, posterior: number): void {
  if (emit >= 0 || symbol >= OUTSIDE) return;
  counts.symbol[symbol]! += posterior;
  if (~emit === W) counts.w[LEAF_OF_SYMBOL[symbol]!]! += posterior;
  if (~emit === DOT) counts.dot[LEAF_OF_SYMBOL[symbol]!]! += posterior;
}

/** Of a softmax block with expected counts n_c and total N, d log p / d logit_c = n_c - N theta_c. */
function addSoftmaxes(numbers: EvaluatorNumbers, counts: Counts, weight: number, gradient: Float64Array): void {
  const leafTotals = new Float64Array(LEAF_NAMES.length);
  for (let symbol = 0; symbol < SIGMA.length; symbol++) leafTotals[LEAF_OF_SYMBOL[symbol]!]! += counts.symbol[symbol]!;
  for (let symbol = 0; symbol < SIGMA.length; symbol++) {
    const expected = leafTotals[LEAF_OF_SYMBOL[symbol]!]! * numbers.leaf[symbol]!;
    gradient[LOGIT_OF_SYMBOL[symbol]!]! += weight * (counts.symbol[symbol]! - expected);
  }
  addMixture(counts.w, numbers.mixW, PHI_LAYOUT.mixW.from, weight, gradient);
  addMixture(counts.dot, numbers.mixDot, PHI_LAYOUT.mixDot.from, weight, gradient);
}

function addMixture(counts: Float64Array, theta: Float64Array, at: number, weight: number, gradient: Float64Array) {
  const total = counts.reduce((sum, count) => sum + count, 0);
  for (let i = 0; i < counts.length; i++) gradient[at + i]! += weight * (counts[i]! - total * theta[i]!);
}

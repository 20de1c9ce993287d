// The evaluator's numbers in the form in which scoring reads them: four probabilities and one emission table per class.
// Source: strings specification, section 3. The leaves are disjoint, so every table entry is one product.

import { PHI_LAYOUT } from "../evaluator";
import { CLASS_NAMES, LEAF_NAMES, type LeafName, leafOf, membersOf, OUTSIDE, SIGMA } from "../tokens";

/** Entries of one class table: the symbols of Sigma, and 0 for everything outside. */
export const TABLE_SIZE = OUTSIDE + 1;

export type EvaluatorNumbers = {
  readonly starStop: number;
  readonly plusStop: number;
  readonly optKeep: number;
  readonly altLeft: number;
  /** [96] probability of each symbol within its leaf. */
  readonly leaf: Float64Array;
  /** [3] leaves d, u, l of \w. */
  readonly mixW: Float64Array;
  /** [5] leaves d, u, l, s, p of the dot. */
  readonly mixDot: Float64Array;
  /** [6, TABLE_SIZE] probability of each symbol under the classes in the order of CLASS_NAMES. */
  readonly tables: Float64Array;
};

/** Logits of the four Bernoulli probabilities stay within this distance of 0. */
export const BERNOULLI_BOUND = 9.2;

/** Index of each symbol's leaf in LEAF_NAMES: [96]. */
export const LEAF_OF_SYMBOL = Uint8Array.from(SIGMA, (_, symbol) => LEAF_NAMES.indexOf(leafOf(symbol)));

/** Index of each symbol's logit among the 108. */
export const LOGIT_OF_SYMBOL = logitsOfSymbols();

function logitsOfSymbols(): Int32Array {
  const logits = new Int32Array(SIGMA.length);
  for (const leaf of LEAF_NAMES) {
    for (const [i, symbol] of membersOf(leaf).entries()) logits[symbol] = PHI_LAYOUT[leaf].from + i;
  }
  return logits;
}

/** Every Bernoulli 0.5, every class uniform over its members: [108]. */
export function initialLogits(): Float64Array {
  const logits = new Float64Array(PHI_LAYOUT.size);
  for (const [i, leaf] of LEAF_NAMES.entries()) {
    const logSize = Math.log(PHI_LAYOUT[leaf].size);
    if (i < PHI_LAYOUT.mixW.size) logits[PHI_LAYOUT.mixW.from + i] = logSize;
    logits[PHI_LAYOUT.mixDot.from + i] = logSize;
  }
  return logits;
}

/** @param logits [108] in the order of PHI_LAYOUT; the first four are clamped to +-9.2 */
export function numbersOf(logits: ArrayLike<number>): EvaluatorNumbers {
  const chance = (index: number) =>
    1 / (1 + Math.exp(-Math.max(-BERNOULLI_BOUND, Math.min(BERNOULLI_BOUND, logits[index]!))));
  const leaf = new Float64Array(SIGMA.length);
  for (const name of LEAF_NAMES) {
    const theta = softmax(logits, PHI_LAYOUT[name]);
    for (const [i, symbol] of membersOf(name).entries()) leaf[symbol] = theta[i]!;
  }
  return withTables({
    starStop: chance(PHI_LAYOUT.starStop),
    plusStop: chance(PHI_LAYOUT.plusStop),
    optKeep: chance(PHI_LAYOUT.optKeep),
    altLeft: chance(PHI_LAYOUT.altLeft),
    leaf,
    mixW: softmax(logits, PHI_LAYOUT.mixW),
    mixDot: softmax(logits, PHI_LAYOUT.mixDot),
  });
}

/** Completes probabilities with their class tables. */
export function withTables(numbers: Omit<EvaluatorNumbers, "tables">): EvaluatorNumbers {
  const tables = new Float64Array(CLASS_NAMES.length * TABLE_SIZE);
  for (const [row, name] of CLASS_NAMES.entries()) {
    for (let symbol = 0; symbol < SIGMA.length; symbol++) {
      const leafIndex = LEAF_OF_SYMBOL[symbol]!;
      const leafName: LeafName = LEAF_NAMES[leafIndex]!;
      let share = name === leafName ? 1 : 0;
      if (name === "w") share = numbers.mixW[leafIndex] ?? 0;
      if (name === "dot") share = numbers.mixDot[leafIndex] ?? 0;
      tables[row * TABLE_SIZE + symbol] = share * numbers.leaf[symbol]!;
    }
  }
  return { ...numbers, tables };
}

function softmax(logits: ArrayLike<number>, { from, size }: { from: number; size: number }): Float64Array {
  let largest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < size; i++) largest = Math.max(largest, logits[from + i]!);
  const values = Float64Array.from({ length: size }, (_, i) => Math.exp(logits[from + i]! - largest));
  const total = values.reduce((sum, value) => sum + value, 0);
  return values.map((value) => value / total);
}

// Small factored sequences for the kernel tests, and those of the reference vectors.

import type { FactorPart, FactorPartName, FactorPlan } from "../../src/engine/nn/factorPlan";
import type { FactorLanes, FactorSequenceSpec } from "../../src/engine/nn/factorSequence";
import { Rng } from "../../src/engine/rng/rng";

/** Two parts, the second of the first token forced. `given` replaces what it names. */
export function tinyFactorSpec(given: Partial<FactorSequenceSpec> = {}): FactorSequenceSpec {
  const forced = [{ step: 0, factor: 1, value: 0 }];
  return { name: "tiny", factors: [3, 2], steps: 3, hidden: 5, context: 4, forced, ...given };
}

/** Every sequence that a network may draw, as lanes of group 0. */
export function allFactorLanes(spec: FactorSequenceSpec, plan: FactorPlan): FactorLanes {
  let rows: number[][] = [[]];
  for (const [part, forced] of plan.forced.entries()) {
    const size = spec.factors[part % plan.numFactors]!;
    const values = forced >= 0 ? [forced] : Array.from({ length: size }, (_, value) => value);
    rows = rows.flatMap((row) => values.map((value) => [...row, value]));
  }
  return { tokens: Int32Array.from(rows.flat()), groups: new Int32Array(rows.length) };
}

/** `count` random lanes over the groups 0 to `numGroups` - 1. */
export function someFactorLanes(plan: FactorPlan, spec: FactorSequenceSpec, count: number, numGroups: number) {
  const rng = new Rng(17);
  const perLane = plan.forced.length;
  const tokens = Int32Array.from({ length: count * perLane }, (_, i) => {
    const forced = plan.forced[i % perLane]!;
    const value = rng.int(spec.factors[i % plan.numFactors]!);
    return forced >= 0 ? forced : value;
  });
  return { tokens, groups: Int32Array.from({ length: count }, () => rng.int(numGroups)) };
}

/** [G, C] numbers as an encoder with rectified units makes them; null without a context. */
export function someContext(spec: FactorSequenceSpec, numGroups: number): Float32Array | null {
  if (spec.context === 0) return null;
  const rng = new Rng(23);
  return Float32Array.from({ length: numGroups * spec.context }, () => Math.max(0, rng.normal()));
}

type Parts = { readonly list: readonly Pick<FactorPart, "rows" | "columns" | "offset">[] };

/** Largest difference over the largest entry, part by part of the block. */
export function worstPartError(plan: Parts, given: ArrayLike<number>, exact: ArrayLike<number>): number {
  let worst = 0;
  for (const { rows, columns, offset } of plan.list) {
    let error = 0;
    let scale = 1e-30;
    for (let i = offset; i < offset + rows * columns; i++) {
      error = Math.max(error, Math.abs(given[i]! - exact[i]!));
      scale = Math.max(scale, Math.abs(exact[i]!));
    }
    worst = Math.max(worst, error / scale);
  }
  return worst;
}

/** An LSTM as the reference vectors give it: matrices [out][in], columns of wx in the order input parts, context. */
export type LstmVectors = {
  readonly wx: readonly (readonly number[])[];
  readonly wh: readonly (readonly number[])[];
  readonly b: readonly number[];
  readonly wo: readonly (readonly number[])[];
  readonly bo: readonly number[];
};

/** The vectors' numbers in the order of the block. */
export function blockOf({ wx, wh, b, wo, bo }: LstmVectors, plan: FactorPlan): Float64Array {
  const block = new Float64Array(plan.parameterCount);
  const at: Record<FactorPartName, (row: number, column: number) => number> = {
    input: (row, column) => wx[column]![row]!,
    context: (row, column) => wx[column]![plan.numValues + row]!,
    recurrent: (row, column) => wh[column]![row]!,
    bias: (_, column) => b[column]!,
    output: (row, column) => wo[column]![row]!,
    outputBias: (_, column) => bo[column]!,
  };
  for (const { name, rows, columns, offset } of plan.list) {
    for (let i = 0; i < rows * columns; i++) block[offset + i] = at[name](Math.floor(i / columns), i % columns);
  }
  return block;
}

// Where each weight of a factored sequence stands in its flat block, and what it starts with. Matrices are [in, out], row
// by row; the four gates of the LSTM stand in the order input, forget, cell, output, H columns each.

import { LabError } from "../errors";
import type { Rng } from "../rng/rng";
import type { FactorSequenceSpec } from "./factorSequence";

/** context is absent where C = 0. */
export type FactorPartName = "input" | "context" | "recurrent" | "bias" | "output" | "outputBias";

export type FactorPart = {
  readonly name: FactorPartName;
  readonly rows: number;
  readonly columns: number;
  /** Index of its first number. */
  readonly offset: number;
};

export type FactorPlan = {
  readonly parts: Readonly<Partial<Record<FactorPartName, FactorPart>>>;
  /** In block order. */
  readonly list: readonly FactorPart[];
  readonly parameterCount: number;
  /** F */
  readonly numFactors: number;
  /** sum V_f: rows of the input and columns of the output. */
  readonly numValues: number;
  /** [F + 1] first row (column) of each part of a token; the last entry is sum V_f. */
  readonly starts: Int32Array;
  /** [L, F] the value of a forced part, -1 where the part is free. */
  readonly forced: Int32Array;
};

/** @throws LabError("shape") for sizes that do not fit. */
export function planFactorSequence(spec: FactorSequenceSpec): FactorPlan {
  const { factors, steps, hidden, context } = spec;
  for (const size of [steps, hidden, factors.length, ...factors]) requireSize(spec, size, 1);
  requireSize(spec, context, 0);
  const starts = new Int32Array(factors.length + 1);
  for (const [f, values] of factors.entries()) starts[f + 1] = starts[f]! + values;
  const numValues = starts[factors.length]!;
  const shapes: [FactorPartName, number, number][] = [
    ["input", numValues, 4 * hidden],
    ...(context > 0 ? ([["context", context, 4 * hidden]] as [FactorPartName, number, number][]) : []),
    ["recurrent", hidden, 4 * hidden],
    ["bias", 1, 4 * hidden],
    ["output", hidden, numValues],
    ["outputBias", 1, numValues],
  ];
  const list: FactorPart[] = [];
  let offset = 0;
  for (const [name, rows, columns] of shapes) {
    list.push({ name, rows, columns, offset });
    offset += rows * columns;
  }
  return {
    list,
    parts: Object.fromEntries(list.map((part) => [part.name, part])),
    parameterCount: offset,
    numFactors: factors.length,
    numValues,
    starts,
    forced: forcedTable(spec),
  };
}

/** First weights and biases, uniform on +-1 / sqrt(H): float32, in block order, from `rng` alone. */
export function initialFactorSequence(spec: FactorSequenceSpec, plan: FactorPlan, rng: Rng): Float32Array {
  const limit = 1 / Math.sqrt(spec.hidden);
  return Float32Array.from({ length: plan.parameterCount }, () => (2 * rng.uniform() - 1) * limit);
}

function forcedTable(spec: FactorSequenceSpec): Int32Array {
  const table = new Int32Array(spec.steps * spec.factors.length).fill(-1);
  for (const { step, factor, value } of spec.forced) {
    const numValues = spec.factors[factor];
    if (step >= 0 && step < spec.steps && numValues !== undefined && value >= 0 && value < numValues) {
      table[step * spec.factors.length + factor] = value;
      continue;
    }
    const message = `${spec.name}: cannot force part ${factor} of token ${step} to ${value}`;
    throw new LabError("shape", { message, help: "Force a part that there is." }, { step, factor, value });
  }
  return table;
}

function requireSize(spec: FactorSequenceSpec, size: number, least: number): void {
  if (Number.isInteger(size) && size >= least) return;
  const message = `${spec.name}: invalid size ${size} (expected integer >= ${least})`;
  throw new LabError("shape", { message, help: "Choose other sizes." }, { size });
}

// Where each weight of a recurrent network stands in its flat block, and what it starts with. Matrices are [in, out], row
// by row; the four gates of the LSTM stand in the order input, forget, cell, output, H columns each.

import { LabError } from "../errors";
import type { Rng } from "../rng/rng";
import type { RecurrentSpec } from "./recurrent";

/** context is absent where C = 0, output and outputBias where O = 0. */
export type RecurrentPartName = "input" | "context" | "recurrent" | "bias" | "output" | "outputBias";

export type RecurrentPart = {
  readonly name: RecurrentPartName;
  readonly rows: number;
  readonly columns: number;
  /** Index of its first number. */
  readonly offset: number;
};

export type RecurrentPlan = {
  /** In block order. */
  readonly list: readonly RecurrentPart[];
  readonly parts: Readonly<Partial<Record<RecurrentPartName, RecurrentPart>>>;
  readonly parameterCount: number;
};

/** @throws LabError("shape") for sizes that do not fit. */
export function planRecurrent(spec: RecurrentSpec): RecurrentPlan {
  const { inputs, context, hidden, outputs } = spec;
  for (const size of [inputs, hidden]) requireSize(spec, size, 1);
  for (const size of [context, outputs]) requireSize(spec, size, 0);
  const shapes: [RecurrentPartName, number, number][] = [
    ["input", inputs, 4 * hidden],
    ["context", context, 4 * hidden],
    ["recurrent", hidden, 4 * hidden],
    ["bias", 1, 4 * hidden],
    ["output", hidden, outputs],
    ["outputBias", 1, outputs],
  ];
  const list: RecurrentPart[] = [];
  let offset = 0;
  for (const [name, rows, columns] of shapes) {
    if (rows * columns === 0) continue;
    list.push({ name, rows, columns, offset });
    offset += rows * columns;
  }
  return { list, parts: Object.fromEntries(list.map((part) => [part.name, part])), parameterCount: offset };
}

/** First weights and biases, uniform on +-1 / sqrt(H): float32, in block order, from `rng` alone. */
export function initialRecurrent(spec: RecurrentSpec, plan: RecurrentPlan, rng: Rng): Float32Array {
  const limit = 1 / Math.sqrt(spec.hidden);
  return Float32Array.from({ length: plan.parameterCount }, () => (2 * rng.uniform() - 1) * limit);
}

function requireSize(spec: RecurrentSpec, size: number, least: number): void {
  if (Number.isInteger(size) && size >= least) return;
  const message = `${spec.name}: invalid size ${size} (expected integer >= ${least})`;
  throw new LabError("shape", { message, help: "Choose other sizes." }, { size });
}

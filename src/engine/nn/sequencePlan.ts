// Where each weight of a sequence network stands in its flat block, and what it starts with. All matrices are [in, out],
// row by row; the four gates of an LSTM stand in the order input, forget, cell, output, H columns each.

import { LabError } from "../errors";
import type { Rng } from "../rng/rng";
import type { SequenceSpec } from "./sequence";

export type SequencePart = {
  readonly name: PartName;
  readonly rows: number;
  readonly columns: number;
  /** Index of its first number. */
  readonly offset: number;
};

/**
 * encoder.* only with a reader. *.input [symbols or V + 1, 4H] one row a symbol (the decoder's last row is the start);
 * *.recurrent [H, 4H]; *.bias [1, 4H]; *.state and *.cell [1, H] learned initial h and c (the decoder's h is the summary of
 * a text where there is a reader: no decoder.state then). attention A [H, H]: score(i) = H_i^T A h. mix.weights W and
 * mix.bias: v = tanh([h ; context] W + b), [2H or H, E], absent where E = 0. output.weights [E or H, V], output.bias.
 */
export type PartName =
  | "encoder.input"
  | "encoder.recurrent"
  | "encoder.bias"
  | "encoder.state"
  | "encoder.cell"
  | "decoder.input"
  | "decoder.recurrent"
  | "decoder.bias"
  | "decoder.state"
  | "decoder.cell"
  | "attention"
  | "mix.weights"
  | "mix.bias"
  | "output.weights"
  | "output.bias";

export type SequencePlan = {
  readonly parts: Readonly<Partial<Record<PartName, SequencePart>>>;
  /** In block order. */
  readonly list: readonly SequencePart[];
  readonly parameterCount: number;
};

/** Forget gates start open, so that gradients reach early tokens. */
const FORGET_BIAS = 1;
/** Standard deviation of the first output weights. */
const OUTPUT_SCALE = 0.1;

/** @throws LabError("shape") for sizes that do not fit. */
export function planSequence(spec: SequenceSpec): SequencePlan {
  const { hidden: h, embedding: e, reader, grammar, name } = spec;
  const isMultiple = (n: number) => Number.isInteger(n) && n >= 0 && n % 8 === 0;
  if (!isMultiple(h) || h === 0 || !isMultiple(e) || (reader && e === 0)) {
    const message = `${name}: hidden ${h} and embedding ${e} must be multiples of 8 (expected embedding > 0 with a reader)`;
    throw new LabError("shape", { message, help: "Choose other sizes." }, { hidden: h, embedding: e });
  }
  const shapes: [PartName, number, number][] = [
    ...(reader ? lstmShapes("encoder", reader.symbols, h, true) : []),
    ...lstmShapes("decoder", grammar.tokens + 1, h, !reader),
    ...(reader ? ([["attention", h, h]] as [PartName, number, number][]) : []),
    ...(e > 0
      ? ([
          ["mix.weights", reader ? 2 * h : h, e],
          ["mix.bias", 1, e],
        ] as [PartName, number, number][])
      : []),
    ["output.weights", e || h, grammar.tokens],
    ["output.bias", 1, grammar.tokens],
  ];
  const list: SequencePart[] = [];
  let offset = 0;
  for (const [part, rows, columns] of shapes) {
    list.push({ name: part, rows, columns, offset });
    offset += rows * columns;
  }
  return { list, parts: Object.fromEntries(list.map((part) => [part.name, part])), parameterCount: offset };
}

function lstmShapes(
  kind: "encoder" | "decoder",
  symbols: number,
  h: number,
  hasState: boolean,
): [PartName, number, number][] {
  return [
    [`${kind}.input`, symbols, 4 * h],
    [`${kind}.recurrent`, h, 4 * h],
    [`${kind}.bias`, 1, 4 * h],
    ...(hasState ? ([[`${kind}.state`, 1, h]] as [PartName, number, number][]) : []),
    [`${kind}.cell`, 1, h],
  ];
}

/**
 * First weights: LSTMs, attention and mix uniform on +-1 / sqrt(fan in), initial states 0, forget biases 1, output
 * weights normal(0, 0.1), output biases as the spec gives them. float32, in block order, from `rng` alone.
 */
export function initialSequence(spec: SequenceSpec, plan: SequencePlan, rng: Rng): Float32Array {
  const initial = new Float32Array(plan.parameterCount);
  for (const { name, rows, columns, offset } of plan.list) {
    const count = rows * columns;
    const fanIn = name === "mix.weights" || name === "attention" ? rows : spec.hidden;
    if (name === "output.weights") for (let i = 0; i < count; i++) initial[offset + i] = OUTPUT_SCALE * rng.normal();
    else if (name === "output.bias") initial.set(Array.from(spec.outputBias), offset);
    else if (name.endsWith(".bias")) {
      if (name !== "mix.bias") initial.fill(FORGET_BIAS, offset + spec.hidden, offset + 2 * spec.hidden);
    } else if (!name.endsWith(".state") && !name.endsWith(".cell")) {
      for (let i = 0; i < count; i++) initial[offset + i] = (2 * rng.uniform() - 1) / Math.sqrt(fanIn);
    }
  }
  return initial;
}

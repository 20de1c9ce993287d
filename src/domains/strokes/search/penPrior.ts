// The prior over programs in plain numbers, token by token, for a search that asks it about thousands of programs in a
// row: a small LSTM that writes a stroke and whether the pen is down. Source: MWS specification, section 3.5.

import { sigmoid } from "../../../engine/dists/logs";
import { type FactorPartName, planFactorSequence } from "../../../engine/nn/factorPlan";
import type { FactorSequenceSpec } from "../../../engine/nn/factorSequence";
import { strokeOf } from "../program";

const PENS = 2;

/** What the prior remembers after some tokens. */
export type PenState = {
  /** [2 H] hidden values, then cells. */
  readonly memory: Float64Array;
  /** [S] log probability of each stroke as the next one. */
  readonly strokes: Float64Array;
  /** [2] log probability of the pen up, and down. */
  readonly pens: Float64Array;
  /** Tokens so far. */
  readonly tokens: number;
};

export class PenPrior {
  private readonly numStrokes: number;
  private readonly hidden: number;
  private readonly weights: Parts;
  private readonly start: PenState;

  /**
   * @param spec a factored sequence of a stroke and a pen
   * @param values the block's weights, in the order of FactorSequence
   * @param contextRow row of the context that is 1 (a one-hot alphabet); -1 without a context
   */
  constructor(
    private readonly spec: FactorSequenceSpec,
    values: ArrayLike<number>,
    contextRow: number,
  ) {
    this.numStrokes = spec.factors[0]!;
    this.hidden = spec.hidden;
    this.weights = partsOf(spec, values, contextRow);
    this.start = this.next(null, -1);
  }

  /** Before the first token. */
  get first(): PenState {
    return this.start;
  }

  /** log probability of a token as the next one, nats; the pen of the first token is given. */
  logToken({ strokes, pens, tokens }: PenState, token: number): number {
    return strokes[strokeOf(token)]! + (this.isForced(tokens) ? 0 : pens[token & 1]!);
  }

  /** After `token`. */
  after(state: PenState, token: number): PenState {
    return this.next(state, token);
  }

  /** log p(z) of a whole program, nats. */
  logProb(program: ArrayLike<number>): number {
    let state = this.start;
    let sum = 0;
    for (let t = 0; t < program.length; t++) {
      sum += this.logToken(state, program[t]!);
      if (t + 1 < program.length) state = this.next(state, program[t]!);
    }
    return sum;
  }

  private isForced(step: number): boolean {
    return this.spec.forced.some((rule) => rule.step === step && rule.factor === 1);
  }

  /** The cell's step on a token; -1 is the empty input of the start. */
  private next(state: PenState | null, token: number): PenState {
    const { hidden: H, numStrokes: S } = this;
    const { input, bias, recurrent, output, outputBias } = this.weights;
    const gates = bias.slice();
    if (token >= 0) {
      const stroke = strokeOf(token) * 4 * H;
      const pen = (S + (token & 1)) * 4 * H;
      for (let g = 0; g < 4 * H; g++) gates[g] = gates[g]! + input[stroke + g]! + input[pen + g]!;
    }
    for (let j = 0; state && j < H; j++) {
      const h = state.memory[j]!;
      for (let g = 0; g < 4 * H; g++) gates[g] = gates[g]! + h * recurrent[j * 4 * H + g]!;
    }
    const memory = new Float64Array(2 * H);
    const logits = outputBias.slice();
    for (let j = 0; j < H; j++) {
      const before = state ? state.memory[H + j]! : 0;
      const cell = sigmoid(gates[H + j]!) * before + sigmoid(gates[j]!) * Math.tanh(gates[2 * H + j]!);
      const h = sigmoid(gates[3 * H + j]!) * Math.tanh(cell);
      memory[j] = h;
      memory[H + j] = cell;
      for (let v = 0; v < S + PENS; v++) logits[v] = logits[v]! + h * output[j * (S + PENS) + v]!;
    }
    const tokens = state ? state.tokens + 1 : 0;
    return { memory, strokes: logSoftmax(logits.subarray(0, S)), pens: logSoftmax(logits.subarray(S)), tokens };
  }
}

type Parts = {
  readonly input: Float64Array;
  /** [4 H] the biases and the context's row. */
  readonly bias: Float64Array;
  readonly recurrent: Float64Array;
  readonly output: Float64Array;
  readonly outputBias: Float64Array;
};

function partsOf(spec: FactorSequenceSpec, values: ArrayLike<number>, contextRow: number): Parts {
  const { parts } = planFactorSequence(spec);
  const all = Float64Array.from(values);
  const take = (name: FactorPartName) => {
    const part = parts[name];
    return part ? all.slice(part.offset, part.offset + part.rows * part.columns) : new Float64Array();
  };
  const [context, biases] = [take("context"), take("bias")];
  const gates = 4 * spec.hidden;
  const bias = new Float64Array(gates);
  for (let i = 0; i < biases.length; i++) bias[i % gates] = bias[i % gates]! + biases[i]!;
  for (let g = 0; contextRow >= 0 && context.length > 0 && g < gates; g++) {
    bias[g] = bias[g]! + context[contextRow * gates + g]!;
  }
  const [input, recurrent, output] = [take("input"), take("recurrent"), take("output")];
  return { input, bias, recurrent, output, outputBias: take("outputBias") };
}

function logSoftmax(logits: Float64Array): Float64Array {
  let largest = -Infinity;
  for (const value of logits) largest = Math.max(largest, value);
  let sum = 0;
  for (const value of logits) sum += Math.exp(value - largest);
  const total = largest + Math.log(sum);
  return logits.map((value) => value - total);
}

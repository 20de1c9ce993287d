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
  private readonly gates: Float64Array;
  private readonly start: PenState;
  /** The states along the program that was asked about last: one that begins alike goes on from where they part. */
  private readonly trail: PenState[];
  private readonly last: Int32Array;

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
    this.gates = new Float64Array(4 * this.hidden);
    this.start = this.emptyState(0);
    this.step(null, -1, this.start);
    this.trail = Array.from({ length: spec.steps }, (_, t) => (t === 0 ? this.start : this.emptyState(t)));
    this.last = new Int32Array(spec.steps).fill(-1);
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
    const next = this.emptyState(state.tokens + 1);
    this.step(state, token, next);
    return next;
  }

  /** log p(z) of a whole program, nats. */
  logProb(program: ArrayLike<number>): number {
    const { trail, last } = this;
    let isAsBefore = true;
    let sum = 0;
    for (let t = 0; t < program.length; t++) {
      const token = program[t]!;
      sum += this.logToken(trail[t]!, token);
      isAsBefore &&= last[t] === token;
      if (isAsBefore) continue;
      last[t] = token;
      if (t + 1 < program.length) this.step(trail[t]!, token, trail[t + 1]!);
    }
    return sum;
  }

  private isForced(step: number): boolean {
    for (const rule of this.spec.forced) if (rule.step === step && rule.factor === 1) return true;
    return false;
  }

  private emptyState(tokens: number): PenState {
    const { hidden: H, numStrokes: S } = this;
    return { memory: new Float64Array(2 * H), strokes: new Float64Array(S), pens: new Float64Array(PENS), tokens };
  }

  /** The cell's step on a token into `next`; -1 is the empty input of the start. */
  private step(state: PenState | null, token: number, { memory, strokes, pens }: PenState): void {
    const { hidden: H, numStrokes: S, gates } = this;
    const { output, outputBias } = this.weights;
    this.fillGates(state, token);
    for (let v = 0; v < S; v++) strokes[v] = outputBias[v]!;
    for (let v = 0; v < PENS; v++) pens[v] = outputBias[S + v]!;
    for (let j = 0; j < H; j++) {
      const before = state ? state.memory[H + j]! : 0;
      const cell = sigmoid(gates[H + j]!) * before + sigmoid(gates[j]!) * Math.tanh(gates[2 * H + j]!);
      const h = sigmoid(gates[3 * H + j]!) * Math.tanh(cell);
      memory[j] = h;
      memory[H + j] = cell;
      const row = j * (S + PENS);
      for (let v = 0; v < S; v++) strokes[v] = strokes[v]! + h * output[row + v]!;
      for (let v = 0; v < PENS; v++) pens[v] = pens[v]! + h * output[row + S + v]!;
    }
    logSoftmax(strokes);
    logSoftmax(pens);
  }

  private fillGates(state: PenState | null, token: number): void {
    const { hidden: H, numStrokes: S, gates } = this;
    const { input, bias, recurrent } = this.weights;
    gates.set(bias);
    if (token >= 0) {
      const stroke = strokeOf(token) * 4 * H;
      const pen = (S + (token & 1)) * 4 * H;
      for (let g = 0; g < 4 * H; g++) gates[g] = gates[g]! + input[stroke + g]! + input[pen + g]!;
    }
    for (let j = 0; state && j < H; j++) {
      const h = state.memory[j]!;
      for (let g = 0; g < 4 * H; g++) gates[g] = gates[g]! + h * recurrent[j * 4 * H + g]!;
    }
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

/** Logits to log probabilities, in place. */
function logSoftmax(logits: Float64Array): void {
  let largest = -Infinity;
  for (let v = 0; v < logits.length; v++) if (logits[v]! > largest) largest = logits[v]!;
  let sum = 0;
  for (let v = 0; v < logits.length; v++) sum += Math.exp(logits[v]! - largest);
  const total = largest + Math.log(sum);
  for (let v = 0; v < logits.length; v++) logits[v] = logits[v]! - total;
}

// A prior whose bits depend on each other: one LSTM (64 units) reads the bits in index order and predicts the next.
// Source: automata specification, section 4, "LSTM prior". Plain float64 arrays, backward pass by hand.
// Gates in order input, forget, cell, output; the input at step t is bit t - 1 as -1 or 1, and 0 at the first step.

import { sigmoid, softplus } from "../../engine/dists/logs";
import { CountedBlock } from "../../engine/optim/countedBlock";
import type { ParameterBlock } from "../../engine/optim/parameterBlock";
import { PlainBlock } from "../../engine/optim/plainBlock";
import type { Rng } from "../../engine/rng/rng";
import type { RulePrior } from "./rulePrior";

const HIDDEN = 64;
/** Scored rules kept while the parameters stand still. */
const MOST_KNOWN = 100_000;

/** Activations of one sequence, kept for the backward pass: [steps, ...] each. */
type Trace = {
  /** [steps, 4 * hidden] gates after their nonlinearity. */
  readonly gates: Float64Array;
  /** [steps + 1, hidden], row 0 is the start. */
  readonly cells: Float64Array;
  readonly outputs: Float64Array;
  /** [steps] */
  readonly logits: Float64Array;
};

export class LstmPrior implements RulePrior {
  readonly blocks: readonly ParameterBlock[];
  private readonly block: PlainBlock;
  private readonly bits: number;
  private readonly hidden: number;
  private readonly counted: CountedBlock;
  /** log p of rules scored under the current parameters. */
  private readonly known = new Map<number, number>();
  private knownAt = 0;

  /** Weights uniform on +-1 / sqrt(hidden), forget biases 1, so that gradients reach early bits from the start. */
  constructor(bits: number, rng: Rng, hidden = HIDDEN) {
    this.bits = bits;
    this.hidden = hidden;
    const { outBias } = layout(hidden);
    const limit = 1 / Math.sqrt(hidden);
    const initial = Float64Array.from({ length: outBias + 1 }, () => (2 * rng.uniform() - 1) * limit);
    initial.fill(0, layout(hidden).bias, layout(hidden).out);
    initial.fill(1, layout(hidden).bias + hidden, layout(hidden).bias + 2 * hidden);
    // The output starts at 0: every bit is fair, as with the independent prior.
    initial.fill(0, layout(hidden).out);
    this.block = new PlainBlock("theta.prior", "theta", initial);
    this.counted = new CountedBlock(this.block);
    this.blocks = [this.counted];
  }

  private emptyTrace(): Trace {
    const { bits, hidden } = this;
    return {
      gates: new Float64Array(bits * 4 * hidden),
      cells: new Float64Array((bits + 1) * hidden),
      outputs: new Float64Array((bits + 1) * hidden),
      logits: new Float64Array(bits),
    };
  }

  /** One step of the cell; `input` is -1, 0 or 1. Returns the logit of bit t. */
  private stepCell(trace: Trace, t: number, input: number): number {
    const { hidden } = this;
    const p = this.block.values;
    const at = layout(hidden);
    const { gates, cells, outputs, logits } = trace;
    const wide = 4 * hidden;
    const z = gates.subarray(t * wide, (t + 1) * wide);
    for (let g = 0; g < wide; g++) z[g] = p[at.bias + g]! + input * p[at.input + g]!;
    for (let h = 0; h < hidden; h++) {
      const value = outputs[t * hidden + h]!;
      if (value === 0) continue;
      const row = at.recurrent + h * wide;
      for (let g = 0; g < wide; g++) z[g] = z[g]! + value * p[row + g]!;
    }
    let logit = p[at.outBias]!;
    for (let h = 0; h < hidden; h++) {
      const i = sigmoid(z[h]!);
      const f = sigmoid(z[hidden + h]!);
      const c = Math.tanh(z[2 * hidden + h]!);
      const o = sigmoid(z[3 * hidden + h]!);
      z[h] = i;
      z[hidden + h] = f;
      z[2 * hidden + h] = c;
      z[3 * hidden + h] = o;
      const cell = f * cells[t * hidden + h]! + i * c;
      cells[(t + 1) * hidden + h] = cell;
      const output = o * Math.tanh(cell);
      outputs[(t + 1) * hidden + h] = output;
      logit += output * p[at.out + h]!;
    }
    logits[t] = logit;
    return logit;
  }

  private inputAt(rule: number, t: number): number {
    return t === 0 ? 0 : 2 * ((rule >>> (t - 1)) & 1) - 1;
  }

  /** Runs a rule through the cell from step `from` on (the trace holds the steps before); returns log p(rule), nats. */
  private forward(rule: number, trace: Trace, from = 0): number {
    for (let t = from; t < this.bits; t++) this.stepCell(trace, t, this.inputAt(rule, t));
    let sum = 0;
    for (let t = 0; t < this.bits; t++) {
      const logit = trace.logits[t]!;
      sum -= (rule >>> t) & 1 ? softplus(-logit) : softplus(logit);
    }
    return sum;
  }

  logProb(rules: Int32Array): Float64Array {
    // Rules that begin alike follow each other, so that each distinct beginning is computed once.
    const { known } = this;
    if (this.knownAt !== this.counted.version || known.size > MOST_KNOWN) known.clear();
    this.knownAt = this.counted.version;
    const distinct = [...new Set(rules)].filter((rule) => !known.has(rule));
    distinct.sort((a, b) => reverseBits(a) - reverseBits(b));
    const trace = this.emptyTrace();
    let last: number | null = null;
    for (const rule of distinct) {
      // Step t reads bit t - 1: the step of the first different bit is still shared.
      const shared: number = last === null ? 0 : Math.min(this.bits, lowestBit(rule ^ last) + 1);
      known.set(rule, this.forward(rule, trace, shared));
      last = rule;
    }
    return Float64Array.from(rules, (rule) => known.get(rule)!);
  }

  sample(count: number, rng: Rng): Int32Array {
    const trace = this.emptyTrace();
    return Int32Array.from({ length: count }, () => this.follow(trace, (p) => rng.uniform() < p).rule);
  }

  /** Chooses bit after bit by `choose(P(bit = 1))`. */
  private follow(trace: Trace, choose: (p: number) => boolean): { rule: number; probabilities: Float64Array } {
    const probabilities = new Float64Array(this.bits);
    let rule = 0;
    for (let t = 0; t < this.bits; t++) {
      const p = sigmoid(this.stepCell(trace, t, this.inputAt(rule, t)));
      probabilities[t] = p;
      if (choose(p)) rule |= 1 << t;
    }
    return { rule, probabilities };
  }

  bitLogits(): null {
    return null;
  }

  bitProbabilities(): Float64Array {
    return this.follow(this.emptyTrace(), (p) => p > 0.5).probabilities;
  }

  accumulate(rules: Int32Array, weight: Float64Array): void {
    const total = new Map<number, number>();
    for (const [n, rule] of rules.entries()) {
      if (weight[n] !== 0) total.set(rule, (total.get(rule) ?? 0) + weight[n]!);
    }
    const trace = this.emptyTrace();
    for (const [rule, w] of total) {
      this.forward(rule, trace);
      this.backward(rule, w, trace);
    }
  }

  /** Adds the gradient of -w * log p(rule), back through time. */
  private backward(rule: number, w: number, trace: Trace): void {
    const { hidden, bits } = this;
    const p = this.block.values;
    const gradient = this.block.gradient;
    const at = layout(hidden);
    const dOutput = new Float64Array(hidden);
    const dCell = new Float64Array(hidden);
    const dGate = new Float64Array(4 * hidden);
    for (let t = bits - 1; t >= 0; t--) {
      const dLogit = -w * (((rule >>> t) & 1) - sigmoid(trace.logits[t]!));
      gradient[at.outBias] = gradient[at.outBias]! + dLogit;
      for (let h = 0; h < hidden; h++) {
        const output = trace.outputs[(t + 1) * hidden + h]!;
        gradient[at.out + h] = gradient[at.out + h]! + dLogit * output;
        dOutput[h] = dOutput[h]! + dLogit * p[at.out + h]!;
      }
      backThroughGates({ trace, t, hidden, dOutput, dCell, dGate });
      this.backThroughWeights(rule, t, trace, dGate, dOutput);
    }
  }

  /** Gate gradients -> weights of step t, and into `dOutput` of step t - 1. */
  private backThroughWeights(rule: number, t: number, trace: Trace, dGate: Float64Array, dOutput: Float64Array): void {
    const { hidden } = this;
    const p = this.block.values;
    const gradient = this.block.gradient;
    const at = layout(hidden);
    const wide = 4 * hidden;
    const input = this.inputAt(rule, t);
    for (let g = 0; g < wide; g++) {
      gradient[at.bias + g] = gradient[at.bias + g]! + dGate[g]!;
      gradient[at.input + g] = gradient[at.input + g]! + input * dGate[g]!;
    }
    for (let h = 0; h < hidden; h++) {
      const row = at.recurrent + h * wide;
      const value = trace.outputs[t * hidden + h]!;
      let sum = 0;
      for (let g = 0; g < wide; g++) {
        sum += p[row + g]! * dGate[g]!;
        gradient[row + g] = gradient[row + g]! + value * dGate[g]!;
      }
      dOutput[h] = sum;
    }
  }
}

/** Index of the lowest set bit; 32 if there is none. */
function lowestBit(word: number): number {
  return word === 0 ? 32 : 31 - Math.clz32(word & -word);
}

/** The bits of a rule in the opposite order, as an unsigned integer: sorts rules by their first bits. */
function reverseBits(rule: number): number {
  let reversed = 0;
  for (let i = 0; i < 32; i++) reversed = (reversed << 1) | ((rule >>> i) & 1);
  return reversed >>> 0;
}

/** Where the parts of the flat block begin: input weights, recurrent weights, biases, output weights, output bias. */
function layout(hidden: number) {
  const wide = 4 * hidden;
  const recurrent = wide;
  const bias = recurrent + hidden * wide;
  const out = bias + wide;
  return { input: 0, recurrent, bias, out, outBias: out + hidden };
}

/** From d loss / d output and d cell of step t to the gates (before their nonlinearity); `dCell` moves to step t - 1. */
function backThroughGates(state: {
  trace: Trace;
  t: number;
  hidden: number;
  dOutput: Float64Array;
  dCell: Float64Array;
  dGate: Float64Array;
}): void {
  const { trace, t, hidden, dOutput, dCell, dGate } = state;
  const base = t * 4 * hidden;
  for (let h = 0; h < hidden; h++) {
    const i = trace.gates[base + h]!;
    const f = trace.gates[base + hidden + h]!;
    const c = trace.gates[base + 2 * hidden + h]!;
    const o = trace.gates[base + 3 * hidden + h]!;
    const squashed = Math.tanh(trace.cells[(t + 1) * hidden + h]!);
    const dc = dCell[h]! + dOutput[h]! * o * (1 - squashed * squashed);
    dGate[h] = dc * c * i * (1 - i);
    dGate[hidden + h] = dc * trace.cells[t * hidden + h]! * f * (1 - f);
    dGate[2 * hidden + h] = dc * i * (1 - c * c);
    dGate[3 * hidden + h] = dOutput[h]! * squashed * o * (1 - o);
    dCell[h] = dc * f;
  }
}

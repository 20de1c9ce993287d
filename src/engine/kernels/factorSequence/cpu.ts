// The factored sequence on the "cpu" backend: plain TypeScript in float64, one lane after another.
// It is the slowest and the most exact of the implementations; finite differences are taken from it.

import type { FactorPlan } from "../../nn/factorPlan";
import type { FactorLanes, FactorSequence, FactorSequenceSpec } from "../../nn/factorSequence";
import { PlainBlock } from "../../optim/plainBlock";
import { pcg4d, type Rng } from "../../rng/rng";
import { drawToken } from "../sequence/cpuChoice";
import { advance, type LstmTrace, recurrenceBackward, startTrace } from "../sequence/cpuLstm";
import { addRow, type Views, viewsOf } from "../sequence/cpuParts";
import { requireContext, requireFactorLanes } from "./calls";

/** @param block name, group and first weights [parameterCount] of the network's parameter block */
export async function createCpuFactorSequence(
  spec: FactorSequenceSpec,
  plan: FactorPlan,
  block: { readonly name: string; readonly group: "theta" | "phi"; readonly initial: ArrayLike<number> },
): Promise<CpuFactorSequence> {
  return new CpuFactorSequence(spec, plan, new PlainBlock(block.name, block.group, block.initial));
}

/** One written lane: what each step did, for the way back. */
type Writing = {
  readonly trace: LstmTrace;
  /** [L, sum V_f] log probabilities of the values of each part. */
  readonly logP: Float64Array;
  /** [L, F] */
  readonly tokens: Int32Array;
  readonly logProb: number;
};

export class CpuFactorSequence implements FactorSequence {
  readonly spec: FactorSequenceSpec;
  readonly block: PlainBlock;
  private readonly plan: FactorPlan;
  private readonly weights: Views;
  private readonly gradient: Views;

  constructor(spec: FactorSequenceSpec, plan: FactorPlan, block: PlainBlock) {
    this.spec = spec;
    this.plan = plan;
    this.block = block;
    this.weights = viewsOf(plan.parts, block.values);
    this.gradient = viewsOf(plan.parts, block.gradient);
  }

  async sample(context: Float32Array | null, groups: Int32Array, rng: Rng) {
    requireContext(this.spec, context, groups);
    const { forced } = this.plan;
    const starts = this.gateStarts(context);
    const tokens = new Int32Array(groups.length * forced.length);
    const logProb = new Float64Array(groups.length);
    const words = new Uint32Array(4);
    for (const [lane, group] of groups.entries()) {
      const writing = this.write(starts(group), (p, part) => {
        const word = lane * forced.length + part;
        pcg4d(rng.seed, rng.streamA, rng.streamB, word >>> 2, words);
        return drawToken(p.map(Math.exp), words[word & 3]! * 2 ** -32);
      });
      tokens.set(writing.tokens, lane * forced.length);
      logProb[lane] = writing.logProb;
    }
    return { tokens, logProb };
  }

  async logProb(context: Float32Array | null, lanes: FactorLanes): Promise<Float64Array> {
    requireFactorLanes(this.spec, this.plan, lanes);
    requireContext(this.spec, context, lanes.groups);
    const starts = this.gateStarts(context);
    return Float64Array.from(lanes.groups, (group, lane) => this.writeLane(starts(group), lanes, lane).logProb);
  }

  async accumulate(context: Float32Array | null, lanes: FactorLanes, coefficient: Float64Array) {
    requireFactorLanes(this.spec, this.plan, lanes, coefficient);
    requireContext(this.spec, context, lanes.groups);
    const starts = this.gateStarts(context);
    const logProb = new Float64Array(lanes.groups.length);
    const width = 4 * this.spec.hidden;
    const startGradients = new Float64Array(this.spec.context > 0 ? numGroups(this.spec, context) * width : width);
    for (const [lane, factor] of coefficient.entries()) {
      if (factor === 0) continue;
      const group = this.spec.context > 0 ? lanes.groups[lane]! : 0;
      const writing = this.writeLane(starts(group), lanes, lane);
      this.writeBackward(writing, -factor, startGradients.subarray(group * width, (group + 1) * width));
      logProb[lane] = writing.logProb;
    }
    return { logProb, contextGradient: this.startsBackward(context, startGradients) };
  }

  dispose(): void {
    // Plain arrays: nothing to give back.
  }

  /** [4H] what the gates of a group's lanes start from at every step: bias and context, each group computed once. */
  private gateStarts(context: Float32Array | null): (group: number) => Float64Array {
    const { bias, context: weights } = this.weights;
    const numInputs = this.spec.context;
    const known = new Map<number, Float64Array>();
    return (group) => {
      if (numInputs === 0 || context === null) return bias;
      const sums = known.get(group) ?? bias.slice();
      if (!known.has(group)) {
        for (let c = 0; c < numInputs; c++) addRow(sums, weights, c, context[group * numInputs + c]!);
        known.set(group, sums);
      }
      return sums;
    };
  }

  private writeLane(start: Float64Array, lanes: FactorLanes, lane: number): Writing {
    const perLane = this.plan.forced.length;
    return this.write(start, (_, part) => lanes.tokens[lane * perLane + part]!);
  }

  /** Writes L tokens; `choose` gives part t * F + f of those that are not forced, from the log probabilities [V_f]. */
  private write(start: Float64Array, choose: (logP: Float64Array, part: number) => number): Writing {
    const { steps, hidden } = this.spec;
    const { forced, numFactors, numValues, starts } = this.plan;
    const { input, recurrent, output, outputBias } = this.weights;
    const trace = startTrace(steps, new Float64Array(hidden), new Float64Array(hidden));
    const tokens = new Int32Array(forced.length);
    const logits = new Float64Array(steps * numValues);
    let logProb = 0;
    for (let step = 0; step < steps; step++) {
      const gates = trace.gates.subarray(step * start.length, (step + 1) * start.length);
      gates.set(start);
      for (let f = 0; step > 0 && f < numFactors; f++) {
        addRow(gates, input, starts[f]! + tokens[(step - 1) * numFactors + f]!, 1);
      }
      advance(recurrent, trace, step);
      const row = logits.subarray(step * numValues, (step + 1) * numValues);
      row.set(outputBias);
      for (let k = 0; k < hidden; k++) addRow(row, output, k, trace.hidden[(step + 1) * hidden + k]!);
      for (let f = 0; f < numFactors; f++) {
        const logP = row.subarray(starts[f], starts[f + 1]);
        normalise(logP);
        const part = step * numFactors + f;
        const value = forced[part]! >= 0 ? forced[part]! : choose(logP, part);
        tokens[part] = value;
        if (forced[part]! < 0) logProb += logP[value]!;
      }
    }
    return { trace, logP: logits, tokens, logProb };
  }

  /** Adds the gradient of scale times the lane's log probability; that of the gates' start is added to `toStart` [4H]. */
  private writeBackward({ trace, logP, tokens }: Writing, scale: number, toStart: Float64Array): void {
    const { steps, hidden } = this.spec;
    const { forced, numFactors, numValues, starts } = this.plan;
    const { weights, gradient } = this;
    const toHidden = new Float64Array((steps + 1) * hidden);
    for (let step = 0; step < steps; step++) {
      const toLogits = new Float64Array(numValues);
      for (let f = 0; f < numFactors; f++) {
        if (forced[step * numFactors + f]! >= 0) continue;
        for (let v = starts[f]!; v < starts[f + 1]!; v++) toLogits[v] = -scale * Math.exp(logP[step * numValues + v]!);
        toLogits[starts[f]! + tokens[step * numFactors + f]!]! += scale;
      }
      addRow(gradient.outputBias, toLogits, 0, 1);
      for (let k = 0; k < hidden; k++) {
        const at = (step + 1) * hidden + k;
        const row = gradient.output.subarray(k * numValues, (k + 1) * numValues);
        addRow(row, toLogits, 0, trace.hidden[at]!);
        for (let v = 0; v < numValues; v++) toHidden[at]! += weights.output[k * numValues + v]! * toLogits[v]!;
      }
    }
    recurrenceBackward(weights.recurrent, gradient.recurrent, trace, toHidden, (delta, step) => {
      addRow(toStart, delta, 0, 1);
      for (let f = 0; step > 0 && f < numFactors; f++) {
        const row = starts[f]! + tokens[(step - 1) * numFactors + f]!;
        addRow(gradient.input.subarray(row * delta.length, (row + 1) * delta.length), delta, 0, 1);
      }
    });
  }

  /** Takes the gradients [G, 4H] of the gates' starts to the bias and the context's weights; returns that of the context. */
  private startsBackward(context: Float32Array | null, starts: Float64Array): Float32Array | null {
    const { bias, context: toWeights } = this.gradient;
    const width = bias.length;
    for (let group = 0; group * width < starts.length; group++) addRow(bias, starts, group, 1);
    const numInputs = this.spec.context;
    if (numInputs === 0 || context === null) return null;
    return Float32Array.from(context, (value, index) => {
      const c = index % numInputs;
      const group = (index - c) / numInputs;
      addRow(toWeights.subarray(c * width, (c + 1) * width), starts, group, value);
      let sum = 0;
      for (let n = 0; n < width; n++) sum += this.weights.context[c * width + n]! * starts[group * width + n]!;
      return sum;
    });
  }
}

function numGroups(spec: FactorSequenceSpec, context: Float32Array | null): number {
  return (context?.length ?? 0) / spec.context;
}

/** Logits to log probabilities, in place. */
function normalise(logits: Float64Array): void {
  let most = Number.NEGATIVE_INFINITY;
  for (const logit of logits) most = Math.max(most, logit);
  let total = 0;
  for (const logit of logits) total += Math.exp(logit - most);
  const shift = most + Math.log(total);
  for (let v = 0; v < logits.length; v++) logits[v] = logits[v]! - shift;
}

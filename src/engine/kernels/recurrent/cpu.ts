// The recurrent network on the "cpu" backend: plain TypeScript in float64, one lane after another.
// It is the slowest and the most exact of the implementations; finite differences are taken from it.

import type { Recurrent, RecurrentLanes, RecurrentSpec, RecurrentState, Tape } from "../../nn/recurrent";
import type { RecurrentPlan } from "../../nn/recurrentPlan";
import { PlainBlock } from "../../optim/plainBlock";
import { advance, type LstmTrace, recurrenceBackward, startTrace } from "../sequence/cpuLstm";
import { addRow, type Views, viewsOf } from "../sequence/cpuParts";
import {
  type AnyLanes,
  requireContextRows,
  requireKept,
  requireNumbers,
  requireRecurrentGradients,
  requireRecurrentLanes,
} from "./calls";

/** @param block name, group and first weights [parameterCount] of the network's parameter block */
export async function createCpuRecurrent(
  spec: RecurrentSpec,
  plan: RecurrentPlan,
  block: { readonly name: string; readonly group: "theta" | "phi"; readonly initial: ArrayLike<number> },
): Promise<CpuRecurrent> {
  return new CpuRecurrent(spec, plan, new PlainBlock(block.name, block.group, block.initial));
}

/** A forward pass in full precision; traces [N] are empty unless kept. */
export type ExactPass = {
  readonly outputs: Float64Array;
  readonly last: Float64Array;
  readonly traces: readonly LstmTrace[];
};

/** Gradients of a backward pass in full precision. */
export type ExactGradients = { readonly context: Float64Array | null; readonly inputs: Float64Array };

/** The states of lanes that are run step by step: what their gates start from, and h and c. */
type Standing = { readonly starts: readonly Float64Array[]; hidden: Float64Array[]; cells: Float64Array[] };

export class CpuRecurrent implements Recurrent {
  readonly spec: RecurrentSpec;
  readonly block: PlainBlock;
  private readonly weights: Views;
  private readonly gradient: Views;
  private readonly tapes = new WeakMap<Tape, readonly LstmTrace[]>();
  private readonly states = new WeakMap<RecurrentState, Standing>();

  constructor(spec: RecurrentSpec, plan: RecurrentPlan, block: PlainBlock) {
    this.spec = spec;
    this.block = block;
    this.weights = viewsOf(plan.parts, block.values);
    this.gradient = viewsOf(plan.parts, block.gradient);
  }

  async forward(lanes: RecurrentLanes, keep: boolean) {
    const { outputs, last, traces } = this.run(lanes, keep);
    const tape: Tape = { lanes, release: () => void this.tapes.delete(tape) };
    if (keep) this.tapes.set(tape, traces);
    return { outputs: Float32Array.from(outputs), last: Float32Array.from(last), tape: keep ? tape : null };
  }

  async backward(
    tape: Tape,
    outputs: Float32Array | null,
    last: Float32Array | null,
    wantsInputs: boolean,
    isFrozen = false,
  ) {
    const traces = requireKept(this.spec, "tape", this.tapes.get(tape));
    requireRecurrentGradients(this.spec, tape.lanes, outputs, last);
    tape.release();
    const before = isFrozen ? this.block.gradient.slice() : null;
    const { context, inputs } = this.runBackward(tape.lanes, traces, outputs, last);
    if (before) this.block.gradient.set(before);
    return { context: context && Float32Array.from(context), inputs: wantsInputs ? Float32Array.from(inputs) : null };
  }

  async start(context: Float32Array | null, groups: Int32Array): Promise<RecurrentState> {
    requireContextRows(this.spec, context, groups);
    const startOf = this.gateStarts(context);
    const zeros = () => Array.from(groups, () => new Float64Array(this.spec.hidden));
    const standing = { starts: Array.from(groups, startOf), hidden: zeros(), cells: zeros() };
    const state: RecurrentState = { count: groups.length, release: () => void this.states.delete(state) };
    this.states.set(state, standing);
    return state;
  }

  async advance(state: RecurrentState, inputs: Float32Array, wantsOutputs = true): Promise<Float32Array> {
    const standing = requireKept(this.spec, "state", this.states.get(state));
    const { hidden, outputs } = this.spec;
    requireNumbers(this.spec, "input", inputs.length, state.count * this.spec.inputs);
    const result = new Float32Array(wantsOutputs ? state.count * outputs : 0);
    for (let lane = 0; lane < state.count; lane++) {
      const trace = startTrace(1, standing.hidden[lane]!, standing.cells[lane]!);
      this.step(trace, 0, standing.starts[lane]!, inputs, lane);
      standing.hidden[lane] = trace.hidden.slice(hidden);
      standing.cells[lane] = trace.cell.slice(hidden);
      if (wantsOutputs) result.set(this.outputOf(trace, 0), lane * outputs);
    }
    return result;
  }

  dispose(): void {
    // Plain arrays: nothing to give back.
  }

  /** `forward` in float64: for finite differences. */
  run(lanes: AnyLanes, keep: boolean): ExactPass {
    requireRecurrentLanes(this.spec, lanes);
    const { steps, lengths } = lanes;
    const { hidden, outputs: width } = this.spec;
    const outputs = new Float64Array(lengths.length * steps * width);
    const last = new Float64Array(lengths.length * hidden);
    const startOf = this.gateStarts(lanes.context);
    const traces: LstmTrace[] = [];
    for (const [lane, length] of lengths.entries()) {
      const trace = startTrace(length, new Float64Array(hidden), new Float64Array(hidden));
      for (let step = 0; step < length; step++) {
        this.step(trace, step, startOf(this.groupOf(lanes, lane)), lanes.inputs, lane * steps + step);
        outputs.set(this.outputOf(trace, step), (lane * steps + step) * width);
      }
      last.set(trace.hidden.subarray(length * hidden), lane * hidden);
      if (keep) traces.push(trace);
    }
    return { outputs, last, traces };
  }

  /** `backward` in float64. */
  runBackward(
    lanes: AnyLanes,
    traces: readonly LstmTrace[],
    outputs: ArrayLike<number> | null,
    last: ArrayLike<number> | null,
  ): ExactGradients {
    const { steps } = lanes;
    const { hidden, inputs: numInputs, context: numContext } = this.spec;
    const width = 4 * hidden;
    const numGroups = numContext > 0 ? lanes.context!.length / numContext : 1;
    const toStarts = new Float64Array(numGroups * width);
    const toInputs = new Float64Array(lanes.inputs.length);
    for (const [lane, trace] of traces.entries()) {
      const length = lanes.lengths[lane]!;
      const toHidden = new Float64Array((length + 1) * hidden);
      for (let step = 0; outputs && step < length; step++)
        this.outputBackward(trace, step, outputs, lane * steps + step, toHidden);
      for (let u = 0; last && u < hidden; u++) toHidden[length * hidden + u]! += last[lane * hidden + u]!;
      const group = this.groupOf(lanes, lane);
      recurrenceBackward(this.weights.recurrent, this.gradient.recurrent, trace, toHidden, (delta, step) => {
        addRow(toStarts.subarray(group * width, (group + 1) * width), delta, 0, 1);
        for (let i = 0, at = (lane * steps + step) * numInputs; i < numInputs; i++, at++) {
          addRow(this.gradient.input.subarray(i * width, (i + 1) * width), delta, 0, lanes.inputs[at]!);
          toInputs[at] = dotRow(this.weights.input, i, delta);
        }
      });
    }
    return { context: this.startsBackward(lanes.context, toStarts), inputs: toInputs };
  }

  private groupOf({ groups }: AnyLanes, lane: number): number {
    return this.spec.context > 0 ? groups[lane]! : 0;
  }

  /** [4H] what the gates of a group's lanes start from at every step: bias and context, each group computed once. */
  private gateStarts(context: ArrayLike<number> | null): (group: number) => Float64Array {
    const { bias, context: weights } = this.weights;
    const numContext = this.spec.context;
    const known = new Map<number, Float64Array>();
    return (group) => {
      if (numContext === 0 || context === null) return bias;
      const sums = known.get(group) ?? bias.slice();
      if (!known.has(group)) {
        for (let c = 0; c < numContext; c++) addRow(sums, weights, c, context[group * numContext + c]!);
        known.set(group, sums);
      }
      return sums;
    };
  }

  /** One step of a trace, on row `row` of the inputs. */
  private step(trace: LstmTrace, step: number, start: Float64Array, inputs: ArrayLike<number>, row: number): void {
    const gates = trace.gates.subarray(step * start.length, (step + 1) * start.length);
    const { inputs: numInputs } = this.spec;
    gates.set(start);
    for (let i = 0; i < numInputs; i++) addRow(gates, this.weights.input, i, inputs[row * numInputs + i]!);
    advance(this.weights.recurrent, trace, step);
  }

  private outputOf(trace: LstmTrace, step: number): Float64Array {
    const { hidden } = this.spec;
    const row = this.weights.outputBias.slice();
    for (let k = 0; row.length > 0 && k < hidden; k++) {
      addRow(row, this.weights.output, k, trace.hidden[(step + 1) * hidden + k]!);
    }
    return row;
  }

  /** Takes row `row` of the outputs' gradient to the linear layer and to the state after the step. */
  private outputBackward(
    trace: LstmTrace,
    step: number,
    outputs: ArrayLike<number>,
    row: number,
    toHidden: Float64Array,
  ): void {
    const { hidden, outputs: width } = this.spec;
    const delta = Float64Array.from({ length: width }, (_, o) => outputs[row * width + o]!);
    addRow(this.gradient.outputBias, delta, 0, 1);
    for (let k = 0; k < hidden; k++) {
      const at = (step + 1) * hidden + k;
      addRow(this.gradient.output.subarray(k * width, (k + 1) * width), delta, 0, trace.hidden[at]!);
      toHidden[at]! += dotRow(this.weights.output, k, delta);
    }
  }

  /** Takes the gradients [G, 4H] of the gates' starts to the bias and the context's weights; returns that of the context. */
  private startsBackward(context: ArrayLike<number> | null, starts: Float64Array): Float64Array | null {
    const { bias, context: toWeights } = this.gradient;
    const width = bias.length;
    for (let group = 0; group * width < starts.length; group++) addRow(bias, starts, group, 1);
    const numContext = this.spec.context;
    if (numContext === 0 || context === null) return null;
    return Float64Array.from(context, (value, index) => {
      const c = index % numContext;
      const group = (index - c) / numContext;
      addRow(toWeights.subarray(c * width, (c + 1) * width), starts, group, value);
      return dotRow(this.weights.context, c, starts.subarray(group * width, (group + 1) * width));
    });
  }
}

/** rows[row] . vector */
function dotRow(rows: Float64Array, row: number, vector: Float64Array): number {
  const at = row * vector.length;
  let sum = 0;
  for (let i = 0; i < vector.length; i++) sum += rows[at + i]! * vector[i]!;
  return sum;
}

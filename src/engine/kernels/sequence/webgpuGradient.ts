// One pass of the teacher-forced network and back on WebGPU: LSTMs step by step in one dispatch each, everything else as
// products over all steps of all lanes at once. About 35 dispatches a pass, nothing is read back.

import type { SequenceSpec } from "../../nn/sequence";
import type { PartName, SequencePlan } from "../../nn/sequencePlan";
import type { GpuArray, WebgpuSession } from "../tfjsWebgpu";
import {
  attentionBackProgram,
  attentionNumbers,
  attentionProgram,
  keyGradientProgram,
  stateGradientProgram,
  textNumbers,
} from "./webgpuAttention";
import { offsetOf } from "./webgpuCode";
import { type LstmPlace, type LstmRows, runInputGradient, runLstm, runLstmBackward } from "./webgpuLstm";
import { integer, type Matrix, matrix, real, runProduct, runWeightGradient } from "./webgpuMatrix";
import { placeOf, type Reading } from "./webgpuReading";
import { choiceProgram, pickProgram, poolProgram, unpoolProgram } from "./webgpuReadout";
import type { WritingTables } from "./webgpuTables";

export type PassTarget = {
  /** The parameters. */
  readonly block: GpuArray;
  readonly gradient: GpuArray;
  /** False where the gradient counts as zero, whatever stands there. */
  readonly isAdding: boolean;
  /** [steps of all lanes of all passes] log probability of every token */
  readonly logProb: GpuArray;
  /** Where this pass begins in it. */
  readonly logProbFrom: number;
};

/** One pass over the lanes of `tables`; everything that it allocates is freed by the time `run` returns. */
export class GradientPass {
  private readonly session: WebgpuSession;
  private readonly spec: SequenceSpec;
  private readonly plan: SequencePlan;
  private readonly grammar: GpuArray;
  private readonly reading: Reading | null;
  private readonly tables: WritingTables;
  private readonly rows: LstmRows;
  private readonly target: PassTarget;
  private readonly held: GpuArray[] = [];

  constructor(
    session: WebgpuSession,
    spec: SequenceSpec,
    plan: SequencePlan,
    grammar: GpuArray,
    reading: Reading | null,
    tables: WritingTables,
    target: PassTarget,
  ) {
    this.session = session;
    this.spec = spec;
    this.plan = plan;
    this.grammar = grammar;
    this.reading = reading;
    this.tables = tables;
    this.target = target;
    const { packed, numRows, numSlots } = tables;
    this.rows = { packed, numRows, numSlots, ints: this.hold(session.upload(packed.words)) };
  }

  run(): void {
    const { session, spec, rows, reading, target } = this;
    const place = placeOf(spec, this.plan, "decoder");
    const trace = this.hold(runLstm(session, place, target.block, reading?.states ?? target.block, rows));
    const seen = reading === null ? trace : this.attend(reading, trace);
    const values = this.values(seen);
    const pooled = this.pool(values);
    const choice = this.choose(pooled);
    const toSeen = this.readoutBackward(seen, values, pooled, choice);
    const toGlance = reading === null ? null : this.attendBack(reading, seen, toSeen);
    const back = this.lstmBackward("decoder", place, trace, toGlance ?? toSeen, rows);
    this.sumRows("decoder.cell", back, (4 * rows.numSlots + rows.numRows) * spec.hidden, rows.numRows);
    if (reading === null || toGlance === null)
      this.sumRows("decoder.state", back, 4 * rows.numSlots * spec.hidden, rows.numRows);
    else this.readBackward(reading, trace, seen, toSeen, toGlance, back);
    for (const array of this.held) session.free(array);
  }

  /** [h | context of every slot, then the weights of the symbols] */
  private attend(reading: Reading, trace: GpuArray): GpuArray {
    const { hidden } = this.spec;
    const { numSlots, ints } = this.rows;
    const { longest } = reading.tables;
    const glance = this.allocate(numSlots * (2 * hidden + longest));
    const numbers = attentionNumbers(numSlots, longest, this.tables.packed.at).map(integer);
    const inputs = [trace, reading.states, reading.keys, ints];
    this.session.run(attentionProgram(hidden, longest), inputs, numbers, numSlots, glance);
    return glance;
  }

  /** [slots, E] value of every copy after every step; h itself without a tanh layer. */
  private values(seen: GpuArray): GpuArray {
    const { embedding } = this.spec;
    if (embedding === 0) return seen;
    const { numSlots } = this.rows;
    const values = this.allocate(numSlots * embedding);
    const sizes = { rows: numSlots, columns: embedding, depth: this.seenWidth };
    const options = { biasFrom: offsetOf(this.plan, "mix.bias"), isSquashed: true };
    const weights = this.weights("mix.weights", embedding);
    runProduct(this.session, sizes, this.seenRows(seen), weights, matrix(values, 0, embedding), options);
    return values;
  }

  /** [steps, E] */
  private pool(values: GpuArray): GpuArray {
    const { at } = this.tables.packed;
    const count = this.tables.numSteps * this.valueWidth;
    const numbers = [at.starts, at.laneRow, at.laneStart, at.laneAt].map(integer);
    const inputs = [values, this.rows.ints];
    return this.hold(this.session.run(poolProgram(this.valueWidth), inputs, numbers, count));
  }

  /** [steps, V + 1] gradient of the loss by the logits, then the log probability. */
  private choose(pooled: GpuArray): GpuArray {
    const { session, spec, plan, target } = this;
    const { numSteps, packed } = this.tables;
    const { tokens } = spec.grammar;
    const logits = this.allocate(numSteps * tokens);
    const sizes = { rows: numSteps, columns: tokens, depth: this.valueWidth };
    const options = { biasFrom: offsetOf(plan, "output.bias") };
    const weights = this.weights("output.weights", tokens);
    runProduct(session, sizes, matrix(pooled, 0, this.valueWidth), weights, matrix(logits, 0, tokens), options);
    const choice = this.allocate(numSteps * (tokens + 1));
    const { token, state, left, coefficient } = packed.at;
    const numbers = [...[token, state, left, coefficient].map(integer), real(spec.floor)];
    session.run(choiceProgram(spec), [logits, this.grammar, this.rows.ints], numbers, numSteps, choice);
    session.run(pickProgram(tokens + 1), [choice], [integer(target.logProbFrom)], numSteps, target.logProb);
    return choice;
  }

  /** Gradients of the output and mix layers; gives the gradient [slots, H or 2H] of what each copy saw. */
  private readoutBackward(seen: GpuArray, values: GpuArray, pooled: GpuArray, choice: GpuArray): GpuArray {
    const { session, spec, valueWidth: width } = this;
    const { tokens } = spec.grammar;
    const { numSteps, packed } = this.tables;
    const { numSlots, ints } = this.rows;
    const toLogits = matrix(choice, 0, tokens + 1);
    this.addWeights("output.weights", numSteps, width, tokens, matrix(pooled, 0, width), toLogits, true);
    const toPooled = this.allocate(numSteps * width);
    const sizes = { rows: numSteps, columns: width, depth: tokens };
    runProduct(session, sizes, toLogits, this.across("output.weights", tokens), matrix(toPooled, 0, width));
    const { starts, laneRow, laneStart, rowOf, laneOf } = packed.at;
    const numbers = [starts, laneRow, laneStart, rowOf, laneOf].map(integer);
    const program = unpoolProgram(width, spec.embedding > 0);
    const toValues = this.hold(session.run(program, [values, toPooled, ints], numbers, numSlots * width));
    if (spec.embedding === 0) return toValues;
    const delta = matrix(toValues, 0, width);
    this.addWeights("mix.weights", numSlots, this.seenWidth, width, this.seenRows(seen), delta, true);
    const toSeen = this.allocate(numSlots * this.seenWidth);
    const seenSizes = { rows: numSlots, columns: this.seenWidth, depth: width };
    runProduct(session, seenSizes, delta, this.across("mix.weights", width), matrix(toSeen, 0, this.seenWidth));
    return toSeen;
  }

  /** [gradient of every slot's h | of its scores] */
  private attendBack(reading: Reading, glance: GpuArray, toSeen: GpuArray): GpuArray {
    const { hidden } = this.spec;
    const { numSlots, ints } = this.rows;
    const { longest } = reading.tables;
    const back = this.allocate(numSlots * (hidden + longest));
    const numbers = attentionNumbers(numSlots, longest, this.tables.packed.at).map(integer);
    const inputs = [glance, toSeen, reading.states, reading.keys, ints];
    this.session.run(attentionBackProgram(hidden, longest), inputs, numbers, numSlots, back);
    return back;
  }

  /** Gradients of an LSTM's weights; gives what runLstmBackward gives. */
  private lstmBackward(
    kind: "encoder" | "decoder",
    place: LstmPlace,
    trace: GpuArray,
    toHidden: GpuArray,
    rows: LstmRows,
  ): GpuArray {
    const { session, target } = this;
    const { units } = place;
    const back = this.hold(runLstmBackward(session, place, target.block, trace, toHidden, rows));
    const delta = matrix(back, 0, 4 * units);
    this.addWeights(`${kind}.recurrent`, rows.numSlots, units, 4 * units, matrix(trace, 0, units), delta, true);
    const numSymbols = this.plan.parts[`${kind}.input`]?.rows ?? 0;
    runInputGradient(session, place, back, rows, { array: target.gradient, isAdding: target.isAdding, numSymbols });
    return back;
  }

  /** Takes the gradients of keys, contexts and summaries back through the encoder. */
  private readBackward(
    reading: Reading,
    trace: GpuArray,
    glance: GpuArray,
    toSeen: GpuArray,
    toGlance: GpuArray,
    back: GpuArray,
  ): void {
    const { session, rows } = this;
    const { hidden } = this.spec;
    const { longest } = reading.tables;
    const count = reading.numSlots;
    const numbers = textNumbers(rows.numSlots, longest, this.tables.packed.at).map(integer);
    const keyInputs = [toGlance, trace, rows.ints];
    const toKeys = this.hold(session.run(keyGradientProgram(hidden), keyInputs, numbers, count * hidden));
    const keyRows = matrix(toKeys, 0, hidden);
    this.addWeights("attention", count, hidden, hidden, matrix(reading.states, 0, hidden), keyRows, false);
    const toStates = this.allocate(count * hidden);
    const sizes = { rows: count, columns: hidden, depth: hidden };
    runProduct(session, sizes, keyRows, this.across("attention", hidden), matrix(toStates, 0, hidden));
    const inputs = [glance, toSeen, back, rows.ints];
    session.run(stateGradientProgram(hidden), inputs, numbers, count * hidden, toStates);
    const place = placeOf(this.spec, this.plan, "encoder");
    const readBack = this.lstmBackward("encoder", place, reading.states, toStates, reading);
    this.sumRows("encoder.state", readBack, 4 * count * hidden, reading.numRows);
    this.sumRows("encoder.cell", readBack, (4 * count + reading.numRows) * hidden, reading.numRows);
  }

  private addWeights(
    name: PartName,
    count: number,
    inputs: number,
    outputs: number,
    x: Matrix,
    d: Matrix,
    hasBias: boolean,
  ): void {
    const { gradient, isAdding } = this.target;
    const target = { array: gradient, from: offsetOf(this.plan, name), isAdding };
    runWeightGradient(this.session, { count, inputs, outputs, hasBias }, x, d, target);
  }

  /** The gradient of a part [1, H] that every row starts from. */
  private sumRows(name: PartName, array: GpuArray, from: number, count: number): void {
    const { hidden } = this.spec;
    const rows = matrix(array, from, hidden);
    this.addWeights(name, count, 0, hidden, rows, rows, true);
  }

  private weights(name: PartName, columns: number): Matrix {
    return matrix(this.target.block, offsetOf(this.plan, name), columns);
  }

  /** The part's transpose. */
  private across(name: PartName, columns: number): Matrix {
    return matrix(this.target.block, offsetOf(this.plan, name), 1, columns);
  }

  private seenRows(seen: GpuArray): Matrix {
    return matrix(seen, 0, this.seenWidth);
  }

  private get seenWidth(): number {
    return this.spec.hidden * (this.reading === null ? 1 : 2);
  }

  private get valueWidth(): number {
    return this.spec.embedding || this.spec.hidden;
  }

  private allocate(count: number): GpuArray {
    return this.hold(this.session.allocate(count));
  }

  private hold(array: GpuArray): GpuArray {
    this.held.push(array);
    return array;
  }
}

// One chunk of a recurrent network's lanes on WebGPU: forward in three dispatches, back in about 15. Nothing is read back
// here.

import type { RecurrentLanes, RecurrentSpec } from "../../nn/recurrent";
import type { RecurrentPartName, RecurrentPlan } from "../../nn/recurrentPlan";
import type { Opened } from "../factorSequence/webgpuContext";
import type { WebgpuBlock } from "../network/webgpuBlock";
import { runInputGradient, runLstmBackward } from "../sequence/webgpuLstm";
import { integer, type Matrix, matrix, runProduct, runWeightGradient } from "../sequence/webgpuMatrix";
import { type Packed, pack, sortByKey } from "../sequence/webgpuTables";
import type { GpuArray, WebgpuSession } from "../tfjsWebgpu";
import type { Layout } from "./layout";
import { cellsProgram, endingsProgram, lastStatesProgram, recurrentOffset, workgroupsFor } from "./webgpuCells";

/** What all passes of a network share. */
export type Network = {
  readonly session: WebgpuSession;
  readonly spec: RecurrentSpec;
  readonly plan: RecurrentPlan;
  readonly block: WebgpuBlock;
};

type Tables = "starts" | "groups" | "ends" | "order" | "orderStarts";

/** What a forward pass over one chunk leaves. */
export type Pass = {
  readonly layout: Layout;
  /** [n + 1] first slot of each lane. */
  readonly starts: Int32Array;
  readonly numSlots: number;
  readonly packed: Packed<Tables>;
  readonly ints: GpuArray;
  /** [slots, I] */
  readonly inputs: GpuArray;
  /** See webgpuCells.ts. */
  readonly trace: GpuArray;
};

/** Rows [N, T, width] of a call to rows [slots, width] of a chunk, the row of step t to the slot t + `shift` of its lane. */
function toSlots(
  pass: Pick<Pass, "layout" | "starts" | "numSlots">,
  all: Float32Array,
  steps: number,
  width: number,
  shift: number,
) {
  const rows = new Float32Array(pass.numSlots * width);
  for (const [at, lane] of pass.layout.lanes.entries()) {
    const from = lane * steps * width;
    rows.set(all.subarray(from, from + pass.layout.lengths[at]! * width), (pass.starts[at]! + shift) * width);
  }
  return rows;
}

/** The way back: rows of the chunk's slots to their places in the call. */
export function fromSlots(
  pass: Pass,
  rows: Float32Array,
  all: Float32Array,
  steps: number,
  width: number,
  shift: number,
): void {
  for (const [at, lane] of pass.layout.lanes.entries()) {
    const from = (pass.starts[at]! + shift) * width;
    all.set(rows.subarray(from, from + pass.layout.lengths[at]! * width), lane * steps * width);
  }
}

export function runForward(
  { session, spec, plan, block }: Network,
  lanes: RecurrentLanes,
  layout: Layout,
  { starts: begins }: Opened,
  isKept: boolean,
): Pass {
  const count = layout.lanes.length;
  const starts = new Int32Array(count + 1);
  for (const [at, length] of layout.lengths.entries()) starts[at + 1] = starts[at]! + length + 1;
  const numSlots = starts[count]!;
  const groups = layout.lanes.map((lane) => (spec.context > 0 ? lanes.groups[lane]! : 0));
  const packed = pack(tablesOf(layout, starts, groups, begins.numGroups));
  const ints = session.upload(packed.words);
  const inputs = session.upload(toSlots({ layout, starts, numSlots }, lanes.inputs, lanes.steps, spec.inputs, 0));
  const trace = session.allocate(numSlots * spec.hidden * (isKept ? 6 : 1));
  const numbers = [count, numSlots, packed.at.starts, packed.at.groups, begins.from].map(integer);
  const program = cellsProgram(spec, plan, isKept ? "kept" : "plain");
  session.run(program, [block.state, begins.array, inputs, ints], numbers, workgroupsFor(count), trace);
  return { layout, starts, numSlots, packed, ints, inputs, trace };
}

export function freePass(session: WebgpuSession, { ints, inputs, trace }: Pass): void {
  for (const array of [ints, inputs, trace]) session.free(array);
}

/** A new array [outputs of every slot, O | last state of every lane, H]. */
export function runOutputs(
  { session, spec, plan, block }: Network,
  { layout, numSlots, packed, ints, trace }: Pass,
): GpuArray {
  const { hidden, outputs } = spec;
  const count = layout.lanes.length * hidden;
  const result = session.allocate(numSlots * outputs + count);
  if (outputs > 0) {
    runReadout({ session, spec, plan, block }, matrix(trace, 0, hidden), numSlots, result);
  }
  const numbers = [count, packed.at.starts, numSlots * outputs].map(integer);
  session.run(lastStatesProgram(hidden), [trace, ints], numbers, count, result);
  return result;
}

/** The linear layer on rows of states, to the beginning of `result`. */
export function runReadout(
  { session, spec, plan, block }: Network,
  states: Matrix,
  rows: number,
  result: GpuArray,
): void {
  const { hidden, outputs } = spec;
  const weights = matrix(block.state, recurrentOffset(plan, "output"), outputs);
  const biasFrom = recurrentOffset(plan, "outputBias");
  runProduct(session, { rows, columns: outputs, depth: hidden }, states, weights, matrix(result, 0, outputs), {
    biasFrom,
  });
}

/** Gradients of a chunk: those of the outputs [N, T, O] and of the last states [N, H] of its call, null for zeros. */
export type Given = {
  readonly outputs: Float32Array | null;
  readonly last: Float32Array | null;
  readonly steps: number;
  /** True leaves the gradients of the weights as they are. */
  readonly isFrozen: boolean;
};

/** Where gradients are added, or written first: of the gate starts [G, 4H] and of the inputs [slots, I]; null for neither. */
export type Wanted = {
  readonly toStarts: { readonly array: GpuArray; readonly numGroups: number; readonly isAdding: boolean } | null;
  readonly toInputs: { readonly array: GpuArray; readonly from: number } | null;
};

/** Adds the gradients of all weights but the context's, unless frozen. */
export function runBackward(network: Network, pass: Pass, given: Given, wanted: Wanted): void {
  const { session, spec, plan, block } = network;
  const { inputs, hidden: units } = spec;
  const { numSlots, layout, packed, ints, trace } = pass;
  const toHidden = runEndings(network, pass, given);
  const place = { units, recurrent: recurrentOffset(plan, "recurrent"), input: 0, bias: 0, cell: 0 };
  const rows = { numRows: layout.lanes.length, numSlots, ints, packed };
  const back = runLstmBackward(session, place, block.state, trace, toHidden, rows);
  const deltas = matrix(back, 0, 4 * units);
  if (!given.isFrozen) {
    addGradient(network, numSlots, "recurrent", matrix(trace, 0, units), deltas, true);
    addGradient(network, numSlots, "input", matrix(pass.inputs, 0, inputs), deltas, false);
  }
  if (wanted.toStarts) {
    const { array, numGroups, isAdding } = wanted.toStarts;
    runInputGradient(session, { units, input: 0 }, back, { ints, packed }, { array, isAdding, numSymbols: numGroups });
  }
  if (wanted.toInputs) {
    const across = matrix(block.state, recurrentOffset(plan, "input"), 1, 4 * units);
    const target = matrix(wanted.toInputs.array, wanted.toInputs.from, inputs);
    runProduct(session, { rows: numSlots, columns: inputs, depth: 4 * units }, deltas, across, target);
  }
  for (const array of [toHidden, back]) session.free(array);
}

/** A new array [slots, H]: what each state gets from the outputs and from being a last one. */
function runEndings(network: Network, pass: Pass, { outputs, last, steps, isFrozen }: Given): GpuArray {
  const { session, spec, plan, block } = network;
  const { hidden: units, outputs: width } = spec;
  const { numSlots, layout, packed, ints } = pass;
  const toHidden = session.allocate(numSlots * units);
  if (last !== null || outputs === null || width === 0) {
    const given = new Float32Array(layout.lanes.length * units);
    for (const [at, lane] of layout.lanes.entries()) {
      if (last) given.set(last.subarray(lane * units, (lane + 1) * units), at * units);
    }
    const array = session.upload(given);
    session.run(endingsProgram(units), [array, ints], [integer(packed.at.ends)], numSlots * units, toHidden);
    session.free(array);
  }
  if (outputs !== null && width > 0) {
    const slopes = session.upload(toSlots(pass, outputs, steps, width, 1));
    const d = matrix(slopes, 0, width);
    if (!isFrozen) addGradient(network, numSlots, "output", matrix(pass.trace, 0, units), d, true);
    const across = matrix(block.state, recurrentOffset(plan, "output"), 1, width);
    const sizes = { rows: numSlots, columns: units, depth: width };
    runProduct(session, sizes, d, across, matrix(toHidden, 0, units), { isAdding: last !== null });
    session.free(slopes);
  }
  return toHidden;
}

/** Adds x^T d to the gradient of a part, and the sums of d to that of the bias behind it. */
function addGradient(
  network: Network,
  count: number,
  name: RecurrentPartName,
  x: Matrix,
  d: Matrix,
  hasBias: boolean,
): void {
  const { session, plan, block } = network;
  const { rows, columns, offset } = plan.parts[name]!;
  const sizes = { count, inputs: rows, outputs: columns, hasBias };
  runWeightGradient(session, sizes, x, d, { array: block.gradient, from: offset, isAdding: true });
}

function tablesOf(
  { lengths }: Layout,
  starts: Int32Array,
  groups: Int32Array,
  numGroups: number,
): Record<Tables, Int32Array> {
  const ends = new Int32Array(starts.at(-1)!).fill(-1);
  const groupOf = ends.slice();
  for (const [at, length] of lengths.entries()) {
    ends[starts[at]! + length] = at;
    groupOf.fill(groups[at]!, starts[at]!, starts[at]! + length);
  }
  const byGroup = sortByKey(groupOf, numGroups);
  return { starts, groups, ends, order: byGroup.order, orderStarts: byGroup.starts };
}

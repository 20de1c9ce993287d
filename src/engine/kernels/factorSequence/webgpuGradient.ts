// One pass of training a factored sequence on WebGPU: forward with everything kept, then back. About 15 dispatches; nothing
// is read back.

import type { FactorPartName, FactorPlan } from "../../nn/factorPlan";
import type { FactorLanes, FactorSequenceSpec } from "../../nn/factorSequence";
import { runInputGradient, runLstmBackward } from "../sequence/webgpuLstm";
import { integer, type Matrix, matrix, runProduct, runWeightGradient } from "../sequence/webgpuMatrix";
import { pack, sortByKey } from "../sequence/webgpuTables";
import type { GpuArray, GpuProgram, WebgpuSession } from "../tfjsWebgpu";
import type { GateStarts } from "./webgpuContext";
import { factorOffset, rowsPerGroup, stepsProgram } from "./webgpuSteps";

export type FactorTarget = {
  readonly block: GpuArray;
  readonly gradient: GpuArray;
  /** False where the gradient counts as zero, whatever stands there. */
  readonly isAdding: boolean;
  /** [groups, 4H] gradient of the gate starts, null without a context; overwritten by the first pass. */
  readonly toStarts: GpuArray | null;
  readonly isFirst: boolean;
  /** Log probabilities of this pass go to `logProb` from `logProbFrom` on. */
  readonly logProb: GpuArray;
  readonly logProbFrom: number;
};

/** Adds the gradient of minus the sum of coefficient * log probability of the lanes. */
export function runFactorPass(
  session: WebgpuSession,
  spec: FactorSequenceSpec,
  plan: FactorPlan,
  lanes: FactorLanes,
  coefficient: Float64Array,
  starts: GateStarts,
  target: FactorTarget,
): void {
  const { hidden: units } = spec;
  const { numValues } = plan;
  const { block, gradient, isAdding } = target;
  const count = lanes.groups.length;
  const numSlots = count * (spec.steps + 1);
  const { words, at } = pack(passTables(spec, plan, lanes, coefficient, starts.numGroups));
  const ints = session.upload(words);
  const slopesFrom = numSlots * 6 * units;
  const logProbAt = slopesFrom + numSlots * numValues;
  const kept = session.allocate(logProbAt + count);
  const stepNumbers = [0, count, at.groups, starts.from, at.forced, at.tokens, logProbAt, at.coefficient, numSlots];
  const inputs = [block, starts.array, ints];
  const numWorkgroups = Math.ceil(count / rowsPerGroup(spec, plan));
  session.run(stepsProgram(spec, plan, true), inputs, [...stepNumbers, 0, 0, 0].map(integer), numWorkgroups, kept);
  session.run(COPY_PROGRAM, [kept], [logProbAt, target.logProbFrom].map(integer), count, target.logProb);

  const states = matrix(kept, 0, units);
  const slopes = matrix(kept, slopesFrom, numValues);
  const add = (name: FactorPartName, inputCount: number, outputs: number, x: Matrix, d: Matrix) => {
    const sizes = { count: numSlots, inputs: inputCount, outputs, hasBias: true };
    runWeightGradient(session, sizes, x, d, { array: gradient, from: factorOffset(plan, name), isAdding });
  };
  add("output", units, numValues, states, slopes);
  const toHidden = session.allocate(numSlots * units);
  const across = matrix(block, factorOffset(plan, "output"), 1, numValues);
  const sizes = { rows: numSlots, columns: units, depth: numValues };
  runProduct(session, sizes, slopes, across, matrix(toHidden, 0, units));
  const place = { ...PLACE, units, recurrent: factorOffset(plan, "recurrent"), input: factorOffset(plan, "input") };
  const rows = { numRows: count, numSlots, ints, packed: { at } };
  const back = runLstmBackward(session, place, block, kept, toHidden, rows);
  add("recurrent", units, 4 * units, states, matrix(back, 0, 4 * units));
  runInputGradient(session, place, back, rows, { array: gradient, isAdding, numSymbols: numValues });
  if (target.toStarts) {
    const byGroup = { ints, packed: { at: { order: at.groupOrder, orderStarts: at.groupStarts } } };
    const sums = { array: target.toStarts, isAdding: !target.isFirst, numSymbols: starts.numGroups };
    runInputGradient(session, { units, input: 0 }, back, byGroup, sums);
  }
  for (const array of [ints, kept, toHidden, back]) session.free(array);
}

/** Without learned initial states; the bias gets its gradient with the recurrent weights, which stand before it. */
const PLACE = { bias: 0, cell: 0 };

/** Which slots read each value of each part and which belong to each group; the rest as the steps read it. */
function passTables(
  spec: FactorSequenceSpec,
  plan: FactorPlan,
  { tokens, groups }: FactorLanes,
  coefficient: Float64Array,
  numGroups: number,
) {
  const { steps } = spec;
  const { numFactors, numValues, starts: firsts, forced } = plan;
  const numSlots = groups.length * (steps + 1);
  const values = new Int32Array(numSlots * numFactors).fill(-1);
  const groupOf = new Int32Array(numSlots).fill(-1);
  for (const [lane, group] of groups.entries()) {
    for (let step = 0; step < steps; step++) {
      const slot = lane * (steps + 1) + step;
      groupOf[slot] = group;
      for (let f = 0; step > 0 && f < numFactors; f++) {
        values[slot * numFactors + f] = firsts[f]! + tokens[(lane * steps + step - 1) * numFactors + f]!;
      }
    }
  }
  const byValue = sortByKey(values, numValues);
  const byGroup = sortByKey(groupOf, numGroups);
  return {
    groups,
    tokens,
    forced,
    // Floats travel as their bits: programs cast them back.
    coefficient: new Int32Array(Float32Array.from(coefficient).buffer),
    starts: Int32Array.from({ length: groups.length + 1 }, (_, lane) => lane * (steps + 1)),
    order: byValue.order.map((index) => Math.floor(index / numFactors)),
    orderStarts: byValue.starts,
    groupOrder: byGroup.order,
    groupStarts: byGroup.starts,
  };
}

/** result[to + i] = x[from + i]. */
const COPY_PROGRAM: GpuProgram = {
  key: "factorCopy",
  inputs: ["x"],
  uniforms: "begin : i32, to : i32,",
  code: `
    fn main(index: i32) {
      if (index < uniforms.size) { result[uniforms.to + index] = x[uniforms.begin + index]; }
    }`,
};

// The steps of an LSTM whose lanes all have the same length, on the wasm kernels: each step is one product over the states
// of the step before and one pass over the gates. Rows stand step by step. The first step belongs to the groups (see
// wasmFirst.ts); the second takes its cells and its product from there.

import type { FactorPlan } from "../../nn/factorPlan";
import { writeWords } from "../assembly/jobs";
import type { Kernels } from "../assembly/module";
import { MIN_ROWS } from "../network/wasmLayer";
import type { Arena } from "../sequence/wasmArena";
import type { WasmDense } from "../sequence/wasmDense";
import type { Part } from "../sequence/wasmParameters";
import type { Starts } from "./wasmContext";
import { type FirstPass, WasmFirst } from "./wasmFirst";
import type { FactorParameters } from "./wasmParameters";

/** Lanes in wasm memory: tokens [count, L, F] words. */
export type StepLanes = { readonly count: number; readonly tokens: number };

/** Addresses of what the steps leave. With `isKept` of all steps, else of the last one: each then overwrites the one before. */
export type StepPass = {
  readonly lanes: StepLanes;
  readonly starts: Starts;
  readonly first: FirstPass;
  readonly isKept: boolean;
  /** [steps but the first, count, ..] */
  readonly states: number;
  readonly cells: number;
  readonly gates: number;
  readonly tanhCells: number;
  /** [count, 4H] what the gates of one step start from, and the table of its rows. */
  readonly inputs: number;
  readonly inputRows: number;
  /** Tables of the rows of states, cells and gates, and [count] of the cells of each lane's group after the first step. */
  readonly stateRows: number;
  readonly cellRows: number;
  readonly gateRows: number;
  readonly firstCells: number;
};

export class WasmSteps {
  private readonly kernels: Kernels;
  private readonly arena: Arena;
  private readonly plan: FactorPlan;
  private readonly input: Part;
  private readonly recurrent: WasmDense;
  private readonly first: WasmFirst;
  /** H as stored. */
  private readonly hidden: number;
  private readonly laneBytes: number;
  /** Words: first row of the input of every part of a token. */
  private readonly firstRows: number;

  constructor(kernels: Kernels, arena: Arena, parameters: FactorParameters, plan: FactorPlan) {
    this.kernels = kernels;
    this.arena = arena;
    this.plan = plan;
    this.input = parameters.part("input");
    this.recurrent = parameters.dense("recurrent", null);
    this.hidden = parameters.part("recurrent").rows;
    this.first = new WasmFirst(kernels, arena, this.recurrent, this.hidden);
    this.laneBytes = plan.forced.length * 4;
    this.firstRows = writeWords(kernels, [...plan.starts]);
  }

  pack(): void {
    this.recurrent.pack();
  }

  /** Takes the first step. @param numSteps how many steps are kept for `backward`; 0 keeps the last one alone */
  open(lanes: StepLanes, starts: Starts, numSteps: number): StepPass {
    const { arena, hidden } = this;
    const { count } = lanes;
    const isKept = numSteps > 0;
    const rows = count * Math.max(1, numSteps - 1) + MIN_ROWS;
    const rowBytes = hidden * 4;
    const [states, cells] = [arena.take(rows * hidden), arena.take(rows * hidden)];
    const gates = arena.take(rows * 4 * hidden);
    const inputs = arena.take(count * 4 * hidden);
    const first = this.first.forward(starts);
    return {
      lanes,
      starts,
      first,
      isKept,
      states,
      cells,
      gates,
      tanhCells: isKept ? arena.take(rows * hidden) : 0,
      inputs,
      inputRows: arena.addresses(count, inputs, 4 * rowBytes),
      stateRows: arena.addresses(rows, states, rowBytes),
      cellRows: arena.addresses(rows, cells, rowBytes),
      gateRows: arena.addresses(rows, gates, 4 * rowBytes),
      firstCells: arena.put(starts.index.map((group) => first.cells + group * rowBytes)),
    };
  }

  /** Steps 1 to L - 1 in order. Returns the table of the rows of the states after the step. */
  forward(pass: StepPass, step: number): number {
    const { kernels, hidden } = this;
    const { lanes, starts, isKept } = pass;
    const { count } = lanes;
    const rowBytes = hidden * 4;
    const at = isKept ? (step - 1) * count : 0;
    const before = isKept ? at - count : 0;
    const gates = pass.gates + at * 4 * rowBytes;
    this.gather(pass, step === 1 ? pass.first.next : starts.values, step);
    if (step === 1) kernels.zero(gates, count * 4 * rowBytes);
    else {
      const source = { address: 0, table: pass.stateRows + 4 * before };
      this.recurrent.forward(source, { address: 0, table: pass.gateRows + 4 * at }, count);
    }
    kernels.lstmForward(
      gates,
      pass.inputRows,
      step === 1 ? pass.firstCells : pass.cellRows + 4 * before,
      pass.cells + at * rowBytes,
      isKept ? pass.tanhCells + at * rowBytes : 0,
      pass.states + at * rowBytes,
      rowBytes,
      count,
      hidden,
    );
    return pass.stateRows + 4 * at;
  }

  /**
   * Back through the steps of a pass that kept them: adds the gradients of the recurrent weights, of the input and of the
   * starts. Overwrites the pass's gates.
   *
   * @param toStates address of [steps but the first, count, H]: what the states are used for outside of the recurrence; is
   *   added to, and so is the same of the first step at `toFirst`, [groups, H]
   */
  backward(pass: StepPass, toStates: number, toFirst: number): void {
    const { arena, hidden } = this;
    const { lanes, starts, first } = pass;
    const { count } = lanes;
    const numGroups = starts.ids.length;
    const [toNext, toFirstCells] = [arena.takeZeroed(numGroups * 4 * hidden), arena.takeZeroed(numGroups * hidden)];
    const numSteps = this.plan.forced.length / this.plan.numFactors;
    if (numSteps > 1) this.stepsBackward(pass, numSteps, toStates, toNext, toFirstCells);
    if (numSteps > 2) {
      const delta = { address: 0, table: pass.gateRows + 4 * count };
      this.recurrent.addGradient({ address: 0, table: pass.stateRows }, delta, (numSteps - 2) * count);
    }
    this.first.backward(first, starts, toNext, toFirst, toFirstCells);
  }

  private stepsBackward(
    pass: StepPass,
    numSteps: number,
    toStates: number,
    toNext: number,
    toFirstCells: number,
  ): void {
    const { kernels, arena, hidden } = this;
    const { starts } = pass;
    const { count } = pass.lanes;
    const rowBytes = hidden * 4;
    const blockBytes = count * rowBytes;
    const stateRows = arena.addresses(count * (numSteps - 1), toStates, rowBytes);
    const carried = arena.take((count + MIN_ROWS) * hidden);
    const carriedRows = { address: 0, table: arena.addresses(count + MIN_ROWS, carried, rowBytes) };
    // The gradient of the cells after a step, and before it: the two change places.
    const cells = [arena.takeZeroed(count * hidden), arena.takeZeroed(count * hidden)] as const;
    const cellRows = cells.map((address) => arena.addresses(count, address, rowBytes)) as [number, number];
    const firstCells = arena.put(starts.index.map((group) => toFirstCells + group * rowBytes));
    for (let step = numSteps - 1; step > 0; step--) {
      const after = step % 2;
      const row = 4 * (step - 1) * count;
      const at = (step - 1) * blockBytes;
      kernels.zero(cells[1 - after]!, blockBytes);
      kernels.lstmBackward(
        pass.gates + 4 * at,
        step === 1 ? pass.firstCells : pass.cellRows + row - 4 * count,
        pass.tanhCells + at,
        toStates + at,
        cells[after]!,
        step === 1 ? firstCells : cellRows[1 - after]!,
        count,
        hidden,
      );
      this.spread(pass, pass.gates + 4 * at, step === 1 ? toNext : starts.gradient, step);
      if (step === 1) break;
      this.recurrent.inputGradient({ address: 0, table: pass.gateRows + row }, carriedRows, count);
      kernels.addRows(carried, stateRows + row - 4 * count, count, hidden);
    }
  }

  /** What a step's gates start from, to `inputs`. */
  private gather({ lanes, starts, inputs }: StepPass, rows: number, step: number): void {
    const { kernels, hidden, plan, input, laneBytes } = this;
    const tokens = this.tokensBefore(lanes, step);
    const width = 4 * hidden;
    const { count } = lanes;
    const { numFactors } = plan;
    const table = input.values;
    const { firstRows } = this;
    kernels.gatherInputs(inputs, count, width, rows, starts.groups, table, firstRows, numFactors, tokens, laneBytes);
  }

  /** The way back, from the gradient of a step's gates. */
  private spread({ lanes, starts }: StepPass, deltas: number, rows: number, step: number): void {
    const { kernels, hidden, plan, input, laneBytes } = this;
    const tokens = this.tokensBefore(lanes, step);
    const width = 4 * hidden;
    const { count } = lanes;
    const { numFactors } = plan;
    const table = input.gradient;
    const { firstRows } = this;
    kernels.spreadInputs(deltas, count, width, rows, starts.groups, table, firstRows, numFactors, tokens, laneBytes);
  }

  /** Address of the first lane's token that a step reads. */
  private tokensBefore(lanes: StepLanes, step: number): number {
    return lanes.tokens + 4 * (step - 1) * this.plan.numFactors;
  }
}

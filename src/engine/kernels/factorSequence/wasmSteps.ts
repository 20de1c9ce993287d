// The steps of an LSTM whose lanes all have the same length, on the wasm kernels: each step is one product over the states
// of the step before and one pass over the gates. Rows stand step by step, and a block of zero rows before the first step
// is the state that all lanes start from; the first step has no product.

import type { FactorPlan } from "../../nn/factorPlan";
import { writeWords } from "../assembly/jobs";
import type { Kernels } from "../assembly/module";
import { MIN_ROWS } from "../network/wasmLayer";
import type { Arena } from "../sequence/wasmArena";
import type { WasmDense } from "../sequence/wasmDense";
import type { Part } from "../sequence/wasmParameters";
import type { Starts } from "./wasmContext";
import type { FactorParameters } from "./wasmParameters";

/** Lanes in wasm memory: tokens [count, L, F] words. */
export type StepLanes = { readonly count: number; readonly tokens: number };

/** Addresses of what the steps leave. With `isKept` of all steps, else of the last one: each then overwrites the one before. */
export type StepPass = {
  readonly lanes: StepLanes;
  readonly starts: Starts;
  readonly isKept: boolean;
  /** [1 + steps, count, H] in rows; the first block is zeros. */
  readonly states: number;
  readonly cells: number;
  /** [steps, count, ..] */
  readonly gates: number;
  readonly tanhCells: number;
  /** [count, 4H] what the gates of one step start from, and the table of its rows. */
  readonly inputs: number;
  readonly inputRows: number;
  /** Tables of the rows of states, cells and gates. */
  readonly stateRows: number;
  readonly cellRows: number;
  readonly gateRows: number;
};

export class WasmSteps {
  private readonly kernels: Kernels;
  private readonly arena: Arena;
  private readonly plan: FactorPlan;
  private readonly input: Part;
  private readonly recurrent: WasmDense;
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
    this.laneBytes = plan.forced.length * 4;
    this.firstRows = writeWords(kernels, [...plan.starts]);
  }

  pack(): void {
    this.recurrent.pack();
  }

  /** @param numSteps how many steps are kept for `backward`; 0 keeps the last one alone */
  open(lanes: StepLanes, starts: Starts, numSteps: number): StepPass {
    const { arena, hidden, kernels } = this;
    const { count } = lanes;
    const isKept = numSteps > 0;
    const rows = count * Math.max(1, numSteps) + MIN_ROWS;
    const before = isKept ? count : 0;
    const rowBytes = hidden * 4;
    const [states, cells] = [arena.take((before + rows) * hidden), arena.take((before + rows) * hidden)];
    kernels.zero(states, count * rowBytes);
    kernels.zero(cells, count * rowBytes);
    const gates = arena.take(rows * 4 * hidden);
    const inputs = arena.take(count * 4 * hidden);
    return {
      lanes,
      starts,
      isKept,
      states,
      cells,
      gates,
      tanhCells: isKept ? arena.take(rows * hidden) : 0,
      inputs,
      inputRows: arena.addresses(count, inputs, 4 * rowBytes),
      stateRows: arena.addresses(before + rows, states, rowBytes),
      cellRows: arena.addresses(before + rows, cells, rowBytes),
      gateRows: arena.addresses(rows, gates, 4 * rowBytes),
    };
  }

  /** Steps come in order. Returns the table of the rows of the states after the step. */
  forward(pass: StepPass, step: number): number {
    const { kernels, hidden } = this;
    const { lanes, starts, isKept } = pass;
    const { count } = lanes;
    const rowBytes = hidden * 4;
    const before = isKept ? step * count : 0;
    const after = isKept ? before + count : 0;
    const gates = pass.gates + before * 4 * rowBytes;
    const tokens = this.tokensBefore(lanes, step);
    const table = this.input.values;
    kernels.gatherInputs(
      pass.inputs,
      count,
      4 * hidden,
      starts.values,
      starts.groups,
      table,
      this.firstRows,
      this.plan.numFactors,
      tokens,
      this.laneBytes,
    );
    if (step === 0) kernels.zero(gates, count * 4 * rowBytes);
    else {
      const source = { address: 0, table: pass.stateRows + 4 * before };
      this.recurrent.forward(source, { address: 0, table: pass.gateRows + 4 * before }, count);
    }
    kernels.lstmForward(
      gates,
      pass.inputRows,
      pass.cellRows + 4 * before,
      pass.cells + after * rowBytes,
      isKept ? pass.tanhCells + before * rowBytes : 0,
      pass.states + after * rowBytes,
      count,
      hidden,
    );
    return pass.stateRows + 4 * after;
  }

  /**
   * Back through the steps of a pass that kept them: adds the gradients of the recurrent weights, of the input and of the
   * starts. Overwrites the pass's gates.
   *
   * @param toStates address of [steps, count, H]: what the states are used for outside of the recurrence; is added to
   */
  backward(pass: StepPass, toStates: number): void {
    const { kernels, arena, hidden, plan } = this;
    const { lanes, starts, gates, tanhCells } = pass;
    const { count } = lanes;
    const numSteps = plan.forced.length / plan.numFactors;
    const rowBytes = hidden * 4;
    const blockBytes = count * rowBytes;
    const stateRows = arena.addresses(count * numSteps, toStates, rowBytes);
    const carried = arena.take((count + MIN_ROWS) * hidden);
    const carriedRows = arena.addresses(count + MIN_ROWS, carried, rowBytes);
    // The gradient of the cells after a step, and before it: the two change places.
    const cells = [arena.takeZeroed(count * hidden), arena.take(count * hidden)] as const;
    const cellRows = cells.map((address) => arena.addresses(count, address, rowBytes)) as [number, number];
    for (let step = numSteps - 1; step >= 0; step--) {
      const at = (numSteps - 1 - step) % 2;
      const gate = gates + step * 4 * blockBytes;
      const row = 4 * step * count;
      kernels.zero(cells[1 - at]!, blockBytes);
      kernels.lstmBackward(
        gate,
        pass.cellRows + row,
        tanhCells + step * blockBytes,
        toStates + step * blockBytes,
        cells[at]!,
        cellRows[1 - at]!,
        count,
        hidden,
      );
      kernels.spreadInputs(
        gate,
        count,
        4 * hidden,
        starts.gradient,
        starts.groups,
        this.input.gradient,
        this.firstRows,
        plan.numFactors,
        this.tokensBefore(lanes, step),
        this.laneBytes,
      );
      if (step === 0) continue;
      const delta = { address: 0, table: pass.gateRows + row };
      this.recurrent.inputGradient(delta, { address: 0, table: carriedRows }, count);
      kernels.addRows(carried, stateRows + row - 4 * count, count, hidden);
    }
    const skipped = 4 * count;
    const source = { address: 0, table: pass.stateRows + skipped };
    const delta = { address: 0, table: pass.gateRows + skipped };
    if (numSteps > 1) this.recurrent.addGradient(source, delta, (numSteps - 1) * count);
  }

  /** Address of the first lane's token that a step reads; 0 for the first step, which reads none. */
  private tokensBefore(lanes: StepLanes, step: number): number {
    return step === 0 ? 0 : lanes.tokens + 4 * (step - 1) * this.plan.numFactors;
  }
}

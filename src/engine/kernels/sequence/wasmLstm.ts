// An LSTM over a forest of rows on the wasm kernels: each depth is one matrix product over the states of the parents and
// one fused pass over the gates; weight gradients are one product over all rows.

import { allocate } from "../assembly/jobs";
import type { Kernels } from "../assembly/module";
import { MIN_ROWS } from "../network/wasmLayer";
import type { Arena } from "./wasmArena";
import type { WasmDense } from "./wasmDense";
import type { Parameters, Part } from "./wasmParameters";

/** Rows depth by depth, [R] in all. */
export type LstmRows = {
  /** [D + 1] first row of every depth. */
  readonly depths: Int32Array;
  /** [R] row of the parent; -1 at depth 0. */
  readonly parents: Int32Array;
  /** [R] input symbol. */
  readonly inputs: Int32Array;
};

/** Where the states before depth 0 stand: byte offsets [rows of depth 0] from an address; null: all at the address. */
export type Roots = { readonly address: number; readonly offsets: Int32Array | null };

/** What a forward pass leaves; addresses of [R, ..] floats and of tables. */
export type LstmPass = {
  readonly rows: LstmRows;
  readonly count: number;
  readonly states: number;
  readonly cells: number;
  /** Activations [R, 4H] and tanh of the cells, kept for the gradient; without it one depth's gates and 0. */
  readonly gates: number;
  readonly tanhCells: number;
  readonly parentStates: number;
  readonly parentCells: number;
  /** Offsets of rows of H and of 4H floats. */
  readonly stateRows: number;
  readonly gateRows: number;
};

export class WasmLstm {
  private readonly kernels: Kernels;
  private readonly arena: Arena;
  private readonly hidden: number;
  private readonly recurrent: WasmDense;
  private readonly input: Part;
  private readonly bias: Part;
  /** [symbols, 4H] input weights plus bias: what the gates start from. */
  private readonly inputTable: number;
  private readonly cell: Part;

  constructor(kernels: Kernels, arena: Arena, parameters: Parameters, kind: "encoder" | "decoder", hidden: number) {
    this.kernels = kernels;
    this.arena = arena;
    this.hidden = hidden;
    this.recurrent = parameters.dense(`${kind}.recurrent`, `${kind}.bias`, { hasBias: false });
    this.input = parameters.part(`${kind}.input`);
    this.bias = parameters.part(`${kind}.bias`);
    this.inputTable = allocate(kernels, this.input.rows * this.input.columns);
    this.cell = parameters.part(`${kind}.cell`);
  }

  pack(): void {
    const { rows, columns, values } = this.input;
    this.recurrent.pack();
    this.kernels.addRow(values, this.bias.values, this.inputTable, rows, columns);
  }

  /** Runs all depths. With `isTraining` the gates are kept for `backward`. Without `rootCells` depth 0 has the learned cell. */
  forward(rows: LstmRows, roots: Roots, isTraining: boolean, rootCells?: Roots): LstmPass {
    const { kernels, arena, hidden } = this;
    const count = rows.parents.length;
    const slack = count + MIN_ROWS;
    const most = mostRows(rows.depths) + MIN_ROWS;
    const states = arena.take(slack * hidden);
    const cells = arena.take(slack * hidden);
    const gates = arena.take((isTraining ? slack : most) * 4 * hidden);
    const pass: LstmPass = {
      rows,
      count,
      states,
      cells,
      gates,
      tanhCells: isTraining ? arena.take(slack * hidden) : 0,
      parentStates: this.parentTable(rows, states, roots),
      parentCells: this.parentTable(rows, cells, rootCells ?? { address: this.cell.values, offsets: null }),
      stateRows: arena.offsets(slack, hidden * 4),
      gateRows: arena.offsets(slack, hidden * 16),
    };
    const inputs = this.inputRows(rows, this.inputTable);
    const rowBytes = hidden * 4;
    for (let depth = 0; depth + 1 < rows.depths.length; depth++) {
      const first = rows.depths[depth]!;
      const active = rows.depths[depth + 1]! - first;
      const target = gates + (isTraining ? first * 4 * rowBytes : 0);
      const parents = { address: 0, table: pass.parentStates + 4 * first };
      this.recurrent.forward(parents, { address: target, table: pass.gateRows }, active);
      const at = first * rowBytes;
      const tanhCells = isTraining ? pass.tanhCells + at : 0;
      const parentCells = pass.parentCells + 4 * first;
      kernels.lstmForward(
        target,
        inputs + 4 * first,
        parentCells,
        cells + at,
        tanhCells,
        states + at,
        rowBytes,
        active,
        hidden,
      );
    }
    return pass;
  }

  /**
   * Adds the gradients of the weights, and of the states before depth 0 at `rootGradients`. Overwrites the pass's gates.
   *
   * @param stateGradients address of [R, H], what the states are used for outside of the recurrence; is added to
   */
  backward(pass: LstmPass, stateGradients: number, rootGradients: Roots): void {
    const { kernels, arena, hidden } = this;
    const { rows, count, gates } = pass;
    const cellGradients = arena.takeZeroed(count * hidden);
    const carried = arena.take((mostRows(rows.depths) + MIN_ROWS) * hidden);
    const toStates = this.parentTable(rows, stateGradients, rootGradients);
    const toCells = this.parentTable(rows, cellGradients, { address: this.cell.gradient, offsets: null });
    const rowBytes = hidden * 4;
    for (let depth = rows.depths.length - 2; depth >= 0; depth--) {
      const first = rows.depths[depth]!;
      const active = rows.depths[depth + 1]! - first;
      const at = first * rowBytes;
      const gate = gates + 4 * at;
      kernels.lstmBackward(
        gate,
        pass.parentCells + 4 * first,
        pass.tanhCells + at,
        stateGradients + at,
        cellGradients + at,
        toCells + 4 * first,
        active,
        hidden,
      );
      const delta = { address: gate, table: pass.gateRows };
      this.recurrent.inputGradient(delta, { address: carried, table: pass.stateRows }, active);
      kernels.addRows(carried, toStates + 4 * first, active, hidden);
    }
    const parents = { address: 0, table: pass.parentStates };
    this.recurrent.addGradient(parents, { address: gates, table: pass.gateRows }, count);
    kernels.addRows(gates, this.inputRows(rows, this.input.gradient), count, 4 * hidden);
  }

  /** Addresses of the parents' rows in an array [R, H] at `address`; products read MIN_ROWS entries past the last. */
  private parentTable({ parents }: LstmRows, address: number, roots: Roots): number {
    const table = new Int32Array(parents.length + MIN_ROWS).fill(address);
    for (let row = 0; row < parents.length; row++) {
      const parent = parents[row]!;
      table[row] = parent < 0 ? roots.address + (roots.offsets?.[row] ?? 0) : address + parent * this.hidden * 4;
    }
    return this.arena.put(table);
  }

  private inputRows({ inputs }: LstmRows, address: number): number {
    return this.arena.put(inputs.map((input) => address + input * this.hidden * 16));
  }
}

function mostRows(depths: Int32Array): number {
  let most = 0;
  for (let depth = 0; depth + 1 < depths.length; depth++) most = Math.max(most, depths[depth + 1]! - depths[depth]!);
  return most;
}

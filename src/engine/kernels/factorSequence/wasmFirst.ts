// The first step of a factored sequence on the wasm kernels: it reads no token, so all lanes of a group share it, and with it
// the product that the second step takes of its state.

import type { Kernels } from "../assembly/module";
import { MIN_ROWS } from "../network/wasmLayer";
import type { Arena } from "../sequence/wasmArena";
import type { Rows, WasmDense } from "../sequence/wasmDense";
import type { Starts } from "./wasmContext";

/** Addresses of [groups, ..] rows. */
export type FirstPass = {
  readonly states: Rows;
  readonly cells: number;
  readonly gates: number;
  readonly tanhCells: number;
  /** [groups, 4H] what the gates of the second step start from, but for the token. */
  readonly next: number;
};

export class WasmFirst {
  private readonly kernels: Kernels;
  private readonly arena: Arena;
  private readonly recurrent: WasmDense;
  /** H as stored. */
  private readonly hidden: number;

  constructor(kernels: Kernels, arena: Arena, recurrent: WasmDense, hidden: number) {
    this.kernels = kernels;
    this.arena = arena;
    this.recurrent = recurrent;
    this.hidden = hidden;
  }

  forward(starts: Starts): FirstPass {
    const { kernels, arena, hidden } = this;
    const count = starts.ids.length;
    const rows = count + MIN_ROWS;
    const states = { address: arena.take(rows * hidden), table: arena.offsets(rows, hidden * 4) };
    const cells = arena.take(rows * hidden);
    const gates = arena.takeZeroed(rows * 4 * hidden);
    const tanhCells = arena.take(rows * hidden);
    const next = arena.take(rows * 4 * hidden);
    const inputs = arena.addresses(count, starts.values, hidden * 16);
    kernels.lstmForward(
      gates,
      inputs,
      this.zeroRows(count),
      cells,
      tanhCells,
      states.address,
      hidden * 4,
      count,
      hidden,
    );
    const nextRows = arena.addresses(rows, next, hidden * 16);
    this.recurrent.forward(states, { address: 0, table: nextRows }, count);
    kernels.addRows(starts.values, nextRows, count, 4 * hidden);
    return { states, cells, gates, tanhCells, next };
  }

  /**
   * Adds the gradients of the starts and of the recurrent weights. Overwrites the gates.
   *
   * @param toNext address of [groups, 4H], the gradient of `next`
   * @param toStates address of [groups, H], that of the states but for `next`; is added to
   * @param toCells address of [groups, H]
   */
  backward(pass: FirstPass, starts: Starts, toNext: number, toStates: number, toCells: number): void {
    const { kernels, arena, hidden } = this;
    const count = starts.ids.length;
    const delta = { address: toNext, table: arena.offsets(count + MIN_ROWS, hidden * 16) };
    this.recurrent.addGradient(pass.states, delta, count);
    const carried = { address: arena.take((count + MIN_ROWS) * hidden), table: pass.states.table };
    this.recurrent.inputGradient(delta, carried, count);
    kernels.addRows(carried.address, arena.addresses(count, toStates, hidden * 4), count, hidden);
    const nowhere = arena.addresses(count, arena.takeZeroed(hidden), 0);
    const zeros = this.zeroRows(count);
    kernels.lstmBackward(pass.gates, zeros, pass.tanhCells, toStates, toCells, nowhere, count, hidden);
    const toStarts = arena.addresses(count, starts.gradient, hidden * 16);
    for (const rows of [pass.gates, toNext]) kernels.addRows(rows, toStarts, count, 4 * hidden);
  }

  /** The cells before the first step. */
  private zeroRows(count: number): number {
    return this.arena.addresses(count, this.arena.takeZeroed(this.hidden), 0);
  }
}

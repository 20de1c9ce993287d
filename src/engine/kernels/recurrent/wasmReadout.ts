// The linear layer of a recurrent network on the wasm kernels: one product over the states of all steps.

import type { RecurrentSpec } from "../../nn/recurrent";
import type { Kernels } from "../assembly/module";
import { MIN_ROWS } from "../network/wasmLayer";
import { paddedTo8 } from "../network/wasmTensor";
import type { Rows, WasmDense } from "../sequence/wasmDense";
import type { Layout } from "./layout";
import type { RecurrentParameters } from "./wasmParameters";
import type { Pieces } from "./wasmPool";
import type { States } from "./wasmRecurrence";

/** Rows [R] of a chunk, in its order, `stride` floats apart in wasm memory. */
export type ChunkRows = { readonly address: number; readonly stride: number };
/** Rows [N, T] of a call, `width` numbers each. */
export type CallRows = { readonly all: Float32Array; readonly width: number; readonly steps: number };

/** Copies the rows of a chunk to their places in the call, or from there. */
export function copyRows(kernels: Kernels, chunk: ChunkRows, layout: Layout, call: CallRows, isWriting = true): void {
  const { lanes, lengths, first } = layout;
  const { all, width, steps } = call;
  const rows = new Float32Array(kernels.memory.buffer, chunk.address, first.at(-1)! * chunk.stride);
  for (const [at, lane] of lanes.entries()) {
    for (let step = 0; step < lengths[at]!; step++) {
      const inside = (first[step]! + at) * chunk.stride;
      const outside = (lane * steps + step) * width;
      if (isWriting) for (let i = 0; i < width; i++) all[outside + i] = rows[inside + i]!;
      else for (let i = 0; i < width; i++) rows[inside + i] = all[outside + i]!;
    }
  }
}

export class WasmReadout {
  private readonly kernels: Kernels;
  private readonly spec: RecurrentSpec;
  /** H and O as stored. */
  private readonly hidden: number;
  private readonly columns: number;
  /** Null for a network without outputs. */
  private readonly dense: WasmDense | null;

  constructor(kernels: Kernels, parameters: RecurrentParameters, spec: RecurrentSpec) {
    this.kernels = kernels;
    this.spec = spec;
    this.hidden = paddedTo8(spec.hidden);
    this.columns = paddedTo8(spec.outputs);
    this.dense = spec.outputs > 0 ? parameters.dense("output", "outputBias") : null;
  }

  pack(): void {
    this.dense?.pack();
  }

  /** Outputs of `count` rows of states; returns their address, `columns` floats apart. */
  product(pieces: Pieces, states: Rows, count: number): ChunkRows {
    const rows = count + MIN_ROWS;
    const stride = this.columns;
    const address = pieces.take(rows * stride);
    this.dense?.forward(states, { address, table: pieces.offsets(rows, stride * 4) }, count);
    return { address, stride };
  }

  /** To `outputs` [N, T, O] of the call. */
  forward(pieces: Pieces, { rows, count }: States, layout: Layout, steps: number, outputs: Float32Array): void {
    if (this.dense === null) return;
    const given = this.product(pieces, rows, count);
    copyRows(this.kernels, given, layout, { all: outputs, width: this.spec.outputs, steps });
  }

  /**
   * Adds the gradients of the weights unless frozen.
   *
   * @param given gradient [N, T, O] of the outputs
   * @returns the address of that of the states, [R, H]; 0 without outputs
   */
  backward(
    pieces: Pieces,
    { rows, count }: States,
    layout: Layout,
    given: { readonly steps: number; readonly outputs: Float32Array; readonly isFrozen: boolean },
  ): number {
    if (this.dense === null) return 0;
    const slack = count + MIN_ROWS;
    const address = pieces.takeZeroed(slack * this.columns);
    const call = { all: given.outputs, width: this.spec.outputs, steps: given.steps };
    copyRows(this.kernels, { address, stride: this.columns }, layout, call, false);
    const delta = { address, table: pieces.offsets(slack, this.columns * 4) };
    const target = { address: pieces.take(slack * this.hidden), table: pieces.offsets(slack, this.hidden * 4) };
    if (!given.isFrozen) this.dense.addGradient(rows, delta, count);
    this.dense.inputGradient(delta, target, count);
    return target.address;
  }
}

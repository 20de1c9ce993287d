// Lanes of a recurrent network that are run step by step on the wasm kernels, for sampling. A step goes over them in chunks,
// so that its gates stay in the cache; states and cells stand where they are and are overwritten.

import type { RecurrentSpec } from "../../nn/recurrent";
import type { Kernels } from "../assembly/module";
import { MIN_ROWS } from "../network/wasmLayer";
import type { Pieces } from "./wasmPool";
import type { WasmReadout } from "./wasmReadout";
import type { WasmRecurrence } from "./wasmRecurrence";

/** Addresses: rows [state | input] and cells of all lanes, and tables of the rows that their gates start from. */
export type Standing = {
  readonly pieces: Pieces;
  readonly count: number;
  readonly rows: number;
  readonly cells: number;
  readonly cellRows: number;
  readonly starts: number;
  isFirst: boolean;
};

export class WasmStates {
  private readonly kernels: Kernels;
  private readonly spec: RecurrentSpec;
  private readonly recurrence: WasmRecurrence;
  private readonly readout: WasmReadout;
  private readonly chunk: number;

  constructor(
    kernels: Kernels,
    spec: RecurrentSpec,
    recurrence: WasmRecurrence,
    readout: WasmReadout,
    /** Most lanes of a chunk. */
    chunk: number,
  ) {
    this.kernels = kernels;
    this.spec = spec;
    this.recurrence = recurrence;
    this.readout = readout;
    this.chunk = chunk;
  }

  start(pieces: Pieces, context: Float32Array | null, groups: Int32Array): Standing {
    const { hidden, stride } = this.recurrence;
    const count = groups.length;
    const opened = this.recurrence.open(pieces, context, groups, false);
    const cells = pieces.takeZeroed(count * hidden);
    return {
      pieces,
      count,
      rows: pieces.takeZeroed((count + MIN_ROWS) * stride),
      cells,
      cellRows: pieces.addresses(count, cells, hidden * 4),
      starts: this.recurrence.startRows(pieces, opened.starts.values, opened),
      isFirst: true,
    };
  }

  /** One step: inputs [N, I] to outputs [N, O], none unless wanted. */
  advance(pieces: Pieces, standing: Standing, inputs: Float32Array, wantsOutputs: boolean): Float32Array {
    const { kernels, recurrence } = this;
    const { hidden, stride } = recurrence;
    const { count, isFirst } = standing;
    this.writeInputs(standing, inputs);
    const outputs = new Float32Array(wantsOutputs ? count * this.spec.outputs : 0);
    const slack = Math.min(count, this.chunk) + MIN_ROWS;
    const table = pieces.offsets(slack, stride * 4);
    const gates = { address: pieces.take(slack * 4 * hidden), table: pieces.offsets(slack, hidden * 16) };
    for (let from = 0; from < count; from += this.chunk) {
      const active = Math.min(this.chunk, count - from);
      const rows = { address: standing.rows + from * stride * 4, table };
      recurrence.product(rows, gates, active, isFirst, true);
      const cells = standing.cells + from * hidden * 4;
      kernels.lstmForward(
        gates.address,
        standing.starts + 4 * from,
        standing.cellRows + 4 * from,
        cells,
        0,
        rows.address,
        stride * 4,
        active,
        hidden,
      );
      if (outputs.length > 0) this.read(this.readout.product(pieces, rows, active), outputs, from, active);
    }
    standing.isFirst = false;
    return outputs;
  }

  private writeInputs({ rows, count }: Standing, inputs: Float32Array): void {
    const { hidden, stride } = this.recurrence;
    const { inputs: width } = this.spec;
    const all = new Float32Array(this.kernels.memory.buffer, rows, count * stride);
    for (let lane = 0; lane < count; lane++) {
      for (let i = 0; i < width; i++) all[lane * stride + hidden + i] = inputs[lane * width + i]!;
    }
  }

  private read(given: { address: number; stride: number }, outputs: Float32Array, from: number, count: number): void {
    const { outputs: width } = this.spec;
    const rows = new Float32Array(this.kernels.memory.buffer, given.address, count * given.stride);
    for (let at = 0; at < count; at++) {
      for (let i = 0; i < width; i++) outputs[(from + at) * width + i] = rows[at * given.stride + i]!;
    }
  }
}

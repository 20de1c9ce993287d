// The LSTM of a recurrent network on the wasm kernels. A row of a step holds the state before it and its input side by
// side, so that one product gives the gates; the weight gradients are one product over all rows.

import type { RecurrentLanes, RecurrentSpec } from "../../nn/recurrent";
import type { Kernels } from "../assembly/module";
import { type Opened, WasmContext } from "../factorSequence/wasmContext";
import { MIN_ROWS } from "../network/wasmLayer";
import { paddedTo8 } from "../network/wasmTensor";
import type { Rows, WasmDense } from "../sequence/wasmDense";
import { activeAt, type Layout, numSteps } from "./layout";
import type { RecurrentParameters } from "./wasmParameters";
import type { Pieces } from "./wasmPool";

/** What a forward pass over one chunk leaves; addresses of floats and of tables. */
export type Pass = {
  readonly pieces: Pieces;
  readonly layout: Layout;
  readonly opened: Opened;
  /** False where the input of every first step is 0. */
  readonly hasFirstInput: boolean;
  /** Rows [state | input]: those that the first step reads, then those after each step. */
  readonly rows: Rows;
  /** Of every step if kept, else of the last one: [R, H], [R, H] (0 unless kept) and [R, 4H]. */
  readonly cells: number;
  readonly tanhCells: number;
  readonly gates: number;
};

/** The states after every step, [R] rows. */
export type States = { readonly rows: Rows; readonly count: number };

export class WasmRecurrence {
  private readonly kernels: Kernels;
  private readonly spec: RecurrentSpec;
  /** H and I as stored. */
  readonly hidden: number;
  private readonly width: number;
  private readonly context: WasmContext;
  private readonly both: WasmDense;
  private readonly recurrent: WasmDense;
  private readonly input: WasmDense;

  constructor(kernels: Kernels, parameters: RecurrentParameters, spec: RecurrentSpec) {
    this.kernels = kernels;
    this.spec = spec;
    this.hidden = parameters.part("recurrent").rows;
    this.width = paddedTo8(spec.inputs);
    this.context = new WasmContext(kernels, parameters, spec.context);
    this.both = parameters.dense("recurrent", null, { rows: this.hidden + spec.inputs });
    this.recurrent = parameters.dense("recurrent", null);
    this.input = parameters.dense("input", null);
  }

  pack(): void {
    for (const part of [this.context, this.both, this.recurrent, this.input]) part.pack();
  }

  /** Floats from a state to the next. */
  get stride(): number {
    return this.hidden + this.width;
  }

  /** Row of a lane's state after `steps` of its steps. */
  rowAfter({ lanes, first }: Layout, steps: number): number {
    return steps === 0 ? 0 : lanes.length + first[steps - 1]!;
  }

  /** What the gates of lanes start from: to be opened once a pass. */
  open(pieces: Pieces, context: Float32Array | null, groups: Int32Array, isTraining: boolean): Opened {
    return this.context.forward(pieces, context, groups, isTraining);
  }

  forward(pieces: Pieces, lanes: RecurrentLanes, layout: Layout, isKept: boolean): Pass {
    const { kernels, hidden, stride } = this;
    const count = layout.lanes.length;
    const total = layout.first.at(-1)!;
    const slack = (isKept ? total : count) + MIN_ROWS;
    const rows = {
      address: pieces.take((count + total + MIN_ROWS) * stride),
      table: pieces.offsets(count + MIN_ROWS, stride * 4),
    };
    const groups = layout.lanes.map((lane) => lanes.groups[lane] ?? 0);
    const opened = this.open(pieces, lanes.context, groups, isKept);
    const [cells, gates] = [pieces.take(slack * hidden), pieces.take(slack * 4 * hidden)];
    const tanhCells = isKept ? pieces.take(slack * hidden) : 0;
    const starts = this.startRows(pieces, opened.starts.values, opened);
    const zeroRows = pieces.addresses(count, pieces.takeZeroed(hidden), 0);
    const cellRows = pieces.addresses(slack, cells, hidden * 4);
    const gateRows = pieces.offsets(count + MIN_ROWS, hidden * 16);
    const hasFirstInput = this.writeInputs(rows.address, lanes, layout);
    for (let step = 0; step < numSteps(layout); step++) {
      const active = activeAt(layout, step);
      const at = isKept ? layout.first[step]! * hidden * 4 : 0;
      const before = isKept && step > 0 ? layout.first[step - 1]! : 0;
      const source = { address: rows.address + this.rowAfter(layout, step) * stride * 4, table: rows.table };
      this.product(source, { address: gates + 4 * at, table: gateRows }, active, step === 0, hasFirstInput);
      kernels.lstmForward(
        gates + 4 * at,
        starts,
        step === 0 ? zeroRows : cellRows + 4 * before,
        cells + at,
        isKept ? tanhCells + at : 0,
        rows.address + this.rowAfter(layout, step + 1) * stride * 4,
        stride * 4,
        active,
        hidden,
      );
    }
    return { pieces, layout, opened, hasFirstInput, rows, cells, tanhCells, gates };
  }

  /** What the states and the inputs of a step's rows give its gates; the first step has no states. */
  product(source: Rows, gates: Rows, count: number, isFirst: boolean, hasInput: boolean): void {
    const { kernels, hidden } = this;
    if (!isFirst) this.both.forward(source, gates, count);
    else if (hasInput) this.input.forward({ address: source.address + hidden * 4, table: source.table }, gates, count);
    else kernels.zero(gates.address, count * hidden * 16);
  }

  /** Addresses of the rows [4H] that the gates of each lane start from, or of their gradients. */
  startRows(pieces: Pieces, address: number, { starts }: Opened): number {
    return pieces.put(starts.index.map((group) => address + group * this.hidden * 16));
  }

  states(pieces: Pieces, { rows, layout }: Pass): States {
    const { stride } = this;
    const count = layout.first.at(-1)!;
    const address = rows.address + layout.lanes.length * stride * 4;
    return { rows: { address, table: pieces.offsets(count + MIN_ROWS, stride * 4) }, count };
  }

  /**
   * Adds the gradients of the weights, and that of the context to `toContext` [G, C]. Overwrites the pass's gates, which
   * hold the gradients of what enters them afterwards.
   *
   * @param pieces memory for the time of the call
   * @param toStates address of [R, H]: what the states are used for outside of the recurrence; 0 for nothing
   * @param last [N, H] gradients of the last states of the call's lanes, null for zeros
   * @param isFrozen true leaves the gradients of the weights as they are
   */
  backward(
    pieces: Pieces,
    pass: Pass,
    toStates: number,
    last: Float32Array | null,
    toContext: Float32Array | null,
    isFrozen: boolean,
  ): void {
    const { kernels, hidden } = this;
    const { layout, gates, opened } = pass;
    const count = layout.lanes.length;
    const rowBytes = hidden * 4;
    const slack = count + MIN_ROWS;
    const carried = { address: pieces.take(slack * hidden), table: pieces.offsets(slack, rowBytes) };
    const carriedRows = pieces.addresses(count, carried.address, rowBytes);
    // The gradient of the cells after a step, and before it: the two change places.
    const cells = [pieces.takeZeroed(count * hidden), pieces.takeZeroed(count * hidden)] as const;
    const cellRows = cells.map((address) => pieces.addresses(count, address, rowBytes)) as [number, number];
    const zeroRows = pieces.addresses(count, pieces.takeZeroed(hidden), 0);
    const parentRows = pieces.addresses(layout.first.at(-1)!, pass.cells, rowBytes);
    const gateRows = pieces.offsets(slack, 4 * rowBytes);
    // Without a context the lanes start from the bias itself.
    const isBiasFrozen = isFrozen && this.spec.context === 0;
    const startGradients = isBiasFrozen ? pieces.takeZeroed(4 * hidden) : opened.starts.gradient;
    const toStarts = this.startRows(pieces, startGradients, opened);
    const steps = numSteps(layout);
    for (let step = steps - 1; step >= 0; step--) {
      const active = activeAt(layout, step);
      const at = layout.first[step]! * rowBytes;
      const after = step % 2;
      this.endLanes(carried.address, layout, step, last);
      if (toStates) kernels.addRows(toStates + at, carriedRows, active, hidden);
      // Rows of lanes that have ended by now were never written.
      kernels.zero(cells[1 - after]!, active * rowBytes);
      kernels.lstmBackward(
        gates + 4 * at,
        step === 0 ? zeroRows : parentRows + 4 * layout.first[step - 1]!,
        pass.tanhCells + at,
        carried.address,
        cells[after]!,
        cellRows[1 - after]!,
        active,
        hidden,
      );
      kernels.addRows(gates + 4 * at, toStarts, active, 4 * hidden);
      if (step > 0) this.recurrent.inputGradient({ address: gates + 4 * at, table: gateRows }, carried, active);
    }
    if (!isFrozen) this.weightGradients(pieces, pass);
    this.context.backward(pieces, opened, toContext, isFrozen);
  }

  /** Gradients [R, I] of the inputs as rows of `stride` floats, after `backward`. */
  inputGradients(pieces: Pieces, { layout, gates }: Pass): { readonly address: number; readonly stride: number } {
    const count = layout.first.at(-1)!;
    const target = {
      address: pieces.take((count + MIN_ROWS) * this.width),
      table: pieces.offsets(count + MIN_ROWS, this.width * 4),
    };
    const delta = { address: gates, table: pieces.offsets(count + MIN_ROWS, this.hidden * 16) };
    this.input.inputGradient(delta, target, count);
    return { address: target.address, stride: this.width };
  }

  private weightGradients(pieces: Pieces, { layout, gates, rows, hasFirstInput }: Pass): void {
    const { kernels, hidden, stride } = this;
    const count = layout.lanes.length;
    const total = layout.first.at(-1)!;
    const deltaRows = pieces.offsets(total, hidden * 16);
    const inputs = { address: rows.address + hidden * 4, table: rows.table };
    if (hasFirstInput) this.input.addGradient(inputs, { address: gates, table: deltaRows }, count);
    if (total === count) return;
    const table = pieces.take(total - count);
    for (let step = 1; step < numSteps(layout); step++) {
      const to = table + 4 * (layout.first[step]! - count);
      kernels.fillOffsets(to, activeAt(layout, step), stride * 4, this.rowAfter(layout, step) * stride * 4);
    }
    const delta = { address: gates + count * hidden * 16, table: deltaRows };
    this.both.addGradient({ address: rows.address, table }, delta, total - count);
  }

  /** Copies the inputs beside the states that they come with; true unless those of all first steps are 0. */
  private writeInputs(address: number, { steps, inputs }: RecurrentLanes, layout: Layout): boolean {
    const { stride, hidden, width } = this;
    const { inputs: numInputs } = this.spec;
    const { lanes, lengths } = layout;
    const to = new Float32Array(this.kernels.memory.buffer, address, this.rowAfter(layout, numSteps(layout)) * stride);
    let hasFirstInput = false;
    for (const [at, lane] of lanes.entries()) {
      for (let step = 0; step < lengths[at]!; step++) {
        const row = (this.rowAfter(layout, step) + at) * stride + hidden;
        const from = (lane * steps + step) * numInputs;
        for (let i = 0; i < numInputs; i++) {
          const value = inputs[from + i]!;
          to[row + i] = value;
          if (step === 0 && value !== 0) hasFirstInput = true;
        }
        for (let i = numInputs; i < width; i++) to[row + i] = 0;
      }
    }
    return hasFirstInput;
  }

  /** Lanes that end with a step start their way back there, from the gradient of their last states. */
  private endLanes(carried: number, layout: Layout, step: number, last: Float32Array | null): void {
    const { hidden } = this;
    const from = step + 1 < numSteps(layout) ? activeAt(layout, step + 1) : 0;
    const to = activeAt(layout, step);
    if (from === to) return;
    const rows = new Float32Array(this.kernels.memory.buffer, carried, to * hidden);
    rows.fill(0, from * hidden);
    const units = this.spec.hidden;
    for (let at = from; last && at < to; at++) {
      const lane = layout.lanes[at]!;
      rows.set(last.subarray(lane * units, (lane + 1) * units), at * hidden);
    }
  }
}

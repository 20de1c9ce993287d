// What the gates of each lane start from at every step, on the wasm kernels: the context times its weights plus the bias,
// once a group; and the way back. Without a context all lanes start from the bias.

import type { Kernels } from "../assembly/module";
import { MIN_ROWS } from "../network/wasmLayer";
import type { WorkingMemory } from "../sequence/wasmArena";
import type { Rows, WasmDense } from "../sequence/wasmDense";
import type { FactorParameters } from "./wasmParameters";

/** Addresses of rows [groups, 4H]; `gradient` 0 without training. */
export type Starts = {
  readonly values: number;
  readonly gradient: number;
  /** The groups of the lanes, in the order of their rows. */
  readonly ids: readonly number[];
  /** [lanes] the row of each, and the address of the same words. */
  readonly index: Uint32Array;
  readonly groups: number;
};

/** Room taken for the rows of a context. */
export type Opened = { readonly starts: Starts; readonly source: Rows };

export class WasmContext {
  private readonly kernels: Kernels;
  /** C as given, and as stored. */
  private readonly numInputs: number;
  private readonly columns: number;
  /** 4H as stored. */
  private readonly width: number;
  private readonly bias: { readonly values: number; readonly gradient: number };
  private readonly dense: WasmDense | null;

  constructor(kernels: Kernels, parameters: FactorParameters, numInputs: number) {
    const { values, gradient, columns } = parameters.part("bias");
    this.kernels = kernels;
    this.numInputs = numInputs;
    this.columns = numInputs > 0 ? parameters.part("context").rows : 0;
    this.width = columns;
    this.bias = { values, gradient };
    this.dense = numInputs > 0 ? parameters.dense("context", "bias") : null;
  }

  pack(): void {
    this.dense?.pack();
  }

  /**
   * @param context [G, C], null without a context
   * @param laneGroups the groups of the lanes
   */
  forward(memory: WorkingMemory, context: Float32Array | null, laneGroups: Int32Array, isTraining: boolean): Opened {
    const { kernels, dense, columns, width, numInputs } = this;
    if (dense === null || context === null) {
      const index = new Uint32Array(laneGroups.length);
      return { starts: { ...this.bias, ids: [0], index, groups: memory.put(index) }, source: { address: 0, table: 0 } };
    }
    const { ids, index } = localGroups(laneGroups);
    const rows = ids.length + MIN_ROWS;
    const address = memory.takeZeroed(rows * columns);
    const values = memory.take(rows * width);
    const gradient = isTraining ? memory.takeZeroed(rows * width) : 0;
    const starts = { values, gradient, ids, index, groups: memory.put(index) };
    const source = { address, table: memory.offsets(rows, columns * 4) };
    const table = memory.offsets(rows, width * 4);
    const stored = new Float32Array(kernels.memory.buffer, address, rows * columns);
    for (const [at, group] of ids.entries()) {
      stored.set(context.subarray(group * numInputs, (group + 1) * numInputs), at * columns);
    }
    dense.forward(source, { address: values, table }, ids.length);
    return { starts, source };
  }

  /**
   * Adds the gradients of the weights and the bias unless `isFrozen`, and that of the context to `toContext` [G, C].
   * Without a context there is nothing to do: the bias got its own with the starts.
   */
  backward(memory: WorkingMemory, { starts, source }: Opened, toContext: Float32Array | null, isFrozen = false): void {
    const { kernels, dense, columns, numInputs } = this;
    if (dense === null || toContext === null) return;
    const count = starts.ids.length;
    const delta = { address: starts.gradient, table: memory.offsets(count + MIN_ROWS, this.width * 4) };
    if (!isFrozen) dense.addGradient(source, delta, count);
    const address = memory.take((count + MIN_ROWS) * columns);
    dense.inputGradient(delta, { address, table: source.table }, count);
    const gradient = new Float32Array(kernels.memory.buffer, address, count * columns);
    for (const [at, group] of starts.ids.entries()) {
      for (let c = 0; c < numInputs; c++) toContext[group * numInputs + c]! += gradient[at * columns + c]!;
    }
  }
}

/** Which groups a few lanes have, and which of these each lane has. */
function localGroups(groups: Int32Array) {
  const known = new Map<number, number>();
  const index = Uint32Array.from(groups, (group) => {
    const at = known.get(group) ?? known.size;
    known.set(group, at);
    return at;
  });
  return { ids: [...known.keys()], index };
}

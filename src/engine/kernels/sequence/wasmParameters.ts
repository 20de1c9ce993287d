// Where the parts of a sequence network stand in the padded block of the wasm kernels, and the matrices made of them.

import type { SequenceSpec } from "../../nn/sequence";
import type { PartName, SequencePlan } from "../../nn/sequencePlan";
import { allocate } from "../assembly/jobs";
import type { Kernels } from "../assembly/module";
import { WasmBlock } from "../network/wasmBlock";
import { paddedTo8 } from "../network/wasmTensor";
import { type DenseScratch, denseScratch, WasmDense } from "./wasmDense";

/** A part's address in the values and in the gradient of the block; columns as stored. */
export type Part = {
  readonly values: number;
  readonly gradient: number;
  readonly rows: number;
  readonly columns: number;
};

export class Parameters {
  readonly block: WasmBlock;
  private readonly kernels: Kernels;
  private readonly plan: SequencePlan;
  /** First float of every part in the padded block. */
  private readonly offsets: ReadonlyMap<PartName, number>;
  private readonly paddedSize: number;
  private readonly scratch: DenseScratch;

  constructor(
    kernels: Kernels,
    spec: SequenceSpec,
    plan: SequencePlan,
    block: { readonly name: string; readonly group: "theta" | "phi" },
  ) {
    this.kernels = kernels;
    this.plan = plan;
    const offsets = new Map<PartName, number>();
    const places = new Uint32Array(plan.parameterCount);
    let size = 0;
    for (const { name, rows, columns, offset } of plan.list) {
      offsets.set(name, size);
      const stored = paddedTo8(columns);
      for (let i = 0; i < rows * columns; i++) {
        places[offset + i] = size + Math.floor(i / columns) * stored + (i % columns);
      }
      size += rows * stored;
    }
    this.offsets = offsets;
    this.paddedSize = size;
    this.block = new WasmBlock(kernels, block.name, block.group, places, size);
    const widest = Math.max(4 * spec.hidden, spec.embedding, paddedTo8(spec.grammar.tokens));
    this.scratch = denseScratch(kernels, widest, widest);
  }

  part(name: PartName): Part {
    const offset = this.offsets.get(name);
    const part = this.plan.parts[name];
    if (offset === undefined || !part) throw new TypeError(`this network has no ${name}`);
    const { values, gradient } = this.block;
    const { rows, columns } = part;
    return { values: values + 4 * offset, gradient: gradient + 4 * offset, rows, columns: paddedTo8(columns) };
  }

  /**
   * The matrix of a part, or `rows` of it from row `first` on. Without `hasBias` the forward product leaves the bias out,
   * which still gets its gradient.
   */
  dense(
    name: PartName,
    biasName: PartName | null,
    { first = 0, rows = this.part(name).rows, hasBias = true } = {},
  ): WasmDense {
    const { values, gradient, columns } = this.part(name);
    const bias = biasName ? this.part(biasName) : { values: 0, gradient: allocate(this.kernels, columns) };
    const skipped = 4 * first * columns;
    const biases = { bias: hasBias ? bias.values : 0, biasGradient: bias.gradient };
    const place = { weights: values + skipped, gradient: gradient + skipped, ...biases, rows, columns };
    return new WasmDense(this.kernels, this.scratch, place);
  }

  /** Gradients are added from here on: writes the zeros that the block has put off. */
  openGradient(): void {
    if (this.block.takeZeroed()) this.kernels.zero(this.block.gradient, this.paddedSize * 4);
  }
}

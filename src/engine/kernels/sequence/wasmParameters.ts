// Where the parts of a sequence network stand in the padded block of the wasm kernels, and the matrices made of them.

import type { PartName } from "../../nn/sequencePlan";
import { allocate } from "../assembly/jobs";
import type { Kernels } from "../assembly/module";
import { WasmBlock } from "../network/wasmBlock";
import { paddedTo8 } from "../network/wasmTensor";
import { type DenseScratch, denseScratch, WasmDense } from "./wasmDense";

/** A matrix of the public block, and how it is stored: columns in runs of `widths` (one run when absent), each padded to 8. */
export type StoredPart<Name extends string> = {
  readonly name: Name;
  readonly rows: number;
  readonly columns: number;
  /** Index of its first number in the public block. */
  readonly offset: number;
  readonly widths?: readonly number[];
  /** At least `rows`. */
  readonly storedRows?: number;
};

/** A part's address in the values and in the gradient of the block; rows and columns as stored. */
export type Part = {
  readonly values: number;
  readonly gradient: number;
  readonly rows: number;
  readonly columns: number;
};

export class Parameters<Name extends string = PartName> {
  readonly block: WasmBlock;
  private readonly kernels: Kernels;
  /** Of every part: its first float in the padded block, rows and columns as stored. */
  private readonly places: ReadonlyMap<
    Name,
    { readonly first: number; readonly rows: number; readonly columns: number }
  >;
  private readonly paddedSize: number;
  private readonly scratch: DenseScratch;

  /** @param widest at least the rows and the columns of every matrix that takes part in products, as stored */
  constructor(
    kernels: Kernels,
    list: readonly StoredPart<Name>[],
    widest: number,
    block: { readonly name: string; readonly group: "theta" | "phi" },
  ) {
    this.kernels = kernels;
    const places = new Map<Name, { first: number; rows: number; columns: number }>();
    const numbers = new Uint32Array(list.reduce((sum, { rows, columns }) => sum + rows * columns, 0));
    let size = 0;
    for (const { name, rows, columns, offset, widths = [columns], storedRows = rows } of list) {
      const stored = widths.flatMap((width) => Array.from({ length: paddedTo8(width) }, (_, i) => (i < width ? 1 : 0)));
      const columnAt = [...stored.keys()].filter((column) => stored[column] === 1);
      for (let i = 0; i < rows * columns; i++) {
        numbers[offset + i] = size + Math.floor(i / columns) * stored.length + columnAt[i % columns]!;
      }
      places.set(name, { first: size, rows: storedRows, columns: stored.length });
      size += storedRows * stored.length;
    }
    this.places = places;
    this.paddedSize = size;
    this.block = new WasmBlock(kernels, block.name, block.group, numbers, size);
    this.scratch = denseScratch(kernels, widest, widest);
  }

  part(name: Name): Part {
    const place = this.places.get(name);
    if (!place) throw new TypeError(`this network has no ${name}`);
    const { values, gradient } = this.block;
    const { first, rows, columns } = place;
    return { values: values + 4 * first, gradient: gradient + 4 * first, rows, columns };
  }

  /**
   * The matrix of a part, or `rows` of it from row `first` on. Without `hasBias` the forward product leaves the bias out,
   * which still gets its gradient.
   */
  dense(name: Name, biasName: Name | null, { first = 0, rows = this.part(name).rows, hasBias = true } = {}): WasmDense {
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

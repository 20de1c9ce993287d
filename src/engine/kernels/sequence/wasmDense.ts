// A weight matrix on the wasm kernels: its packed copies, and the three products that training needs.

import { allocate, rewriteProduct, rewriteWeightGradient } from "../assembly/jobs";
import type { Kernels } from "../assembly/module";
import { ACTIVATION, DERIVATIVE, MIN_ROWS } from "../network/wasmLayer";

/** Where a matrix and its bias stand; all addresses of floats. Without a bias, `biasGradient` is scratch. */
export type DensePlace = {
  readonly weights: number;
  readonly gradient: number;
  readonly bias: number;
  readonly biasGradient: number;
  /** [rows, columns], multiples of 8. */
  readonly rows: number;
  readonly columns: number;
};

/** Rows: byte offsets from `address` in a table. */
export type Rows = { readonly address: number; readonly table: number };

/** One record a routine, rewritten before every call, and the scratch of both. */
export type DenseScratch = {
  readonly productJob: number;
  readonly gradientJob: number;
  readonly rows: number;
  readonly delta: number;
};

const JOB_WORDS = 16;

/** @param longest the longest row that any product reads; `widest` the most columns of any matrix */
export function denseScratch(kernels: Kernels, longest: number, widest: number): DenseScratch {
  return {
    productJob: allocate(kernels, JOB_WORDS),
    gradientJob: allocate(kernels, JOB_WORDS),
    rows: allocate(kernels, Math.max(128 * 6, 24 * longest) + 64),
    delta: allocate(kernels, 128 * widest),
  };
}

export class WasmDense {
  private readonly kernels: Kernels;
  private readonly scratch: DenseScratch;
  private readonly place: DensePlace;
  private readonly panels: number;
  private readonly transposed: number;
  private isTransposed = false;

  constructor(kernels: Kernels, scratch: DenseScratch, place: DensePlace) {
    const size = place.rows * place.columns;
    this.kernels = kernels;
    this.scratch = scratch;
    this.place = place;
    this.panels = allocate(kernels, size);
    this.transposed = allocate(kernels, size);
  }

  /** After every change of the weights. The transposed copy is packed when a gradient asks for it. */
  pack(): void {
    const { weights, rows, columns } = this.place;
    this.kernels.packWeights(weights, rows, columns, this.panels);
    this.isTransposed = false;
  }

  /** target = activation(source W + b). Fewer than 6 rows write 6: sources and target need that slack. */
  forward(source: Rows, target: Rows, count: number, activation: "none" | "tanh" = "none"): void {
    const { rows, columns, bias } = this.place;
    this.multiply(source, rows, this.panels, target, columns, bias, count, ACTIVATION[activation], target);
  }

  /** Adds source^T delta to the gradient of the weights, and the column sums of delta to that of the bias. */
  addGradient(source: Rows, delta: Rows, count: number): void {
    const { kernels, scratch, place } = this;
    const { rows, columns, gradient, biasGradient } = place;
    rewriteWeightGradient(kernels, scratch.gradientJob, {
      source: source.address,
      sourceRows: source.table,
      segments: 1,
      segmentLength: rows,
      segmentBytes: rows * 4,
      delta: delta.address,
      deltaRows: delta.table,
      columns,
      weights: gradient,
      biases: biasGradient,
      scratchRows: scratch.rows,
      scratchDelta: scratch.delta,
    });
    kernels.weightGradient(scratch.gradientJob, count, true);
  }

  /** target = delta W^T; times 1 - mask^2 where the input is a tanh stored in `mask`. */
  inputGradient(delta: Rows, target: Rows, count: number, mask?: Rows): void {
    const { weights, rows, columns } = this.place;
    if (!this.isTransposed) {
      this.kernels.packTransposed(weights, rows, columns, this.transposed, columns * 32);
      this.isTransposed = true;
    }
    const activation = mask ? DERIVATIVE.tanh : DERIVATIVE.none;
    this.multiply(delta, columns, this.transposed, target, rows, 0, count, activation, mask ?? target);
  }

  private multiply(
    source: Rows,
    depth: number,
    panels: number,
    target: Rows,
    columns: number,
    bias: number,
    count: number,
    activation: number,
    mask: Rows,
  ): void {
    const { kernels, scratch } = this;
    rewriteProduct(kernels, scratch.productJob, {
      source: source.address,
      sourceRows: source.table,
      segments: 1,
      segmentLength: depth,
      segmentBytes: depth * 4,
      panels,
      target: target.address,
      targetRows: target.table,
      columns,
      bias,
      activation,
      mask: mask.address,
      maskRows: mask.table,
      scratch: scratch.rows,
    });
    kernels.product(scratch.productJob, Math.max(MIN_ROWS, count));
  }
}

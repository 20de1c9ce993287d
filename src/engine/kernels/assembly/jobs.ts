// The records that the wasm kernels read: one array of 4-byte fields each, in the order of the classes in *.as.ts.

import type { Kernels } from "./module";

/** product.as.ts, class Product. */
export type ProductJob = {
  readonly source: number;
  readonly sourceRows: number;
  readonly segments: number;
  readonly segmentLength: number;
  readonly segmentBytes: number;
  readonly panels: number;
  readonly target: number;
  readonly targetRows: number;
  readonly columns: number;
  readonly bias: number;
  readonly activation: number;
  readonly mask: number;
  readonly maskRows: number;
  readonly scratch: number;
};

/** weightGradient.as.ts, class WeightGradient. */
export type WeightGradientJob = {
  readonly source: number;
  readonly sourceRows: number;
  readonly segments: number;
  readonly segmentLength: number;
  readonly segmentBytes: number;
  readonly delta: number;
  readonly deltaRows: number;
  readonly columns: number;
  readonly weights: number;
  readonly biases: number;
  readonly scratchRows: number;
  readonly scratchDelta: number;
};

/** pool.as.ts, class Pool. */
export type PoolJob = {
  readonly image: number;
  readonly imageRows: number;
  readonly imageRowBytes: number;
  readonly channels: number;
  readonly windowHeight: number;
  readonly windowWidth: number;
  readonly pooled: number;
  readonly pooledRows: number;
  readonly activation: number;
  readonly mask: number;
  readonly maskRows: number;
  readonly maskRowBytes: number;
};

/** maxPool.as.ts, class MaxPool. */
export type MaxPoolJob = {
  readonly image: number;
  readonly imageRows: number;
  readonly imageRowBytes: number;
  readonly channels: number;
  readonly window: number;
  readonly pooled: number;
  readonly pooledRows: number;
  readonly winners: number;
  readonly activation: number;
  readonly values: number;
  readonly valueRows: number;
};

const PRODUCT = [
  "source",
  "sourceRows",
  "segments",
  "segmentLength",
  "segmentBytes",
  "panels",
  "target",
  "targetRows",
  "columns",
  "bias",
  "activation",
  "mask",
  "maskRows",
  "scratch",
] as const satisfies readonly (keyof ProductJob)[];

const WEIGHT_GRADIENT = [
  "source",
  "sourceRows",
  "segments",
  "segmentLength",
  "segmentBytes",
  "delta",
  "deltaRows",
  "columns",
  "weights",
  "biases",
  "scratchRows",
  "scratchDelta",
] as const satisfies readonly (keyof WeightGradientJob)[];

const POOL = [
  "image",
  "imageRows",
  "imageRowBytes",
  "channels",
  "windowHeight",
  "windowWidth",
  "pooled",
  "pooledRows",
  "activation",
  "mask",
  "maskRows",
  "maskRowBytes",
] as const satisfies readonly (keyof PoolJob)[];

const MAX_POOL = [
  "image",
  "imageRows",
  "imageRowBytes",
  "channels",
  "window",
  "pooled",
  "pooledRows",
  "winners",
  "activation",
  "values",
  "valueRows",
] as const satisfies readonly (keyof MaxPoolJob)[];

/** Writes a job of `product` into wasm memory and gives its address. */
export function writeProduct(kernels: Kernels, job: ProductJob): number {
  return writeWords(
    kernels,
    PRODUCT.map((field) => job[field]),
  );
}

/** Writes a job of `weightGradient`. */
export function writeWeightGradient(kernels: Kernels, job: WeightGradientJob): number {
  return writeWords(
    kernels,
    WEIGHT_GRADIENT.map((field) => job[field]),
  );
}

/** Rewrites a job of `product` in place. */
export function rewriteProduct(kernels: Kernels, address: number, job: ProductJob): void {
  const words = new Uint32Array(kernels.memory.buffer, address, PRODUCT.length);
  for (const [index, field] of PRODUCT.entries()) words[index] = job[field];
}

/** Rewrites a job of `weightGradient` in place. */
export function rewriteWeightGradient(kernels: Kernels, address: number, job: WeightGradientJob): void {
  const words = new Uint32Array(kernels.memory.buffer, address, WEIGHT_GRADIENT.length);
  for (const [index, field] of WEIGHT_GRADIENT.entries()) words[index] = job[field];
}

/** Writes a job of `poolForward` or `poolBackward`. */
export function writePool(kernels: Kernels, job: PoolJob): number {
  return writeWords(
    kernels,
    POOL.map((field) => job[field]),
  );
}

/** Writes a job of `maxPoolForward` or `maxPoolBackward`. */
export function writeMaxPool(kernels: Kernels, job: MaxPoolJob): number {
  return writeWords(
    kernels,
    MAX_POOL.map((field) => job[field]),
  );
}

/** Copies unsigned 32-bit words (offset tables, jobs) into fresh wasm memory. */
export function writeWords(kernels: Kernels, words: readonly number[] | Uint32Array): number {
  const address = allocate(kernels, words.length);
  new Uint32Array(kernels.memory.buffer, address, words.length).set(words);
  return address;
}

/** Room for `count` floats, zeroed, with slack for reads of whole vectors beyond the end. */
export function allocate(kernels: Kernels, count: number): number {
  const address = kernels.alloc(count * 4 + 64);
  if (address === 0) throw new RangeError("wasm memory cannot grow further");
  return address;
}

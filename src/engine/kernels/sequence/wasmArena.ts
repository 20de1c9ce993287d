// Working memory of a sequence network: one region at the end of the wasm memory, used as a stack. It grows when a call
// needs more than any call before it, and is never given back.

import type { Kernels } from "../assembly/module";

/** Where a pass takes its working memory from. */
export type WorkingMemory = Pick<Arena, "take" | "takeZeroed" | "put" | "offsets" | "addresses">;

/** Bytes by which the region grows at least. */
const LEAST_GROWTH = 1 << 20;
/** Bytes beyond every piece, for reads of whole vectors past its end. */
const SLACK = 64;

export class Arena {
  private readonly kernels: Kernels;
  private top = 0;
  private end = 0;

  constructor(kernels: Kernels) {
    this.kernels = kernels;
  }

  /** Call once, before the first piece is taken: nothing else may allocate in this instance from then on. */
  start(): void {
    this.top = this.kernels.alloc(0);
    this.end = this.top;
  }

  /** Address of `count` floats (or words), aligned to 64 bytes, with whatever they held before. */
  take(count: number): number {
    const address = this.top;
    this.top = (address + count * 4 + SLACK + 63) & ~63;
    if (this.top > this.end) this.grow(this.top - this.end);
    return address;
  }

  /** Address of `count` floats, all 0. */
  takeZeroed(count: number): number {
    const address = this.take(count);
    this.kernels.zero(address, (count * 4 + 15) & ~15);
    return address;
  }

  /** Copies words into the arena; the address stays valid until `release`. */
  put(words: Int32Array | Uint32Array): number {
    const address = this.take(words.length);
    new Uint32Array(this.kernels.memory.buffer, address, words.length).set(words);
    return address;
  }

  /** Copies float64 numbers into the arena. */
  putDoubles(values: Float64Array): number {
    const address = this.take(values.length * 2);
    new Float64Array(this.kernels.memory.buffer, address, values.length).set(values);
    return address;
  }

  /** A table of byte offsets 0, stride, 2 stride, ... */
  offsets(count: number, stride: number): number {
    return this.addresses(count, 0, stride);
  }

  /** The same for absolute addresses: first, first + stride, ... */
  addresses(count: number, first: number, stride: number): number {
    const table = this.take(count);
    this.kernels.fillOffsets(table, count, stride, first);
    return table;
  }

  /** Where the stack stands. */
  mark(): number {
    return this.top;
  }

  /** Gives back everything taken since `mark`. */
  release(mark: number): void {
    this.top = mark;
  }

  private grow(missing: number): void {
    const bytes = Math.max(LEAST_GROWTH, (missing + 63) & ~63);
    const start = this.kernels.alloc(bytes);
    if (start !== this.end) throw new RangeError("wasm memory cannot grow further");
    this.end += bytes;
  }
}

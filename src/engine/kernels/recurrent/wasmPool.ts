// Working memory of a recurrent network: pieces of one region at the end of the wasm memory, taken and given back in any
// order, because several tapes may be open at once. The region grows when no free piece is large enough, and never shrinks.

import type { Kernels } from "../assembly/module";

/** Bytes by which the region grows at least. */
const LEAST_GROWTH = 1 << 20;
/** Bytes beyond every piece, for reads of whole vectors past its end. */
const SLACK = 64;

type Range = { address: number; bytes: number };

export class Pool {
  readonly kernels: Kernels;
  /** In the order of their addresses, no two of them neighbours. */
  private free: Range[] = [];
  private end = 0;

  /** Nothing else may allocate in this instance once the first piece was taken. */
  constructor(kernels: Kernels) {
    this.kernels = kernels;
  }

  /** Takes `bytes`, a multiple of 64, from the smallest free range that has them. */
  take(bytes: number): number {
    let best: Range | undefined;
    for (const range of this.free) {
      if (range.bytes >= bytes && range.bytes < (best?.bytes ?? Number.POSITIVE_INFINITY)) best = range;
    }
    const range = best ?? this.grow(bytes);
    const { address } = range;
    range.address += bytes;
    range.bytes -= bytes;
    if (range.bytes === 0) this.free.splice(this.free.indexOf(range), 1);
    return address;
  }

  give(address: number, bytes: number): void {
    const after = this.free.findIndex((range) => range.address > address);
    const at = after < 0 ? this.free.length : after;
    this.free.splice(at, 0, { address, bytes });
    this.merge(at);
    this.merge(at - 1);
  }

  /** Joins free range `at` with the one after it where they touch. */
  private merge(at: number): void {
    const [range, next] = [this.free[at], this.free[at + 1]];
    if (range === undefined || next === undefined || range.address + range.bytes !== next.address) return;
    range.bytes += next.bytes;
    this.free.splice(at + 1, 1);
  }

  /** The last free range, grown to at least `bytes`. */
  private grow(bytes: number): Range {
    const last = this.free.at(-1);
    const isAtEnd = last !== undefined && last.address + last.bytes === this.end;
    const added = Math.max(LEAST_GROWTH, bytes - (isAtEnd ? last.bytes : 0));
    const start = this.kernels.alloc(added);
    if (start === 0) throw new RangeError("wasm memory cannot grow further");
    this.end = start + added;
    if (isAtEnd) {
      last.bytes += added;
      return last;
    }
    const range = { address: start, bytes: added };
    this.free.push(range);
    return range;
  }
}

/** Pieces that are given back together. Same calls as an Arena's. */
export class Pieces {
  private readonly pool: Pool;
  private taken: Range[] = [];

  constructor(pool: Pool) {
    this.pool = pool;
  }

  /** Address of `count` floats (or words), aligned to 64 bytes, with whatever they held before. */
  take(count: number): number {
    const bytes = (count * 4 + SLACK + 63) & ~63;
    const address = this.pool.take(bytes);
    this.taken.push({ address, bytes });
    return address;
  }

  /** Address of `count` floats, all 0. */
  takeZeroed(count: number): number {
    const address = this.take(count);
    this.pool.kernels.zero(address, (count * 4 + 15) & ~15);
    return address;
  }

  /** Copies words. */
  put(words: Int32Array | Uint32Array): number {
    const address = this.take(words.length);
    new Uint32Array(this.pool.kernels.memory.buffer, address, words.length).set(words);
    return address;
  }

  /** A table of byte offsets 0, stride, 2 stride, ... */
  offsets(count: number, stride: number): number {
    return this.addresses(count, 0, stride);
  }

  /** The same for absolute addresses: first, first + stride, ... */
  addresses(count: number, first: number, stride: number): number {
    const table = this.take(count);
    this.pool.kernels.fillOffsets(table, count, stride, first);
    return table;
  }

  /** Gives everything back; a second call does nothing. */
  release(): void {
    for (const { address, bytes } of this.taken) this.pool.give(address, bytes);
    this.taken = [];
  }
}

// The generator: the published arithmetic, the same integers in wasm, streams that do not depend on each other.
// (WGSL's integers are checked in kernelsWebgpu.test.ts.)

import { describe, expect, it } from "vitest";
import { instantiateKernels } from "../../../src/engine/kernels/assembly/module";
import { hashName, pcg4d, Rng } from "../../../src/engine/rng/rng";

/** Jarzynski & Olano 2020, the 4-dimensional PCG, written out in unbounded integers. */
function published(seed: readonly number[]): number[] {
  const cut = (value: bigint) => BigInt.asUintN(32, value);
  let [x, y, z, w] = seed.map((word) => cut(BigInt(word) * 1664525n + 1013904223n)) as [bigint, bigint, bigint, bigint];
  const mix = () => {
    x = cut(x + y * w);
    y = cut(y + z * x);
    z = cut(z + x * y);
    w = cut(w + y * z);
  };
  mix();
  [x, y, z, w] = [x ^ (x >> 16n), y ^ (y >> 16n), z ^ (z >> 16n), w ^ (w >> 16n)];
  mix();
  return [x, y, z, w].map(Number);
}

const SEEDS = [
  [0, 0, 0, 0],
  [1, 2, 3, 4],
  [0xffffffff, 0x80000000, 0x7fffffff, 0xfedcba98],
  [12345, 0, 0xdeadbeef, 77],
];

describe("pcg4d", () => {
  it.each(SEEDS)("gives the published words for %i, %i, %i, %i", (a, b, c, d) => {
    const words = new Uint32Array(4);
    pcg4d(a!, b!, c!, d!, words);
    expect(Array.from(words)).toEqual(published([a!, b!, c!, d!]));
  });

  it("gives the same integers in wasm", async () => {
    const kernels = await instantiateKernels("simd");
    const blocks = 64;
    const address = kernels.alloc(blocks * 16);
    for (const stream of [new Rng(1), new Rng(0xfedcba98).fork("wake").fork(3)]) {
      kernels.fillRandom(address, blocks, stream.seed, stream.streamA, stream.streamB, 5);
      const words = new Uint32Array(kernels.memory.buffer, address, blocks * 4).slice();
      for (let skipped = 0; skipped < 5 * 4; skipped++) stream.uint32();
      expect(Array.from(words)).toEqual(Array.from({ length: blocks * 4 }, () => stream.uint32()));
    }
  });
});

describe("Rng", () => {
  const draw = (rng: Rng) => Array.from({ length: 8 }, () => rng.uint32());

  it("repeats itself for the same seed, and differs for another", () => {
    expect(draw(new Rng(7))).toEqual(draw(new Rng(7)));
    expect(draw(new Rng(7))).not.toEqual(draw(new Rng(8)));
  });

  it("forks without moving, to a stream that depends on the name only", () => {
    const rng = new Rng(7);
    const fork = rng.fork("wake");
    draw(fork);
    expect(draw(rng)).toEqual(draw(new Rng(7)));
    expect(draw(rng.fork("wake"))).toEqual(draw(new Rng(7).fork("wake")));
  });

  it("gives different streams for different names, numbers and orders", () => {
    const root = new Rng(7);
    const streams = [
      root,
      root.fork("wake"),
      root.fork("sleep"),
      root.fork(0),
      root.fork(1),
      root.fork(hashName("wake")),
      root.fork("wake").fork("sleep"),
      root.fork("sleep").fork("wake"),
      root.fork(1).fork(2),
      root.fork(2).fork(1),
    ];
    expect(new Set(streams.map((stream) => draw(stream).join())).size).toBe(streams.length);
  });

  it("draws integers below n, and an index with weight", () => {
    const rng = new Rng(2);
    for (let i = 0; i < 200; i++) expect([0, 1, 2]).toContain(rng.int(3));
    for (let i = 0; i < 200; i++) expect([1, 3]).toContain(rng.categorical([0, 2, 0, 1, 0]));
    expect(rng.categorical([0, 0])).toBe(-1);
    expect(rng.categorical([9, 9, 0, 1], 2, 2)).toBe(1);
  });

  it("shuffles into a permutation", () => {
    const values = new Rng(3).shuffle(Int32Array.from({ length: 50 }, (_, i) => i));
    expect(Array.from(values)).not.toEqual(Array.from(values).sort((a, b) => a - b));
    expect(new Set(values).size).toBe(50);
  });
});

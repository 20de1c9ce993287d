// Quality of the generator: moments, frequencies and correlations within 4 standard errors, seeds fixed.

import { describe, expect, it } from "vitest";
import { Rng } from "../../src/engine/rng/rng";

const N = 200_000;

/** |mean - expected| in standard errors of the mean. */
function deviation(values: Float64Array, expected: number, variance: number): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.abs(mean - expected) / Math.sqrt(variance / values.length);
}

function drawn(seed: number, draw: (rng: Rng) => number): Float64Array {
  const rng = new Rng(seed).fork("quality");
  return Float64Array.from({ length: N }, () => draw(rng));
}

/** Pearson's chi-square in units of its standard deviation from its mean. */
function chiSquareDeviation(counts: readonly number[], shares: readonly number[]): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const statistic = counts.reduce((sum, count, i) => sum + (count - total * shares[i]!) ** 2 / (total * shares[i]!), 0);
  const freedom = counts.length - 1;
  return (statistic - freedom) / Math.sqrt(2 * freedom);
}

describe("Rng", () => {
  it("is uniform: mean 1/2, variance 1/12, even over 64 bins", () => {
    const values = drawn(1, (rng) => rng.uniform());
    expect(deviation(values, 1 / 2, 1 / 12)).toBeLessThan(4);
    // Var((u - 1/2)^2) = 1/80 - 1/144.
    const squares = values.map((u) => (u - 0.5) ** 2);
    expect(deviation(squares, 1 / 12, 1 / 80 - 1 / 144)).toBeLessThan(4);
    const counts = new Array<number>(64).fill(0);
    for (const u of values) counts[Math.floor(u * 64)]!++;
    expect(Math.abs(chiSquareDeviation(counts, new Array<number>(64).fill(1 / 64)))).toBeLessThan(4);
  });

  it("has fair bits in every position", () => {
    const rng = new Rng(2);
    const ones = new Array<number>(32).fill(0);
    for (let i = 0; i < N; i++) {
      const word = rng.uint32();
      for (let bit = 0; bit < 32; bit++) ones[bit]! += (word >>> bit) & 1;
    }
    for (const count of ones) expect(Math.abs(count - N / 2) / Math.sqrt(N / 4)).toBeLessThan(4.5);
  });

  it("draws categories in proportion to their weights", () => {
    const weights = [1, 0, 2, 3, 4, 0.5];
    const total = 10.5;
    const counts = new Array<number>(weights.length).fill(0);
    const rng = new Rng(3);
    for (let i = 0; i < N; i++) counts[rng.categorical(weights)]!++;
    expect(counts[1]).toBe(0);
    const used = [0, 2, 3, 4, 5];
    const shares = used.map((i) => weights[i]! / total);
    const found = used.map((i) => counts[i]!);
    expect(Math.abs(chiSquareDeviation(found, shares))).toBeLessThan(4);
  });

  it("is normal: moments 0, 1, 0, 3", () => {
    const values = drawn(4, (rng) => rng.normal());
    // Variances of z, z^2, z^3, z^4: 1, 2, 15, 96.
    expect(deviation(values, 0, 1)).toBeLessThan(4);
    expect(
      deviation(
        values.map((z) => z * z),
        1,
        2,
      ),
    ).toBeLessThan(4);
    expect(
      deviation(
        values.map((z) => z ** 3),
        0,
        15,
      ),
    ).toBeLessThan(4);
    expect(
      deviation(
        values.map((z) => z ** 4),
        3,
        96,
      ),
    ).toBeLessThan(4);
  });

  it.each([
    ["its own next draw", (rng: Rng) => rng, 1],
    ["a named fork", (rng: Rng) => rng.fork("other"), 0],
    ["the next step's fork", (rng: Rng) => rng.fork(1), 0],
    ["the next seed", (rng: Rng) => new Rng(rng.seed + 1), 0],
  ] as const)("is uncorrelated with %s", (_name, other, lag) => {
    const draw = (rng: Rng) => Float64Array.from({ length: N + 1 }, () => rng.uniform() - 0.5);
    const first = draw(new Rng(5));
    const second = draw(other(new Rng(5)));
    const products = Float64Array.from({ length: N }, (_, i) => first[i]! * second[i + lag]!);
    expect(deviation(products, 0, 1 / 144)).toBeLessThan(4);
  });

  it("has uncorrelated first draws across neighbouring steps", () => {
    const root = new Rng(6);
    const first = Float64Array.from({ length: N / 4 + 1 }, (_, step) => root.fork(step).uniform() - 0.5);
    const products = Float64Array.from({ length: N / 4 }, (_, i) => first[i]! * first[i + 1]!);
    expect(deviation(first, 0, 1 / 12)).toBeLessThan(4);
    expect(deviation(products, 0, 1 / 144)).toBeLessThan(4);
  });
});

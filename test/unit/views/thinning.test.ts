import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bandPath, linePath, smoothed, thinSeries } from "../../../src/views/charts/thinning";

const identity = (v: number) => v;

describe("thinning for drawing", () => {
  it("keeps the highest and the lowest point of every pixel column", () => {
    const numbers = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 400 });
    fc.assert(
      fc.property(numbers, fc.integer({ min: 1, max: 50 }), (y, perColumn) => {
        const x = y.map((_, i) => i);
        const column = (v: number) => v / perColumn;
        const kept = thinSeries(x, y, column);
        const columns = new Map<number, number[]>();
        for (const [i, value] of y.entries()) {
          const at = Math.floor(column(i));
          columns.set(at, [...(columns.get(at) ?? []), value]);
        }
        for (const [at, values] of columns) {
          const shown = kept.filter((i) => Math.floor(column(i)) === at).map((i) => y[i]);
          expect(shown).toContain(Math.max(...values));
          expect(shown).toContain(Math.min(...values));
        }
      }),
      { numRuns: 60 },
    );
  });

  it("keeps a single peak among ten thousand points in a few hundred", () => {
    const x = Float64Array.from({ length: 10_000 }, (_, i) => i);
    const y = new Float64Array(10_000);
    y[6543] = 9;
    const kept = thinSeries(x, y, (v) => (v / 10_000) * 300);
    expect(kept).toContain(6543);
    expect(kept.length).toBeLessThan(4 * 301);
    expect(kept[0]).toBe(0);
    expect(kept[kept.length - 1]).toBe(9999);
  });

  it("breaks the line at gaps and never draws over them", () => {
    const y = [1, 2, Number.NaN, Number.NaN, 3, 4];
    expect(thinSeries([0, 1, 2, 3, 4, 5], y, identity)).toEqual([0, 1, -1, 4, 5]);
    expect(linePath([0, 1, 2, 3, 4, 5], y, [0, 1, -1, 4, 5], identity, identity)).toBe("M0,1L1,2M4,3L5,4");
  });

  it("draws nothing for series without a finite value", () => {
    expect(thinSeries([0, 1], [Number.NaN, Number.POSITIVE_INFINITY], identity)).toEqual([]);
    expect(thinSeries([], [], identity)).toEqual([]);
  });

  it("closes a band along its lower edge", () => {
    expect(bandPath([0, 1], [1, 2], [3, 4], [0, 1], identity, identity)).toBe("M0,3L1,4L1,2L0,1Z");
  });

  it("smooths with the formula that the legend writes", () => {
    expect(Array.from(smoothed([1, 3, Number.NaN, 5], 0.5))).toEqual([1, 2, Number.NaN, 3.5]);
  });
});

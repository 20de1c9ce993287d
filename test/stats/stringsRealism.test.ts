// The built-in string concepts are like real spreadsheet columns: every figure lies in its band, groups have their weights.
// Source of bands and weights: strings specification, section 10.2. Tolerances are written at each test.

import { describe, expect, it } from "vitest";
import { GROUPS } from "../../src/domains/strings/data/column";
import { makeColumns, makeConcepts } from "../../src/domains/strings/data/generate";
import { realism } from "../../src/domains/strings/data/realism";

const SEEDS = [1, 2, 3, 4, 5, 6];

describe("realism of 1500 concepts", () => {
  it.each(SEEDS)("holds in every band from seed %i", (seed) => {
    const figures = realism(makeConcepts(seed, 1500));
    expect(figures.length).toBe(15);
    const outside = figures.filter(({ isInside }) => !isInside);
    expect(outside.map(({ id, value, low, high }) => `${id}: ${value.toFixed(1)}, not ${low} to ${high}`)).toEqual([]);
  });

  it("is measured on the cells themselves", () => {
    const [length, sameLength, sameFirst, digit] = realism([
      { strings: ["a1", "a2"], heldOut: ["a3"] },
      { strings: ["b", "cc"], heldOut: [] },
    ]);
    expect([length?.value, sameLength?.value, sameFirst?.value, digit?.value]).toEqual([9 / 5, 50, 50, 50]);
    expect(length?.isInside).toBe(false);
    expect(realism([])).toEqual([]);
  });
});

describe("groups of families", () => {
  const columns = SEEDS.flatMap((seed) => makeColumns(seed, 1500));

  it.each(GROUPS.map(({ name, weight }) => [name, weight] as const))("%s make %i per cent", (name, weight) => {
    const share = columns.filter(({ group }) => group === name).length / columns.length;
    const p = weight / 100;
    // Groups are independent draws: four standard errors of a binomial share.
    expect(Math.abs(share - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / columns.length));
  });

  it("are irregular as often as specified: one missing token in about 15 per cent of columns", () => {
    const tokens = new Set(["NA", "N/A", "-", "?", "null"]);
    const others = columns.filter(({ family }) => family !== "numbers, one missing");
    const share = others.filter(({ cells }) => cells.some((cell) => tokens.has(cell))).length / others.length;
    expect(share).toBeGreaterThan(0.13);
    expect(share).toBeLessThan(0.17);
  });

  it("train on five cells in an order of their own", () => {
    const counts = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    for (const { cells } of columns.filter(({ family }) => family === "numbers, one missing")) {
      const at = cells.findIndex((cell) => !/^[\d.]+/.test(cell));
      if (at >= 0) counts[at]! += 1;
    }
    const total = counts.reduce((sum, count) => sum + count, 0);
    const expected = total / 10;
    const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    expect(chiSquare).toBeLessThan(27.9); // 99.9 per cent point with 9 degrees of freedom
  });
});

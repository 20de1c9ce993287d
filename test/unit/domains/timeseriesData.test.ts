// Time series: the series that the lab makes.

import { describe, expect, it } from "vitest";
import { DATASET_LIST } from "../../../src/domains/timeseries/data/datasets";
import { makeSeries } from "../../../src/domains/timeseries/data/makeSeries";
import { readExpression, readExpressions } from "../../../src/domains/timeseries/grammar/expression";
import { NARROW } from "../../../src/domains/timeseries/parameters";
import { CONTINUOUS_LENGTH, lengthOf, MOST_SYMBOLS, NUM_POINTS } from "../../../src/domains/timeseries/program";

const recipe = { dataset: "pcfg", count: 30, seed: 1, split: "train", scheme: NARROW } as const;

it("lists the two data sets", () => {
  expect(DATASET_LIST.map(({ name }) => name)).toEqual(["pcfg", "compositional"]);
});

describe("series", () => {
  it("are the same for the same recipe, and the first ones do not depend on how many there are", () => {
    const few = makeSeries({ ...recipe, count: 7 });
    const many = makeSeries(recipe);
    expect(makeSeries(recipe)).toEqual(many);
    expect(many.values.subarray(0, few.values.length)).toEqual(few.values);
    expect(many.programs.subarray(0, few.programs.length)).toEqual(few.programs);
    expect(many.continuous.subarray(0, few.continuous.length)).toEqual(few.continuous);
  });

  it("differ between splits, seeds and data sets", () => {
    const first = makeSeries(recipe).values;
    expect(makeSeries({ ...recipe, split: "heldOut" }).values).not.toEqual(first);
    expect(makeSeries({ ...recipe, seed: 2 }).values).not.toEqual(first);
    expect(makeSeries({ ...recipe, dataset: "compositional" }).values).not.toEqual(first);
  });

  it("keep string and raw parameters under another scheme", () => {
    const narrow = makeSeries(recipe);
    const wide = makeSeries({ ...recipe, scheme: { kind: "wide" } });
    expect(wide.programs).toEqual(narrow.programs);
    expect(wide.continuous).toEqual(narrow.continuous);
    expect(wide.values).not.toEqual(narrow.values);
  });

  it("come from expressions, with raw parameters in their slots only", () => {
    const { programs, continuous } = makeSeries({ ...recipe, count: 100 });
    for (const [n, expression] of readExpressions(programs).entries()) {
      expect(expression.isWellFormed).toBe(true);
      const raw = continuous.subarray(n * CONTINUOUS_LENGTH, (n + 1) * CONTINUOUS_LENGTH);
      expect([...raw].map((number) => (number === 0 ? 0 : 1))).toEqual([...expression.used]);
    }
  });

  it("have three symbols or more in the compositional set", () => {
    const { programs } = makeSeries({ ...recipe, dataset: "compositional", count: 100 });
    for (let n = 0; n < 100; n++) expect(lengthOf(programs, n * MOST_SYMBOLS)).toBeGreaterThanOrEqual(3);
  });

  it("have the spread of their kernels: variance plus jitter, without the noise of 0.02", () => {
    const { programs, values } = makeSeries({ ...recipe, count: 600 });
    let [sum, count] = [0, 0];
    for (let n = 0; n < 600; n++) {
      const { symbols } = readExpression(programs, n * MOST_SYMBOLS);
      if (symbols.join() !== "0") continue;
      for (let i = 0; i < NUM_POINTS; i++) sum += values[n * NUM_POINTS + i]! ** 2;
      count += NUM_POINTS;
    }
    expect(count).toBeGreaterThan(80 * NUM_POINTS);
    // White noise has variance 0.5 on average, plus a jitter of 0.0015; standard error 0.5 sqrt(2 / count), 0.007.
    expect(Math.abs(sum / count - 0.5015)).toBeLessThan(4 * 0.5 * Math.sqrt(2 / count));
  });

  it("are constants with nothing but jitter where the kernel is the constant", () => {
    const { programs, values } = makeSeries({ ...recipe, count: 200 });
    const row = Array.from({ length: 200 }, (_, n) => n).find(
      (n) => programs.slice(n * 10, n * 10 + 2).join() === "6,11",
    )!;
    const series = values.subarray(row * NUM_POINTS, (row + 1) * NUM_POINTS);
    const mean = series.reduce((sum, value) => sum + value, 0) / NUM_POINTS;
    const variance = series.reduce((sum, value) => sum + (value - mean) ** 2, 0) / NUM_POINTS;
    // 0.001 (1 + 0.5) = 0.0015; the noise would make it 0.0215.
    expect(variance).toBeGreaterThan(0.0009);
    expect(variance).toBeLessThan(0.0022);
  });
});

// Time series: raw numbers and the parameters that they stand for, in both schemes.

import { describe, expect, it } from "vitest";
import { readExpression } from "../../../src/domains/timeseries/grammar/expression";
import {
  constrain,
  constrainDerivative,
  NARROW,
  NUM_PARAMETERS,
  PARAMETER,
  type ParameterScheme,
  PERIOD_INTERVALS,
  PERIODS,
  SLOTS,
  schemeOf,
  slotsOf,
  toParameters,
} from "../../../src/domains/timeseries/parameters";
import { CONTINUOUS_LENGTH, NUM_SLOTS, SYMBOL } from "../../../src/domains/timeseries/program";
import { packed } from "../../helpers/timeseriesVectors";

const KERNELS = SLOTS.map((_, symbol) => symbol);
const SCHEMES: readonly ParameterScheme[] = [NARROW, { kind: "narrow", range: 0.2 }, { kind: "wide" }];

it("gives every kernel its own slots, sixteen in all", () => {
  expect(KERNELS.flatMap(slotsOf)).toEqual(Array.from({ length: NUM_SLOTS }, (_, slot) => slot));
  expect(slotsOf(SYMBOL.periodic + 1)).toEqual([6, 7, 8]);
});

it("reads the options", () => {
  expect(schemeOf({})).toEqual(NARROW);
  expect(schemeOf({ scheme: "narrow", range: 0.1 })).toEqual({ kind: "narrow", range: 0.1 });
  expect(schemeOf({ scheme: "wide", range: 0.1 })).toEqual({ kind: "wide" });
});

describe.each(SCHEMES)("scheme %o", (scheme) => {
  const used = KERNELS.flatMap((symbol) =>
    Array.from({ length: NUM_PARAMETERS }, (_, p) => ({ symbol, p })).filter(({ p }) => SLOTS[symbol]![p]! >= 0),
  );

  it("has the derivative of its values", () => {
    for (const { symbol, p } of used) {
      for (const raw of [-6, -1.3, 0, 0.4, 5]) {
        const h = 1e-5;
        const slope = (constrain(symbol, p, raw + h, scheme) - constrain(symbol, p, raw - h, scheme)) / (2 * h);
        expect(Math.abs(constrainDerivative(symbol, p, raw, scheme) - slope)).toBeLessThan(1e-9);
      }
    }
  });

  it("rises with the raw number and stays positive and finite", () => {
    for (const { symbol, p } of used) {
      const values = [-800, -5, 0, 5, 800].map((raw) => constrain(symbol, p, raw, scheme));
      expect(values).toEqual([...values].sort((a, b) => a - b));
      expect(values[0]).toBeGreaterThan(0);
      expect(values.at(-1)).toBeLessThan(Number.POSITIVE_INFINITY);
    }
  });
});

it("has the centres of the narrow scheme, and its range", () => {
  for (const [i, period] of PERIODS.entries()) {
    const symbol = SYMBOL.periodic + i;
    expect(constrain(symbol, PARAMETER.period, 0, NARROW)).toBeCloseTo(period, 12);
    expect(constrain(symbol, PARAMETER.variance, 0, NARROW)).toBeCloseTo(0.5, 12);
    expect(
      constrain(symbol, PARAMETER.period, 50, NARROW) - constrain(symbol, PARAMETER.period, -50, NARROW),
    ).toBeCloseTo(0.02, 12);
  }
});

it("keeps periods of the wide scheme in their intervals", () => {
  for (const [i, [low, high]] of PERIOD_INTERVALS.entries()) {
    expect(constrain(SYMBOL.periodic + i, PARAMETER.period, -50, { kind: "wide" })).toBeCloseTo(low, 9);
    expect(constrain(SYMBOL.periodic + i, PARAMETER.period, 50, { kind: "wide" })).toBeCloseTo(high, 9);
  }
});

it("lays several programs side by side, zeros where a kernel has no such number", () => {
  const expressions = [packed("C+2"), packed("W+"), packed("R")].map((program) => readExpression(program));
  const parameters = toParameters(new Float64Array(3 * CONTINUOUS_LENGTH), expressions, NARROW);
  const rows = Array.from({ length: 15 }, (_, i) => [...parameters.subarray(3 * i, 3 * i + 3)]);
  expect(rows[0]).toEqual([0.5, 0, 0]);
  expect(rows[1]).toEqual([0.5, 0.5, 0.5]);
  expect(rows[5]).toEqual([0.5, 0, 0]);
  expect(rows[10]).toEqual([0.5, 0.5, 0]);
  expect(rows.filter((row) => row.some((number) => number !== 0)).length).toBe(4);
});

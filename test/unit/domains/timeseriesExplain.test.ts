// Time series: expressions in words, and their addends.

import { describe, expect, it } from "vitest";
import { addendsOf } from "../../../src/domains/timeseries/components";
import { explain, explainFit, fittedAddends } from "../../../src/domains/timeseries/explain";
import type { OwnScale } from "../../../src/domains/timeseries/facts";
import { readExpression } from "../../../src/domains/timeseries/grammar/expression";
import { isSameKernel } from "../../../src/domains/timeseries/kernelKey";
import { NARROW, toParameters } from "../../../src/domains/timeseries/parameters";
import { parseProgram } from "../../../src/domains/timeseries/parse";
import { drawProgram } from "../../../src/domains/timeseries/pcfg";
import { SERIES_PROCESS } from "../../../src/domains/timeseries/process";
import { CONTINUOUS_LENGTH, MOST_OPS, NUM_POINTS, SPACING } from "../../../src/domains/timeseries/program";
import { covarianceColumn } from "../../../src/engine/kernels/gaussianProcess/covariance";
import { OP } from "../../../src/engine/kernels/gaussianProcess/gaussianProcess";
import { Rng } from "../../../src/engine/rng/rng";
import { packed } from "../../helpers/timeseriesVectors";

const YEARS: OwnScale = {
  name: "passengers",
  mean: 280,
  deviation: 120,
  first: 0,
  step: 2_629_746_000,
  timeName: "month",
  isDate: true,
  span: { one: "month", many: "months", length: 2_629_746_000 },
  future: [],
};

/** [5, 3] parameters at the centre of the narrow scheme. */
const centreOf = (program: Int32Array): Float64Array =>
  toParameters(new Float64Array(CONTINUOUS_LENGTH), [readExpression(program)], NARROW);

describe("an expression in words", () => {
  it.each([
    ["R", "A smooth trend."],
    ["W", "Noise."],
    ["C", "A constant level."],
    ["R+2", "A smooth trend plus a rhythm of period 0.5."],
    ["R*3", "A rhythm of period 1 that drifts slowly."],
    ["C*2", "A rhythm of period 0.5."],
    ["C*R*R", "A smooth trend."],
    ["W*R*2", "Noise."],
    ["4*1", "A rhythm of period 0.2 that swells and fades with period 1.5."],
    ["4*1*R*2", "A rhythm of period 0.2 that swells and fades with periods 0.5 and 1.5 and drifts slowly."],
    ["(R+1)*C+W", "A smooth trend, a rhythm of period 0.2 and noise."],
    ["R*(W+2)", "Noise plus a rhythm of period 0.5 that drifts slowly."],
    ["R+R", "A smooth trend (twice)."],
    ["C+R+C+C", "A constant level (3 times) plus a smooth trend."],
    ["R+", "These symbols are no expression, so they explain no series."],
  ])("%s", (letters, sentence) => {
    expect(explain(packed(letters), {})).toEqual([sentence]);
  });

  it("says what a period can be where its range is not narrow", () => {
    expect(explain(packed("2"), { scheme: "narrow", range: 0.2 })).toEqual(["A rhythm of period about 0.5."]);
    expect(explain(packed("2"), { scheme: "wide" })).toEqual(["A rhythm of period 5 to 12.5 % of the series."]);
  });
});

describe("an expression with parameters", () => {
  it("has fitted numbers, and the standard deviation of each part", () => {
    const program = packed("R+2*R+W");
    const parameters = Float64Array.of(0.25, 0.64, 0, 0.5, 0.5, 0.523, 0.5, 2, 0, 0.49, 0, 0, 0, 0, 0);
    expect(explainFit(program, parameters, null)).toEqual([
      "A smooth trend that changes over about 0.8, a rhythm of period 0.523 that drifts over about 1.41 and noise of standard deviation 0.7.",
      "Standard deviations of the parts, in this order: 0.5, 0.5 and 0.7.",
    ]);
  });

  it("multiplies smooth kernels to a shorter one, and scales by constants", () => {
    const parameters = Float64Array.of(0.25, 0.5, 0, 0.64, 0.5, 0, 0.25, 0, 0, 0, 0, 0, 0, 0, 0);
    expect(explainFit(packed("R*R*C"), parameters, null)).toEqual([
      "A smooth trend that changes over about 0.5.",
      "Its standard deviation is 0.2.",
    ]);
  });

  it("speaks in a person's units of time and value", () => {
    const parameters = Float64Array.of(0.25, 0, 12 * SPACING, 0.01, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    parameters[1] = 0.5;
    expect(explainFit(packed("2+W"), parameters, YEARS)).toEqual([
      "A rhythm of period 12 months plus noise of standard deviation 12.",
      "Standard deviations of the parts, in this order: 60 and 12.",
    ]);
  });
});

describe("addends", () => {
  it("are those of the expanded expression, in its order", () => {
    expect(addendsOf(packed("(R+1)*C+W")).map(({ printed }) => printed)).toEqual(["SE * C", "PER1 * C", "WN"]);
    expect(addendsOf(packed("R*(1+C)+W")).map(({ atoms }) => atoms)).toEqual([[0, 1], [0, 2], [3]]);
    expect(addendsOf(packed("R+"))).toEqual([]);
  });

  it("sum to the covariance of the expression, for any expression and parameters", () => {
    const rng = new Rng(1);
    for (let n = 0; n < 300; n++) {
      const program = drawProgram(rng, 5);
      const expression = readExpression(program);
      const raw = Float64Array.from(expression.used, (isUsed) => isUsed * rng.normal());
      const parameters = toParameters(raw, [expression], { kind: "wide" });
      const whole = covarianceColumn(expression.ops, parameters, SERIES_PROCESS, NUM_POINTS);
      const sum = new Float64Array(NUM_POINTS);
      for (const addend of fittedAddends(program, parameters, null)) {
        expect(addend.ops.length).toBe(MOST_OPS);
        const column = covarianceColumn(addend.ops, addend.parameters, SERIES_PROCESS, NUM_POINTS);
        for (let i = 0; i < NUM_POINTS; i++) sum[i]! += column[i]!;
      }
      const largest = sum.reduce((most, value, i) => Math.max(most, Math.abs(value - whole[i]!)), 0);
      expect(largest).toBeLessThan(1e-9 * whole[0]!);
    }
  });

  it("are printed as expressions with their kernel", () => {
    for (const { printed, ops, symbols } of addendsOf(packed("(2+W)*R*C"))) {
      const parsed = parseProgram(printed);
      if (!parsed.ok) throw new Error(parsed.message);
      expect([...readExpression(parsed.program).ops]).toEqual([...ops]);
      expect(ops.filter((op) => op === OP.times).length).toBe(symbols.length - 1);
    }
    expect(isSameKernel(packed("(2+W)*C"), packed("2*C+W*C"))).toBe(true);
    expect(fittedAddends(packed("2*C"), centreOf(packed("2*C")), null)[0]!.words).toBe("a rhythm of period 0.5");
  });
});

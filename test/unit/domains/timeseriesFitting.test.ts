// Fits of expressions to one series: the gradient climbs to the best parameters, and curve, forecast and addends agree.

import { beforeAll, describe, expect, it } from "vitest";
import { refineOn, seriesLogLikelihood, startRefining } from "../../../src/domains/timeseries/fitting/refine";
import { seriesFit } from "../../../src/domains/timeseries/fitting/seriesFit";
import { readExpression } from "../../../src/domains/timeseries/grammar/expression";
import { type ParameterScheme, toParameters } from "../../../src/domains/timeseries/parameters";
import { parseProgram } from "../../../src/domains/timeseries/parse";
import { CONTINUOUS_LENGTH, NUM_POINTS, SPACING } from "../../../src/domains/timeseries/program";
import { fromUpload } from "../../../src/domains/timeseries/upload/fromUpload";
import { userSeries } from "../../../src/domains/timeseries/upload/ownSeries";
import { Rng } from "../../../src/engine/rng/rng";

const WIDE: ParameterScheme = { kind: "wide" };
const program = (text: string): Int32Array => {
  const read = parseProgram(text);
  if (!read.ok) throw new Error(read.message);
  return read.program;
};

/** Ten years of months with a rhythm of 12 and a drift. */
const months = Array.from({ length: 128 }, (_, i) => {
  const month = `${2000 + Math.floor(i / 12)}-${String(1 + (i % 12)).padStart(2, "0")}`;
  return `${month},${50 + 12 * Math.sin((2 * Math.PI * i) / 12) + 8 * Math.sin(i / 40) + new Rng(3).fork(i).normal()}`;
});
const own = fromUpload({ kind: "text", name: "", text: `month,visitors\n${months.join("\n")}` });
if (!own.ok) throw new Error(JSON.stringify(own.problems));
const { values, scale } = userSeries(own.userData).series[0]!;

describe("refining", () => {
  it("starts from the best of several periods and never gets worse", () => {
    let fit = startRefining(program("SE + PER2"), values, WIDE)!;
    expect(fit.logLikelihood).toBeGreaterThan(
      seriesLogLikelihood(fit.program, new Float64Array(CONTINUOUS_LENGTH), values, WIDE) - 1e-9,
    );
    for (let round = 0; round < 5; round++) {
      const next = refineOn(fit, values, 10);
      expect(next.logLikelihood).toBeGreaterThanOrEqual(fit.logLikelihood);
      expect(next.logLikelihood).toBe(seriesLogLikelihood(next.program, next.raw, values, WIDE));
      fit = next;
    }
    const { period } = parametersOf(fit);
    // 102 of 128 values are learned from: a step of the grid is 101 / 127 months.
    expect((period / SPACING) * (101 / 127)).toBeGreaterThan(11.7);
    expect((period / SPACING) * (101 / 127)).toBeLessThan(12.3);
  });

  it("reaches a point where the gradient vanishes", () => {
    // A rhythm of 16 points under noise: no parameter wants to leave its range.
    const noisy = Array.from(
      { length: 128 },
      (_, i) => Math.sin((2 * Math.PI * i) / 16) + 0.5 * new Rng(2).fork(i).normal(),
    );
    const start = startRefining(program("PER3 + WN"), noisy, WIDE)!;
    const fit = refineOn(start, noisy, 800);
    const slope = ({ program: packed, raw }: typeof fit, slot: number) => {
      const at = (by: number) => {
        const moved = raw.slice();
        moved[slot]! += by;
        return seriesLogLikelihood(packed, moved, noisy, WIDE);
      };
      return (at(1e-4) - at(-1e-4)) / 2e-4;
    };
    // PER3 reads slots 9 to 11 of the first kernel, WN slot 0 of the second.
    const slots = [9, 10, 16];
    expect(Math.max(...slots.map((slot) => Math.abs(slope(start, slot))))).toBeGreaterThan(3);
    for (const slot of slots) expect(Math.abs(slope(fit, slot))).toBeLessThan(0.05);
  });

  it("goes the same way in one stretch as in several", () => {
    const start = startRefining(program("SE * PER2 + WN"), values, WIDE)!;
    const once = refineOn(start, values, 24);
    const twice = refineOn(refineOn(start, values, 10), values, 14);
    expect(twice.logLikelihood).toBe(once.logLikelihood);
    expect(Array.from(twice.raw)).toEqual(Array.from(once.raw));
  });

  it("has no fit for symbols that are no expression", () => {
    expect(startRefining(Int32Array.of(8, 8, 11, 11, 11, 11, 11, 11, 11, 11), values, WIDE)).toBeNull();
  });
});

function parametersOf({ program: packed, raw }: { program: Int32Array; raw: Float64Array }) {
  const parameters = toParameters(raw, [readExpression(packed)], WIDE);
  return { parameters, period: parameters[5]! };
}

describe("what is drawn of a fit", () => {
  let fit: NonNullable<ReturnType<typeof seriesFit>>;
  beforeAll(() => {
    const refined = refineOn(startRefining(program("SE + PER2"), values, WIDE)!, values, 40);
    const { parameters } = parametersOf(refined);
    const { logLikelihood } = refined;
    fit = seriesFit({
      program: refined.program,
      weight: 0.7,
      parameters,
      logLikelihood,
      values,
      scale,
      rng: new Rng(1),
    })!;
  });

  it("adds up from its addends, over what was seen and beyond", () => {
    expect(fit.components.map(({ printed }) => printed)).toEqual(["SE", "PER2"]);
    for (const i of [0, 60, 127, 128, 200, 255]) {
      const sum = fit.components.reduce((total, { curve }) => total + curve[i]!, 0);
      expect(sum).toBeCloseTo(i < NUM_POINTS ? fit.smooth[i]! : fit.mean[i - NUM_POINTS]!, 4);
    }
  });

  it("tells the rhythm in months and holds the truth in its band", () => {
    expect(fit.components[1]?.words).toMatch(/^a rhythm of period (11\.[7-9]|12|12\.[0-3])\d? months/);
    const inside = scale.future.filter((value, j) => Math.abs(value - fit.mean[j]!) <= 2 * fit.deviation[j]!);
    expect(scale.future.length).toBeGreaterThan(25);
    expect(inside.length / scale.future.length).toBeGreaterThan(0.8);
  });

  it("draws the same samples for the same numbers, three of them", () => {
    expect(fit.samples).toHaveLength(3 * NUM_POINTS);
    expect(fit.samples.every(Number.isFinite)).toBe(true);
  });
});

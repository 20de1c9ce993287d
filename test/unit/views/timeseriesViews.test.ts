// What the pictures of time series read off their data: expressions as people see them, axes in the person's units, the
// words under the cursor, marks of equal kernels.

import { describe, expect, it } from "vitest";
import { timeseries } from "../../../src/domains/timeseries";
import type { OwnScale, SeriesFit } from "../../../src/domains/timeseries/facts";
import { defaultsOf } from "../../../src/engine/options";
import type { MemoryEntry, MemoryView } from "../../../src/engine/run/records";
import { kernelPosterior } from "../../../src/views/domains/timeseries/kernelPosterior";
import { captionText, fitWords, kernelSymbols, kernelText } from "../../../src/views/domains/timeseries/kernelText";
import { kernelMarks } from "../../../src/views/domains/timeseries/memoryExtras";
import { numbersOf } from "../../../src/views/domains/timeseries/ObservationPicture";
import { dateTicks, niceStep, plotBox, seriesUnits, valueSpan } from "../../../src/views/domains/timeseries/plotScale";
import { tileStep } from "../../../src/views/domains/timeseries/SeriesGrid";
import { cursorStep } from "../../../src/views/domains/timeseries/SeriesPlot";
import { readingText, seriesTable } from "../../../src/views/domains/timeseries/seriesReadout";

const options = defaultsOf(timeseries.options);
const parse = (text: string) => {
  const read = timeseries.program.parse(text, options);
  if (!read.ok) throw new Error(read.message);
  return read.program;
};

const passengers: OwnScale = {
  name: "passengers",
  mean: 280,
  deviation: 120,
  first: Date.UTC(1949, 0, 1),
  step: 30.436875 * 86_400_000,
  timeName: "month",
  isDate: true,
  span: { one: "month", many: "months", length: 30.436875 * 86_400_000 },
  future: [1, 2],
};

const fit: SeriesFit = {
  program: parse("SE + PER2 * WN"),
  weight: 0.7,
  parameters: Float32Array.of(0.5, 0.49, 0, 0.51, 0.5, 0.52, 0.48, 0, 0, 0, 0, 0, 0, 0, 0),
  logLikelihood: -34.2,
  smooth: Float32Array.of(0.1, 0.2, 0.3, 0.4),
  mean: Float32Array.of(0.5, 0.6, 0.7, 0.8),
  deviation: Float32Array.of(0.1, 0.2, 0.3, 0.4),
  samples: new Float32Array(12),
  components: [
    { printed: "SE", words: "a smooth trend", curve: new Float32Array(8) },
    { printed: "PER2 * WN", words: "noise", curve: new Float32Array(8) },
  ],
};

describe("expressions", () => {
  it("read with the times sign, their kernels apart, ill-formed strings too", () => {
    expect(kernelText("(SE + PER2) * WN")).toBe("(SE + PER2) × WN");
    const symbols = kernelSymbols("(SE + PER2) * WN");
    expect(symbols.map(({ text, subscript, isApart }) => `${isApart ? " " : ""}${text}${subscript}`).join("")).toBe(
      "(SE + PER2) × WN",
    );
    expect(symbols.filter(({ isAtom }) => isAtom).map(({ text, subscript }) => [text, subscript])).toEqual([
      ["SE", ""],
      ["PER", "2"],
      ["WN", ""],
    ]);
    const broken = timeseries.program.print(Int32Array.of(1, 1, 8, 11, 11, 11, 11, 11, 11, 11), options);
    expect(kernelSymbols(broken).map(({ text }) => text)).toEqual(["SE", "SE", "+"]);
  });

  it("carry their numbers to two decimals: variance, period, squared length scale", () => {
    expect(captionText("SE + PER2 * WN", fit.parameters)).toBe("SE(0.50, 0.49) + PER2(0.51, 0.52, 0.50) × WN(0.48)");
    const printed = timeseries.tools.printFitted(fit.program, fit.parameters).replaceAll("*", "×");
    expect(captionText(timeseries.program.print(fit.program, options), fit.parameters)).toBe(printed);
  });

  it("are told in words by their addends", () => {
    expect(fitWords(fit)).toBe("A smooth trend plus noise");
  });
});

describe("axes", () => {
  it("stay from -4 to 4 unless the data go beyond, whatever is predicted", () => {
    expect(valueSpan([1, -4])).toBe(4);
    expect(valueSpan([1], [5.1])).toBe(6);
  });

  it("put ticks of made series at whole numbers", () => {
    const box = plotBox({ width: 700, height: 200, count: 256, span: 4, scale: null, spacing: 4 / 127, text: 1 });
    expect(box.xTicks.map(({ text }) => text)).toEqual(["−2", "−1", "0", "1", "2", "3", "4", "5", "6"]);
    expect(box.xTicks[4]?.at).toBeCloseTo(127, 6);
    expect(box.yTicks.map(({ text }) => text)).toEqual(["−4", "−2", "0", "2", "4"]);
    expect(box.toIndex(box.toX(37))).toBe(37);
    expect(box.toY(99)).toBe(box.top);
  });

  it("speak the person's units: dates, and round values of theirs", () => {
    const box = plotBox({ width: 700, height: 200, count: 256, span: 4, scale: passengers, spacing: 4 / 127, text: 1 });
    expect(box.xTicks.map(({ text }) => text)).toEqual(["1950", "1955", "1960", "1965", "1970"]);
    expect(box.yTicks.map(({ text }) => text)).toEqual(["−200", "0", "200", "400", "600"]);
    expect(box.yTicks[4]?.at).toBeCloseTo((600 - 280) / 120, 9);
    expect(seriesUnits(passengers, 0).time(12)).toBe("1950-01");
    expect(seriesUnits(passengers, 0).value(-1)).toBe("160");
  });

  it.each([
    ["years", Date.UTC(1700, 0, 1), Date.UTC(2000, 0, 1), ["1700", "1750", "1800", "1850", "1900", "1950", "2000"]],
    ["months", Date.UTC(2020, 10, 3), Date.UTC(2021, 3, 4), ["Dec 20", "2021", "Feb 21", "Mar 21", "Apr 21"]],
    ["days", Date.UTC(2020, 1, 27), Date.UTC(2020, 2, 2), ["27 Feb", "28 Feb", "29 Feb", "1 Mar", "2 Mar"]],
    ["hours", Date.UTC(2020, 1, 1, 6), Date.UTC(2020, 1, 1, 18), ["06:00", "09:00", "12:00", "15:00", "18:00"]],
  ])("find dates of round %s", (_, first, last, texts) => {
    expect(dateTicks(first, last, 7).map(({ text }) => text)).toEqual(texts);
  });

  it("take steps of 1, 2 or 5", () => {
    expect([0.03, 1, 1.1, 2.4, 7].map(niceStep)).toEqual([0.05, 1, 2, 5, 10]);
  });
});

describe("the cursor", () => {
  const units = seriesUnits(null, 4 / 3);
  const values = Float32Array.of(1, 2, 3, 4);

  it("reads what was observed and fitted, and what is predicted with its band", () => {
    expect(readingText(units, values, fit, null, 1)).toBe("x −0.67: observed 2.00, fitted 0.20");
    expect(readingText(units, values, fit, null, 5)).toBe("x 4.67: predicted 0.60, between 0.20 and 1.00");
    expect(readingText(units, values, null, null, 5)).toBe("x 4.67: nothing predicted yet");
    const own = readingText(seriesUnits(passengers, 0), values, fit, passengers, 4);
    expect(own).toBe("month 1949-05: predicted 340, between 316 and 364; it became 400");
  });

  it("goes by keys, no further than the ends", () => {
    expect(cursorStep("ArrowRight", 127, 256)).toBe(128);
    expect(cursorStep("PageDown", 5, 256)).toBe(0);
    expect(cursorStep("End", 5, 256)).toBe(255);
    expect(cursorStep("Tab", 5, 256)).toBeNull();
    expect(tileStep("ArrowDown", 3, 20, 7, 2)).toBe(10);
    expect(tileStep("PageDown", 3, 20, 7, 2)).toBe(17);
    expect(tileStep("End", 3, 20, 7, 2)).toBe(19);
  });

  it("has all points in its table, in the units of the axes", () => {
    const table = seriesTable(values, 4 / 3, passengers, fit);
    expect(table.rows).toHaveLength(8);
    expect(table.rows[4]?.slice(1, 3)).toEqual(["predicted", 400]);
    expect(table.rows[4]?.[3]).toBeCloseTo(340, 4);
    expect(table.rows[4]?.[4]).toBeCloseTo(24, 4);
    expect(seriesTable(values, 4 / 3, null, null).rows).toHaveLength(4);
  });
});

describe("lists of expressions", () => {
  const entry = (printed: string, weight: number): MemoryEntry => ({
    program: Array.from(parse(printed)),
    printed,
    logPrior: -1,
    logLikelihood: -1,
    logJoint: -2,
    weight,
    bornAt: 0,
    event: "kept",
  });

  it("mark those that are one kernel, and leave single ones alone", () => {
    const groups = [
      { program: parse("SE + C"), group: 4 },
      { program: parse("WN"), group: 7 },
      { program: parse("C + SE"), group: 4 },
      { program: parse("SE"), group: 1 },
    ];
    const marks = kernelMarks(groups, { spec: timeseries, options });
    expect([...marks]).toEqual([
      ["SE + C", "= A"],
      ["C + SE", "= A"],
    ]);
  });

  it("sum the weight of the expressions that use a kernel", () => {
    const view = {
      entries: [entry("SE + PER2", 0.6), entry("PER2 + WN", 0.3), entry("C", 0.1)],
    } as unknown as MemoryView;
    const bars = new Map(kernelPosterior(view)?.bars.map(({ label, share }) => [label, share]));
    expect(bars.get("PER2")).toBeCloseTo(0.9, 9);
    expect(bars.get("WN")).toBeCloseTo(0.3, 9);
    expect(bars.get("PER1")).toBe(0);
  });
});

describe("small curves", () => {
  it("take numbers as lists or records, and nothing else", () => {
    expect(numbersOf({ values: [1, 2], name: "" })).toEqual([1, 2]);
    expect(numbersOf([1, Number.NaN, "2", 3])).toEqual([1, 3]);
    expect(numbersOf({ rows: ["01"] })).toEqual([]);
  });
});

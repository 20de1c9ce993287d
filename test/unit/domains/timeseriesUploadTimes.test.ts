// Times of a person's series: dates, months, years, numbers, uneven steps, duplicates; and the real series where present.

import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { SPACING } from "../../../src/domains/timeseries/program";
import { fromUpload, prepareTable } from "../../../src/domains/timeseries/upload/fromUpload";
import { type OwnSeries, userSeries } from "../../../src/domains/timeseries/upload/ownSeries";
import { readTable } from "../../../src/domains/timeseries/upload/readTable";
import { READ_DEFAULTS, type ReadSettings } from "../../../src/domains/timeseries/upload/table";
import { spanText, timeText } from "../../../src/domains/timeseries/upload/timeText";
import { publishedPath } from "../../helpers/publishedData";

function only(
  text: string,
  settings: Partial<ReadSettings> = {},
): OwnSeries & { words: string; notes: readonly string[] } {
  const read = readTable(text, "a.csv", { ...READ_DEFAULTS, ...settings });
  if (!read.ok) throw new Error(read.message);
  const { prepared } = prepareTable(read.table, { ...READ_DEFAULTS, ...settings });
  const [first] = prepared.filter(({ made }) => made !== null);
  if (!first?.made) throw new Error(prepared.map(({ why }) => why).join(" "));
  return { ...first.made.series, words: first.made.words, notes: first.read.notes };
}

const wave = (i: number) => 50 + 10 * Math.sin(0.3 * i);
const table = (times: readonly (string | number)[], heading = "time,value") =>
  [heading, ...times.map((time, i) => `${time},${wave(i)}`)].join("\n");
const months = Array.from(
  { length: 144 },
  (_, i) => `${1949 + Math.floor(i / 12)}-${String(1 + (i % 12)).padStart(2, "0")}`,
);
const days = Array.from({ length: 60 }, (_, i) => new Date(Date.UTC(2024, 1, 1 + i)).toISOString().slice(0, 10));

describe("times", () => {
  it("counts months in equal steps, whatever their days", () => {
    const { scale, values } = only(table(months), { use: "first" });
    expect(scale).toMatchObject({ timeName: "time", isDate: true, span: { one: "month", many: "months" } });
    expect([0, 1, 2, 11, 12, 127, 128, 143].map((i) => timeText(scale, i))).toEqual([
      "1949-01",
      "1949-02",
      "1949-03",
      "1949-12",
      "1950-01",
      "1959-08",
      "1959-09",
      "1960-12",
    ]);
    // First 128 values as they are: no value is moved by the 28 days of a February.
    expect(values.map((value) => scale.mean + scale.deviation * value)[28]).toBeCloseTo(wave(28), 9);
    expect(scale.future).toHaveLength(16);
    expect(scale.mean + scale.deviation * scale.future[15]!).toBeCloseTo(wave(143), 9);
    expect(spanText(scale, 12.1 * SPACING)).toBe("12.1 months");
  });

  it.each([
    [
      "months by name",
      months.map(
        (_, i) =>
          `${["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][i % 12]} ${1949 + Math.floor(i / 12)}`,
      ),
      "1949-02",
      "month",
    ],
    ["months with M", months.map((month) => month.replace("-", "M")), "1949-02", "month"],
    [
      "quarters",
      Array.from({ length: 60 }, (_, i) => `${1990 + Math.floor(i / 4)} Q${1 + (i % 4)}`),
      "1990-04",
      "month",
    ],
    ["days", days, "2024-02-02", "day"],
    ["days with the day first", days.map((day) => day.split("-").reverse().join(".")), "2024-02-02", "day"],
    [
      "hours",
      Array.from({ length: 60 }, (_, i) => new Date(Date.UTC(2024, 1, 1, i)).toISOString().slice(0, 16)),
      "2024-02-01 01:00",
      "hour",
    ],
    [
      "seconds with a zone",
      Array.from(
        { length: 60 },
        (_, i) => `${new Date(Date.UTC(2024, 1, 1, 2, 0, i)).toISOString().slice(0, 19)}+02:00`,
      ),
      "2024-02-01 00:00:01",
      "second",
    ],
    ["years", Array.from({ length: 60 }, (_, i) => 1950 + i), "1951", "year"],
    ["numbers", Array.from({ length: 60 }, (_, i) => i / 4), "0.25", "unit of time"],
  ])("reads %s", (_, times, second, unit) => {
    const { scale } = only(table(times), { use: "whole" });
    expect(scale.span.one).toBe(unit);
    // 60 or 144 values on 128 points: point 127 is the last time, and steps are shorter than the file's.
    const steps = (times.length - 1) / 127;
    const asFile = { ...scale, step: scale.step / steps };
    expect(timeText(asFile, 1)).toBe(second);
  });

  it("finds the column of times by dates, by name, and by growth; else counts rows", () => {
    const swapped = days.map((day, i) => `${wave(i)},${day}`).join("\n");
    expect(only(`value,date\n${swapped}`).scale).toMatchObject({ name: "value", timeName: "date" });
    expect(
      only(
        table(
          days.map((_, i) => 3 * i),
          "depth,value",
        ),
      ).scale.timeName,
    ).toBe("depth"); // equal steps
    expect(only(days.map((_, i) => `${i * i},${wave(i)}`).join("\n")).scale.timeName).toBe("time"); // no heading, only grows
    expect(
      only(
        table(
          days.map((_, i) => i * i),
          "area,value",
        ),
      ).scale.timeName,
    ).toBe(""); // named otherwise
    expect(only(table(days), { time: 0 }).scale).toMatchObject({ timeName: "", first: 1, span: { one: "row" } });
    expect(
      only(
        table(
          days.map((_, i) => i * i),
          "area,value",
        ),
        { time: 1 },
      ).scale.timeName,
    ).toBe("area");
  });

  it("reads uneven times off straight lines", () => {
    const times = Array.from({ length: 50 }, (_, i) => i + 0.4 * Math.sin(5 * i));
    const text = `t,v\n${times.map((time) => `${time},${3 * time - 1}`).join("\n")}`;
    const { values, scale, words } = only(text, { use: "whole" });
    expect(words).toContain(
      "All 50 values are learned from, read off straight lines between neighbours at 128 equally spaced points.",
    );
    for (const i of [0, 17, 64, 127]) {
      expect(scale.mean + scale.deviation * values[i]!).toBeCloseTo(3 * (scale.first + scale.step * i) - 1, 9);
    }
  });

  it("sorts times with a note", () => {
    const rows = days.map((day, i) => `${day},${wave(i)}`);
    const turned = only(`date,value\n${[...rows].reverse().join("\n")}`);
    expect(turned.notes).toContain("The latest time stood first; the rows are turned round.");
    const mixed = only(`date,value\n${[...rows.slice(30), ...rows.slice(0, 30)].join("\n")}`);
    expect(mixed.notes).toContain("The rows were not in the order of their times; they are sorted.");
    expect(mixed.values).toEqual(only(`date,value\n${rows.join("\n")}`).values);
    expect(turned.values).toEqual(mixed.values);
  });

  it("names duplicate times and bad dates, and keeps the first of each on request", () => {
    const times = [...days];
    times[5] = days[4]!;
    times[9] = "2024-02-31";
    times[12] = "";
    const result = fromUpload({ kind: "text", name: "a.csv", text: table(times, "date,value") });
    expect(result).toMatchObject({
      ok: false,
      problems: [
        { row: 11, column: 1, message: expect.stringMatching(/^"2024-02-31" is not a date; allowed: 2024-01-31/) },
        { row: 14, column: 1, message: "The cell has no time." },
        { row: 7, column: 1, message: '"2024-02-05" is the same time as in row 6.' },
      ],
      rest: { name: "the other 57 values" },
    });
  });
});

describe("which part is learned from", () => {
  const values = (count: number) => Array.from({ length: count }, (_, i) => wave(i)).join("\n");
  it.each([
    [18, "auto", "All 18 values", 0],
    [100, "auto", "The first 80 of 100 values", 32],
    [200, "auto", "The first 128 of 200 values are learned from as they are", 72],
    [400, "auto", "The first 128 of 400 values are learned from as they are", 128],
    [1000, "auto", "The first 500 of 1,000 values", 127],
    [400, "whole", "All 400 values", 0],
    [400, "half", "The first 200 of 400 values", 127],
    [400, "most", "The first 320 of 400 values", 31],
    [100, "first", "All 100 values", 0],
  ] as const)("%i values, %s: %s", (count, use, words, ahead) => {
    const read = only(values(count), { use });
    expect(read.words).toContain(words);
    expect(read.scale.future).toHaveLength(ahead);
    const truth = read.scale.future.map((value) => read.scale.mean + read.scale.deviation * value);
    // The truth lies on the lines between the file's values, at the continued grid.
    const row = read.scale.first + read.scale.step * 128;
    const low = Math.floor(row);
    if (ahead > 0) expect(truth[0]).toBeCloseTo(wave(low - 1) + (row - low) * (wave(low) - wave(low - 1)), 6);
  });
});

const hasSeries = existsSync(publishedPath("timeseries"));
const why = hasSeries ? "" : " (skipped: no folder of published data; set LAB_DATA to one)";

describe.skipIf(!hasSeries)(`real series of one line${why}`, () => {
  it.each([
    ["airlines.csv", 286],
    ["mauna.csv", 256],
  ])("%s: the first 128 values standardise, what follows is the truth", (name, count) => {
    const text = readFileSync(publishedPath(`timeseries/${name}`), "utf8");
    const numbers = text.trim().split(",").map(Number);
    expect(numbers).toHaveLength(count);
    const result = fromUpload({ kind: "text", name, text });
    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    const { values, scale } = userSeries(result.userData).series[0]!;
    const head = numbers.slice(0, 128);
    const mean = head.reduce((sum, value) => sum + value, 0) / 128;
    const deviation = Math.sqrt(head.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 128);
    expect(scale.mean).toBeCloseTo(mean, 9);
    expect(scale.deviation).toBeCloseTo(deviation, 9);
    for (const [i, value] of values.entries()) expect(value).toBeCloseTo((head[i]! - mean) / deviation, 9);
    expect(scale.future).toHaveLength(128);
    for (const [i, value] of scale.future.entries())
      expect(value).toBeCloseTo((numbers[128 + i]! - mean) / deviation, 9);
  });
});

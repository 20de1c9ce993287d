// The command line on a person's own series: expressions with parameters and forecast, columns, bad input, a small run.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runHere } from "../../helpers/runHere";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "series-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const months = (count: number) =>
  Array.from({ length: count }, (_, i) => `${2010 + Math.floor(i / 12)}-${String(1 + (i % 12)).padStart(2, "0")}`);
const value = (i: number) => (60 + 9 * Math.sin((2 * Math.PI * i) / 12) + 5 * Math.sin(i / 30)).toFixed(2);
const TABLE = [
  "month,visits,place,sales",
  ...months(150).map((month, i) => `${month},${value(i)},mill,${value(i + 5)}`),
].join("\n");
const SHORT = ["--seconds", "0.3", "--top", "2"];

type Found = { program: string; explanation: string[]; weight: number; fit: Record<string, unknown> };

describe("infer timeseries", { timeout: 90_000 }, () => {
  it("gives expressions with words in months, parameters, and a forecast that is judged", async () => {
    const words = ["infer", "timeseries", "--input", file("t.csv", TABLE), "--column", "visits", ...SHORT, "--json"];
    const { code, stderr, records } = await runHere(words);
    expect(code).toBe(0);
    expect(stderr).toContain('Times stand in column 1 ("month"): its cells are months.');
    expect(stderr).toContain("The first 120 of 150 values are learned from");
    const [record] = records();
    expect(record).toMatchObject({ kind: "inference", input: "t.csv, visits" });
    const programs = (record as unknown as { programs: Found[] }).programs;
    expect(programs.length).toBeGreaterThan(0);
    expect(programs.reduce((sum, each) => sum + each.weight, 0)).toBeCloseTo(1, 6);
    const { fit, explanation } = programs[0]!;
    expect(explanation.join(" ")).toMatch(/months/);
    expect(explanation.join(" ")).toMatch(/points kept back/);
    const forecast = fit.forecast as { time: string[]; mean: number[]; low: number[]; high: number[] };
    expect(forecast.time).toHaveLength(128);
    expect(forecast.time[0]).toMatch(/^20(19|20)-\d\d/);
    for (const [j, mean] of forecast.mean.entries()) {
      expect(forecast.low[j]).toBeLessThan(mean);
      expect(forecast.high[j]).toBeGreaterThan(mean);
    }
    expect((fit.parameters as { kernel: string }[]).map(({ kernel }) => kernel).join()).toMatch(
      /^(WN|SE|PER[1-4]|C)(,|$)/,
    );
    expect(fit.judged).toMatchObject({
      known: expect.any(Number),
      inside: expect.any(Number),
      error: expect.any(Number),
    });
  });

  it("reads every usable column, and plain numbers, and prints text", async () => {
    const all = await runHere(["infer", "timeseries", "--input", file("t.csv", TABLE), ...SHORT, "--json"]);
    expect(all.records().map((record) => (record as unknown as { input: string }).input)).toEqual([
      "t.csv, visits",
      "t.csv, sales",
    ]);
    expect(all.stderr).toContain('Column 3 ("place") holds few numbers');
    const numbers = Array.from({ length: 60 }, (_, i) => value(i)).join(" ");
    const text = await runHere(["infer", "timeseries", "--input", file("numbers.txt", numbers), ...SHORT]);
    expect(text.code).toBe(0);
    expect(text.stdout).toMatch(/weight .+, log p\(z, x\) /);
    expect(text.stdout).toMatch(/Next, \d+(\.\d+)?: /);
  });

  it.each([
    ["a word", "1\n2\nx\n4", /row 3, column 1: "x" is not a number\./],
    [
      "NaN",
      `v\n${Array.from({ length: 30 }, (_, i) => (i === 4 ? "NaN" : i % 7)).join("\n")}`,
      /row 6, column 1: "NaN" is not a number; .+--skip-bad uses the other 29 values/,
    ],
    [
      "a constant series",
      Array(40).fill(5).join("\n"),
      /column 1: Column 1 has one and the same value, 5, in rows 1 to 40 of column 1; a series has to vary\./,
    ],
    ["a short series", "1\n2\n3", /Column 1 has 3 usable values; at least 16 are needed\./],
    ["an empty file", "", /holds no text|is empty|There is no text/],
    [
      "duplicate times",
      ["t,v", ...Array.from({ length: 30 }, (_, i) => `${i === 9 ? 8 : i},${i % 5}`)].join("\n"),
      /row 11, column 1: "8" is the same time as in row 10\./,
    ],
  ])("ends with code 2 and one sentence for %s", async (_, text, sentence) => {
    const { code, stderr, stdout } = await runHere(["infer", "timeseries", "--input", file("bad.csv", text), ...SHORT]);
    expect(stderr).toMatch(sentence);
    expect(code).toBe(2);
    expect(stdout).toBe("");
  });

  it("leaves bad cells out on request, and says so", async () => {
    const cells = Array.from({ length: 40 }, (_, i) => (i === 4 ? "x" : value(i))).join("\n");
    const words = ["infer", "timeseries", "--input", file("bad.csv", cells), ...SHORT, "--skip-bad", "--json"];
    const { code, stderr, records } = await runHere(words);
    expect(code).toBe(0);
    expect(stderr).toMatch(/"x" is not a number\. .*Left out; the other 39 values are used\./);
    expect(records()).toHaveLength(1);
  });

  it("knows no such column", async () => {
    const { code, stderr } = await runHere([
      "infer",
      "timeseries",
      "--input",
      file("t.csv", TABLE),
      "--column",
      "gains",
      ...SHORT,
    ]);
    expect(code).toBe(2);
    expect(stderr).toContain('There is no column "gains"; allowed: 2 (visits), 3 (place), 4 (sales).');
  });
});

describe("a run of time series", { timeout: 120_000 }, () => {
  const small = [
    "--size",
    "tiny",
    "--series",
    "10",
    "--evaluation-series",
    "2",
    "--evaluation-samples",
    "5",
    "--start-from",
    "none",
  ];

  it("trains beside a file of one's own, dreams and is evaluated", async () => {
    const out = join(folder, "run");
    const words = [
      "train",
      "timeseries",
      ...small,
      "--iterations",
      "4",
      "--seed",
      "3",
      "--dataset",
      file("t.csv", TABLE),
      "--json",
      "--out",
      out,
    ];
    const trained = await runHere(words);
    expect(trained.stderr).toContain("The first 120 of 150 values are learned from");
    expect(trained.records().at(-1)).toMatchObject({
      kind: "final",
      domain: "timeseries",
      algorithm: "hmws",
      steps: 4,
    });
    const dreams = await runHere(["sample", "timeseries", "--model", out, "--count", "2", "--json"]);
    for (const dream of dreams.records()) {
      expect((dream as unknown as { observation: { values: number[] } }).observation.values).toHaveLength(128);
    }
    expect(dreams.records()).toHaveLength(2);
    const evaluated = await runHere(["evaluate", out, "--samples", "4", "--json"]);
    expect(evaluated.records()[0]).toMatchObject({ kind: "evaluation", count: expect.any(Number) });
  });
});

// Strings in the terminal with real files: lines, tables and their columns, bad rows, dreams, and the exit codes.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { observationLines } from "../../../src/cli/observationText";
import { type CliResult, ofKind, runCli } from "../../helpers/runCli";
import { runHere } from "../../helpers/runHere";

const TABLE = 'sku,price,kind\nA-1,$5,x\nA-2,$6,y\nA-3,"$1,100",x\nA-4,$8,x\nA-5,$9,z\nA-6,$19,z\nA-7,$12,z\n';
/** The same with one bad cell: row 4, column 1. */
const BAD = TABLE.replace("A-3", "A-\u00FC");

let folder = "";
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "strings-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Programs and names of the inferences that a run printed. */
function inferences(result: Pick<CliResult, "records">) {
  return ofKind(result.records(), "inference");
}

describe("infer strings", { timeout: 90_000 }, () => {
  it("reads one string a line from standard input and finds programs that make all of them", async () => {
    const words = ["infer", "strings", "--input", "-", "--seconds", "1", "--top", "3", "--json"];
    const result = await runCli(words, "img25.png\r\nimg19.png\r\nimg42.png\r\nimg18.png\r\nimg43.png\r\n");
    expect([result.code, result.stderr]).toEqual([0, ""]);
    const [record] = inferences(result);
    expect(record?.input).toBe("standard input, lines");
    expect(record?.programs.length).toBeGreaterThan(0);
    for (const { logLikelihood } of record?.programs ?? []) expect(Number.isFinite(logLikelihood)).toBe(true);
    const total = record?.programs.reduce((sum, { weight }) => sum + (weight ?? 0), 0);
    expect(total).toBeCloseTo(1, 6);
  });

  it("gives one record for every usable column, and says which column is left out", async () => {
    const result = await runHere(["infer", "strings", "--input", file("t.csv", TABLE), "--seconds", "0.2", "--json"]);
    expect(result.code).toBe(0);
    expect(inferences(result).map(({ input }) => input)).toEqual(["t.csv, sku", "t.csv, price"]);
    expect(result.stderr).toMatch(
      /^Column "kind" has 3 distinct usable cells of 7: 4 duplicate; at least 5 are needed\./,
    );
  });

  it.each(["price", "2"])("takes the one column wanted: %s", async (column) => {
    const words = ["infer", "strings", "--input", file("t.csv", TABLE), "--column", column, "--seconds", "0.2"];
    const { code, stdout, stderr } = await runHere(words);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^t\.csv, price, after [\d.]+ s:\n {2}from (\$[\d,]+ {2}){4}\$[\d,]+\n {2}\S+ {2}weight /);
  });

  it("leaves out bad rows on request, and says so", async () => {
    const words = ["infer", "strings", "--input", file("bad.csv", BAD), "--skip-bad", "--seconds", "0.2", "--json"];
    const result = await runHere(words);
    expect([result.code, inferences(result).length]).toEqual([0, 2]);
    expect(result.stderr).toMatch(
      /row 4, column 1: "A-ü" has "ü" \(U\+00FC\).*Left out; the other 13 cells are used\./,
    );
    expect(result.stderr).toMatch(/Column "kind" has 3 distinct usable cells/);
  });

  it.each([
    [
      "bad.csv",
      BAD,
      [],
      /^--input bad\.csv, row 4, column 1: "A-ü" has "ü" \(U\+00FC\), .* --skip-bad uses the other 13 cells\.$/,
    ],
    [
      "t.csv",
      TABLE,
      ["--column", "weight"],
      /^--input t\.csv: There is no column "weight"; allowed: 1 \(sku\), 2 \(price\), 3 \(kind\)\.$/,
    ],
    ["t.csv", TABLE, ["--column", "kind"], /^--input t\.csv, column 3: Column "kind" has 3 distinct usable cells of 7/],
    [
      "few.txt",
      "a1\nb2\nb2\n",
      [],
      /^--input few\.txt, column 1: The text has 2 distinct usable cells of 3: 1 duplicate; at least 5/,
    ],
    ["x.json", '{"a": [', [], /^--input x\.json: The file is not valid JSON/],
    ["blank.txt", " \n\n", [], /^--input blank\.txt: There is no text/],
  ] as const)("ends with 2 and one sentence: %s %#", async (name, text, more, sentence) => {
    const { code, stdout, stderr } = await runHere(["infer", "strings", "--input", file(name, text), ...more]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr.trim()).toMatch(sentence);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });

  it("says that other domains have no columns", async () => {
    const result = await runHere(["infer", "clusters", "--input", file("t.csv", TABLE), "--column", "sku"]);
    expect(result).toMatchObject({
      code: 2,
      stderr: '--column is "sku", but clusters reads no columns of t.csv; leave it out.\n',
    });
  });
});

describe("a strings run", { timeout: 120_000 }, () => {
  it("trains, is evaluated and dreams", async () => {
    const out = join(folder, "run");
    const small = ["--set", "concepts=20", "--evaluationConcepts", "5", "--iterations", "6", "--batch", "5"];
    const trained = await runHere(["train", "strings", ...small, "--seed", "3", "--json", "--out", out]);
    expect(trained.records().at(-1)).toMatchObject({ kind: "final", domain: "strings", steps: 6 });
    const evaluated = await runHere(["evaluate", out, "--samples", "5", "--json"]);
    expect(evaluated.records()).toMatchObject([{ kind: "evaluation", samples: 5 }]);
    const dreams = await runHere(["sample", "strings", "--model", out, "--count", "3", "--json"]);
    for (const dream of ofKind(dreams.records(), "sample")) {
      expect(dream.program).not.toBe("");
      expect(dream.observation).toMatchObject({ strings: expect.any(Array), heldOut: [] });
    }
    const text = await runHere(["sample", "strings", "--model", out, "--count", "2"]);
    expect(text.stdout).not.toMatch(/\{"name"/);
    expect(text.stdout.split("\n").length).toBeGreaterThanOrEqual(2 * 7);
  });

  it("trains on a person's table beside the built-in concepts", async () => {
    const small = ["--set", "concepts=20", "--evaluationConcepts", "5", "--iterations", "2", "--batch", "5", "--json"];
    const result = await runHere(["train", "strings", ...small, "--dataset", file("t.csv", TABLE)]);
    expect(result.records().at(-1)).toMatchObject({ kind: "final", steps: 2 });
    const bad = await runHere(["train", "strings", ...small, "--dataset", file("bad.csv", BAD)]);
    expect(bad).toMatchObject({ code: 2, stderr: expect.stringMatching(/^--dataset bad\.csv, row 4, column 1: /) });
    const wished = ["--column", "sku", "--skip-bad"];
    const rest = await runHere(["train", "strings", ...small, "--dataset", file("bad.csv", BAD), ...wished]);
    expect(rest.records().at(-1)).toMatchObject({ kind: "final", steps: 2 });
    expect(rest.stderr).toMatch(/the other 6 cells are used/);
    const without = await runHere(["train", "strings", ...wished]);
    expect(without).toMatchObject({ code: 2, stderr: expect.stringMatching(/^--column is for a file of your own/) });
  });
});

describe("an observation as text", () => {
  it("has one string a line, in quotation marks where one would not see it", () => {
    expect(observationLines({ name: "", strings: ["a b", "", " c", "d\te"], heldOut: [] })).toEqual([
      "a b",
      '""',
      '" c"',
      '"d\\te"',
    ]);
    expect(observationLines({ rows: ["010", "111"] })).toEqual(["010", "111"]);
    expect(observationLines([1, 2])).toEqual(["[1,2]"]);
  });
});

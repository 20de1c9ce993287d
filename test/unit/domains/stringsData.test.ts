// The built-in string concepts: the same from the same seed, independent of how many are wanted, and fit to be learned.

import { describe, expect, it } from "vitest";
import { dayOf, marchFirst } from "../../../src/domains/strings/data/calendar";
import { programOfFields } from "../../../src/domains/strings/data/cellPattern";
import { GROUPS } from "../../../src/domains/strings/data/column";
import { Dice } from "../../../src/domains/strings/data/dice";
import { FAMILIES, makeColumns, makeConcepts } from "../../../src/domains/strings/data/generate";
import { parseProgram } from "../../../src/domains/strings/parse";
import { createEvaluator } from "../../../src/domains/strings/scoring/createEvaluator";
import { encodeStrings } from "../../../src/domains/strings/scoring/encode";
import { initialLogits } from "../../../src/domains/strings/scoring/numbers";
import { MAX_TOKENS } from "../../../src/domains/strings/tokens";
import { Rng } from "../../../src/engine/rng/rng";

/** Log probability of strings under a program's text and uniform classes, nats. */
function scorer(): (program: string, strings: readonly string[]) => number {
  const evaluator = createEvaluator();
  evaluator.setLogits(initialLogits());
  return (text, strings) => {
    const parsed = parseProgram(text);
    if (!parsed.ok) throw new Error(`${text}: ${parsed.message}`);
    return evaluator.logProb(parsed.program, encodeStrings(strings), 0, strings.length);
  };
}

/** Columns of a seed with sheet numbers of their own. */
function sheetsOf(seed: number) {
  return makeColumns(seed, 1500).map((column) => ({ ...column, sheet: column.sheet + 10_000 * seed }));
}

describe("built-in concepts", () => {
  it("are the same from the same seed and others from another", () => {
    expect(makeConcepts(7, 60)).toEqual(makeConcepts(7, 60));
    expect(makeConcepts(8, 60)).not.toEqual(makeConcepts(7, 60));
  });

  it.each([1, 13, 200])("start alike however many are wanted: %i", (count) => {
    expect(makeConcepts(3, count)).toEqual(makeConcepts(3, 400).slice(0, count));
  });

  it("have five strings to learn from and five others, 1 to 24 symbols of Sigma, none twice", () => {
    for (const { name, strings, heldOut } of makeConcepts(5, 1500)) {
      const cells = [...strings, ...heldOut];
      expect([strings.length, heldOut.length, new Set(cells).size], name).toEqual([5, 5, 10]);
      expect(
        cells.filter((cell) => !/^[ -~]{1,24}$/.test(cell)),
        name,
      ).toEqual([]);
    }
  });

  it("are never the same ten cells twice, in sets so large that some must be drawn again", () => {
    const columns = new Set(makeColumns(5, 8_000).map(({ cells }) => [...cells].sort().join("\n")));
    expect(columns.size).toBe(8_000);
  });

  it("are never numbers only, nor words over five letters but in domains and random keys", () => {
    for (const { family, cells } of makeColumns(6, 1500)) {
      expect(
        cells.every((cell) => /^-?\d+(\.\d+)?$/.test(cell)),
        cells.join(" "),
      ).toBe(false);
      const isMeant = ["mail addresses", "host names", "random keys"].includes(family);
      if (!isMeant) expect(cells.filter((cell) => /[A-Za-z]{6}/.test(cell))).toEqual([]);
    }
  });

  it("come with a program of at most 30 tokens that makes all ten cells, nearly always", () => {
    const concepts = makeConcepts(2, 1500);
    const score = scorer();
    const known = concepts.flatMap((concept) =>
      concept.pattern === null ? [] : [{ ...concept, text: concept.pattern }],
    );
    for (const { text, strings, heldOut } of known) {
      expect(score(text, [...strings, ...heldOut]), `${text} of ${strings.join("  ")}`).toBeGreaterThan(-Infinity);
      expect(text.replace(/\\./g, "x").length, text).toBeLessThan(MAX_TOKENS);
    }
    expect(known.length).toBeGreaterThan(0.98 * concepts.length);
    // Hand-written programs of a realistic mix need about 77 nats for five held-out strings, `.+` about 221 (section 11).
    const mean = (program: (text: string) => string) =>
      known.reduce((sum, { text, heldOut }) => sum - score(program(text), heldOut), 0) / known.length;
    expect(mean((text) => text)).toBeLessThan(0.5 * mean(() => ".+"));
  });

  it("come in sheets of two to seven columns", () => {
    const sizes = new Map<number, number>();
    for (const { sheet } of makeColumns(9, 600)) sizes.set(sheet, (sizes.get(sheet) ?? 0) + 1);
    const whole = [...sizes.values()].slice(0, -1);
    expect([Math.min(...whole), Math.max(...whole)]).toEqual([2, 7]);
  });

  it("share the conventions of their sheet: one separator of numeric dates a sheet", () => {
    const separators = new Map<number, Set<string>>();
    for (const { family, sheet, pattern } of [1, 2, 3, 4].flatMap((seed) => sheetsOf(seed))) {
      const separator = /^[^-/.|]*([-/.])/.exec((pattern ?? "").replaceAll("\\.", "."))?.[1];
      if (family !== "numeric dates" || separator === undefined || pattern?.includes("|")) continue;
      separators.set(sheet, (separators.get(sheet) ?? new Set()).add(separator));
    }
    expect(separators.size).toBeGreaterThan(100);
    expect([...separators.values()].filter(({ size }) => size > 1)).toEqual([]);
  });

  it("draw from every family", () => {
    const drawn = new Set([1, 2].flatMap((seed) => makeColumns(seed, 1500).map(({ family }) => family)));
    const all = GROUPS.flatMap(({ name }) => FAMILIES[name].map((family) => family.name));
    expect(all.filter((name) => !drawn.has(name))).toEqual([]);
  });

  it("are ready in a fifth of a second of processor time for 1500 of them, the best of five", () => {
    const times = [1, 2, 3, 4, 5].map((seed) => {
      const before = process.cpuUsage();
      makeConcepts(seed, 1500);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    });
    expect(Math.min(...times)).toBeLessThan(200);
  });
});

describe("programs of cells", () => {
  it.each([
    [["INV-001", "INV-002", "INV-013"], "INV-0\\d\\d"],
    [["7", "12", "9"], "\\d\\d?"],
    [["7", "1234", "55"], "\\d+"],
    [["a.png", "b.jpg", "c.png"], "\\l\\.(png|jpg)"],
    [["3f", "a0", "77", "b2"], "\\w\\w"],
    [["3f", "a0"], "(3f|a0)"],
    [["", "x", ""], "x?"],
    [["", "-1", "-2"], "(-\\d)?"],
    [["", "1", "234"], "\\d*"],
    [["+", "-", ""], "(\\+|-)?"],
    [["$5", "$7"], "$\\d"],
    [["(a)", "(b)"], "\\(\\l\\)"],
  ])("says %j as %s", (values, expected) => {
    expect(programOfFields(values.map((value) => [value]))?.join("")).toBe(expected);
  });

  it("shortens runs where one token a position does not fit, and gives up where nothing does", () => {
    const long = ["a1".repeat(20), "b2".repeat(20)];
    expect(programOfFields(long.map((value) => [value]))).toBeNull();
    const digits = ["1".repeat(20), "2".repeat(20)].map((value) => [value, "a".repeat(12)]);
    expect(programOfFields(digits)?.join("")).toBe(`\\d+${"a".repeat(12)}`);
  });
});

describe("dice and calendar", () => {
  it("draw whole numbers evenly over ranges that do not divide 2^32", () => {
    const dice = new Dice(new Rng(4));
    const counts = [0, 0, 0, 0, 0, 0, 0];
    for (let i = 0; i < 70_000; i++) counts[dice.below(7)]! += 1;
    // Standard error of a count: sqrt(70000 / 7 * 6 / 7) = 93.
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(4 * 93);
  });

  it("count days as the Gregorian calendar does", () => {
    for (let year = 1984; year <= 2030; year++) {
      for (const offset of [0, 1, 30, 31, 120, 305, 306, 364]) {
        const { year: y, month, day } = dayOf(marchFirst(year) + offset);
        const truth = new Date(Date.UTC(year, 2, 1 + offset));
        expect([y, month, day]).toEqual([truth.getUTCFullYear(), truth.getUTCMonth() + 1, truth.getUTCDate()]);
      }
    }
  });
});

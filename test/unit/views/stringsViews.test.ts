// Pure parts of the strings pictures: alignments against the reference vectors, what differs from the best program, the
// list's rows, the typed text with its undo, costs of characters, the posterior over tokens.

import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { strings } from "../../../src/domains/strings";
import { alikeConcepts } from "../../../src/views/domains/strings/AlikeConcepts";
import { Aligner, countMade, totalLogProb } from "../../../src/views/domains/strings/alignment";
import { conceptMatches, gridStep, rowsInView } from "../../../src/views/domains/strings/conceptGrid";
import { characterCost, classRows, operatorRows } from "../../../src/views/domains/strings/evaluatorText";
import { NO_HAND_TEXT, problemPlace, typed, undone } from "../../../src/views/domains/strings/handEdit";
import { diffTokens } from "../../../src/views/domains/strings/programDiff";
import { tokenPosterior } from "../../../src/views/domains/strings/tokenPosterior";
import type { DomainViewProps } from "../../../src/views/domainViews";

await strings.loadTools?.();
const { tools } = strings;
const uniform = tools.uniformLogits();

function tokensOf(text: string): Int32Array {
  const read = tools.parseTokens(text);
  if (!read.ok) throw new Error(read.message);
  return read.tokens;
}

type Vectors = { alignments: { regex: string; phi: string; x: string; atoms: number[] }[] };
const folder = process.env["LAB_FIXTURES"] ?? "test/fixtures/reference";
// The file's format is described in the strings specification, section 11.
const vectors = JSON.parse(readFileSync(`${folder}/strings.json`, "utf8")) as Partial<Vectors>;

describe("alignment", () => {
  it("ties each character to the atom of the reference vectors", () => {
    const aligner = new Aligner(tools);
    const all = (vectors.alignments ?? []).filter((one) => one.phi === "uniform");
    for (const { regex, x, atoms } of all) {
      const [aligned] = aligner.align(uniform, regex, tokensOf(regex), [x]);
      expect(Array.from(aligned?.atoms ?? []), `${regex} on ${x}`).toEqual(atoms);
      expect(countMade(aligned ? [aligned] : [], 0, 1).made).toBe(atoms.filter((atom) => atom === 0).length);
    }
  });

  it("keeps what it knows until the evaluator moves", () => {
    const aligner = new Aligner(tools);
    const program = tokensOf("\\d+");
    const first = aligner.align(uniform, "\\d+", program, ["12"]);
    expect(aligner.align(uniform, "\\d+", program, ["12"])).toBe(first);
    const moved = uniform.slice();
    moved[1] = 3;
    const [after] = aligner.align(moved, "\\d+", program, ["12"]);
    expect(after?.logProb).not.toBe(first[0]?.logProb);
  });

  it("tells a string that cannot be made from one that can, and sums to nothing then", () => {
    const rows = new Aligner(tools).align(uniform, "a+", tokensOf("a+"), ["aa", "ab"]);
    expect(rows.map((row) => row.atoms !== null)).toEqual([true, false]);
    expect(totalLogProb(rows)).toBe(Number.NEGATIVE_INFINITY);
  });

  it("draws the same strings for the same seed, each with random numbers of its own", () => {
    const aligner = new Aligner(tools);
    const five = aligner.sample(uniform, tokensOf("\\u\\d+"), 5, 7);
    expect(aligner.sample(uniform, tokensOf("\\u\\d+"), 5, 7)).toEqual(five);
    expect(aligner.sample(uniform, tokensOf("\\u\\d+"), 1, 9)).toEqual([five[2]]);
    for (const text of five) expect(text).toMatch(/^[A-Z]\d+$/);
  });
});

describe("diffTokens", () => {
  it("marks own tokens and where the best has more", () => {
    const diff = diffTokens(["\\d", "x"], ["\\d", "+", "x"]);
    expect(diff).toEqual([
      { text: "\\d", isOwn: false, isGap: false },
      { text: "x", isOwn: false, isGap: true },
    ]);
    expect(diffTokens(["a", "b"], ["a", "c"])[1]).toMatchObject({ text: "b", isOwn: true });
  });

  it("marks no more than it must: tokens taken out or put in, and nothing else", () => {
    const token = fc.constantFrom("a", "b", "+", "(");
    const longer = fc.array(fc.tuple(token, fc.boolean()), { maxLength: 12 });
    fc.assert(
      fc.property(longer, (list) => {
        const all = list.map(([text]) => text);
        const some = list.filter(([, isKept]) => isKept).map(([text]) => text);
        const own = (program: string[], best: string[]) => diffTokens(program, best).filter((one) => one.isOwn).length;
        expect(own(some, all)).toBe(0);
        expect(own(all, some)).toBe(all.length - some.length);
      }),
    );
  });

  it("keeps a common subsequence: what is not own stands in the best, in order", () => {
    const program = fc.array(fc.constantFrom("a", "b", "+", "("), { maxLength: 12 });
    fc.assert(
      fc.property(program, program, (own, best) => {
        const diff = diffTokens(own, best);
        expect(diff.map((token) => token.text)).toEqual(own);
        let at = -1;
        for (const { text } of diff.filter((token) => !token.isOwn)) {
          at = best.findIndex((one, i) => i > at && one === text);
          expect(at).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});

describe("the list of concepts", () => {
  const concepts = [
    { name: "dates", strings: ["Jul 4"], heldOut: ["May 9"], pattern: null },
    { name: "codes", strings: ["A-1", "a-2"], heldOut: [], pattern: null },
  ];

  it("finds names, strings and held-out strings in any case", () => {
    expect(conceptMatches(concepts, "DATE")).toEqual([0]);
    expect(conceptMatches(concepts, "may")).toEqual([0]);
    expect(conceptMatches(concepts, "a-")).toEqual([1]);
    expect(conceptMatches(concepts, "")).toEqual([0, 1]);
  });

  it("draws what is in view and little more, wherever it is scrolled to", () => {
    fc.assert(
      fc.property(fc.nat(2000), fc.integer({ min: 1, max: 5 }), fc.nat(60_000), (count, columns, top) => {
        const { first, end, rows } = rowsInView({ count, columns, top, row: 26, shown: 4 });
        expect(end - first).toBeLessThanOrEqual(9 * columns);
        const visible = Math.min(Math.floor(top / 26), Math.max(0, rows - 4));
        expect(first).toBeLessThanOrEqual(visible * columns);
        expect(end).toBeGreaterThanOrEqual(Math.min(count, (visible + 4) * columns));
      }),
    );
  });

  it("walks by keys inside the list", () => {
    expect(gridStep("ArrowDown", 0, 10, 3, 4)).toBe(3);
    expect(gridStep("ArrowDown", 9, 10, 3, 4)).toBe(9);
    expect(gridStep("ArrowRight", -1, 10, 3, 4)).toBe(0);
    expect(gridStep("End", 2, 10, 3, 4)).toBe(9);
    expect(gridStep("x", 2, 10, 3, 4)).toBe(null);
  });

  it("names the others that a program makes, likeliest first", () => {
    const alike = alikeConcepts(tools, uniform, tokensOf("\\w-\\d"), [...concepts, ...concepts], 1);
    expect(alike.map((one) => one.row)).toEqual([3]);
    expect(alikeConcepts(tools, uniform, tokensOf(".+"), concepts, 1).map((one) => one.row)).toEqual([0]);
  });
});

describe("a typed program", () => {
  it("comes back change by change", () => {
    const two = typed(typed(NO_HAND_TEXT, "a"), "ab");
    expect(undone(two).text).toBe("a");
    expect(undone(undone(two))).toEqual(NO_HAND_TEXT);
    expect(undone(NO_HAND_TEXT)).toEqual(NO_HAND_TEXT);
    expect(typed(two, "ab").past).toBe(two.past);
  });

  it("has a place for every problem of the reader", () => {
    for (const text of ["*", "a|", "|a", "()", "(a", "a)", "a(*)", "\\q", "\\", "a||b"]) {
      const read = tools.parseTokens(text);
      const place = read.ok ? null : problemPlace(read.message);
      expect(place, text).not.toBe(null);
      expect(place, text).toBeLessThan(text.length);
    }
  });
});

describe("the evaluator in numbers", () => {
  const numbers = tools.numbersOf(uniform);

  it("has four probabilities and tables that sum to one", () => {
    expect(operatorRows(numbers).map((row) => row.value)).toEqual([0.5, 0.5, 0.5, 0.5]);
    for (const row of classRows(tools, numbers)) {
      expect(
        row.bars.reduce((sum, bar) => sum + bar.share, 0),
        row.name,
      ).toBeCloseTo(1, 12);
    }
  });

  it("costs a character what its class leaves to chance", () => {
    expect(characterCost(tools, numbers, "\\d", "7")).toBeCloseTo(Math.log(10), 12);
    expect(characterCost(tools, numbers, ".", "x")).toBeCloseTo(Math.log(96), 12);
    expect(characterCost(tools, numbers, "x", "x")).toBe(0);
  });

  it("shows which tokens the weight is on", () => {
    const entry = (text: string, weight: number) => ({ program: Array.from(tokensOf(text)), weight });
    // Only program and weight are read.
    const view = { entries: [entry("\\d+-", 0.75), entry("(.|a)", 0.25)] } as unknown as Parameters<
      typeof tokenPosterior
    >[0];
    const bars = tokenPosterior(view, { spec: strings } as unknown as DomainViewProps)?.bars ?? [];
    const share = (label: string) => bars.find((bar) => bar.label === label)?.share;
    expect([share("\\d"), share("+"), share("."), share("( )"), share("literal"), share("\\w")]).toEqual([
      0.75, 0.75, 0.25, 0.25, 1, 0,
    ]);
  });
});

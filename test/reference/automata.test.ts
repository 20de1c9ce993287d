// Every field of automata.json that the automata specification documents (section 9), at its tolerance.
// Reads the folder in LAB_FIXTURES, else the committed copy. Sections may be missing in another file of the format.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { countTransitions, visitedBits } from "../../src/domains/automata/counts";
import { growFrom } from "../../src/domains/automata/extrapolate";
import { otsuThreshold } from "../../src/domains/automata/greyPicture";
import {
  type Boundary,
  columnOf,
  gridFromRows,
  type Neighbours,
  numBits,
  rowsOfGrid,
} from "../../src/domains/automata/grid";
import {
  leastNoise,
  logLikelihood,
  logMarginal,
  majorityRule,
  mismatches,
  posteriorBits,
  transitionsOf,
} from "../../src/domains/automata/likelihood";
import { binarise } from "../../src/domains/automata/preparePicture";
import { bitsOfRule, ruleFromBits, ruleNumber } from "../../src/domains/automata/program";

type Score = { rule?: string; which?: string; phi?: number; logp?: number; bits_per_pixel?: number };
type Case = {
  id?: number;
  k: number;
  boundary: Boundary;
  height?: number;
  width?: number;
  eps_true?: number;
  rule?: string;
  rule_number?: number;
  rows: string[];
  count0?: number[];
  count1?: number[];
  mismatches_true_rule?: number;
  transitions?: number;
  phi_hat_true_rule?: number;
  majority_rule?: string;
  phi_hat_majority?: number;
  visited?: string;
  scores?: Score[];
  "log_marginal_phi_0.05_uniform_prior"?: number;
  "posterior_bit_is_1_phi_0.05"?: number[];
};
type Fixture = {
  format?: string;
  tolerance?: { absolute?: number; relative?: number };
  cases?: Case[];
  deterministic?: Case[];
  otsu?: { gray: number[][]; threshold?: number; dark_is_1_rows?: string[] }[];
};

const folder = process.env.LAB_FIXTURES ?? join(import.meta.dirname, "../fixtures/reference");
// The cast names the documented format; every field that is used is checked for presence first.
const fixture = JSON.parse(readFileSync(join(folder, "automata.json"), "utf8")) as Fixture;
const ABSOLUTE = 1e-7;
const RELATIVE = 1e-9;

function near(value: number, expected: number): void {
  expect(Math.abs(value - expected)).toBeLessThanOrEqual(ABSOLUTE + RELATIVE * Math.abs(expected));
}

/** Runs `check` if the field is in the file. */
function given<T>(field: T | undefined, check: (field: T) => void): void {
  if (field !== undefined) check(field);
}

function neighboursIn(item: Case): Neighbours {
  if (item.k !== 3 && item.k !== 5) throw new Error(`k is ${item.k}; allowed: 3 or 5`);
  if (item.boundary !== "wrap" && item.boundary !== "zero") throw new Error(`boundary is ${item.boundary}`);
  return item.k;
}

const complementOf = (rule: string) => [...rule].map((bit) => (bit === "1" ? "0" : "1")).join("");

it("is a file of the automata format", () => {
  given(fixture.format, (format) => expect(format).toMatch(/automata/));
  given(fixture.tolerance?.absolute, (value) => expect(ABSOLUTE).toBeLessThanOrEqual(value));
  given(fixture.tolerance?.relative, (value) => expect(RELATIVE).toBeLessThanOrEqual(value));
  expect((fixture.cases ?? []).length + (fixture.deterministic ?? []).length + (fixture.otsu ?? []).length).not.toBe(0);
});

describe.each(fixture.cases ?? [])("case $id: k = $k, $boundary", (item) => {
  const neighbours = neighboursIn(item);
  const bits = numBits(neighbours);
  const grid = gridFromRows(item.rows);
  const counts = countTransitions(grid, neighbours, item.boundary);
  const statistics = { counts, from: 0, bits, height: grid.height };
  const transitions = transitionsOf(counts, 0, bits);

  it("has the stated size", () => {
    given(item.height, (height) => expect(grid.height).toBe(height));
    given(item.width, (width) => expect(grid.width).toBe(width));
    expect(rowsOfGrid(grid)).toEqual(item.rows);
  });

  it("is counted exactly", () => {
    given(item.count0, (count0) => expect(Array.from({ length: bits }, (_, i) => counts[2 * i])).toEqual(count0));
    given(item.count1, (count1) => expect(Array.from({ length: bits }, (_, i) => counts[2 * i + 1])).toEqual(count1));
    given(item.transitions, (total) => expect(transitions).toBe(total));
    given(item.visited, (mask) => expect(bitsOfRule(visitedBits(counts, 0, bits), neighbours)).toBe(mask));
  });

  it("packs the rule and finds its mismatches and noise", () => {
    given(item.rule, (text) => {
      const rule = ruleFromBits(text);
      expect(bitsOfRule(rule, neighbours)).toBe(text);
      given(item.rule_number, (number) => expect(ruleNumber(rule)).toBe(number));
      const wrong = mismatches(counts, 0, bits, rule);
      given(item.mismatches_true_rule, (expected) => expect(wrong).toBe(expected));
      given(item.phi_hat_true_rule, (expected) => near(wrong / transitions, expected));
      // The generator flips each cell with probability eps_true: none at 0, else within 6 standard errors.
      given(item.eps_true, (noise) => {
        const standardError = Math.sqrt((noise * (1 - noise)) / transitions);
        expect(Math.abs(wrong / transitions - noise)).toBeLessThanOrEqual(6 * standardError);
      });
    });
  });

  it("has the stated majority rule, ties and unvisited bits free", () => {
    const { rule, free } = majorityRule(counts, 0, bits);
    given(item.majority_rule, (expected) => {
      const shown = Array.from({ length: bits }, (_, i) => ((free >>> i) & 1 ? "?" : String((rule >>> i) & 1))).join(
        "",
      );
      expect(shown).toBe(expected);
    });
    given(item.phi_hat_majority, (expected) => near(leastNoise(counts, 0, bits), expected));
  });

  it("scores the stated rules", () => {
    for (const score of item.scores ?? []) {
      if (score.rule === undefined || score.phi === undefined) continue;
      const wrong = mismatches(counts, 0, bits, ruleFromBits(score.rule));
      const logp = logLikelihood(grid.height, transitions, wrong, score.phi);
      given(item.rule, (rule) => {
        if (score.which === "true") expect(score.rule).toBe(rule);
        if (score.which === "complement") expect(score.rule).toBe(complementOf(rule));
      });
      given(score.logp, (expected) => near(logp, expected));
      given(score.bits_per_pixel, (expected) => near(-logp / (Math.LN2 * grid.height * grid.width), expected));
    }
  });

  it("has the exact marginal and posterior at noise 0.05", () => {
    given(item["log_marginal_phi_0.05_uniform_prior"], (expected) =>
      near(logMarginal(statistics, 0.05, null), expected),
    );
    given(item["posterior_bit_is_1_phi_0.05"], (expected) => {
      const posterior = posteriorBits(statistics, 0.05, null);
      expect(posterior.length).toBe(expected.length);
      for (const [i, p] of expected.entries()) near(posterior[i] ?? Number.NaN, p);
    });
  });
});

describe.each(fixture.deterministic ?? [])("noise-free run of rule $rule_number, k = $k", (item) => {
  it("grows the stated picture", () => {
    const neighbours = neighboursIn(item);
    const grid = gridFromRows(item.rows);
    const rule = item.rule === undefined ? (item.rule_number ?? Number.NaN) | 0 : ruleFromBits(item.rule);
    given(item.rule_number, (number) => expect(ruleNumber(rule)).toBe(number));
    given(item.height, (height) => expect(grid.height).toBe(height));
    given(item.width, (width) => expect(grid.width).toBe(width));
    const grown = growFrom(columnOf(grid, 0), grid.width, { rule, neighbours, boundary: item.boundary });
    expect(rowsOfGrid(grown)).toEqual(item.rows);
  });
});

describe.each((fixture.otsu ?? []).map((item, index) => ({ item, index })))("grey picture $index", ({ item }) => {
  it("has the stated threshold and cells", () => {
    const threshold = otsuThreshold(item.gray.flat());
    given(item.threshold, (expected) => expect(threshold).toBe(expected));
    given(item.dark_is_1_rows, (rows) => {
      const width = item.gray[0]?.length ?? 0;
      const cells = binarise(item.gray.flat(), threshold);
      expect(rowsOfGrid({ height: item.gray.length, width, pixels: cells })).toEqual(rows);
    });
  });
});

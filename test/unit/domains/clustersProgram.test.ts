// Clusterings as programs: canonical form, printing, parsing, words.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BIT_COUNT, enumeration } from "../../../src/domains/clusters/enumeration";
import { clusters } from "../../../src/domains/clusters/index";
import {
  canonicalLabels,
  clusterMasks,
  isProgram,
  numClusters,
  packLabels,
  parseProgram,
  printProgram,
  unpackLabels,
} from "../../../src/domains/clusters/program";

const all = enumeration().programs;
const pack = (letters: string) => packLabels([...letters].map((letter) => letter.charCodeAt(0) - 65));

describe("enumeration", () => {
  it("holds 877 different clusterings, each of them canonical", () => {
    expect(new Set(all).size).toBe(877);
    expect(all.every(isProgram)).toBe(true);
  });

  it("finds each clustering's row and no row for other integers", () => {
    for (const [row, program] of all.entries()) expect(enumeration().indexOf(program)).toBe(row);
    expect(enumeration().indexOf(1)).toBe(-1);
    expect([1, -1, 1 << 21, 0.5, pack("ACBAAAA")].some(isProgram)).toBe(false);
  });

  it("has a prior that sums to 1", () => {
    const total = enumeration().logPrior.reduce((sum, logPrior) => sum + Math.exp(logPrior), 0);
    expect(total).toBeCloseTo(1, 12);
  });

  it("splits the seven points among the clusters", () => {
    const masks = new Int32Array(7);
    for (const program of all) {
      const count = clusterMasks(program, masks);
      expect(count).toBe(numClusters(program));
      expect(masks.reduce((union, mask) => union | mask, 0)).toBe(127);
      expect(masks.reduce((sum, mask) => sum + (BIT_COUNT[mask] ?? 0), 0)).toBe(7);
    }
  });
});

describe("printing and parsing", () => {
  it("packs point 1 into the lowest bits", () => {
    expect(pack("AAABBBC")).toBe((1 << 9) | (1 << 12) | (1 << 15) | (2 << 18));
    expect(printProgram(pack("AAABBBC"))).toBe("AAABBBC");
  });

  it("parse undoes print for every clustering", () => {
    for (const program of all) {
      expect(parseProgram(printProgram(program))).toEqual({ ok: true, program: Int32Array.of(program) });
    }
  });

  it("gives relabelled clusterings one program and different clusterings different ones", () => {
    const labels = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 7, maxLength: 7 });
    fc.assert(
      fc.property(labels, fc.integer({ min: 1, max: 100 }), (given, shift) => {
        const program = packLabels(canonicalLabels(given));
        expect(isProgram(program)).toBe(true);
        expect(packLabels(canonicalLabels(given.map((label) => (label + shift) % 101)))).toBe(program);
        const back = unpackLabels(program);
        for (let i = 0; i < 7; i++) expect(back[i] === back[0]).toBe(given[i] === given[0]);
      }),
    );
  });

  it.each([
    ["AAAABBBB", 'Position 8 is "B"; a clustering has exactly 7 letters, one a point.'],
    ["AAA", "The clustering ends after 3 of 7 letters; position 4 may be A to B."],
    ["", "The clustering ends after 0 of 7 letters; position 1 may be A."],
    ["BAAAAAA", 'Position 1 is "B"; allowed there: A (new clusters take the next letter).'],
    ["AACAAAA", 'Position 3 is "C"; allowed there: A to B (new clusters take the next letter).'],
    ["AA1AAAA", 'Position 3 is "1"; allowed there: A to B (new clusters take the next letter).'],
  ])("refuses %j with the position", (text, message) => {
    expect(parseProgram(text)).toEqual({ ok: false, message });
  });

  it("accepts lower case and spaces around", () => {
    expect(parseProgram(" aaabbbc ")).toEqual({ ok: true, program: Int32Array.of(pack("AAABBBC")) });
  });
});

describe("explain", () => {
  it.each([
    ["AAABBBC", "Three groups: points 1, 2, 3; points 4, 5, 6; point 7 alone."],
    ["AAAAAAA", "One group: all seven points belong together."],
    ["ABCDEFG", "Seven groups: every point stands alone."],
    ["ABABABA", "Two groups: points 1, 3, 5, 7; points 2, 4, 6."],
  ])("%s", (letters, sentence) => {
    expect(clusters.explain([pack(letters)], {})).toEqual([sentence]);
  });
});

describe("the domain", () => {
  it("has six headings of help and presets that its options accept", async () => {
    expect((await clusters.help()).length).toBe(6);
    for (const preset of clusters.presets) {
      for (const name of Object.keys(preset.options)) expect(clusters.options).toHaveProperty(name);
    }
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countAll, countTransitions } from "../../../src/domains/automata/counts";
import { explainRule, wolframBits } from "../../../src/domains/automata/explain";
import { disagreements, extrapolate, growFrom, nextColumn } from "../../../src/domains/automata/extrapolate";
import { gridFromRows, type Neighbours, numBits, rowsOfGrid } from "../../../src/domains/automata/grid";
import { automata } from "../../../src/domains/automata/index";
import { bestNoise, majorityRule, mismatches, transitionsOf } from "../../../src/domains/automata/likelihood";
import {
  bitsOfRule,
  darkOutputs,
  invertRule,
  mirrorRule,
  parseRule,
  printRule,
  ruleBit,
  ruleFromBits,
  ruleNumber,
} from "../../../src/domains/automata/program";
import { Rng } from "../../../src/engine/rng/rng";

const neighbours = fc.constantFrom<Neighbours>(3, 5);
const ruleOf = (k: Neighbours) => (k === 3 ? fc.integer({ min: 0, max: 255 }) : fc.integer());
const ruleAndK = neighbours.chain((k) => fc.record({ k: fc.constant(k), rule: ruleOf(k) }));
const picture = fc
  .record({ height: fc.integer({ min: 5, max: 9 }), width: fc.integer({ min: 2, max: 9 }), seed: fc.nat() })
  .map(({ height, width, seed }) => {
    const rng = new Rng(seed);
    return { height, width, pixels: Uint8Array.from({ length: height * width }, () => rng.int(2)) };
  });

describe("programs", () => {
  it("print and parse are inverse, and equal text means equal rules", () => {
    fc.assert(
      fc.property(ruleAndK, ruleAndK, (a, b) => {
        const read = parseRule(printRule(a.rule, a.k), a.k);
        expect(read).toEqual({ ok: true, program: Int32Array.of(a.rule) });
        if (a.k === b.k) expect(printRule(a.rule, a.k) === printRule(b.rule, b.k)).toBe(a.rule === b.rule);
      }),
    );
  });

  it("reads the forms that people write", () => {
    const rule = (text: string, k: Neighbours) => {
      const read = parseRule(text, k);
      return read.ok ? ruleNumber(read.program[0] ?? -1) : read.message;
    };
    expect(rule("110", 3)).toBe(110);
    expect(rule(" Rule 0x6E ", 3)).toBe(110);
    expect(rule("4294967295", 5)).toBe(4294967295);
    expect(printRule(-1, 5)).toBe("rule 0xffffffff");
  });

  it.each([
    ["rule 1x0", 3, /"x" at position 7 is not a digit.*from 0 to 255/],
    ["256", 3, /position 1 is larger than 255/],
    ["rule ", 3, /no number at position 6/],
    ["rule 0x", 5, /no digit at position 8/],
    ["rule 0x1g", 5, /"g" at position 9/],
    ["-3", 5, /"-" at position 1/],
    ["4294967296", 5, /larger than 4294967295/],
  ] as const)("says what is wrong with %j", (text, k, message) => {
    const read = parseRule(text, k);
    expect(read.ok).toBe(false);
    if (!read.ok) expect(read.message).toMatch(message);
  });

  it("mirrors and inverts to the rules that Wolfram lists for 110", () => {
    expect(mirrorRule(110, 3)).toBe(124);
    expect(invertRule(110, 3)).toBe(137);
    expect(mirrorRule(invertRule(110, 3), 3)).toBe(193);
    fc.assert(
      fc.property(ruleAndK, ({ rule, k }) => {
        expect(mirrorRule(mirrorRule(rule, k), k)).toBe(rule);
        expect(invertRule(invertRule(rule, k), k)).toBe(rule);
        expect(ruleFromBits(bitsOfRule(rule, k))).toBe(rule);
        expect(darkOutputs(rule)).toBe([...bitsOfRule(rule, k)].filter((bit) => bit === "1").length);
      }),
    );
  });

  it("goes through the domain with the options' number of neighbours", () => {
    const three = { neighbours: "3", dataset: "" };
    expect(automata.program.print([110], three)).toBe("rule 110");
    expect(automata.program.print([110], { ...three, dataset: "live-hard" })).toBe("rule 0x0000006e");
    expect(automata.program.parse("rule 300", three).ok).toBe(false);
    expect(automata.program.parse("rule 300", { ...three, neighbours: "5" }).ok).toBe(true);
  });
});

describe("explanations", () => {
  it("say how many neighbourhoods turn dark, the number, the symmetry and what is known", () => {
    expect(wolframBits(110, 3)).toBe("01101110");
    const sentences = explainRule(110, 3).join(" ");
    expect(sentences).toContain("5 of the 8 neighbourhoods");
    expect(sentences).toContain("Wolfram's number is 110");
    expect(sentences).toContain("not symmetric");
    expect(sentences).toContain("Cook 2004");
    expect(explainRule(90, 3).join(" ")).toContain("is symmetric");
    expect(explainRule(204, 3).join(" ")).toContain("Nothing changes");
    expect(explainRule(204, 3).join(" ")).toContain("Exchanging dark and light changes nothing");
  });

  it("find cells that make no difference among five", () => {
    const ignoresOuter = Array.from({ length: 32 }, (_, i) => String((110 >> ((i >> 1) & 7)) & 1)).join("");
    expect(explainRule(ruleFromBits(ignoresOuter), 5).join(" ")).toContain("2 of its 5 cells make no difference");
  });

  it.each([
    [170, (y: number, h: number) => (y + 1) % h, "up"],
    [240, (y: number, h: number) => (y + h - 1) % h, "down"],
  ] as const)("rule %d moves the picture as its sentence says", (rule, source, word) => {
    const column = Uint8Array.of(1, 0, 0, 1, 1, 0, 1);
    const next = nextColumn(column, { rule, neighbours: 3, boundary: "wrap" });
    expect([...next]).toEqual([...column].map((_, y) => column[source(y, column.length)]));
    expect(explainRule(rule, 3).join(" ")).toContain(`moves ${word} by one cell`);
  });

  it("traffic: dark cells of rule 184 move down into light cells and keep their number", () => {
    const column = Uint8Array.of(1, 1, 0, 0, 1, 0, 0, 0);
    const next = nextColumn(column, { rule: 184, neighbours: 3, boundary: "wrap" });
    expect([...next]).toEqual([1, 0, 1, 0, 0, 1, 0, 0]);
  });
});

/** Counts by the definition, one cell at a time. */
function naiveCounts(grid: ReturnType<typeof gridFromRows>, k: Neighbours, wrap: boolean): number[] {
  const counts = new Array<number>(2 * numBits(k)).fill(0);
  const cell = (y: number, j: number) => {
    const inside = y >= 0 && y < grid.height;
    if (!inside && !wrap) return 0;
    return grid.pixels[(((y % grid.height) + grid.height) % grid.height) * grid.width + j] ?? 0;
  };
  for (let j = 1; j < grid.width; j++) {
    for (let y = 0; y < grid.height; y++) {
      let index = 0;
      for (let d = -(k >> 1); d <= k >> 1; d++) index = 2 * index + cell(y + d, j - 1);
      const at = 2 * index + cell(y, j);
      counts[at] = (counts[at] ?? 0) + 1;
    }
  }
  return counts;
}

describe("counts", () => {
  it("agree with the definition for every size, boundary and number of neighbours", () => {
    fc.assert(
      fc.property(picture, neighbours, fc.boolean(), (grid, k, wrap) => {
        const expected = naiveCounts(grid, k, wrap);
        expect([...countTransitions(grid, k, wrap ? "wrap" : "zero")]).toEqual(expected);
        expect([...countAll(grid.pixels, 1, grid, k, Uint8Array.of(wrap ? 1 : 0))]).toEqual(expected);
        expect(transitionsOf(expected, 0, numBits(k))).toBe(grid.height * (grid.width - 1));
      }),
    );
  });

  it("mismatches are the cells that disagree with what the rule grows", () => {
    fc.assert(
      fc.property(
        picture,
        ruleAndK,
        fc.constantFrom("wrap" as const, "zero" as const),
        (grid, { rule, k }, boundary) => {
          const marked = disagreements(grid, { rule, neighbours: k, boundary }).reduce((sum, cell) => sum + cell, 0);
          expect(mismatches(countTransitions(grid, k, boundary), 0, numBits(k), rule)).toBe(marked);
        },
      ),
    );
  });

  it("the majority rule has the fewest mismatches of all 256", () => {
    fc.assert(
      fc.property(picture, (grid) => {
        const counts = countTransitions(grid, 3, "wrap");
        const least = Math.min(...Array.from({ length: 256 }, (_, rule) => mismatches(counts, 0, 8, rule)));
        expect(mismatches(counts, 0, 8, majorityRule(counts, 0, 8).rule)).toBe(least);
      }),
      { numRuns: 30 },
    );
  });

  it("the best noise is the share of mismatches, at most one half", () => {
    const noise = bestNoise([
      { wrong: 1, transitions: 10 },
      { wrong: 2, transitions: 20 },
    ]);
    expect(noise).toBeCloseTo(0.1, 12);
    expect(bestNoise([{ wrong: 9, transitions: 10 }])).toBe(0.5);
    expect(bestNoise([])).toBe(0);
  });
});

describe("extrapolation", () => {
  it("continues a clean picture with itself", () => {
    const growth = { rule: 30, neighbours: 3, boundary: "wrap" } as const;
    const whole = growFrom(Uint8Array.of(0, 0, 0, 0, 1, 0, 0, 0, 0), 12, growth);
    const start = gridFromRows(rowsOfGrid(whole).map((row) => row.slice(0, 7)));
    expect(rowsOfGrid(extrapolate(start, 5, growth))).toEqual(rowsOfGrid(whole).map((row) => row.slice(7)));
  });

  it("rules of five neighbours use bits above 31 as signed integers do", () => {
    expect(ruleBit(-1, 31)).toBe(1);
    const growth = { rule: 1 << 31, neighbours: 5, boundary: "wrap" } as const;
    expect([...nextColumn(Uint8Array.of(1, 1, 1, 1, 1, 1), growth)]).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it("flips with the noise, the same seed giving the same picture", () => {
    const growth = { rule: 204, neighbours: 3, boundary: "zero" } as const;
    const still = gridFromRows(Array.from({ length: 50 }, () => "00"));
    const noisy = extrapolate(still, 200, { ...growth, rule: 0 }, 0.1, new Rng(1));
    const dark = noisy.pixels.reduce((sum, cell) => sum + cell, 0) / noisy.pixels.length;
    // 10 000 cells: standard error 0.003.
    expect(Math.abs(dark - 0.1)).toBeLessThan(0.012);
    expect(extrapolate(still, 200, { ...growth, rule: 0 }, 0.1, new Rng(1))).toEqual(noisy);
  });
});

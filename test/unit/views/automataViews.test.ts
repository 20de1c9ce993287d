import { describe, expect, it } from "vitest";
import { automata } from "../../../src/domains/automata";
import { cellCodes, wholeScale } from "../../../src/views/domains/automata/cellCanvas";
import { continuationCodes } from "../../../src/views/domains/automata/Extrapolation";
import { keyStep } from "../../../src/views/domains/automata/ImageWall";
import { grownCells } from "../../../src/views/domains/automata/PresetPicture";
import {
  certaintyOpacity,
  compactGeometry,
  neighbourhoodCells,
  stripGeometry,
} from "../../../src/views/domains/automata/stripGeometry";

describe("strip of neighbourhood icons", () => {
  it("shows rule 110 with the highest index first and whole pixels only", () => {
    const strip = stripGeometry(110, 3, 4, 6);
    expect(strip.icons.map((icon) => icon.output).join("")).toBe("01101110");
    expect(strip.icons[0]?.cells).toEqual([1, 1, 1]);
    expect(strip.icons[7]?.cells).toEqual([0, 0, 0]);
    for (const { x, out } of strip.icons) {
      for (const value of [x, out.x, out.y, out.width, out.height]) expect(Number.isInteger(value)).toBe(true);
      expect(out.x + out.width).toBeLessThanOrEqual(strip.width);
      expect(out.y + out.height).toBeLessThanOrEqual(strip.height);
    }
  });

  it("shows 32 bits of a rule above 2^31, in four groups", () => {
    const strip = compactGeometry(0x8000_0001, 32, 4);
    expect(strip.bars[0]).toEqual({ index: 31, x: 0, output: 1 });
    expect(strip.bars[31]).toMatchObject({ index: 0, output: 1 });
    expect(strip.bars.filter((bar) => bar.output === 1)).toHaveLength(2);
    expect((strip.bars[8]?.x ?? 0) - (strip.bars[7]?.x ?? 0)).toBe(8);
  });

  it("reads the uppermost cell as the most significant bit", () => {
    expect(neighbourhoodCells(4, 3)).toEqual([1, 0, 0]);
    expect(neighbourhoodCells(17, 5)).toEqual([1, 0, 0, 0, 1]);
  });

  it("draws certainty as opacity, never invisibly", () => {
    expect(certaintyOpacity(0.5)).toBe(0.25);
    expect(certaintyOpacity(1)).toBe(1);
    expect(certaintyOpacity(0)).toBe(1);
  });
});

describe("cells of the wall", () => {
  const pixels = Uint8Array.of(0, 1, 0, 1);
  const wrong = Uint8Array.of(0, 0, 1, 1);

  it("marks mismatches, shows what the rule expects, or only the residual", () => {
    expect([...cellCodes(pixels, wrong, "marked")]).toEqual([0, 1, 2, 2]);
    expect([...cellCodes(pixels, wrong, "expected")]).toEqual([0, 1, 1, 0]);
    expect([...cellCodes(pixels, wrong, "residual")]).toEqual([0, 0, 2, 2]);
    expect([...cellCodes(pixels, null, "marked")]).toEqual([0, 1, 0, 1]);
  });

  it("scales by whole numbers, at least one", () => {
    expect([wholeScale(32, 96), wholeScale(64, 96), wholeScale(200, 96)]).toEqual([3, 1, 1]);
  });

  it("walks through all pictures by keys", () => {
    expect(keyStep("ArrowDown", 6, 12, 3, 100)).toBe(6);
    expect(keyStep("End", 6, 12, 3, 100)).toBe(96);
    expect(keyStep("a", 6, 12, 3, 100)).toBeNull();
  });
});

describe("what comes next", () => {
  const { tools } = automata;
  const rule = 110;
  const settings = {
    height: 16,
    width: 16,
    neighbours: 3,
    boundary: "wrap",
    epsilon: 0,
    interestingOnly: false,
  } as const;
  const { grid } = tools.generatePicture(settings, 0, tools.rng(4));
  const data = {
    kind: "automata",
    count: 1,
    ...settings,
    pixels: grid.pixels,
    isWrapped: Uint8Array.of(1),
    rules: Int32Array.of(rule),
    isKnown: Uint8Array.of(1),
    visited: Int32Array.of(255),
    majority: Int32Array.of(rule),
    leastNoise: 0,
    note: "",
  } as const;
  const input = { tools, data, row: 0, rule, columns: 5, choice: "clean", phi: 0.1, memory: null } as const;

  it("keeps the observed cells and codes predicted ones apart from them", () => {
    const codes = continuationCodes(input);
    expect(codes).toHaveLength(16 * 21);
    expect([...codes.subarray(0, 16)]).toEqual([...grid.pixels.subarray(0, 16)]);
    const next = tools.extrapolate(grid, 5, { rule, neighbours: 3, boundary: "wrap" });
    expect([...codes.subarray(16, 21)]).toEqual([...next.pixels.subarray(0, 5)].map((cell) => (cell === 1 ? 18 : 2)));
  });

  it("draws the same noisy continuation again", () => {
    const noisy = { ...input, choice: "noisy" } as const;
    expect(continuationCodes(noisy)).toEqual(continuationCodes(noisy));
    expect(continuationCodes(noisy)).not.toEqual(continuationCodes(input));
  });

  it("shades by the weights of the memory", () => {
    const common = { printed: "", logPrior: 0, logLikelihood: 0, logJoint: 0, bornAt: 0, event: "kept" } as const;
    const entries = [
      { ...common, program: [0], weight: 0.75 },
      { ...common, program: [255], weight: 0.25 },
    ];
    const memory = { observation: 0, source: "memory", entries, outside: [], visitedAt: 0 } as const;
    const codes = continuationCodes({ ...input, choice: "memory", memory });
    expect(codes[16]).toBe(2 + 4);
  });

  it("grows the preset's picture like the domain does", () => {
    const cells = grownCells(90, 3);
    const first = Uint8Array.from({ length: 34 }, (_, y) => cells[y * 34] ?? 0);
    const grown = tools.growFrom(first, 34, { rule: 90, neighbours: 3, boundary: "wrap" });
    expect([...cells]).toEqual([...grown.pixels]);
  });
});

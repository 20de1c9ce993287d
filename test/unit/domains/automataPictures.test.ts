import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  analysePicture,
  descriptionLength,
  explainPicture,
  keepColumns,
  mirrorTime,
  searchScales,
} from "../../../src/domains/automata/analysePicture";
import { growFrom } from "../../../src/domains/automata/extrapolate";
import { generatePicture, randomColumn } from "../../../src/domains/automata/generate";
import {
  cellSize,
  cropGrey,
  type Direction,
  greyOf,
  isTwoTone,
  otsuThreshold,
  resizeGrey,
  turnGrey,
} from "../../../src/domains/automata/greyPicture";
import { gridFromRows, rowsOfGrid } from "../../../src/domains/automata/grid";
import { binaryEntropy, oracleBitsPerPixel } from "../../../src/domains/automata/likelihood";
import { majorityFilter, PICTURE_DEFAULTS, preparePicture } from "../../../src/domains/automata/preparePicture";
import { mirrorRule } from "../../../src/domains/automata/program";
import { Rng } from "../../../src/engine/rng/rng";
import { paint } from "../../helpers/automata";

const grey = (width: number, height: number, values: number[]) => ({
  width,
  height,
  values: Float64Array.from(values),
});

describe("grey pictures", () => {
  it("weigh red, green and blue, round, and lie on white where transparent", () => {
    const rgba = Uint8ClampedArray.of(255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 0, 0, 0, 0);
    expect([...greyOf({ width: 4, height: 1, rgba }).values]).toEqual([76, 150, 29, 255]);
  });

  it("keep their mean when resized, whatever the sizes", () => {
    const side = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(side, side, side, side, fc.nat(), (width, height, newWidth, newHeight, seed) => {
        const rng = new Rng(seed);
        const picture = grey(
          width,
          height,
          Array.from({ length: width * height }, () => rng.int(256)),
        );
        const mean = (values: Float64Array) => values.reduce((sum, v) => sum + v, 0) / values.length;
        const resized = resizeGrey(picture, newHeight, newWidth);
        expect(resized.values.length).toBe(newWidth * newHeight);
        expect(mean(resized.values)).toBeCloseTo(mean(picture.values), 8);
      }),
    );
  });

  it("average areas, also fractions of pixels", () => {
    expect([...resizeGrey(grey(4, 2, [0, 100, 40, 60, 100, 200, 20, 80]), 1, 2).values]).toEqual([100, 50]);
    const thirds = resizeGrey(grey(3, 1, [0, 30, 90]), 1, 2).values;
    expect(thirds[0]).toBeCloseTo(10, 10);
    expect(thirds[1]).toBeCloseTo(70, 10);
  });

  it("are cut to the rectangle, which is cut to the picture", () => {
    const picture = grey(3, 2, [1, 2, 3, 4, 5, 6]);
    expect([...cropGrey(picture, { x: 1, y: 0, width: 2, height: 2 }).values]).toEqual([2, 3, 5, 6]);
    expect([...cropGrey(picture, { x: 2, y: 1, width: 9, height: 9 }).values]).toEqual([6]);
    expect(cropGrey(picture, { x: -5, y: -5, width: 0, height: 0 }).values.length).toBe(1);
  });

  it.each([
    ["right", [1, 2, 3, 4, 5, 6], 3],
    ["left", [3, 2, 1, 6, 5, 4], 3],
    ["down", [1, 4, 2, 5, 3, 6], 2],
    ["up", [4, 1, 5, 2, 6, 3], 2],
  ] as const)("turn so that time runs right when it ran %s", (direction: Direction, expected, width) => {
    const turned = turnGrey(grey(3, 2, [1, 2, 3, 4, 5, 6]), direction);
    expect([...turned.values]).toEqual(expected);
    expect(turned.width).toBe(width);
  });

  it("know the size of the cells that they were drawn with, and photographs from drawings", () => {
    const rows = ["0110100", "1001011", "0000110", "1010101"];
    for (const scale of [1, 2, 5]) expect(cellSize(greyOf(paint(rows, scale)))).toBe(scale);
    expect(isTwoTone(greyOf(paint(rows, 3)))).toBe(true);
    expect(
      isTwoTone(
        grey(
          16,
          1,
          Array.from({ length: 16 }, (_, i) => 16 * i),
        ),
      ),
    ).toBe(false);
  });

  it("have the lowest of the best thresholds", () => {
    expect(otsuThreshold([10, 10, 200, 200])).toBe(10);
    expect(otsuThreshold([77, 77])).toBe(0);
  });
});

describe("prepared pictures", () => {
  it("are the drawn cells again, at any scale, turned and inverted as asked", () => {
    const rows = ["01101", "10010", "00111"];
    const settings = { ...PICTURE_DEFAULTS, height: 3, width: 5 };
    expect(rowsOfGrid(preparePicture(paint(rows, 4), settings).grid)).toEqual(rows);
    const inverted = preparePicture(paint(rows, 4), { ...settings, invert: true });
    expect(rowsOfGrid(inverted.grid)).toEqual(["10010", "01101", "11000"]);
    expect(inverted.darkShare).toBeCloseTo(7 / 15, 12);
    const down = preparePicture(paint(rows, 4), { ...settings, height: 5, width: null, direction: "down" });
    expect(rowsOfGrid(down.grid)).toEqual(["010", "100", "101", "011", "101"]);
  });

  it("use the given threshold, report it, and keep the picture's proportions", () => {
    const rgba = new Uint8ClampedArray(4 * 20 * 10).fill(255);
    for (let i = 0; i < 120; i++) rgba.fill(100, 4 * i, 4 * i + 3);
    const picture = { width: 20, height: 10, rgba };
    const prepared = preparePicture(picture, { ...PICTURE_DEFAULTS, height: 5 });
    expect([prepared.grid.width, prepared.threshold, prepared.darkShare]).toEqual([10, 100, 0.6]);
    expect(preparePicture(picture, { ...PICTURE_DEFAULTS, height: 5, threshold: 99 }).darkShare).toBeLessThan(0.01);
  });

  it("lose single specks to the majority filter, ties kept", () => {
    const filtered = majorityFilter(gridFromRows(["00000", "00100", "00000", "00011", "00011"]));
    expect(rowsOfGrid(filtered)).toEqual(["00000", "00000", "00000", "00001", "00011"]);
    // The corner's four cells and the edge's six are tied: every cell stays.
    const halves = gridFromRows(["0011", "0011"]);
    expect(rowsOfGrid(majorityFilter(halves))).toEqual(rowsOfGrid(halves));
    const tied = gridFromRows(["01", "10"]);
    expect(rowsOfGrid(majorityFilter(tied))).toEqual(rowsOfGrid(tied));
  });
});

const generated = (neighbours: 3 | 5, epsilon: number, seed: number) =>
  generatePicture(
    { height: 64, width: 64, neighbours, boundary: "zero", epsilon, interestingOnly: true },
    seed,
    new Rng(99),
  );

describe("analysis", () => {
  it.each([0, 1, 2, 3])("finds the rule of five and of three neighbours that made picture %d", (seed) => {
    for (const neighbours of [3, 5] as const) {
      const { grid, rule } = generated(neighbours, 0.01, seed);
      const { best, isAutomaton, verdict, savingPerPixel } = analysePicture(grid);
      expect(isAutomaton).toBe(true);
      expect(verdict).toContain("looks like an automaton");
      expect(savingPerPixel).toBeGreaterThan(0.3);
      const plain = explainPicture(grid, { neighbours, boundary: "zero", time: "forward", symmetric: false });
      expect(best.saving).toBeGreaterThanOrEqual(plain.saving);
      expect(plain.noise).toBeLessThan(0.02);
      if (neighbours === 3) expect(plain.rule).toBe(rule);
    }
  });

  it("says that noise is not an automaton, on 40 pictures", () => {
    const rng = new Rng(5);
    for (let n = 0; n < 40; n++) {
      const grid = { height: 32, width: 32, pixels: Uint8Array.from({ length: 1024 }, () => rng.int(2)) };
      const { isAutomaton, verdict } = analysePicture(grid);
      expect(isAutomaton).toBe(false);
      expect(verdict).toMatch(/^This is not an automaton: no rule with 3 or 5 neighbours/);
    }
  });

  it("does not take a picture of broad shapes for an automaton", () => {
    const pixels = new Uint8Array(64 * 96);
    for (let y = 0; y < 64; y++) {
      for (let j = 0; j < 96; j++) pixels[y * 96 + j] = Math.sin(j / 10 + (y * y) / 500) * Math.cos(y / 7) > 0 ? 1 : 0;
    }
    const { isAutomaton, isSmooth, verdict, best } = analysePicture({ height: 64, width: 96, pixels });
    expect(best.saving).toBeGreaterThan(2000); // it does save bits, as any smooth picture
    expect({ isAutomaton, isSmooth }).toEqual({ isAutomaton: false, isSmooth: true });
    expect(verdict).toMatch(/^This is a smooth picture rather than an automaton/);
  });

  it("finds the mirrored reading of a picture that runs backwards", () => {
    const { grid, rule } = generated(3, 0, 6);
    const { best } = analysePicture(mirrorTime(grid));
    expect(best.time).toBe("mirrored");
    if (!best.symmetric) expect(best.rule).toBe(rule);
    expect(mirrorTime(mirrorTime(grid))).toEqual(grid);
  });

  it("a symmetric reading costs fewer bits for a symmetric rule and gives a symmetric rule", () => {
    const reading = { neighbours: 5, boundary: "zero", time: "forward", symmetric: true } as const;
    const symmetric = explainPicture(generated(5, 0.02, 3).grid, reading);
    expect(mirrorRule(symmetric.rule, 5)).toBe(symmetric.rule);
    const growth = { rule: 90, neighbours: 3, boundary: "zero" } as const;
    const grid = growFrom(randomColumn(64, new Rng(8)), 64, growth);
    const free = explainPicture(grid, { ...reading, neighbours: 3, symmetric: false });
    const held = explainPicture(grid, { ...reading, neighbours: 3 });
    expect([held.rule, free.rule]).toEqual([90, 90]);
    expect(free.bits - held.bits).toBeCloseTo(2, 9);
  });

  it("measures lengths as the specification does", () => {
    expect(descriptionLength(4032, 0.02, 8)).toBeCloseTo(4032 * binaryEntropy(0.02) + 8 + 0.5 * Math.log2(4032), 9);
    expect(binaryEntropy(0.02)).toBeCloseTo(0.1414, 4);
    expect(oracleBitsPerPixel(64, 0.02)).toBeCloseTo(0.1549, 4);
    expect(oracleBitsPerPixel(32, 0.02)).toBeCloseTo(0.168, 3);
    const { grid } = generated(3, 0.05, 2);
    const e = explainPicture(grid, { neighbours: 3, boundary: "zero", time: "forward", symmetric: false });
    expect(e.bits).toBeCloseTo(descriptionLength(e.transitions, e.noise, 8), 9);
    const dark = grid.pixels.reduce((sum, cell, i) => sum + (i % 64 === 0 ? 0 : cell), 0) / e.transitions;
    expect(e.saving + e.bits).toBeCloseTo(descriptionLength(e.transitions, dark, 0), 9);
  });

  it("the search over sizes prefers the size at which the picture was drawn", () => {
    const growth = { rule: 30, neighbours: 3, boundary: "zero" } as const;
    const grid = growFrom(randomColumn(48, new Rng(4)), 60, growth);
    const rows = searchScales(paint(rowsOfGrid(grid), 4), PICTURE_DEFAULTS);
    expect(rows[0]).toMatchObject({ height: 48, width: 60, stride: 1, isAutomaton: true });
    expect(rows.length).toBeGreaterThan(10);
    for (let i = 1; i < rows.length; i++)
      expect(rows[i]!.savingPerPixel).toBeLessThanOrEqual(rows[i - 1]!.savingPerPixel);
    expect(rowsOfGrid(keepColumns(gridFromRows(["01234".replace(/[2-4]/g, "1")]), 2))).toEqual(["011"]);
  });
});

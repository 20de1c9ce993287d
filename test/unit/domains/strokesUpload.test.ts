// A person's pictures: what the model sees of them, under which settings, and a sentence for what cannot be used.

import { describe, expect, it } from "vitest";
import { AreaAverage, bitsFrom } from "../../../src/domains/strokes/data/reduce";
import type { RgbaPicture } from "../../../src/domains/strokes/upload/inkOfPicture";
import {
  BITMAP_SETTINGS,
  PICTURE_DEFAULTS,
  type PictureSettings,
  preparePicture,
} from "../../../src/domains/strokes/upload/preparePicture";
import { Rng } from "../../../src/engine/rng/rng";
import { BLACK, CLEAR, type Colour, drawings, inkShare, pictureOf, WHITE } from "../../helpers/strokes";

function seen(picture: RgbaPicture, settings: Partial<PictureSettings> = {}): Uint8Array {
  const result = preparePicture(picture, { ...PICTURE_DEFAULTS, ...settings });
  if (!result.ok) throw new Error(result.problem);
  return result.pixels;
}

/** First row, first column, height and width of the ink. */
function box(pixels: Uint8Array): readonly [number, number, number, number] {
  const cells = Array.from(pixels.keys()).filter((i) => pixels[i] === 1);
  const [rows, columns] = [cells.map((i) => Math.floor(i / 28)), cells.map((i) => i % 28)];
  const [top, left] = [Math.min(...rows), Math.min(...columns)];
  return [top, left, Math.max(...rows) - top + 1, Math.max(...columns) - left + 1];
}

/** A line one pixel thin. */
function diagonal(side: number): Uint8Array {
  return Uint8Array.from({ length: side * side }, (_, i) => Number(i % (side + 1) === 0));
}

/** Share of cells that differ. */
const difference = (a: Uint8Array, b: Uint8Array) => a.filter((bit, i) => bit !== b[i]).length / a.length;

describe("a person's picture", () => {
  it("is reduced as data sets are, where it is neither moved nor scaled", () => {
    const average = new AreaAverage(105, 105, 28);
    for (const drawing of drawings(10)) {
      const read = seen(pictureOf(drawing, 105), { centre: false, size: 0, threshold: 0.2 });
      expect(read).toEqual(bitsFrom(average.of(drawing), 0.2));
    }
  });

  it("of 28 x 28 is read cell by cell under a bitmap's settings", () => {
    const bits = Uint8Array.from({ length: 784 }, (_, i) => Number(i % 5 === 0));
    expect(seen(pictureOf(bits, 28), BITMAP_SETTINGS)).toEqual(bits);
  });

  it("looks alike in any size, on any ground, in any colour, wherever it stands", () => {
    const dark: Colour = [20, 60, 30, 255];
    for (const drawing of drawings(8)) {
      const plain = seen(pictureOf(drawing, 105));
      for (const [name, variant] of [
        ["enlarged", pictureOf(drawing, 105, BLACK, WHITE, 7)],
        ["white on black", pictureOf(drawing, 105, WHITE, BLACK)],
        ["pale green on dark green", pictureOf(drawing, 105, [150, 220, 160, 255], dark)],
        ["black on nothing", pictureOf(drawing, 105, BLACK, CLEAR)],
        ["white on nothing", pictureOf(drawing, 105, WHITE, CLEAR)],
        ["half transparent ink", pictureOf(drawing, 105, [0, 0, 0, 128], WHITE)],
      ] as const) {
        expect(difference(plain, seen(variant)), name).toBeLessThan(0.012);
      }
      const wide = new Uint8Array(300 * 105);
      for (let y = 0; y < 105; y++) wide.set(drawing.subarray(y * 105, y * 105 + 105), y * 300 + 170);
      expect(difference(plain, seen(pictureOf(wide, 300))), "beside the middle").toBeLessThan(0.012);
    }
  });

  it("is centred, and its longer side is as long as asked", () => {
    for (const drawing of drawings(6)) {
      for (const size of [12, 18, 26]) {
        const [top, left, height, width] = box(seen(pictureOf(drawing, 105), { size }));
        expect(Math.abs(Math.max(height, width) - size)).toBeLessThanOrEqual(1.5);
        expect(Math.abs(top + height / 2 - 14)).toBeLessThanOrEqual(1);
        expect(Math.abs(left + width / 2 - 14)).toBeLessThanOrEqual(1);
      }
    }
  });

  it("keeps its place where it is not centred, and is never pushed off the paper", () => {
    const corner = new Uint8Array(100 * 100);
    for (let y = 5; y < 25; y++) corner.fill(1, y * 100 + 5, y * 100 + 25);
    const small = box(seen(pictureOf(corner, 100), { centre: false, size: 0 }));
    expect(small).toEqual([1, 1, 6, 6]);
    const [top, left, height, width] = box(seen(pictureOf(corner, 100), { centre: false, size: 14 }));
    expect([height, width]).toEqual([14, 14]);
    expect([top, left]).toEqual([0, 0]);
  });

  it("keeps hair-thin lines of a large picture, and does not drown in thick ones", () => {
    const [large, thick] = [new Uint8Array(2000 * 2000), new Uint8Array(200 * 200)];
    for (let i = 200; i < 1800; i++) for (let w = 0; w < 6; w++) large[i * 2000 + i + w] = 1;
    for (let i = 30; i < 170; i++) for (let w = -9; w < 9; w++) thick[i * 200 + i + w] = 1;
    const thin = seen(pictureOf(large, 2000));
    expect(box(thin)).toEqual([5, 5, 18, 18]);
    expect(inkShare(thin)).toBeLessThan(0.09);
    expect(inkShare(seen(pictureOf(thick, 200)))).toBeLessThan(0.12);
  });

  it("loses dust and grain but keeps the dot of an i", () => {
    const page = new Uint8Array(200 * 200);
    for (let y = 60; y < 150; y++) page.fill(1, y * 200 + 100, y * 200 + 106);
    for (let y = 40; y < 46; y++) page.fill(1, y * 200 + 100, y * 200 + 106);
    page[5 * 200 + 5] = 1;
    page[190 * 200 + 180] = 1;
    const picture = pictureOf(page, 200);
    const rng = new Rng(3);
    for (let i = 0; i < picture.rgba.length; i++) {
      if (i % 4 < 3) picture.rgba[i] = Math.min(255, Math.max(0, picture.rgba[i]! - 20 * rng.uniform() + 10));
    }
    const [top, , height] = box(seen(picture));
    expect([top, height]).toEqual([5, 18]);
  });

  it("follows the threshold and the inversion that are asked for, and says what it decided", () => {
    const [drawing] = drawings(1);
    const picture = pictureOf(drawing!, 105);
    const inks = [0.05, 0.2, 0.5, 0.9].map((threshold) => inkShare(seen(picture, { threshold })));
    expect(inks).toEqual([...inks].sort((a, b) => b - a));
    const inverted = preparePicture(picture, { ...PICTURE_DEFAULTS, invert: true, centre: false, size: 0 });
    if (!inverted.ok) throw new Error(inverted.problem);
    expect(inkShare(inverted.pixels)).toBeGreaterThan(0.8);
    expect(inverted.note).toMatch(/^Light ink on dark, \d+ % ink at .* That is much for a line drawing\.$/);
    const decided = preparePicture(picture, PICTURE_DEFAULTS);
    expect(decided).toMatchObject({ ok: true, isInverted: false });
    expect(decided.threshold).toBeGreaterThan(0.15);
    expect(decided.threshold).toBeLessThanOrEqual(0.25);
  });

  it.each<[string, RgbaPicture, Partial<PictureSettings>, string]>([
    ["white", pictureOf(new Uint8Array(900), 30), {}, "is all one colour; it needs ink on paper."],
    ["clear", pictureOf(new Uint8Array(900), 30, BLACK, CLEAR), {}, "is all one colour; it needs ink on paper."],
    ["faint", pictureOf(drawings(1)[0]!, 105, [240, 240, 240, 255]), {}, "is all one colour; it needs ink on paper."],
    ["empty", { width: 0, height: 0, rgba: new Uint8Array() }, {}, "cannot be read as a picture."],
    ["too short", { width: 9, height: 9, rgba: new Uint8Array(80) }, {}, "cannot be read as a picture."],
    [
      "huge",
      { width: 10_001, height: 1, rgba: new Uint8Array(40_004) },
      {},
      "is 10001 by 1 pixels; at most 10000 on each side are allowed.",
    ],
    [
      "cut too high",
      pictureOf(diagonal(300), 300),
      { threshold: 1 },
      "has no ink left at a threshold of 100 %; lower it.",
    ],
  ])("that is %s has its sentence", (_, picture, settings, sentence) => {
    const result = preparePicture(picture, { ...PICTURE_DEFAULTS, ...settings });
    expect(result.ok ? "taken" : result.problem).toBe(sentence);
  });

  it("of 36 million pixels takes less than three seconds", () => {
    const huge = { width: 6000, height: 6000, rgba: new Uint8ClampedArray(144_000_000).fill(255) };
    for (let i = 1000; i < 5000; i++) huge.rgba.fill(0, 4 * (i * 6000 + i), 4 * (i * 6000 + i + 60));
    const started = process.cpuUsage().user;
    const pixels = seen(huge);
    expect((process.cpuUsage().user - started) / 1e6).toBeLessThan(3);
    expect(inkShare(pixels)).toBeGreaterThan(0.02);
  });
});

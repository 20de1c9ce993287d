// Programs as text and in words, random ones, and the two simple models that every result stands beside.

import { describe, expect, it } from "vitest";
import { bitsPerPixel, constantRate, pixelRates, pixelRatesFrom } from "../../../src/domains/strokes/baselines";
import { explain, explainDrawing } from "../../../src/domains/strokes/explain";
import { SIDE } from "../../../src/domains/strokes/images";
import { strokes } from "../../../src/domains/strokes/index";
import { parseProgram, printProgram } from "../../../src/domains/strokes/print";
import { canonical, packToken } from "../../../src/domains/strokes/program";
import { randomProgram } from "../../../src/domains/strokes/vary";
import { defaultsOf } from "../../../src/engine/options";
import { Rng } from "../../../src/engine/rng/rng";

const options = defaultsOf(strokes.options);

describe("text", () => {
  it("has brackets where the pen is up", () => {
    const tokens = [
      packToken(17, false),
      packToken(3, true),
      packToken(22, true),
      packToken(5, false),
      9,
      0,
      1,
      2,
      3,
      4,
    ];
    expect(printProgram(tokens)).toBe("(17) 3 22 (5) 4 (0) 0 (1) 1 (2)");
  });

  it("reads back what it printed", () => {
    const rng = new Rng(1);
    for (let i = 0; i < 200; i++) {
      const program = randomProgram(64, rng);
      const read = parseProgram(printProgram(program), options);
      expect(read).toEqual({ ok: true, program });
      expect(canonical(program)).toEqual(program);
    }
  });

  it.each([
    ["", "A program has 10 strokes, this one has 0."],
    ["(1) 2 3", "A program has 10 strokes, this one has 3."],
    ["1 2 3 4 5 6 7 8 9 10", 'Stroke 1 is "1"; the first one moves the pen without drawing: write (1).'],
    ["(1) 2 3 x 5 6 7 8 9 10", 'Stroke 4 is "x"; allowed: a number from 0 to 63, in brackets with the pen up.'],
    ["(1) 2 3 4 5 6 7 8 9 64", 'Stroke 10 is "64"; allowed: a number from 0 to 63, in brackets with the pen up.'],
    ["(1) 2 3 4 5 6 7 8 9 (-1)", 'Stroke 10 is "(-1)"; allowed: a number from 0 to 63, in brackets with the pen up.'],
  ])("says what is wrong with %j", (text, message) => {
    expect(parseProgram(text, options)).toEqual({ ok: false, message });
  });

  it("knows the run's own bank", () => {
    const text = "(1) 2 3 4 5 6 7 8 9 12";
    expect(parseProgram(text, { ...options, strokes: 12 }).ok).toBe(false);
    expect(parseProgram(text, { ...options, strokes: 13 }).ok).toBe(true);
  });
});

describe("words", () => {
  const program = (text: string) => {
    const read = parseProgram(text, options);
    if (!read.ok) throw new Error(read.message);
    return read.program;
  };

  it("count strokes, moves and repetitions", () => {
    expect(explain(program("(1) 2 2 4 (5) 6 (7) (8) (9) (9)"))).toEqual([
      "4 strokes with the pen down, 6 moves with the pen up.",
      "It draws stroke 2 twice.",
    ]);
    expect(explain(program("(1) 2 3 4 (5) 6 (7) (8) (9) (9)"))[1]).toBe(
      "Every stroke that it draws is a different one.",
    );
    expect(explain(program("(1) (2) (2) (4) (5) (6) (7) (8) (9) (9)"))).toEqual(["The pen never touches the paper."]);
    expect(explain(program("(1) 2 (2) (4) (5) (6) (7) (8) (9) (9)"))[0]).toBe(
      "1 stroke with the pen down, 9 moves with the pen up.",
    );
  });

  it("say where the pen goes down and how far it draws, from the bank", () => {
    const dx = Float64Array.of(-0.3, 0.5, 0, 0);
    const dy = Float64Array.of(0.2, 0, -0.5, 0);
    const four = new Float64Array(4);
    const theta = Float64Array.of(0, 0, Math.PI / 2, 0);
    const bank = { dx, dy, theta, sharpness: four, width: four, scale: 9, bias: -5, transforms: new Float64Array(0) };
    // A move up and to the left, a line of half a width, a half circle over a chord of half a width: pi / 4.
    const [, path] = explainDrawing(program("(0) 1 2 (3) (3) (3) (3) (3) (3) (3)"), bank);
    expect(path).toBe("It starts above and left of the centre and draws 1.3 picture widths of line.");
    expect(explainDrawing(program("(3) 1 (3) (3) (3) (3) (3) (3) (3) (3)"), bank)[1]).toBe(
      "It starts near the centre and draws 0.5 picture widths of line.",
    );
  });
});

describe("the models without strokes", () => {
  const area = SIDE * SIDE;
  const of = (...rows: Uint8Array[]) => ({
    count: rows.length,
    pixels: Uint8Array.from(rows.flatMap((row) => Array.from(row))),
  });
  const half = Uint8Array.from({ length: area }, (_, i) => (i < area / 2 ? 1 : 0));
  const none = new Uint8Array(area);

  it("are entropies: one bit at even chances, nothing where all pictures agree", () => {
    expect(constantRate(of(half))).toBeCloseTo(1, 12);
    expect(pixelRates(of(half, half, half))).toBe(0);
    expect(pixelRates(of(half, none))).toBeCloseTo(0.5, 12);
    const quarter = -(0.25 * Math.log2(0.25) + 0.75 * Math.log2(0.75));
    expect(constantRate(of(half, none))).toBeCloseTo(quarter, 12);
    expect(constantRate(of(none))).toBe(0);
  });

  it("never call a pixel impossible in other pictures", () => {
    // One picture more for each kind's half: rates 0.5 / 2 and 1.5 / 2.
    expect(pixelRatesFrom(of(half), of(half))).toBeCloseTo(-Math.log2(0.75), 12);
    expect(pixelRatesFrom(of(half), of(none))).toBeCloseTo((-Math.log2(0.25) - Math.log2(0.75)) / 2, 12);
  });

  it("share their unit with the bounds", () => {
    expect(bitsPerPixel(-area * Math.LN2)).toBeCloseTo(1, 12);
  });
});

// The built-in pictures: the same from the same seed, independent of how many are wanted, and like handwriting.

import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { hiddenBank, makeBank12 } from "../../../src/domains/strokes/data/bank12";
import {
  drawnAt,
  HELD_OUT_DRAWERS,
  makeAlphabets,
  makeHandwriting,
  specimens,
} from "../../../src/domains/strokes/data/handwriting";
import { type ImageSet, SIDE } from "../../../src/domains/strokes/images";
import { canonical, NUM_TOKENS } from "../../../src/domains/strokes/program";
import { canvasProbabilities } from "../../../src/engine/kernels/strokes/arcs";
import { inkShare, numComponents } from "../../helpers/strokes";

const PIXELS = SIDE * SIDE;

/** The first `count` pictures of a set. */
function head(set: ImageSet, count: number): ImageSet {
  return {
    ...set,
    pixels: set.pixels.slice(0, count * PIXELS),
    alphabets: set.alphabets.slice(0, count),
    characters: set.characters.slice(0, count),
    drawers: set.drawers.slice(0, count),
  };
}

/** A set with its pixels as a hash: comparing them one by one takes very long. */
function hashed(set: ImageSet) {
  return { ...set, pixels: createHash("sha256").update(set.pixels).digest("hex") };
}

function pictures({ pixels, alphabets }: ImageSet): Uint8Array[] {
  return Array.from(alphabets, (_, n) => pixels.subarray(n * PIXELS, (n + 1) * PIXELS));
}

/** Mean difference of two pictures' cells after each ink cell has spread to its neighbours. */
function distance(a: Float64Array, b: Float64Array): number {
  let apart = 0;
  for (let i = 0; i < PIXELS; i++) apart += Math.abs(a[i]! - b[i]!);
  return apart / PIXELS;
}

function spread(picture: Uint8Array): Float64Array {
  return Float64Array.from(picture, (_, i) => {
    let sum = 0;
    for (const step of [-SIDE - 1, -SIDE, -SIDE + 1, -1, 0, 1, SIDE - 1, SIDE, SIDE + 1]) sum += picture[i + step] ?? 0;
    return sum / 9;
  });
}

/** Rows (or columns) of the small picture that one of the large one reaches into. */
function touched(large: number): number[] {
  return [Math.floor((large * SIDE) / 105), Math.floor(((large + 0.999) * SIDE) / 105)];
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe("handwriting", () => {
  const options = { seed: 4, count: 500, split: "train" } as const;

  it("is the same from the same seed and other from another", () => {
    const few = { ...options, count: 60 };
    expect(hashed(makeHandwriting(few))).toEqual(hashed(makeHandwriting(few)));
    expect(hashed(makeHandwriting({ ...few, seed: 5 }))).not.toEqual(hashed(makeHandwriting(few)));
  });

  it.each([1, 7, 130])("starts alike however many are wanted: %i", (count) => {
    expect(hashed(makeHandwriting({ ...options, count }))).toEqual(hashed(head(makeHandwriting(options), count)));
  });

  it("comes from 10 alphabets in turn, of 10 to 20 characters that are never drawn twice alike", () => {
    const set = makeHandwriting({ ...options, count: 1000 });
    expect(set.alphabetNames).toHaveLength(10);
    expect(Array.from(set.alphabets.slice(0, 12))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]);
    for (const { characters } of makeAlphabets(4, 10)) {
      expect(characters.length).toBeGreaterThanOrEqual(10);
      expect(characters.length).toBeLessThanOrEqual(20);
    }
    expect(new Set(pictures(set).map(String)).size).toBe(1000);
  });

  it("has held-out drawings of the same characters by other people", () => {
    const train = makeHandwriting(options);
    const heldOut = makeHandwriting({ ...options, split: "heldOut", count: 100 });
    expect(Math.max(...train.drawers)).toBeLessThan(HELD_OUT_DRAWERS);
    expect(Math.min(...heldOut.drawers)).toBeGreaterThanOrEqual(HELD_OUT_DRAWERS);
    expect(heldOut.characters).toEqual(train.characters.slice(0, 100));
    expect(hashed(heldOut).pixels).not.toBe(hashed(head(train, 100)).pixels);
  });

  it("draws the same strokes at 105 x 105: its cells cover what the small picture shows", () => {
    const alphabets = makeAlphabets(4, 10);
    const small = pictures(makeHandwriting({ ...options, count: 30 }));
    let n = 0;
    for (const specimen of specimens({ ...options, count: 30 }, alphabets)) {
      const large = drawnAt(specimen);
      const covered = new Uint8Array(PIXELS);
      for (let i = 0; i < large.length; i++) {
        if (large[i] !== 1) continue;
        for (const row of touched(Math.floor(i / 105))) {
          for (const column of touched(i % 105)) covered[row * SIDE + column] = 1;
        }
      }
      for (let i = 0; i < PIXELS; i++) if (small[n]![i] === 1) expect(covered[i]).toBe(1);
      n++;
    }
  });

  it.each([1, 2, 3])("lies in the bands of people's handwriting, seed %i", (seed) => {
    const set = makeHandwriting({ seed, count: 500, split: "train" });
    const shown = pictures(set);
    // Omniglot at 28 x 28 and the same threshold: 11 % ink.
    const inks = shown.map(inkShare);
    expect(mean(inks)).toBeGreaterThan(0.08);
    expect(mean(inks)).toBeLessThan(0.12);
    expect(Math.min(...inks)).toBeGreaterThan(0.02);
    expect(Math.max(...inks)).toBeLessThan(0.26);
    // Mostly one connected line, sometimes two or three.
    const components = shown.map((picture) => numComponents(picture, SIDE));
    expect(mean(components)).toBeGreaterThan(1);
    expect(mean(components)).toBeLessThan(1.8);
    expect(Math.max(...components)).toBeLessThanOrEqual(6);
    const strokes = makeAlphabets(seed, 10).flatMap(({ characters }) => characters.map(({ parts }) => parts.length));
    expect(mean(strokes)).toBeGreaterThan(1.7);
    expect(mean(strokes)).toBeLessThan(3);
    // A character is more like itself by another hand than like other characters of its alphabet.
    const blurred = shown.slice(0, 300).map(spread);
    const [within, between]: [number[], number[]] = [[], []];
    for (let a = 0; a < 300; a++) {
      for (let b = a + 1; b < 300; b++) {
        if (set.alphabets[a] !== set.alphabets[b]) continue;
        (set.characters[a] === set.characters[b] ? within : between).push(distance(blurred[a]!, blurred[b]!));
      }
    }
    expect(within.length).toBeGreaterThan(60);
    // Omniglot: 0.83.
    expect(mean(within)).toBeLessThan(0.88 * mean(between));
  });
});

describe("pictures of a hidden bank", () => {
  const options = { seed: 4, count: 60, split: "train" } as const;

  it("are the same from the same seed, however many are wanted, and others are held out", () => {
    const data = makeBank12(options);
    const few = makeBank12({ ...options, count: 9 });
    expect(hashed(few.set)).toEqual(hashed(head(data.set, 9)));
    expect(few.programs).toEqual(data.programs.slice(0, 9 * NUM_TOKENS));
    for (const other of [{ split: "heldOut" }, { seed: 5 }] as const) {
      expect(hashed(makeBank12({ ...options, ...other }).set).pixels).not.toBe(hashed(data.set).pixels);
    }
  });

  it("come with canonical programs of twelve strokes that all occur with the pen down", () => {
    const { programs, bank } = makeBank12({ ...options, count: 300 });
    const down = new Set<number>();
    for (let n = 0; n < 300; n++) {
      const program = programs.slice(n * NUM_TOKENS, (n + 1) * NUM_TOKENS);
      expect(canonical(program)).toEqual(program);
      for (const token of program) if (token % 2 === 1) down.add(token >> 1);
    }
    expect([...down].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(bank.dx).toHaveLength(12);
  });

  it("have pixels with the probabilities of the renderer", () => {
    const { set, programs } = makeBank12({ ...options, count: 400 });
    // [expected, variance, seen] in ten classes of probability; 4 standard errors.
    const classes = Array.from({ length: 10 }, () => ({ expected: 0, variance: 0, seen: 0 }));
    for (let n = 0; n < 400; n++) {
      const program = programs.slice(n * NUM_TOKENS, (n + 1) * NUM_TOKENS);
      canvasProbabilities(hiddenBank(), program, SIDE, SIDE).forEach((p, i) => {
        const each = classes[Math.min(9, Math.floor(10 * p))]!;
        each.expected += p;
        each.variance += p * (1 - p);
        each.seen += set.pixels[n * PIXELS + i]!;
      });
    }
    for (const { expected, variance, seen } of classes) {
      expect(Math.abs(seen - expected)).toBeLessThan(4 * Math.sqrt(variance) + 1);
    }
  });

  it("have 5 to 12 % ink", () => {
    const { set } = makeBank12({ ...options, count: 300 });
    expect(inkShare(set.pixels)).toBeGreaterThan(0.05);
    expect(inkShare(set.pixels)).toBeLessThan(0.12);
  });
});

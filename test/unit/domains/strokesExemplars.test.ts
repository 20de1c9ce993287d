// New exemplars vary length, direction and bend of a program's strokes and keep what it writes.

import { describe, expect, it } from "vitest";
import { exemplar } from "../../../src/domains/strokes/exemplars";
import { canvasProbabilities } from "../../../src/engine/kernels/strokes/arcs";
import type { StrokeBank } from "../../../src/engine/kernels/strokes/renderer";
import { Rng } from "../../../src/engine/rng/rng";

const SIDE = 28;
/** Right, up, and a bend. */
const bank: StrokeBank = {
  dx: Float64Array.of(0.3, 0, 0.2),
  dy: Float64Array.of(0, 0.3, -0.2),
  theta: Float64Array.of(0, 0.2, 0.8),
  sharpness: new Float64Array(3).fill(40),
  width: new Float64Array(3).fill(0.03),
  scale: 9,
  bias: -5,
  transforms: new Float64Array(0),
};
const tokens = [4, 1, 3, 5, 0, 1];
const still = canvasProbabilities(bank, tokens, SIDE, SIDE);
const overlap = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  let [both, either] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    both += Math.min(a[i]!, b[i]!);
    either += Math.max(a[i]!, b[i]!);
  }
  return both / either;
};

describe("an exemplar", () => {
  it("is the same for the same dice and another one for others", () => {
    const first = exemplar(bank, tokens, SIDE, new Rng(1));
    expect(exemplar(bank, tokens, SIDE, new Rng(1))).toEqual(first);
    expect(exemplar(bank, tokens, SIDE, new Rng(2))).not.toEqual(first);
  });

  it("resembles what the program writes, but is not it", () => {
    const shares = Array.from({ length: 40 }, (_, seed) => overlap(exemplar(bank, tokens, SIDE, new Rng(seed)), still));
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    // Lines two cells wide, ends moved by a cell or so: about half the ink is shared.
    expect(mean).toBeGreaterThan(0.3);
    expect(mean).toBeLessThan(0.9);
  });

  it("varies two tokens of one stroke apart, and leaves the bank alone", () => {
    const before = Array.from(bank.dx);
    const twice = [4, 1, 1];
    const drawn = exemplar(bank, twice, SIDE, new Rng(3));
    expect(drawn).not.toEqual(canvasProbabilities(bank, twice, SIDE, SIDE));
    expect(Array.from(bank.dx)).toEqual(before);
  });

  it("is seen through one of the bank's maps", () => {
    // The only map reads outside the canvas: nothing is left.
    const away = { ...bank, transforms: Float64Array.of(1, 0, 5, 0, 1, 5) };
    expect(exemplar(away, tokens, SIDE, new Rng(1)).every((value) => value === 0)).toBe(true);
  });
});

// The float64 renderer against finite differences, and the cases where naive formulas break: straight and zero strokes,
// canvases without ink, probabilities of 0, huge sharpness, ties.

import { describe, expect, it } from "vitest";
import { arcDistance, arcOf, canvasInk, canvasLogits, squaredDistance } from "../../../src/engine/kernels/strokes/arcs";
import { bankFromRaw, bankLayout } from "../../../src/engine/kernels/strokes/bank";
import { squaredDistanceSlopes } from "../../../src/engine/kernels/strokes/cpuGradient";
import type { StrokeBank } from "../../../src/engine/kernels/strokes/renderer";
import { logLikelihoodOf } from "../../../src/engine/kernels/strokes/warp";
import { Rng } from "../../../src/engine/rng/rng";
import { gradientOf, randomLanes, rendererWith, smallSpec, variedRaw } from "../../helpers/strokePrograms";

const STEP = 1e-6;

/** Central differences of minus sum_n coefficient[n] log p(x_n | z_n) by every raw number. */
function differences(
  spec: ReturnType<typeof smallSpec>,
  raw: Float64Array,
  { lanes, images }: ReturnType<typeof randomLanes>,
  coefficient: Float64Array,
): Float64Array {
  const size = spec.height * spec.width;
  const loss = (values: Float64Array) => {
    const bank = bankFromRaw(spec, values);
    let sum = 0;
    for (const [n, group] of lanes.groups.entries()) {
      const tokens = lanes.tokens.subarray(n * spec.tokens, (n + 1) * spec.tokens);
      sum -= coefficient[n]! * logLikelihoodOf(spec, bank, tokens, images.subarray(group * size, (group + 1) * size));
    }
    return sum;
  };
  return raw.map((value, i) => {
    const [more, less] = [raw.slice(), raw.slice()];
    more[i] = value + STEP;
    less[i] = value - STEP;
    return (loss(more) - loss(less)) / (2 * STEP);
  });
}

describe.each([0, 1, 3])("gradient with %i transforms", (transforms) => {
  it.each([1, 2, 3])("equals central differences for every raw number (seed %i)", async (seed) => {
    const spec = smallSpec(transforms);
    const raw = variedRaw(spec, seed);
    const drawn = randomLanes(spec, 4, 2, seed);
    const coefficient = Float64Array.from([1, -0.5, 0.25, 2]);
    const renderer = await rendererWith(spec, "cpu", raw);
    const { gradient } = await gradientOf(renderer, drawn.lanes, drawn.images, coefficient);
    const expected = differences(spec, raw, drawn, coefficient);
    expect(gradient.length).toBe(expected.length);
    for (const [i, value] of expected.entries()) {
      const tolerance = 1e-5 * Math.max(1, Math.abs(value));
      expect(Math.abs(gradient[i]! - value), `raw number ${i}: ${gradient[i]} and ${value}`).toBeLessThan(tolerance);
    }
  });
});

/** One stroke of a chord and an angle. */
function oneStroke(dx: number, dy: number, theta: number, changes: Partial<StrokeBank> = {}): StrokeBank {
  const one = (value: number) => Float64Array.of(value);
  const numbers = { dx: one(dx), dy: one(dy), theta: one(theta), sharpness: one(20), width: one(0.0119) };
  return { ...numbers, scale: 3.0486, bias: -3, transforms: new Float64Array(0), ...changes };
}

/** Distance to the arc as step 3 of the specification has it, with its centre: for angles that are not small. */
function textbookDistance(dx: number, dy: number, theta: number, px: number, py: number): number {
  const length = Math.hypot(dx, dy);
  const [ux, uy] = [dx / length, dy / length];
  const [nx, ny] = [uy, -ux];
  const away = length / 2 / Math.tan(theta);
  const [cx, cy] = [dx / 2 + nx * away, dy / 2 + ny * away];
  // Inside if the pixel is within the central angle of the arc's middle, which lies opposite to the centre.
  const middle = Math.atan2(-ny * Math.sign(theta), -nx * Math.sign(theta));
  const turn = Math.atan2(py - cy, px - cx) - middle;
  const isInside = Math.abs(Math.atan2(Math.sin(turn), Math.cos(turn))) <= Math.abs(theta);
  const toEnds = Math.min(Math.hypot(px, py), Math.hypot(px - dx, py - dy));
  return isInside ? Math.abs(Math.hypot(px - cx, py - cy) - length / 2 / Math.abs(Math.sin(theta))) : toEnds;
}

describe("the distance to an arc", () => {
  it("is that of the textbook where theta is not small", () => {
    const rng = new Rng(4);
    for (let i = 0; i < 2000; i++) {
      const [dx, dy] = [rng.normal() / 4, rng.normal() / 4];
      const theta = (0.05 + 1.45 * rng.uniform()) * (rng.uniform() < 0.5 ? -1 : 1);
      const [px, py] = [rng.normal() / 2, rng.normal() / 2];
      const distance = arcDistance(arcOf(oneStroke(dx, dy, theta), 0, 0, 0), px, py);
      expect(Math.abs(distance - textbookDistance(dx, dy, theta, px, py))).toBeLessThan(1e-9);
    }
  });

  it("bulges to the left of travel for theta > 0", () => {
    const arc = arcOf(oneStroke(0.4, 0, 0.8), 0, 0.3, 0.5);
    const bulge = 0.2 * Math.tan(0.4);
    expect(arcDistance(arc, 0.5, 0.5 + bulge)).toBeLessThan(1e-12);
    expect(arcDistance(arc, 0.5, 0.5 - bulge)).toBeGreaterThan(bulge);
  });

  it("has slopes equal to central differences", () => {
    const rng = new Rng(5);
    for (let i = 0; i < 500; i++) {
      const at = [rng.normal() / 4, rng.normal() / 4, rng.normal() / 4, rng.normal() / 4, 0.7 * rng.normal()];
      const [px, py] = [rng.normal() / 2, rng.normal() / 2];
      const value = (n: readonly number[]) =>
        squaredDistance(arcOf(oneStroke(n[2]!, n[3]!, n[4]!), 0, n[0]!, n[1]!), px, py);
      const slopes = squaredDistanceSlopes(arcOf(oneStroke(at[2]!, at[3]!, at[4]!), 0, at[0]!, at[1]!), px, py);
      for (const [k, slope] of [slopes.x, slopes.y, slopes.dx, slopes.dy, slopes.theta].entries()) {
        const moved = (step: number) => value(at.map((number, j) => (j === k ? number + step : number)));
        expect(Math.abs(slope - (moved(STEP) - moved(-STEP)) / (2 * STEP))).toBeLessThan(1e-6);
      }
    }
  });

  it.each([0, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2])("is smooth around theta = %d", (theta) => {
    const rng = new Rng(6);
    for (let i = 0; i < 300; i++) {
      const [px, py] = [rng.uniform(), rng.uniform()];
      const straight = arcOf(oneStroke(0.3, -0.2, 0), 0, 0.4, 0.6);
      for (const side of [theta, -theta]) {
        const bent = arcOf(oneStroke(0.3, -0.2, side), 0, 0.4, 0.6);
        const [slopes, expected] = [squaredDistanceSlopes(bent, px, py), squaredDistanceSlopes(straight, px, py)];
        expect(Math.abs(arcDistance(bent, px, py) - arcDistance(straight, px, py))).toBeLessThanOrEqual(0.6 * theta);
        // Sectors turn with theta, so slopes may change sides within an angle of theta around the chord's ends.
        if (Math.abs((px - 0.4) * 0.3 - (py - 0.6) * 0.2) < 2 * theta) continue;
        if (Math.abs((px - 0.7) * 0.3 - (py - 0.4) * 0.2) < 2 * theta) continue;
        for (const key of ["x", "y", "dx", "dy", "theta"] as const) {
          expect(Number.isFinite(slopes[key])).toBe(true);
          expect(Math.abs(slopes[key] - expected[key])).toBeLessThanOrEqual(5 * theta + 1e-12);
        }
      }
    }
  });

  it("of a straight stroke ends at its ends", () => {
    const arc = arcOf(oneStroke(0.2, 0, 0), 0, 0.5, 0.5);
    expect(arcDistance(arc, 0.9, 0.5)).toBeCloseTo(0.2, 12);
    expect(arcDistance(arc, 0.6, 0.7)).toBeCloseTo(0.2, 12);
  });

  it.each([0, 0.5, -1.5, 1e-7])("of a stroke without length is that to its point (theta %d)", (theta) => {
    for (const chord of [0, 1e-12, 1e-7]) {
      const arc = arcOf(oneStroke(chord, 0, theta), 0, 0.5, 0.5);
      expect(Math.abs(arcDistance(arc, 0.8, 0.1) - 0.5)).toBeLessThan(2e-7);
      for (const value of Object.values(squaredDistanceSlopes(arc, 0.8, 0.1)))
        expect(Number.isFinite(value)).toBe(true);
      for (const value of Object.values(squaredDistanceSlopes(arc, 0.5, 0.5)))
        expect(Number.isFinite(value)).toBe(true);
    }
  });
});

describe("ink", () => {
  it("belongs to the first of strokes that tie", () => {
    const winners = new Uint8Array(25);
    canvasInk(oneStroke(0, 0, 0.3), [1, 1, 1], 5, 5, 3, winners);
    expect(new Set(winners)).toEqual(new Set([0]));
    // A joint: pixels whose nearest point is shared by both strokes go to the earlier one.
    const bent = { ...oneStroke(0.3, 0, 0), dx: Float64Array.of(0.3, -0.3), dy: Float64Array.of(0.1, 0.2) };
    const two = Float64Array.of(20, 20);
    const bank = { ...bent, theta: Float64Array.of(0, 0), sharpness: two, width: Float64Array.of(0.01, 0.01) };
    const nearJoint = new Uint8Array(28 * 28);
    canvasInk(bank, [1, 3], 28, 28, 2, nearJoint);
    expect(nearJoint[14 * 28 + 27]).toBe(0);
  });

  it("is at the floor without a stroke that has the pen down, below the background of any that has", () => {
    const logits = canvasLogits(oneStroke(0.2, 0.1, 0.3), [0, 0, 0], 4, 3);
    for (const logit of logits) expect(logit).toBeCloseTo(Math.log(1e-6), 9);
    for (const logit of canvasLogits(oneStroke(0.2, 0.1, 0.3), [0, 1, 0], 4, 3)) expect(logit).toBeGreaterThan(-3.01);
  });

  it.each([1e3, 1e6, 1e20, 1e300])("is clamped before exp at sharpness %d", async (sharpness) => {
    const spec = smallSpec(2);
    const raw = variedRaw(spec, 1);
    raw.fill(sharpness, bankLayout(spec).sharpness, bankLayout(spec).width);
    const { lanes, images } = randomLanes(spec, 6, 2, 1);
    const renderer = await rendererWith(spec, "cpu", raw);
    const { values, gradient } = await gradientOf(renderer, lanes, images, new Float64Array(6).fill(1));
    expect([...values, ...gradient].every(Number.isFinite)).toBe(true);
  });

  it("costs 15.94 nats where a transform reads outside the canvas", async () => {
    const spec = smallSpec(1);
    const raw = variedRaw(spec, 1);
    raw.set([1, 0, 5, 0, 1, 0], bankLayout(spec).transforms);
    const renderer = await rendererWith(spec, "cpu", raw);
    const { lanes } = randomLanes(spec, 1, 1, 1);
    const images = new Uint8Array(spec.height * spec.width).fill(1, 0, 7);
    const { values, gradient } = await gradientOf(renderer, lanes, images, Float64Array.of(1));
    expect(values[0]).toBeCloseTo(7 * Math.log(2 ** -23), 3);
    expect(gradient.every((value) => value === 0)).toBe(true);
  });
});

it("an empty program has no gradient and the likelihood of the floor", async () => {
  const spec = smallSpec(0);
  const renderer = await rendererWith(spec, "cpu", variedRaw(spec, 2));
  const lanes = { tokens: new Int32Array(spec.tokens), groups: Int32Array.of(0) };
  const images = new Uint8Array(spec.height * spec.width).fill(1, 0, 3);
  const { values, gradient } = await gradientOf(renderer, lanes, images, Float64Array.of(1));
  expect(values[0]).toBeCloseTo(3 * Math.log(1e-6), 3);
  expect(gradient.every((value) => value === 0)).toBe(true);
});

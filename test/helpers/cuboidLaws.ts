// What every backend of the cuboid renderer must do, whatever its arithmetic.

import { describe, expect, it } from "vitest";
import { LabError } from "../../src/engine/errors";
import { CpuCuboids } from "../../src/engine/kernels/cuboids/cpu";
import type { CuboidRenderer, CuboidRendererSpec } from "../../src/engine/kernels/cuboids/cuboidRenderer";
import { Rng } from "../../src/engine/rng/rng";
import { CAMERAS, cuboidSpec, randomImages, randomScenes } from "./cuboids";

export type CuboidBounds = {
  /** Of a picture's values. */
  readonly picture: number;
  /** Relative, of a squared error. */
  readonly error: number;
  /** Of a gradient's entries, relative to the largest of its lane. */
  readonly gradient: number;
};

type Build = (spec: CuboidRendererSpec) => Promise<CuboidRenderer>;

/** The widest bounds: what the scenes specification allows float32, section 12. */
export const FLOAT32: CuboidBounds = { picture: 3e-4, error: 1e-4, gradient: 2e-3 };

/** Registers the tests. @param sides pictures' sides @param lanes random scenes a side */
export function cuboidLaws(build: Build, bounds: CuboidBounds, sides: readonly number[], lanes: number): void {
  describe("agrees with float64", () => {
    it.each(sides)("on pictures of side %i", async (side) => {
      await expectNear(build, cuboidSpec(side), bounds, lanes);
    });
    it.each(Object.keys(CAMERAS))("from the camera %s", async (name) => {
      await expectNear(build, cuboidSpec(32, 12, CAMERAS[name]!), bounds, lanes);
    });
    it.each([1, 3, 27])("with room for %i boxes", async (boxes) => {
      await expectNear(build, cuboidSpec(32, boxes), bounds, lanes);
    });
    it("with a dark background and flat shades", async () => {
      const flat = [0.5, 0.5, 0.5, 0.5, 0.5, 0.5] as const;
      await expectNear(build, { ...cuboidSpec(32), background: 0.25, shades: flat }, bounds, lanes);
    });
  });
  faultLaws(build);
  sightLaws(build);
  callLaws(build);
}

/** Compares pictures, errors and gradients of random scenes with those of plain TypeScript. */
async function expectNear(build: Build, spec: CuboidRendererSpec, bounds: CuboidBounds, lanes: number): Promise<void> {
  const rng = new Rng(spec.side);
  const boxes = randomScenes(rng, spec, lanes);
  const images = randomImages(rng, spec, 3);
  const given = { boxes, groups: Int32Array.from({ length: lanes }, (_, n) => (2 * n) % 3) };
  const coefficient = Float64Array.from({ length: lanes }, (_, n) => 0.5 + n / lanes);
  const exact = new CpuCuboids(spec);
  const wanted = await exact.gradient(given, images, coefficient);
  const renderer = await build(spec);
  expect(largestDifference(await renderer.render(boxes), exact.draw(boxes))).toBeLessThanOrEqual(bounds.picture);
  const { squaredError, gradient } = await renderer.gradient(given, images, coefficient);
  const errors = await renderer.squaredError(given, images);
  renderer.dispose();
  const width = 9 * spec.boxes;
  for (const [n, error] of wanted.squaredError.entries()) {
    expect(Math.abs(errors[n]! - error), `error of lane ${n}`).toBeLessThanOrEqual(bounds.error * error);
    expect(Math.abs(squaredError[n]! - error), `lane ${n}`).toBeLessThanOrEqual(bounds.error * error);
    const of = (all: Float64Array) => all.subarray(n * width, (n + 1) * width);
    const most = of(wanted.gradient).reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
    const difference = largestDifference(of(gradient), of(wanted.gradient));
    expect(difference, `gradient of lane ${n}`).toBeLessThanOrEqual(bounds.gradient * most);
  }
}

/** NaN counts as infinitely far. */
export function largestDifference(values: ArrayLike<number>, wanted: ArrayLike<number>): number {
  expect(values.length).toBe(wanted.length);
  let most = 0;
  for (let i = 0; i < wanted.length; i++) {
    const difference = Math.abs(values[i]! - wanted[i]!);
    most = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : Math.max(most, difference);
  }
  return most;
}

function faultLaws(build: Build): void {
  const spec = cuboidSpec(32, 4);
  const three = () => {
    const rng = new Rng(5);
    return { boxes: randomScenes(rng, spec, 3), images: randomImages(rng, spec, 1), groups: new Int32Array(3) };
  };
  it.each([Number.NaN, Number.POSITIVE_INFINITY, 1e300, -1e30, 1e-300])(
    "leaves other lanes alone where a box is at %d, and marks its own where that is no number",
    async (bad) => {
      const { boxes, images, groups } = three();
      const renderer = await build(spec);
      const ones = new Float64Array(3).fill(1);
      const good = await renderer.gradient({ boxes, groups }, images, ones);
      const drawn = await renderer.render(boxes);
      const broken = boxes.slice();
      broken[36 + 1] = bad;
      const { squaredError, gradient } = await renderer.gradient({ boxes: broken, groups }, images, ones);
      const errors = await renderer.squaredError({ boxes: broken, groups }, images);
      const pictures = await renderer.render(broken);
      renderer.dispose();
      const lane = (all: Float64Array | Float32Array, n: number) =>
        Array.from(all).slice((n * all.length) / 3, ((n + 1) * all.length) / 3);
      for (const all of [squaredError, errors, gradient, pictures]) {
        if (!Number.isFinite(bad)) expect(lane(all, 1).every(Number.isNaN)).toBe(true);
      }
      for (const n of [0, 2]) {
        expect(squaredError[n]).toBe(good.squaredError[n]);
        expect(lane(gradient, n)).toEqual(lane(good.gradient, n));
        expect(lane(pictures, n)).toEqual(lane(drawn, n));
      }
    },
  );
}

function sightLaws(build: Build): void {
  const spec = cuboidSpec(32, 4);
  it("draws nothing behind the eye, around it, or of size 0", async () => {
    const [x, y, z] = spec.camera.eye;
    const behind = [x, y, z - 2, 0.5, 0.5, 0.5, 1, 0, 0];
    const around = [x, y, z, 0.5, 0.5, 0.5, 0, 1, 0];
    const absent = [0, -1, 0, 0, 0.5, 0.5, 0, 0, 1];
    const boxes = Float64Array.of(...behind, ...around, ...absent, ...absent);
    const renderer = await build(spec);
    const images = new Float32Array(32 * 32 * 3);
    const lanes = { boxes, groups: new Int32Array(1) };
    const { squaredError, gradient } = await renderer.gradient(lanes, images, Float64Array.of(1));
    expect((await renderer.render(boxes)).every((value) => Math.abs(value - 1) < 1e-6)).toBe(true);
    renderer.dispose();
    expect(squaredError[0]).toBeCloseTo(32 * 32 * 3, 2);
    expect(gradient.every((value) => Math.abs(value) < 1e-3)).toBe(true);
  });

  it("gives a hidden block no gradient", async () => {
    const front = [-0.15, -0.5, 0, 1.8, 1.8, 1, 1, 0, 0];
    const hidden = [-0.15, -0.5, 2, 0.3, 0.3, 0.3, 0, 1, 0];
    const boxes = Float64Array.of(...front, ...hidden, ...new Array(18).fill(0));
    const renderer = await build(spec);
    const lanes = { boxes, groups: new Int32Array(1) };
    const { gradient } = await renderer.gradient(lanes, new Float32Array(32 * 32 * 3), Float64Array.of(1));
    renderer.dispose();
    const [seen, unseen] = [gradient.subarray(0, 9), gradient.subarray(9)].map((part) =>
      Math.max(...part.map(Math.abs)),
    );
    expect(seen).toBeGreaterThan(1);
    expect(unseen).toBeLessThan(1e-6 * seen!);
  });
}

function callLaws(build: Build): void {
  const spec = cuboidSpec(30, 6);
  it("has zeros where the coefficient is 0, and is linear in it", async () => {
    const rng = new Rng(6);
    const [boxes, images] = [randomScenes(rng, spec, 4), randomImages(rng, spec, 2)];
    const lanes = { boxes, groups: Int32Array.of(1, 0, 1, 0) };
    const renderer = await build(spec);
    const one = await renderer.gradient(lanes, images, Float64Array.of(1, 1, 1, 1));
    const some = await renderer.gradient(lanes, images, Float64Array.of(0, 2, -0.5, 0));
    const none = await renderer.gradient(lanes, images, new Float64Array(4));
    const errors = await renderer.squaredError(lanes, images);
    renderer.dispose();
    expect(Array.from(some.squaredError)).toEqual([0, one.squaredError[1], one.squaredError[2], 0]);
    expect(largestDifference(errors, one.squaredError)).toBeLessThan(1e-4);
    const factors = [0, 2, -0.5, 0];
    const expected = one.gradient.map((value, at) => value * factors[Math.floor(at / 54)]!);
    expect(largestDifference(some.gradient, expected)).toBeLessThan(1e-4);
    expect([...none.gradient, ...none.squaredError].every((value) => value === 0)).toBe(true);
  });

  it("names arrays that do not fit", async () => {
    const renderer = await build(spec);
    const images = new Float32Array(30 * 30 * 3);
    const lanes = { boxes: new Float64Array(54), groups: new Int32Array(1) };
    const bad = [
      () => renderer.render(new Float64Array(50)),
      () => renderer.squaredError({ ...lanes, groups: new Int32Array(2) }, images),
      () => renderer.squaredError({ ...lanes, groups: Int32Array.of(1) }, images),
      () => renderer.squaredError(lanes, new Float32Array(30 * 30)),
      () => renderer.gradient(lanes, images, new Float64Array(2)),
    ];
    for (const call of bad) await expect(call()).rejects.toThrow(LabError);
    renderer.dispose();
  });

  it("takes calls without lanes", async () => {
    const renderer = await build(spec);
    const none = { boxes: new Float64Array(0), groups: new Int32Array(0) };
    const images = new Float32Array(30 * 30 * 3);
    expect(await renderer.render(none.boxes)).toHaveLength(0);
    expect(await renderer.squaredError(none, images)).toHaveLength(0);
    const { gradient } = await renderer.gradient(none, images, new Float64Array(0));
    renderer.dispose();
    expect(gradient).toHaveLength(0);
  });
}

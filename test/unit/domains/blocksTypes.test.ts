// Raw parameters of types and what they mean, for cubes, cuboids and the variant without colours.

import { describe, expect, it } from "vitest";
import {
  addRawColorGradient,
  addRawSizeGradient,
  LARGEST_SIZE,
  PLAIN_COLOR,
  rawFromColor,
  rawFromSize,
  SMALLEST_SIZE,
  sizesPerType,
  typesFromRaw,
} from "../../../src/domains/blocks/types";
import { Rng } from "../../../src/engine/rng/rng";

const rng = new Rng(2).fork("types");
const normals = (count: number) => Float64Array.from({ length: count }, () => rng.normal());

it("gives cubes three equal extents and cuboids three of their own", () => {
  const cubes = typesFromRaw([0, 1], null, 2);
  expect(cubes.sizes[0]).toBeCloseTo(0.6, 12);
  expect(new Set(cubes.sizes.subarray(0, 3)).size).toBe(1);
  expect(new Set(cubes.sizes.subarray(3)).size).toBe(1);
  const cuboids = typesFromRaw([0, 1, 2, 3, 4, 5], null, 2);
  expect(new Set(cuboids.sizes).size).toBe(6);
});

it("keeps sizes and colours in their limits", () => {
  const { sizes, colors } = typesFromRaw([-50, 50], [-50, 0, 50, 50, 0, -50], 2);
  for (const size of sizes) expect(size >= SMALLEST_SIZE && size <= LARGEST_SIZE).toBe(true);
  for (const color of colors) expect(color >= 0 && color <= 1).toBe(true);
});

it("draws everything in the plain colour where none is learned", () => {
  expect(Array.from(typesFromRaw([0, 1], null, 2).colors)).toEqual([...PLAIN_COLOR, ...PLAIN_COLOR]);
});

it("finds the raw parameters of sizes and colours again", () => {
  for (const raw of normals(50)) {
    const { sizes, colors } = typesFromRaw([raw], [raw, raw, raw], 1);
    expect(rawFromSize(sizes[0]!)).toBeCloseTo(raw, 10);
    expect(rawFromColor(colors[0]!)).toBeCloseTo(raw, 10);
  }
});

describe.each([
  ["cubes", false],
  ["cuboids", true],
])("gradients of %s", (_, isCuboid) => {
  it("are the derivatives, added to what is there", () => {
    const numTypes = 3;
    const [rawSizes, rawColors] = [normals(numTypes * sizesPerType(isCuboid)), normals(3 * numTypes)];
    const [ofSizes, ofColors] = [normals(3 * numTypes), normals(3 * numTypes)];
    const value = (sizes: Float64Array, colors: Float64Array): number => {
      const types = typesFromRaw(sizes, colors, numTypes);
      return ofSizes.reduce((sum, g, i) => sum + g * types.sizes[i]! + ofColors[i]! * types.colors[i]!, 0);
    };
    const types = typesFromRaw(rawSizes, rawColors, numTypes);
    const [gradientSizes, gradientColors] = [rawSizes.map(() => 1), rawColors.map(() => 1)];
    addRawSizeGradient(types.sizes, ofSizes, gradientSizes);
    addRawColorGradient(types.colors, ofColors, gradientColors);
    const step = 1e-6;
    const moved = (values: Float64Array, at: number, by: number) => values.map((v, i) => (i === at ? v + by : v));
    for (let i = 0; i < rawSizes.length; i++) {
      const up = value(moved(rawSizes, i, step), rawColors);
      const slope = (up - value(moved(rawSizes, i, -step), rawColors)) / (2 * step);
      expect(gradientSizes[i]! - 1).toBeCloseTo(slope, 8);
    }
    for (let i = 0; i < rawColors.length; i++) {
      const up = value(rawSizes, moved(rawColors, i, step));
      const slope = (up - value(rawSizes, moved(rawColors, i, -step))) / (2 * step);
      expect(gradientColors[i]! - 1).toBeCloseTo(slope, 8);
    }
  });
});

// Learned types beside true ones: the cheapest pairing, exact, and the nearest type of each.

import { expect, it } from "vitest";
import { DATASETS } from "../../../src/domains/blocks/datasets";
import { matchTypes, nearestTypes, typeDistance } from "../../../src/domains/blocks/matching";
import type { BlockTypes } from "../../../src/domains/blocks/scene";
import { typesFromRaw } from "../../../src/domains/blocks/types";
import { Rng } from "../../../src/engine/rng/rng";

const rng = new Rng(8).fork("matching");
const cubes = DATASETS.cubes!.types;

const randomTypes = (count: number): BlockTypes => {
  const normals = () => Float64Array.from({ length: 3 * count }, () => rng.normal());
  return typesFromRaw(normals(), normals(), count);
};

/** Rows `order` of a table. */
const rowsOf = ({ sizes, colors }: BlockTypes, order: readonly number[]): BlockTypes => ({
  sizes: order.flatMap((i) => [0, 1, 2].map((axis) => sizes[3 * i + axis]!)),
  colors: order.flatMap((i) => [0, 1, 2].map((axis) => colors[3 * i + axis]!)),
});

/** Smallest sum of distances by trying every assignment. */
function cheapest(learned: BlockTypes, known: BlockTypes, at = 0, taken: readonly number[] = []): number {
  if (3 * at === known.sizes.length) return 0;
  const costs = Array.from({ length: learned.sizes.length / 3 }, (_, p) => p)
    .filter((p) => !taken.includes(p))
    .map((p) => typeDistance(known, at, learned, p) + cheapest(learned, known, at + 1, [...taken, p]));
  return Math.min(...costs);
}

it("finds the true types again wherever they stand", () => {
  const shuffled = [2, 0, 1];
  const matches = matchTypes(rowsOf(cubes, shuffled), cubes);
  expect(matches.map(({ type }) => shuffled[type])).toEqual([0, 1, 2]);
  for (const { sizeError, colorError } of matches) expect([sizeError, colorError]).toEqual([0, 0]);
});

it("is the cheapest of all assignments", () => {
  for (let n = 0; n < 20; n++) {
    const [learned, known] = [randomTypes(6), randomTypes(4)];
    const cost = matchTypes(learned, known).reduce(
      (sum, { type, trueType }) => sum + typeDistance(known, trueType, learned, type),
      0,
    );
    expect(cost).toBeCloseTo(cheapest(learned, known), 10);
  }
});

it("uses each of twenty learned types at most once", () => {
  const matches = matchTypes(randomTypes(20), randomTypes(20));
  expect(new Set(matches.map(({ type }) => type)).size).toBe(20);
});

it("says how far off sizes and colours are, in units and shares", () => {
  const learned = { sizes: [0.32, 0.3, 0.3], colors: [0.9, 0.05, 0] };
  const [match] = matchTypes(learned, rowsOf(cubes, [0]));
  expect(match!.sizeError).toBeCloseTo(0.02, 12);
  expect(match!.colorError).toBeCloseTo(0.1, 12);
});

it("leaves true types without a partner where there are too few", () => {
  const matches = matchTypes(rowsOf(cubes, [1]), cubes);
  expect(matches.map(({ type }) => type)).toEqual([-1, 0, -1]);
  expect(matches[0]!.sizeError).toBeNaN();
});

it("lets several learned types be like the same true one", () => {
  expect(Array.from(nearestTypes(rowsOf(cubes, [2, 2, 0, 1, 0]), cubes))).toEqual([2, 2, 0, 1, 0]);
});

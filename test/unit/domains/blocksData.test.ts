// The data sets: deterministic, scene by scene, as the sampler says, and drawn on demand.

import { describe, expect, it } from "vitest";
import { scenePainter } from "../../../src/domains/blocks/data/drawScenes";
import { makeScenes } from "../../../src/domains/blocks/data/makeScenes";
import { sceneNote } from "../../../src/domains/blocks/data/sceneNote";
import { DATASET_LIST, DATASETS, DEFAULT_DATASET } from "../../../src/domains/blocks/datasets";
import { printProgram } from "../../../src/domains/blocks/print";
import { heightOf, placesOf } from "../../../src/domains/blocks/program";
import { SHADES } from "../../../src/domains/blocks/shades";
import { PLAIN_COLOR } from "../../../src/domains/blocks/types";

const recipe = { dataset: "cubes", count: 50, seed: 1, split: "train", gridSide: 2 } as const;
const names = Object.keys(DATASETS);

it("has four data sets with a sentence each", () => {
  expect(DATASET_LIST.map(({ name }) => name)).toEqual(["cubes", "cubes-plain", "cuboids", "cuboids-plain"]);
  expect(names).toContain(DEFAULT_DATASET);
  for (const { summary } of DATASET_LIST) expect(summary).toMatch(/^[A-Z].*\.$/);
});

const cube = (side: number) => [side, side, side];
const [RED, GREEN, BLUE, PLAIN] = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [...PLAIN_COLOR]];

// Scenes specification, section 1.2: [width, height, depth] and colour of every type.
it.each([
  ["cubes", [cube(0.3), cube(0.4), cube(0.5)], [RED, GREEN, BLUE]],
  ["cubes-plain", [cube(0.3), cube(0.4), cube(0.5)], [PLAIN, PLAIN, PLAIN]],
  [
    "cuboids",
    [cube(0.3), cube(0.4), cube(0.5), [0.5, 0.3, 0.3], [0.3, 0.5, 0.3], [0.3, 0.3, 0.5]],
    [RED, GREEN, BLUE, RED, RED, RED],
  ],
  [
    "cuboids-plain",
    [cube(0.4), cube(0.5), cube(0.6), [0.6, 0.4, 0.4], [0.4, 0.6, 0.4], [0.4, 0.4, 0.6]],
    [PLAIN, PLAIN, PLAIN, PLAIN, PLAIN, PLAIN],
  ],
])("%s has the stated types", (name, sizes, colors) => {
  const { types, isCuboid, isColored } = DATASETS[name]!;
  expect(Array.from(types.sizes)).toEqual(sizes.flat());
  expect(Array.from(types.colors)).toEqual(colors.flat());
  expect(types.names.length).toBe(sizes.length);
  expect(isCuboid).toBe(sizes.length === 6);
  expect(isColored).toBe(colors[0] !== PLAIN);
});

describe.each(names)("%s", (dataset) => {
  it("makes the same scenes for the same seed, however many", () => {
    const [few, many] = [makeScenes({ ...recipe, dataset, count: 10 }), makeScenes({ ...recipe, dataset })];
    expect(Array.from(many.programs.subarray(0, 120))).toEqual(Array.from(few.programs));
    expect(Array.from(many.raw.subarray(0, 120))).toEqual(Array.from(few.raw));
  });

  it("makes others for other seeds, and for testing", () => {
    const scenes = makeScenes({ ...recipe, dataset });
    expect(makeScenes({ ...recipe, dataset, seed: 2 }).programs).not.toEqual(scenes.programs);
    expect(makeScenes({ ...recipe, dataset, split: "heldOut" }).programs).not.toEqual(scenes.programs);
  });
});

it("keeps the scenes of a seed: a change would change every run", () => {
  const { programs } = makeScenes({ ...recipe, count: 4 });
  const texts = Array.from({ length: 4 }, (_, i) => printProgram(programs.subarray(12 * i, 12 * i + 12)));
  expect(texts).toEqual(["- - / A ABB", "BA BC / - A", "ABA A / BBB A", "BA B / - AA"]);
});

it("has the same towers in one colour as in three", () => {
  const [colored, plain] = [makeScenes(recipe), makeScenes({ ...recipe, dataset: "cubes-plain" })];
  expect(plain.programs).toEqual(colored.programs);
  expect(plain.raw).toEqual(colored.raw);
});

it.each([1, 2, 3])("draws scenes as stated on a grid of side %i", (gridSide) => {
  const count = 4000;
  const { programs, raw } = makeScenes({ ...recipe, count, gridSide });
  const [places, cells] = [placesOf(gridSide), gridSide * gridSide];
  const [occupied, heights, types] = [new Float64Array(cells + 1), new Float64Array(4), new Float64Array(4)];
  let floating = 0;
  for (let s = 0; s < count; s++) {
    let towers = 0;
    for (let from = s * places; from < (s + 1) * places; from += 3) {
      const height = heightOf(programs, from);
      if (height > 0) towers++;
      heights[height] = heights[height]! + 1;
      // Filled from the bottom, nothing above.
      for (let level = height; level < 3; level++) floating += programs[from + level]!;
    }
    occupied[towers] = occupied[towers]! + 1;
  }
  expect(floating).toBe(0);
  for (const place of programs) types[place] = types[place]! + 1;
  expect(programs.every((place, i) => (place > 0 ? raw[i] !== 0 : raw[i] === 0))).toBe(true);
  // 4 standard errors of a share of `total`.
  const near = (seen: number, total: number, p: number) =>
    expect(Math.abs(seen / total - p)).toBeLessThan(1e-12 + 4 * Math.sqrt((p * (1 - p)) / total));
  expect(occupied[0]).toBe(0);
  for (let n = 1; n <= cells; n++) near(occupied[n]!, count, 1 / cells);
  const towers = heights[1]! + heights[2]! + heights[3]!;
  for (let h = 1; h <= 3; h++) near(heights[h]!, towers, 1 / 3);
  const blocks = types[1]! + types[2]! + types[3]!;
  for (let t = 1; t <= 3; t++) near(types[t]!, blocks, 1 / 3);
});

it("says how many scenes differ and how many blocks they have, leaving out what nobody knows", () => {
  const { programs } = makeScenes({ ...recipe, count: 100 });
  const different = new Set(
    Array.from({ length: 100 }, (_, i) => printProgram(programs.subarray(12 * i, 12 * i + 12))),
  );
  const mean = (programs.filter((place) => place > 0).length / 100).toFixed(1);
  const note = `100 scenes, ${different.size} of them different, with ${mean} blocks each on average.`;
  expect(sceneNote(programs, 2)).toBe(note);
  const unknown = new Int32Array(12);
  unknown[0] = -1;
  expect(sceneNote([...programs, ...unknown], 2)).toBe(note);
  expect(sceneNote(unknown, 2)).toBe("");
  const one = [1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  expect(sceneNote(one, 2)).toBe("1 scene with 2 blocks.");
  expect(sceneNote([...one, ...one], 2)).toBe("2 scenes, 1 of them different, with 2.0 blocks each on average.");
});

describe.each([
  [32, 0.35],
  [64, 0.5],
  [128, 0.75],
])("pictures of side %i", (side, softness) => {
  const settings = { side, softness, shades: SHADES.lab, gridSide: 2, shrink: 0.01, depthRule: "centred" } as const;

  it.each(names)("show every variant: %s", (dataset) => {
    const scenes = makeScenes({ ...recipe, dataset, count: 3 });
    const paint = scenePainter(scenes, settings);
    const [first, second] = [paint(0), paint(1)];
    expect(first.length).toBe(side * side * 3);
    // Entry by entry: toEqual takes seconds for so many numbers.
    const isLike = (other: Float32Array) => other.every((value, i) => value === first[i]);
    expect(isLike(paint(0))).toBe(true);
    expect(isLike(second)).toBe(false);
    expect(first.every((value) => value >= 0 && value <= 1)).toBe(true);
    // White behind, and something in front of it.
    expect(Array.from(first.subarray(0, 3))).toEqual([1, 1, 1]);
    const least = first.reduce((low, value) => Math.min(low, value), 1);
    expect(least).toBeLessThan(0.2);
    if (!DATASETS[dataset]!.isColored) {
      // Red and green alike wherever a single blue is mixed with white.
      expect(first.every((value, i) => i % 3 !== 1 || value === first[i - 1])).toBe(true);
    }
  });
});

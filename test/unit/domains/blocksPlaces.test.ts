// Where blocks stand: supported, in their cells, as free as shrink says; and the gradients of all that.

import { describe, expect, it } from "vitest";
import {
  addPlaceGradient,
  cellCentre,
  columnInterval,
  emptyPlaceGradient,
  GAP,
  GROUND_LEVEL,
  placeBlocks,
  placeBoxes,
} from "../../../src/domains/blocks/places";
import type { DepthRule, SceneSettings } from "../../../src/domains/blocks/scene";
import { BOX_NUMBERS } from "../../../src/engine/kernels/cuboids/cuboidRenderer";
import { Rng } from "../../../src/engine/rng/rng";
import { randomScenes } from "../../helpers/randomScenes";

const rng = new Rng(6).fork("places");
const COUNT = 20;

const cases: [string, SceneSettings, boolean][] = [1, 2, 3].flatMap((gridSide) =>
  (["centred", "reference"] as DepthRule[]).flatMap((depthRule) =>
    [false, true].map((isCuboid): [string, SceneSettings, boolean] => [
      `${isCuboid ? "cuboids" : "cubes"}, grid ${gridSide}, ${depthRule}`,
      { gridSide, depthRule, shrink: 0.2 },
      isCuboid,
    ]),
  ),
);

describe.each(cases)("%s", (_, settings, isCuboid) => {
  const { programs, raw, types } = randomScenes({ count: COUNT, numTypes: 4, isCuboid }, settings, rng);
  const places = programs.length / COUNT;
  const boxes = new Float64Array(programs.length * BOX_NUMBERS).fill(3);
  placeBoxes(programs, raw, types, settings, boxes);

  it("stands every block on the ground or, with a little air, on the one below, and not beside it", () => {
    for (let s = 0; s < COUNT; s++) {
      const own = [
        programs.subarray(s * places, (s + 1) * places),
        raw.subarray(s * places, (s + 1) * places),
      ] as const;
      const blocks = placeBlocks(own[0], own[1], types, settings);
      for (const block of blocks) {
        const below = blocks.find(
          ({ row, column, level }) => row === block.row && column === block.column && level === block.level - 1,
        );
        const bottom = block.centre[1] - block.size[1] / 2;
        expect(bottom).toBeCloseTo(below ? below.centre[1] + below.size[1] / 2 + GAP : GROUND_LEVEL, 10);
        if (below)
          expect(Math.abs(block.centre[0] - below.centre[0])).toBeLessThan((block.size[0] + below.size[0]) / 2);
      }
    }
  });

  it("leaves empty places without a size, and writes every scene of a batch as if alone", () => {
    for (let i = 0; i < programs.length; i++) {
      if (programs[i] === 0) expect(boxes.subarray(9 * i, 9 * i + 9).every((value) => value === 0)).toBe(true);
    }
    const [s, size] = [COUNT - 1, places * BOX_NUMBERS];
    const alone = new Float64Array(size);
    placeBoxes(programs.slice(s * places), raw.slice(s * places), types, settings, alone);
    expect(boxes.slice(s * size)).toEqual(alone);
  });

  it("has the derivatives of every box with respect to sizes, colours and raw locations", () => {
    const ofBoxes = boxes.map(() => rng.normal());
    const value = (sizes: ArrayLike<number>, colors: ArrayLike<number>, locations: Float64Array): number => {
      const moved = new Float64Array(boxes.length);
      placeBoxes(programs, locations, { sizes, colors }, settings, moved);
      return moved.reduce((sum, number, i) => sum + number * ofBoxes[i]!, 0);
    };
    // Gradients with respect to boxes that are absent do not count.
    const gradient = emptyPlaceGradient(4, programs.length);
    addPlaceGradient(programs, raw, boxes, ofBoxes, settings, gradient);
    const step = 1e-5;
    const slope = (at: (by: number) => number) => (at(step) - at(-step)) / (2 * step);
    const moved = (values: Float64Array, i: number, by: number) => values.map((v, j) => (i === j ? v + by : v));
    for (let i = 0; i < types.sizes.length; i++) {
      const ofSize = slope((by) => value(moved(types.sizes, i, by), types.colors, raw));
      expect(gradient.sizes[i]!).toBeCloseTo(ofSize, 6);
      const ofColor = slope((by) => value(types.sizes, moved(types.colors, i, by), raw));
      expect(gradient.colors[i]!).toBeCloseTo(ofColor, 6);
    }
    for (let i = 0; i < raw.length; i++) {
      const ofRaw = slope((by) => value(types.sizes, types.colors, moved(raw, i, by)));
      expect(gradient.raw[i]!).toBeCloseTo(ofRaw, 6);
    }
  });
});

it("puts the columns of a grid evenly on both sides of the middle", () => {
  expect(columnInterval(0, 2)[0]).toBeCloseTo(-1.6, 12);
  expect(columnInterval(0, 2)[1]).toBeCloseTo(-1.6 / 3, 12);
  expect(columnInterval(0, 1)).toEqual([-0.8, 0.8]);
  for (const gridSide of [1, 2, 3]) {
    for (let c = 0; c < gridSide; c++) {
      const mirrored = cellCentre(0, gridSide - 1 - c, gridSide)[0];
      expect(cellCentre(0, c, gridSide)[0] + 0.5).toBeCloseTo(-(mirrored + 0.5), 12);
    }
  }
});

it.each([0.01, 0.2, 1])("lets a block move as far as shrink %f says", (shrink) => {
  const types = { sizes: [0.4, 0.4, 0.4], colors: [1, 0, 0] };
  const settings: SceneSettings = { gridSide: 2, shrink, depthRule: "centred" };
  const centreOf = (raw: number) =>
    placeBlocks([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], [raw], types, settings)[0]!.centre[0];
  const [middle] = cellCentre(0, 0, 2);
  expect(centreOf(0)).toBeCloseTo(middle, 12);
  const reach = (shrink * (3.2 / 3 + 0.4)) / 2;
  expect(centreOf(40)).toBeCloseTo(middle + reach, 10);
  expect(centreOf(-40)).toBeCloseTo(middle - reach, 10);
});

it("sets blocks further back the deeper they are under the released code's rule", () => {
  const types = { sizes: [0.3, 0.3, 0.3, 0.4, 0.4, 0.7], colors: new Array(6).fill(0) };
  const depths = (depthRule: DepthRule) =>
    placeBlocks([1, 2, 0], [0, 0, 0], types, { gridSide: 1, shrink: 0.01, depthRule }).map(({ centre }) => centre[2]);
  expect(depths("centred")).toEqual([0, 0]);
  const reference = depths("reference");
  expect(reference[0]).toBeCloseTo(-0.2, 12);
  expect(reference[1]).toBeCloseTo(0.2, 12);
});

// The order front to back is right for every ray: what it puts first is met first, by cameras all around the grid.

import { expect, it } from "vitest";
import { lookAt } from "../../../src/domains/blocks/camera";
import { boxesOf, depthOrder, sortBoxes, unsortBoxes } from "../../../src/domains/blocks/depthOrder";
import { entryDepth, rayOf } from "../../../src/domains/blocks/hardView";
import { cellCentre, GROUND_LEVEL, placeBlocks, placeBoxes } from "../../../src/domains/blocks/places";
import { placesOf } from "../../../src/domains/blocks/program";
import type { SceneSettings, Vector } from "../../../src/domains/blocks/scene";
import { BOX_NUMBERS, type Camera } from "../../../src/engine/kernels/cuboids/cuboidRenderer";
import { Rng } from "../../../src/engine/rng/rng";
import { randomScenes } from "../../helpers/randomScenes";

const rng = new Rng(7).fork("order");
const COUNT = 60;

/** An eye outside the grid's outline, from just above the ground to high above. */
function cameraAround(gridSide: number): Camera {
  const [x0] = cellCentre(0, 0, gridSide);
  const [x1] = cellCentre(0, gridSide - 1, gridSide);
  const middle: Vector = [(x0 + x1) / 2, -0.8, (gridSide - 1) / 2];
  const away = 0.5 + Math.hypot((x1 - x0) / 2 + 1.1, gridSide / 2) + 3 * rng.uniform();
  const angle = 2 * Math.PI * rng.uniform();
  const eye: Vector = [
    middle[0] + away * Math.sin(angle),
    GROUND_LEVEL + 0.05 + 4 * rng.uniform(),
    middle[2] + away * Math.cos(angle),
  ];
  return lookAt(eye, middle);
}

/** Pairs of boxes that some ray meets in the wrong order, and all pairs that some ray meets. */
function wrongPairs(sorted: Float64Array, camera: Camera, side: number): { wrong: number; all: number } {
  const count = sorted.length / BOX_NUMBERS;
  const ray = new Float64Array(3);
  let [wrong, all] = [0, 0];
  for (let pixel = 0; pixel < side * side; pixel++) {
    rayOf(camera, pixel % side, Math.floor(pixel / side), side, ray);
    let last = 0;
    for (let box = 0; box < count; box++) {
      const depth = entryDepth(sorted, box, camera, ray);
      if (depth === Number.POSITIVE_INFINITY) continue;
      if (last > 0) all++;
      if (depth < last) wrong++;
      last = depth;
    }
  }
  return { wrong, all };
}

it.each([
  ["cubes", 1, false],
  ["cubes", 2, false],
  ["cuboids", 2, true],
  ["cubes", 3, false],
])("is right for %s on a grid of side %i, whatever the camera", (_, gridSide, isCuboid) => {
  const settings: SceneSettings = { gridSide, shrink: 0.1, depthRule: "centred" };
  const { programs, raw, types } = randomScenes({ count: COUNT, numTypes: 5, isCuboid }, settings, rng);
  const places = placesOf(gridSide);
  let met = 0;
  for (let s = 0; s < COUNT; s++) {
    const camera = cameraAround(gridSide);
    const own = programs.subarray(s * places, (s + 1) * places);
    const sorted = boxesOf(placeBlocks(own, raw.subarray(s * places), types, settings), camera, gridSide);
    const { wrong, all } = wrongPairs(sorted, camera, 32);
    expect(wrong).toBe(0);
    met += all;
  }
  expect(met).toBeGreaterThan(COUNT);
});

it("sorts a batch as it sorts single scenes, and brings what belongs to boxes back to their places", () => {
  const settings: SceneSettings = { gridSide: 2, shrink: 0.2, depthRule: "centred" };
  const { programs, raw, types } = randomScenes({ count: COUNT, numTypes: 5, isCuboid: false }, settings, rng);
  const boxes = new Float64Array(programs.length * BOX_NUMBERS);
  placeBoxes(programs, raw, types, settings, boxes);
  const camera = cameraAround(2);
  const order = depthOrder(camera, 2);
  const [sorted, back, slots] = [boxes.slice().fill(5), boxes.slice().fill(5), new Int32Array(programs.length)];
  sortBoxes(order, boxes, sorted, slots);
  for (let s = 0; s < COUNT; s++) {
    const single = boxesOf(
      placeBlocks(programs.subarray(12 * s, 12 * s + 12), raw.subarray(12 * s), types, settings),
      camera,
    );
    const own = sorted.subarray(12 * s * BOX_NUMBERS, 12 * (s + 1) * BOX_NUMBERS);
    expect(Array.from(own.subarray(0, single.length))).toEqual(Array.from(single));
    expect(own.subarray(single.length).every((value) => value === 0)).toBe(true);
  }
  unsortBoxes(order, sorted, slots, back);
  expect(back).toEqual(boxes);
});

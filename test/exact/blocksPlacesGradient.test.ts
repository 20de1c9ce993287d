// The whole way from raw sizes, raw colours and raw locations to the squared error of a picture: the gradient is the
// derivative, by finite differences in float64 (scenes specification, 5.8: 1e-5 or better). Random scenes; kinks (two
// outline edges tie, a face appears) are rare enough that none of these seeds meets one.

import { describe, expect, it } from "vitest";
import { FRONT_CAMERA } from "../../src/domains/blocks/camera";
import { depthOrder, sortBoxes, unsortBoxes } from "../../src/domains/blocks/depthOrder";
import { addPlaceGradient, emptyPlaceGradient, placeBoxes } from "../../src/domains/blocks/places";
import type { DepthRule, SceneSettings } from "../../src/domains/blocks/scene";
import { SHADES } from "../../src/domains/blocks/shades";
import { addRawColorGradient, addRawSizeGradient, typesFromRaw } from "../../src/domains/blocks/types";
import { CpuCuboids } from "../../src/engine/kernels/cuboids/cpu";
import { BOX_NUMBERS } from "../../src/engine/kernels/cuboids/cuboidRenderer";
import { Rng } from "../../src/engine/rng/rng";
import { randomScenes } from "../helpers/randomScenes";

const SIDE = 16;
const NUM_TYPES = 4;
const COUNT = 2;
const STEP = 1e-6;

type Raw = { sizes: Float64Array; colors: Float64Array | null; locations: Float64Array };

const GROUPS = Int32Array.from({ length: COUNT }, (_, i) => i);

/** Boxes by place and sorted, and a renderer for them. */
function laidOut(programs: Int32Array, raw: Raw, settings: SceneSettings) {
  const places = programs.length / COUNT;
  const types = typesFromRaw(raw.sizes, raw.colors, NUM_TYPES);
  const order = depthOrder(FRONT_CAMERA, settings.gridSide);
  const boxes = new Float64Array(programs.length * BOX_NUMBERS);
  const [sorted, slots] = [boxes.slice(), new Int32Array(programs.length)];
  placeBoxes(programs, raw.locations, types, settings, boxes);
  sortBoxes(order, boxes, sorted, slots);
  const look = { camera: FRONT_CAMERA, shades: SHADES.lab, softness: 0.4, background: 1 };
  const renderer = new CpuCuboids({ name: "chain", side: SIDE, boxes: places, ...look });
  return { types, order, boxes, slots, renderer, lanes: { boxes: sorted, groups: GROUPS } };
}

const total = (errors: Float64Array): number => errors.reduce((sum, one) => sum + one, 0);

/** Sum of the lanes' squared errors. */
async function errorOf(programs: Int32Array, raw: Raw, images: Float32Array, settings: SceneSettings): Promise<number> {
  const { renderer, lanes } = laidOut(programs, raw, settings);
  return total(await renderer.squaredError(lanes, images));
}

/** The gradient of that with respect to raw parameters. */
async function gradientOf(programs: Int32Array, raw: Raw, images: Float32Array, settings: SceneSettings) {
  const { types, order, boxes, slots, renderer, lanes } = laidOut(programs, raw, settings);
  const { gradient } = await renderer.gradient(lanes, images, new Float64Array(COUNT).fill(1));
  const ofBoxes = boxes.slice();
  unsortBoxes(order, gradient, slots, ofBoxes);
  const out = emptyPlaceGradient(NUM_TYPES, programs.length);
  addPlaceGradient(programs, raw.locations, boxes, ofBoxes, settings, out);
  const ofSizes = new Float64Array(raw.sizes.length);
  const ofColors = new Float64Array(raw.colors?.length ?? 0);
  addRawSizeGradient(types.sizes, out.sizes, ofSizes);
  if (raw.colors) addRawColorGradient(types.colors, out.colors, ofColors);
  return { ofSizes, ofColors, ofLocations: out.raw };
}

describe.each([
  ["cubes", false, true],
  ["cuboids", true, true],
  ["plain cubes", false, false],
])("%s", (name, isCuboid, isColored) => {
  it.each([
    ["centred", 2],
    ["reference", 2],
    ["centred", 1],
    ["centred", 3],
  ] as [DepthRule, number][])(
    "have the derivatives of the picture's error: %s, grid %i",
    async (depthRule, gridSide) => {
      const settings: SceneSettings = { gridSide, depthRule, shrink: 0.2 };
      const rng = new Rng(10).fork(name).fork(depthRule).fork(gridSide);
      const scenes = randomScenes({ count: COUNT, numTypes: NUM_TYPES, isCuboid }, settings, rng);
      const { programs, rawSizes: sizes, raw: locations } = scenes;
      const raw: Raw = { sizes, colors: isColored ? scenes.rawColors : null, locations };
      const images = Float32Array.from({ length: COUNT * SIDE * SIDE * 3 }, () => rng.uniform());
      const found = await gradientOf(programs, raw, images, settings);
      const largest = Math.max(...[...found.ofSizes, ...found.ofColors, ...found.ofLocations].map(Math.abs));
      expect(largest).toBeGreaterThan(1);
      const check = async (key: keyof Raw, gradient: Float64Array) => {
        for (const [i, value] of gradient.entries()) {
          if (key === "locations" && programs[i] === 0) {
            expect(value).toBe(0);
            continue;
          }
          const at = async (by: number) => {
            const moved = raw[key]!.map((v, j) => (i === j ? v + by : v));
            return errorOf(programs, { ...raw, [key]: moved }, images, settings);
          };
          const slope = ((await at(STEP)) - (await at(-STEP))) / (2 * STEP);
          expect(Math.abs(value - slope) / largest, `${key} ${i}: ${value} and ${slope}`).toBeLessThan(1e-6);
        }
      };
      await check("sizes", found.ofSizes);
      if (isColored) await check("colors", found.ofColors);
      await check("locations", found.ofLocations);
    },
  );
});

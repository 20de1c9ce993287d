// gradient_check of scenes.json: from the stated gradients with respect to boxes to those with respect to raw parameters
// (to the digits of the file), and the whole way from raw parameters through the float64 renderer.

import { describe, expect, it } from "vitest";
import { orbitCamera } from "../../src/domains/blocks/camera";
import { depthOrder, sortBoxes, unsortBoxes } from "../../src/domains/blocks/depthOrder";
import { addPlaceGradient, emptyPlaceGradient, placeBoxes } from "../../src/domains/blocks/places";
import { SHADES } from "../../src/domains/blocks/shades";
import { addRawColorGradient, addRawSizeGradient, typesFromRaw } from "../../src/domains/blocks/types";
import { CpuCuboids } from "../../src/engine/kernels/cuboids/cpu";
import { BOX_NUMBERS } from "../../src/engine/kernels/cuboids/cuboidRenderer";
import { packedLatents, rawColorsOf, type SceneVector, scenesFile } from "../helpers/sceneVectors";

/** Within `share` of the largest entry, the file's tolerance for gradients being 2e-3. */
function near(values: ArrayLike<number>, expected: readonly number[], share: number): void {
  expect(values.length).toBe(expected.length);
  const scale = Math.max(...expected.map(Math.abs));
  for (const [i, value] of expected.entries()) {
    expect(Math.abs(values[i]! - value), `entry ${i}: ${values[i]} and ${value}`).toBeLessThanOrEqual(share * scale);
  }
}

/** The scene's boxes, and what brings gradients of sorted boxes back to raw parameters. */
function pathOf(vector: SceneVector) {
  const { program, raw, gridSide } = packedLatents(vector);
  const numTypes = vector.raw_size.length;
  const rawColors = rawColorsOf(vector);
  const settings = { gridSide, shrink: vector.shrink, depthRule: vector.z_mode };
  const types = typesFromRaw(vector.raw_size, rawColors, numTypes);
  const camera = orbitCamera(vector.camera);
  const order = depthOrder(camera, gridSide);
  const boxes = new Float64Array(program.length * BOX_NUMBERS);
  const sorted = boxes.slice();
  const slots = new Int32Array(program.length);
  placeBoxes(program, raw, types, settings, boxes);
  sortBoxes(order, boxes, sorted, slots);
  const back = (ofSorted: Float64Array) => {
    const ofBoxes = boxes.slice();
    unsortBoxes(order, ofSorted, slots, ofBoxes);
    const out = emptyPlaceGradient(numTypes, program.length);
    addPlaceGradient(program, raw, boxes, ofBoxes, settings, out);
    const [rawSize, rawColor] = [new Float64Array(numTypes), new Float64Array(3 * numTypes)];
    addRawSizeGradient(types.sizes, out.sizes, rawSize);
    if (rawColors) addRawColorGradient(types.colors, out.colors, rawColor);
    return { rawSize, rawColor, rawLocations: out.raw };
  };
  return { sorted, camera, back };
}

/** 0.5 + 0.5 sin(0.3 c + 0.7 i + 1.1 j), [R, R, 3]. */
const targetOf = (side: number): Float32Array =>
  Float32Array.from({ length: side * side * 3 }, (_, at) => {
    const [c, j, i] = [at % 3, Math.floor(at / 3) % side, Math.floor(at / 3 / side)];
    return 0.5 + 0.5 * Math.sin(0.3 * c + 0.7 * i + 1.1 * j);
  });

const vectors = (scenesFile.scenes ?? []).map((vector, index) => ({ vector, index }));

describe.each(vectors)("gradients of scene $index", ({ vector }) => {
  const check = vector.gradient_check ?? {};
  const { sorted, camera, back } = pathOf(vector);

  function compare(ofSorted: Float64Array, share: number): void {
    const gradient = back(ofSorted);
    if (check.d_raw_size) near(gradient.rawSize, check.d_raw_size, share);
    if (check.d_raw_color) near(gradient.rawColor, check.d_raw_color.flat(), share);
    if (check.d_raw_locations) near(gradient.rawLocations, check.d_raw_locations.flat(2), share);
  }

  it("follow from the stated gradients of boxes", () => {
    const { d_centre, d_size, d_color } = check;
    if (!d_centre || !d_size) return;
    const ofSorted = new Float64Array(sorted.length);
    for (const [slot, ofCentre] of d_centre.entries()) {
      ofSorted.set([...ofCentre, ...d_size[slot]!, ...(d_color?.[slot] ?? [0, 0, 0])], slot * BOX_NUMBERS);
    }
    compare(ofSorted, 1e-4);
  });

  it("follow from the renderer", async () => {
    const { shade, sigma_px: softness, R: side } = vector;
    const spec = { name: "reference", side, boxes: sorted.length / BOX_NUMBERS, camera, softness, background: 1 };
    const renderer = new CpuCuboids({ ...spec, shades: SHADES[shade] });
    const lanes = { boxes: sorted, groups: new Int32Array(1) };
    const { squaredError, gradient } = await renderer.gradient(lanes, targetOf(side), Float64Array.of(1));
    if (check.loss_value !== undefined) {
      expect(Math.abs(squaredError[0]! - check.loss_value) / check.loss_value).toBeLessThan(1e-5);
    }
    compare(gradient, 1e-4);
  });
});

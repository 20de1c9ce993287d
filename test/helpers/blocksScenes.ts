// Scenes of toy blocks for tests: the true types, pictures of programs drawn in float64, their score.

import { FRONT_CAMERA } from "../../src/domains/blocks/camera";
import { boxesOf } from "../../src/domains/blocks/depthOrder";
import { placeBlocks } from "../../src/domains/blocks/places";
import { logPriorDiscrete, sampleProgram, sampleRaw } from "../../src/domains/blocks/prior";
import { placesOf } from "../../src/domains/blocks/program";
import type { SearchSettings } from "../../src/domains/blocks/search/searchNear";
import { SHADES } from "../../src/domains/blocks/shades";
import { CpuCuboids } from "../../src/engine/kernels/cuboids/cpu";
import type { Rng } from "../../src/engine/rng/rng";

/** Red .3, green .4, blue .5. */
export const TRUE_TYPES = {
  sizes: Float64Array.of(0.3, 0.3, 0.3, 0.4, 0.4, 0.4, 0.5, 0.5, 0.5),
  colors: Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1),
};

export const SETTINGS: SearchSettings = {
  gridSide: 2,
  shrink: 0.01,
  depthRule: "centred",
  side: 32,
  numTypes: 3,
  softness: 0.35,
  noise: 0.25,
  shades: SHADES.lab,
};

/** [R, R, 3] the picture of a program. */
export function sceneView(program: Int32Array, raw: ArrayLike<number>, settings = SETTINGS, types = TRUE_TYPES) {
  const { side, softness, shades, gridSide } = settings;
  const boxes = placesOf(gridSide);
  const renderer = new CpuCuboids({ name: "view", side, boxes, camera: FRONT_CAMERA, shades, softness, background: 1 });
  const lanes = new Float64Array(9 * boxes);
  lanes.set(boxesOf(placeBlocks(program, raw, types, settings), FRONT_CAMERA, gridSide));
  return renderer.draw(lanes);
}

/** A scene of the prior and its picture. */
export function anyScene(rng: Rng, settings = SETTINGS) {
  const places = placesOf(settings.gridSide);
  const program = new Int32Array(places);
  sampleProgram(program, 0, settings.gridSide, settings.numTypes, rng);
  const raw = new Float64Array(places);
  sampleRaw(program, 0, places, rng, raw);
  return { program, raw, picture: sceneView(program, raw, settings) };
}

export function squaredError(first: ArrayLike<number>, second: ArrayLike<number>): number {
  return Array.from(first).reduce((sum, value, i) => sum + (value - second[i]!) ** 2, 0);
}

/** log p(z_d) - squared error / (2 noise^2), all blocks in the middle of their freedom unless told, nats. */
export function plainJoint(program: Int32Array, picture: Float32Array, settings = SETTINGS, raw?: ArrayLike<number>) {
  const view = sceneView(program, raw ?? new Float64Array(program.length), settings);
  const prior = logPriorDiscrete(program, settings.gridSide, settings.numTypes)[0]!;
  return prior - squaredError(view, picture) / (2 * settings.noise ** 2);
}

// Pictures of scenes with known programs, drawn one at a time when they are first asked for: 10,000 of them at 128 pixels
// would take 2 GB. Always by the float64 renderer, so that a run has the same data on every backend. Without pixel noise.

import { CpuCuboids } from "../../../engine/kernels/cuboids/cpu";
import { BOX_NUMBERS, type Shades } from "../../../engine/kernels/cuboids/cuboidRenderer";
import { FRONT_CAMERA } from "../camera";
import { depthOrder, sortBoxes } from "../depthOrder";
import { placeBoxes } from "../places";
import { placesOf } from "../program";
import type { SceneSettings } from "../scene";
import type { MadeScenes } from "./makeScenes";

/** What a picture depends on beside its scene. */
export type PictureSettings = SceneSettings & {
  /** R */
  readonly side: number;
  /** Pixels. */
  readonly softness: number;
  readonly shades: Shades;
};

/** A function that draws scene `row` from the front: [R, R, 3], rows from the top, 0 to 1, white behind. */
export function scenePainter(
  { programs, raw, types }: Pick<MadeScenes, "programs" | "raw" | "types">,
  settings: PictureSettings,
): (row: number) => Float32Array {
  const { side, softness, shades, gridSide } = settings;
  const places = placesOf(gridSide);
  const spec = { name: "data", side, softness, shades, boxes: places, camera: FRONT_CAMERA, background: 1 };
  const renderer = new CpuCuboids(spec);
  const order = depthOrder(FRONT_CAMERA, gridSide);
  const [boxes, sorted] = [new Float64Array(places * BOX_NUMBERS), new Float64Array(places * BOX_NUMBERS)];
  const slots = new Int32Array(places);
  return (row) => {
    const [from, to] = [row * places, (row + 1) * places];
    placeBoxes(programs.subarray(from, to), raw.subarray(from, to), types, settings, boxes);
    sortBoxes(order, boxes, sorted, slots);
    return renderer.draw(sorted);
  };
}

// A local search for one picture of a batch, with the block types as they stand: what Model.searchNear returns.

import { CpuCuboids } from "../../../engine/kernels/cuboids/cpu";
import type { LocalSearch } from "../../../engine/localSearch";
import { alikeTypes } from "../alike";
import { FRONT_CAMERA } from "../camera";
import type { BlockTypes, SceneSettings } from "../scene";
import { resized } from "../upload/resizePicture";
import { SceneBoard } from "./sceneBoard";
import { SceneSearch } from "./sceneSearch";
import { TowerLayers } from "./towerLayers";

/** Larger pictures are appraised at this side: the energy of a difference does not depend on it. */
const LARGEST_SIDE = 64;

/** What a search needs of the settings (BlocksSettings has it). */
export type SearchSettings = SceneSettings & {
  /** R */
  readonly side: number;
  readonly numTypes: number;
  readonly softness: number;
  readonly noise: number;
  readonly shades: readonly [number, number, number, number, number, number];
};

const shared = new WeakMap<object, Promise<TowerLayers>>();

/**
 * A search near good programs of a picture.
 *
 * @param picture [R, R, 3] of values 0 to 1
 * @param readTypes the model's block types, read when the search is prepared
 * @param together searches of one object share what they draw: the batch
 */
export function searchNear(
  settings: SearchSettings,
  picture: ArrayLike<number>,
  readTypes: () => Promise<BlockTypes>,
  together: object,
): LocalSearch {
  return new SceneSearch(async () => {
    const layers = shared.get(together) ?? readTypes().then((types) => towerLayers(settings, types));
    shared.set(together, layers);
    const side = Math.min(settings.side, LARGEST_SIDE);
    const values = Float32Array.from(picture);
    const small = resized({ width: settings.side, height: settings.side, values }, side, side);
    const noise = (settings.noise * side) / settings.side;
    const groups = alikeTypes((await layers).request.types);
    return new SceneBoard({ layers: await layers, picture: small.values, noise, groups });
  });
}

/** Layers of towers of these types, empty at first. */
export function towerLayers(settings: SearchSettings, types: BlockTypes): TowerLayers {
  const side = Math.min(settings.side, LARGEST_SIDE);
  const softness = (settings.softness * side) / settings.side;
  const look = { name: "towers", camera: FRONT_CAMERA, shades: settings.shades, background: 1 };
  const renderer = new CpuCuboids({ ...look, side, boxes: 1, softness });
  return new TowerLayers({ types, settings, side, draw: (boxes) => renderer.draw(boxes) });
}

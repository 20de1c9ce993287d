// A scene that a person built, photographed: drawn by the lab's renderer from the front, as training pictures are.

import type { OptionValues } from "../../../engine/options";
import { sceneTools } from "../blocksTools";
import { FRONT_CAMERA } from "../camera";
import { DATASETS, DEFAULT_DATASET, type TrueTypes } from "../datasets";
import { boxesOf } from "../depthOrder";
import { settingsOf } from "../options";
import { placeBlocks } from "../places";
import type { BlockTypes } from "../scene";
import { typesFromRaw } from "../types";
import { bytesOf } from "./seenScene";

/** The types that a person builds with: those of a run's data set, or of another one. */
export function paletteOf(options: OptionValues, dataset = String(options.dataset || DEFAULT_DATASET)): TrueTypes {
  return (DATASETS[dataset] ?? DATASETS[DEFAULT_DATASET]!).types;
}

/** Learned types from the small blocks of theta by name; null without them. */
export function typesOf(theta: Readonly<Record<string, ArrayLike<number>>>, options: OptionValues): BlockTypes | null {
  const sizes = theta["theta.sizes"];
  return sizes ? typesFromRaw(sizes, theta["theta.colors"] ?? null, settingsOf(options).numTypes) : null;
}

/**
 * The front picture of a scene, all blocks in the middle of their freedom.
 *
 * @param program [L] packed, over `types`
 * @param options a complete set of options
 * @returns [R, R, 3] 0 to 255
 */
export function photograph(program: ArrayLike<number>, types: BlockTypes, options: OptionValues): Uint8Array {
  const { side, softness, shades, ...scene } = settingsOf(options);
  const placed = placeBlocks(program, new Float64Array(program.length), types, scene);
  const boxes = boxesOf(placed, FRONT_CAMERA, scene.gridSide);
  return bytesOf(sceneTools.render(boxes, { camera: FRONT_CAMERA, side, softness, shades }));
}

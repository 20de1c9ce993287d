// Pictures of parses: what the generative model draws for one, from one of the cameras.

import type { BlockTypes } from "../../../domains/blocks/scene";
import { type BlocksView, placedBlocks, type ShownParse } from "./blocksView";

export type CameraName = "front" | "left" | "right";

/** Width of a soft edge in pictures that are only looked at, pixels. */
const LOOKED_AT = 0.5;

/**
 * Shares [side, side, 3] of a parse under these types; edges as soft as those that are learned from where the picture has
 * as many pixels.
 */
export function renderParse(
  view: Pick<BlocksView, "tools" | "data" | "settings">,
  types: BlockTypes,
  parse: Pick<ShownParse, "program" | "raw">,
  { camera = "front", side = view.data.side }: { readonly camera?: CameraName; readonly side?: number } = {},
): Float32Array {
  const { tools, data } = view;
  const from = tools.cameras[camera];
  const softness = side === data.side ? data.softness : LOOKED_AT;
  const boxes = tools.boxesOf(placedBlocks(view, types, parse), from);
  return tools.render(boxes, { camera: from, side, softness, shades: data.shades });
}

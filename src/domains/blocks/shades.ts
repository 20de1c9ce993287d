// How bright the six faces of a block are. Source: scenes specification, sections 3 and 5.1.

import type { Shades } from "../../engine/kernels/cuboids/cuboidRenderer";

export type Shading = "lab" | "reference";

/**
 * Shades of -x, +x, -y, +y, -z, +z. "lab": ambient 0.5 plus diffuse light from the front, above. "reference": all 0.5, as
 * the published pictures have on every face towards the camera, because their light is behind the blocks.
 */
export const SHADES: Readonly<Record<Shading, Shades>> = {
  lab: [0.5, 0.63, 0.5, 0.93, 0.73, 0.5],
  reference: [0.5, 0.5, 0.5, 0.5, 0.5, 0.5],
};

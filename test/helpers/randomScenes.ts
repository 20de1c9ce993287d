// Random scenes for tests of the blocks domain: programs of the prior, types and locations from standard normals.

import { sampleProgram, sampleRaw } from "../../src/domains/blocks/prior";
import { placesOf } from "../../src/domains/blocks/program";
import type { SceneSettings } from "../../src/domains/blocks/scene";
import { sizesPerType, typesFromRaw } from "../../src/domains/blocks/types";
import type { Rng } from "../../src/engine/rng/rng";

export type ScenesWanted = { readonly count: number; readonly numTypes: number; readonly isCuboid: boolean };

/** `count` scenes with common types: programs and raw locations [count, L], raw types and the table of types. */
export function randomScenes({ count, numTypes, isCuboid }: ScenesWanted, { gridSide }: SceneSettings, rng: Rng) {
  const places = placesOf(gridSide);
  const programs = new Int32Array(count * places);
  const raw = new Float64Array(programs.length);
  for (let s = 0; s < count; s++) sampleProgram(programs, s * places, gridSide, numTypes, rng);
  sampleRaw(programs, 0, programs.length, rng, raw);
  const rawSizes = Float64Array.from({ length: numTypes * sizesPerType(isCuboid) }, () => rng.normal());
  const rawColors = Float64Array.from({ length: 3 * numTypes }, () => rng.normal());
  return { programs, raw, rawSizes, rawColors, types: typesFromRaw(rawSizes, rawColors, numTypes) };
}

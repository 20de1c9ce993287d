// How varied a set of scenes is, in one sentence.

import { countBlocks, placesOf } from "../program";

/**
 * "100 scenes, 98 of them different, with 5.1 blocks each on average." Different: in blocks, not in raw locations. Scenes
 * that nobody knows (-1 in the first place) do not count; "" where all are such.
 *
 * @param programs [count, L] packed
 */
export function sceneNote(programs: ArrayLike<number>, gridSide: number): string {
  const places = placesOf(gridSide);
  const different = new Set<string>();
  let [count, blocks] = [0, 0];
  for (let from = 0; from < programs.length; from += places) {
    if (programs[from]! < 0) continue;
    count++;
    blocks += countBlocks(programs, gridSide, from);
    different.add(Array.from({ length: places }, (_, place) => programs[from + place]!).join());
  }
  if (count === 0) return "";
  if (count === 1) return `1 scene with ${blocks} ${blocks === 1 ? "block" : "blocks"}.`;
  const mean = (blocks / count).toFixed(1);
  return `${count} scenes, ${different.size} of them different, with ${mean} blocks each on average.`;
}

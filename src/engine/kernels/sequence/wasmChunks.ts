// How a call is cut into pieces of bounded memory: ranges of groups whose texts are read together, and in each of them
// ranges of lanes that are written together.

import type { Texts } from "../../nn/sequence";

/** Lanes `from` to `to` of a range of groups. */
export type LaneRange = { readonly from: number; readonly to: number; readonly rows: number };
export type Chunk = { readonly from: number; readonly to: number; readonly lanes: readonly LaneRange[] };

export type ChunkLimits = {
  /** Most symbols read together, and most decoder rows written together; a single group or lane may exceed them. */
  readonly symbols: number;
  readonly rows: number;
};

/**
 * Chunks that have lanes. Ranges of groups depend on the texts alone, so that what one call read serves the next.
 *
 * @param groups [N] of lanes in ascending order; all in one range without texts
 * @param steps rows of a lane for each text of its group
 */
export function planChunks(
  texts: Texts | null,
  groups: Int32Array,
  steps: (lane: number) => number,
  limits: ChunkLimits,
): readonly Chunk[] {
  const offsets = texts?.groupOffsets;
  const chunks: Chunk[] = [];
  let lane = 0;
  for (const { from, to } of groupRanges(texts, limits.symbols)) {
    const lanes: LaneRange[] = [];
    let start = lane;
    let rows = 0;
    for (; lane < groups.length && (!offsets || groups[lane]! < to); lane++) {
      const group = groups[lane]!;
      const added = steps(lane) * (offsets ? offsets[group + 1]! - offsets[group]! : 1);
      if (lane > start && rows + added > limits.rows) {
        lanes.push({ from: start, to: lane, rows });
        start = lane;
        rows = 0;
      }
      rows += added;
    }
    if (lane > start) lanes.push({ from: start, to: lane, rows });
    if (lanes.length > 0) chunks.push({ from, to, lanes });
  }
  return chunks;
}

function groupRanges(texts: Texts | null, most: number): readonly { readonly from: number; readonly to: number }[] {
  if (texts === null) return [{ from: 0, to: 0 }];
  const { groupOffsets, textOffsets } = texts;
  const count = groupOffsets.length - 1;
  const ranges: { from: number; to: number }[] = [];
  let from = 0;
  for (let group = 0; group < count; group++) {
    const symbols = textOffsets[groupOffsets[group + 1]!]! - textOffsets[groupOffsets[from]!]!;
    if (group > from && symbols > most) {
      ranges.push({ from, to: group });
      from = group;
    }
  }
  if (from < count) ranges.push({ from, to: count });
  return ranges;
}

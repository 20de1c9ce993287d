// In which order the lanes of a call are run on wasm and WebGPU: the longest first, so that on wasm those that have ended drop
// out at the end of a step's rows, and on WebGPU neighbours end together; in chunks of bounded memory.

import type { RecurrentLanes } from "../../nn/recurrent";

/** Most lanes of a chunk, and most of their steps together; a single lane may exceed them. */
export type ChunkLimits = { readonly lanes: number; readonly rows: number };

/** One chunk: rows stand step by step, and in the order of the lanes within a step. */
export type Layout = {
  /** [n] number of each lane in the call, the longest first, none without steps. */
  readonly lanes: Int32Array;
  /** [n] */
  readonly lengths: Int32Array;
  /** [steps + 1] first row of each step, and the number of rows. */
  readonly first: Int32Array;
};

/** The chunks of a call; lanes of one length stand in the order of their groups. */
export function planLayouts({ lengths, groups }: RecurrentLanes, limits: ChunkLimits): readonly Layout[] {
  const order = Int32Array.from(lengths.keys())
    .filter((lane) => lengths[lane]! > 0)
    .sort((a, b) => lengths[b]! - lengths[a]! || (groups[a] ?? 0) - (groups[b] ?? 0) || a - b);
  const layouts: Layout[] = [];
  for (let from = 0; from < order.length; ) {
    const most = Math.max(1, Math.min(limits.lanes, Math.floor(limits.rows / lengths[order[from]!]!)));
    layouts.push(layoutOf(order.slice(from, from + most), lengths));
    from += most;
  }
  return layouts;
}

/** Lanes that run at a step. */
export function activeAt({ first }: Layout, step: number): number {
  return first[step + 1]! - first[step]!;
}

export function numSteps({ first }: Layout): number {
  return first.length - 1;
}

function layoutOf(lanes: Int32Array, all: Int32Array): Layout {
  const lengths = lanes.map((lane) => all[lane]!);
  const first = new Int32Array(lengths[0]! + 1);
  let active = lanes.length;
  for (let step = 0; step < lengths[0]!; step++) {
    while (lengths[active - 1]! <= step) active--;
    first[step + 1] = first[step]! + active;
  }
  return { lanes, lengths, first };
}

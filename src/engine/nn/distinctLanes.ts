// Equal sequences are computed once: memory and proposals of an observation often hold the same program. Used by the
// backends whose cost is per sequence.

import type { Lanes } from "./sequence";

/** D distinct sequences in the order of their group and then of their tokens, so that those with a common prefix are neighbours. */
export type DistinctLanes = {
  /** [D, L] */
  readonly tokens: Int32Array;
  /** [D] */
  readonly groups: Int32Array;
  /** [N] which distinct one each lane is; -1 for lanes that were left out. */
  readonly index: Int32Array;
};

/**
 * The distinct (group, tokens) among the lanes that `isKept` keeps.
 *
 * @param isConditioned false where groups play no part (the network reads nothing): all lanes count as group 0
 */
export function distinctLanes(
  lanes: Lanes,
  maxLength: number,
  isConditioned: boolean,
  isKept: (lane: number) => boolean,
): DistinctLanes {
  const { tokens } = lanes;
  const groups = isConditioned ? lanes.groups : new Int32Array(lanes.groups.length);
  const compare = (a: number, b: number) => {
    let difference = groups[a]! - groups[b]!;
    for (let t = 0; difference === 0 && t < maxLength; t++) {
      difference = tokens[a * maxLength + t]! - tokens[b * maxLength + t]!;
    }
    return difference;
  };
  const order = Array.from(groups.keys()).filter(isKept).sort(compare);
  const index = new Int32Array(groups.length).fill(-1);
  const firsts: number[] = [];
  for (const lane of order) {
    const last = firsts.at(-1);
    if (last === undefined || compare(last, lane) !== 0) firsts.push(lane);
    index[lane] = firsts.length - 1;
  }
  const kept = new Int32Array(firsts.length * maxLength);
  for (const [at, lane] of firsts.entries()) {
    kept.set(tokens.subarray(lane * maxLength, (lane + 1) * maxLength), at * maxLength);
  }
  return { tokens: kept, groups: Int32Array.from(firsts, (lane) => groups[lane]!), index };
}

// Learned block types beside the true ones: one learned type for each true one at the smallest total difference, and for
// each learned type the true one that it is most like. Source: scenes specification, section 9.

import { assign } from "../../engine/assignment";
import type { BlockTypes } from "./scene";

export type TypeMatch = {
  /** True type, in the order of the true ones. */
  readonly trueType: number;
  /** The learned type that stands for it; -1 where there are fewer learned types and none is left. */
  readonly type: number;
  /** Largest difference of an extent, units; NaN without a learned type. */
  readonly sizeError: number;
  /** Largest difference of a colour channel, 0 to 1; NaN without a learned type. */
  readonly colorError: number;
};

/** Mean difference of the three extents plus the distance of the colours. */
export function typeDistance(first: BlockTypes, a: number, second: BlockTypes, b: number): number {
  let [size, color] = [0, 0];
  for (let i = 0; i < 3; i++) {
    size += Math.abs(first.sizes[3 * a + i]! - second.sizes[3 * b + i]!) / 3;
    color += (first.colors[3 * a + i]! - second.colors[3 * b + i]!) ** 2;
  }
  return size + Math.sqrt(color);
}

/** A learned type for each true one, each used once, so that the sum of distances is smallest. */
export function matchTypes(learned: BlockTypes, known: BlockTypes): readonly TypeMatch[] {
  const [numLearned, numKnown] = [learned.sizes.length / 3, known.sizes.length / 3];
  const costs = Array.from({ length: numKnown }, (_, k) =>
    Array.from({ length: numLearned }, (_, p) => typeDistance(known, k, learned, p)),
  );
  return assign(costs).map((type, trueType) => ({
    trueType,
    type,
    sizeError: type < 0 ? Number.NaN : largestDifference(learned.sizes, type, known.sizes, trueType),
    colorError: type < 0 ? Number.NaN : largestDifference(learned.colors, type, known.colors, trueType),
  }));
}

/** [P] the true type that each learned one is most like; several may be like the same. */
export function nearestTypes(learned: BlockTypes, known: BlockTypes): Int32Array {
  const numKnown = known.sizes.length / 3;
  return Int32Array.from({ length: learned.sizes.length / 3 }, (_, p) => {
    let best = 0;
    for (let k = 1; k < numKnown; k++) {
      if (typeDistance(learned, p, known, k) < typeDistance(learned, p, known, best)) best = k;
    }
    return best;
  });
}

function largestDifference(a: ArrayLike<number>, i: number, b: ArrayLike<number>, j: number): number {
  return Math.max(...[0, 1, 2].map((axis) => Math.abs(a[3 * i + axis]! - b[3 * j + axis]!)));
}

// Sufficient statistics: how often each neighbourhood is followed by 0 and by 1. After one pass over the pixels, any
// rule costs 8 or 32 additions. Source: automata specification, section 2. The uppermost cell is the highest bit.

import type { Boundary, Grid, Neighbours } from "./grid";
import { numBits } from "./grid";

/** Most transitions that fit a 16-bit count. */
export const MAX_TRANSITIONS = 65_535;

/**
 * Adds the transitions of one picture to `counts`.
 *
 * @param pixels row-major cells, one picture of height * width from `pixelsFrom`
 * @param counts [2^k][2]: counts[countsFrom + 2 * i + v] is the number of cells v after neighbourhood i
 * Side effect: `counts` grows by height * (width - 1) in total.
 */
export function addTransitions(
  pixels: Uint8Array,
  pixelsFrom: number,
  size: { readonly height: number; readonly width: number },
  rule: { readonly neighbours: Neighbours; readonly boundary: Boundary },
  counts: Uint16Array | Uint32Array,
  countsFrom: number,
): void {
  const { height, width } = size;
  const radius = rule.neighbours >> 1;
  const mask = (1 << rule.neighbours) - 1;
  const wrap = rule.boundary === "wrap";
  for (let j = 1; j < width; j++) {
    const previous = pixelsFrom + j - 1;
    let index = 0;
    for (let d = -radius; d < radius; d++) {
      const y = wrap ? (((d % height) + height) % height) * width : d * width;
      index = (index << 1) | (wrap || (d >= 0 && d < height) ? pixels[previous + y]! : 0);
    }
    const inside = Math.max(0, height - radius);
    let at = previous;
    let below = previous + radius * width;
    for (let y = 0; y < inside; y++, at += width, below += width) {
      index = ((index << 1) | pixels[below]!) & mask;
      counts[countsFrom + 2 * index + pixels[at + 1]!]!++;
    }
    for (let y = inside; y < height; y++, at += width) {
      const next = wrap ? pixels[previous + ((y + radius) % height) * width]! : 0;
      index = ((index << 1) | next) & mask;
      counts[countsFrom + 2 * index + pixels[at + 1]!]!++;
    }
  }
}

/** Transition counts [2^k][2] of one grid: counts[2 * i + v]. */
export function countTransitions(grid: Grid, neighbours: Neighbours, boundary: Boundary): Uint32Array {
  const counts = new Uint32Array(2 * numBits(neighbours));
  addTransitions(grid.pixels, 0, grid, { neighbours, boundary }, counts, 0);
  return counts;
}

/** Transition counts [N][2^k][2] of N equally large pictures, with one boundary per picture (1 = wrap, 0 = zero). */
export function countAll(
  pixels: Uint8Array,
  count: number,
  size: { readonly height: number; readonly width: number },
  neighbours: Neighbours,
  isWrapped: Uint8Array,
): Uint16Array {
  const stride = 2 * numBits(neighbours);
  const area = size.height * size.width;
  const counts = new Uint16Array(count * stride);
  const wrap = { neighbours, boundary: "wrap" } as const;
  const zero = { neighbours, boundary: "zero" } as const;
  for (let n = 0; n < count; n++) {
    addTransitions(pixels, n * area, size, isWrapped[n] === 1 ? wrap : zero, counts, n * stride);
  }
  return counts;
}

/** Visited neighbourhoods as bits: bit i is set if neighbourhood i occurs. */
export function visitedBits(counts: ArrayLike<number>, from: number, bits: number): number {
  let visited = 0;
  for (let i = 0; i < bits; i++) {
    if (counts[from + 2 * i]! + counts[from + 2 * i + 1]! > 0) visited |= 1 << i;
  }
  return visited >>> 0;
}

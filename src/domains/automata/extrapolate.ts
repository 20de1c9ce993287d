// Growing pictures with a rule: data, dreams, extrapolation to the right, and where a picture disagrees with a rule.

import type { Rng } from "../../engine/rng/rng";
import type { Boundary, Grid, Neighbours } from "./grid";
import { columnOf } from "./grid";
import { ruleBit } from "./program";

export type Growth = { readonly rule: number; readonly neighbours: Neighbours; readonly boundary: Boundary };

/**
 * Fills columns 1..width - 1 of the picture that starts at `from` (row-major); column 0 is there already.
 *
 * @param noise probability that a cell is flipped, one draw per cell; 0 draws nothing
 */
export function growInPlace(
  pixels: Uint8Array,
  from: number,
  size: { readonly height: number; readonly width: number },
  growth: Growth,
  noise: number,
  rng: Rng | null,
): void {
  const { height, width } = size;
  const { rule, neighbours } = growth;
  const radius = neighbours >> 1;
  const mask = (1 << neighbours) - 1;
  const wrap = growth.boundary === "wrap";
  for (let j = 1; j < width; j++) {
    const previous = from + j - 1;
    let index = 0;
    for (let y = -radius; y < height + radius; y++) {
      let cell = 0;
      if (y >= 0 && y < height) cell = pixels[previous + y * width]!;
      else if (wrap) cell = pixels[previous + (((y % height) + height) % height) * width]!;
      index = ((index << 1) | cell) & mask;
      if (y < radius) continue;
      const flip = noise > 0 && rng !== null && rng.uniform() < noise ? 1 : 0;
      pixels[previous + 1 + (y - radius) * width] = ruleBit(rule, index) ^ flip;
    }
  }
}

/** A picture of a given width grown from its first column, which is part of it. */
export function growFrom(first: Uint8Array, width: number, growth: Growth, noise = 0, rng: Rng | null = null): Grid {
  const height = first.length;
  const pixels = new Uint8Array(height * width);
  for (let y = 0; y < height; y++) pixels[y * width] = first[y]!;
  growInPlace(pixels, 0, { height, width }, growth, noise, rng);
  return { height, width, pixels };
}

/** The noise-free column that follows `column`, [height]. */
export function nextColumn(column: Uint8Array, growth: Growth): Uint8Array {
  return columnOf(growFrom(column, 2, growth), 1);
}

/** What comes after the last column of a picture: `columns` predicted columns, clean (noise 0) or noisy. */
export function extrapolate(grid: Grid, columns: number, growth: Growth, noise = 0, rng: Rng | null = null): Grid {
  const grown = growFrom(columnOf(grid, grid.width - 1), columns + 1, growth, noise, rng);
  const pixels = new Uint8Array(grid.height * columns);
  for (let y = 0; y < grid.height; y++) {
    pixels.set(grown.pixels.subarray(y * (columns + 1) + 1, (y + 1) * (columns + 1)), y * columns);
  }
  return { height: grid.height, width: columns, pixels };
}

/** 1 where a cell is not what the rule makes of the column before it, [height * width]; column 0 is never marked. */
export function disagreements(grid: Grid, growth: Growth): Uint8Array {
  const { height, width, pixels } = grid;
  const marked = new Uint8Array(height * width);
  for (let j = 1; j < width; j++) {
    const expected = nextColumn(columnOf(grid, j - 1), growth);
    for (let y = 0; y < height; y++) marked[y * width + j] = expected[y] === pixels[y * width + j] ? 0 : 1;
  }
  return marked;
}

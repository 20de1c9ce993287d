// Growing pictures with a rule: extrapolation to the right of a picture, and where a picture disagrees with a rule.

import type { Rng } from "../../engine/rng/rng";
import { neighbourhoodsOf } from "./counts";
import type { Boundary, Grid, Neighbours } from "./grid";
import { columnOf } from "./grid";
import { ruleBit } from "./program";

export type Growth = { readonly rule: number; readonly neighbours: Neighbours; readonly boundary: Boundary };

/** The noise-free column that follows `column`, [height]. */
export function nextColumn(column: Uint8Array, growth: Growth, out = new Uint8Array(column.length)): Uint8Array {
  const index = neighbourhoodsOf(column, growth.neighbours, growth.boundary);
  for (let y = 0; y < column.length; y++) out[y] = ruleBit(growth.rule, index[y]!);
  return out;
}

/**
 * Grows `columns` columns from a first one that is not part of the result.
 *
 * @param noise probability that a cell is flipped; 0 is the clean continuation and draws nothing
 */
export function grow(first: Uint8Array, columns: number, growth: Growth, noise: number, rng: Rng | null): Grid {
  const height = first.length;
  const pixels = new Uint8Array(height * columns);
  let column = first;
  for (let j = 0; j < columns; j++) {
    const next = nextColumn(column, growth);
    for (let y = 0; y < height; y++) {
      if (noise > 0 && rng && rng.uniform() < noise) next[y] = 1 - next[y]!;
      pixels[y * columns + j] = next[y]!;
    }
    column = next;
  }
  return { height, width: columns, pixels };
}

/** What comes after the last column of a picture: `columns` predicted columns, clean (noise 0) or noisy. */
export function extrapolate(grid: Grid, columns: number, growth: Growth, noise = 0, rng: Rng | null = null): Grid {
  return grow(columnOf(grid, grid.width - 1), columns, growth, noise, rng);
}

/** A picture of a given width grown from its first column, which is part of it. */
export function growFrom(first: Uint8Array, width: number, growth: Growth, noise = 0, rng: Rng | null = null): Grid {
  const rest = grow(first, width - 1, growth, noise, rng);
  const pixels = new Uint8Array(first.length * width);
  for (let y = 0; y < first.length; y++) {
    pixels[y * width] = first[y]!;
    pixels.set(rest.pixels.subarray(y * (width - 1), (y + 1) * (width - 1)), y * width + 1);
  }
  return { height: first.length, width, pixels };
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

// A person's picture -> a grid of cells: crop, growth direction, size, threshold, optional clean-up.
// Source: automata specification, section 8, steps 1 to 3.

import type { Crop, Direction, RgbaPicture } from "./greyPicture";
import { cropGrey, greyOf, otsuThreshold, resizeGrey, turnGrey } from "./greyPicture";
import type { Grid } from "./grid";

export type PictureSettings = {
  /** Part of the picture to use, in its own pixels; null is all of it. */
  readonly crop: Crop | null;
  /** Where time runs in the picture as given. */
  readonly direction: Direction;
  /** Rows of the grid, 2 to 256. */
  readonly height: number;
  /** Columns of the grid; null keeps the picture's proportions. */
  readonly width: number | null;
  /** Grey values up to this are dark (1); null lets Otsu's method choose. */
  readonly threshold: number | null;
  /** Exchange dark and light. */
  readonly invert: boolean;
  /** Replace each cell by the majority of its 3 by 3 surroundings. */
  readonly majorityFilter: boolean;
};

export const PICTURE_DEFAULTS: PictureSettings = {
  crop: null,
  direction: "right",
  height: 64,
  width: null,
  threshold: null,
  invert: false,
  majorityFilter: false,
};

export const MAX_SIDE = 256;

export type PreparedPicture = {
  readonly grid: Grid;
  /** The threshold that was used, 0..255. */
  readonly threshold: number;
  /** Share of dark cells; 0 or 1 means that the picture is all one colour. */
  readonly darkShare: number;
};

/** The grid that a picture becomes under these settings. Never throws; sides are kept between 2 and 256. */
export function preparePicture(picture: RgbaPicture, settings: PictureSettings): PreparedPicture {
  const grey = greyOf(picture);
  const turned = turnGrey(settings.crop ? cropGrey(grey, settings.crop) : grey, settings.direction);
  const height = side(settings.height);
  const width = side(settings.width ?? (turned.width * height) / turned.height);
  const resized = resizeGrey(turned, height, width);
  const threshold = settings.threshold ?? otsuThreshold(resized.values);
  const cells = binarise(resized.values, threshold, settings.invert);
  const raw = { height, width, pixels: cells };
  const grid = settings.majorityFilter ? majorityFilter(raw) : raw;
  return { grid, threshold, darkShare: darkShare(grid) };
}

function side(wanted: number): number {
  return Math.min(MAX_SIDE, Math.max(2, Math.round(wanted)));
}

/** 1 where the rounded grey value is at most the threshold (dark), else 0; `invert` exchanges them. */
export function binarise(values: ArrayLike<number>, threshold: number, invert = false): Uint8Array {
  const cells = new Uint8Array(values.length);
  for (let i = 0; i < cells.length; i++) cells[i] = Math.round(values[i]!) <= threshold !== invert ? 1 : 0;
  return cells;
}

/** Each cell becomes the majority of the cells around it and itself that lie inside the grid; ties keep the cell. */
export function majorityFilter(grid: Grid): Grid {
  const { height, width, pixels } = grid;
  const out = new Uint8Array(pixels.length);
  for (let y = 0; y < height; y++) {
    for (let j = 0; j < width; j++) {
      let dark = 0;
      let cells = 0;
      for (let r = Math.max(0, y - 1); r <= Math.min(height - 1, y + 1); r++) {
        for (let c = Math.max(0, j - 1); c <= Math.min(width - 1, j + 1); c++, cells++) dark += pixels[r * width + c]!;
      }
      out[y * width + j] = 2 * dark === cells ? pixels[y * width + j]! : Number(2 * dark > cells);
    }
  }
  return { height, width, pixels: out };
}

/** Dark cells over all cells. */
export function darkShare(grid: Grid): number {
  let dark = 0;
  for (const cell of grid.pixels) dark += cell;
  return grid.pixels.length === 0 ? 0 : dark / grid.pixels.length;
}

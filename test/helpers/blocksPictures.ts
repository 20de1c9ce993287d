// Pictures for tests of people's own files: scenes of blocks as files may show them, and pictures of other things, all made
// by code.

import { Rng } from "../../src/engine/rng/rng";
import { SETTINGS, sceneView, TRUE_TYPES } from "./blocksScenes";

export type Rgba = { readonly width: number; readonly height: number; readonly rgba: Uint8ClampedArray };
type Color = readonly number[];

/** A picture by a function of the pixel: red, green, blue 0 to 255, and opacity. */
export function rgbaOf(width: number, height: number, color: (x: number, y: number) => Color): Rgba {
  const rgba = new Uint8ClampedArray(4 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [r = 0, g = 0, b = 0, a = 255] = color(x, y);
      rgba.set([r, g, b, a], 4 * (y * width + x));
    }
  }
  return { width, height, rgba };
}

/** A scene photographed at `side` pixels, and `change` made of each pixel. */
export function photo(
  program: Int32Array,
  side = 128,
  change: (color: Color, x: number, y: number) => Color = (color) => color,
  types = TRUE_TYPES,
): Rgba {
  const settings = { ...SETTINGS, side, softness: side === 32 ? 0.35 : 0.75 };
  const view = sceneView(program, new Float64Array(program.length), settings, types);
  return rgbaOf(side, side, (x, y) => {
    const at = 3 * (y * side + x);
    return change([255 * view[at]!, 255 * view[at + 1]!, 255 * view[at + 2]!], x, y);
  });
}

const inside = (x: number, y: number, left: number, top: number, right: number, bottom: number) =>
  x >= left && x < right && y >= top && y < bottom;

/** Letters as bars: a T, an I and an E. */
function text(x: number, y: number): Color {
  const bars = [
    [10, 30, 30, 36],
    [17, 30, 23, 66],
    [42, 30, 48, 66],
    [60, 30, 66, 66],
    [60, 30, 84, 36],
    [60, 45, 80, 51],
    [60, 60, 84, 66],
  ] as const;
  return bars.some(([left, top, right, bottom]) => inside(x, y, left, top, right, bottom))
    ? [20, 20, 20]
    : [255, 255, 255];
}

/** Ridges and shades without an edge, as stone or skin has. */
function texture(x: number, y: number): Color {
  const value = 128 + 60 * Math.sin(x / 7) * Math.cos(y / 9) + 40 * Math.sin((x + y) / 3 + Math.sin(y / 5));
  return [value, 0.8 * value, 0.6 * value + 20];
}

/** Pictures of other things by name. */
export function otherThings(): Readonly<Record<string, Rgba>> {
  const rng = new Rng(9);
  return {
    gradient: rgbaOf(96, 96, (x, y) => [2.6 * x, 2.6 * y, 128]),
    text: rgbaOf(96, 96, text),
    noise: rgbaOf(96, 96, () => [rng.int(256), rng.int(256), rng.int(256)]),
    texture: rgbaOf(96, 96, texture),
    disc: rgbaOf(96, 96, (x, y) => (Math.hypot(x - 48, y - 48) < 20 ? [230, 160, 30] : [255, 255, 255])),
  };
}

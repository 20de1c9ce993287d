// Pictures on a canvas: characters in the data's ink, probabilities in the ink of the generative model.

import { type Rgb, tokenRgb } from "../../frame/useColours";

export type Inks = {
  readonly dataGround: Rgb;
  readonly data: Rgb;
  readonly modelGround: Rgb;
  readonly model: Rgb;
  readonly mismatch: Rgb;
};

/** The colours of the theme in force; call it inside the drawing. */
export function inks(): Inks {
  return {
    dataGround: tokenRgb("--data-0"),
    data: tokenRgb("--data"),
    modelGround: tokenRgb("--prediction-0"),
    model: tokenRgb("--prediction"),
    mismatch: tokenRgb("--mismatch"),
  };
}

/** Colour on the way from one to the other, share 0 to 1. */
export function mixed(from: Rgb, to: Rgb, share: number): Rgb {
  const at = (i: 0 | 1 | 2) => Math.round(from[i] + (to[i] - from[i]) * share);
  return [at(0), at(1), at(2)];
}

/** CSS colour. */
export const css = ([r, g, b]: Rgb): string => `rgb(${r} ${g} ${b})`;

/**
 * Shades [side * side] of 0 to 1 as an image of the same size.
 *
 * @param from colour of 0
 * @param to   colour of 1
 */
export function shadedImage(shades: ArrayLike<number>, side: number, from: Rgb, to: Rgb): ImageData {
  const image = new ImageData(side, side);
  const { data } = image;
  for (let i = 0; i < side * side; i++) {
    const share = shades[i] ?? 0;
    data[4 * i] = from[0] + (to[0] - from[0]) * share;
    data[4 * i + 1] = from[1] + (to[1] - from[1]) * share;
    data[4 * i + 2] = from[2] + (to[2] - from[2]) * share;
    data[4 * i + 3] = 255;
  }
  return image;
}

/** Paints shades [side * side]; the canvas gets their size in pixels. */
export function paintShades(
  canvas: HTMLCanvasElement,
  shades: ArrayLike<number>,
  side: number,
  from: Rgb,
  to: Rgb,
): void {
  if (canvas.width !== side) canvas.width = side;
  if (canvas.height !== side) canvas.height = side;
  canvas.getContext("2d")?.putImageData(shadedImage(shades, side, from, to), 0, 0);
}

/** Device pixels per CSS pixel, whole: 1 to 3. */
export const density = (): number => Math.min(3, Math.max(1, Math.round(globalThis.devicePixelRatio || 1)));

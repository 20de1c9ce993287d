// Cells on a canvas: one canvas pixel per cell, enlarged by a whole number in CSS, so that cells stay sharp squares.

import { type Rgb, tokenRgb } from "../../frame/useColours";

/** Largest whole enlargement at which `cells` cells fit into `room` px, at least 1. */
export function wholeScale(cells: number, room: number): number {
  return Math.max(1, Math.floor(room / Math.max(1, cells)));
}

/**
 * Paints coded cells.
 *
 * @param codes   [height * width] index into `colours`, row by row
 * @param colours red, green, blue per code
 * Side effect: the canvas gets the grid's size in pixels.
 */
export function paintCells(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
  codes: ArrayLike<number>,
  colours: readonly Rgb[],
): void {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const pen = canvas.getContext("2d");
  if (!pen) return;
  const image = pen.createImageData(width, height);
  for (let i = 0; i < width * height; i++) {
    const [r, g, b] = colours[codes[i] ?? 0] ?? [0, 0, 0];
    image.data.set([r, g, b, 255], 4 * i);
  }
  pen.putImageData(image, 0, 0);
}

/** Colours of light cells, dark cells and mismatches, read from the theme in force. */
export function dataColours(): readonly Rgb[] {
  return [tokenRgb("--data-0"), tokenRgb("--data"), tokenRgb("--mismatch")];
}

/** `steps` colours from the prediction's ground to its ink. */
export function predictionColours(steps: number): readonly Rgb[] {
  const from = tokenRgb("--prediction-0");
  const to = tokenRgb("--prediction");
  return Array.from({ length: steps }, (_, i) => {
    const t = steps < 2 ? 1 : i / (steps - 1);
    const mix = (a: number, b: number) => Math.round(a + (b - a) * t);
    return [mix(from[0], to[0]), mix(from[1], to[1]), mix(from[2], to[2])] as const;
  });
}

export type WallMode = "marked" | "expected" | "residual";

/**
 * Codes of a picture's cells: 0 light, 1 dark, 2 mismatch.
 *
 * @param pixels       [n] the picture
 * @param disagreement [n] 1 where the rule expects the other value; null without a rule
 */
export function cellCodes(pixels: Uint8Array, disagreement: Uint8Array | null, mode: WallMode): Uint8Array {
  const codes = new Uint8Array(pixels.length);
  for (let i = 0; i < pixels.length; i++) {
    const cell = pixels[i] ?? 0;
    const wrong = disagreement?.[i] === 1;
    if (mode === "marked") codes[i] = wrong ? 2 : cell;
    else if (mode === "expected") codes[i] = wrong ? 1 - cell : cell;
    else codes[i] = wrong ? 2 : 0;
  }
  return codes;
}

// Colour pictures on a canvas, one canvas pixel a picture's: observed ones in bytes, rendered ones in shares, and where
// the two differ.

import { type Rgb, tokenRgb } from "../../frame/useColours";

/** Largest difference that the residual's scale shows. */
export const WORST = 1;

/** Paints [side, side, 3] of bytes, or of shares from 0 to 1. */
export function paintColours(canvas: HTMLCanvasElement, pixels: Uint8Array | Float32Array, side: number): void {
  const factor = pixels instanceof Uint8Array ? 1 : 255;
  paint(canvas, side, (data) => {
    for (let i = 0; i < side * side; i++) {
      for (let c = 0; c < 3; c++) data[4 * i + c] = (pixels[3 * i + c] ?? 0) * factor;
      data[4 * i + 3] = 255;
    }
  });
}

const scratch: { canvas: HTMLCanvasElement | null } = { canvas: null };

/** The same as one of many pictures on a sheet, `size` px wide at (x, y), with a hairline around it. */
export function paintOnSheet(
  sheet: HTMLCanvasElement,
  pixels: Uint8Array | Float32Array,
  side: number,
  { x, y, size }: { readonly x: number; readonly y: number; readonly size: number },
): void {
  scratch.canvas ??= document.createElement("canvas");
  paintColours(scratch.canvas, pixels, side);
  const pen = sheet.getContext("2d");
  if (!pen) return;
  pen.imageSmoothingEnabled = false;
  pen.drawImage(scratch.canvas, x, y, size, size);
  const [r, g, b] = tokenRgb("--line-1");
  pen.strokeStyle = `rgb(${r} ${g} ${b})`;
  pen.lineWidth = 1;
  pen.strokeRect(x + 0.5, y + 0.5, size - 1, size - 1);
}

/**
 * Difference of each pixel: root mean square over its three channels, 0 to 1.
 *
 * @param observed [side, side, 3] 0 to 255
 * @param drawn    [side, side, 3] 0 to 1
 */
export function differences(observed: Uint8Array, drawn: Float32Array): Float32Array {
  return Float32Array.from({ length: drawn.length / 3 }, (_, i) => {
    let sum = 0;
    for (let c = 0; c < 3; c++) sum += ((observed[3 * i + c] ?? 0) / 255 - (drawn[3 * i + c] ?? 0)) ** 2;
    return Math.sqrt(sum / 3);
  });
}

/** Root mean square of all differences. */
export function meanDifference(each: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < each.length; i++) sum += (each[i] ?? 0) ** 2;
  return Math.sqrt(sum / Math.max(1, each.length));
}

/** Paints differences from the page's ground to the colour of mismatch. */
export function paintDifferences(canvas: HTMLCanvasElement, each: Float32Array, side: number): void {
  const [from, to] = [tokenRgb("--data-0"), tokenRgb("--mismatch")];
  paint(canvas, side, (data) => {
    for (let i = 0; i < side * side; i++) {
      const share = Math.min(1, (each[i] ?? 0) / WORST);
      for (const c of [0, 1, 2] as const) data[4 * i + c] = from[c] + (to[c] - from[c]) * share;
      data[4 * i + 3] = 255;
    }
  });
}

/** Paints one colour: nothing is known yet. */
export function paintGround(canvas: HTMLCanvasElement, side: number, [r, g, b]: Rgb): void {
  paint(canvas, side, (data) => {
    for (let i = 0; i < side * side; i++) data.set([r, g, b, 255], 4 * i);
  });
}

function paint(canvas: HTMLCanvasElement, side: number, fill: (data: Uint8ClampedArray) => void): void {
  if (canvas.width !== side) canvas.width = side;
  if (canvas.height !== side) canvas.height = side;
  const image = new ImageData(side, side);
  fill(image.data);
  canvas.getContext("2d")?.putImageData(image, 0, 0);
}

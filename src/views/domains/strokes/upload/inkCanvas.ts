// Values of 28 by 28 cells on a canvas of as many pixels.

import { type Rgb, tokenRgb } from "../../../frame/useColours";
import { CELLS } from "./padDrawing";

/** Paints shares of ink, 0 to 1, from paper to ink. */
export function paintInk(canvas: HTMLCanvasElement, values: ArrayLike<number>): void {
  const [paper, ink] = [tokenRgb("--data-0"), tokenRgb("--data")];
  paintCells(canvas, (i) => mixed(paper, ink, values[i] ?? 0));
}

/** Paints one colour a cell. */
export function paintCells(canvas: HTMLCanvasElement, colourAt: (cell: number) => Rgb): void {
  if (canvas.width !== CELLS) canvas.width = canvas.height = CELLS;
  const pen = canvas.getContext("2d");
  if (!pen) return;
  const image = pen.createImageData(CELLS, CELLS);
  for (let i = 0; i < CELLS * CELLS; i++) image.data.set([...colourAt(i), 255], 4 * i);
  pen.putImageData(image, 0, 0);
}

/** Between two colours, `share` of the second. */
export function mixed(from: Rgb, to: Rgb, share: number): Rgb {
  const at = (a: number, b: number) => Math.round(a + (b - a) * Math.min(1, Math.max(0, share)));
  return [at(from[0], to[0]), at(from[1], to[1]), at(from[2], to[2])];
}

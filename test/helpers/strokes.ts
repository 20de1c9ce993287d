// Words for tests of the strokes domain's pictures.

import { drawnAt, makeAlphabets, specimens } from "../../src/domains/strokes/data/handwriting";
import type { RgbaPicture } from "../../src/domains/strokes/upload/inkOfPicture";

/** Share of ones. */
export function inkShare(pixels: Uint8Array): number {
  let ink = 0;
  for (const bit of pixels) ink += bit;
  return ink / pixels.length;
}

/** Connected pieces of ink, diagonal neighbours included. */
export function numComponents(pixels: Uint8Array, side: number): number {
  const left = pixels.slice();
  let pieces = 0;
  for (let first = left.indexOf(1); first >= 0; first = left.indexOf(1)) {
    pieces++;
    const open = [first];
    left[first] = 0;
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const [row, column] = [Math.floor(at / side), at % side];
      for (let r = Math.max(0, row - 1); r <= Math.min(side - 1, row + 1); r++) {
        for (let c = Math.max(0, column - 1); c <= Math.min(side - 1, column + 1); c++) {
          if (left[r * side + c] !== 1) continue;
          left[r * side + c] = 0;
          open.push(r * side + c);
        }
      }
    }
  }
  return pieces;
}

export type Colour = readonly [number, number, number, number];
export const BLACK: Colour = [0, 0, 0, 255];
export const WHITE: Colour = [255, 255, 255, 255];
export const CLEAR: Colour = [0, 0, 0, 0];

/** A picture of bits, each pixel a square of `side` pixels. */
export function pictureOf(bits: Uint8Array, width: number, ink = BLACK, paper = WHITE, side = 1): RgbaPicture {
  const height = bits.length / width;
  const rgba = new Uint8ClampedArray(4 * bits.length * side * side);
  for (let y = 0; y < height * side; y++) {
    for (let x = 0; x < width * side; x++) {
      const bit = bits[Math.floor(y / side) * width + Math.floor(x / side)];
      rgba.set(bit === 1 ? ink : paper, 4 * (y * width * side + x));
    }
  }
  return { width: width * side, height: height * side, rgba };
}

/** Generated drawings at 105 x 105. */
export function drawings(count: number): Uint8Array[] {
  return Array.from(specimens({ seed: 6, count, split: "train" }, makeAlphabets(6, 3)), (one) => drawnAt(one));
}

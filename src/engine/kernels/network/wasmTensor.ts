// Where the activations of one layer live in wasm memory: NHWC with a zero border, once for values, once for gradients.
// Channels are padded to a multiple of 8 (they stay exactly 0: zero weights, zero gradients), except in the network's input.

import { allocate, writeWords } from "../assembly/jobs";
import type { Kernels } from "../assembly/module";
import type { Shape } from "./plan";

export type Border = readonly [rows: number, columns: number];

/** The next multiple of 8. */
export function paddedTo8(count: number): number {
  return (count + 7) & ~7;
}

/** A batch of images with a border. Offsets are in bytes from `address`. */
export class Grid {
  readonly address: number;
  readonly rowBytes: number;
  readonly imageBytes: number;
  private readonly border: Border;
  private readonly pixelBytes: number;

  constructor(kernels: Kernels, shape: Shape, channels: number, border: Border, images: number) {
    const [height, width] = shape;
    this.border = border;
    this.pixelBytes = channels * 4;
    this.rowBytes = (width + 2 * border[1]) * this.pixelBytes;
    this.imageBytes = (height + 2 * border[0]) * this.rowBytes;
    this.address = allocate(kernels, (images * this.imageBytes) / 4);
  }

  /** Offset of pixel (row, column) of an image; coordinates in the border are allowed. */
  at(image: number, row: number, column: number): number {
    return (
      image * this.imageBytes + (row + this.border[0]) * this.rowBytes + (column + this.border[1]) * this.pixelBytes
    );
  }
}

/** Values and gradient of one layer's output (or of the input, which has no gradient). */
export type Tensor = {
  readonly shape: Shape;
  /** Channels as stored. */
  readonly channels: number;
  readonly values: Grid;
  readonly gradient: Grid | null;
};

/** A table of byte offsets, one per pixel of `images` images of `height` x `width` positions. */
export function offsetTable(
  kernels: Kernels,
  images: number,
  positions: readonly (readonly [row: number, column: number])[],
  offset: (image: number, row: number, column: number) => number,
): number {
  const words = new Uint32Array(images * positions.length);
  let next = 0;
  for (let image = 0; image < images; image++) {
    for (const [row, column] of positions) words[next++] = offset(image, row, column);
  }
  return writeWords(kernels, words);
}

/** All (row, column) of a shape, row by row, every `rowStep`-th row and `columnStep`-th column. */
export function positionsOf(shape: Shape, rowStep = 1, columnStep = 1): (readonly [number, number])[] {
  const positions: (readonly [number, number])[] = [];
  for (let row = 0; row < shape[0]; row += rowStep) {
    for (let column = 0; column < shape[1]; column += columnStep) positions.push([row, column]);
  }
  return positions;
}

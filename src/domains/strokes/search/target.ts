// What a search tries to match, pixel by pixel of the canvas: log p(x | z) as a weighted sum over the canvas's own
// logits. Without transforms it is exact. Under a transform the picture is pulled back to the canvas: a pixel that reads
// sum w P adds w log P to each place that it reads, which by Jensen's inequality is at most its log probability.

import { tapOf } from "../../../engine/kernels/strokes/warp";
import { SIDE } from "../images";

const AREA = SIDE * SIDE;
const SIZE = { height: SIDE, width: SIDE };

/** log p(x | z) ~ sum over pixels of ink * logit - weight * softplus(logit). */
export type Target = {
  /** [SIDE^2] how much ink the pixel should have. */
  readonly ink: Float32Array;
  /** [SIDE^2] how many pixels of the picture stand for it: 1 without a transform. */
  readonly weight: Float32Array;
};

/** The picture itself. */
export function plainTarget(picture: ArrayLike<number>): Target {
  return { ink: Float32Array.from(picture), weight: new Float32Array(AREA).fill(1) };
}

/**
 * The picture as the canvas sees it under transform number `transform`.
 *
 * @param transforms [T, 2, 3]
 */
export function pulledBack(picture: ArrayLike<number>, transforms: ArrayLike<number>, transform: number): Target {
  const ink = new Float32Array(AREA);
  const weight = new Float32Array(AREA);
  const add = (row: number, column: number, share: number, x: number) => {
    if (row < 0 || row >= SIDE || column < 0 || column >= SIDE) return;
    const at = row * SIDE + column;
    ink[at] = ink[at]! + share * x;
    weight[at] = weight[at]! + share;
  };
  for (let pixel = 0; pixel < AREA; pixel++) {
    const { row, column, right, down } = tapOf(transforms, transform, Math.floor(pixel / SIDE), pixel % SIDE, SIZE);
    const x = picture[pixel]!;
    add(row, column, (1 - down) * (1 - right), x);
    add(row, column + 1, (1 - down) * right, x);
    add(row + 1, column, down * (1 - right), x);
    add(row + 1, column + 1, down * right, x);
  }
  return { ink, weight };
}

// What can be seen of a scene: one ray through the middle of each pixel, the nearest box that it meets. No soft edges, and
// no assumption about the order of boxes. Source: scenes specification, section 2 (rays) and 5.8 (exact ray and slab test).

import { BOX_NUMBERS, type Camera } from "../../engine/kernels/cuboids/cuboidRenderer";
import { pixelOf, project } from "./camera";

export type HardView = {
  /** [R, R] index of the box that is seen, -1 for none, rows from the top. */
  readonly seen: Int32Array;
  /** [n] pixels of each box that are seen. */
  readonly visible: Int32Array;
  /** [n] pixels that each box would have alone. */
  readonly alone: Int32Array;
};

/**
 * Casts R^2 rays.
 *
 * @param boxes [n, 9] in any order; boxes whose first size is 0 are absent
 * @param side R
 */
export function hardView(boxes: Float64Array, camera: Camera, side: number): HardView {
  const numBoxes = boxes.length / BOX_NUMBERS;
  const seen = new Int32Array(side * side).fill(-1);
  const nearest = new Float64Array(side * side).fill(Number.POSITIVE_INFINITY);
  const visible = new Int32Array(numBoxes);
  const alone = new Int32Array(numBoxes);
  const ray = new Float64Array(3);
  for (let box = 0; box < numBoxes; box++) {
    if (boxes[box * BOX_NUMBERS + 3] === 0) continue;
    const [left, right, top, bottom] = pixelBounds(boxes, box, camera, side);
    for (let row = top; row <= bottom; row++) {
      for (let column = left; column <= right; column++) {
        rayOf(camera, column, row, side, ray);
        const depth = entryDepth(boxes, box, camera, ray);
        if (depth === Number.POSITIVE_INFINITY) continue;
        const pixel = row * side + column;
        alone[box] = alone[box]! + 1;
        if (depth < nearest[pixel]!) [nearest[pixel], seen[pixel]] = [depth, box];
      }
    }
  }
  for (const box of seen) if (box >= 0) visible[box] = visible[box]! + 1;
  return { seen, visible, alone };
}

/** First and last column, first and last row of the pixels that a box may cover; all where a corner is behind the eye. */
function pixelBounds(
  boxes: Float64Array,
  box: number,
  camera: Camera,
  side: number,
): readonly [number, number, number, number] {
  let [left, right, top, bottom] = [side, -1, side, -1];
  const at = box * BOX_NUMBERS;
  for (let corner = 0; corner < 8; corner++) {
    const edge = (axis: number) => boxes[at + axis]! + (((corner >> axis) & 1) - 0.5) * boxes[at + 3 + axis]!;
    const { alpha, beta, depth } = project(camera, [edge(0), edge(1), edge(2)]);
    if (depth <= 0) return [0, side - 1, 0, side - 1];
    const { column, row } = pixelOf(alpha, beta, side);
    left = Math.min(left, Math.floor(column));
    right = Math.max(right, Math.ceil(column));
    top = Math.min(top, Math.floor(row));
    bottom = Math.max(bottom, Math.ceil(row));
  }
  return [Math.max(0, left), Math.min(side - 1, right), Math.max(0, top), Math.min(side - 1, bottom)];
}

/** Direction of the ray through the middle of a pixel, written to `ray`; its parameter is the depth along the view. */
export function rayOf(camera: Camera, column: number, row: number, side: number, ray: Float64Array): void {
  const alpha = camera.tau * ((2 * column + 1) / side - 1);
  const beta = camera.tau * (1 - (2 * row + 1) / side);
  for (let a = 0; a < 3; a++) ray[a] = camera.forward[a]! + alpha * camera.right[a]! + beta * camera.up[a]!;
}

/** Depth at which a ray from the eye enters a box, Infinity where it misses; 0 where the eye is inside. */
export function entryDepth(boxes: Float64Array, box: number, camera: Camera, ray: Float64Array): number {
  const at = box * BOX_NUMBERS;
  if (boxes[at + 3] === 0) return Number.POSITIVE_INFINITY;
  let [enter, exit] = [0, Number.POSITIVE_INFINITY];
  for (let a = 0; a < 3; a++) {
    const from = boxes[at + a]! - camera.eye[a]!;
    const half = boxes[at + 3 + a]! / 2;
    const direction = ray[a]!;
    if (direction === 0) {
      if (Math.abs(from) > half) return Number.POSITIVE_INFINITY;
      continue;
    }
    const [first, second] = [(from - half) / direction, (from + half) / direction];
    enter = Math.max(enter, Math.min(first, second));
    exit = Math.min(exit, Math.max(first, second));
  }
  return enter < exit ? enter : Number.POSITIVE_INFINITY;
}

// What can be seen of a scene: one ray through the middle of each pixel, the nearest box that it meets. No soft edges, and
// no assumption about the order of boxes. Source: scenes specification, section 2 (rays) and 5.8 (exact ray and slab test).

import { BOX_NUMBERS, type Camera } from "../../engine/kernels/cuboids/cuboidRenderer";

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
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      rayOf(camera, column, row, side, ray);
      const pixel = row * side + column;
      for (let box = 0; box < numBoxes; box++) {
        const depth = entryDepth(boxes, box, camera, ray);
        if (depth === Number.POSITIVE_INFINITY) continue;
        alone[box] = alone[box]! + 1;
        if (depth < nearest[pixel]!) [nearest[pixel], seen[pixel]] = [depth, box];
      }
      if (seen[pixel]! >= 0) visible[seen[pixel]!] = visible[seen[pixel]!]! + 1;
    }
  }
  return { seen, visible, alone };
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

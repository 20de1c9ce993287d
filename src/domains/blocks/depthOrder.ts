// Which box hides which: boxes by place -> front to back. Cells by the distance of their middle line to the eye on the
// ground plane, in a tower by the height that lies between the eye and the block. Exact for boxes that stay in their cells
// and do not meet, for any eye outside the grid; it carries no gradient. Source: scenes specification, section 5.4.

import { BOX_NUMBERS, type Camera } from "../../engine/kernels/cuboids/cuboidRenderer";
import { cellCentre } from "./places";
import { GRID_SIDE, MOST_LEVELS, placesOf } from "./program";
import type { PlacedBlock } from "./scene";

/** How scenes are seen from one camera. */
export type DepthOrder = {
  /** [N * N] cells, the nearest first. */
  readonly cells: Int32Array;
  readonly eyeHeight: number;
  /** L */
  readonly places: number;
};

/** The order of a grid's cells for a camera. */
export function depthOrder(camera: Camera, gridSide: number): DepthOrder {
  const distance = (cell: number): number => {
    const [x, z] = cellCentre(Math.floor(cell / gridSide), cell % gridSide, gridSide);
    return (x - camera.eye[0]) ** 2 + (z - camera.eye[2]) ** 2;
  };
  const cells = Int32Array.from({ length: gridSide * gridSide }, (_, cell) => cell);
  cells.sort((a, b) => distance(a) - distance(b) || a - b);
  return { cells, eyeHeight: camera.eye[1], places: placesOf(gridSide) };
}

/**
 * Sorts the boxes of S scenes front to back; absent ones come last.
 *
 * @param boxes [S, L, 9] by place
 * @param sorted [S, L, 9] written
 * @param places [S, L] written: the place of each sorted box, -1 for an absent one
 */
export function sortBoxes(order: DepthOrder, boxes: Float64Array, sorted: Float64Array, places: Int32Array): void {
  sorted.fill(0);
  places.fill(-1);
  for (let scene = 0; scene < places.length; scene += order.places) {
    let next = scene;
    for (let c = 0; c < order.cells.length; c++) {
      const from = scene + order.cells[c]! * MOST_LEVELS;
      const first = next;
      for (let at = from; at < from + MOST_LEVELS && boxes[at * BOX_NUMBERS + 3]! > 0; at++) {
        const distance = heightBetween(boxes, at, order.eyeHeight);
        let slot = next++;
        for (; slot > first && heightBetween(boxes, scene + places[slot - 1]!, order.eyeHeight) > distance; slot--) {
          places[slot] = places[slot - 1]!;
        }
        places[slot] = at - scene;
      }
    }
    for (let slot = scene; slot < next; slot++) copyBox(boxes, scene + places[slot]!, sorted, slot);
  }
}

/** Brings what belongs to sorted boxes [S, L, 9] (their gradient) back to places: `byPlace` [S, L, 9] is written. */
export function unsortBoxes(order: DepthOrder, sorted: Float64Array, places: Int32Array, byPlace: Float64Array): void {
  byPlace.fill(0);
  for (let slot = 0; slot < places.length; slot++) {
    const place = places[slot]!;
    if (place >= 0) copyBox(sorted, slot, byPlace, slot - (slot % order.places) + place);
  }
}

/** The blocks of one scene, in the order row, column, level, as boxes [n, 9] front to back. */
export function boxesOf(placed: readonly PlacedBlock[], camera: Camera, gridSide = GRID_SIDE): Float64Array {
  const boxes = new Float64Array(placed.length * BOX_NUMBERS);
  const sorted = sortBlocks(placed, camera, gridSide).map((i) => placed[i]!);
  for (const [slot, { centre, size, color }] of sorted.entries()) {
    boxes.set([...centre, ...size, ...color], slot * BOX_NUMBERS);
  }
  return boxes;
}

/** Indices of the blocks of an N by N grid, front to back. */
export function sortBlocks(placed: readonly PlacedBlock[], camera: Camera, gridSide: number): readonly number[] {
  const rank = new Map(Array.from(depthOrder(camera, gridSide).cells, (cell, i) => [cell, i]));
  const key = placed.map(({ row, column, centre, size }) => ({
    cell: rank.get(row * gridSide + column)!,
    height: Math.max(centre[1] - size[1] / 2 - camera.eye[1], camera.eye[1] - centre[1] - size[1] / 2, 0),
  }));
  return placed
    .map((_, i) => i)
    .sort((a, b) => key[a]!.cell - key[b]!.cell || key[a]!.height - key[b]!.height || a - b);
}

/** max(bottom - eye, eye - top, 0) */
function heightBetween(boxes: Float64Array, at: number, eye: number): number {
  const centre = boxes[at * BOX_NUMBERS + 1]!;
  const half = boxes[at * BOX_NUMBERS + 4]! / 2;
  return Math.max(centre - half - eye, eye - centre - half, 0);
}

function copyBox(from: Float64Array, index: number, to: Float64Array, slot: number): void {
  for (let k = 0; k < BOX_NUMBERS; k++) to[slot * BOX_NUMBERS + k] = from[index * BOX_NUMBERS + k]!;
}

// The grid on the ground: where its cells lie in the world. Source: scenes specification, section 1.1.

import type { SceneCell } from "./sceneTypes";

/** World height of the ground. */
export const GROUND = -1.5;
const SHIFT = 0.5;
const HALF_WIDTH = 0.8;

/** World x from `left` to `right` (+x is left in the front picture) and z from `near` to `far`. */
export type CellEdges = {
  readonly left: number;
  readonly right: number;
  readonly near: number;
  readonly far: number;
};

/** A cell's edges: of 2N points from -0.8 N to 0.8 N, numbers 2c and 2c + 1; one row is one unit deep. */
export function cellEdges({ row, column }: SceneCell, gridSide: number): CellEdges {
  const spacing = (2 * HALF_WIDTH * gridSide) / (2 * gridSide - 1);
  const left = -HALF_WIDTH * gridSide + 2 * column * spacing - SHIFT;
  return { left, right: left + spacing, near: row - 0.5, far: row + 0.5 };
}

/** All cells of an N by N grid, row by row. */
export function cellsOf(gridSide: number): readonly SceneCell[] {
  return Array.from({ length: gridSide * gridSide }, (_, i) => ({
    row: Math.floor(i / gridSide),
    column: i % gridSide,
  }));
}

/** Whether two cells are the same one. */
export const isSameCell = (one: SceneCell | null, other: SceneCell | null): boolean =>
  one === other || (one !== null && other !== null && one.row === other.row && one.column === other.column);

// A scene program: what stands in each cell of the grid, bottom to top. Packed as one integer per place, 0 for nothing and
// 1 + type for a block, index (row * N + column) * B + level; a cell is filled from the bottom, so that equal scenes have
// equal integers. Beside it, the continuous part: one raw location per place, 0 where nothing stands.
// Source: scenes specification, section 1.

/** B: most blocks of a cell. */
export const MOST_LEVELS = 3;
/** N: cells of a side, unless an option says otherwise. */
export const GRID_SIDE = 2;
/** P: learned types, unless an option says otherwise. */
export const NUM_TYPES = 5;

/** L and C: integers, and raw locations, of a program. */
export const placesOf = (gridSide: number): number => gridSide * gridSide * MOST_LEVELS;

/** Type of a packed place, -1 for none. */
export const typeOf = (place: number): number => place - 1;

/** Blocks in the cell whose first place is at `from`. */
export function heightOf(program: ArrayLike<number>, from: number): number {
  let height = 0;
  while (height < MOST_LEVELS && program[from + height]! > 0) height++;
  return height;
}

/** Blocks of the program that starts at `from`. */
export function countBlocks(program: ArrayLike<number>, gridSide: number, from = 0): number {
  let count = 0;
  for (let i = 0; i < placesOf(gridSide); i++) if (program[from + i]! > 0) count++;
  return count;
}

/** Cells of a side of the grid that a packed program describes. */
export const gridSideOf = (program: ArrayLike<number>): number => Math.round(Math.sqrt(program.length / MOST_LEVELS));

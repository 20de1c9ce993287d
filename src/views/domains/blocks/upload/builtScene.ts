// A scene that a person builds: which block stands where, as packed integers over the types of a palette. Every change
// gives a new scene. As seen from the front: row 0 is in front, the highest column on the left.

/** L integers, index (row * N + column) * levels + level: 0 for nothing, 1 + type for a block. */
export type BuiltScene = {
  readonly program: readonly number[];
  /** Data set whose types it is built from; "" for the one that the chosen model was trained on. */
  readonly palette: string;
};

export type Cell = { readonly row: number; readonly column: number };

/** Most blocks of a cell, as in the domain. */
export const LEVELS = 3;
export const GRID_SIDE = 2;

export const EMPTY_SCENE: BuiltScene = { program: Array(GRID_SIDE * GRID_SIDE * LEVELS).fill(0), palette: "" };

const firstPlace = ({ row, column }: Cell): number => (row * GRID_SIDE + column) * LEVELS;

/** Types of a cell's blocks, bottom to top. */
export function towerOf({ program }: BuiltScene, cell: Cell): readonly number[] {
  const from = firstPlace(cell);
  return program.slice(from, from + LEVELS).flatMap((place) => (place > 0 ? [place - 1] : []));
}

/** The scene with another tower in a cell. */
export function withTower(scene: BuiltScene, cell: Cell, types: readonly number[]): BuiltScene {
  const program = scene.program.slice();
  for (let level = 0; level < LEVELS; level++) {
    const type = types[level];
    program[firstPlace(cell) + level] = type === undefined ? 0 : 1 + type;
  }
  return { ...scene, program };
}

/** The scene with one block more on top of a cell; the same scene where no more fits. */
export function withBlock(scene: BuiltScene, cell: Cell, type: number): BuiltScene {
  const tower = towerOf(scene, cell);
  return tower.length === LEVELS ? scene : withTower(scene, cell, [...tower, type]);
}

/** The scene without the block at a level (the top one unless told); those above come down. */
export function withoutBlock(scene: BuiltScene, cell: Cell, level = towerOf(scene, cell).length - 1): BuiltScene {
  const tower = towerOf(scene, cell);
  return level < 0 || level >= tower.length ? scene : withTower(scene, cell, tower.toSpliced(level, 1));
}

export const blockCount = ({ program }: BuiltScene): number => program.filter((place) => place > 0).length;

/** Cells as they stand in a plan seen from the front: back row first, in a row from the picture's left to its right. */
export const CELLS: readonly Cell[] = [1, 0].flatMap((row) => [1, 0].map((column) => ({ row, column })));

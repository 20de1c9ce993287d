// Programs as towers: how many blocks stand in each cell, and where a cell is in words. As seen by the front camera the
// highest column is on the left; row 0 is in front.

/** Towers of a packed program: the blocks of each cell, bottom to top, as types. Cells row by row. */
export function towersOf(program: ArrayLike<number>, gridSide: number): readonly (readonly number[])[] {
  const cells = gridSide * gridSide;
  const levels = program.length / cells;
  return Array.from({ length: cells }, (_, cell) => {
    const tower: number[] = [];
    for (let level = 0; level < levels; level++) {
      const place = program[cell * levels + level] ?? 0;
      if (place > 0) tower.push(place - 1);
    }
    return tower;
  });
}

/** Blocks of a packed program. */
export function numBlocks(program: ArrayLike<number>): number {
  let count = 0;
  for (let i = 0; i < program.length; i++) if ((program[i] ?? 0) > 0) count++;
  return count;
}

/** "front left" of a cell (row * N + column); "middle" of the centre; "" for a single tower. */
export function cellName(cell: number, gridSide: number): string {
  if (gridSide === 1) return "";
  const [row, column] = [Math.floor(cell / gridSide), cell % gridSide];
  const depth = row === 0 ? "front" : row === gridSide - 1 ? "back" : "middle";
  const side = column === gridSide - 1 ? "left" : column === 0 ? "right" : "middle";
  return depth === side ? depth : `${depth} ${side}`;
}

/** The same in letters, for axes: "FL"; "" for a single tower. */
export function cellLetters(cell: number, gridSide: number): string {
  return cellName(cell, gridSide)
    .split(" ")
    .map((word) => word.charAt(0).toUpperCase())
    .join("");
}

/** Cells in the order of the printed form: front row first, in a row from the picture's left to its right. */
export function cellsInOrder(gridSide: number): readonly number[] {
  const places = Array.from({ length: gridSide }, (_, i) => i);
  return places.flatMap((row) => places.map((fromLeft) => row * gridSide + gridSide - 1 - fromLeft));
}

/** "1 block", "3 blocks", "no block". */
export const blocksText = (count: number): string =>
  count === 0 ? "no block" : count === 1 ? "1 block" : `${count} blocks`;

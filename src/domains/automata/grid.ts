// Binary pictures and the words that go with them. Column j is time; y counts from the top.

/** What lies above the first and below the last row: the picture goes round, or there are zeros. */
export type Boundary = "wrap" | "zero";

/** Cells that a rule looks at. */
export type Neighbours = 3 | 5;

/** A binary picture, row by row: pixels[y * width + j] in {0, 1}, 1 = dark. */
export type Grid = { readonly height: number; readonly width: number; readonly pixels: Uint8Array };

/** Neighbourhoods of a rule: 8 or 32. */
export function numBits(neighbours: Neighbours): number {
  return neighbours === 5 ? 32 : 8;
}

/** The grid that rows of "0" and "1" spell. The caller has checked that they are equally long. */
export function gridFromRows(rows: readonly string[]): Grid {
  const height = rows.length;
  const width = rows[0]?.length ?? 0;
  const pixels = new Uint8Array(height * width);
  for (let y = 0; y < height; y++) {
    for (let j = 0; j < width; j++) pixels[y * width + j] = rows[y]?.[j] === "1" ? 1 : 0;
  }
  return { height, width, pixels };
}

/** Rows of "0" and "1", the inverse of gridFromRows. */
export function rowsOfGrid(grid: Grid): string[] {
  return Array.from({ length: grid.height }, (_, y) =>
    grid.pixels.subarray(y * grid.width, (y + 1) * grid.width).join(""),
  );
}

/** A copy of column j, [height]. */
export function columnOf(grid: Grid, j: number): Uint8Array {
  return Uint8Array.from({ length: grid.height }, (_, y) => grid.pixels[y * grid.width + j] ?? 0);
}

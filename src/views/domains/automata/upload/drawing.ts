// What strokes, keys and sizes do to a drawn grid: pure functions, so that the editor only listens and shows.

import type { Grid } from "../../../../domains/automata";

export type Cell = { readonly y: number; readonly x: number };

/** An empty grid. */
export function emptyGrid(height: number, width: number): Grid {
  return { height, width, pixels: new Uint8Array(height * width) };
}

/** The grid with a square brush of `size` cells put down around a cell. */
export function withBrush(grid: Grid, at: Cell, size: number, value: number): Grid {
  const pixels = grid.pixels.slice();
  const from = -Math.floor((size - 1) / 2);
  for (let y = at.y + from; y < at.y + from + size; y++) {
    for (let x = at.x + from; x < at.x + from + size; x++) {
      if (y >= 0 && y < grid.height && x >= 0 && x < grid.width) pixels[y * grid.width + x] = value;
    }
  }
  return { ...grid, pixels };
}

/** Every cell on the straight way between two, so that quick strokes leave no gaps. */
export function cellsBetween(from: Cell, to: Cell): readonly Cell[] {
  const steps = Math.max(Math.abs(to.y - from.y), Math.abs(to.x - from.x), 1);
  return Array.from({ length: steps + 1 }, (_, i) => ({
    y: Math.round(from.y + ((to.y - from.y) * i) / steps),
    x: Math.round(from.x + ((to.x - from.x) * i) / steps),
  }));
}

/** The grid with another size; what still fits is kept. */
export function resized(grid: Grid, height: number, width: number): Grid {
  const out = emptyGrid(height, width);
  for (let y = 0; y < Math.min(height, grid.height); y++) {
    const kept = grid.pixels.subarray(y * grid.width, y * grid.width + Math.min(width, grid.width));
    out.pixels.set(kept, y * width);
  }
  return out;
}

const MOVES: Readonly<Record<string, Cell>> = {
  ArrowUp: { y: -1, x: 0 },
  ArrowDown: { y: 1, x: 0 },
  ArrowLeft: { y: 0, x: -1 },
  ArrowRight: { y: 0, x: 1 },
};

/** Where the cursor goes with an arrow key, inside the grid; null for other keys. */
export function movedCursor(cursor: Cell, key: string, grid: Grid): Cell | null {
  const move = MOVES[key];
  if (!move) return null;
  return {
    y: Math.min(grid.height - 1, Math.max(0, cursor.y + move.y)),
    x: Math.min(grid.width - 1, Math.max(0, cursor.x + move.x)),
  };
}

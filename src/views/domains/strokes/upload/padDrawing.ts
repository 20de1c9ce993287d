// A drawing as the pen left it: lines and cells in their order, and the ink that they make. Pure functions, so that the
// pad only listens and shows.

/** Cells on a side of the keyboard's grid: one for each pixel that the model sees. */
export const CELLS = 28;
/** Ink points on a side of a cell. */
const FINE = 4;
/** Ink points on a side of a drawing. */
export const INK_SIDE = CELLS * FINE;

/** What the pen or the keyboard did at once: each can be undone. */
export type Mark =
  | {
      readonly kind: "line";
      /** x, y, x, y ... in canvas sides, (0, 0) on top left. */
      readonly points: readonly number[];
      /** Canvas sides. */
      readonly width: number;
    }
  | { readonly kind: "cell"; readonly row: number; readonly column: number; readonly ink: 0 | 1 };

export type PadDrawing = { readonly marks: readonly Mark[] };

export type Cell = { readonly row: number; readonly column: number };

export const EMPTY_DRAWING: PadDrawing = { marks: [] };

/** The drawing with one more mark. */
export function withMark(drawing: PadDrawing, mark: Mark): PadDrawing {
  return { marks: [...drawing.marks, mark] };
}

const inks = new WeakMap<PadDrawing, Float32Array>();

/** [INK_SIDE * INK_SIDE] ink of 0 to 1, row 0 on top; computed once for a drawing. */
export function inkOf(drawing: PadDrawing): Float32Array {
  const known = inks.get(drawing);
  if (known) return known;
  const ink = new Float32Array(INK_SIDE * INK_SIDE);
  for (const mark of drawing.marks) {
    if (mark.kind === "cell") fillCell(ink, mark, mark.ink);
    else inkLine(ink, mark.points, mark.width / 2);
  }
  inks.set(drawing, ink);
  return ink;
}

/** The drawing as a picture: black ink on white. */
export function pictureOfDrawing(drawing: PadDrawing): {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray;
} {
  const rgba = new Uint8ClampedArray(4 * INK_SIDE * INK_SIDE);
  for (const [i, ink] of inkOf(drawing).entries()) {
    const grey = Math.round(255 * (1 - ink));
    rgba.set([grey, grey, grey, 255], 4 * i);
  }
  return { width: INK_SIDE, height: INK_SIDE, rgba };
}

function fillCell(ink: Float32Array, { row, column }: Cell, value: number): void {
  for (let y = FINE * row; y < FINE * (row + 1); y++) {
    ink.fill(value, y * INK_SIDE + FINE * column, y * INK_SIDE + FINE * (column + 1));
  }
}

/** A line of round ends; the edge falls off within one ink point. */
function inkLine(ink: Float32Array, points: readonly number[], radius: number): void {
  for (let at = 0; at + 1 < points.length; at += 2) {
    const to = Math.min(at + 2, points.length - 2);
    inkSegment(ink, points[at]!, points[at + 1]!, points[to]!, points[to + 1]!, radius);
  }
}

function inkSegment(ink: Float32Array, x0: number, y0: number, x1: number, y1: number, radius: number): void {
  const reach = radius + 1 / INK_SIDE;
  const first = (v: number) => Math.max(0, Math.floor((v - reach) * INK_SIDE));
  const last = (v: number) => Math.min(INK_SIDE - 1, Math.ceil((v + reach) * INK_SIDE));
  for (let y = first(Math.min(y0, y1)); y <= last(Math.max(y0, y1)); y++) {
    for (let x = first(Math.min(x0, x1)); x <= last(Math.max(x0, x1)); x++) {
      const distance = segmentDistance((x + 0.5) / INK_SIDE, (y + 0.5) / INK_SIDE, x0, y0, x1, y1);
      const covered = Math.min(1, Math.max(0, (radius - distance) * INK_SIDE + 0.5));
      const i = y * INK_SIDE + x;
      if (covered > ink[i]!) ink[i] = covered;
    }
  }
}

function segmentDistance(x: number, y: number, x0: number, y0: number, x1: number, y1: number): number {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / length));
  return Math.hypot(x - x0 - along * dx, y - y0 - along * dy);
}

/** True where at least half of a cell is inked. */
export function isInked(drawing: PadDrawing, { row, column }: Cell): boolean {
  const ink = inkOf(drawing);
  let sum = 0;
  for (let y = FINE * row; y < FINE * (row + 1); y++) {
    for (let x = FINE * column; x < FINE * (column + 1); x++) sum += ink[y * INK_SIDE + x]!;
  }
  return 2 * sum >= FINE * FINE;
}

/** The drawing with one cell turned. */
export function withTurnedCell(drawing: PadDrawing, cell: Cell): PadDrawing {
  return withMark(drawing, { kind: "cell", ...cell, ink: isInked(drawing, cell) ? 0 : 1 });
}

const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Where the cursor goes with an arrow key, inside the grid; null for other keys. */
export function movedCell({ row, column }: Cell, key: string): Cell | null {
  const move = MOVES[key];
  if (!move) return null;
  const within = (value: number) => Math.min(CELLS - 1, Math.max(0, value));
  return { row: within(row + move[0]), column: within(column + move[1]) };
}

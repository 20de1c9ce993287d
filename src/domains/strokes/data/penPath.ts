// Pen paths of the handwriting generator: arcs are chained to polylines. The paper is the unit square, y down, and
// lengths are shares of its side. Nothing here is random.

export type Point = { readonly x: number; readonly y: number };

/** One movement of the pen: direction of its chord, its length, and half the angle by which it turns (0: straight). */
export type Arc = { readonly angle: number; readonly length: number; readonly bend: number };

/** Steps in which an arc is drawn: about one per 2 % of the paper. */
const STEP = 0.02;

/** The points of arcs drawn one after another from `start`, the first one included. */
export function chain(start: Point, arcs: readonly Arc[]): readonly Point[] {
  const points: Point[] = [start];
  let { x, y } = start;
  for (const { angle, length, bend } of arcs) {
    const steps = Math.max(2, Math.ceil(length / STEP));
    // The chord's direction turns from angle - bend to angle + bend; equal pieces of an arc are equal chords.
    const piece = length / chordOfUnitPieces(steps, bend);
    for (let i = 0; i < steps; i++) {
      const direction = angle - bend + (2 * bend * (i + 0.5)) / steps;
      x += piece * Math.cos(direction);
      y += piece * Math.sin(direction);
      points.push({ x, y });
    }
  }
  return points;
}

function chordOfUnitPieces(steps: number, bend: number): number {
  let along = 0;
  for (let i = 0; i < steps; i++) along += Math.cos(-bend + (2 * bend * (i + 0.5)) / steps);
  return Math.max(along, 1e-6);
}

/** Rounds corners: every point becomes the mean of the points within `reach` steps of it; the ends stay. */
export function roundCorners(points: readonly Point[], reach: number): readonly Point[] {
  if (reach < 1) return points;
  return points.map((point, i) => {
    const half = Math.min(reach, i, points.length - 1 - i);
    if (half < 1) return point;
    let [x, y] = [0, 0];
    for (let j = i - half; j <= i + half; j++) {
      x += points[j]!.x;
      y += points[j]!.y;
    }
    return { x: x / (2 * half + 1), y: y / (2 * half + 1) };
  });
}

/** The point at share `at` (0 to 1) of a path's points. */
export function pointAlong(points: readonly Point[], at: number): Point {
  return points[Math.round(Math.min(1, Math.max(0, at)) * (points.length - 1))]!;
}

/** Length of a path, in paper sides. */
export function pathLength(points: readonly Point[]): number {
  let length = 0;
  for (let i = 1; i < points.length; i++) {
    length += Math.hypot(points[i]!.x - points[i - 1]!.x, points[i]!.y - points[i - 1]!.y);
  }
  return length;
}

export type Box = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };

/** The smallest upright rectangle around all points. */
export function boxOf(paths: readonly (readonly Point[])[]): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const points of paths) {
    for (const { x, y } of points) {
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  return { left, top, width: right - left, height: bottom - top };
}

/**
 * Ink on a raster: every pixel whose centre lies within `radius` of a path.
 *
 * @param radius half the thickness of the pen, in paper sides
 * @returns [side * side] of 0 and 1 (ink), row 0 on top
 */
export function inkOf(paths: readonly (readonly Point[])[], radius: number, side: number): Uint8Array {
  const ink = new Uint8Array(side * side);
  for (const points of paths) {
    for (let i = 0; i < points.length; i++) inkSegment(ink, side, points[Math.max(0, i - 1)]!, points[i]!, radius);
  }
  return ink;
}

function inkSegment(ink: Uint8Array, side: number, from: Point, to: Point, radius: number): void {
  const [ax, ay] = [from.x * side - 0.5, from.y * side - 0.5];
  const [dx, dy] = [(to.x - from.x) * side, (to.y - from.y) * side];
  const reach = radius * side;
  const square = dx * dx + dy * dy;
  const rows = range(ay, ay + dy, reach, side);
  const columns = range(ax, ax + dx, reach, side);
  for (let r = rows.first; r <= rows.last; r++) {
    for (let c = columns.first; c <= columns.last; c++) {
      const share = square === 0 ? 0 : Math.min(1, Math.max(0, ((c - ax) * dx + (r - ay) * dy) / square));
      const [px, py] = [c - ax - share * dx, r - ay - share * dy];
      if (px * px + py * py <= reach * reach) ink[r * side + c] = 1;
    }
  }
}

function range(a: number, b: number, reach: number, side: number): { first: number; last: number } {
  return {
    first: Math.max(0, Math.ceil(Math.min(a, b) - reach)),
    last: Math.min(side - 1, Math.floor(Math.max(a, b) + reach)),
  };
}

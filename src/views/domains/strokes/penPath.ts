// SVG geometry of the pen: lines through points of the picture, arrow heads, and where numbers stand.

export type Point = readonly [number, number];

/** The point at `share` (0 to 1) of a line through points [n, 2] of pixels, in CSS px. */
export function pointAt(points: ArrayLike<number>, share: number, scale: number): Point {
  const last = points.length / 2 - 1;
  const at = Math.min(Math.max(0, share), 1) * last;
  const i = Math.min(last - 1, Math.floor(at));
  const rest = at - i;
  const mix = (axis: 0 | 1) => (points[2 * i + axis] ?? 0) * (1 - rest) + (points[2 * i + 2 + axis] ?? 0) * rest;
  return [round((mix(0) + 0.5) * scale), round((mix(1) + 0.5) * scale)];
}

/** The line up to `share` of its length in points. */
export function linePath(points: ArrayLike<number>, share: number, scale: number): string {
  const last = points.length / 2 - 1;
  const whole = Math.floor(Math.min(Math.max(0, share), 1) * last);
  const places: Point[] = [];
  for (let i = 0; i <= whole; i++) places.push(pointAt(points, i / last, scale));
  if (share < 1) places.push(pointAt(points, share, scale));
  return places.map(([x, y], i) => `${i === 0 ? "M" : "L"}${x} ${y}`).join("");
}

/** A filled arrow head of `size` px at the end of the line, along its last part. */
export function arrowHead(points: ArrayLike<number>, scale: number, size: number): string {
  const [x, y] = pointAt(points, 1, scale);
  const [fromX, fromY] = pointAt(points, 0.85, scale);
  const length = Math.hypot(x - fromX, y - fromY) || 1;
  const [u, v] = [(x - fromX) / length, (y - fromY) / length];
  const corner = (along: number, across: number) =>
    `${round(x + size * (along * u - across * v))} ${round(y + size * (along * v + across * u))}`;
  return `M${corner(0.55, 0)}L${corner(-0.75, 0.62)}L${corner(-0.75, -0.62)}Z`;
}

function round(v: number): number {
  return Math.round(v * 100) / 100;
}

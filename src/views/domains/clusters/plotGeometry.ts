// Geometry of the scatter plot: one scale for both axes, ellipses of a covariance, ticks. Pure functions.

export type PlotBox = {
  readonly width: number;
  readonly height: number;
  /** px per unit, the same on both axes. */
  readonly scale: number;
  readonly toX: (x: number) => number;
  readonly toY: (y: number) => number;
  readonly xTicks: readonly number[];
  readonly yTicks: readonly number[];
};

export type Ellipse = { readonly rx: number; readonly ry: number; readonly degrees: number };

/** Fits points [n, 2] with `margin` units around into a box, both axes on one scale, the points in the middle. */
export function plotBox(points: ArrayLike<number>, width: number, height: number, margin: number): PlotBox {
  const inner = { left: 30, right: width - 14, top: 8, bottom: height - 22 };
  let [x0, x1, y0, y1] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i + 1 < points.length; i += 2) {
    const x = points[i] ?? 0;
    const y = points[i + 1] ?? 0;
    x0 = Math.min(x0, x);
    x1 = Math.max(x1, x);
    y0 = Math.min(y0, y);
    y1 = Math.max(y1, y);
  }
  if (!(x0 <= x1)) [x0, x1, y0, y1] = [-1, 1, -1, 1];
  const spanX = x1 - x0 + 2 * margin;
  const spanY = y1 - y0 + 2 * margin;
  const scale = Math.min((inner.right - inner.left) / spanX, (inner.bottom - inner.top) / spanY);
  const midX = (inner.left + inner.right) / 2;
  const midY = (inner.top + inner.bottom) / 2;
  const [cx, cy] = [(x0 + x1) / 2, (y0 + y1) / 2];
  const toX = (x: number) => midX + (x - cx) * scale;
  const toY = (y: number) => midY - (y - cy) * scale;
  const step = tickStep(70 / scale);
  return {
    width,
    height,
    scale,
    toX,
    toY,
    xTicks: ticksBetween(cx + (inner.left - midX) / scale, cx + (inner.right - midX) / scale, step),
    yTicks: ticksBetween(cy - (inner.bottom - midY) / scale, cy + (midY - inner.top) / scale, step),
  };
}

/** Half axes in units and angle of the one-standard-deviation ellipse of [xx, xy, yx, yy]; angle turns x towards y. */
export function ellipseOf(covariance: ArrayLike<number>): Ellipse {
  const [xx, xy, yy] = [covariance[0] ?? 0, covariance[1] ?? 0, covariance[3] ?? 0];
  const mean = (xx + yy) / 2;
  const spread = Math.hypot((xx - yy) / 2, xy);
  const degrees = spread === 0 ? 0 : (Math.atan2(2 * xy, xx - yy) / 2) * (180 / Math.PI);
  return { rx: Math.sqrt(Math.max(0, mean + spread)), ry: Math.sqrt(Math.max(0, mean - spread)), degrees };
}

/** Smallest of 1, 2, 5 times a power of ten that is at least `least`. */
export function tickStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5, 10].find((f) => f * power >= least * 0.999) ?? 10;
  return factor * power;
}

function ticksBetween(low: number, high: number, step: number): readonly number[] {
  const ticks: number[] = [];
  for (let i = Math.ceil(low / step); i * step <= high; i++) ticks.push(Number((i * step).toPrecision(12)));
  return ticks;
}

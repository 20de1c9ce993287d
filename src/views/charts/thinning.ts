// Thinning for drawing only: per pixel column the first, lowest, highest and last point stay, so that no peak is lost
// and ten thousand points draw like a few hundred. Exports never pass through here.

/**
 * Indices of the points worth drawing, ascending; points whose x or y is not finite are kept as gaps (index -1 marks a
 * break in the line).
 *
 * @param x        [n] ascending positions, any unit
 * @param y        [n] values; NaN is a gap
 * @param toColumn maps x to a pixel column (a real number; its floor is the column)
 */
export function thinSeries(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  toColumn: (x: number) => number,
): readonly number[] {
  const out: number[] = [];
  const count = Math.min(x.length, y.length);
  let column = Number.NaN;
  let first = -1;
  let low = -1;
  let high = -1;
  let last = -1;
  const flush = () => {
    if (first < 0) return;
    const middle = low < high ? [low, high] : [high, low];
    for (const i of [first, ...middle, last]) if (out[out.length - 1] !== i) out.push(i);
    first = -1;
  };
  for (let i = 0; i < count; i++) {
    const value = y[i] ?? Number.NaN;
    const at = Math.floor(toColumn(x[i] ?? Number.NaN));
    if (!Number.isFinite(value) || !Number.isFinite(at)) {
      flush();
      if (out.length > 0 && out[out.length - 1] !== -1) out.push(-1);
      column = Number.NaN;
      continue;
    }
    if (at !== column) {
      flush();
      column = at;
    }
    if (first < 0) {
      first = i;
      low = i;
      high = i;
    }
    if (value < (y[low] ?? value)) low = i;
    if (value > (y[high] ?? value)) high = i;
    last = i;
  }
  flush();
  if (out[out.length - 1] === -1) out.pop();
  return out;
}

/** SVG path through the given points; -1 among the indices lifts the pen. Positions are rounded to a tenth of a pixel. */
export function linePath(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  indices: readonly number[],
  toX: (x: number) => number,
  toY: (y: number) => number,
): string {
  let path = "";
  let isDown = false;
  for (const i of indices) {
    if (i < 0) {
      isDown = false;
      continue;
    }
    path += `${isDown ? "L" : "M"}${tenth(toX(x[i] ?? 0))},${tenth(toY(y[i] ?? 0))}`;
    isDown = true;
  }
  return path;
}

/** Closed SVG path of a band between two edges through the given points; gaps split it. */
export function bandPath(
  x: ArrayLike<number>,
  lo: ArrayLike<number>,
  hi: ArrayLike<number>,
  indices: readonly number[],
  toX: (x: number) => number,
  toY: (y: number) => number,
): string {
  let path = "";
  let run: number[] = [];
  const close = () => {
    const kept = run.filter((i) => Number.isFinite(lo[i]) && Number.isFinite(hi[i]));
    if (kept.length > 1) {
      path += `${linePath(x, hi, kept, toX, toY)}${linePath(x, lo, kept.reverse(), toX, toY).replace("M", "L")}Z`;
    }
    run = [];
  };
  for (const i of indices) {
    if (i < 0) close();
    else run.push(i);
  }
  close();
  return path;
}

/** Exponential smoothing s_t = a s_(t-1) + (1 - a) y_t, started at the first finite value; gaps stay gaps. */
export function smoothed(y: ArrayLike<number>, a: number): Float64Array {
  const out = new Float64Array(y.length);
  let state = Number.NaN;
  for (let i = 0; i < y.length; i++) {
    const value = y[i] ?? Number.NaN;
    if (Number.isFinite(value)) state = Number.isNaN(state) ? value : a * state + (1 - a) * value;
    out[i] = Number.isFinite(value) ? state : Number.NaN;
  }
  return out;
}

function tenth(v: number): number {
  return Math.round(v * 10) / 10;
}

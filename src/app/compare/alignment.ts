// Means over the seeds of a group, on one common grid of positions.
// Records lie at the same steps for all runs of the same length, but at different times and numbers of proposals, and a
// failed run ends early. So: along steps the grid is the union of the recorded steps; along time and proposals it is
// GRID_SIZE equal distances. Between two records a run's value is interpolated linearly; before its first and after its
// last record it has none. The mean at a position is over the runs that have a value there.

import type { SeriesAxis, SeriesPoints } from "../runs/runSeries";
import type { BandKind } from "./planView";

export const GRID_SIZE = 240;

/** Mean curve of a group; all arrays are [positions]. */
export type GroupCurve = {
  readonly x: Float64Array;
  readonly mean: Float64Array;
  /** Runs behind each mean. */
  readonly count: Float64Array;
  readonly lo: Float64Array;
  readonly hi: Float64Array;
};

/** Mean and band over the runs' points. The band is NaN where fewer than two runs have a value. */
export function groupCurve(runs: readonly SeriesPoints[], axis: SeriesAxis, band: BandKind): GroupCurve {
  const x = commonGrid(runs, axis);
  const values = runs.map((points) => interpolate(points, x));
  const mean = new Float64Array(x.length);
  const count = new Float64Array(x.length);
  const lo = new Float64Array(x.length).fill(Number.NaN);
  const hi = new Float64Array(x.length).fill(Number.NaN);
  for (let i = 0; i < x.length; i++) {
    const here = values.map((row) => row[i] ?? Number.NaN).filter(Number.isFinite);
    const summary = summarise(here);
    mean[i] = summary.mean;
    count[i] = here.length;
    if (here.length < 2) continue;
    lo[i] = band === "range" ? Math.min(...here) : summary.mean - summary.sd;
    hi[i] = band === "range" ? Math.max(...here) : summary.mean + summary.sd;
  }
  return { x, mean, count, lo, hi };
}

/** Mean and sample standard deviation (n - 1); NaN where there are too few values. */
export function summarise(values: readonly number[]): {
  readonly mean: number;
  readonly sd: number;
  readonly n: number;
} {
  const n = values.length;
  if (n === 0) return { mean: Number.NaN, sd: Number.NaN, n };
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  if (n === 1) return { mean, sd: Number.NaN, n };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, sd: Math.sqrt(squares / (n - 1)), n };
}

/** Values of a run at ascending positions, linear between records, NaN outside them. */
export function interpolate(points: SeriesPoints, at: Float64Array): Float64Array {
  const out = new Float64Array(at.length).fill(Number.NaN);
  const { x, y } = points;
  const last = x.length - 1;
  if (last < 0) return out;
  let right = 0;
  for (let i = 0; i < at.length; i++) {
    const position = at[i] ?? Number.NaN;
    if (!(position >= (x[0] ?? 0)) || !(position <= (x[last] ?? 0))) continue;
    while (right < last && (x[right] ?? 0) < position) right += 1;
    const x1 = x[right] ?? 0;
    const y1 = y[right] ?? Number.NaN;
    if (x1 === position || right === 0) {
      out[i] = y1;
      continue;
    }
    const x0 = x[right - 1] ?? 0;
    const y0 = y[right - 1] ?? Number.NaN;
    out[i] = y0 + ((y1 - y0) * (position - x0)) / (x1 - x0);
  }
  return out;
}

function commonGrid(runs: readonly SeriesPoints[], axis: SeriesAxis): Float64Array {
  const filled = runs.filter((points) => points.x.length > 0);
  if (filled.length === 1 && filled[0]) return filled[0].x;
  if (axis === "step") {
    const all = new Set(filled.flatMap((points) => Array.from(points.x)));
    return Float64Array.from([...all].sort((a, b) => a - b));
  }
  const from = Math.min(...filled.map((points) => points.x[0] ?? 0));
  const to = Math.max(...filled.map((points) => points.x[points.x.length - 1] ?? 0));
  if (filled.length === 0 || !(to > from)) return new Float64Array(0);
  return Float64Array.from({ length: GRID_SIZE }, (_, i) => from + ((to - from) * i) / (GRID_SIZE - 1));
}

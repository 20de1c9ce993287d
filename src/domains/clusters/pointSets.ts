// Observations of the clusters domain: sets of seven points in the plane, with the statistics of their 127 subsets.
// (n, mean, scatter) of each subset is all that the likelihood of any clustering needs (MWS spec 2.2, "fast exact path").

import { LabError } from "../../engine/errors";
import type { Observations } from "../../engine/model";
import { NUM_POINTS } from "./program";

/** Coordinates of one set: x_1, y_1, x_2, y_2, ... */
export const NUM_COORDINATES = 2 * NUM_POINTS;
/** Non-empty subsets have masks 1 .. 127. */
export const NUM_MASKS = 1 << NUM_POINTS;
/** Numbers per subset: n, mean x, mean y, scatter xx, xy, yy. */
export const NUM_STATISTICS = 6;

/** N sets of seven points. Statistics of a row are computed when the row is first scored. */
export class PointSets implements Observations {
  readonly count: number;
  /** [N, 7, 2] raw coordinates. */
  readonly points: Float64Array;
  private table: Float64Array | null = null;
  private readonly isReady: Uint8Array;

  /** @throws LabError("shape") if the number of coordinates is no multiple of 14 */
  constructor(points: Float64Array) {
    if (points.length % NUM_COORDINATES !== 0) {
      throw new LabError(
        "shape",
        {
          message: `points: ${points.length} coordinates (expected a multiple of ${NUM_COORDINATES})`,
          help: "Give seven points of two numbers for each set.",
        },
        { given: points.length },
      );
    }
    this.count = points.length / NUM_COORDINATES;
    this.points = points;
    this.isReady = new Uint8Array(this.count);
  }

  /** [N, 128, 6]; the rows that `ready` was called for are filled. */
  get statistics(): Float64Array {
    this.table ??= new Float64Array(this.count * NUM_MASKS * NUM_STATISTICS);
    return this.table;
  }

  /** Fills the statistics of a row, once. */
  ready(row: number): void {
    if (this.isReady[row] === 1) return;
    const table = this.statistics;
    for (let mask = 1; mask < NUM_MASKS; mask++) {
      subsetStatistics(this.points, row * NUM_COORDINATES, mask, table, (row * NUM_MASKS + mask) * NUM_STATISTICS);
    }
    this.isReady[row] = 1;
  }

  /** [14] coordinates of a row, a view. */
  row(row: number): Float64Array {
    return this.points.subarray(row * NUM_COORDINATES, (row + 1) * NUM_COORDINATES);
  }
}

/** Writes n, mean and scatter sum (x - mean)(x - mean)^T of the points in `mask` to out[outAt .. outAt + 5]. */
export function subsetStatistics(
  points: ArrayLike<number>,
  from: number,
  mask: number,
  out: Float64Array,
  outAt: number,
): void {
  let n = 0;
  let meanX = 0;
  let meanY = 0;
  for (let j = 0; j < NUM_POINTS; j++) {
    if (((mask >> j) & 1) === 0) continue;
    n++;
    meanX += points[from + 2 * j]!;
    meanY += points[from + 2 * j + 1]!;
  }
  meanX /= n;
  meanY /= n;
  let xx = 0;
  let xy = 0;
  let yy = 0;
  for (let j = 0; j < NUM_POINTS; j++) {
    if (((mask >> j) & 1) === 0) continue;
    const dx = points[from + 2 * j]! - meanX;
    const dy = points[from + 2 * j + 1]! - meanY;
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  }
  out[outAt] = n;
  out[outAt + 1] = meanX;
  out[outAt + 2] = meanY;
  out[outAt + 3] = xx;
  out[outAt + 4] = xy;
  out[outAt + 5] = yy;
}

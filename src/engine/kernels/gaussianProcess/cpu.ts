// Gaussian processes on the "cpu" backend: plain TypeScript in float64. The most exact of the implementations; finite
// differences are taken from it.

import { laneOf, predictLanes, requireLanes } from "./calls";
import { ATOM_PARAMETERS, backwardColumn, ColumnTape, forwardColumn, noisyDiagonal } from "./covariance";
import type { GaussianProcess, GaussianProcessSpec, KernelLanes, SeriesRows } from "./gaussianProcess";
import { type DensityGradient, logDensity, logDensityGradient } from "./schur";

export class CpuGaussianProcess implements GaussianProcess {
  readonly spec: GaussianProcessSpec;
  private readonly tape: ColumnTape;
  private readonly column: Float64Array;
  private readonly density: DensityGradient;

  constructor(spec: GaussianProcessSpec) {
    const { points } = spec;
    this.spec = spec;
    this.tape = new ColumnTape(spec, points);
    this.column = new Float64Array(points);
    this.density = {
      byLag: new Float64Array(points),
      inverseColumn: new Float64Array(points),
      weights: new Float64Array(points),
    };
  }

  async logLikelihood(series: SeriesRows, lanes: KernelLanes): Promise<Float64Array> {
    requireLanes(this.spec, series, lanes);
    return Float64Array.from(lanes.rows, (row, n) => {
      const hasColumn = this.setColumn(lanes, n);
      return hasColumn ? logDensity(this.column, this.seriesAt(series, row)) : Number.NEGATIVE_INFINITY;
    });
  }

  async gradient(series: SeriesRows, lanes: KernelLanes) {
    const count = requireLanes(this.spec, series, lanes);
    const width = this.spec.mostAtoms * ATOM_PARAMETERS;
    const gradient = new Float64Array(count * width);
    const logLikelihood = Float64Array.from(lanes.rows, (row, n) => {
      if (!this.setColumn(lanes, n)) return Number.NEGATIVE_INFINITY;
      const value = logDensityGradient(this.column, this.seriesAt(series, row), this.density);
      if (value === Number.NEGATIVE_INFINITY) return value;
      const { ops, parameters } = laneOf(this.spec, lanes, n);
      // The jitter on the diagonal grows with the variance.
      this.density.byLag[0]! *= 1 + this.spec.jitter;
      const to = gradient.subarray(n * width, (n + 1) * width);
      backwardColumn(this.tape, ops, parameters, this.density.byLag, to);
      return value;
    });
    return { logLikelihood, gradient };
  }

  async predict(series: SeriesRows, lanes: KernelLanes, ahead: number) {
    return predictLanes(this.spec, series, lanes, ahead);
  }

  dispose(): void {
    // Plain arrays go with the object.
  }

  /** Column of A for lane `n`; false where its ops are no expression. */
  private setColumn(lanes: KernelLanes, n: number): boolean {
    const { ops, parameters } = laneOf(this.spec, lanes, n);
    if (!forwardColumn(this.tape, ops, parameters)) return false;
    this.column.set(this.tape.column);
    this.column[0] = noisyDiagonal(this.column[0]!, this.spec);
    return true;
  }

  private seriesAt(series: SeriesRows, row: number): SeriesRows {
    return series.subarray(row * this.spec.points, (row + 1) * this.spec.points);
  }
}

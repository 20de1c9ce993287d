// How good a forecast was, where the values that followed are known: in words and numbers.

import type { OwnScale, SeriesFit } from "../../../../domains/timeseries/facts";

export type ForecastScore = {
  /** Points that are known, and those inside the band of two standard deviations. */
  readonly known: number;
  readonly inside: number;
  /** Root mean square error in the person's unit, and that of forecasting the mean of what was seen. */
  readonly error: number;
  readonly errorOfMean: number;
};

/** Null where nothing was kept back. */
export function forecastScore(fit: SeriesFit, scale: OwnScale): ForecastScore | null {
  const { future, deviation } = scale;
  if (future.length === 0) return null;
  const misses = future.map((value, j) => value - (fit.mean[j] ?? Number.NaN));
  const inside = misses.filter((miss, j) => Math.abs(miss) <= 2 * (fit.deviation[j] ?? Number.NaN)).length;
  const rootMeanSquare = (values: readonly number[]) =>
    deviation * Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
  return { known: future.length, inside, error: rootMeanSquare(misses), errorOfMean: rootMeanSquare(future) };
}

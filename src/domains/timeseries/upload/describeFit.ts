// What an expression says about a person's series, as JSON-friendly data for the command line: parameters by kernel, the
// forecast in the person's own units with its band, and how good it was where that is known.

import type { FitDescription } from "../../../engine/domain";
import type { OptionValues } from "../../../engine/options";
import type { OwnScale, SeriesFit } from "../facts";
import { readExpression } from "../grammar/expression";
import { NAMES } from "../print";
import { NUM_POINTS, SYMBOL } from "../program";
import { fitSeries, type OwnFit } from "./ownFit";
import { ownValue, timeAt, timeText } from "./timeText";

/** Points of the forecast in the words. */
const TOLD = 3;

/** Null for an observation that is no person's, or an expression that cannot be fitted. */
export function describeFit(
  program: ArrayLike<number>,
  observation: unknown,
  options: OptionValues,
): FitDescription | null {
  // describeObservation of this domain; scale stands there for a person's own series.
  const { values, scale } = observation as { readonly values: readonly number[]; readonly scale?: OwnScale };
  if (!scale) return null;
  const own = fitSeries({ program, weight: 0, values, scale, options });
  if (!own) return null;
  const score = forecastScore(own.fit, scale);
  const forecast = forecastOf(own.fit, scale);
  const next = forecast.time.slice(0, TOLD).map((time, j) => `${time}: ${three(forecast.mean[j])}`);
  const range = `(${three(forecast.low[0])} to ${three(forecast.high[0])} at first)`;
  return {
    words: [...own.words, `Next, ${next.join(", ")} ${range}.${score ? ` ${scoreWords(score)}` : ""}`],
    data: {
      logLikelihood: own.fit.logLikelihood,
      parameters: parametersOf(own),
      forecast,
      judged: score,
    },
  };
}

/** One record a base kernel, in order; only what the kernel has. Lengths and periods are told in the series' own spans. */
function parametersOf({ fit }: OwnFit): readonly Readonly<Record<string, string | number>>[] {
  const { atoms } = readExpression(fit.program);
  return Array.from(atoms, (symbol, i) => {
    const [variance = 0, lengthSquared = 0, period = 0] = fit.parameters.subarray(3 * i, 3 * i + 3);
    const isRhythm = symbol >= SYMBOL.periodic && symbol < SYMBOL.constant;
    const hasLength = isRhythm || symbol === SYMBOL.smooth;
    return {
      kernel: NAMES[symbol] ?? "",
      variance,
      ...(hasLength ? { lengthSquared } : {}),
      ...(isRhythm ? { period } : {}),
    };
  });
}

type Forecast = {
  readonly time: readonly (string | number)[];
  readonly mean: readonly number[];
  /** Mean less and plus two standard deviations, noise included. */
  readonly low: readonly number[];
  readonly high: readonly number[];
};

function forecastOf(fit: SeriesFit, scale: OwnScale): Forecast {
  const at = (shift: number) =>
    Array.from(fit.mean, (mean, j) => ownValue(scale, mean + shift * (fit.deviation[j] ?? 0)));
  const time = Array.from(fit.mean, (_, j) => {
    const index = NUM_POINTS + j;
    return scale.isDate ? timeText(scale, index) : timeAt(scale, index);
  });
  return { time, mean: at(0), low: at(-2), high: at(2) };
}

export type ForecastScore = {
  /** Points kept back, and those inside the band of two standard deviations. */
  readonly known: number;
  readonly inside: number;
  /** Root mean square error in the person's unit, and that of always saying the mean of what was learned from. */
  readonly error: number;
  readonly errorOfMean: number;
};

/** How good a forecast was; null where nothing was kept back. */
export function forecastScore(fit: SeriesFit, { future, deviation }: OwnScale): ForecastScore | null {
  if (future.length === 0) return null;
  const misses = future.map((value, j) => value - (fit.mean[j] ?? Number.NaN));
  const inside = misses.filter((miss, j) => Math.abs(miss) <= 2 * (fit.deviation[j] ?? Number.NaN)).length;
  const rootMeanSquare = (values: readonly number[]) =>
    deviation * Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
  return { known: future.length, inside, error: rootMeanSquare(misses), errorOfMean: rootMeanSquare(future) };
}

/** "30 of the 40 points kept back lie in the band; the error is 1.6 (root mean square), that of always saying the mean 11." */
export function scoreWords({ known, inside, error, errorOfMean }: ForecastScore): string {
  const share = `${inside} of the ${known} points kept back ${inside === 1 ? "lies" : "lie"} in the band`;
  return `${share}; the error is ${three(error)} (root mean square), that of always saying the mean ${three(errorOfMean)}.`;
}

function three(value: number | undefined): string {
  return value === undefined ? "?" : String(Number(value.toPrecision(3)));
}

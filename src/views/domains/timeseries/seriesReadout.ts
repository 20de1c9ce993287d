// Words and numbers of a series' plot: the values under the cursor, the sentence for people who do not see it, the table.

import type { OwnScale, SeriesFit } from "../../../domains/timeseries/facts";
import type { FigureTable } from "../../frame/figureTable";
import { fixedText } from "../../numberText";
import { captionText, fitWords } from "./kernelText";
import { type SeriesUnits, seriesUnits } from "./plotScale";

/** "x −0.74: observed 1.20, fitted 1.10" or "x 2.31: predicted 0.40, between −0.31 and 1.11". */
export function readingText(
  units: SeriesUnits,
  values: ArrayLike<number>,
  fit: SeriesFit | null,
  scale: OwnScale | null,
  index: number,
): string {
  const where = `${units.timeName} ${units.time(index)}`;
  const n = values.length;
  if (index < n) {
    const fitted = fit ? `, fitted ${units.value(fit.smooth[index] ?? Number.NaN)}` : "";
    return `${where}: observed ${units.value(values[index] ?? Number.NaN)}${fitted}`;
  }
  const later = scale?.future[index - n];
  const happened = later === undefined ? "" : `; it became ${units.value(later)}`;
  if (!fit) return `${where}: nothing predicted yet${happened}`;
  const mean = fit.mean[index - n] ?? Number.NaN;
  const reach = 2 * (fit.deviation[index - n] ?? Number.NaN);
  const range = `between ${units.value(mean - reach)} and ${units.value(mean + reach)}`;
  return `${where}: predicted ${units.value(mean)}, ${range}${happened}`;
}

/** What the plot shows in two or three sentences. */
export function seriesSentence(options: {
  readonly name: string;
  readonly values: Float32Array;
  readonly spacing: number;
  readonly scale: OwnScale | null;
  readonly fit: SeriesFit | null;
  readonly printed: string | null;
  readonly truth: string;
}): string {
  const { name, values, scale, fit, printed, truth } = options;
  const units = seriesUnits(scale, options.spacing);
  const low = units.value(values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY));
  const high = units.value(values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY));
  const what = scale ? ` of ${units.valueName}` : "";
  const data = `${name}: ${values.length} values${what} from ${low} to ${high}.`;
  const made = truth === "" ? "" : ` It was made with ${truth}.`;
  if (!fit || printed === null) return `${data} No fitted expression is on show.${made}`;
  const end = fit.mean.length - 1;
  const reach = 2 * (fit.deviation[end] ?? 0);
  const forecast = `${units.value(fit.mean[end] ?? 0)}, give or take ${units.spread(reach)}`;
  const score = `log likelihood ${fixedText(fit.logLikelihood, 1)} nats`;
  return `${data} ${fitWords(fit)}: ${captionText(printed, fit.parameters)}, ${score}. At the end of the forecast it expects ${forecast}.${made}`;
}

/** One row a point, observed and predicted, in the units of the axes. */
export function seriesTable(
  values: Float32Array,
  spacing: number,
  scale: OwnScale | null,
  fit: SeriesFit | null,
): FigureTable {
  const units = seriesUnits(scale, spacing);
  const n = values.length;
  const own = (value: number | undefined) =>
    value === undefined ? null : scale ? scale.mean + scale.deviation * value : value;
  const spread = (value: number | undefined) => (value === undefined ? null : 2 * value * (scale?.deviation ?? 1));
  const time = (index: number) => {
    if (!scale) return -2 + spacing * index;
    return scale.isDate ? units.time(index) : scale.first + scale.step * index;
  };
  const rows = Array.from({ length: fit || scale?.future.length ? 2 * n : n }, (_, i) => {
    const later = i - n;
    const observed = i < n ? values[i] : scale?.future[later];
    const fitted = i < n ? fit?.smooth[i] : fit?.mean[later];
    return [time(i), i < n ? "observed" : "predicted", own(observed), own(fitted), spread(fit?.deviation[later])];
  });
  return { columns: [units.timeName, "part", units.valueName, "fitted or predicted", "2 standard deviations"], rows };
}

// Times and values of a person's series in words: labels of the axis, lengths of rhythms.

import type { OwnScale } from "../facts";
import { SPACING } from "../program";

const DAY = 86_400_000;

/** Time of point `index` (128 and on: the forecast), on the scale's own axis. */
export function timeAt(scale: OwnScale, index: number): number {
  return scale.first + scale.step * index;
}

/** "1949-02", "2024-01-31", "2024-01-31 12:00", "17.5": as fine as the series' own points. */
export function timeText(scale: OwnScale, index: number): string {
  const time = timeAt(scale, index);
  if (!scale.isDate) return shortNumber(time, scale.step);
  const { length } = scale.span;
  // Months and years are counted in equal steps: the one that a point lies nearest to is meant. Finer points are days.
  const isWhole = scale.step > 0.95 * length;
  if (length > 27 * DAY && !isWhole) return new Date(time).toISOString().slice(0, 10);
  if (length > 27 * DAY) return new Date(time + length / 2).toISOString().slice(0, length > 300 * DAY ? 4 : 7);
  const text = new Date(time).toISOString();
  return length >= DAY ? text.slice(0, 10) : `${text.slice(0, 10)} ${text.slice(11, length >= 60_000 ? 16 : 19)}`;
}

/** A length in x (the grid from -2 to 2) as a number of the scale's spans: 12.1 months. */
export function spanLength(scale: OwnScale, length: number): number {
  return (length / SPACING) * (scale.step / scale.span.length);
}

/** "12.1 months". */
export function spanText(scale: OwnScale, length: number): string {
  const spans = spanLength(scale, length);
  return `${threeDigits(spans)} ${spans === 1 ? scale.span.one : scale.span.many}`;
}

/** The value that a standardised one stands for. */
export function ownValue(scale: OwnScale, standardised: number): number {
  return scale.mean + scale.deviation * standardised;
}

/** A number with as many digits as a difference of `step` needs. */
function shortNumber(value: number, step: number): string {
  const digits = Math.max(0, Math.min(8, Math.ceil(-Math.log10(Math.abs(step) || 1)) + 1));
  const isWhole = Number.isInteger(value) && Number.isInteger(step);
  return isWhole ? String(value) : value.toFixed(digits);
}

/** Three digits that count, without an exponent where it can be helped. */
export function threeDigits(value: number): string {
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e7 || size < 1e-4) return value.toExponential(2);
  return size >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}

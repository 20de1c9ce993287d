// Geometry and units of a series' plot: from point numbers and standardised values to pixels, ticks in the person's own
// units, paths. Pure functions.

import type { OwnScale, SeriesData } from "../../../domains/timeseries/facts";
import { shortText, tickText } from "../../numberText";

export type Tick = { readonly at: number; readonly text: string };

export type PlotBox = {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** Point number (0 is the first observed one) to px, and back to the nearest point. */
  readonly toX: (index: number) => number;
  readonly toIndex: (x: number) => number;
  /** Standardised value to px; values beyond the axis stay at its edge. */
  readonly toY: (value: number) => number;
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
};

/** How point numbers and values read in words. */
export type SeriesUnits = {
  readonly timeName: string;
  readonly valueName: string;
  readonly time: (index: number) => string;
  readonly value: (value: number) => string;
  /** A difference of values: a standard deviation. */
  readonly spread: (value: number) => string;
};

const USUAL_SPAN = 4;
/** Least px between labelled ticks. */
const X_ROOM = 62;
const Y_ROOM = 34;

/** Largest absolute value of the axis: 4, unless the data go beyond. What a model predicts never changes it. */
export function valueSpan(...lists: readonly ArrayLike<number>[]): number {
  let most = 0;
  for (const list of lists) for (let i = 0; i < list.length; i++) most = Math.max(most, Math.abs(list[i] ?? 0));
  return most <= USUAL_SPAN ? USUAL_SPAN : Math.ceil(most + 0.2);
}

/** The box of `count` points and values from -span to span. */
export function plotBox(options: {
  readonly width: number;
  readonly height: number;
  readonly count: number;
  readonly span: number;
  readonly scale: OwnScale | null;
  readonly spacing: number;
  /** Size of the text relative to 11 px. */
  readonly text: number;
}): PlotBox {
  const { width, height, count, span, text } = options;
  const [left, right, top, bottom] = [44 * text, width - 10, 6, height - 18 * text];
  const perPoint = (right - left) / Math.max(1, count - 1);
  const perUnit = (bottom - top) / (2 * span);
  return {
    width,
    height,
    left,
    right,
    top,
    bottom,
    toX: (index) => left + index * perPoint,
    toIndex: (x) => Math.min(count - 1, Math.max(0, Math.round((x - left) / perPoint))),
    toY: (value) => Math.min(bottom, Math.max(top, (top + bottom) / 2 - value * perUnit)),
    xTicks: timeTicks(options, Math.max(2, Math.floor((right - left) / (X_ROOM * text)))),
    yTicks: valueTicks(options.scale, span, (Y_ROOM * text) / perUnit),
  };
}

/** Words for times and values: x and standard deviations for made series, the person's own units for theirs. */
export function seriesUnits(scale: OwnScale | null, spacing: SeriesData["spacing"]): SeriesUnits {
  if (!scale) {
    return {
      timeName: "x",
      valueName: "value",
      time: (index) => tickText(-2 + spacing * index, 0.01),
      value: (value) => tickText(value, 0.01),
      spread: (value) => tickText(value, 0.01),
    };
  }
  return {
    timeName: scale.timeName || "row",
    valueName: scale.name,
    time: (index) => timeText(scale, index),
    value: (value) => shortText(scale.mean + scale.deviation * value),
    spread: (value) => shortText(scale.deviation * value),
  };
}

/** SVG path through the values of points `from`, `from` + 1, ... */
export function linePath(box: PlotBox, values: ArrayLike<number>, from = 0): string {
  let path = "";
  for (let i = 0; i < values.length; i++) {
    path += `${i === 0 ? "M" : "L"}${tenth(box.toX(from + i))} ${tenth(box.toY(values[i] ?? 0))}`;
  }
  return path;
}

/** One short stroke a point: with round caps they are dots. */
export function dotPath(box: PlotBox, values: ArrayLike<number>, from = 0): string {
  let path = "";
  for (let i = 0; i < values.length; i++) {
    path += `M${tenth(box.toX(from + i))} ${tenth(box.toY(values[i] ?? 0))}h0`;
  }
  return path;
}

/** Closed path around mean - 2 sd and mean + 2 sd. */
export function bandPath(box: PlotBox, mean: ArrayLike<number>, deviation: ArrayLike<number>, from: number): string {
  const upper = Array.from(mean, (value, i) => value + 2 * (deviation[i] ?? 0));
  const lower = Array.from(mean, (value, i) => value - 2 * (deviation[i] ?? 0)).reverse();
  const back = lower.map((value, i) => `L${tenth(box.toX(from + lower.length - 1 - i))} ${tenth(box.toY(value))}`);
  return upper.length === 0 ? "" : `${linePath(box, upper, from)}${back.join("")}Z`;
}

type TickOptions = { readonly count: number; readonly scale: OwnScale | null; readonly spacing: number };

function timeTicks({ count, scale, spacing }: TickOptions, most: number): readonly Tick[] {
  const [first, step] = scale ? [scale.first, scale.step] : [-2, spacing];
  const last = first + step * (count - 1);
  if (scale?.isDate) return dateTicks(first, last, most).map(({ at, text }) => ({ at: (at - first) / step, text }));
  const by = niceStep((last - first) / most);
  const ticks: Tick[] = [];
  for (let k = Math.ceil(first / by - 1e-9); k * by <= last + 1e-9 * by; k++) {
    ticks.push({ at: (k * by - first) / step, text: yearText(k * by, by) });
  }
  return ticks;
}

/** Years stand without thin spaces. */
function yearText(value: number, step: number): string {
  return Number.isInteger(value) && value >= 1000 && value < 10000 ? String(value) : tickText(value, step);
}

function valueTicks(scale: OwnScale | null, span: number, least: number): readonly Tick[] {
  if (!scale) {
    const by = Math.max(1, niceStep(least));
    return ticksFrom(-span, span, by).map((at) => ({ at, text: tickText(at, by) }));
  }
  const by = niceStep(least * scale.deviation);
  const [low, high] = [scale.mean - span * scale.deviation, scale.mean + span * scale.deviation];
  return ticksFrom(low, high, by).map((value) => ({
    at: (value - scale.mean) / scale.deviation,
    text: tickText(value, by),
  }));
}

function ticksFrom(low: number, high: number, by: number): readonly number[] {
  const ticks: number[] = [];
  for (let k = Math.ceil(low / by - 1e-9); k * by <= high + 1e-9 * by; k++) ticks.push(k * by);
  return ticks;
}

/** Smallest of 1, 2, 5 times a power of ten that is at least `least`. */
export function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(least, Number.MIN_VALUE)));
  return ([1, 2, 5].find((factor) => factor * power >= least * 0.999) ?? 10) * power;
}

const DAY = 86_400_000;
const YEAR = 365.2425 * DAY;
const MONTH_NAMES = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Ticks at whole years, months or days, in UTC; `at` in milliseconds since 1970. */
export function dateTicks(first: number, last: number, most: number): readonly Tick[] {
  const span = last - first;
  const yearsApart = niceStep(span / YEAR / most);
  if (yearsApart >= 1) return monthTicks(first, last, 12 * yearsApart);
  const months = [1, 2, 3, 6].find((each) => span / (YEAR / 12) / each <= most);
  if (span / (YEAR / 12) >= 3 && months) return monthTicks(first, last, months);
  const by = DAY * Math.max(1, niceStep(span / DAY / most));
  if (span >= 2 * DAY) return ticksFrom(first, last, by).map((at) => ({ at, text: dayText(at) }));
  const short = [1, 5, 15, 30, 60, 180, 360, 720].find((minutes) => span / 60_000 / minutes <= most) ?? 1440;
  return ticksFrom(first, last, short * 60_000).map((at) => ({ at, text: new Date(at).toISOString().slice(11, 16) }));
}

function monthTicks(first: number, last: number, by: number): readonly Tick[] {
  const start = new Date(first);
  const ticks: Tick[] = [];
  for (let k = Math.ceil((start.getUTCFullYear() * 12 + start.getUTCMonth()) / by); ; k++) {
    const year = Math.floor((k * by) / 12);
    const month = (k * by) % 12;
    const at = Date.UTC(year, month, 1);
    if (at > last || ticks.length > 40) return ticks;
    const text = month === 0 || by >= 12 ? String(year) : `${MONTH_NAMES[month]} ${String(year).slice(2)}`;
    if (at >= first) ticks.push({ at, text });
  }
}

function dayText(at: number): string {
  const date = new Date(at);
  return `${date.getUTCDate()} ${MONTH_NAMES[date.getUTCMonth()]}`;
}

function timeText(scale: OwnScale, index: number): string {
  const at = scale.first + scale.step * index;
  if (!scale.isDate) return yearText(Number(at.toPrecision(10)), Math.min(1, Math.abs(scale.step) / 2));
  const { length } = scale.span;
  // Months and years are counted in equal steps: the one that a point lies nearest to is meant.
  const isWhole = length > 27 * DAY && scale.step > 0.95 * length;
  if (isWhole) return new Date(at + length / 2).toISOString().slice(0, length > 300 * DAY ? 4 : 7);
  const iso = new Date(at).toISOString();
  return Math.abs(scale.step) >= DAY ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${iso.slice(11, 16)}`;
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

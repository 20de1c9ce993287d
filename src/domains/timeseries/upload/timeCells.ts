// Times as people write them: numbers, years, months, quarters, ISO dates with or without a clock. A column has one style.

import type { OwnScale } from "../facts";
import { isGap, plainCell, readNumber } from "./numberCells";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 365.2425 * DAY;
const MONTH = YEAR / 12;

/** How the times of a column are counted: months count from January of the year 0, dates in milliseconds since 1970. */
export type TimeStyle = "number" | "year" | "month" | "date";

export type TimeCell = { readonly ok: true; readonly time: number } | { readonly ok: false; readonly reason: string };

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const NAMED = /^(?:(\d{4})[ -]?)?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?:[ -]?(\d{4}))?$/i;
const DATE =
  /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|[-+]\d{2}:?\d{2})?)?$/;
const DAY_FIRST = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/;

/** Months since the year 0 of "1949-01", "1949M01", "1949 Q1", "Jan 1949"; null for anything else. */
function monthOf(text: string): number | null {
  const plain = /^(\d{4})(?:[-/]|\s?M)(\d{1,2})$/i.exec(text);
  if (plain) return month(Number(plain[1]), Number(plain[2]));
  const quarter = /^(\d{4})[- ]?Q([1-4])$/i.exec(text);
  if (quarter) return month(Number(quarter[1]), 3 * Number(quarter[2]) - 2);
  const named = NAMED.exec(text);
  const year = named?.[1] ?? named?.[3];
  if (!named || year === undefined) return null;
  return month(Number(year), 1 + MONTHS.indexOf((named[2] ?? "").toLowerCase()));
}

function month(year: number, number: number): number | null {
  return number >= 1 && number <= 12 ? 12 * year + number - 1 : null;
}

/** Milliseconds since 1970 of a date that exists, UTC unless it says otherwise; null for anything else. */
function dateOf(text: string): number | null {
  const turned = DAY_FIRST.exec(text);
  const found = DATE.exec(turned ? `${turned[3]}-${turned[2]}-${turned[1]}` : text);
  if (!found) return null;
  const [year = 0, months = 0, day = 0, hours = 0, minutes = 0, seconds = 0] = found
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const midnight = Date.UTC(year, months - 1, day);
  const made = new Date(midnight);
  if (made.getUTCMonth() !== months - 1 || made.getUTCDate() !== day || hours > 24 || minutes > 59 || seconds > 60)
    return null;
  return midnight + hours * HOUR + minutes * MINUTE + seconds * 1000 - offsetOf(found[7]);
}

function offsetOf(zone: string | undefined): number {
  if (zone === undefined || zone.toUpperCase() === "Z") return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))];
  return (zone.startsWith("-") ? -1 : 1) * (hours * HOUR + minutes * MINUTE);
}

function isYear(text: string): boolean {
  return /^(1[5-9]|20|21)\d\d$/.test(text);
}

/** The style that most cells of a column have, null where fewer than four in five have any. */
export function timeStyle(cells: readonly string[]): TimeStyle | null {
  const filled = cells.filter((cell) => !isGap(cell)).map(plainCell);
  const counts: Record<TimeStyle, number> = { number: 0, year: 0, month: 0, date: 0 };
  for (const text of filled) {
    const style = styleOf(text);
    if (style) counts[style] += 1;
  }
  const numeric = counts.year + counts.number;
  const best = counts.month >= counts.date ? "month" : "date";
  const isEnough = (count: number) => filled.length > 0 && count >= 0.8 * filled.length;
  if (isEnough(counts[best])) return best;
  if (!isEnough(numeric)) return null;
  return counts.number === 0 ? "year" : "number";
}

function styleOf(text: string): TimeStyle | null {
  if (isYear(text)) return "year";
  if (
    readNumber(text, { decimal: "point" }).kind === "number" ||
    readNumber(text, { decimal: "comma" }).kind === "number"
  )
    return "number";
  if (monthOf(text) !== null) return "month";
  return dateOf(text) === null ? null : "date";
}

/** The time of a cell. @param decimal decimal sign of columns of numbers */
export function readTime(cell: string, style: TimeStyle, decimal: "point" | "comma"): TimeCell {
  const text = plainCell(cell);
  if (isGap(text)) return { ok: false, reason: "has no time" };
  const time = timeOf(text, style, decimal);
  return time === null ? { ok: false, reason: REASONS[style] } : { ok: true, time };
}

const REASONS: Readonly<Record<TimeStyle, string>> = {
  number: "is not a number, as the other times are",
  year: "is not a year, as the other times are",
  month: 'is not a month; allowed: 1949-01, 1949M01, 1949 Q1, "Jan 1949"',
  date: "is not a date; allowed: 2024-01-31, 31.01.2024, 2024-01-31 12:00",
};

function timeOf(text: string, style: TimeStyle, decimal: "point" | "comma"): number | null {
  if (style === "month") return monthOf(text);
  if (style === "date") return dateOf(text);
  const read = readNumber(text, { decimal });
  return read.kind === "number" ? read.value : null;
}

/** Times on the axis of an OwnScale, and what spans are told in. */
export type TimeAxis = Pick<OwnScale, "first" | "step" | "isDate" | "span">;

/**
 * The axis of points `first`, `first + step`, ... in the style's own count.
 *
 * @param name  heads the column, "" for none
 * @param usual usual distance of the file's own times
 */
export function axisOf(style: TimeStyle | "row", first: number, step: number, name: string, usual: number): TimeAxis {
  if (style === "month") {
    const start = Date.UTC(Math.floor(first / 12), 0) + (first - 12 * Math.floor(first / 12)) * MONTH;
    return { first: start, step: step * MONTH, isDate: true, span: { one: "month", many: "months", length: MONTH } };
  }
  if (style === "date") return { first, step, isDate: true, span: spanOf(usual) };
  const plain = { first, step, isDate: false };
  if (style === "year") return { ...plain, span: { one: "year", many: "years", length: 1 } };
  if (style === "row") return { ...plain, span: { one: "row", many: "rows", length: 1 } };
  const named = UNITS.exec(name.trim());
  if (named) {
    const one = (named[1] ?? "").toLowerCase();
    return { ...plain, span: { one, many: `${one}s`, length: 1 } };
  }
  const unit = name === "" ? "unit of time" : `unit of ${name}`;
  return { ...plain, span: { one: unit, many: unit.replace("unit", "units"), length: 1 } };
}

/** Headings that are themselves what spans are told in. */
const UNITS = /^(second|minute|hour|day|week|month|quarter|year)s?$/i;

const SPANS = [
  { one: "second", many: "seconds", length: 1000 },
  { one: "minute", many: "minutes", length: MINUTE },
  { one: "hour", many: "hours", length: HOUR },
  { one: "day", many: "days", length: DAY },
  { one: "month", many: "months", length: MONTH },
  { one: "year", many: "years", length: YEAR },
] as const;

/** The largest unit that a step of dates is not much shorter than. */
function spanOf(step: number): OwnScale["span"] {
  const fitting = SPANS.filter(({ length }) => length <= 1.2 * step);
  return fitting.at(-1) ?? SPANS[0];
}

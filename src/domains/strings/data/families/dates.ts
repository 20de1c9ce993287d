// Dates and times: days inside the sheet's window of 1 to 30 years, in its order, separator and month style.

import { type Day, dayOf, MONTHS, marchFirst } from "../calendar";
import type { Column, Family } from "../column";
import { type Dice, padded } from "../dice";
import type { Style } from "../style";

function drawDay(dice: Dice, style: Style): Day {
  return dayOf(marchFirst(style.firstYear) + dice.below(365 * style.years));
}

function yearText(year: number, style: Style): string {
  return style.yearDigits === 4 ? String(year) : padded(year % 100, 2);
}

function monthName(month: number, style: Style): string {
  const name = MONTHS[month - 1] ?? "";
  return style.month === "capitals" ? name.toUpperCase() : name;
}

function numberOf(value: number, style: Style): string {
  return style.isPadded ? padded(value, 2) : String(value);
}

function dateFields(date: Day, style: Style): string[] {
  const { year, month, day } = date;
  const parts = { d: numberOf(day, style), m: numberOf(month, style), y: yearText(year, style) };
  const [first, second, third] = style.dateOrder;
  const at = (letter: string | undefined) => parts[letter as "d" | "m" | "y"]; // dateOrder has these three letters only
  return [at(first), style.dateSeparator, at(second), style.dateSeparator, at(third)];
}

function numericDate(_dice: Dice, style: Style): Column {
  return { cell: (dice) => dateFields(drawDay(dice, style), style) };
}

function namedDate(dice: Dice, style: Style): Column {
  const separator = dice.pick(["-", "-", " ", " ", "/", ""]);
  return {
    cell: (cells) => {
      const { year, month, day } = drawDay(cells, style);
      return [numberOf(day, style), separator, monthName(month, style), separator, yearText(year, style)];
    },
  };
}

function longDate(_dice: Dice, style: Style): Column {
  return {
    cell: (dice) => {
      const { year, month, day } = drawDay(dice, style);
      return [monthName(month, style), " ", numberOf(day, style), ", ", String(year)];
    },
  };
}

function monthYear(dice: Dice, style: Style): Column {
  const separator = dice.pick(["-", "/", " ", "-"]);
  const isYearFirst = style.dateOrder === "ymd";
  return {
    cell: (cells) => {
      const { year, month } = drawDay(cells, { ...style, years: Math.max(style.years, 4) });
      const month_ = style.month === "number" ? padded(month, 2) : monthName(month, style);
      const year_ = yearText(year, style);
      return isYearFirst ? [year_, separator, month_] : [month_, separator, year_];
    },
  };
}

function quarter(dice: Dice, style: Style): Column {
  const form = dice.below(4);
  const separator = dice.pick(["", "-", " ", "/"]);
  return {
    cell: (cells) => {
      const year = yearText(style.firstYear + cells.below(Math.max(6, style.years)), style);
      const number = String(cells.between(1, 4));
      if (form === 0) return ["Q", number, separator, year];
      if (form === 1) return [number, "Q", separator, year];
      return [year, separator, "Q", number];
    },
  };
}

function yearRange(dice: Dice, style: Style): Column {
  const separator = dice.pick(["-", "-", "/", " - "]);
  const isShort = dice.chance(50);
  const span = dice.between(1, 12);
  const start = style.firstYear - dice.below(60);
  return {
    cell: (cells) => {
      const from = start + cells.below(40);
      const to = from + (span < 3 ? span : cells.between(1, span));
      return [String(from), separator, isShort ? padded(to % 100, 2) : String(to)];
    },
  };
}

function clock(dice: Dice, style: Style): Column {
  const step = dice.pick([1, 1, 5, 15]);
  const [from, to] = dice.pick([
    [0, 23],
    [7, 19],
    [8, 17],
  ] as const);
  return {
    cell: (cells) => [
      numberOf(cells.between(from, to), style),
      style.clockSeparator,
      padded(step * cells.below(Math.floor(60 / step)), 2),
    ],
  };
}

function clockSeconds(dice: Dice): Column {
  const hours = dice.pick([1, 3, 24]);
  const hasTenths = dice.chance(25);
  return {
    cell: (cells) => {
      const parts = [padded(cells.below(hours), 2), padded(cells.below(60), 2), padded(cells.below(60), 2)];
      return [parts.join(":"), hasTenths ? "." : "", hasTenths ? cells.digits(1) : ""];
    },
  };
}

function halfDayClock(dice: Dice, style: Style): Column {
  const marks = dice.pick([
    [" AM", " PM"],
    ["AM", "PM"],
    ["am", "pm"],
    ["a", "p"],
  ]);
  const hasMinutes = dice.chance(60);
  const separator = style.clockSeparator === "h" ? "." : style.clockSeparator;
  return {
    cell: (cells) => [
      String(cells.between(1, 12)),
      hasMinutes ? `${separator}${padded(5 * cells.below(12), 2)}` : "",
      cells.pick(marks),
    ],
  };
}

function timestamp(dice: Dice, style: Style): Column {
  const form = dice.below(3);
  return {
    cell: (cells) => {
      const { year, month, day } = drawDay(cells, style);
      const date = `${year}-${padded(month, 2)}-${padded(day, 2)}`;
      const [hours, minutes, seconds] = [padded(cells.below(24), 2), padded(cells.below(60), 2), cells.below(60)];
      if (form === 0) return [date, " ", hours, ":", minutes];
      if (form === 1) return [date, "T", hours, ":", minutes, ":", padded(seconds, 2), "Z"];
      return [date.replaceAll("-", ""), "_", hours, minutes];
    },
  };
}

function duration(dice: Dice): Column {
  const [large, small, limit] = dice.pick([
    ["h", "m", 60],
    ["m", "s", 60],
    ["d", "h", 24],
  ] as const);
  const space = dice.pick([" ", " ", ""]);
  const isOptional = dice.chance(40);
  return {
    cell: (cells) => [
      isOptional && cells.chance(40) ? "" : `${cells.between(1, 12)}${large}${space}`,
      `${cells.below(limit)}`,
      small,
    ],
  };
}

function isoWeek(dice: Dice, style: Style): Column {
  const separator = dice.pick(["-", "-", ""]);
  const years = Math.min(style.years, 4);
  return {
    cell: (cells) => [String(style.firstYear + cells.below(years)), separator, "W", padded(1 + cells.below(52), 2)],
  };
}

export const DATES: readonly Family[] = [
  { name: "numeric dates", weight: 24, column: numericDate },
  { name: "dates with month names", weight: 14, column: namedDate },
  { name: "long dates", weight: 8, column: longDate },
  { name: "months", weight: 9, column: monthYear },
  { name: "quarters", weight: 7, column: quarter },
  { name: "year ranges", weight: 9, column: yearRange },
  { name: "clock times", weight: 8, column: clock },
  { name: "clock times with seconds", weight: 3, column: clockSeconds },
  { name: "morning and afternoon times", weight: 5, column: halfDayClock },
  { name: "timestamps", weight: 3, column: timestamp },
  { name: "durations", weight: 6, column: duration },
  { name: "weeks", weight: 4, column: isoWeek },
];

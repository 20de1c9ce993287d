// Money and quantities: whole parts with the leading digits of real amounts, around a size of the column.

import type { Column, Family } from "../column";
import type { Dice } from "../dice";
import type { Style } from "../style";

/** Draws whole numbers around one size: the number of digits of a log-normal quantity. */
export function wholeNumbers(dice: Dice, smallest: number, largest: number): (cells: Dice) => string {
  const digits = dice.between(smallest, largest);
  const isSteady = dice.chance(60);
  return (cells) => {
    const shift = isSteady ? 0 : cells.weighted([1, 2, 1]) - 1;
    return cells.amount(Math.max(1, Math.min(6, digits + shift)));
  };
}

/** "1234567" as fields: what stands before the last comma, and the rest. */
function grouped(whole: string, thousands: string): [string, string] {
  if (thousands === "" || whole.length < 4) return ["", whole];
  return [whole.slice(0, -3) + thousands, whole.slice(-3)];
}

function decimalsOf(dice: Dice, decimals: number): string {
  return decimals === 0 ? "" : `.${dice.digits(decimals)}`;
}

function currency(dice: Dice, style: Style): Column {
  const whole = wholeNumbers(dice, 1, 5);
  const decimals = dice.chance(50) ? 2 : 0;
  // Round prices: the last two or three digits of the whole part are zeros.
  const zeros = dice.chance(20) ? dice.between(1, 3) : 0;
  const { before, after } = style.currency;
  return {
    cell: (cells) => {
      const drawn = whole(cells);
      const rounded = drawn.length > zeros ? drawn.slice(0, drawn.length - zeros) + "0".repeat(zeros) : drawn;
      return [before, ...grouped(rounded, style.thousands), decimalsOf(cells, decimals), after];
    },
  };
}

function signedChange(dice: Dice, style: Style): Column {
  const whole = wholeNumbers(dice, 1, 2);
  const hasPlus = dice.chance(70);
  const decimals = Math.max(1, style.decimals);
  return {
    cell: (cells) => [
      cells.chance(50) ? "-" : hasPlus ? "+" : "",
      cells.chance(40) ? "0" : whole(cells),
      decimalsOf(cells, decimals),
    ],
  };
}

function percent(dice: Dice, style: Style): Column {
  const whole = wholeNumbers(dice, 1, 2);
  const { decimals, isSigned, sign } = style.percent;
  return {
    cell: (cells) => [isSigned && cells.chance(40) ? "-" : "", whole(cells), decimalsOf(cells, decimals), sign],
  };
}

function withUnit(dice: Dice, style: Style): Column {
  const whole = wholeNumbers(dice, 1, 4);
  const decimals = Math.min(style.decimals, 2);
  return { cell: (cells) => [whole(cells), decimalsOf(cells, decimals), style.unitSpace, style.unit] };
}

function range(dice: Dice): Column {
  const separator = dice.pick(["-", "-", "-", " - ", "..", " to "]);
  const step = dice.pick([1, 1, 5, 10]);
  const base = dice.pick([20, 100, 400]);
  return {
    cell: (cells) => {
      const low = step * cells.below(Math.floor(base / step));
      return [String(low), separator, String(low + step * cells.between(1, 12))];
    },
  };
}

function dimensions(dice: Dice): Column {
  const times = dice.pick(["x", "x", " x ", "X"]);
  const isThree = dice.chance(30);
  const whole = wholeNumbers(dice, 1, isThree ? 2 : 4);
  return {
    cell: (cells) => [whole(cells), times, whole(cells), ...(isThree ? [times, whole(cells)] : [])],
  };
}

function dose(dice: Dice, style: Style): Column {
  const form = dice.pick(["mg", "mg", "mcg", "mL", "g", "IU"]);
  const times = dice.pick(["", "", "/d", " x2", " bid", "/kg"]);
  const sizes = [
    "5",
    "10",
    "15",
    "20",
    "25",
    "30",
    "40",
    "50",
    "60",
    "75",
    "80",
    "100",
    "125",
    "150",
    "200",
    "250",
    "500",
  ];
  return {
    cell: (cells) => [cells.pick(sizes), cells.chance(12) ? ".5" : "", style.unitSpace, form, times],
  };
}

function tolerance(dice: Dice): Column {
  const mark = dice.pick(["+-", "+/-", " +/- "]);
  const whole = wholeNumbers(dice, 1, 2);
  const decimals = dice.between(1, 2);
  return {
    cell: (cells) => [whole(cells), decimalsOf(cells, decimals), mark, "0", decimalsOf(cells, decimals)],
  };
}

function scientific(dice: Dice): Column {
  const mark = dice.pick(["e-", "e-", "E-", "E+"]);
  const decimals = dice.between(1, 3);
  const width = dice.chance(60) ? 2 : 1;
  return {
    cell: (cells) => [
      cells.amount(1),
      decimalsOf(cells, decimals),
      mark,
      String(cells.between(1, width === 2 ? 12 : 9)).padStart(width, "0"),
    ],
  };
}

function fraction(dice: Dice): Column {
  const hasWhole = dice.chance(35);
  const fixed = dice.chance(40) ? String(dice.between(4, 60)) : "";
  return {
    cell: (cells) => {
      const below = fixed === "" ? cells.between(2, 20) : Number(fixed);
      const above = cells.between(fixed === "" ? 1 : 0, fixed === "" ? below : Math.max(below, 12));
      return [hasWhole && cells.chance(60) ? `${cells.between(1, 9)} ` : "", String(above), "/", String(below)];
    },
  };
}

function ratio(dice: Dice): Column {
  const first = dice.chance(50) ? "1" : "";
  const largest = dice.pick([9, 50, 500]);
  return {
    cell: (cells) => [first === "" ? String(cells.between(1, 9)) : first, ":", String(cells.between(1, largest) + 1)],
  };
}

function reading(dice: Dice, style: Style): Column {
  const marks = dice.pick([["<", ">"], ["<", "<="], [">="], ["<", ""], [">", ""], ["<"]]);
  const whole = wholeNumbers(dice, 1, 3);
  const isSmall = dice.chance(50);
  const decimals = isSmall ? Math.max(1, style.decimals) : 0;
  return {
    cell: (cells) => [cells.pick(marks), isSmall ? "0" : whole(cells), decimalsOf(cells, decimals)],
  };
}

function numberOrMissing(dice: Dice, style: Style): Column {
  const whole = wholeNumbers(dice, 1, 3);
  const decimals = Math.max(1, style.decimals);
  return { cell: (cells) => [whole(cells), decimalsOf(cells, decimals)], hasMissing: true };
}

export const AMOUNTS: readonly Family[] = [
  { name: "prices", weight: 27, column: currency },
  { name: "changes", weight: 10, column: signedChange },
  { name: "percentages", weight: 8, column: percent },
  { name: "quantities with a unit", weight: 13, column: withUnit },
  { name: "ranges", weight: 8, column: range },
  { name: "dimensions", weight: 6, column: dimensions },
  { name: "doses", weight: 4, column: dose },
  { name: "values with a tolerance", weight: 3, column: tolerance },
  { name: "numbers in scientific notation", weight: 5, column: scientific },
  { name: "fractions", weight: 4, column: fraction },
  { name: "ratios", weight: 2, column: ratio },
  { name: "readings with a limit", weight: 6, column: reading },
  { name: "numbers, one missing", weight: 8, column: numberOrMissing },
];

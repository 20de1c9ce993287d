// Identifiers: prefixes, separators and widths of the sheet, numbers from a contiguous window half of the time.

import type { Column, Family } from "../column";
import { type Dice, padded } from "../dice";
import type { Style } from "../style";

/** Numbers of `width` digits: a window with shared leading digits half of the time, else the whole range. */
export function serials(dice: Dice, width: number): (cells: Dice) => string {
  if (width < 2 || dice.chance(50)) return (cells) => cells.digits(width);
  const loose = Math.min(width, dice.between(2, 3));
  const stem = dice.digits(width - loose);
  return (cells) => stem + cells.digits(loose);
}

/** Counting numbers without padding: 1 to `largest`. */
function counters(dice: Dice): (cells: Dice) => string {
  const largest = dice.pick([30, 120, 999, 2000]);
  return (cells) => String(1 + cells.below(largest));
}

function prefixed(dice: Dice, style: Style): Column {
  const number = dice.chance(40) ? counters(dice) : serials(dice, style.idWidth);
  return {
    cell: (cells) => [style.prefix, style.idSeparator, number(cells), style.hasCheckLetter ? cells.upper() : ""],
  };
}

function suffixed(dice: Dice): Column {
  const number = dice.chance(50) ? counters(dice) : serials(dice, dice.between(2, 5));
  const letters = dice.pick(["AB", "ABC", "ABCDEF", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abc"]);
  const isOptional = dice.chance(35);
  return { cell: (cells) => [number(cells), isOptional && cells.chance(50) ? "" : cells.from(letters)] };
}

function multiPart(dice: Dice, style: Style): Column {
  const separator = style.idSeparator === "" ? "-" : style.idSeparator;
  const parts = Array.from({ length: dice.between(2, 3) }, () => {
    const width = dice.between(1, 4);
    const kind = dice.weighted([45, 25, 20, 10]);
    const fixed = dice.upper(width);
    const number = serials(dice, width);
    return (cells: Dice) =>
      kind === 0 ? number(cells) : kind === 1 ? fixed : kind === 2 ? cells.upper(Math.min(width, 3)) : cells.digits(1);
  });
  return { cell: (cells) => parts.flatMap((part, index) => (index === 0 ? [part(cells)] : [separator, part(cells)])) };
}

function zeroPadded(dice: Dice, style: Style): Column {
  const width = dice.between(3, 6);
  const largest = dice.pick([40, 300, 3000]);
  return { cell: (cells) => [style.prefix, padded(1 + cells.below(largest), width)] };
}

function sampleName(dice: Dice, style: Style): Column {
  const form = dice.below(4);
  const number = serials(dice, dice.between(4, 8));
  const short = counters(dice);
  const stem = dice.upper(dice.between(1, 3));
  return {
    cell: (cells) => {
      if (form === 0) return ["rs", number(cells)];
      if (form === 1) return [stem, short(cells), "_", cells.from("ABCD")];
      if (form === 2) return [cells.from("ABCDEFGH"), String(cells.between(1, 12))];
      return ["L", padded(style.firstYear % 100, 2), cells.from("ABCDEFGHJKLM"), cells.digits(2)];
    },
  };
}

function partNumber(dice: Dice, style: Style): Column {
  const stem = dice.chance(60) ? style.prefix : "";
  const number = serials(dice, dice.between(3, 5));
  const tail = dice.pick(["", "", "-", "/"]);
  const isOptional = dice.chance(50);
  return {
    cell: (cells) => [
      stem === "" ? cells.upper(2) : stem,
      number(cells),
      tail !== "" && !(isOptional && cells.chance(50)) ? `${tail}${cells.from("ABCRSTX")}` : "",
    ],
  };
}

function catalogue(dice: Dice): Column {
  const number = serials(dice, dice.between(2, 4));
  const stem = dice.chance(50) ? dice.upper(dice.between(1, 2)) : "";
  const year = dice.between(80, 99);
  const isYear = dice.chance(50);
  return {
    cell: (cells) => [stem, number(cells), "/", isYear ? padded((year + cells.below(20)) % 100, 2) : cells.digits(2)],
  };
}

function invoice(dice: Dice, style: Style): Column {
  const form = dice.pick(["#", "#", `${style.prefix}#`, "No. ", "Inv #"]);
  const number = serials(dice, dice.between(3, 6));
  return { cell: (cells) => [form, number(cells), style.hasCheckLetter ? cells.upper() : ""] };
}

function serialBlock(dice: Dice): Column {
  const blocks = dice.between(2, 3);
  const letters = dice.between(1, 2);
  const digits = dice.between(1, 3);
  return {
    cell: (cells) => {
      const block = () => cells.upper(letters) + cells.digits(digits);
      return Array.from({ length: blocks }, (_, index) => (index === 0 ? block() : `-${block()}`));
    },
  };
}

function bookNumber(dice: Dice): Column {
  const group = String(dice.below(10));
  const isLong = dice.chance(40);
  return {
    cell: (cells) => [
      isLong ? "978-" : "",
      group,
      "-",
      cells.digits(3),
      "-",
      cells.digits(5),
      "-",
      isLong ? cells.digits(1) : cells.from("0123456789X"),
    ],
  };
}

function plate(dice: Dice): Column {
  const form = dice.below(4);
  return {
    cell: (cells) => {
      if (form === 0) return [cells.upper(3), " ", cells.digits(3)];
      if (form === 1) return [cells.digits(1), cells.upper(3), cells.digits(3)];
      if (form === 2) return [cells.upper(2), cells.digits(2), " ", cells.upper(3)];
      return [cells.upper(3), "-", cells.digits(4)];
    },
  };
}

function courseOrFlight(dice: Dice): Column {
  const stems = Array.from({ length: dice.weighted([0, 45, 30, 25]) }, () => dice.upper(dice.between(2, 4)));
  const isCourse = dice.chance(55);
  const space = dice.pick(["", " ", "-", ""]);
  const hasSection = isCourse && dice.chance(30);
  const width = dice.between(2, 4);
  return {
    cell: (cells) => [
      cells.pick(stems),
      space,
      isCourse ? cells.amount(3) : cells.amount(width),
      hasSection && cells.chance(50) ? cells.from("ABHL") : "",
    ],
  };
}

function postalCode(dice: Dice): Column {
  const form = dice.below(4);
  const stem = dice.digits(2);
  const area = dice.upper(dice.between(1, 2));
  return {
    cell: (cells) => {
      if (form === 0) return [stem, cells.digits(3), "-", cells.digits(4)];
      if (form === 1) return [area, cells.amount(cells.between(1, 2)), " ", cells.digits(1), cells.upper(2)];
      if (form === 2)
        return [cells.upper(), cells.digits(1), cells.upper(), " ", cells.digits(1), cells.upper(), cells.digits(1)];
      return [area, "-", cells.digits(4)];
    },
  };
}

function lowerKey(dice: Dice): Column {
  const width = dice.between(4, 8);
  const symbols = dice.chance(50) ? "abcdefghijklmnopqrstuvwxyz" : "abcdefghijklmnopqrstuvwxyz0123456789";
  return { cell: (cells) => [cells.from(symbols, width)], hasWords: true };
}

function hexKey(dice: Dice): Column {
  const width = dice.pick([4, 6, 8, 8, 10, 12]);
  const symbols = dice.chance(50) ? "0123456789abcdef" : "0123456789ABCDEF";
  return { cell: (cells) => [cells.from(symbols, width)] };
}

export const IDENTIFIERS: readonly Family[] = [
  { name: "numbers with a prefix", weight: 22, column: prefixed },
  { name: "numbers with a letter", weight: 7, column: suffixed },
  { name: "codes in parts", weight: 16, column: multiPart },
  { name: "counters", weight: 7, column: zeroPadded },
  { name: "sample names", weight: 8, column: sampleName },
  { name: "part numbers", weight: 7, column: partNumber },
  { name: "catalogue numbers", weight: 5, column: catalogue },
  { name: "invoice numbers", weight: 5, column: invoice },
  { name: "serial numbers", weight: 5, column: serialBlock },
  { name: "book numbers", weight: 2, column: bookNumber },
  { name: "vehicle plates", weight: 4, column: plate },
  { name: "courses and flights", weight: 4, column: courseOrFlight },
  { name: "postal codes", weight: 4, column: postalCode },
  { name: "random keys", weight: 2, column: lowerKey },
  { name: "hexadecimal keys", weight: 2, column: hexKey },
];

// Science and the rest: formulas, mutations, moves, coordinates, grades, scores, sets, tags, short words.

import type { Column, Family } from "../column";
import { type Dice, padded } from "../dice";
import type { Style } from "../style";
import { wholeNumbers } from "./amounts";

const AMINO = "ACDEFGHIKLMNPQRSTVWY";
const ELEMENTS = [
  "C",
  "H",
  "O",
  "N",
  "S",
  "P",
  "F",
  "Na",
  "Cl",
  "K",
  "Ca",
  "Mg",
  "Fe",
  "Cu",
  "Zn",
  "Br",
  "Li",
  "Al",
  "Ag",
];
const CATEGORIES = [
  ["red", "blue", "green", "black", "white", "grey", "pink", "brown", "gold", "tan", "beige", "cyan"],
  ["low", "mid", "high", "none", "max", "min", "avg", "ok", "bad", "good", "fair", "poor"],
  ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "day", "night", "noon", "week", "eve"],
  ["N", "S", "E", "W", "NE", "NW", "SE", "SW", "NNE", "NNW", "SSE", "SSW", "ENE", "WNW"],
] as const;

function formula(dice: Dice): Column {
  if (dice.chance(50)) {
    return {
      cell: (cells) => ["C", String(cells.between(2, 30)), "H", String(cells.between(2, 60)), organicTail(cells)],
    };
  }
  return {
    cell: (cells) => {
      const count = () => cells.pick(["", "", "2", "3", "4"]);
      return [cells.pick(ELEMENTS), count(), cells.pick(ELEMENTS), count(), cells.chance(40) ? `O${count()}` : ""];
    },
  };
}

function organicTail(cells: Dice): string {
  return cells.chance(60) ? `O${cells.between(2, 9)}` : "";
}

function mutation(dice: Dice): Column {
  const prefix = dice.chance(25) ? "p." : "";
  const width = dice.between(2, 3);
  return { cell: (cells) => [prefix, cells.from(AMINO), cells.amount(width), cells.from(AMINO)] };
}

function genotype(dice: Dice): Column {
  const mark = dice.pick(["/", "/", ">", "|"]);
  return { cell: (cells) => [cells.from("ACGT"), mark, cells.from("ACGT")] };
}

function chessMove(): Column {
  return {
    cell: (cells) => [
      cells.pick(["", "N", "B", "R", "Q", "K"]),
      cells.chance(25) ? "x" : "",
      cells.from("abcdefgh"),
      cells.from("12345678"),
    ],
  };
}

function gridReference(dice: Dice): Column {
  const width = dice.between(1, 3);
  const letters = dice.pick(["ABCDEFGH", "ABCDEFGHJKLMNOPQRSTU"]);
  const stem = dice.chance(40) ? dice.upper() : "";
  return {
    cell: (cells) => [
      stem === "" ? "" : stem + cells.from(letters),
      stem === "" ? cells.from(letters) : "",
      cells.digits(width),
      stem === "" ? "" : cells.digits(width),
    ],
  };
}

/** Inside a box of 0.01 to 10 degrees, in whole units of the last decimal. */
function coordinates(dice: Dice): Column {
  const decimals = dice.between(1, 4);
  const separator = dice.pick([", ", ",", " ", ";"]);
  const unit = 10 ** decimals;
  const box = Math.max(10, dice.pick([unit / 100, unit / 10, unit, 10 * unit]));
  const latitude = dice.between(-80 * unit, 79 * unit);
  const longitude = dice.between(-170 * unit, 169 * unit);
  const one = (cells: Dice, from: number) => {
    const value = from + cells.below(box);
    const size = Math.abs(value);
    return [value < 0 ? "-" : "", String(Math.floor(size / unit)), `.${padded(size % unit, decimals)}`];
  };
  return { cell: (cells) => [...one(cells, latitude), separator, ...one(cells, longitude)] };
}

function degrees(dice: Dice): Column {
  const side = dice.pick(["N", "S", "E", "W"]);
  const from = dice.between(5, 89);
  const space = dice.pick([" ", "d"]);
  return { cell: (cells) => [String(from + cells.below(3)), space, padded(cells.below(60), 2), "'", side] };
}

function grade(): Column {
  return { cell: (cells) => [cells.from("ABCDF"), cells.pick(["", "+", "-"])] };
}

function size(): Column {
  return { cell: (cells) => [cells.pick(["", "", "X", "XX", "2X", "3X", "4X"]), cells.from("SML")] };
}

function bloodType(): Column {
  return { cell: (cells) => [cells.pick(["A", "A1", "A2", "B", "AB", "A1B", "A2B", "O"]), cells.pick(["+", "-"])] };
}

function score(dice: Dice): Column {
  const separator = dice.pick(["-", "-", " - ", ":"]);
  const largest = dice.pick([6, 12, 30, 120]);
  return { cell: (cells) => [String(cells.below(largest)), separator, String(cells.below(largest))] };
}

function letterSet(dice: Dice, style: Style): Column {
  const letters = dice.pick(["ABCDEFGH", "ABCDEJU", "KLMNPQ", "abcdef"]);
  const separator = style.listSeparator;
  const letter = letters.startsWith("a") ? "\\l" : "\\u";
  const printed = separator === "|" ? "\\|" : separator;
  return {
    cell: (cells) => [
      Array.from(letters)
        .filter(() => cells.chance(40))
        .join(separator) || letters.charAt(0),
    ],
    pattern: `${letter}(${printed}${letter})*`,
  };
}

function bracketed(dice: Dice): Column {
  const [open, close] = dice.pick([
    ["[", "]"],
    ["[", "]"],
    ["(", ")"],
    ["<", ">"],
  ] as const);
  const decimals = dice.between(1, 3);
  const whole = dice.chance(50) ? () => "0" : wholeNumbers(dice, 1, 2);
  const isEven = dice.chance(50);
  return {
    cell: (cells) => [
      open,
      whole(cells),
      ".",
      isEven ? cells.digits(decimals) : cells.digits(cells.between(1, decimals + 1)),
      close,
    ],
  };
}

function initials(dice: Dice): Column {
  const mark = dice.pick(["-", "-", "."]);
  const letters = dice.upper(12);
  const printed = mark === "." ? "\\." : mark;
  const isOpen = mark === "-";
  return {
    cell: (cells) => {
      const drawn = Array.from({ length: cells.between(2, 4) }, () => cells.from(letters) + mark).join("");
      return [isOpen ? mark + drawn : drawn];
    },
    pattern: `${isOpen ? printed : ""}\\u${printed}(\\u${printed})+`,
  };
}

function tag(dice: Dice): Column {
  const isNumber = dice.chance(50);
  const stem = dice.pick(["", "a", "n=", "v", "ex ", "No."]);
  const letters = dice.between(2, 4);
  return { cell: (cells) => ["(", stem, isNumber ? String(cells.between(1, 120)) : cells.lower(letters), ")"] };
}

function roman(dice: Dice): Column {
  const tens = ["", "X", "XX", "XXX", "XL", "L"];
  const ones = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", ""];
  const largest = dice.pick([2, 4, 6]);
  const suffix = dice.pick(["", "", "", ".", ")"]);
  return { cell: (cells) => [cells.pick(tens.slice(0, largest)) + cells.pick(ones), suffix] };
}

function temperature(dice: Dice, style: Style): Column {
  const whole = wholeNumbers(dice, 1, 2);
  const isSigned = dice.chance(40);
  const decimals = Math.min(1, style.decimals);
  const unit = dice.pick(["C", "F", " C", " F", "K"]);
  return {
    cell: (cells) => [
      isSigned && cells.chance(40) ? "-" : "",
      whole(cells),
      decimals === 1 ? `.${cells.digits(1)}` : "",
      unit,
    ],
  };
}

function word(dice: Dice): Column {
  const words = dice.pick(CATEGORIES);
  const isCapital = dice.chance(50);
  return {
    cell: (cells) => {
      const drawn: string = cells.pick<string>(words);
      return [isCapital ? drawn.charAt(0).toUpperCase() + drawn.slice(1) : drawn];
    },
  };
}

export const SCIENCE: readonly Family[] = [
  { name: "chemical formulas", weight: 6, column: formula },
  { name: "mutations", weight: 7, column: mutation },
  { name: "genotypes", weight: 4, column: genotype },
  { name: "chess moves", weight: 4, column: chessMove },
  { name: "grid references", weight: 6, column: gridReference },
  { name: "coordinates", weight: 6, column: coordinates },
  { name: "degrees and minutes", weight: 4, column: degrees },
  { name: "grades", weight: 4, column: grade },
  { name: "sizes", weight: 3, column: size },
  { name: "blood types", weight: 3, column: bloodType },
  { name: "scores", weight: 9, column: score },
  { name: "sets of letters", weight: 6, column: letterSet },
  { name: "numbers in brackets", weight: 9, column: bracketed },
  { name: "initials", weight: 5, column: initials },
  { name: "tags in parentheses", weight: 7, column: tag },
  { name: "roman numerals", weight: 4, column: roman },
  { name: "temperatures", weight: 8, column: temperature },
  { name: "short words", weight: 5, column: word },
];

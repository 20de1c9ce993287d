// Contact and network: phones, mail, hosts, addresses of machines, handles.

import type { Column, Family } from "../column";
import type { Dice } from "../dice";
import { madeUpWord } from "../pools";
import type { Style } from "../style";
import { serials } from "./identifiers";

function phone(dice: Dice): Column {
  const form = dice.weighted([4, 4, 3, 2, 2]);
  const area = dice.amount(3);
  const isOneArea = dice.chance(60);
  const country = dice.between(1, 98);
  return {
    cell: (cells) => {
      const code = isOneArea ? area : cells.amount(3);
      const [middle, last] = [cells.amount(3), cells.digits(4)];
      if (form === 0) return [code, "-", middle, "-", last];
      if (form === 1) return ["(", code, ") ", middle, "-", last];
      if (form === 2) return [code, ".", middle, ".", last];
      if (form === 3) return ["+", String(country), " ", code, " ", middle, last];
      return ["x", last];
    },
  };
}

function mail(dice: Dice, style: Style): Column {
  const stem = dice.lower(dice.between(2, 3));
  const isNumbered = dice.chance(50);
  const number = serials(dice, 3);
  return {
    cell: (cells) => [isNumbered ? stem + number(cells) : `${cells.lower()}${madeUpWord(cells, 2)}`, "@", style.domain],
    hasWords: true,
  };
}

function host(dice: Dice, style: Style): Column {
  const stem = dice.pick(["www", "ns", "web", "db", "node", "srv", "pc"]);
  const isNumbered = stem !== "www" && dice.chance(60);
  return {
    cell: (cells) =>
      isNumbered
        ? [stem, String(cells.between(1, 40)), ".", style.domain]
        : [stem, ".", madeUpWord(cells, cells.between(1, 2)), ".", "com"],
    hasWords: true,
  };
}

function urlPath(dice: Dice): Column {
  const stem = dice.pick(["/p/", "/item/", "/a/", "/t/", "/img/", "/v1/", "/node/"]);
  const isNumber = dice.chance(65);
  const number = serials(dice, dice.between(2, 5));
  return { cell: (cells) => [stem, isNumber ? number(cells) : madeUpWord(cells, 2)] };
}

function address(dice: Dice): () => (cells: Dice) => string {
  const shared = dice.between(1, 3);
  const stem = dice.chance(40) ? ["192", "168", "1"] : ["10", String(dice.below(256)), String(dice.below(256))];
  return () => (cells) =>
    [...stem.slice(0, shared), ...Array.from({ length: 4 - shared }, () => String(cells.below(256)))].join(".");
}

function ipv4(dice: Dice): Column {
  const draw = address(dice)();
  return { cell: (cells) => [draw(cells)] };
}

function ipv4Port(dice: Dice): Column {
  const draw = address(dice)();
  const isMask = dice.chance(75);
  return {
    cell: (cells) => [
      draw(cells),
      isMask ? "/" : ":",
      isMask ? String(cells.between(8, 30)) : cells.pick(["80", "443", "8080", "22", "3306", "53", "8000"]),
    ],
  };
}

function mac(dice: Dice): Column {
  const separator = dice.pick([".", ".", "-", ":"]);
  const symbols = dice.chance(50) ? "0123456789abcdef" : "0123456789ABCDEF";
  const stem = dice.from(symbols, 4);
  return { cell: (cells) => [stem, separator, cells.from(symbols, 4), separator, cells.from(symbols, 4)] };
}

function handle(dice: Dice): Column {
  const mark = dice.pick(["@", "@", "~", ""]);
  const join = dice.pick(["", "", "_", "."]);
  return {
    cell: (cells) => [
      mark,
      madeUpWord(cells, cells.between(1, 2)),
      join,
      mark === "" || cells.chance(60) ? String(cells.below(100)) : "",
    ],
  };
}

export const CONTACT: readonly Family[] = [
  { name: "phone numbers", weight: 30, column: phone },
  { name: "mail addresses", weight: 12, column: mail },
  { name: "host names", weight: 10, column: host },
  { name: "short web paths", weight: 11, column: urlPath },
  { name: "network addresses", weight: 11, column: ipv4 },
  { name: "network addresses with a port or mask", weight: 8, column: ipv4Port },
  { name: "hardware addresses", weight: 7, column: mac },
  { name: "user handles", weight: 11, column: handle },
];

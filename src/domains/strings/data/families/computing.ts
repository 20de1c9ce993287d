// Computing: versions, files, colours, flags, levels, types, paths, settings.

import type { Column, Family } from "../column";
import { type Dice, padded } from "../dice";
import { madeUpWord } from "../pools";
import type { Style } from "../style";

function version(dice: Dice, style: Style): Column {
  const parts = dice.between(2, 3);
  const major = dice.below(10);
  const suffix = dice.pick(["", "", "-rc", "b", "-beta"]);
  return {
    cell: (cells) => [
      style.versionPrefix,
      parts === 3 ? String(major) : String(cells.below(10)),
      ...Array.from({ length: parts - 1 }, () => `.${cells.below(cells.chance(80) ? 10 : 30)}`),
      suffix !== "" && cells.chance(40) ? `${suffix}${cells.between(1, 4)}` : "",
    ],
  };
}

function fileName(dice: Dice, style: Style): Column {
  const stem = dice.pick(["img", "IMG", "DSC", "file", "fig", "data", "page", "scan", "s", "run", "log", "P"]);
  const separator = dice.pick(["", "", "_", "_", "_", "-"]);
  const width = dice.between(1, 4);
  const largest = Math.min(10 ** width, dice.pick([60, 900, 5000]));
  const isPadded = dice.chance(60);
  return {
    cell: (cells) => {
      const number = 1 + cells.below(Math.max(12, largest - 1));
      const ending = style.extensions.length > 1 ? cells.pick(style.extensions) : (style.extensions[0] ?? "txt");
      return [stem, separator, isPadded ? padded(number, width) : String(number), ".", ending];
    },
  };
}

function colour(dice: Dice): Column {
  const symbols = dice.chance(50) ? "0123456789ABCDEF" : "0123456789abcdef";
  const width = dice.chance(80) ? 6 : 3;
  const isNamed = dice.chance(30) && width === 3;
  return { cell: (cells) => ["#", isNamed ? cells.from(symbols).repeat(3) : cells.from(symbols, width)] };
}

function hexNumber(dice: Dice): Column {
  const symbols = dice.chance(70) ? "0123456789ABCDEF" : "0123456789abcdef";
  const width = dice.between(2, 5);
  return { cell: (cells) => ["0x", cells.from(symbols, width)] };
}

function flags(dice: Dice): Column {
  const symbols = dice.pick(["YN", "TF", "-x", "10-", "YN-", "01X"]);
  const width = dice.between(4, 6);
  const separator = dice.pick(["", "", "", "/"]);
  const one = `(${Array.from(symbols).join("|")})`;
  return {
    cell: (cells) => [Array.from({ length: width }, () => cells.from(symbols)).join(separator)],
    pattern: separator === "" ? `${one}+` : `${one}(${separator}${one})+`,
  };
}

function logLevel(dice: Dice): Column {
  const isShort = dice.chance(60);
  const levels = isShort ? ["E", "W", "I", "D"] : ["ERROR", "WARN", "INFO", "DEBUG"];
  const separator = isShort ? "" : dice.pick([" ", "-", "_"]);
  const width = dice.between(2, 4);
  return { cell: (cells) => [cells.pick(levels), separator, cells.digits(width)] };
}

const MEDIA = [
  ["text/", ["css", "html", "csv", "plain", "xml"]],
  ["image/", ["png", "gif", "jpeg", "webp", "bmp", "tiff"]],
  ["audio/", ["ogg", "mpeg", "wav", "aac", "midi"]],
  ["video/", ["mp4", "ogg", "mpeg", "webm"]],
  ["font/", ["woff", "ttf", "otf"]],
] as const;

function mediaType(): Column {
  return {
    cell: (cells) => {
      const [kind, names] = cells.pick(MEDIA);
      return [kind, cells.pick<string>(names)];
    },
  };
}

function unixPath(dice: Dice, style: Style): Column {
  const root = dice.pick(["/usr/", "/var/", "/etc/", "/home/", "/tmp/", "/opt/", "./", "~/"]);
  const isFile = dice.chance(40);
  return {
    cell: (cells) => [
      root,
      madeUpWord(cells, cells.between(1, 2)),
      isFile ? `.${style.extensions[0] ?? "txt"}` : `/${cells.lower(cells.between(1, 3))}`,
    ],
  };
}

function keyValue(dice: Dice): Column {
  const key = dice.pick(["n", "id", "k", "lr", "w", "size", "p", "x", "ID", "AF", "DP"]);
  const form = dice.below(3);
  const decimals = dice.between(1, 3);
  return {
    cell: (cells) => {
      if (form === 0) return [key, "=", cells.amount(cells.between(1, 3))];
      if (form === 1) return [key, "=", "0.", cells.digits(decimals)];
      return [cells.lower(cells.between(1, 3)), "=", cells.amount(cells.between(1, 2))];
    },
  };
}

export const COMPUTING: readonly Family[] = [
  { name: "versions", weight: 18, column: version },
  { name: "file names", weight: 25, column: fileName },
  { name: "colours", weight: 9, column: colour },
  { name: "hexadecimal numbers", weight: 8, column: hexNumber },
  { name: "flags", weight: 8, column: flags },
  { name: "log levels", weight: 9, column: logLevel },
  { name: "media types", weight: 3, column: mediaType },
  { name: "file paths", weight: 7, column: unixPath },
  { name: "settings", weight: 13, column: keyValue },
];

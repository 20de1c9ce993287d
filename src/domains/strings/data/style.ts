// The conventions that the columns of one sheet share: what a learned prior should discover.
// Source: strings specification, section 10.2, "Sheets".

import type { Dice } from "./dice";
import { newDomain, newExtension, newPrefix, newUnit, type Pools, reuse } from "./pools";

export type Style = {
  readonly dateOrder: "dmy" | "mdy" | "ymd";
  readonly dateSeparator: string;
  readonly month: "number" | "name" | "capitals";
  readonly yearDigits: 2 | 4;
  readonly isPadded: boolean;
  /** First year of the sheet's dates, and how many years they span, 1 to 30. */
  readonly firstYear: number;
  readonly years: number;
  readonly clockSeparator: string;
  readonly decimals: number;
  readonly thousands: string;
  /** Where the currency sign stands is in the sign's side. */
  readonly currency: { readonly before: string; readonly after: string };
  readonly percent: { readonly decimals: number; readonly isSigned: boolean; readonly sign: string };
  readonly prefix: string;
  readonly idSeparator: string;
  readonly idWidth: number;
  readonly hasCheckLetter: boolean;
  readonly unit: string;
  readonly unitSpace: string;
  readonly listSeparator: string;
  readonly missing: string;
  readonly domain: string;
  readonly extensions: readonly string[];
  readonly versionPrefix: string;
};

const CURRENCIES = [
  { before: "$", after: "" },
  { before: "USD ", after: "" },
  { before: "", after: " EUR" },
  { before: "Rs ", after: "" },
] as const;

/** Draws the conventions of a sheet. */
export function makeStyle(dice: Dice, pools: Pools): Style {
  const prefix = reuse(dice, pools.prefixes, newPrefix);
  return {
    ...dateStyle(dice),
    decimals: dice.weighted([25, 25, 30, 12, 8]),
    thousands: dice.chance(30) ? "," : "",
    currency: CURRENCIES[dice.weighted([76, 8, 8, 8])] ?? CURRENCIES[0],
    percent: { decimals: dice.weighted([35, 40, 25]), isSigned: dice.chance(35), sign: dice.chance(85) ? "%" : " %" },
    prefix: dice.chance(85) ? prefix : prefix.toLowerCase(),
    idSeparator: dice.pick(["-", "-", "-", "-", "_", "_", "_", "", "", "", "", "", "#", "/", "/", ":", ".", "."]),
    idWidth: dice.between(2, 6),
    hasCheckLetter: dice.chance(20),
    unit: reuse(dice, pools.units, newUnit),
    unitSpace: dice.chance(45) ? " " : "",
    listSeparator: dice.pick([",", " ", ";", "|", "/", "/"]),
    missing: dice.pick(["NA", "N/A", "-", "?", "null"]),
    domain: reuse(dice, pools.domains, newDomain),
    extensions: Array.from({ length: dice.weighted([0, 70, 30]) }, () => reuse(dice, pools.extensions, newExtension)),
    versionPrefix: dice.pick(["", "", "v", "V", "r"]),
  };
}

function dateStyle(dice: Dice) {
  const years = dice.chance(40) ? dice.between(1, 3) : dice.between(4, 30);
  return {
    dateOrder: dice.pick(["dmy", "mdy", "mdy", "ymd", "ymd"] as const),
    dateSeparator: dice.pick(["-", "-", "/", "/", "/", "."]),
    month: dice.pick(["number", "number", "number", "name", "capitals"] as const),
    yearDigits: dice.pick([2, 4, 4] as const),
    isPadded: dice.chance(60),
    firstYear: dice.between(1985, 2023 - years),
    years,
    clockSeparator: dice.pick([":", ":", ".", "h"]),
  };
}

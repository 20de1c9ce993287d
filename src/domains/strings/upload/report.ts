// What happened to the cells of a column, in words: every dropped cell with row, column, value and reason.

import { grouped } from "../../../engine/tables/grouped";
import { MAX_STRING } from "../tokens";
import { type CleanColumn, type CleanSettings, cleanCell, VERDICTS, type Verdict } from "./clean";

/** Distinct usable cells that a column needs: as many as a concept has strings to learn from. */
export const MIN_USABLE = 5;
/** Strings of a column that are looked at for the paper's filters. */
const PROBE = 200;

export type CellNote = {
  /** 1-based, as in the file. */
  readonly row: number;
  readonly column: number;
  /** The cell, shortened, control characters shown as U+FFFD. */
  readonly value: string;
  readonly verdict: Verdict;
  /** "is longer than 24 symbols": completes "the cell ...". */
  readonly reason: string;
};

/**
 * The cells of a column with the given verdicts, in the order of the file, at most `most`.
 * @param firstRow number of the column's first cell in the file
 */
export function notesOf(
  column: CleanColumn,
  firstRow: number,
  verdicts: readonly Verdict[],
  most = Number.POSITIVE_INFINITY,
  settings: CleanSettings = column.settings,
): readonly CellNote[] {
  const wanted = new Set(verdicts.map((verdict) => VERDICTS.indexOf(verdict)));
  const rowOf = new Map(column.usable.map((cell, index) => [cell, (column.rows[index] ?? 0) + firstRow]));
  const notes: CellNote[] = [];
  for (let index = 0; index < column.verdicts.length && notes.length < most; index++) {
    const verdict = VERDICTS[column.verdicts[index] ?? 0] ?? "kept";
    if (!wanted.has(column.verdicts[index] ?? 0)) continue;
    const raw = column.source.cells[index] ?? "";
    const cell = cleanCell(raw, settings);
    const reason = reasonOf(verdict, cell, rowOf);
    notes.push({ row: index + firstRow, column: column.source.number, value: shortened(raw), verdict, reason });
  }
  return notes;
}

function reasonOf(verdict: Verdict, cell: string, rowOf: ReadonlyMap<string, number>): string {
  switch (verdict) {
    case "kept":
      return "is used as it is";
    case "changed":
      return `is used as "${cell}"`;
    case "empty":
      return "is empty";
    case "duplicate":
      return `is the same as in row ${rowOf.get(cell) ?? "?"}`;
    case "long":
      return `has ${cell.length > 8 * MAX_STRING ? "over " : ""}${lengthOf(cell)} symbols; at most ${MAX_STRING} are allowed`;
    case "outside":
      return `has ${symbolName(cell)}, which is none of the 96 symbols that programs write`;
  }
}

function lengthOf(cell: string): string {
  const most = 8 * MAX_STRING;
  return grouped(cell.length > most ? most : Array.from(cell).length);
}

/** The first symbol outside the alphabet: "é" (U+00E9), a line break, a control character. */
export function symbolName(cell: string): string {
  const symbol = Array.from(cell).find((each) => !/[\t -~]/.test(each)) ?? "";
  const code = symbol.codePointAt(0) ?? 0;
  const number = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  if (code === 10) return `a line break (${number})`;
  if (isInvisible(code)) return `an invisible symbol (${number})`;
  return `"${symbol}" (${number})`;
}

/** Control characters, lone surrogates, spaces without width and private use. */
function isInvisible(code: number): boolean {
  if (code < 0x20 || (code >= 0x7f && code < 0xa1)) return true;
  return (code >= 0xd800 && code <= 0xf8ff) || (code >= 0x200b && code <= 0x200f) || code === 0xfeff || code === 0xad;
}

/** At most 24 symbols of a cell, fit to be printed on one line. */
export function shortened(cell: string): string {
  const symbols = Array.from(cell.slice(0, 4 * MAX_STRING), (symbol) =>
    symbol !== "\t" && isInvisible(symbol.codePointAt(0) ?? 0) ? "\uFFFD" : symbol,
  );
  return symbols.length > MAX_STRING ? `${symbols.slice(0, MAX_STRING - 1).join("")}…` : symbols.join("");
}

const DROPPED: readonly (readonly [Verdict, string])[] = [
  ["duplicate", "duplicate"],
  ["empty", "empty"],
  ["long", `longer than ${MAX_STRING} symbols`],
  ["outside", "with a symbol that programs do not write"],
];

/** "41 usable cells of 60: 12 duplicate, 7 empty." */
export function summaryOf({ counts, usable, source }: CleanColumn): string {
  const dropped = DROPPED.filter(([verdict]) => counts[verdict] > 0);
  const reasons = dropped.map(([verdict, words]) => `${grouped(counts[verdict])} ${words}`).join(", ");
  const cells = `${grouped(usable.length)} distinct usable ${usable.length === 1 ? "cell" : "cells"} of ${grouped(source.cells.length)}`;
  return reasons === "" ? `${cells}.` : `${cells}: ${reasons}.`;
}

/** Why a column gives no concept, one sentence with rows; null where it gives one. */
export function unusable(column: CleanColumn, firstRow: number): string | null {
  const { settings } = column;
  const { name } = column.source;
  if (column.usable.length < MIN_USABLE) {
    const examples = notesOf(column, firstRow, ["outside", "long", "duplicate", "empty"], 3);
    const rows = examples.map(({ row, reason }) => `row ${row} ${reason}`).join("; ");
    const where = rows === "" ? "" : ` For example ${rows}.`;
    const summary = summaryOf(column).replace(/\.$/, "");
    return `${quoted(name)} has ${summary}; at least ${MIN_USABLE} are needed.${where}`;
  }
  const why = settings.paperFilters ? filteredAs(column.usable.slice(0, PROBE)) : null;
  return why === null ? null : `${quoted(name)} holds ${why} only, which the paper's filters leave out.`;
}

/** What the paper's filters would call these cells: numbers, long words, names; null for none of them. */
export function filteredAs(cells: readonly string[]): "numbers" | "words" | "names" | null {
  if (cells.every((cell) => /^[-+]?[\d.,\s]+$/.test(cell))) return "numbers";
  const share = (test: RegExp) => cells.filter((cell) => test.test(cell)).length / cells.length;
  if (share(/^[A-Za-z]*[a-z]{6,}[a-z ]*$/) > 0.5) return "words";
  return share(/^[A-Z][a-z]+([ -][A-Z][a-z]*\.?)*$/) > 0.8 ? "names" : null;
}

function quoted(name: string): string {
  return name === "lines" ? "The text" : `Column "${name}"`;
}

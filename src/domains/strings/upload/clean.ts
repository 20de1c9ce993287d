// Cleans the cells of a column and keeps a verdict for each. Pure: the same cells and settings give the same answer, so
// every change of a setting can be undone. Source: strings specification, section 10.3.

import { MAX_STRING } from "../tokens";
import type { RawColumn } from "./table";

export type CleanSettings = {
  /** Take away spaces around a cell. */
  readonly trims: boolean;
  /** Typographic quotes, dashes and spaces become the plain ones of the keyboard. */
  readonly plainMarks: boolean;
  /** Leave out columns of numbers only, of long words and of names, as the paper did. */
  readonly paperFilters: boolean;
};
export const CLEAN_DEFAULTS: CleanSettings = { trims: true, plainMarks: true, paperFilters: false };

/** What became of a cell. "kept": as it was; "changed": kept after cleaning; the others are dropped. */
export const VERDICTS = ["kept", "changed", "empty", "duplicate", "long", "outside"] as const;
export type Verdict = (typeof VERDICTS)[number];

export type CleanColumn = {
  readonly source: RawColumn;
  /** How it was cleaned. */
  readonly settings: CleanSettings;
  /** [rows] index into VERDICTS. */
  readonly verdicts: Uint8Array;
  readonly counts: Readonly<Record<Verdict, number>>;
  /** Distinct usable strings in the order of the file, and the index of the row each stands in. */
  readonly usable: readonly string[];
  readonly rows: readonly number[];
};

const SIGMA_ONLY = /^[\t -~]*$/;

/** Cleans every cell of a column. */
export function cleanColumn(source: RawColumn, settings: CleanSettings): CleanColumn {
  const verdicts = new Uint8Array(source.cells.length);
  const counts = { kept: 0, changed: 0, empty: 0, duplicate: 0, long: 0, outside: 0 };
  const first = new Map<string, number>();
  source.cells.forEach((raw, row) => {
    const cell = cleanCell(raw, settings);
    const verdict = verdictOf(raw, cell, first);
    verdicts[row] = VERDICTS.indexOf(verdict);
    counts[verdict] += 1;
    if (verdict === "kept" || verdict === "changed") first.set(cell, row);
  });
  return { source, settings, verdicts, counts, usable: [...first.keys()], rows: [...first.values()] };
}

function verdictOf(raw: string, cell: string, first: ReadonlyMap<string, number>): Verdict {
  if (cell === "") return "empty";
  if (isLong(cell)) return "long";
  if (!SIGMA_ONLY.test(cell)) return "outside";
  if (first.has(cell)) return "duplicate";
  return cell === raw ? "kept" : "changed";
}

/** True beyond 24 symbols. Counts no further than it must: cells may be huge. */
function isLong(cell: string): boolean {
  if (cell.length <= MAX_STRING) return false;
  return cell.length > 2 * MAX_STRING || Array.from(cell).length > MAX_STRING;
}

const MARKS: readonly (readonly [RegExp, string])[] = [
  [/[\u2018\u2019\u201A\u201B\u2032\u2039\u203A]/g, "'"],
  [/[\u201C\u201D\u201E\u201F\u2033\u00AB\u00BB]/g, '"'],
  [/[\u2010-\u2015\u2212]/g, "-"],
  [/[\u00A0\u2000-\u200A\u202F\u205F\u3000]/g, " "],
  [/[\u00AD\u200B-\u200D\u2060\uFEFF]/g, ""],
  [/\u2026/g, "..."],
];

/** NFC, plain marks and trimming, as set. Cells far beyond the limit are only trimmed. */
export function cleanCell(raw: string, settings: CleanSettings): string {
  // A cell of plain symbols needs neither NFC nor other marks.
  let cell = raw;
  if (cell.length <= 8 * MAX_STRING && !SIGMA_ONLY.test(cell)) {
    cell = cell.normalize("NFC");
    if (settings.plainMarks) for (const [marks, plain] of MARKS) cell = cell.replace(marks, plain);
  }
  return settings.trims ? cell.trim() : cell;
}

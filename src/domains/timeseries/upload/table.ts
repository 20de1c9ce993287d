// A person's file or pasted numbers as columns of raw cells: what was read, how it was decided, which limits were met.

import type { Decimal } from "./numberCells";
import type { Use } from "./resample";

/** How text becomes cells. "auto" decides by the cells themselves. */
export const LAYOUTS = ["auto", "lines", "comma", "semicolon", "tab", "spaces"] as const;
export type Layout = (typeof LAYOUTS)[number];
export const HEADERS = ["auto", "yes", "no"] as const;
export type Header = (typeof HEADERS)[number];

export type ReadSettings = {
  readonly layout: Layout;
  /** Whether the first row (or the first cell of every line, where series stand in lines) names the series. */
  readonly header: Header;
  /** 1-based number of the column of times; 0 for none. */
  readonly time: "auto" | number;
  readonly decimal: Decimal;
  /** Which part is learned from. */
  readonly use: Use;
};
export const READ_DEFAULTS: ReadSettings = {
  layout: "auto",
  header: "auto",
  time: "auto",
  decimal: "auto",
  use: "auto",
};

export type RawColumn = {
  /** From the heading, else "column 3". */
  readonly name: string;
  /** 1-based number in the file: of the column, or of the line where series stand in lines. */
  readonly number: number;
  readonly cells: readonly string[];
};

export type Table = {
  readonly name: string;
  readonly columns: readonly RawColumn[];
  /** Row in the file (column, where series stand in lines) of each cell's place. */
  readonly places: readonly number[];
  /** True where every line is a series: places are then columns and `number` is the row. */
  readonly isAcross: boolean;
  readonly layout: Exclude<Layout, "auto"> | "json";
  readonly hasHeader: boolean;
  /** How layout and heading were decided, one sentence each. */
  readonly decisions: readonly string[];
  /** Limits that were met and lines left out, one sentence each. */
  readonly notices: readonly string[];
};

export type ReadResult =
  | { readonly ok: true; readonly table: Table }
  | { readonly ok: false; readonly message: string };

/** What is read at most. */
export const LIMITS = { bytes: 5_000_000, columns: 200, values: 100_000, cells: 1_000_000 } as const;
export const LIMITS_TEXT = "Up to 5 MB of text, 100,000 values a series and 200 columns are read.";

/** Row and column of a cell as they stand in the file, both 1-based. */
export function placeOf(
  table: Table,
  column: RawColumn,
  index: number,
): { readonly row: number; readonly column: number } {
  const place = table.places[index] ?? index + 1;
  return table.isAcross ? { row: column.number, column: place } : { row: place, column: column.number };
}

/** At most 24 symbols of a cell, on one line. */
export function shortened(cell: string): string {
  const symbols = Array.from(cell.replace(/\s+/g, " ").trim());
  return symbols.length > 24 ? `${symbols.slice(0, 23).join("")}\u2026` : symbols.join("");
}

// A person's file or pasted text as columns of raw cells: what was read, how it was decided, and which limits were met.
// Pure data; cleaning is clean.ts.

import { grouped } from "../../../engine/tables/grouped";

/** How text becomes cells. "auto" decides by the text and the file's name. */
export const LAYOUTS = ["auto", "lines", "comma", "semicolon", "tab"] as const;
export type Layout = (typeof LAYOUTS)[number];
export const HEADERS = ["auto", "yes", "no"] as const;
export type Header = (typeof HEADERS)[number];

export type ReadSettings = {
  readonly layout: Layout;
  /** Whether the first row names the columns. */
  readonly header: Header;
};
export const READ_DEFAULTS: ReadSettings = { layout: "auto", header: "auto" };

export type RawColumn = {
  /** From the heading, else "column 3"; "lines" for plain lines. */
  readonly name: string;
  /** 1-based number of the column in the file. */
  readonly number: number;
  /** One a row, "" where the row is shorter. */
  readonly cells: readonly string[];
};

export type Table = {
  readonly name: string;
  readonly columns: readonly RawColumn[];
  /** 1-based number in the file of the first row of cells: 2 below a heading. */
  readonly firstRow: number;
  /** What the text was taken for; never "auto". */
  readonly layout: Exclude<Layout, "auto"> | "json";
  readonly hasHeader: boolean;
  /** How layout and heading were decided, one sentence each. */
  readonly decisions: readonly string[];
  /** Limits that were met, one sentence each. */
  readonly notices: readonly string[];
};

export type ReadResult =
  | { readonly ok: true; readonly table: Table }
  | { readonly ok: false; readonly message: string };

/** What is read at most. */
export const LIMITS = { bytes: 5_000_000, columns: 200, rows: 50_000, cells: 1_000_000 } as const;
/** The limits as a sentence. */
export const LIMITS_TEXT = "Up to 5 MB of text, 200 columns, 50,000 rows and 1,000,000 cells are read.";

/** Why a table of more cells than LIMITS.cells is not read. */
export function tooManyCells(count: number): string {
  return `The table has ${grouped(count)} cells, which is too much. ${LIMITS_TEXT}`;
}

// Rows of text with separators, quotation marks and all, for domains that read people's tables. Read by papaparse.

import Papa from "papaparse";

export const SEPARATORS = { tab: "\t", semicolon: ";", comma: "," } as const;
/** How cells are told apart. */
export type Separator = keyof typeof SEPARATORS;

export type SeparatedText = {
  readonly rows: readonly (readonly string[])[];
  /** 1-based row that opens a quotation mark that never closes: the marks were then read as plain symbols. Else null. */
  readonly openRow: number | null;
};

/**
 * The first `most` rows of a table. A quotation mark left open would swallow the rest of the file, so then all of them
 * are plain symbols.
 *
 * @param text lines end in \n
 */
export function readSeparated(text: string, separator: Separator, most: number): SeparatedText {
  const parsed = parse(text, separator, '"', most);
  const open = parsed.errors.find(({ code }) => code === "MissingQuotes");
  if (open === undefined) return { rows: parsed.data, openRow: null };
  return { rows: parse(text, separator, "\u0000", most).data, openRow: (open.row ?? 0) + 1 };
}

function parse(text: string, separator: Separator, quoteChar: string, preview: number): Papa.ParseResult<string[]> {
  return Papa.parse<string[]>(text, { delimiter: SEPARATORS[separator], newline: "\n", quoteChar, preview });
}

/** "tabs", for sentences. */
export function separatorWords(separator: Separator): string {
  return { tab: "tabs", semicolon: "semicolons", comma: "commas" }[separator];
}

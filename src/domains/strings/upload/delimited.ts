// Tables as text: which separator they have, and their rows.

import { readSeparated, type Separator, separatorWords } from "../../../engine/tables/separatedText";
import { LIMITS, type Table } from "./table";

export type Rows = {
  readonly rows: readonly (readonly string[])[];
  readonly layout: Exclude<Table["layout"], "json">;
  readonly why: string;
  readonly notices: readonly string[];
};

/** Rows that are looked at before the layout is decided. */
const PROBE_ROWS = 200;
/** Share of rows that must have the same number of cells. */
const REGULAR = 0.8;

/** The rows of a text in the given layout; "auto" decides by regular numbers of cells. Lines end in \n. */
export function readRows(text: string, layout: Rows["layout"] | "auto", fileName: string): Rows {
  if (layout === "lines") return lines(text, "Every line is one cell, as chosen.");
  if (layout !== "auto") return separated(text, layout, `Cells are separated by ${separatorWords(layout)}, as chosen.`);
  const isTable = isTableName(fileName);
  const probe = text.split("\n", PROBE_ROWS).join("\n");
  for (const candidate of ["tab", "semicolon", "comma"] as const) {
    const shape = shapeOf(probe, candidate);
    const isProse = candidate !== "tab" && !isTable && !/[,;]\S/.test(probe);
    if (shape.width < 2 || isProse || (candidate === "comma" && isThousands(probe))) continue;
    const share = `${shape.regular} of the first ${shape.rows} rows have ${shape.width} cells`;
    return separated(text, candidate, `Cells are separated by ${separatorWords(candidate)}: ${share}.`);
  }
  if (/^"(?:[^"\n]|"")*"$/m.test(probe)) {
    return separated(text, "comma", "There is one column, and quotation marks around a cell are not part of it.");
  }
  return lines(text, "Every line is one cell: no separator gives rows of equal length.");
}

/** True for names of tables: .csv, .tsv, .tab. */
export function isTableName(fileName: string): boolean {
  return /\.(csv|tsv|tab)$/i.test(fileName);
}

/** True if commas stand only where thousands are set apart: "$4,050". */
function isThousands(probe: string): boolean {
  return probe.split("\n").every((line) => /^[^,]*$|^\D*\d{1,3}(,\d{3})+(\D[^,]*)?$/.test(line));
}

/** The commonest number of filled cells a row, 0 if rows differ too much. */
function shapeOf(probe: string, layout: Separator): { width: number; regular: number; rows: number } {
  const filled = readSeparated(probe, layout, PROBE_ROWS).rows.filter((row) => row.some((cell) => cell.trim() !== ""));
  const counts = new Map<number, number>();
  for (const row of filled) counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
  const [width, regular] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [0, 0];
  return { width: regular >= REGULAR * filled.length ? width : 0, regular, rows: filled.length };
}

function lines(text: string, why: string): Rows {
  return { rows: text.split("\n", LIMITS.rows + 1).map((line) => [line]), layout: "lines", why, notices: [] };
}

function separated(text: string, layout: Separator, why: string): Rows {
  const { rows, openRow } = readSeparated(text, layout, LIMITS.rows + 1);
  if (openRow === null) return { rows, layout, why, notices: [] };
  const notice = `Row ${openRow} opens a quotation mark that never closes, so these marks are read as plain symbols.`;
  return { rows, layout, why, notices: [notice] };
}

// Text -> table of raw cells, with a sentence for every decision and every limit. Never throws.

import { grouped } from "../../../engine/tables/grouped";
import { isTableName, readRows } from "./delimited";
import { guessHeading } from "./heading";
import { readJsonColumns } from "./jsonColumns";
import {
  LIMITS,
  LIMITS_TEXT,
  type RawColumn,
  READ_DEFAULTS,
  type ReadResult,
  type ReadSettings,
  type Table,
  tooManyCells,
} from "./table";

/** Reads lines, CSV, TSV, text with semicolons, or JSON. @param name of the file, "" for pasted text */
export function readTable(text: string, name: string, settings: ReadSettings = READ_DEFAULTS): ReadResult {
  if (text.length > LIMITS.bytes) {
    const size = (text.length / 1e6).toFixed(1);
    return { ok: false, message: `The text has ${size} MB, which is too much. ${LIMITS_TEXT}` };
  }
  const plain = text
    .replace(/^\uFEFF/, "")
    .replace(/\r\n?/g, "\n")
    .replace(/\n+$/, "");
  if (plain.trim() === "") return { ok: false, message: "There is no text; give one string a line, or a table." };
  const isJson = settings.layout === "auto" && (/\.json$/i.test(name) || /^\s*(\[\s*["{[]|\{\s*")/.test(plain));
  return isJson ? fromJson(plain, name) : fromText(plain, name, settings);
}

function fromText(text: string, name: string, settings: ReadSettings): ReadResult {
  const read = readRows(text, settings.layout, name);
  const isTable = read.layout !== "lines";
  const notices = [...read.notices];
  const heading =
    settings.header === "auto" ? guessHeading(read.rows, isTable || isTableName(name)) : chosen(settings.header);
  if (read.rows.length > LIMITS.rows) notices.push(`The first ${grouped(LIMITS.rows)} rows are used. ${LIMITS_TEXT}`);
  const rows = read.rows.slice(heading.hasHeader ? 1 : 0, LIMITS.rows);
  const width = rows.reduce(
    (most, row) => Math.max(most, row.length),
    heading.hasHeader ? (read.rows[0]?.length ?? 0) : 0,
  );
  if (width > LIMITS.columns) {
    notices.push(`There are ${grouped(width)} columns; the first ${LIMITS.columns} are used. ${LIMITS_TEXT}`);
  }
  const names = heading.hasHeader ? (read.rows[0] ?? []) : [];
  const columns = Array.from({ length: Math.min(width, LIMITS.columns) }, (_, index) => ({
    name: nameOf(names[index], index, isTable && width > 1),
    number: index + 1,
    cells: rows.map((row) => row[index] ?? ""),
  })).filter(({ cells }, index) => cells.some((cell) => cell.trim() !== "") || (names[index] ?? "").trim() !== "");
  const decisions = [read.why, heading.why];
  return limited({
    name,
    columns,
    firstRow: heading.hasHeader ? 2 : 1,
    layout: read.layout,
    ...heading,
    decisions,
    notices,
  });
}

function chosen(header: "yes" | "no"): { hasHeader: boolean; why: string } {
  const hasHeader = header === "yes";
  return { hasHeader, why: `The first row ${hasHeader ? "names the columns" : "is data"}, as chosen.` };
}

function nameOf(given: string | undefined, index: number, isNumbered: boolean): string {
  const name = (given ?? "").trim().replace(/\s+/g, " ");
  if (name !== "") return name.length > 40 ? `${Array.from(name).slice(0, 39).join("")}…` : name;
  return isNumbered ? `column ${index + 1}` : "lines";
}

function fromJson(text: string, name: string): ReadResult {
  const read = readJsonColumns(text);
  if (!read.ok) return read;
  const notices =
    read.columns.length > LIMITS.columns
      ? [`There are ${grouped(read.columns.length)} columns; the first ${LIMITS.columns} are used. ${LIMITS_TEXT}`]
      : [];
  const columns = read.columns.slice(0, LIMITS.columns).map(
    (column, index): RawColumn => ({
      ...column,
      name: nameOf(column.name, index, read.columns.length > 1),
      number: index + 1,
    }),
  );
  return limited({ name, columns, firstRow: 1, layout: "json", hasHeader: false, decisions: [read.why], notices });
}

function limited(table: Table & { readonly why?: string }): ReadResult {
  const { why: _, ...rest } = table;
  if (table.columns.length === 0) return { ok: false, message: "There is no text in any column." };
  const cells = table.columns.reduce((sum, column) => sum + column.cells.length, 0);
  if (cells <= LIMITS.cells) return { ok: true, table: rest };
  return { ok: false, message: tooManyCells(cells) };
}

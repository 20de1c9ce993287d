// Text -> a table of raw cells: CSV, TSV, pasted numbers, one line or one column, or JSON.

import { grouped } from "../../../engine/tables/grouped";
import { readJsonText } from "../../../engine/tables/jsonText";
import { type Grid, jsonGrid } from "./jsonGrid";
import { readRows } from "./layout";
import { isGap, looksNumeric } from "./numberCells";
import { LIMITS, LIMITS_TEXT, type RawColumn, type ReadResult, type ReadSettings } from "./table";
import { timeStyle } from "./timeCells";

/** Series stand in lines where there are at least so many more columns than rows. */
const ACROSS = 4;
const MANY = 8;
/** Share of blank lines from which they only set lines apart. */
const BLANK = 1 / 3;

/** Never throws: text that holds no table of numbers is one sentence. */
export function readTable(text: string, name: string, settings: ReadSettings): ReadResult {
  if (text.length > LIMITS.bytes) {
    return {
      ok: false,
      message: `The text has ${(text.length / 1e6).toFixed(1)} MB, which is too much. ${LIMITS_TEXT}`,
    };
  }
  const plain = text
    .replace(/^\uFEFF/, "")
    .replace(/\r\n?/g, "\n")
    .replace(/\s+$/, "");
  if (plain.includes("\u0000")) return { ok: false, message: "This is not text: it holds the symbol U+0000." };
  if (plain.trim() === "")
    return { ok: false, message: "There is no text; give numbers, one a line or separated by commas." };
  const isJson = settings.layout === "auto" && (/\.json$/i.test(name) || /^\s*[[{]/.test(plain));
  if (!isJson) return tableOf(name, withoutBlanks(readRows(plain, settings.layout)), settings);
  const read = readJsonText(plain);
  if (!read.ok) return read;
  const grid = jsonGrid(read.value);
  return typeof grid === "string" ? { ok: false, message: grid } : tableOf(name, grid, settings);
}

/** Blank rows at the end and between rows of a table go; in one column a blank line is a gap. */
function withoutBlanks(read: ReturnType<typeof readRows>): Grid {
  const isBlank = read.rows.map((row) => row.every((cell) => cell.trim() === ""));
  const blank = isBlank.filter(Boolean).length;
  const isOne = read.rows.every((row) => row.length <= 1);
  const goes = !isOne || blank > BLANK * read.rows.length;
  const kept = read.rows.map((_, i) => i).filter((i) => !(goes && isBlank[i]));
  const notices =
    goes && blank > 0 && isOne ? [...read.notices, `${grouped(blank)} blank lines are left out.`] : read.notices;
  return {
    rows: kept.map((i) => read.rows[i] ?? []),
    numbers: kept.map((i) => read.numbers[i] ?? i + 1),
    layout: read.layout,
    names: null,
    decisions: [read.why],
    notices,
  };
}

function tableOf(name: string, grid: Grid, settings: ReadSettings): ReadResult {
  const width = grid.rows.reduce((most, row) => Math.max(most, row.length), 0);
  const cells = width * grid.rows.length;
  if (cells > LIMITS.cells) {
    return { ok: false, message: `The table has ${grouped(cells)} cells, which is too much. ${LIMITS_TEXT}` };
  }
  const isAcross = grid.layout !== "json" && width >= MANY && width >= ACROSS * grid.rows.length;
  const count = isAcross ? grid.rows.length : width;
  const used = Math.min(count, LIMITS.columns);
  const raw = Array.from({ length: used }, (_, c) =>
    isAcross ? trimmed(grid.rows[c] ?? []) : grid.rows.map((row) => row[c] ?? ""),
  );
  const heading = grid.names
    ? { hasHeader: false, why: "Keys name the columns." }
    : headingOf(raw, settings.header, isAcross);
  const skip = heading.hasHeader ? 1 : 0;
  const places = isAcross ? Array.from({ length: width }, (_, i) => i + 1) : grid.numbers;
  const columns = raw.map(
    (all, c): RawColumn => ({
      name: nameOf(grid.names?.[c] ?? (heading.hasHeader ? all[0] : ""), c, used, isAcross),
      number: isAcross ? (grid.numbers[c] ?? c + 1) : c + 1,
      cells: all.slice(skip),
    }),
  );
  const filled = columns.filter((column) => column.cells.some((cell) => cell.trim() !== ""));
  if (filled.length === 0)
    return { ok: false, message: "There is no number in it; give one a line, or separated by commas." };
  return {
    ok: true,
    table: {
      name,
      columns: filled,
      places: places.slice(skip),
      isAcross,
      layout: grid.layout,
      hasHeader: heading.hasHeader,
      decisions: [...grid.decisions, ...(isAcross ? ["Every line is a series."] : []), heading.why],
      notices: count > used ? [...grid.notices, tooWide(count)] : grid.notices,
    },
  };
}

function tooWide(count: number): string {
  return `There are ${grouped(count)} columns; the first ${LIMITS.columns} are used. ${LIMITS_TEXT}`;
}

/** Cells of a row up to its last one that is not blank: a comma at the end is no gap. */
function trimmed(row: readonly string[]): readonly string[] {
  let width = row.length;
  while (width > 0 && row[width - 1]?.trim() === "") width--;
  return row.slice(0, width);
}

/** Whether the first cells are names: one of them is no number where those below are. */
function headingOf(
  columns: readonly (readonly string[])[],
  wanted: ReadSettings["header"],
  isAcross: boolean,
): { readonly hasHeader: boolean; readonly why: string } {
  const what = isAcross ? "The first cell of a line" : "The first row";
  if (wanted !== "auto") {
    return { hasHeader: wanted === "yes", why: `${what} ${wanted === "yes" ? "is a name" : "is data"}, as chosen.` };
  }
  const isNumber = (cell: string) =>
    looksNumeric(cell) || isGap(cell) || /^[-+]?(nan|inf|infinity)$/i.test(cell.trim());
  const name = columns
    .map(([first = "", ...below]) => {
      const filled = below.filter((cell) => !isGap(cell));
      const isData =
        filled.length > 1 && (filled.filter(looksNumeric).length >= 0.5 * filled.length || timeStyle(filled) !== null);
      return isData && !isNumber(first) && timeStyle([first]) === null ? first : null;
    })
    .find((first) => first !== null);
  if (name === undefined || name === null) return { hasHeader: false, why: `${what} is data.` };
  return { hasHeader: true, why: `${what} is a name: "${name.trim().slice(0, 24)}".` };
}

function nameOf(given: string | undefined, index: number, count: number, isAcross: boolean): string {
  const name = (given ?? "").trim().replace(/\s+/g, " ");
  if (name !== "") return name.length > 40 ? `${Array.from(name).slice(0, 39).join("")}\u2026` : name;
  if (count === 1) return "";
  return `${isAcross ? "line" : "column"} ${index + 1}`;
}

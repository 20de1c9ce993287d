// Which column holds the times: the one with dates or months, the one that is named so, or the first if it grows steadily.

import { isGap, looksNumeric, numberStyle, readNumber } from "./numberCells";
import type { RawColumn, ReadSettings, Table } from "./table";
import { readTime, type TimeCell, type TimeStyle, timeStyle } from "./timeCells";

const NAMES =
  /^(time|date|date ?time|timestamp|year|month|quarter|week|day|hour|minute|second|period|t|x|index|no\.?|nr\.?|#|row|step|datum|zeit|jahr|monat|tag)s?( ?[([].*)?$/i;

export type TimeColumn = {
  readonly column: RawColumn;
  readonly style: TimeStyle;
  readonly read: (cell: string) => TimeCell;
};

/** The column of times and how that was decided; null without one. */
export function timeColumnOf(
  table: Table,
  wanted: ReadSettings["time"],
): { readonly time: TimeColumn | null; readonly why: string } {
  const { columns } = table;
  if (wanted === 0) return { time: null, why: "No column holds times, as chosen: rows are counted from 1." };
  if (wanted !== "auto") {
    const column = columns.find(({ number }) => number === wanted);
    const style = column ? timeStyle(column.cells) : null;
    if (column && style)
      return { time: timed(column, style), why: `Times stand in ${named(table, column)}, as chosen.` };
  }
  if (columns.length < 2) return { time: null, why: "Rows are counted from 1." };
  const found = guess(table);
  if (!found)
    return { time: null, why: `No column holds times: ${table.isAcross ? "values" : "rows"} are counted from 1.` };
  return { time: timed(found.column, found.style), why: `Times stand in ${named(table, found.column)}: ${found.why}.` };
}

function timed(column: RawColumn, style: TimeStyle): TimeColumn {
  const { decimal } = numberStyle(column.cells, "auto");
  return { column, style, read: (cell) => readTime(cell, style, decimal) };
}

type Guess = { readonly column: RawColumn; readonly style: TimeStyle; readonly why: string };

function guess({ columns, hasHeader }: Table): Guess | null {
  const styles = columns.map(({ cells }) => timeStyle(cells));
  const dated = styles.findIndex((style) => style === "date" || style === "month");
  const at = (index: number, why: string): Guess | null => {
    const [column, style] = [columns[index], styles[index]];
    return column && style ? { column, style, why } : null;
  };
  if (dated >= 0) return at(dated, styles[dated] === "month" ? "its cells are months" : "its cells are dates");
  const byName = columns.findIndex(({ name }, index) => NAMES.test(name.trim()) && styles[index] !== null);
  if (byName >= 0) return at(byName, `"${columns[byName]?.name}" is a name for times`);
  const isUnnamed = !hasHeader || columns[0]?.name === "column 1";
  const grows = columns.map(({ cells }) => growthOf(cells));
  if (grows[0] === "even" && grows.slice(1).some((growth) => growth !== "even"))
    return at(0, "it grows in equal steps");
  if (isUnnamed && grows[0] === "uneven" && grows.slice(1).every((growth) => growth === null))
    return at(0, "it only grows");
  return null;
}

/** Whether the numbers of a column grow from cell to cell, and in equal steps; null where they do not. */
function growthOf(cells: readonly string[]): "even" | "uneven" | null {
  const style = numberStyle(cells, "auto");
  const filled = cells.filter((cell) => !isGap(cell));
  if (filled.length < 3 || !filled.every(looksNumeric)) return null;
  const numbers = filled.map((cell) => {
    const read = readNumber(cell, style);
    return read.kind === "number" ? read.value : Number.NaN;
  });
  const steps = numbers.slice(1).map((value, i) => value - (numbers[i] ?? Number.NaN));
  if (!steps.every((step) => step > 0)) return null;
  const mean = ((numbers.at(-1) ?? 0) - (numbers[0] ?? 0)) / steps.length;
  return steps.every((step) => Math.abs(step - mean) < 1e-3 * mean) ? "even" : "uneven";
}

/** `column 2 ("price")`, for sentences. */
export function named({ isAcross }: Pick<Table, "isAcross">, { name, number }: RawColumn): string {
  const place = `${isAcross ? "line" : "column"} ${number}`;
  return name === "" || name === `column ${number}` || name === `line ${number}` ? place : `${place} ("${name}")`;
}

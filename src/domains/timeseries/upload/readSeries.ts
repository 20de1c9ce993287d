// A table of raw cells -> series of numbers at their times, with every cell that cannot be used named by row and column.

import type { UploadProblem } from "../../../engine/domain";
import { grouped } from "../../../engine/tables/grouped";
import { isGap, looksNumeric, type NumberStyle, numberStyle, readNumber } from "./numberCells";
import { FEWEST, type TimedValues } from "./resample";
import { LIMITS, placeOf, type RawColumn, type ReadSettings, shortened, type Table } from "./table";
import { named, type TimeColumn, timeColumnOf } from "./timeColumn";

/** A column after reading: its values without the bad cells, or the sentence that says why it has none. */
export type ReadColumn = {
  readonly column: RawColumn;
  readonly values: TimedValues | null;
  /** Cells that are wrong, at most MOST_NAMED of them, and how many there are in all. */
  readonly problems: readonly UploadProblem[];
  readonly wrong: number;
  /** Why there is no series, with row and column where one cell is the reason; null where there is one. */
  readonly why: string | null;
  /** False for columns of words, which are left out without a complaint where others are numbers. */
  readonly isNumeric: boolean;
  /** What was done without being wrong: gaps, sorting. One sentence each. */
  readonly notes: readonly string[];
};

export type SeriesColumns = {
  readonly columns: readonly ReadColumn[];
  /** Number of the column of times, 0 for none, and how that was decided. */
  readonly time: number;
  readonly why: string;
};

/** Wrong cells that are named one by one, a column. */
export const MOST_NAMED = 20;
/** Share of numbers from which a column is one of numbers. */
const NUMERIC = 0.5;

type Row = { readonly time: number; readonly value: number; readonly index: number };

/** Reads every column but that of the times. */
export function readSeries(table: Table, settings: ReadSettings): SeriesColumns {
  const { time, why } = timeColumnOf(table, settings.time);
  const others = table.columns.filter((column) => column !== time?.column);
  const columns = others.map((column) => readColumn(table, column, time, settings));
  return { columns, time: time?.column.number ?? 0, why };
}

class Problems {
  readonly named: UploadProblem[] = [];
  count = 0;

  constructor(private readonly table: Table) {}

  /** "row 12", where series stand in lines "column 12". */
  placeWords(index: number): string {
    return `${this.table.isAcross ? "column" : "row"} ${this.table.places[index] ?? index + 1}`;
  }

  add(column: RawColumn, index: number, reason: string): void {
    this.count += 1;
    if (this.named.length >= MOST_NAMED) return;
    const place = placeOf(this.table, column, index);
    const cell = shortened(column.cells[index] ?? "");
    this.named.push({ ...place, message: `${cell === "" ? "The cell" : `"${cell}"`} ${reason}.` });
  }
}

function readColumn(table: Table, column: RawColumn, time: TimeColumn | null, settings: ReadSettings): ReadColumn {
  const problems = new Problems(table);
  const notes: string[] = [];
  const done = (values: TimedValues | null, why: string | null, isNumeric = true): ReadColumn => {
    return { column, values, problems: problems.named, wrong: problems.count, why, isNumeric, notes };
  };
  const name = capital(named(table, column));
  const words = unusable(table, column, name, problems);
  if (words !== null) return done(null, words, false);
  if (column.cells.length > LIMITS.values) {
    const given = grouped(column.cells.length);
    return done(null, `${name} has ${given} values; at most ${grouped(LIMITS.values)} are allowed.`);
  }
  const style = numberStyle(column.cells, settings.decimal);
  if (style.unclear !== null) {
    problems.add(column, column.cells.indexOf(style.unclear), UNCLEAR);
    return done(null, `${name} can be read in two ways, because of "${style.unclear}".`);
  }
  const known = unique(sorted(rowsOf(column, time, style, problems), notes), time, problems);
  if (known.length < FEWEST) {
    const given = `${known.length} usable ${known.length === 1 ? "value" : "values"}`;
    return done(null, `${name} has ${given}; at least ${FEWEST} are needed.`);
  }
  const constant = constantWords(table, column, known);
  if (constant !== null) return done(null, `${name} has ${constant}; a series has to vary.`);
  if (style.why !== "") notes.push(style.why);
  const gaps = gapsIn(column, known);
  if (gaps > 0) notes.push(`${gaps === 1 ? "One gap is" : `${grouped(gaps)} gaps are`} bridged by a straight line.`);
  return done(timedValues(column, time, known), null);
}

/** Why a column is none of numbers; null where it is one. */
function unusable(table: Table, column: RawColumn, name: string, problems: Problems): string | null {
  const filled = column.cells.filter((cell) => !isGap(cell));
  if (filled.length === 0) return `${name} is empty.`;
  const isMeant = (cell: string) => looksNumeric(cell) || /^[-+]?(nan|inf|infinity)$/i.test(cell.trim());
  const numeric = filled.filter(isMeant).length;
  if (numeric >= NUMERIC * filled.length) return null;
  const index = column.cells.findIndex((cell) => !isGap(cell) && !isMeant(cell));
  problems.add(column, index, "is not a number");
  const { row } = placeOf(table, column, index);
  return `${name} holds few numbers: ${numeric} of ${filled.length} cells; the first other one is in row ${row}.`;
}

function constantWords(table: Table, column: RawColumn, known: readonly Row[]): string | null {
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last || known.some(({ value }) => value !== first.value)) return null;
  const [from, to] = [placeOf(table, column, first.index), placeOf(table, column, last.index)];
  const span = table.isAcross
    ? `columns ${from.column} to ${to.column} of row ${from.row}`
    : `rows ${from.row} to ${to.row} of column ${from.column}`;
  return `one and the same value, ${first.value}, in ${span}`;
}

function timedValues(column: RawColumn, time: TimeColumn | null, known: readonly Row[]): TimedValues {
  return {
    name: column.name === "" ? "series" : column.name,
    timeName: time ? time.column.name.replace(/^(column|line) \d+$/, "time") : "",
    style: time?.style ?? "row",
    times: known.map((row) => row.time),
    values: known.map((row) => row.value),
  };
}

const UNCLEAR =
  "can be a decimal number or one with thousands set apart; choose the decimal sign, or write it without commas";

/** Empty cells between the first and the last known value. */
function gapsIn(column: RawColumn, known: readonly Row[]): number {
  const ends = [known[0]?.index ?? 0, known.at(-1)?.index ?? 0];
  return column.cells.slice(Math.min(...ends), Math.max(...ends)).filter(isGap).length;
}

/** The cells that are numbers, with their times. */
function rowsOf(column: RawColumn, time: TimeColumn | null, style: NumberStyle, problems: Problems): readonly Row[] {
  const rows: Row[] = [];
  for (const [index, cell] of column.cells.entries()) {
    const read = readNumber(cell, style);
    if (read.kind === "gap") continue;
    if (read.kind === "bad") {
      problems.add(column, index, read.reason);
      continue;
    }
    if (!time) {
      rows.push({ time: index + 1, value: read.value, index });
      continue;
    }
    const at = time.read(time.column.cells[index] ?? "");
    if (at.ok) rows.push({ time: at.time, value: read.value, index });
    else problems.add(time.column, index, at.reason);
  }
  return rows;
}

function sorted(rows: readonly Row[], notes: string[]): readonly Row[] {
  const isOrdered = rows.every((row, i) => i === 0 || row.time >= (rows[i - 1]?.time ?? 0));
  if (isOrdered) return rows;
  const isReversed = rows.every((row, i) => i === 0 || row.time <= (rows[i - 1]?.time ?? 0));
  notes.push(
    isReversed
      ? "The latest time stood first; the rows are turned round."
      : "The rows were not in the order of their times; they are sorted.",
  );
  return [...rows].sort((a, b) => a.time - b.time || a.index - b.index);
}

/** The first of the rows of every time; the others are problems. */
function unique(rows: readonly Row[], time: TimeColumn | null, problems: Problems): readonly Row[] {
  const kept: Row[] = [];
  for (const row of rows) {
    const last = kept.at(-1);
    if (last === undefined || row.time > last.time) kept.push(row);
    else if (time) problems.add(time.column, row.index, `is the same time as in ${problems.placeWords(last.index)}`);
  }
  return kept;
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

// A person's file -> series for a run: every usable column is one. Validates before it converts; never throws.

import type { RawInput, UploadProblem, UploadResult } from "../../../engine/domain";
import { grouped } from "../../../engine/tables/grouped";
import { type OwnSeries, userDataOf } from "./ownSeries";
import { type ReadColumn, readSeries, type SeriesColumns } from "./readSeries";
import { readTable } from "./readTable";
import { type Resampled, resample } from "./resample";
import { READ_DEFAULTS, type ReadSettings, type Table } from "./table";

/** Series that are searched at once. */
export const MOST_SERIES = 12;
/** Problems that are listed one by one. */
const MAX_PROBLEMS = 20;

/** A column with what became of it: 128 points, or the sentence that says why there are none. */
export type Prepared = {
  readonly read: ReadColumn;
  readonly made: Extract<Resampled, { ok: true }> | null;
  readonly why: string | null;
};

/** Reads and resamples all columns of a table but that of the times. */
export function prepareTable(
  table: Table,
  settings: ReadSettings,
): { readonly prepared: readonly Prepared[]; readonly columns: SeriesColumns } {
  const columns = readSeries(table, settings);
  const prepared = columns.columns.map((read): Prepared => {
    if (!read.values) return { read, made: null, why: read.why };
    const made = resample(read.values, settings.use);
    return made.ok ? { read, made, why: null } : { read, made: null, why: made.message };
  });
  return { prepared, columns };
}

/**
 * Reads a text input. Cells that cannot be used are problems with row and column, and what is left without them is `rest`;
 * gaps are no problem. Columns of words and columns that give no series are problems only if none is left.
 */
export function fromUpload(input: RawInput): UploadResult {
  if (input.kind === "image") return failed("This is a picture; time series reads numbers: one a line, CSV or JSON.");
  const read = readTable(input.text, input.name, READ_DEFAULTS);
  if (!read.ok) return failed(read.message);
  const { prepared: all, columns } = prepareTable(read.table, READ_DEFAULTS);
  const chosen = chooseColumn(read.table, all, columns, input.column);
  if (typeof chosen === "string") return failed(chosen);
  const good = chosen.filter(({ made }) => made !== null).slice(0, MOST_SERIES);
  const problems = problemsOf(good.length > 0 ? chosen.filter(({ read: { isNumeric } }) => isNumeric) : chosen);
  const short = chosen.flatMap(({ read: { column }, why }) =>
    why === null ? [] : [{ column: column.number, message: why }],
  );
  if (good.length === 0) return { ok: false, problems: [...problems, ...short].slice(0, MAX_PROBLEMS) };
  const notes = notesOf(read.table, columns, chosen, good);
  const series = good.flatMap(({ made }) => (made ? [made.series] : []));
  return resultOf(input.name, series, problems, notes, good);
}

function resultOf(
  name: string,
  series: readonly OwnSeries[],
  problems: readonly UploadProblem[],
  notes: readonly string[],
  good: readonly Prepared[],
): UploadResult {
  const userData = userDataOf(name, series, notes.join(" "));
  const numObservations = series.length;
  if (problems.length === 0) return { ok: true, userData, numObservations, notes };
  const left = good.reduce((sum, { read }) => sum + (read.values?.values.length ?? 0), 0);
  const rest = { userData, numObservations, name: `the other ${grouped(left)} values` };
  return { ok: false, problems, notes, rest };
}

function failed(message: string): UploadResult {
  return { ok: false, problems: [{ message }] };
}

/** What a person should know: how the text was read, what was left out, how each series became 128 points. */
function notesOf(
  table: Table,
  columns: SeriesColumns,
  chosen: readonly Prepared[],
  good: readonly Prepared[],
): readonly string[] {
  const usable = chosen.filter(({ made }) => made !== null).length;
  const left = chosen.flatMap(({ why }) => (why === null ? [] : [why]));
  const most =
    usable > MOST_SERIES
      ? [`There are ${grouped(usable)} series; the first ${MOST_SERIES} are used, which is the most at once.`]
      : [];
  const isOne = good.length === 1;
  const each = good.flatMap(({ read, made }) => {
    const prefix = isOne || read.column.name === "" ? "" : `${read.column.name}: `;
    return [...read.notes, made?.words ?? ""].filter((note) => note !== "").map((note) => `${prefix}${note}`);
  });
  return [...table.notices, columns.why, ...each, ...most, ...left];
}

/** The one column wanted, by its heading or its 1-based number; all without a choice. */
export function chooseColumn(
  table: Table,
  all: readonly Prepared[],
  { time }: Pick<SeriesColumns, "time">,
  wanted: string | undefined,
): readonly Prepared[] | string {
  if (wanted === undefined) return all;
  const text = wanted.trim();
  const found =
    all.find(({ read }) => read.column.name === text) ?? all.find(({ read }) => String(read.column.number) === text);
  if (found) return [found];
  const isTime = table.columns.some(
    ({ name, number }) => number === time && (name === text || String(number) === text),
  );
  const names = all
    .slice(0, 10)
    .map(({ read: { column } }) => (column.name === "" ? `${column.number}` : `${column.number} (${column.name})`));
  const allowed = `allowed: ${names.join(", ")}${all.length > names.length ? " and more" : ""}`;
  return isTime ? `Column "${wanted}" holds the times; ${allowed}.` : `There is no column "${wanted}"; ${allowed}.`;
}

function problemsOf(chosen: readonly Prepared[]): readonly UploadProblem[] {
  const named = distinct(chosen.flatMap(({ read }) => read.problems));
  const total = chosen.reduce((sum, { read }) => sum + read.wrong, 0);
  if (named.length <= MAX_PROBLEMS && total <= named.length) return named;
  const shown = named.slice(0, MAX_PROBLEMS - 1);
  const more = Math.max(0, total - shown.length);
  return more === 0 ? shown : [...shown, { message: `${grouped(more)} more cells cannot be used.` }];
}

/** A bad time is a problem of every series in its row; it is named once. */
function distinct(problems: readonly UploadProblem[]): readonly UploadProblem[] {
  const seen = new Set<string>();
  return problems.filter(({ row, column, message }) => {
    const key = `${row} ${column} ${message}`;
    return !seen.has(key) && seen.add(key);
  });
}

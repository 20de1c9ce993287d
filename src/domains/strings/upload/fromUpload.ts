// A person's file -> concepts for a run: every usable column is one. Validates before it converts; never throws.

import type { RawInput, UploadProblem, UploadResult } from "../../../engine/domain";
import { grouped } from "../../../engine/tables/grouped";
import type { Concept, OwnConcepts } from "../concepts";
import { CLEAN_DEFAULTS, type CleanColumn, type CleanSettings, cleanColumn } from "./clean";
import { readTable } from "./readTable";
import { notesOf, unusable } from "./report";
import { READ_DEFAULTS, type ReadSettings, type Table } from "./table";
import { conceptOf } from "./toConcept";

export type UploadSettings = ReadSettings & CleanSettings & { readonly seed: number };
export const UPLOAD_DEFAULTS: UploadSettings = { ...READ_DEFAULTS, ...CLEAN_DEFAULTS, seed: 1 };

/** A column after cleaning: its concept, or the sentence that says why it has none. */
export type Prepared = {
  readonly column: CleanColumn;
  readonly concept: Concept | null;
  readonly why: string | null;
};

/** Problems that are listed one by one. */
const MAX_PROBLEMS = 20;

/** Cleans all columns of a table and draws their concepts. */
export function prepareTable(table: Table, settings: UploadSettings): readonly Prepared[] {
  return table.columns.map((source) => {
    const column = cleanColumn(source, settings);
    const why = unusable(column, table.firstRow);
    return { column, why, concept: why === null ? conceptOf(column, settings.seed) : null };
  });
}

/** The payload of UserData. */
export function ownConcepts(concepts: readonly Concept[]): OwnConcepts {
  return { kind: "strings", concepts };
}

/**
 * Reads a text input. Cells that cannot be used are problems with row and column, and what is left without them is
 * `rest`; empty, duplicate and cleaned cells are no problem. Columns too short for a concept are one only if none is left.
 */
export function fromUpload(input: RawInput): UploadResult {
  if (input.kind === "image") return failed("This is a picture; strings reads text: one string a line, CSV or JSON.");
  const read = readTable(input.text, input.name);
  if (!read.ok) return failed(read.message);
  const chosen = chooseColumn(read.table, input.column);
  if (!chosen.ok) return failed(chosen.message);
  const prepared = prepareTable(chosen.table, UPLOAD_DEFAULTS);
  const problems = problemsOf(chosen.table, prepared);
  const concepts = prepared.flatMap(({ concept }) => (concept === null ? [] : [concept]));
  const short = prepared.flatMap(({ column, why }) =>
    why === null ? [] : [{ column: column.source.number, message: why }],
  );
  if (concepts.length === 0) return { ok: false, problems: [...problems, ...short].slice(0, MAX_PROBLEMS) };
  const userData = { name: input.name, payload: ownConcepts(concepts) };
  const numObservations = concepts.length;
  const notes = [...read.table.notices, ...short.map(({ message }) => message)];
  if (problems.length === 0) return { ok: true, userData, numObservations, notes };
  const left = prepared.reduce((sum, { column, concept }) => sum + (concept === null ? 0 : column.usable.length), 0);
  const name = `the other ${grouped(left)} ${left === 1 ? "cell" : "cells"}`;
  return { ok: false, problems, notes, rest: { userData, numObservations, name } };
}

function failed(message: string): UploadResult {
  return { ok: false, problems: [{ message }] };
}

/** The table with one column only, by its heading or its 1-based number; the whole table without a choice. */
export function chooseColumn(
  table: Table,
  wanted: string | undefined,
): { readonly ok: true; readonly table: Table } | { readonly ok: false; readonly message: string } {
  if (wanted === undefined) return { ok: true, table };
  const named = table.columns.find(({ name }) => name === wanted.trim());
  const column = named ?? table.columns.find(({ number }) => String(number) === wanted.trim());
  if (column) return { ok: true, table: { ...table, columns: [column] } };
  const names = table.columns.slice(0, 10).map(({ name, number }) => `${number} (${name})`);
  const more = table.columns.length > names.length ? " and more" : "";
  return { ok: false, message: `There is no column "${wanted}"; allowed: ${names.join(", ")}${more}.` };
}

/** Cells that are too long or have foreign symbols, in the columns that give a concept; in all columns if none does. */
function problemsOf(table: Table, all: readonly Prepared[]): readonly UploadProblem[] {
  const good = all.filter(({ concept }) => concept !== null);
  const prepared = good.length > 0 ? good : all;
  const total = prepared.reduce((sum, { column: { counts } }) => sum + counts.long + counts.outside, 0);
  const problems: UploadProblem[] = [];
  for (const { column } of prepared) {
    for (const note of notesOf(column, table.firstRow, ["long", "outside"], MAX_PROBLEMS - problems.length)) {
      const message = `"${note.value}" ${note.reason}.`;
      problems.push({ row: note.row, column: note.column, message });
    }
    if (problems.length >= MAX_PROBLEMS) break;
  }
  if (total <= problems.length) return problems;
  const message = `${grouped(total - MAX_PROBLEMS + 1)} more cells are too long or have such symbols.`;
  return [...problems.slice(0, MAX_PROBLEMS - 1), { message }];
}

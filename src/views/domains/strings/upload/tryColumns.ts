// Inputs of "Try your own" for strings: columns of a table or of typed lines. All columns of one text share it and its
// settings; what the model gets follows from both, so that every change can be undone.

import type { Concept, ConceptPicture } from "../../../../domains/strings/concepts";
import type { Prepared as PreparedColumn, UploadSettings } from "../../../../domains/strings/upload/fromUpload";
import type { ReadResult, Table } from "../../../../domains/strings/upload/table";
import type { UploadTools } from "../../../../domains/strings/upload/uploadTools";
import type { DomainSpec } from "../../../../engine/domain";
import type { OptionValues } from "../../../../engine/options";
import {
  badInput,
  type NewItem,
  nothingRead,
  type Prepared,
  type ReadOutcome,
  type TryItem,
} from "../../../try/tryOwn";
import { toolsOf } from "../stringsView";

/** A text with how it is read and cleaned. Compared by identity. */
export type ColumnInput = {
  /** Of the file; "" for pasted text. */
  readonly name: string;
  readonly text: string;
  readonly settings: UploadSettings;
  /** Typed here: the preview is then the editor, and every line is a string. */
  readonly isTyped: boolean;
};
export type ColumnSource = {
  readonly input: ColumnInput;
  /** 1-based number in the file. */
  readonly column: number;
};

/** A text as columns with their cleaned cells; `table` is null where it cannot be read at all. */
export type ReadColumns =
  | { readonly ok: true; readonly table: Table; readonly columns: readonly PreparedColumn[] }
  | { readonly ok: false; readonly message: string };

/** Columns that are searched at once. */
export const MOST_COLUMNS = 24;
const MAX_BYTES = 5_000_000;
/** Bad cells that are named one by one. */
const NAMED_CELLS = 3;

const known = new WeakMap<ColumnInput, ReadColumns>();

/** The domain's own record in an item. */
export function sourceOf(item: TryItem): ColumnSource {
  // Items of this domain are made in this folder only.
  return item.source as ColumnSource;
}

/** Reads and cleans a text once. */
export function columnsOf(tools: UploadTools, input: ColumnInput): ReadColumns {
  const found = known.get(input);
  if (found) return found;
  const read: ReadResult = tools.readTable(input.text, input.name, input.settings);
  const columns: ReadColumns = read.ok
    ? { ok: true, table: read.table, columns: tools.prepareTable(read.table, input.settings) }
    : read;
  known.set(input, columns);
  return columns;
}

/** The cleaned column of an item; null where its text has no such column any more. */
export function columnOf(tools: UploadTools, source: ColumnSource): PreparedColumn | null {
  const read = columnsOf(tools, source.input);
  if (!read.ok) return null;
  return read.columns.find(({ column }) => column.source.number === source.column) ?? null;
}

/** The columns of a text as inputs, by their numbers. */
export function itemsOf(tools: UploadTools, input: ColumnInput, numbers: readonly number[]): readonly NewItem[] {
  return numbers.map((column) => ({ name: nameOf(tools, input, column), source: { input, column } }));
}

function nameOf(tools: UploadTools, input: ColumnInput, column: number): string {
  const name = columnOf(tools, { input, column })?.column.source.name ?? "";
  if (name !== "" && name !== "lines") return name;
  return input.name === "" ? "Your strings" : input.name;
}

/** Numbers of the columns that give a concept. */
export function usableColumns(read: ReadColumns): readonly number[] {
  if (!read.ok) return [];
  return read.columns.filter(({ concept }) => concept !== null).map(({ column }) => column.source.number);
}

/** A text file as columns. */
export async function readColumnsFile(file: File, spec: DomainSpec): Promise<ReadOutcome> {
  const isText = /\.(txt|csv|tsv|tab|json)$/i.test(file.name) || /^(text\/|application\/json)/.test(file.type);
  if (!isText) return badInput(`${file.name} is not text: .txt, .csv, .tsv and .json are allowed.`);
  if (file.size === 0) return badInput(`${file.name} is empty: it has 0 bytes.`);
  if (file.size > MAX_BYTES) {
    return badInput(`${file.name} has ${(file.size / 1e6).toFixed(1)} MB; at most ${MAX_BYTES / 1e6} MB are allowed.`);
  }
  return readColumns(await file.text(), spec, file.name);
}

/**
 * Text as columns. Cells that cannot be used are problems with row, column and value, and the rest is offered; columns with
 * too few usable cells are said and left out.
 */
export function readColumns(text: string, spec: DomainSpec, name = ""): ReadOutcome {
  const tools = toolsOf(spec).reading();
  const given = name === "" ? "The text" : name;
  if (text.includes("\u0000")) return badInput(`${given} is not text: it holds the symbol U+0000.`);
  const input: ColumnInput = { name, text, settings: tools.uploadDefaults, isTyped: false };
  const read = columnsOf(tools, input);
  if (!read.ok) return badInput(`${name === "" ? "" : `${name}: `}${read.message}`);
  const { table } = read;
  const numbers = usableColumns(read).slice(0, MOST_COLUMNS);
  const items = itemsOf(tools, input, numbers);
  const short = read.columns.flatMap(({ why }) => (why === null ? [] : [why]));
  const bad = badCells(tools, read.columns, table.firstRow);
  const left = MOST_COLUMNS < usableColumns(read).length ? [tooMany(usableColumns(read).length)] : [];
  const problems = [...bad, ...short.slice(0, NAMED_CELLS), ...moreColumns(short.length), ...left, ...table.notices];
  if (bad.length === 0) return { items, problems, rest: null };
  if (items.length === 0) return { ...nothingRead, problems };
  const cells = read.columns.reduce((sum, { concept, column }) => sum + (concept ? column.usable.length : 0), 0);
  return { items: [], problems, rest: { name: `the other ${cells} cells`, items } };
}

function badCells(tools: UploadTools, columns: readonly PreparedColumn[], firstRow: number): readonly string[] {
  const named: string[] = [];
  let total = 0;
  for (const { column } of columns) {
    total += column.counts.long + column.counts.outside;
    if (named.length >= NAMED_CELLS) continue;
    const notes = tools.notesOf(column, firstRow, ["long", "outside"], NAMED_CELLS - named.length);
    for (const note of notes) named.push(`Row ${note.row}, column ${note.column}: “${note.value}” ${note.reason}.`);
  }
  const more = total - named.length;
  if (more > 0) named.push(`${more} more ${more === 1 ? "cell is" : "cells are"} too long or of other symbols.`);
  return named;
}

function moreColumns(short: number): readonly string[] {
  return short > NAMED_CELLS ? [`${short - NAMED_CELLS} more columns have too few usable cells.`] : [];
}

function tooMany(columns: number): string {
  return `There are ${columns} usable columns; the first ${MOST_COLUMNS} are used, which is the most at once. Choose others below.`;
}

/** Columns as user data: a concept each. */
export function prepareColumns(items: readonly TryItem[], spec: DomainSpec, own: OptionValues): Prepared {
  const tools = toolsOf(spec).reading();
  const concepts: Concept[] = [];
  for (const item of items) {
    const source = sourceOf(item);
    const read = columnsOf(tools, source.input);
    if (!read.ok) return { ok: false, message: read.message };
    const column = columnOf(tools, source);
    if (!column?.concept) return { ok: false, message: column?.why ?? `There is no column ${source.column} any more.` };
    concepts.push({ ...column.concept, name: item.name });
  }
  const [first] = concepts;
  const name = items.length === 1 ? (items[0]?.name ?? "Your strings") : `${items.length} columns`;
  const note =
    items.length === 1 && first
      ? `${first.strings.length} to learn from, ${first.heldOut.length} held out`
      : `${items.length} columns`;
  return {
    ok: true,
    userData: { name, payload: tools.ownConcepts(concepts) },
    options: own,
    seen: concepts.map(seen),
    note,
  };
}

/** As the domain's describeObservation gives it. */
function seen({ name, strings, heldOut }: Concept): ConceptPicture {
  return { name, strings, heldOut };
}

/** Typed lines as one input. */
export function typedItem(tools: UploadTools, name: string, strings: readonly string[]): NewItem {
  const settings: UploadSettings = { ...tools.uploadDefaults, layout: "lines", header: "no" };
  const input: ColumnInput = { name: "", text: strings.join("\n"), settings, isTyped: true };
  return { name, source: { input, column: 1 } satisfies ColumnSource };
}

/** The same columns of the text under other settings; those that exist no more are left out, and none leaves the first. */
export function withInput(
  tools: UploadTools,
  items: readonly TryItem[],
  before: ColumnInput,
  after: ColumnInput,
): readonly TryItem[] {
  const read = columnsOf(tools, after);
  const numbers = new Set(read.ok ? read.columns.map(({ column }) => column.source.number) : [1]);
  const changed = items.flatMap((item) => {
    const source = sourceOf(item);
    if (source.input !== before) return [item];
    const isThere = numbers.has(source.column);
    const name = after.isTyped ? item.name : nameOf(tools, after, source.column);
    return isThere ? [{ ...item, name, source: { input: after, column: source.column } satisfies ColumnSource }] : [];
  });
  const [first] = items;
  if (changed.length > 0 || !first) return changed;
  const column = usableColumns(read)[0] ?? 1;
  return [{ ...first, name: nameOf(tools, after, column), source: { input: after, column } satisfies ColumnSource }];
}

/** A column chosen or left out; the order of the text stays. The last one cannot be left out. */
export function withColumn(
  tools: UploadTools,
  items: readonly TryItem[],
  input: ColumnInput,
  column: number,
): readonly TryItem[] {
  const own = (item: TryItem) => sourceOf(item).input === input;
  const isChosen = items.some((item) => own(item) && sourceOf(item).column === column);
  if (isChosen) {
    const left = items.filter((item) => !(own(item) && sourceOf(item).column === column));
    return left.length > 0 ? left : items;
  }
  const [made] = itemsOf(tools, input, [column]);
  const id = 1 + Math.max(0, ...items.map((item) => item.id));
  if (!made || items.length >= MOST_COLUMNS) return items;
  const at = items.findIndex((item) => own(item) && sourceOf(item).column > column);
  const place = at < 0 ? items.length : at;
  return [...items.slice(0, place), { ...made, id }, ...items.slice(place)];
}

// A person's text as series: one item a column, with how the text is read; drawn curves; what is sent to the model.

import type { OwnScale, SeriesTools } from "../../../../domains/timeseries";
import type { Prepared as PreparedColumn } from "../../../../domains/timeseries/upload/fromUpload";
import type { OwnSeries } from "../../../../domains/timeseries/upload/ownSeries";
import type { OwnTools } from "../../../../domains/timeseries/upload/ownTools";
import type { ReadSettings, Table } from "../../../../domains/timeseries/upload/table";
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
import { type Curve, curvePoints, DRAWN_NAME } from "./drawnCurve";

/** A text with how it is read. Compared by identity. */
export type SeriesInput = {
  /** Of the file; "" for pasted text. */
  readonly name: string;
  readonly text: string;
  readonly settings: ReadSettings;
};
export type SeriesSource =
  | { readonly kind: "column"; readonly input: SeriesInput; readonly column: number }
  | { readonly kind: "drawn"; readonly curve: Curve };

export type ReadInput =
  | {
      readonly ok: true;
      readonly table: Table;
      readonly columns: readonly PreparedColumn[];
      /** Number of the column of times, 0 for none; how that was decided. */
      readonly time: number;
      readonly why: string;
    }
  | { readonly ok: false; readonly message: string };

const MAX_BYTES = 5_000_000;
/** Bad cells that are named one by one. */
const NAMED_CELLS = 4;

const known = new WeakMap<SeriesInput, ReadInput>();

/** The domain's functions for a person's own series. */
export function ownToolsOf(spec: DomainSpec): OwnTools {
  // Views of this domain get specs of this domain only.
  return (spec.tools as SeriesTools).reading();
}

/** Options with the domain's defaults in the places that an answer leaves open. */
export function wholeOptions(spec: DomainSpec, options: OptionValues): OptionValues {
  const defaults = Object.entries(spec.options).map(([name, option]) => [name, option.default] as const);
  return { ...Object.fromEntries(defaults), ...options };
}

/** The domain's own record in an item. */
export function sourceOf(item: TryItem): SeriesSource {
  // Items of this domain are made in this folder only.
  return item.source as SeriesSource;
}

/** Reads a text once. */
export function readInput(tools: OwnTools, input: SeriesInput): ReadInput {
  const found = known.get(input);
  if (found) return found;
  const read = tools.readTable(input.text, input.name, input.settings);
  let result: ReadInput;
  if (read.ok) {
    const { prepared, columns } = tools.prepareTable(read.table, input.settings);
    result = { ok: true, table: read.table, columns: prepared, time: columns.time, why: columns.why };
  } else result = read;
  known.set(input, result);
  return result;
}

/** A column of a text by its number; null where there is none any more. */
export function columnOf(read: ReadInput, column: number): PreparedColumn | null {
  return read.ok ? (read.columns.find((each) => each.read.column.number === column) ?? null) : null;
}

/** What would be sent of an item, or why it is nothing. */
export function seriesOf(
  tools: OwnTools,
  item: TryItem,
):
  | { readonly ok: true; readonly series: OwnSeries; readonly words: string }
  | { readonly ok: false; readonly message: string } {
  const source = sourceOf(item);
  if (source.kind === "drawn") {
    const { times, values } = curvePoints(source.curve);
    if (values.length < tools.fewest) {
      return {
        ok: false,
        message: `Draw a little more: ${values.length} of at least ${tools.fewest} points stand there.`,
      };
    }
    const made = tools.resample({ name: DRAWN_NAME, timeName: "", style: "row", times, values }, "whole");
    return made.ok ? made : { ok: false, message: "The curve is flat; a series has to vary." };
  }
  const read = readInput(tools, source.input);
  if (!read.ok) return read;
  const column = columnOf(read, source.column);
  if (column?.made) return column.made;
  return { ok: false, message: column?.why ?? `There is no column ${source.column} any more.` };
}

/** A text file as columns. */
export async function readSeriesFile(file: File, spec: DomainSpec): Promise<ReadOutcome> {
  const isText = /\.(txt|csv|tsv|tab|dat|json)$/i.test(file.name) || /^(text\/|application\/json)/.test(file.type);
  if (!isText) return badInput(`${file.name} is not text: .csv, .tsv, .txt and .json are allowed.`);
  if (file.size === 0) return badInput(`${file.name} is empty: it has 0 bytes.`);
  if (file.size > MAX_BYTES) {
    return badInput(`${file.name} has ${(file.size / 1e6).toFixed(1)} MB; at most ${MAX_BYTES / 1e6} MB are allowed.`);
  }
  return readSeriesText(await file.text(), spec, file.name);
}

/** Text as columns. Bad cells are problems with row, column and value, and the rest is offered. */
export function readSeriesText(text: string, spec: DomainSpec, name = ""): ReadOutcome {
  const tools = ownToolsOf(spec);
  const input: SeriesInput = { name, text, settings: tools.readDefaults };
  const read = readInput(tools, input);
  if (!read.ok) return badInput(`${name === "" ? "" : `${name}: `}${read.message}`);
  const usable = read.columns.filter(({ made }) => made !== null);
  const items = usable.slice(0, tools.mostSeries).map(({ read: { column } }) => itemOf(input, read, column.number));
  const looked = usable.length > 0 ? read.columns.filter((column) => column.read.isNumeric) : read.columns;
  const bad = badCells(looked);
  const left = read.columns.flatMap(({ why }) => (why === null ? [] : [why]));
  const most =
    usable.length > items.length
      ? [`There are ${usable.length} series; the first ${items.length} are used, which is the most at once.`]
      : [];
  const problems = [...bad, ...left.slice(0, NAMED_CELLS), ...most, ...read.table.notices];
  if (bad.length === 0) return { items, problems, rest: null };
  if (items.length === 0) return { ...nothingRead, problems };
  const values = usable.slice(0, items.length).reduce((sum, each) => sum + (each.read.values?.values.length ?? 0), 0);
  return { items: [], problems, rest: { name: `the other ${values} values`, items } };
}

function badCells(columns: readonly PreparedColumn[]): readonly string[] {
  const sentences = columns.flatMap(({ read }) =>
    read.problems.map(({ row, column, message }) => `Row ${row}, column ${column}: ${message}`),
  );
  const distinct = [...new Set(sentences)];
  const total = Math.max(distinct.length, ...columns.map(({ read }) => read.wrong));
  const more = total - Math.min(distinct.length, NAMED_CELLS);
  const rest = more > 0 ? [`${more} more ${more === 1 ? "cell" : "cells"} cannot be used.`] : [];
  return [...distinct.slice(0, NAMED_CELLS), ...rest];
}

/** A column as an input. */
export function itemOf(input: SeriesInput, read: ReadInput, column: number): NewItem {
  const name = columnOf(read, column)?.read.column.name ?? "";
  const shown = name !== "" ? name : input.name === "" ? "Your series" : input.name;
  return { name: shown, source: { kind: "column", input, column } satisfies SeriesSource };
}

/** Series as user data. */
export function prepareSeries(items: readonly TryItem[], spec: DomainSpec, own: OptionValues): Prepared {
  const tools = ownToolsOf(spec);
  const series: OwnSeries[] = [];
  const words: string[] = [];
  for (const item of items) {
    const made = seriesOf(tools, item);
    if (!made.ok) return made;
    series.push({ ...made.series, scale: { ...made.series.scale, name: item.name } });
    words.push(made.words);
  }
  const [first] = items;
  const name = items.length === 1 ? (first?.name ?? "Your series") : `${items.length} series`;
  return {
    ok: true,
    userData: tools.userDataOf(name, series, words.join(" ")),
    options: own,
    seen: series.map(seen),
    note: items.length === 1 ? "128 points" : `${items.length} series of 128 points`,
  };
}

/** As the domain's describeObservation gives it. */
export type SeenSeries = { readonly values: readonly number[]; readonly scale: OwnScale };

function seen({ values, scale }: OwnSeries) {
  return { values: Array.from(Float32Array.from(values)), name: scale.name, truth: "", scale };
}

/** The same columns of the text under other settings; those that exist no more are left out, and none leaves the first. */
export function withInput(
  tools: OwnTools,
  items: readonly TryItem[],
  before: SeriesInput,
  after: SeriesInput,
): readonly TryItem[] {
  const read = readInput(tools, after);
  const changed = items.flatMap((item) => {
    const source = sourceOf(item);
    if (source.kind !== "column" || source.input !== before) return [item];
    const isThere = !read.ok || columnOf(read, source.column) !== null;
    return isThere ? [{ ...item, ...itemOf(after, read, source.column) }] : [];
  });
  const [first] = items;
  if (changed.length > 0 || !first || !read.ok) return changed.length > 0 ? changed : items;
  const column = read.columns.find(({ made }) => made !== null) ?? read.columns[0];
  return column ? [{ ...first, ...itemOf(after, read, column.read.column.number) }] : items;
}

/** A column chosen or left out; the order of the text stays. The last one cannot be left out. */
export function withColumn(
  tools: OwnTools,
  items: readonly TryItem[],
  input: SeriesInput,
  column: number,
): readonly TryItem[] {
  const numberOf = (item: TryItem) => {
    const source = sourceOf(item);
    return source.kind === "column" && source.input === input ? source.column : Number.NaN;
  };
  if (items.some((item) => numberOf(item) === column)) {
    const left = items.filter((item) => numberOf(item) !== column);
    return left.length > 0 ? left : items;
  }
  if (items.length >= tools.mostSeries) return items;
  const id = 1 + Math.max(0, ...items.map((item) => item.id));
  const made = { ...itemOf(input, readInput(tools, input), column), id };
  const at = items.findIndex((item) => numberOf(item) > column);
  const place = at < 0 ? items.length : at;
  return [...items.slice(0, place), made, ...items.slice(place)];
}

// Try your own, time series: numbers from a file, pasted, typed or drawn; expressions that explain them and carry them on.

import type { DomainSpec } from "../../../engine/domain";
import type { NewItem, TryOwn } from "../../try/tryOwn";
import { DRAWN_NAME, EMPTY_CURVE } from "./upload/drawnCurve";
import { SeriesComparison } from "./upload/SeriesComparison";
import { SeriesPreview } from "./upload/SeriesPreview";
import { itemOf, ownToolsOf, prepareSeries, readInput, readSeriesFile, readSeriesText } from "./upload/trySeries";
import { expressionDifference, seriesVerdict } from "./upload/tryWords";
import "./timeseries.css";
import "./upload/upload.css";

/** Titles of the domain's examples, in their order. */
const EXAMPLES = ["Visitors by month", "A tide by the hour", "A slow level with gaps", "Nothing but noise"];

/** Everything that "Try your own" shows for time series. */
export const tryOwn: TryOwn = {
  title: "Try your own series",
  lead: "Numbers over time, 16 or more: which trends and rhythms made them, and how do they go on?",
  one: "series",
  many: "series",
  find: "Find expressions",
  draw: "Draw a curve",
  drop: "Drop a table anywhere on this page, or paste numbers: one a line, separated by commas, or a table with or without times; .csv, .tsv, .txt or .json, at most 5 MB and 12 series.",
  accept: ".csv,.tsv,.txt,.tab,.dat,.json,text/plain,text/csv,application/json",
  limits: { items: 12, files: 12 },
  models: [{ name: "wide", label: "wide ranges" }],
  modelsLabel: "Model",
  untrained: {},
  examples: EXAMPLES.map((title, i) => ({ title, make: (spec) => exampleItem(spec, i) })),
  blank: () => ({ name: DRAWN_NAME, source: { kind: "drawn", curve: EMPTY_CURVE } }),
  readFile: readSeriesFile,
  readText: (text, spec) => readSeriesText(text, spec),
  prepare: prepareSeries,
  Preview: SeriesPreview,
  Comparison: SeriesComparison,
  verdict: seriesVerdict,
  difference: expressionDifference,
  learn: { algorithm: "hmws", series: 40, sleepFirst: 0, iterations: 300, seconds: 30 },
  bench: (options) => ({ scheme: options.scheme ?? "wide" }),
};

function exampleItem(spec: DomainSpec, index: number): NewItem {
  const tools = ownToolsOf(spec);
  const { name, text } = tools.examples()[index] ?? { name: "", text: "" };
  const input = { name, text, settings: tools.readDefaults };
  const read = readInput(tools, input);
  const column = read.ok ? (read.columns.find(({ made }) => made !== null)?.read.column.number ?? 1) : 1;
  return itemOf(input, read, column);
}

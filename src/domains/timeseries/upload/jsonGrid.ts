// JSON as rows of cells.

import { isRecord } from "../../../engine/tables/jsonText";
import { LIMITS, type Table } from "./table";

/** Rows of a text before it is known which way series run. */
export type Grid = {
  readonly rows: readonly (readonly string[])[];
  readonly numbers: readonly number[];
  readonly layout: Table["layout"];
  /** Names of the columns where the text has them apart from its rows: keys of JSON. */
  readonly names: readonly string[] | null;
  readonly decisions: readonly string[];
  readonly notices: readonly string[];
};

/** Lists of numbers, lists of rows, records, or an object of lists. */
export function jsonGrid(value: unknown): Grid | string {
  const allowed = 'allowed: [1, 2, 3], [[0, 1.5], [1, 2.5]], [{"time": 0, "value": 1.5}] or {"value": [1.5, 2.5]}';
  const make = (rows: readonly (readonly string[])[], names: readonly string[] | null): Grid => ({
    rows,
    numbers: rows.map((_, i) => i + 1),
    layout: "json",
    names,
    decisions: ["The text is JSON."],
    notices: [],
  });
  if (isRecord(value)) {
    const lists = Object.entries(value).filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1]));
    if (lists.length === 0) return `The JSON holds no list of numbers; ${allowed}.`;
    const length = Math.max(...lists.map(([, list]) => list.length));
    const rows = Array.from({ length }, (_, i) => lists.map(([, list]) => cellText(list[i])));
    return make(
      rows,
      lists.map(([key]) => key),
    );
  }
  if (!Array.isArray(value) || value.length === 0) return `The JSON holds no list of numbers; ${allowed}.`;
  if (value.every(isRecord)) {
    const keys = [...new Set(value.slice(0, 1000).flatMap((record) => Object.keys(record)))].slice(0, LIMITS.columns);
    return make(
      value.map((record) => keys.map((key) => cellText(record[key]))),
      keys,
    );
  }
  return make(
    value.map((each) => (Array.isArray(each) ? each.map(cellText) : [cellText(each)])),
    null,
  );
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

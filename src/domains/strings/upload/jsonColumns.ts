// JSON as columns: a list of texts, an object of lists, a list of records, or what the lab itself writes
// ({"name", "strings"}, and lists of such).

import { isRecord, readJsonText } from "../../../engine/tables/jsonText";
import { LIMITS, type RawColumn, tooManyCells } from "./table";

export type JsonColumns =
  | { readonly ok: true; readonly columns: readonly Omit<RawColumn, "number">[]; readonly why: string }
  | { readonly ok: false; readonly message: string };

const ALLOWED = 'allowed: ["a1", "b2"], {"code": ["a1", "b2"]} or [{"code": "a1"}, {"code": "b2"}]';

/**
 * Reads JSON, or JSON lines, into columns of texts. Numbers become texts; null is an empty cell; anything nested stays as
 * JSON. What `lab sample` and exports write has the strings under "observation".
 */
export function readJsonColumns(text: string): JsonColumns {
  const read = readJsonText(text);
  if (!read.ok) return read;
  const { value } = read;
  return Array.isArray(value) ? ofList(value.map(unwrapped)) : ofObject(unwrapped(value));
}

function unwrapped(value: unknown): unknown {
  return isRecord(value) && isRecord(value.observation) ? value.observation : value;
}

function ofList(list: readonly unknown[]): JsonColumns {
  const records = list.filter(isRecord);
  if (records.length === 0 || list.some((each) => each !== null && !isRecord(each))) {
    const isNested = list.length > 0 && list.every(Array.isArray);
    if (!isNested) return { ok: true, columns: [column("", list)], why: "A list of texts is one column." };
    const columns = list.map((inner, index) => column(`column ${index + 1}`, Array.isArray(inner) ? inner : []));
    return { ok: true, columns, why: "Every inner list is a column." };
  }
  if (records.every((record) => Array.isArray(record.strings))) {
    return { ok: true, columns: records.map(ownColumn), why: 'Every record with "strings" is a column.' };
  }
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))];
  // Records may have keys of their own: columns that are not used get no cells, and too many cells are never made.
  const cells = Math.min(names.length, LIMITS.columns) * list.length;
  if (cells > LIMITS.cells) return { ok: false, message: tooManyCells(cells) };
  const columns = names.map((name, index) =>
    column(name, index < LIMITS.columns ? list.map((record) => (isRecord(record) ? record[name] : record)) : []),
  );
  return { ok: true, columns, why: "Every record is a row, its keys name the columns." };
}

function ofObject(value: unknown): JsonColumns {
  if (!isRecord(value)) return { ok: false, message: `The file holds no list of texts; ${ALLOWED}.` };
  if (Array.isArray(value.strings))
    return { ok: true, columns: [ownColumn(value, 0)], why: '"strings" is the column.' };
  const lists = Object.entries(value).filter(([, list]) => Array.isArray(list));
  if (lists.length === 0) return { ok: false, message: `The file holds no list of texts; ${ALLOWED}.` };
  const columns = lists.map(([name, list]) => column(name, Array.isArray(list) ? list : []));
  return { ok: true, columns, why: "Every list is a column, its key names it." };
}

function ownColumn(record: Record<string, unknown>, index: number): Omit<RawColumn, "number"> {
  const list = (name: string) => (Array.isArray(record[name]) ? record[name] : []);
  const name = typeof record.name === "string" && record.name !== "" ? record.name : `column ${index + 1}`;
  return column(name, [...list("strings"), ...list("heldOut")]);
}

function column(name: string, values: readonly unknown[]): Omit<RawColumn, "number"> {
  return { name, cells: values.map(cellText) };
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

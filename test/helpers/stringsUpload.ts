// Short ways to read, clean and upload text in the tests of people's own string columns.

import {
  CLEAN_DEFAULTS,
  type CleanColumn,
  type CleanSettings,
  cleanColumn,
} from "../../src/domains/strings/upload/clean";
import { fromUpload } from "../../src/domains/strings/upload/fromUpload";
import { readTable } from "../../src/domains/strings/upload/readTable";
import { READ_DEFAULTS, type ReadSettings, type Table } from "../../src/domains/strings/upload/table";
import type { UploadResult } from "../../src/engine/domain";

/** The table of a text that can be read. */
export function tableOf(text: string, name = "", settings: Partial<ReadSettings> = {}): Table {
  const read = readTable(text, name, { ...READ_DEFAULTS, ...settings });
  if (!read.ok) throw new Error(read.message);
  return read.table;
}

/** One column "code" after cleaning. */
export function columnOf(cells: readonly string[], settings: Partial<CleanSettings> = {}): CleanColumn {
  return cleanColumn({ name: "code", number: 1, cells }, { ...CLEAN_DEFAULTS, ...settings });
}

/** A text file as the page or the command line hands it over. */
export function upload(text: string, name = "x.csv", column?: string): UploadResult {
  return fromUpload({ kind: "text", name, text, ...(column === undefined ? {} : { column }) });
}

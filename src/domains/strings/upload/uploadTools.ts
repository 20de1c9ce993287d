// What the page and the command line use of own columns: reading, cleaning, the report, concepts. All pure.

import { cleanColumn } from "./clean";
import { ownConcepts, prepareTable, UPLOAD_DEFAULTS, type UploadSettings } from "./fromUpload";
import { readTable } from "./readTable";
import { notesOf, summaryOf } from "./report";
import { LIMITS_TEXT } from "./table";
import { conceptOf } from "./toConcept";

export type UploadTools = {
  readonly uploadDefaults: UploadSettings;
  /** Text -> table of raw cells with how it was decided. */
  readonly readTable: typeof readTable;
  /** Table -> columns with a verdict for each cell and a concept, or why there is none. */
  readonly prepareTable: typeof prepareTable;
  readonly cleanColumn: typeof cleanColumn;
  readonly conceptOf: typeof conceptOf;
  /** Cells with given verdicts: row, column, value, reason in words. */
  readonly notesOf: typeof notesOf;
  /** "41 distinct usable cells of 60: 12 duplicate, 7 empty." */
  readonly summaryOf: typeof summaryOf;
  /** Payload of UserData. */
  readonly ownConcepts: typeof ownConcepts;
  /** What is read at most, one sentence. */
  readonly uploadLimits: string;
};

export const uploadTools: UploadTools = {
  uploadDefaults: UPLOAD_DEFAULTS,
  readTable,
  prepareTable,
  cleanColumn,
  conceptOf,
  notesOf,
  summaryOf,
  ownConcepts,
  uploadLimits: LIMITS_TEXT,
};

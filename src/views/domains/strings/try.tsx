// Try your own, strings: columns of a table, or a few lines of one kind.

import type { DomainSpec } from "../../../engine/domain";
import type { NewItem, TryOwn } from "../../try/tryOwn";
import "./concepts.css";
import "./handEdit.css";
import "./strings.css";
import "./stringsSmall.css";
import { toolsOf } from "./stringsView";
import { ColumnPreview } from "./upload/ColumnPreview";
import { StringsComparison } from "./upload/StringsComparison";
import { MOST_COLUMNS, prepareColumns, readColumns, readColumnsFile, typedItem } from "./upload/tryColumns";
import { programDifference, stringsVerdict } from "./upload/tryWords";
import "./upload/upload.css";

/** Strings of the paper's figures 1 and 8 that can be read in full. */
const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  Percentages: ["21.8%", "7.5%", "-10.1%", "22.4%", "-4.0%"],
  "File names": ["img25.png", "img19.png", "img42.jpg", "img18.png", "img43.jpg"],
  "Amounts of money": ["$4,050", "$4,000", "$340", "$102", "$1,200"],
  Dates: ["Jul 10, 2012", "Nov 16, 2004", "Nov 1, 2000", "Jun 9, 2016", "Nov 1, 1999"],
  "Sets of letters": ["B,J,U", "B,D,E", "A", "A,B,J,U", "B,E"],
  "Numbers in brackets": ["[0.015]", "[0.0175]", "[0.035]", "[0.03]", "[0.0475]"],
};

/** Everything that "Try your own" shows for strings. */
export const tryOwn: TryOwn = {
  title: "Try your own strings",
  lead: "At least five different strings of one kind, or a table with a kind in each column.",
  one: "column",
  many: "columns",
  find: "Find the program",
  draw: "Type some",
  drop: "Drop a table anywhere on this page, or paste lines or cells of a spreadsheet: .csv, .tsv, .txt or .json, at most 5 MB. A cell has at most 24 symbols of the keyboard.",
  accept: ".txt,.csv,.tsv,.tab,.json,text/plain,text/csv,text/tab-separated-values,application/json",
  limits: { items: MOST_COLUMNS, files: 10 },
  models: [
    { name: "standard", label: "trained on columns" },
    { name: "start", label: "not trained on columns" },
  ],
  modelsLabel: "Model",
  untrained: { concepts: 1 },
  examples: Object.entries(EXAMPLES).map(([title, strings]) => ({
    title,
    make: (spec: DomainSpec): NewItem => typedItem(toolsOf(spec).reading(), title, strings),
  })),
  blank: (spec) => typedItem(toolsOf(spec).reading(), "Your strings", []),
  readFile: readColumnsFile,
  readText: (text, spec) => readColumns(text, spec),
  prepare: prepareColumns,
  Preview: ColumnPreview,
  Comparison: StringsComparison,
  verdict: stringsVerdict,
  difference: programDifference,
  learn: { concepts: 50, batch: 10, iterations: 100, seconds: 30 },
  bench: () => ({}),
};

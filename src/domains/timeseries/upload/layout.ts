// How the cells of a text are told apart, decided by which way gives most numbers; and its rows with their numbers.

import { readSeparated, type Separator, separatorWords } from "../../../engine/tables/separatedText";
import { isGap, looksNumeric } from "./numberCells";
import { type Layout, LIMITS } from "./table";

export type Rows = {
  readonly rows: readonly (readonly string[])[];
  /** 1-based line of each row in the file. */
  readonly numbers: readonly number[];
  readonly layout: Exclude<Layout, "auto">;
  readonly why: string;
  readonly notices: readonly string[];
};

type Lines = { readonly texts: readonly string[]; readonly numbers: readonly number[] };

/** Lines that are looked at before the layout is decided. */
const PROBE = 200;
/** Share of rows that must have the commonest number of cells. */
const REGULAR = 0.8;
const NAMES: Readonly<Record<Exclude<Layout, "auto">, string>> = {
  tab: "tabs",
  semicolon: "semicolons",
  comma: "commas",
  spaces: "spaces",
  lines: "line ends",
};

/** The rows of a text. Lines end in \n; those that begin with # are left out. */
export function readRows(text: string, wanted: Layout): Rows {
  const { lines, notices } = linesOf(text);
  const probe = lines.texts.filter((line) => line.trim() !== "").slice(0, PROBE);
  const layout = wanted === "auto" ? guess(probe) : wanted;
  const why = `Values are separated by ${NAMES[layout]}${wanted === "auto" ? "" : ", as chosen"}.`;
  if (layout === "lines")
    return { rows: lines.texts.map((line) => [line]), numbers: lines.numbers, layout, why, notices };
  const cells = layout === "spaces" ? null : quotedRows(text, lines, layout);
  const rows = cells?.rows ?? lines.texts.map((line) => split(line, layout));
  return {
    rows,
    numbers: cells?.numbers ?? lines.numbers,
    layout,
    why,
    notices: [...notices, ...(cells?.notices ?? [])],
  };
}

function linesOf(text: string): { readonly lines: Lines; readonly notices: readonly string[] } {
  const texts: string[] = [];
  const numbers: number[] = [];
  let comments = 0;
  for (const [i, line] of text.split("\n").entries()) {
    if (line.startsWith("#")) comments++;
    else {
      texts.push(line);
      numbers.push(i + 1);
    }
  }
  const one = comments === 1 ? "One line that begins" : `${comments} lines that begin`;
  return {
    lines: { texts, numbers },
    notices: comments === 0 ? [] : [`${one} with # ${comments === 1 ? "is" : "are"} left out.`],
  };
}

/** Rows by papaparse where there are quotation marks; null where splitting is enough. */
function quotedRows(
  text: string,
  lines: Lines,
  layout: Separator,
): {
  readonly rows: readonly (readonly string[])[];
  readonly numbers: readonly number[];
  readonly notices: readonly string[];
} | null {
  if (!text.includes('"')) return null;
  const { rows, openRow } = readSeparated(lines.texts.join("\n"), layout, LIMITS.values + 2);
  const notices =
    openRow === null
      ? []
      : [
          `Line ${lines.numbers[openRow - 1] ?? openRow} opens a quotation mark that never closes, so these marks are plain symbols.`,
        ];
  return { rows, numbers: rows.map((_, i) => lines.numbers[i] ?? i + 1), notices };
}

function split(line: string, layout: Exclude<Layout, "auto" | "lines">): readonly string[] {
  if (layout === "spaces") return line.trim().split(/\s+/);
  if (layout === "tab") return line.split("\t");
  return line.split(layout === "comma" ? "," : ";");
}

/** Tabs and semicolons never stand in numbers; commas and spaces may. A heading without separators does not count. */
function guess(lines: readonly string[]): Rows["layout"] {
  for (const sure of ["tab", "semicolon"] as const) if (isTable(lines, sure)) return sure;
  const hasHeading = lines.length > 2 && !looksNumeric(lines[0] ?? "") && !/[, ]/.test((lines[0] ?? "").trim());
  const below = hasHeading ? lines.slice(1) : lines;
  const isPlain = below.length > 1 && below.every((line) => isGap(line) || isWhole(line));
  if (isPlain && !isCounted(below)) return "lines";
  if (isTable(below, "comma") && numericShare(below, "comma") >= numericShare(below, "spaces") - 0.05) return "comma";
  if (below.some((line) => line.includes('"')) && below.every((line) => cellsOf(line, "comma").length === 1))
    return "comma";
  return isTable(below, "spaces") && numericShare(below, "spaces") > 0.5 ? "spaces" : "lines";
}

/** True for one number a line, whatever its decimal sign; numbers with spaces inside are rather several. */
function isWhole(line: string): boolean {
  return looksNumeric(line) && !/\S\s+\S/.test(line);
}

/** True where what stands before the only comma grows steadily: a column of times, and no whole numbers with decimals. */
function isCounted(lines: readonly string[]): boolean {
  const heads = lines.map((line) => line.trim().split(","));
  if (heads.some((cells) => cells.length !== 2)) return false;
  const times = heads.map(([head]) => Number(head));
  const step = (times[1] ?? 0) - (times[0] ?? 0);
  return step > 0 && times.every((time, i) => i === 0 || time - (times[i - 1] ?? 0) === step);
}

function isTable(lines: readonly string[], layout: Exclude<Layout, "auto" | "lines">): boolean {
  const widths = lines.map((line) => cellsOf(line, layout).length);
  const counts = new Map<number, number>();
  for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1);
  const [width = 0, regular = 0] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
  return width > 1 && regular >= REGULAR * lines.length;
}

function numericShare(lines: readonly string[], layout: Exclude<Layout, "auto" | "lines">): number {
  const cells = lines.flatMap((line) => cellsOf(line, layout));
  return cells.filter((cell) => isGap(cell) || looksNumeric(cell)).length / Math.max(1, cells.length);
}

/** Cells of a line, quotation marks taken away. */
function cellsOf(line: string, layout: Exclude<Layout, "auto" | "lines">): readonly string[] {
  if (layout === "spaces" || !line.includes('"')) return split(line, layout);
  return readSeparated(line, layout, 1).rows[0] ?? [];
}

/** "tabs", for sentences. */
export function layoutWords(layout: Exclude<Layout, "auto">): string {
  return layout === "tab" || layout === "comma" || layout === "semicolon" ? separatorWords(layout) : NAMES[layout];
}

// Makes columns as untidy as real ones: a missing token, an optional mark before or after, mixed case, a second format.
// Source: strings specification, section 10.2, "Irregularity".

import { MAX_TOKENS } from "../tokens";
import { literalText, programOfFields } from "./cellPattern";
import type { Column, Family, Fields } from "./column";
import type { Dice } from "./dice";
import type { Style } from "./style";

/** A cell before it becomes text. Cells of one format have the same fields and share a pattern. */
export type Cell = {
  /** "missing": the cell is the missing token. */
  readonly format: "first" | "second" | "missing";
  readonly before: string;
  readonly fields: Fields;
  readonly after: string;
};

export type UntidyColumn = {
  readonly draw: (dice: Dice) => Cell;
  readonly column: Column;
  /** Pattern of each format where the family says it; null: it follows from the cells. */
  readonly patterns: { readonly first: string | null; readonly second: string | null };
  /** The token that replaces one of the ten cells, or null. */
  readonly missing: string | null;
};

const BEFORE = ["~", "*", "<", "c", "ca ", "#"];
const AFTER = ["*", "?", "+", " *", "a", "b", "!", "'", " (e)", "~"];

/** A column of the family and what is irregular about it. @param other another sheet's style, for a second format */
export function untidy(family: Family, dice: Dice, style: Style, other: () => Style): UntidyColumn {
  const column = family.column(dice, style);
  const missing = dice.chance(15) || column.hasMissing ? style.missing : null;
  const mark = dice.chance(10) ? { isBefore: dice.chance(35), percent: dice.between(30, 70) } : null;
  const before = dice.pick(BEFORE);
  const after = dice.pick(AFTER);
  const second = dice.chance(3) ? secondFormat(family, column, dice, other) : null;
  return {
    column,
    missing,
    patterns: { first: column.pattern ?? null, second: second?.pattern ?? null },
    draw: (cells) => {
      const isSecond = second !== null && cells.chance(second.percent);
      const isMarked = mark !== null && cells.chance(mark.percent);
      return {
        format: isSecond ? "second" : "first",
        fields: isSecond ? second.cell(cells) : column.cell(cells),
        before: isMarked && mark.isBefore ? before : "",
        after: isMarked && !mark.isBefore ? after : "",
      };
    },
  };
}

/** The column in the other case, or as another sheet would write it. */
function secondFormat(family: Family, column: Column, dice: Dice, other: () => Style) {
  const percent = dice.between(20, 50);
  const hasLetters = /[A-Za-z]/.test(column.cell(dice).join(""));
  if (dice.chance(50) && hasLetters) {
    const swap = (text: string) => (/[A-Z]/.test(text) ? text.toLowerCase() : text.toUpperCase());
    return { percent, pattern: null, cell: (cells: Dice): Fields => column.cell(cells).map(swap) };
  }
  const foreign = family.column(dice, other());
  return { percent, pattern: foreign.pattern ?? null, cell: foreign.cell };
}

/** The text of a cell. */
export function textOf(cell: Cell): string {
  return cell.before + cell.fields.join("") + cell.after;
}

/** A program of at most 29 tokens that accepts all cells, "A|B|NA" where formats differ; null where none is compact. */
export function patternOf(untidyColumn: UntidyColumn, cells: readonly Cell[]): string | null {
  const { first, second } = untidyColumn.patterns;
  const of = (format: Cell["format"]) => cells.filter((cell) => cell.format === format);
  const missing = of("missing").map((cell) => Array.from(textOf(cell), literalText).join(""));
  const apart = [branch(first, of("first")), branch(second, of("second")), ...missing];
  const together = [branch(null, [...of("first"), ...of("second")]), ...missing];
  for (const branches of second === null ? [apart, together] : [apart]) {
    if (branches.includes(null)) continue;
    const pattern = branches.filter((text) => text !== "").join("|");
    if (tokenCount(pattern) < MAX_TOKENS) return pattern;
  }
  return null;
}

/** One format's program, "" without cells, null where none is compact. */
function branch(given: string | null, rows: readonly Cell[]): string | null {
  if (rows.length === 0) return "";
  if (given !== null) return marked(given, rows);
  return programOfFields(rows.map((cell) => [cell.before, ...cell.fields, cell.after]))?.join("") ?? null;
}

function marked(pattern: string, rows: readonly Cell[]): string {
  const around = (values: readonly string[]) => (programOfFields(values.map((value) => [value])) ?? []).join("");
  return around(rows.map((cell) => cell.before)) + pattern + around(rows.map((cell) => cell.after));
}

/** Tokens of a program text: a backslash and what follows are one. */
function tokenCount(text: string): number {
  return text.replace(/\\./g, "x").length;
}

// Domains whose observations have a height and a width take them from the person's file when nobody has chosen them, so
// that a small bitmap is not refused and a large picture is not cut to the size of a built-in data set.

import type { DomainSpec, FileInput } from "../engine/domain";
import type { OptionValues } from "../engine/options";

/** Sides to try for a picture: the largest that fits wins. */
const SIDES = [64, 48, 32, 24, 16, 8];

function rowsOf(value: unknown): readonly unknown[] | null {
  if (Array.isArray(value)) {
    const first: unknown = value[0];
    return typeof first === "object" && first !== null && "rows" in first ? rowsOf(first.rows) : value;
  }
  return typeof value === "object" && value !== null && "rows" in value ? rowsOf(value.rows) : null;
}

function sizeOfText(text: string): { height: number; width: number } | null {
  let rows: readonly unknown[] | null = text.trim().split(/\s+/);
  if (/[[{]/.test(text)) {
    try {
      rows = rowsOf(JSON.parse(text));
    } catch {
      return null; // the domain says what is wrong with the text
    }
  }
  const first = rows?.[0];
  const width = typeof first === "string" || Array.isArray(first) ? first.length : 0;
  return rows && width > 0 ? { height: rows.length, width } : null;
}

/** Options to try in order: the given ones with the file's own size, or the given ones alone. */
export function optionsForInput(
  spec: DomainSpec,
  options: OptionValues,
  [input]: readonly FileInput[],
): readonly OptionValues[] {
  const { height, width } = spec.options;
  if (!input || !height || !width || ["height", "width", "dataset"].some((name) => options[name] !== undefined))
    return [options];
  const largest = Math.min(...[height, width].map((option) => ("hardMax" in option ? option.hardMax : Infinity)));
  if (input.kind === "text") {
    const size = sizeOfText(input.text);
    if (!size) return [options];
    const fitted = { height: Math.min(size.height, largest), width: Math.min(size.width, largest) };
    return [{ ...options, ...fitted }];
  }
  return SIDES.map((side) => ({ ...options, height: side, width: side }));
}

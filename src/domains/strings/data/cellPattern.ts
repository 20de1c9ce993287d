// The tightest compact program that accepts given strings: aligned fields and runs of one class become literals where all
// agree, else classes with `+` or `?`. It says what generated a column; inference never sees it.

import { MAX_TOKENS } from "../tokens";
import type { Fields } from "./column";

/** Program text token by token. */
type Tokens = readonly string[];

/** Bit sets of leaf classes, and the smallest class that covers each set; punctuation needs the class of everything. */
const LEAF = { digit: 1, upper: 2, lower: 4, space: 8, mark: 16 } as const;
const SINGLE: Readonly<Record<number, string>> = { 1: "\\d", 2: "\\u", 4: "\\l", 8: "\\s" };
const WORD = LEAF.digit | LEAF.upper | LEAF.lower;
const SPECIAL = ".*+?|()\\";

/** A literal as program text. */
export function literalText(symbol: string): string {
  if (symbol === "\t") return "\\t";
  return SPECIAL.includes(symbol) ? `\\${symbol}` : symbol;
}

/**
 * A program that accepts every row of aligned fields, at most 29 tokens: one token a position where that fits, else runs
 * of a class; null if neither does.
 * @param rows cells of a column, [count][fields]
 */
export function programOfFields(rows: readonly Fields[]): Tokens | null {
  const width = Math.max(...rows.map((row) => row.length));
  for (const isTight of [true, false]) {
    const tokens = Array.from({ length: width }, (_, field) =>
      ofValues(
        rows.map((row) => row[field] ?? ""),
        isTight,
      ),
    ).flat();
    if (tokens.length < MAX_TOKENS) return tokens;
  }
  return null;
}

function ofValues(all: readonly string[], isTight: boolean): Tokens {
  const values = [...new Set(all.filter((value) => value !== ""))];
  if (values.length === 0) return [];
  const tokens = ofFilled(values, isTight);
  return all.includes("") ? optional(tokens) : tokens;
}

function optional(tokens: Tokens): Tokens {
  const [first = "", second] = tokens;
  if (tokens.length === 1) return [first, "?"];
  if (first === "(" && tokens.indexOf(")") === tokens.length - 1) return [...tokens, "?"];
  if (tokens.length === 2 && second === "+" && first !== "+") return [first, "*"];
  return ["(", ...tokens, ")", "?"];
}

function ofFilled(values: readonly string[], isTight: boolean): Tokens {
  const [first = ""] = values;
  if (values.length === 1) return Array.from(first, literalText);
  const runs = values.map(runsOf);
  const [firstRuns = []] = runs;
  if (runs.every((pieces) => areAlike(pieces, firstRuns))) {
    return firstRuns.flatMap((_, index) => {
      const column = runs.map((pieces) => pieces[index] ?? "");
      return ofRun(column, isTight);
    });
  }
  const isShort = values.length <= 3 && values.join("").length <= 12;
  if (isShort) return alternatives(values);
  if (isTight && values.every((value) => value.length === first.length)) return byPosition(values);
  return [classOf(values.join("")), "+"];
}

/** True if two texts are made of the same kinds of runs. */
function areAlike(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((run, index) => isAlike(run, b[index] ?? ""));
}

function isAlike(a: string, b: string): boolean {
  const leaf = leafBit(a.charCodeAt(0));
  return leaf === leafBit(b.charCodeAt(0)) && (leaf !== LEAF.mark || a === b);
}

function alternatives(values: readonly string[]): Tokens {
  const branches = values.flatMap((value, index) => [...(index > 0 ? ["|"] : []), ...Array.from(value, literalText)]);
  return ["(", ...branches, ")"];
}

/** Runs of digits, capitals, small letters or spaces; every mark stands alone. */
function runsOf(text: string): readonly string[] {
  return text.match(/[0-9]+|[A-Z]+|[a-z]+|[ \t]+|[^0-9A-Za-z \t]/g) ?? [];
}

function leafBit(code: number): number {
  if (code >= 48 && code <= 57) return LEAF.digit;
  if (code >= 65 && code <= 90) return LEAF.upper;
  if (code >= 97 && code <= 122) return LEAF.lower;
  return code === 32 || code === 9 ? LEAF.space : LEAF.mark;
}

/** The smallest class that has all symbols. */
function classOf(symbols: string): string {
  let leaves = 0;
  for (let i = 0; i < symbols.length; i++) leaves |= leafBit(symbols.charCodeAt(i));
  return SINGLE[leaves] ?? ((leaves & ~WORD) === 0 ? "\\w" : ".");
}

/** Values of one class. */
function ofRun(all: readonly string[], isTight: boolean): Tokens {
  const values = [...new Set(all)];
  const [first = ""] = values;
  if (values.length === 1) return Array.from(first, literalText);
  const lengths = values.map((value) => value.length);
  const [shortest, longest] = [Math.min(...lengths), Math.max(...lengths)];
  const isWord = /[A-Za-z]/.test(first) && longest > 1;
  if (isTight && isWord && values.length <= 3) return alternatives(values);
  if (shortest === longest && (isTight || longest === 1)) return byPosition(values);
  const shared = sharedPrefix(values);
  const rest = values.map((value) => value.slice(shared.length));
  return [
    ...Array.from(shared, literalText),
    ...repeated(classOf(rest.join("")), shortest - shared.length, longest - shared.length, isTight),
  ];
}

function sharedPrefix(values: readonly string[]): string {
  const [first = ""] = values;
  let length = 0;
  while (length < first.length && values.every((value) => value.charAt(length) === first.charAt(length))) length++;
  return first.slice(0, length);
}

/** A class `fewest` to `most` times; open-ended above unless one more is the most. */
function repeated(name: string, fewest: number, most: number, isTight: boolean): Tokens {
  const copies = (count: number) => Array.from({ length: count }, () => name);
  if (fewest === 0) return [name, most === 1 ? "?" : "*"];
  if (!isTight) return [name, "+"];
  if (most === fewest + 1) return [...copies(fewest), name, "?"];
  return [...copies(fewest), "+"];
}

function byPosition(values: readonly string[]): Tokens {
  const [first = ""] = values;
  const tokens: string[] = [];
  for (let position = 0; position < first.length; position++) {
    let symbols = "";
    for (const value of values) {
      const symbol = value.charAt(position);
      if (!symbols.includes(symbol)) symbols += symbol;
    }
    if (symbols.length === 1) tokens.push(literalText(symbols));
    else if (symbols.length <= 3 && classOf(symbols) === ".") tokens.push(...alternatives(Array.from(symbols)));
    else tokens.push(classOf(symbols));
  }
  return tokens;
}

// Programs read off the strings of a concept, before any search: what is the same, what varies, what is missing in
// some and what repeats. Aligned columns become slots of pieces; the best combinations are the guesses.

import { CLOSE, FIRST_CLASS, OPEN, OR, PLUS, STAR } from "../tokens";
import type { Tokens } from "./edits";
import { alignRuns, type Column, type Grain, type Run, runsOf, type Text } from "./runs";
import { type Appraiser, bestCombinations, optionally, type Slot } from "./slots";

/** Combinations that are kept of each alignment, and of a group of columns inside it. */
const PER_ALIGNMENT = 40;
const PER_GROUP = 8;
/** Programs for the others that a string which stands apart is added to. */
const PER_OUTLIER = 6;
/** Longest unit of a repetition, and most runs before and after it. */
const LONGEST_UNIT = 4;
const LONGEST_END = 4;

/** Programs that can make all strings, without the end token, in no particular order; some may be too long. */
export function guessPrograms(strings: readonly Text[], appraiser: Appraiser): Tokens[] {
  const guesses = [...universal(), ...alignedGuesses(strings, appraiser), ...repeatedGuesses(strings, appraiser)];
  if (strings.length > 2) guesses.push(...outlierGuesses(strings, appraiser));
  return guesses;
}

function universal(): Tokens[] {
  const [dot, word] = [FIRST_CLASS, FIRST_CLASS + 1];
  return [dot, word].flatMap((token) => [
    [token, PLUS],
    [token, STAR],
  ]);
}

/** Guesses from the strings as a whole and from alignments of several grains, in two orders of the strings. */
function alignedGuesses(strings: readonly Text[], appraiser: Appraiser): Tokens[] {
  const given = strings.map((_, i) => i);
  const longestFirst = [...given].sort((a, b) => strings[b]!.length - strings[a]!.length);
  const alignments: Column[][] = [[[...strings]]];
  for (const grain of ["leaf", "word", "symbol"] as const) {
    const runs = strings.map((text) => runsOf(text, grain));
    for (const order of [given, longestFirst]) alignments.push(alignRuns(runs, order));
  }
  const known = new Set<string>();
  return alignments.flatMap((columns) => {
    const key = JSON.stringify(columns);
    if (known.has(key)) return [];
    known.add(key);
    return bestCombinations(slotsOf(columns, appraiser), PER_ALIGNMENT).map(({ tokens }) => tokens);
  });
}

/** One slot a column; neighbours that are missing in the same strings are one optional group. */
function slotsOf(columns: readonly Column[], appraiser: Appraiser): Slot[] {
  const slots: Slot[] = [];
  for (let from = 0; from < columns.length; ) {
    let to = from + 1;
    const isPartial = columns[from]!.includes(null);
    while (isPartial && to < columns.length && sameGaps(columns[from]!, columns[to]!)) to++;
    slots.push(to - from === 1 ? appraiser.column(columns[from]!) : groupSlot(columns.slice(from, to), appraiser));
    from = to;
  }
  return slots;
}

const sameGaps = (first: Column, second: Column): boolean =>
  first.every((text, i) => (text === null) === (second[i] === null));

function groupSlot(columns: readonly Column[], appraiser: Appraiser): Slot {
  const inner = columns.map((column) => appraiser.column(column.filter((text) => text !== null)));
  const whole = columns[0]!.map((text, i) => text && columns.flatMap((column) => column[i] ?? []));
  return appraiser.slot(
    bestCombinations(inner, PER_GROUP).flatMap(({ tokens }) => optionally(tokens)),
    whole,
  );
}

/** Guesses with a unit that repeats a different number of times: `\u(,\u)*`. */
function repeatedGuesses(strings: readonly Text[], appraiser: Appraiser): Tokens[] {
  const guesses: Tokens[] = [];
  for (const grain of ["leaf", "word", "symbol"] as const) {
    const runs = strings.map((text) => runsOf(text, grain));
    for (let start = 0; start <= LONGEST_END; start++) {
      for (let end = 0; end <= LONGEST_END; end++) {
        for (let unit = 1; unit <= LONGEST_UNIT; unit++) {
          const slots = repetitionSlots(runs, { start, unit, end }, grain, appraiser);
          if (slots) guesses.push(...bestCombinations(slots, PER_GROUP).map(({ tokens }) => tokens));
        }
      }
    }
  }
  return guesses;
}

type Parts = { readonly start: number; readonly unit: number; readonly end: number };

/** Slots of start, repeated unit and end; null where the strings are not made like that. */
function repetitionSlots(
  strings: readonly (readonly Run[])[],
  parts: Parts,
  grain: Grain,
  appraiser: Appraiser,
): Slot[] | null {
  const { start, unit, end } = parts;
  if (unit === 1 && grain !== "symbol" && grain !== "word") return null;
  const middles = strings.map((runs) => runs.slice(start, runs.length - end));
  const longest = middles.reduce((first, second) => (second.length > first.length ? second : first));
  const fits = strings.every((runs, s) => {
    const middle = middles[s]!;
    if (runs.length < start + end || middle.length % unit !== 0) return false;
    return middle.every((run, i) => run.kind === longest[i % unit]!.kind);
  });
  const isVaried = middles.some((middle) => middle.length !== longest.length);
  if (!fits || longest.length < 2 * unit || !isVaried) return null;
  const column = (read: (runs: readonly Run[]) => Run) => appraiser.column(strings.map((runs) => read(runs).text));
  const starts = Array.from({ length: start }, (_, i) => column((runs) => runs[i]!));
  const ends = Array.from({ length: end }, (_, i) => column((runs) => runs[runs.length - end + i]!));
  return [...starts, unitSlot(middles, unit, appraiser), ...ends];
}

/** The repeated unit, its copies pooled, written as (U)*, (U)+ or U(U)+. */
function unitSlot(middles: readonly (readonly Run[])[], unit: number, appraiser: Appraiser): Slot {
  const columns = Array.from({ length: unit }, (_, u) =>
    appraiser.column(middles.flatMap((middle) => middle.filter((_, i) => i % unit === u).map((run) => run.text))),
  );
  const whole = middles.map((middle) => middle.flatMap((run) => run.text));
  const pieces = bestCombinations(columns, PER_GROUP).flatMap(({ tokens }) => {
    const copy = tokens.length === 1 ? tokens : [OPEN, ...tokens, CLOSE];
    return [
      [...copy, STAR],
      [...copy, PLUS],
      [...tokens, ...copy, PLUS],
    ];
  });
  return appraiser.slot(pieces, whole);
}

/** Guesses for all strings but one, with that one as an alternative: `\d+\.\d|NA`. */
function outlierGuesses(strings: readonly Text[], appraiser: Appraiser): Tokens[] {
  const shapes = strings.map((text) => shapeOf(text));
  return strings.flatMap((text, apart) => {
    if (shapes.filter((shape) => shape === shapes[apart]).length > 1) return [];
    const others = strings.filter((_, i) => i !== apart);
    const rest = appraiser.slot(alignedGuesses(others, appraiser), others).slice(0, PER_OUTLIER);
    return rest.map(({ tokens }) => [...tokens, OR, ...text]);
  });
}

const shapeOf = (text: Text): string =>
  runsOf(text, "leaf")
    .map((run) => run.kind)
    .join();

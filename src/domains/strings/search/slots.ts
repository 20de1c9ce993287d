// Ways to write one column of aligned strings as a piece of a program, each with what it is worth: the exact likelihood
// of the column's texts plus the estimated prior of the piece. Pieces side by side make programs; the best combinations
// come first, because worths add up.

import type { Evaluator } from "../evaluator";
import { CLOSE, END, FIRST_CLASS, MAX_TOKENS, OPEN, OPTIONAL, OR, PLUS, STAR } from "../tokens";
import { joinOf, moreGeneral, type Tokens } from "./edits";
import type { Column, Text } from "./runs";
import type { StandInPrior } from "./standInPrior";

/** A piece of a program and its worth, nats. */
export type Piece = { readonly tokens: Tokens; readonly worth: number };
/** Pieces that can stand in one place, best first. */
export type Slot = readonly Piece[];

const DOT = FIRST_CLASS;
const WORD = FIRST_CLASS + 1;
/** Longest run that is written symbol by symbol before a repetition. */
const MOST_FIXED = 4;
/** Most distinct texts that are listed as alternatives, and most tokens of such a list. */
const MOST_LISTED = 4;
const LONGEST_LIST = 16;
/** Pieces of a slot that combinations are made of. */
const PER_SLOT = 12;

const grouped = (tokens: Tokens): Tokens => (tokens.length === 1 ? tokens : [OPEN, ...tokens, CLOSE]);
const times = (token: number, count: number): number[] => Array<number>(count).fill(token);

/** Worth of pieces, in nats. */
export class Appraiser {
  constructor(
    private readonly logProb: Evaluator["logProb"],
    private readonly prior: StandInPrior,
  ) {}

  /** The pieces that can make all texts, best first; null is the empty text. */
  slot(pieces: Iterable<Tokens>, texts: Column): Slot {
    const offsets = new Int32Array(texts.length + 1);
    for (const [i, text] of texts.entries()) offsets[i + 1] = offsets[i]! + (text?.length ?? 0);
    const strings = { symbols: Int32Array.from(texts.flatMap((text) => text ?? [])), offsets };
    const nothing = this.prior.estimate([]);
    const appraised: Piece[] = [];
    const known = new Set<string>();
    for (const tokens of pieces) {
      const key = tokens.join();
      if (known.has(key) || tokens.length === 0 || tokens.length >= MAX_TOKENS) continue;
      known.add(key);
      const fits = this.logProb([...tokens, END], strings, 0, texts.length);
      const worth = fits + this.prior.estimate(tokens) - nothing;
      if (worth > -Infinity) appraised.push({ tokens, worth });
    }
    return appraised.sort((first, second) => second.worth - first.worth);
  }

  /** What can stand for one column. */
  column(column: Column): Slot {
    const present = column.filter((text): text is Text => text !== null && text.length > 0);
    if (present.length === 0) return [];
    const pieces = piecesFor(present);
    return this.slot(present.length < column.length ? pieces.flatMap(optionally) : pieces, column);
  }
}

/** A piece made optional; X+ also becomes X*. */
export function optionally(tokens: Tokens): Tokens[] {
  const ways: Tokens[] = [[...grouped(tokens), OPTIONAL]];
  if (tokens.length === 2 && tokens[1] === PLUS) ways.unshift([tokens[0]!, STAR]);
  return ways;
}

/** The best combinations of one piece from each slot, at most `count`, best first. */
export function bestCombinations(slots: readonly Slot[], count: number): Piece[] {
  let best: Piece[] = [{ tokens: [], worth: 0 }];
  for (const slot of slots) {
    const longer = best.flatMap((start) =>
      slot.slice(0, PER_SLOT).map((piece) => ({
        tokens: [...start.tokens, ...piece.tokens],
        worth: start.worth + piece.worth,
      })),
    );
    best = longer.sort((first, second) => second.worth - first.worth).slice(0, count);
  }
  return best;
}

/** Pieces that can make every one of the texts, none of which is empty. */
export function piecesFor(texts: readonly Text[]): Tokens[] {
  const inner = withoutEnds(texts);
  const pieces = [...repetitions(texts), ...fixedLength(texts), ...listed(texts), ...twoKinds(texts)];
  if (!inner) return pieces;
  const { prefix, middles, suffix } = inner;
  const full = middles.filter((text) => text.length > 0);
  const cores = full.length === 0 ? [[]] : [...repetitions(full), ...fixedLength(full), ...listed(full)];
  const ways = full.length < middles.length && full.length > 0 ? cores.flatMap(optionally) : cores;
  for (const core of ways) {
    pieces.push([...prefix, ...core, ...suffix]);
    if (prefix.length > 0 && suffix.length > 0 && core.length > 0)
      pieces.push([...prefix, ...core, joinOf(suffix), PLUS], [joinOf(prefix), PLUS, ...core, ...suffix]);
  }
  return pieces;
}

/** What all texts begin and end with, and the middles; null where that is nothing. */
function withoutEnds(texts: readonly Text[]): { prefix: Text; middles: Text[]; suffix: Text } | null {
  const [first] = texts as readonly [Text, ...Text[]];
  const shortest = Math.min(...texts.map((text) => text.length));
  let from = 0;
  while (from < shortest && texts.every((text) => text[from] === first[from])) from++;
  let back = 0;
  while (back < shortest - from && texts.every((text) => text.at(-1 - back) === first.at(-1 - back))) back++;
  if (from + back === 0) return null;
  return {
    prefix: first.slice(0, from),
    middles: texts.map((text) => text.slice(from, text.length - back)),
    suffix: first.slice(first.length - back),
  };
}

/** X+, X X+, X X?, ... for the least class that covers the texts, and wider ones. */
function repetitions(texts: readonly Text[]): Tokens[] {
  const least = joinOf(texts.flat());
  const lengths = texts.map((text) => text.length);
  const [min, max] = [Math.min(...lengths), Math.max(...lengths)];
  const pieces: Tokens[] = [];
  for (const token of new Set([least, joinOf([least, WORD]), DOT])) {
    for (let fixed = 0; fixed < Math.min(min, MOST_FIXED + 1); fixed++) pieces.push([...times(token, fixed + 1), PLUS]);
    pieces.push([...times(token, Math.min(min, MOST_FIXED)), token, STAR]);
    if (min === max) pieces.push(times(token, min));
    else if (max - min <= 3)
      pieces.push([...times(token, min), ...times(token, max - min).flatMap((each) => [each, OPTIONAL])]);
  }
  return pieces;
}

/** Texts of one length symbol by symbol: the symbol where all agree, else the least class; and runs of it as X+. */
function fixedLength(texts: readonly Text[]): Tokens[] {
  const length = texts[0]!.length;
  if (texts.some((text) => text.length !== length)) return [];
  const exact = Array.from({ length }, (_, i) => {
    const here = texts.map((text) => text[i]!);
    return here.every((symbol) => symbol === here[0]) ? here[0]! : joinOf(here);
  });
  const classes = Array.from({ length }, (_, i) => {
    const join = joinOf(texts.map((text) => text[i]!));
    return join === DOT && exact[i]! < FIRST_CLASS ? exact[i]! : join;
  });
  return [exact, classes];
}

/** The distinct texts as alternatives, the most frequent first; what they share at the ends stands outside. */
function listed(texts: readonly Text[]): Tokens[] {
  const counts = new Map<string, { text: Text; count: number }>();
  for (const text of texts) {
    const key = text.join();
    counts.set(key, { text, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  const branches = [...counts.values()].sort((first, second) => second.count - first.count).map(({ text }) => text);
  if (branches.length === 1) return [branches[0]!];
  const tokens = branches.flatMap((text, i) => (i === 0 ? text : [OR, ...text]));
  if (branches.length > MOST_LISTED || tokens.length > LONGEST_LIST) return [];
  return [[OPEN, ...tokens, CLOSE]];
}

/** Texts of two kinds, each kind as its class: (\d+|\u\u). The more frequent kind comes first. */
function twoKinds(texts: readonly Text[]): Tokens[] {
  const kinds = new Map<number, Text[]>();
  for (const text of texts) {
    const join = joinOf(text.map(moreGeneral));
    kinds.set(join, [...(kinds.get(join) ?? []), text]);
  }
  if (kinds.size !== 2) return [];
  const [first, second] = [...kinds].sort(([, a], [, b]) => b.length - a.length) as [
    [number, Text[]],
    [number, Text[]],
  ];
  const ways = ([join, own]: [number, Text[]]): Tokens[] => [[join, PLUS], ...fixedLength(own).slice(0, 1), own[0]!];
  return ways(first).flatMap((left) => ways(second).map((right) => [OPEN, ...left, OR, ...right, CLOSE]));
}

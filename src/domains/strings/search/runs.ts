// Strings of a concept side by side: each is cut into runs of like symbols, and the runs are aligned into columns, so
// that what is the same, what varies and what is missing in some strings can be seen. Progressive alignment by dynamic
// programming (Needleman-Wunsch), one string after the other.

import { leafOf } from "../tokens";

/** Symbol ids of a string or a part of one. */
export type Text = readonly number[];
/** What the strings have in one place, in their order; null where a string has nothing there. */
export type Column = readonly (Text | null)[];

/** How fine strings are cut: runs of a leaf set, runs of letters and digits, single symbols. */
export type Grain = "leaf" | "word" | "symbol";

export type Run = { readonly kind: number; readonly text: Text };

/** Kinds of runs: digits, upper case, lower case, mixed; a symbol of another leaf is a kind of its own. */
const MIXED = 3;
const OTHER = 10;

const kindOf = (symbol: number): number => {
  const leaf = leafOf(symbol);
  return leaf === "p" || leaf === "s" ? OTHER + symbol : ["d", "u", "l"].indexOf(leaf);
};

/** The runs of a string. Spaces and punctuation marks are runs of one symbol. */
export function runsOf(text: Text, grain: Grain): Run[] {
  const runs: { kind: number; text: number[] }[] = [];
  for (const symbol of text) {
    const kind = kindOf(symbol);
    const last = runs.at(-1);
    const joins = last !== undefined && grain !== "symbol" && kind < OTHER && last.kind < OTHER;
    if (joins && (kind === last.kind || grain === "word")) {
      last.text.push(symbol);
      if (kind !== last.kind) last.kind = MIXED;
    } else runs.push({ kind, text: [symbol] });
  }
  return runs;
}

type Profile = { readonly kinds: readonly number[]; readonly texts: readonly (Text | null)[] }[];

/** Nats-like costs of an alignment; only their order matters. */
const SAME_KIND = 0.3;
const PER_SYMBOL_LONGER = 0.15;
const OTHER_KIND = 1.2;
const OTHER_MARK = 3;
const GAP = 1;
const GAP_AGAIN = 0.6;

/**
 * Aligns the runs of all strings into columns, taking the strings in `order`.
 * @returns columns of texts in the order of `strings`, left to right; joined up they are the strings again
 */
export function alignRuns(strings: readonly (readonly Run[])[], order: readonly number[]): Column[] {
  let profile: Profile = [];
  for (const [done, index] of order.entries()) profile = addString(profile, strings[index]!, done);
  const place = new Map(order.map((index, done) => [index, done]));
  return profile.map(({ texts }) => strings.map((_, index) => texts[place.get(index)!]!));
}

/** The profile with one string more: `done` strings are in it. */
function addString(profile: Profile, runs: readonly Run[], done: number): Profile {
  const { steps, width } = bestPath(profile, runs, done);
  const joined: Profile = [];
  let i = profile.length;
  let j = runs.length;
  while (i > 0 || j > 0) {
    const step = steps[i * width + j];
    const column = step === BOTH || step === COLUMN_ONLY ? profile[--i]! : null;
    const run = step === BOTH || step === RUN_ONLY ? runs[--j]! : null;
    const texts = column?.texts ?? Array<null>(done).fill(null);
    const kinds = column?.kinds ?? [];
    joined.push({ kinds: run ? [...new Set([...kinds, run.kind])] : kinds, texts: [...texts, run?.text ?? null] });
  }
  return joined.reverse();
}

const BOTH = 0;
const COLUMN_ONLY = 1;
const RUN_ONLY = 2;

function bestPath(profile: Profile, runs: readonly Run[], done: number): { steps: Uint8Array; width: number } {
  const width = runs.length + 1;
  const cost = new Float64Array((profile.length + 1) * width);
  const steps = new Uint8Array(cost.length);
  for (let i = 0; i <= profile.length; i++) {
    for (let j = 0; j <= runs.length; j++) {
      if (i === 0 && j === 0) continue;
      const column = i > 0 ? profile[i - 1]! : null;
      const run = j > 0 ? runs[j - 1]! : null;
      const both = column && run ? cost[(i - 1) * width + j - 1]! + pairCost(column, run) : Infinity;
      const columnOnly = column ? cost[(i - 1) * width + j]! + gapCost(column.texts, done) : Infinity;
      const runOnly = run ? cost[i * width + j - 1]! + GAP : Infinity;
      const least = Math.min(both, columnOnly, runOnly);
      cost[i * width + j] = least;
      steps[i * width + j] = least === both ? BOTH : least === columnOnly ? COLUMN_ONLY : RUN_ONLY;
    }
  }
  return { steps, width };
}

const gapCost = (texts: readonly (Text | null)[], done: number): number =>
  texts.slice(0, done).includes(null) ? GAP_AGAIN : GAP;

function pairCost({ kinds, texts }: Profile[number], run: Run): number {
  if (!kinds.includes(run.kind))
    return kinds.some((kind) => kind < OTHER) && run.kind < OTHER ? OTHER_KIND : OTHER_MARK;
  let least = Infinity;
  for (const text of texts) {
    if (!text) continue;
    if (text.length === run.text.length && text.every((symbol, i) => symbol === run.text[i])) return 0;
    least = Math.min(least, Math.min(2, Math.abs(text.length - run.text.length)));
  }
  return SAME_KIND + PER_SYMBOL_LONGER * least;
}

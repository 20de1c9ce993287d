// Every small change of a program, by kind. A kind knows how many changes it has for a program and makes the i-th of
// them, so that a search can try all and the teaching switch can draw one. What comes out may be ill-formed (null or
// refused by canonicalProgram): whoever uses it checks.
// Tokens are ids without the end; ranges are balanced stretches of one sequence: no bracket or branch is cut.

import { CLOSE, FIRST_CLASS, leafOf, OPEN, OPTIONAL, OR, PLUS, STAR } from "../tokens";

export type Tokens = readonly number[];

/** A program to change: its tokens, its ranges [from, to), and the tokens that may be put in. */
export type Subject = {
  readonly tokens: Tokens;
  readonly ranges: readonly (readonly [number, number])[];
  /** Classes, operators but brackets, and the symbols of the strings. */
  readonly vocabulary: Tokens;
};

export type EditKind = {
  /** "insert a token", ... */
  readonly name: string;
  readonly count: (subject: Subject) => number;
  /** The i-th change, 0 <= i < count; null where there is none of that number. */
  readonly make: (subject: Subject, i: number) => Tokens | null;
};

const [DOT, WORD, DIGIT, UPPER, LOWER, SPACE] = [0, 1, 2, 3, 4, 5].map((i) => FIRST_CLASS + i) as [
  number,
  number,
  number,
  number,
  number,
  number,
];
const CLASSES = [DOT, WORD, DIGIT, UPPER, LOWER, SPACE];
const POSTFIXES = [OPTIONAL, STAR, PLUS];

const isPostfix = (token: number | undefined): boolean => POSTFIXES.includes(token as number);
const isAtom = (token: number | undefined): boolean => token !== undefined && token < STAR;

/** The class one step above an atom: literal -> its leaf, leaf -> \w or ., \w -> . */
export function moreGeneral(token: number): number {
  if (token >= STAR || token === DOT) return token;
  if (token >= FIRST_CLASS) return token === WORD || token === SPACE ? DOT : WORD;
  return { d: DIGIT, u: UPPER, l: LOWER, s: SPACE, p: DOT }[leafOf(token)];
}

/** Leaf sets as bits, and what each class has of them. */
const LEAF_BITS = { d: 1, u: 2, l: 4, s: 8, p: 16 };
const CLASS_BITS: readonly (readonly [number, number])[] = [
  [DIGIT, 1],
  [UPPER, 2],
  [LOWER, 4],
  [SPACE, 8],
  [WORD, 7],
  [DOT, 31],
];

/** The least class that has everything that the atoms among the tokens can emit. */
export function joinOf(tokens: Tokens): number {
  let bits = 0;
  for (const token of tokens) {
    if (token < FIRST_CLASS) bits |= LEAF_BITS[leafOf(token)];
    else bits |= CLASS_BITS.find(([own]) => own === token)?.[1] ?? 0;
  }
  return CLASS_BITS.find(([, has]) => (bits & ~has) === 0)![0];
}

/** The program with everything that its changes need. `symbols` are the literals that may be put in. */
export function subjectOf(tokens: Tokens, symbols: Tokens): Subject {
  return { tokens, ranges: rangesOf(tokens), vocabulary: [...CLASSES, ...POSTFIXES, OR, ...symbols] };
}

function rangesOf(tokens: Tokens): [number, number][] {
  const ranges: [number, number][] = [];
  for (let from = 0; from < tokens.length; from++) {
    if (!isAtom(tokens[from]) && tokens[from] !== OPEN) continue;
    let depth = 0;
    for (let to = from; to < tokens.length; to++) {
      const token = tokens[to]!;
      if (token === OPEN) depth++;
      if (token === CLOSE && --depth < 0) break;
      if (token === OR && depth === 0) break;
      if (depth === 0) ranges.push([from, to + 1]);
    }
  }
  return ranges;
}

/** tokens with [from, to) replaced. */
function replaced(tokens: Tokens, from: number, to: number, by: Tokens): Tokens {
  return [...tokens.slice(0, from), ...by, ...tokens.slice(to)];
}

const grouped = (tokens: Tokens): Tokens => (tokens.length === 1 ? tokens : [OPEN, ...tokens, CLOSE]);

/** A kind whose changes are `options` for each range. */
function onRanges(name: string, options: number, by: (range: Tokens, option: number) => Tokens | null): EditKind {
  return {
    name,
    count: ({ ranges }) => ranges.length * options,
    make: ({ tokens, ranges }, i) => {
      const [from, to] = ranges[Math.floor(i / options)]!;
      const made = by(tokens.slice(from, to), i % options);
      return made && replaced(tokens, from, to, made);
    },
  };
}

const insert: EditKind = {
  name: "insert a token",
  count: ({ tokens, vocabulary }) => (tokens.length + 1) * vocabulary.length,
  make: ({ tokens, vocabulary }, i) => {
    const at = Math.floor(i / vocabulary.length);
    return replaced(tokens, at, at, [vocabulary[i % vocabulary.length]!]);
  },
};

const replace: EditKind = {
  name: "replace a token",
  count: ({ tokens, vocabulary }) => tokens.length * vocabulary.length,
  make: ({ tokens, vocabulary }, i) => {
    const at = Math.floor(i / vocabulary.length);
    const token = vocabulary[i % vocabulary.length]!;
    return token === tokens[at] ? null : replaced(tokens, at, at + 1, [token]);
  },
};

const remove = onRanges("leave out a part", 1, () => []);

const removeToken: EditKind = {
  name: "delete a token",
  count: ({ tokens }) => tokens.length,
  make: ({ tokens }, i) => replaced(tokens, i, i + 1, []),
};

const generalise = onRanges("generalise a part", 1, (range) => range.map(moreGeneral));

const repeatPart = onRanges("repeat a part or make it optional", POSTFIXES.length, (range, option) => [
  ...grouped(range),
  POSTFIXES[option]!,
]);

/** A stretch becomes one class that covers it: X, X+, X*, with the least class or the dot. */
const FOLDS = [[], [PLUS], [STAR]] as const;
const fold = onRanges("fold a part into a class", 2 * FOLDS.length, (range, option) => {
  const join = joinOf(range);
  const isWide = option >= FOLDS.length;
  if (isWide && join === DOT) return null;
  return [isWide ? DOT : join, ...FOLDS[option % FOLDS.length]!];
});

/** What X* and X+ may be written as: one copy of X more, or a fixed number. */
const UNFOLDINGS = 4;
const unfold: EditKind = {
  name: "unfold a repetition",
  count: ({ tokens }) => tokens.length * UNFOLDINGS,
  make: ({ tokens }, i) => {
    const at = Math.floor(i / UNFOLDINGS);
    const operator = tokens[at]!;
    if (operator !== PLUS && operator !== STAR) return null;
    const from = startOfPart(tokens, at);
    const part = tokens.slice(from, at);
    const forms = [
      [...part, ...part, operator],
      [...part, ...part],
      [...part, ...part, OPTIONAL],
      [...part, ...part, ...part],
    ];
    return replaced(tokens, from, at + 1, forms[i % UNFOLDINGS]!);
  },
};

/** First token of the part that the postfix operator at `at` repeats. */
function startOfPart(tokens: Tokens, at: number): number {
  let depth = 0;
  for (let i = at - 1; i >= 0; i--) {
    if (tokens[i] === CLOSE) depth++;
    if (tokens[i] === OPEN) depth--;
    if (depth === 0) return i;
  }
  return 0;
}

/** X X ... X becomes X+ or X*; a repetition that follows its own copy takes it in. */
const factor: EditKind = {
  name: "factor a repeat",
  count: ({ ranges }) => ranges.length * 2,
  make: ({ tokens, ranges }, i) => {
    const [from, to] = ranges[Math.floor(i / 2)]!;
    const part = tokens.slice(from, to);
    let end = to;
    while (startsWith(tokens, end, part) && !isPostfix(tokens[end + part.length])) end += part.length;
    const copy = grouped(part);
    if (startsWith(tokens, end, copy) && (tokens[end + copy.length] === PLUS || tokens[end + copy.length] === STAR))
      end += copy.length + 1;
    if (end === to) return null;
    return replaced(tokens, from, end, [...copy, i % 2 === 0 ? PLUS : STAR]);
  },
};

function startsWith(tokens: Tokens, at: number, part: Tokens): boolean {
  return at + part.length <= tokens.length && part.every((token, i) => tokens[at + i] === token);
}

/** An atom becomes one of two. */
const branch: EditKind = {
  name: "add an alternative",
  count: ({ tokens, vocabulary }) => tokens.length * vocabulary.length * 2,
  make: ({ tokens, vocabulary }, i) => {
    const at = Math.floor(i / (2 * vocabulary.length));
    const other = vocabulary[Math.floor(i / 2) % vocabulary.length]!;
    const own = tokens[at]!;
    if (!isAtom(own) || !isAtom(other) || own === other) return null;
    return replaced(tokens, at, at + 1, i % 2 === 0 ? [OPEN, own, OR, other, CLOSE] : [OPEN, other, OR, own, CLOSE]);
  },
};

/** At each `|`: swap the two sides, or keep one of them. */
const BRANCH_CHANGES = 3;
const rebranch: EditKind = {
  name: "swap or drop alternatives",
  count: ({ tokens }) => tokens.length * BRANCH_CHANGES,
  make: ({ tokens }, i) => {
    const at = Math.floor(i / BRANCH_CHANGES);
    if (tokens[at] !== OR) return null;
    const from = branchEnd(tokens, at, -1) + 1;
    const to = branchEnd(tokens, at, 1);
    const left = tokens.slice(from, at);
    const right = tokens.slice(at + 1, to);
    return replaced(tokens, from, to, [[...right, OR, ...left], left, right][i % BRANCH_CHANGES]!);
  },
};

/** Where the branch beside the `|` at `at` ends in direction `step`: the position of the bracket or `|` that bounds it. */
function branchEnd(tokens: Tokens, at: number, step: 1 | -1): number {
  let depth = 0;
  let i = at + step;
  for (; i >= 0 && i < tokens.length; i += step) {
    const token = tokens[i];
    if (depth === 0 && (token === OR || token === (step === 1 ? CLOSE : OPEN))) break;
    if (token === OPEN) depth += step;
    if (token === CLOSE) depth -= step;
  }
  return i;
}

/** A bracket and its partner, with the postfix operator behind it, are taken away. */
const unwrap: EditKind = {
  name: "open a bracket",
  count: ({ tokens }) => tokens.length,
  make: ({ tokens }, i) => {
    if (tokens[i] !== OPEN) return null;
    const close = branchEndOfBracket(tokens, i);
    const end = isPostfix(tokens[close + 1]) ? close + 2 : close + 1;
    return replaced(tokens, i, end, tokens.slice(i + 1, close));
  },
};

function branchEndOfBracket(tokens: Tokens, open: number): number {
  let depth = 0;
  for (let i = open; i < tokens.length; i++) {
    if (tokens[i] === OPEN) depth++;
    if (tokens[i] === CLOSE && --depth === 0) return i;
  }
  return tokens.length;
}

/** Every kind of change. */
export const EDIT_KINDS: readonly EditKind[] = [
  removeToken,
  replace,
  insert,
  remove,
  generalise,
  repeatPart,
  fold,
  unfold,
  factor,
  branch,
  rebranch,
  unwrap,
];

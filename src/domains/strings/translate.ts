// A program as a regular expression of JavaScript (flag u) or Python (module re): the same strings match, from the
// first character to the last. The probabilities do not come along. Source: strings specification, section 1.

import { type SyntaxTree, syntaxTree } from "./syntaxTree";
import type { ClassName } from "./tokens";

export type Dialect = "javascript" | "python";

const CLASS_SETS: Readonly<Record<ClassName, string>> = {
  dot: "[\\t -~]",
  w: "[A-Za-z0-9]",
  d: "[0-9]",
  u: "[A-Z]",
  l: "[a-z]",
  s: "[ \\t]",
};

/** Characters with a meaning of their own outside sets; JavaScript's literals also end at a slash. */
const SPECIAL: Readonly<Record<Dialect, RegExp>> = {
  javascript: /[\\^$.*+?()[\]{}|/]/,
  python: /[\\^$.*+?()[\]{}|]/,
};

/** Python's $ also matches before a newline at the end, so its anchors are \A and \Z. */
const ANCHORS: Readonly<Record<Dialect, readonly [string, string]>> = {
  javascript: ["^", "$"],
  python: ["\\A", "\\Z"],
};

const POSTFIX = { optional: "?", star: "*", plus: "+" } as const;

/**
 * Source of the regular expression, anchored at both ends. JavaScript's needs the flag u.
 * @throws RangeError for tokens that are no program
 */
export function toRegExp(program: ArrayLike<number>, dialect: Dialect): string {
  const tree = syntaxTree(program);
  const [start, end] = ANCHORS[dialect];
  return `${start}${within(tree, dialect, tree.kind === "choice")}${end}`;
}

function write(tree: SyntaxTree, dialect: Dialect): string {
  switch (tree.kind) {
    case "literal":
      return writeLiteral(tree.character, dialect);
    case "class":
      return CLASS_SETS[tree.name];
    case "sequence":
      return tree.parts.map((part) => within(part, dialect, part.kind === "choice")).join("");
    case "choice":
      return `${write(tree.left, dialect)}|${write(tree.right, dialect)}`;
    default: {
      // Two postfix operators in a row mean laziness or possession there, so brackets keep them apart.
      const isAtom = tree.part.kind === "literal" || tree.part.kind === "class";
      return within(tree.part, dialect, !isAtom) + POSTFIX[tree.kind];
    }
  }
}

function within(tree: SyntaxTree, dialect: Dialect, inBrackets: boolean): string {
  const text = write(tree, dialect);
  return inBrackets ? `(?:${text})` : text;
}

function writeLiteral(character: string, dialect: Dialect): string {
  if (character === "\t") return "\\t";
  if (SPECIAL[dialect].test(character)) return `\\${character}`;
  // Marks join the character before them, and what is invisible or unpaired would be lost on the way.
  if (/^[\p{L}\p{N}\p{P}\p{S} ]$/u.test(character)) return character;
  const hex = (character.codePointAt(0) ?? 0).toString(16);
  if (dialect === "javascript") return `\\u{${hex}}`;
  return hex.length <= 4 ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}

// A program in words: "Two capital letters, then a dash, then one or more digits." What stands in round brackets
// belongs together. Neighbours of one kind are counted together, whatever operators they carry.

import { compileTopology } from "./scoring/topology";
import { numTokens } from "./syntax";
import { type SyntaxTree, syntaxTree } from "./syntaxTree";
import type { ClassName } from "./tokens";

type Noun = { readonly one: string; readonly many: string };

const CLASS_NOUNS: Readonly<Record<ClassName, Noun>> = {
  dot: { one: "any character", many: "characters of any kind" },
  w: { one: "a letter or digit", many: "letters or digits" },
  d: { one: "a digit", many: "digits" },
  u: { one: "a capital letter", many: "capital letters" },
  l: { one: "a small letter", many: "small letters" },
  s: { one: "a space or tab", many: "spaces or tabs" },
};

/** Characters that are hard to tell apart in quotes. */
const MARK_NOUNS: Readonly<Record<string, Noun>> = {
  " ": { one: "a space", many: "spaces" },
  "\t": { one: "a tab", many: "tabs" },
  "-": { one: "a dash", many: "dashes" },
  _: { one: "an underscore", many: "underscores" },
  ".": { one: "a dot", many: "dots" },
  ",": { one: "a comma", many: "commas" },
  ":": { one: "a colon", many: "colons" },
  ";": { one: "a semicolon", many: "semicolons" },
  "/": { one: "a slash", many: "slashes" },
  "\\": { one: "a backslash", many: "backslashes" },
  "|": { one: "a vertical bar", many: "vertical bars" },
  "'": { one: "an apostrophe", many: "apostrophes" },
  '"': { one: "a double quote", many: "double quotes" },
  "`": { one: "a backtick", many: "backticks" },
};

const NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split(" ");

/** How often something comes: from `least` to `most` times, Infinity for no bound. */
type Times = { readonly least: number; readonly most: number };

/** A literal or a class with its count: what can be merged with an equal neighbour. */
type Run = { readonly key: string; readonly noun: Noun; readonly times: Times; readonly text: string | null };

/**
 * One sentence about what the program makes, and one about how long that is.
 * @throws RangeError for tokens that are no program
 */
export function explain(program: ArrayLike<number>): readonly string[] {
  const words = phrase(syntaxTree(program));
  const { minLength, maxLength } = compileTopology(program, numTokens(program));
  return [`${words.charAt(0).toUpperCase()}${words.slice(1)}.`, lengthSentence(minLength, maxLength)];
}

function lengthSentence(least: number, most: number): string {
  if (least === most) return `Exactly ${least} character${least === 1 ? "" : "s"} long.`;
  if (most === Number.POSITIVE_INFINITY)
    return least === 0 ? "Any length, even none." : `At least ${least} character${least === 1 ? "" : "s"} long.`;
  if (least === 0) return `At most ${most} character${most === 1 ? "" : "s"} long.`;
  return `${least} to ${most} characters long.`;
}

function phrase(tree: SyntaxTree): string {
  return items(tree).join(", then ");
}

/** The parts of a phrase, which "then" joins. */
function items(tree: SyntaxTree): readonly string[] {
  const parts = flatParts(tree);
  const found: string[] = [];
  let waiting: Run | null = null;
  const flush = () => {
    if (waiting) found.push(runPhrase(waiting));
    waiting = null;
  };
  for (const part of parts) {
    const run = runOf(part);
    const joined: Run | null = run && waiting ? joinRuns(waiting, run) : null;
    if (!joined) flush();
    if (!run) found.push(groupPhrase(part));
    else waiting = joined ?? run;
  }
  flush();
  return found;
}

/** Sequences in brackets without an operator are part of the sequence around them. */
function flatParts(tree: SyntaxTree): readonly SyntaxTree[] {
  return tree.kind === "sequence" ? tree.parts.flatMap(flatParts) : [tree];
}

function runOf(tree: SyntaxTree): Run | null {
  if (tree.kind === "class") return { key: tree.name, noun: CLASS_NOUNS[tree.name], times: ONCE, text: null };
  if (tree.kind === "literal") {
    const noun = literalNoun(tree.character);
    return {
      key: `literal ${tree.character}`,
      noun,
      times: ONCE,
      text: isPlain(tree.character) ? tree.character : null,
    };
  }
  if (tree.kind !== "optional" && tree.kind !== "star" && tree.kind !== "plus") return null;
  const inner = runOf(tree.part);
  return inner && { ...inner, text: null, times: repeated(inner.times, tree.kind) };
}

const ONCE: Times = { least: 1, most: 1 };

function repeated(times: Times, kind: "optional" | "star" | "plus"): Times {
  const least = kind === "plus" ? times.least : 0;
  return { least, most: kind === "optional" ? times.most : Number.POSITIVE_INFINITY };
}

/** Two neighbours as one: literals that come once as a text, equal ones with their counts added; null otherwise. */
function joinRuns(left: Run, right: Run): Run | null {
  if (left.text !== null && right.text !== null) {
    const text = left.text + right.text;
    return { key: `text ${text}`, noun: { one: `"${text}"`, many: `"${text}"` }, times: ONCE, text };
  }
  if (left.key !== right.key) return null;
  const times = { least: left.times.least + right.times.least, most: left.times.most + right.times.most };
  return { ...left, times, text: null };
}

/** Whether a character can stand in a quoted text. */
function isPlain(character: string): boolean {
  return character !== '"' && /^[\p{L}\p{N}\p{P}\p{S} ]$/u.test(character);
}

function literalNoun(character: string): Noun {
  const known = MARK_NOUNS[character];
  if (known) return known;
  const hex = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  const name = isPlain(character) ? `"${character}"` : `the character U+${hex}`;
  return { one: name, many: name };
}

function runPhrase({ noun, times: { least, most } }: Run): string {
  if (least === 1 && most === 1) return noun.one;
  if (least === 0 && most === 1) return `perhaps ${noun.one}`;
  return `${timesPhrase({ least, most })} ${noun.many}`;
}

function timesPhrase({ least, most }: Times): string {
  if (most === Number.POSITIVE_INFINITY) return least === 0 ? "any number of" : `${numberWord(least)} or more`;
  if (least === most) return numberWord(least);
  if (least === 0) return `up to ${numberWord(most)}`;
  return `${numberWord(least)} ${most === least + 1 ? "or" : "to"} ${numberWord(most)}`;
}

function numberWord(count: number): string {
  return NUMBERS[count] ?? String(count);
}

/** A choice, or brackets with an operator behind them. */
function groupPhrase(tree: SyntaxTree): string {
  switch (tree.kind) {
    case "choice": {
      const branches = alternatives(tree).map(together);
      // "a digit, or a space or tab": a comma where an alternative has an "or" of its own.
      const comma = branches.some((branch) => branch.includes(" or ")) ? "," : "";
      return `either ${branches.slice(0, -1).join(", ")}${comma} or ${branches[branches.length - 1]}`;
    }
    case "optional":
      return `perhaps ${together(tree.part)}`;
    case "star":
      return `any number of times ${together(tree.part)}`;
    case "plus":
      return `one or more times ${together(tree.part)}`;
    default:
      return phrase(tree);
  }
}

function alternatives(tree: SyntaxTree): readonly SyntaxTree[] {
  return tree.kind === "choice" ? [tree.left, ...alternatives(tree.right)] : [tree];
}

/** A phrase that what stands before it applies to as a whole: in brackets unless it is one thing. */
function together(tree: SyntaxTree): string {
  const parts = items(tree);
  const isOne = parts.length === 1 && flatParts(tree)[0]!.kind !== "choice";
  return isOne ? parts[0]! : `(${parts.join(", then ")})`;
}

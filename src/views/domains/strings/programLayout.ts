// A regular expression as the page lays it out: glyphs in reading order, the parts that can be chosen (atoms, repeats,
// brackets, choices), and the tint of every atom. Pure. Positions count code points.

import type { SyntaxTree } from "../../../domains/strings/syntaxTree";

/** One token of the text. */
export type Glyph = {
  readonly from: number;
  readonly text: string;
  /** Index of the atom, from 0; -1 for operators and brackets. */
  readonly atom: number;
  /** Index into `parts`: what a press on this glyph chooses. */
  readonly part: number;
  /** True for the one glyph of its part that takes the focus. */
  readonly isHead: boolean;
};

export type PartKind = "literal" | "class" | "star" | "plus" | "optional" | "choice" | "brackets";

/** A sub-expression that can be chosen: a range of the text and the atoms inside it. */
export type ProgramPart = {
  readonly kind: PartKind;
  readonly from: number;
  readonly to: number;
  readonly firstAtom: number;
  /** One past the last atom. */
  readonly endAtom: number;
  /** Position of the operator that makes it what it is: postfix mark, first bar; -1 for others. */
  readonly mark: number;
};

export type ProgramLayout = {
  readonly text: string;
  readonly glyphs: readonly Glyph[];
  readonly parts: readonly ProgramPart[];
  /** Per atom: 0 for literals, else a colour slot from 1. Neighbouring atoms of one class share it. */
  readonly slots: readonly number[];
};

/** Colour slots that are used in turn. */
export const NUM_SLOTS = 8;

/** Lays out a program from its printed text and the tree of it. */
export function layoutProgram(text: string, tree: SyntaxTree): ProgramLayout {
  const parts: ProgramPart[] = [];
  const runs: string[] = [];
  collect(tree, parts, runs, false);
  return { text, glyphs: glyphsOf([...text], parts), parts, slots: slotsOf(runs) };
}

/** The part that stands around `part` most closely, or null at the top. */
export function partAround(layout: ProgramLayout, part: number): number | null {
  const inner = layout.parts[part];
  if (!inner) return null;
  const outside = layout.parts.flatMap((outer, i) =>
    i !== part && outer.from <= inner.from && outer.to >= inner.to && size(outer) > size(inner) ? [{ outer, i }] : [],
  );
  outside.sort((a, b) => size(a.outer) - size(b.outer));
  return outside[0]?.i ?? null;
}

/** Text of a part. */
export function partText(layout: ProgramLayout, part: ProgramPart): string {
  return [...layout.text].slice(part.from, part.to).join("");
}

const size = (part: ProgramPart) => part.to - part.from;

/** Adds the parts of a tree, outer ones first, and per atom the name of the run of equal classes that it belongs to. */
function collect(tree: SyntaxTree, parts: ProgramPart[], runs: string[], isRepeated: boolean): void {
  const range = { ...tree.span, firstAtom: tree.atoms.from, endAtom: tree.atoms.to };
  switch (tree.kind) {
    case "literal":
    case "class": {
      if (tree.bracketed && !isRepeated) parts.push({ kind: "brackets", ...range, mark: -1 });
      const depth = tree.bracketed ? bracketDepth(tree) : 0;
      const own = { ...range, from: range.from + depth, to: range.to - depth };
      parts.push({ kind: tree.kind, ...own, mark: -1 });
      runs.push(tree.kind === "literal" ? "" : `${tree.name} ${runs.length}`);
      return;
    }
    case "sequence":
      if (tree.bracketed && !isRepeated) parts.push({ kind: "brackets", ...range, mark: -1 });
      collectSequence(tree.parts, parts, runs);
      return;
    case "choice":
      parts.push({ kind: "choice", ...range, mark: tree.left.span.to });
      collectBranches(tree, parts, runs);
      return;
    default:
      parts.push({ kind: tree.kind, ...range, mark: tree.part.span.to });
      collect(tree.part, parts, runs, true);
  }
}

function collectSequence(members: readonly SyntaxTree[], parts: ProgramPart[], runs: string[]): void {
  members.forEach((member, i) => {
    const first = runs.length;
    collect(member, parts, runs, false);
    const before = members[i - 1];
    const joins = member.kind === "class" && before?.kind === "class" && member.name === before.name;
    if (joins) runs[first] = runs[first - 1] ?? "";
  });
}

/** `a|b|c` is one choice with two bars. */
function collectBranches(tree: SyntaxTree & { kind: "choice" }, parts: ProgramPart[], runs: string[]): void {
  collect(tree.left, parts, runs, false);
  if (tree.right.kind === "choice" && !tree.right.bracketed) collectBranches(tree.right, parts, runs);
  else collect(tree.right, parts, runs, false);
}

/** Brackets around a single atom: its text is one or two code points, the rest are brackets. */
function bracketDepth(tree: SyntaxTree): number {
  const length = tree.span.to - tree.span.from;
  const own = tree.kind === "class" ? (tree.name === "dot" ? 1 : 2) : isEscaped(tree) ? 2 : 1;
  return (length - own) / 2;
}

function isEscaped(tree: SyntaxTree): boolean {
  return (tree.span.to - tree.span.from) % 2 === 0;
}

function glyphsOf(characters: readonly string[], parts: readonly ProgramPart[]): Glyph[] {
  const glyphs: Glyph[] = [];
  const taken = new Set<number>();
  for (let at = 0; at < characters.length; ) {
    const atom = parts.findIndex((part) => isAtom(part) && part.from === at);
    const part = atom >= 0 ? atom : holderOf(parts, at);
    const to = atom >= 0 ? (parts[atom]?.to ?? at + 1) : at + 1;
    const mark = parts[part]?.mark ?? -1;
    const isHead = part >= 0 && !taken.has(part) && (mark < 0 || mark === at);
    if (isHead) taken.add(part);
    const index = atom >= 0 ? (parts[atom]?.firstAtom ?? -1) : -1;
    glyphs.push({ from: at, text: characters.slice(at, to).join(""), atom: index, part, isHead });
    at = to;
  }
  return glyphs;
}

/** The part whose operator stands at this position, else the closest one around it. */
function holderOf(parts: readonly ProgramPart[], at: number): number {
  const marked = parts.findIndex((part) => part.mark === at);
  if (marked >= 0) return marked;
  let found = -1;
  parts.forEach((part, i) => {
    const before = parts[found];
    if (isAtom(part) || at < part.from || at >= part.to) return;
    if (!before || size(part) < size(before)) found = i;
  });
  return found;
}

const isAtom = (part: ProgramPart) => part.kind === "literal" || part.kind === "class";

function slotsOf(runs: readonly string[]): number[] {
  let last = 0;
  return runs.map((run, i) => {
    if (run === "") return 0;
    if (runs[i - 1] !== run) last += 1;
    return ((last - 1) % NUM_SLOTS) + 1;
  });
}

// The format of strings.json (strings specification, section 11), the file in LAB_FIXTURES or the committed copy, and
// what turns its numbers, trees and programs into ours.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type EvaluatorNumbers, withTables } from "../../src/domains/strings/scoring/numbers";
import type { Topology } from "../../src/domains/strings/scoring/topology";
import type { Weights } from "../../src/domains/strings/scoring/weigh";
import type { SyntaxTree } from "../../src/domains/strings/syntaxTree";
import { LEAF_NAMES, SIGMA, symbolOf } from "../../src/domains/strings/tokens";

export type Phi = {
  star_stop: number;
  plus_stop: number;
  opt_keep: number;
  alt_left: number;
  leaf: Record<string, number[]>;
  mix_w: number[];
  mix_dot: number[];
};
export type Ast = [string, ...(string | Ast)[]];
export type Gradient = Record<string, number | number[]>;
export type Fixture = {
  format?: string;
  order?: Record<string, string | string[]>;
  vocabulary?: string[];
  tolerance?: { absolute?: number; relative?: number };
  phis?: Record<string, Phi>;
  programs?: Record<string, { tokens?: string[]; ids?: number[] | null; ast?: Ast }>;
  cases?: { id?: number; regex: string; phi: string; x: string; logp?: number | null; viterbi?: number | null }[];
  length_mass?: { regex: string; phi: string; mass_by_length?: number[]; remaining?: number; mean_length?: number }[];
  enumeration?: Enumeration[];
  gradients?: { regex: string; phi: string; strings: string[]; total_logp?: number; grad_logits?: Gradient }[];
  parse_ok?: { text: string; tokens?: string[]; ast?: Ast }[];
  parse_error?: string[];
  masks?: { prefix: string[]; max_tokens_including_eos: number; max_depth: number; allowed: string[] }[];
  acceptance?: {
    name?: string;
    strings: string[];
    regexes: {
      regex: string;
      logp_uniform_phi?: (number | null)[];
      total_uniform_phi?: number | null;
      tokens?: number;
    }[];
  }[];
  alignments?: { regex: string; phi: string; x: string; atoms: number[] }[];
};
export type Enumeration = {
  regex: string;
  phi: string;
  alphabet: string;
  max_len: number;
  strings_with_mass?: number;
  total?: number;
  top5?: { x: string; logp: number }[];
};

const folder = process.env.LAB_FIXTURES ?? join(import.meta.dirname, "../fixtures/reference");
// The cast names the documented format; every field that is used is checked for presence first.
export const fixture = JSON.parse(readFileSync(join(folder, "strings.json"), "utf8")) as Fixture;
export const TOLERANCE = 1e-8;

/** Order of the members of a table in the file: the documented one, unless the file has its own. */
function orderOf(name: string, documented: readonly string[]): readonly string[] {
  const own = fixture.order?.[name];
  return own === undefined ? documented : [...own];
}

/** Members of a leaf's table in the order of the file. */
export function membersOfLeaf(leaf: string): readonly string[] {
  const patterns: Record<string, RegExp> = { d: /\d/, u: /[A-Z]/, l: /[a-z]/, s: /[ \t]/, p: /[!-/:-@[-`{-~]/ };
  return orderOf(
    `leaf.${leaf}`,
    SIGMA.filter((character) => patterns[leaf]?.test(character)),
  );
}

export function numbersOfPhi(phi: Phi): EvaluatorNumbers {
  const leaf = new Float64Array(SIGMA.length);
  for (const name of LEAF_NAMES) {
    for (const [i, character] of membersOfLeaf(name).entries())
      leaf[symbolOf(character.codePointAt(0) ?? 0)] = phi.leaf[name]?.[i] ?? Number.NaN;
  }
  const mix = (name: "mix_w" | "mix_dot", leaves: readonly string[]) =>
    Float64Array.from(leaves, (leaf) => phi[name][orderOf(name, leaves).indexOf(leaf)] ?? Number.NaN);
  return withTables({
    starStop: phi.star_stop,
    plusStop: phi.plus_stop,
    optKeep: phi.opt_keep,
    altLeft: phi.alt_left,
    leaf,
    mixW: mix("mix_w", ["d", "u", "l"]),
    mixDot: mix("mix_dot", LEAF_NAMES),
  });
}

/** The tree as the nested lists of the file. */
export function astOf(tree: SyntaxTree): Ast {
  switch (tree.kind) {
    case "literal":
      return ["lit", tree.character];
    case "class":
      return ["class", tree.name];
    case "sequence":
      return ["cat", ...tree.parts.map(astOf)];
    case "choice":
      return ["alt", astOf(tree.left), astOf(tree.right)];
    case "optional":
      return ["opt", astOf(tree.part)];
    default:
      return [tree.kind, astOf(tree.part)];
  }
}

/** How often each position is visited: the solution of visits = first + follow^T visits, by elimination. */
export function expectedVisits({ numAtoms, start, source }: Topology, { first, follow }: Weights): number[] {
  const rows = Array.from({ length: numAtoms }, (_, j) => {
    const row = new Float64Array(numAtoms + 1);
    row[j] = 1;
    row[numAtoms] = first[j]!;
    for (let edge = start[j]!; edge < start[j + 1]!; edge++) row[source[edge]!]! -= follow[edge]!;
    return row;
  });
  for (const [j, row] of rows.entries()) {
    const pivot = row[j]!;
    for (let k = 0; k <= numAtoms; k++) row[k]! /= pivot;
    for (const other of rows) {
      const factor = other[j]!;
      for (let k = 0; other !== row && k <= numAtoms; k++) other[k]! -= factor * row[k]!;
    }
  }
  return rows.map((row) => row[numAtoms]!);
}

/** Every string over the alphabet of at most `longest` characters, shorter ones first. */
export function allStrings(alphabet: readonly string[], longest: number): string[] {
  const all = [""];
  for (let from = 0, length = 1; length <= longest; length++) {
    const to = all.length;
    for (; from < to; from++) for (const character of alphabet) all.push(all[from]! + character);
  }
  return all;
}

// Program text -> tokens, or one sentence that says what is wrong at which position (1-based, in code points).
// Source: strings specification, sections 1 (escapes) and 2 (syntax).

import { LITERAL_BASE } from "./evaluator";
import { ESCAPED } from "./print";
import { NodeTable, readNodes, type SyntaxProblem } from "./syntax";
import { CLASS_NAMES, END, FIRST_CLASS, MAX_TOKENS, OUTSIDE, STAR, symbolOf } from "./tokens";

export type Failure = { readonly ok: false; readonly message: string };

/** Reads a program of any length. Never throws. */
export function parseTokens(text: string): { readonly ok: true; readonly tokens: Int32Array } | Failure {
  const read = readTokens(text);
  if (!read.ok) return read;
  const { tokens, positions } = read;
  const problem = readNodes(tokens, tokens.length, new NodeTable());
  if (problem) return { ok: false, message: sentenceOf(problem, text, positions) };
  return { ok: true, tokens: Int32Array.from(tokens) };
}

/** Reads a program that fits a packed one: at most MAX_TOKENS tokens, the end included. Never throws. */
export function parseProgram(text: string): { ok: true; program: Int32Array } | { ok: false; message: string } {
  const parsed = parseTokens(text);
  if (!parsed.ok) return parsed;
  const most = MAX_TOKENS - 1;
  if (parsed.tokens.length > most) {
    const read = readTokens(text);
    const position = (read.ok ? read.positions[most]! : 0) + 1;
    const message = `The program is too long: it has ${parsed.tokens.length} tokens, and at most ${most} are allowed; shorten it from position ${position} on.`;
    return { ok: false, message };
  }
  const program = new Int32Array(MAX_TOKENS).fill(END);
  program.set(parsed.tokens);
  return { ok: true, program };
}

type Read = { readonly ok: true; readonly tokens: number[]; readonly positions: number[] };

/** Tokens with the position (0-based, code points) at which each starts. */
function readTokens(text: string): Read | Failure {
  const tokens: number[] = [];
  const positions: number[] = [];
  const characters = [...text];
  for (let i = 0; i < characters.length; i++) {
    positions.push(i);
    const character = characters[i]!;
    if (character !== "\\") {
      tokens.push(plainToken(character));
      continue;
    }
    i += 1;
    const next = characters[i];
    if (next === undefined) {
      const message = `The backslash at position ${i} has nothing after it; write \\\\ for a backslash, or ${AFTER_BACKSLASH}.`;
      return { ok: false, message };
    }
    const token = escapedToken(next);
    if (token < 0) {
      const message = `A backslash with ${named(next)} means nothing at position ${i}; after a backslash, write ${AFTER_BACKSLASH}.`;
      return { ok: false, message };
    }
    tokens.push(token);
  }
  return { ok: true, tokens, positions };
}

const AFTER_BACKSLASH = "d, u, l, w, s, t or a punctuation mark";

function plainToken(character: string): number {
  if (character === ".") return FIRST_CLASS;
  const operator = "*+?|()".indexOf(character);
  return operator >= 0 ? STAR + operator : literalToken(character);
}

/** Token of a character as a literal. */
export function literalToken(character: string): number {
  const codePoint = character.codePointAt(0) ?? 0;
  const symbol = symbolOf(codePoint);
  return symbol === OUTSIDE ? LITERAL_BASE + codePoint : symbol;
}

function escapedToken(character: string): number {
  if (character === "t") return literalToken("\t");
  const names: readonly string[] = CLASS_NAMES;
  const at = names.indexOf(character);
  if (at >= 0) return FIRST_CLASS + at;
  return ESCAPED.includes(character) || /^[!-/:-@[-`{-~]$/.test(character) ? literalToken(character) : -1;
}

/** A character as a sentence can show it: what is invisible by its number. */
function named(character: string): string {
  const codePoint = character.codePointAt(0) ?? 0;
  if (character === " ") return "a space";
  if (/^[\p{L}\p{N}\p{P}\p{S}]$/u.test(character)) return `"${character}"`;
  return `the character U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}`;
}

const ATOM_WORDS = "a character, a class such as \\d, or a bracket";

function sentenceOf(problem: SyntaxProblem, text: string, positions: readonly number[]): string {
  const at = positions[problem.token] ?? 0;
  const where = `at position ${at + 1}`;
  switch (problem.kind) {
    case "empty":
      return "The program is empty at position 1; write at least one character or a class such as \\d.";
    case "nothing-repeated":
      return nothingRepeated([...text], at);
    case "nothing-before-or":
      return `The | ${where} has nothing before it; write ${ATOM_WORDS} there, or use ? for what may be missing.`;
    case "nothing-after-or":
      return `The | ${where} has nothing after it; write ${ATOM_WORDS} there, or use ? for what may be missing.`;
    case "empty-brackets":
      return `The brackets ${where} are empty; write ${ATOM_WORDS} inside, or \\( and \\) for the marks themselves.`;
    case "never-closed":
      return `The bracket ${where} is never closed; write ) where it ends, or \\( for the mark itself.`;
    case "closes-nothing":
      return `The bracket ${where} closes nothing; write ( where it begins, or \\) for the mark itself.`;
    case "unknown-token":
      return `What stands ${where} is no part of a program; write ${ATOM_WORDS}.`;
  }
}

function nothingRepeated(characters: readonly string[], at: number): string {
  const mark = characters[at] ?? "";
  return `The ${mark} at position ${at + 1} has nothing to repeat; write ${ATOM_WORDS} before it, or \\${mark} for the mark itself.`;
}

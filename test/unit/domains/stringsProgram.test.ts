// Program text, packed tokens, keys, trees and where their parts stand.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LITERAL_BASE } from "../../../src/domains/strings/evaluator";
import { parseProgram, parseTokens } from "../../../src/domains/strings/parse";
import { printProgram } from "../../../src/domains/strings/print";
import {
  mergeEquivalent,
  PROGRAM_LENGTH,
  packTokens,
  programKey,
  programSize,
} from "../../../src/domains/strings/program";
import { atomSpans, type SyntaxTree, syntaxTree } from "../../../src/domains/strings/syntaxTree";
import { END, STAR } from "../../../src/domains/strings/tokens";
import { programs } from "../../helpers/stringPrograms";

function programOf(text: string): Int32Array {
  const parsed = parseProgram(text);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.program;
}

function messageOf(text: string): string {
  const parsed = parseProgram(text);
  return parsed.ok ? "no problem" : parsed.message;
}

const EVERY_ATOM = [...Array.from({ length: STAR }, (_, id) => id), LITERAL_BASE + 0xe9, LITERAL_BASE + 0x1f600];

describe("program text", () => {
  it("is printed so that reading it gives the same tokens", () => {
    fc.assert(
      fc.property(programs(EVERY_ATOM), (program) => {
        const text = printProgram(program);
        expect(programOf(text)).toEqual(program);
        expect(printProgram(programOf(text))).toBe(text);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it("loses backslashes that are not needed, and keeps the others", () => {
    expect(printProgram(programOf("\\-\\#\\%\\[\\]"))).toBe("-#%[]");
    expect(printProgram(programOf("\\.\\*\\+\\?\\|\\(\\)\\\\\\t"))).toBe("\\.\\*\\+\\?\\|\\(\\)\\\\\\t");
    expect(printProgram(programOf("\t"))).toBe("\\t");
  });

  it("counts characters outside the basic plane as one", () => {
    const program = programOf("😀?é");
    expect([...program.subarray(0, 4)]).toEqual([LITERAL_BASE + 0x1f600, STAR + 2, LITERAL_BASE + 0xe9, END]);
    expect(messageOf("😀😀)")).toMatch(/^The bracket at position 3 closes nothing;/);
  });

  it.each([
    ["", /^The program is empty at position 1;/],
    ["ab(c", /^The bracket at position 3 is never closed;/],
    ["((a)", /^The bracket at position 1 is never closed;/],
    ["a)b", /^The bracket at position 2 closes nothing;/],
    ["a()", /^The brackets at position 2 are empty;/],
    ["a|", /^The \| at position 2 has nothing after it;/],
    ["(a|)b", /^The \| at position 3 has nothing after it;/],
    ["a|*", /^The \* at position 3 has nothing to repeat;/],
    ["|a", /^The \| at position 1 has nothing before it;/],
    ["a||b", /^The \| at position 3 has nothing before it;/],
    ["ab\\q", /^A backslash with "q" means nothing at position 3;/],
    ["\\é", /^A backslash with "é" means nothing at position 1;/],
    ["\\ ", /^A backslash with a space means nothing at position 1;/],
    ["\\\n", /^A backslash with the character U\+000A means nothing at position 1;/],
    ["ab\\", /^The backslash at position 3 has nothing after it;/],
  ])("%j is refused with one sentence about the position", (text, sentence) => {
    expect(messageOf(text)).toMatch(sentence);
    expect(messageOf(text)).toMatch(/; .*\.$/);
  });

  it("may have 29 tokens, not 30, however many characters that is", () => {
    expect(programSize(programOf("\\d".repeat(29)))).toBe(30);
    expect(messageOf("\\d".repeat(30))).toBe(
      "The program is too long: it has 30 tokens, and at most 29 are allowed; shorten it from position 59 on.",
    );
    const long = parseTokens("a".repeat(500));
    expect(long.ok && long.tokens.length).toBe(500);
  });

  it("may nest ten thousand brackets without exhausting anything", () => {
    const deep = parseTokens(`${"(".repeat(10_000)}a${")".repeat(10_000)}${"*".repeat(10_000)}`);
    expect(deep.ok).toBe(true);
    expect(messageOf("(".repeat(10_000))).toMatch(/position 10000 is never closed/);
  });
});

describe("packed programs", () => {
  it("are padded with the end token and have equal keys when they are equal", () => {
    const program = programOf("a|b");
    expect(program.length).toBe(PROGRAM_LENGTH);
    expect(program.subarray(3).every((token) => token === END)).toBe(true);
    expect(programKey(program)).toBe(programKey(packTokens([65, 105, 66])));
    expect(programKey(programOf("(a)"))).not.toBe(programKey(programOf("a")));
    expect(() => packTokens(new Int32Array(30))).toThrow(RangeError);
  });

  it.each([
    ["((a))b", "ab"],
    ["a(bc)d", "abcd"],
    ["(a|b)", "a|b"],
    ["a|(b|c)", "a|b|c"],
    ["(a|b)|c", "(a|b)|c"],
    ["(a|b)c", "(a|b)c"],
    ["((a|b))+", "(a|b)+"],
    ["(ab)*", "(ab)*"],
    ["(\\d)*", "\\d*"],
    ["(a*)+", "(a*)+"],
    ["a*+", "(a*)+"],
    ["(a?)b", "a?b"],
  ])("%s without needless brackets is %s", (text, merged) => {
    expect(printProgram(mergeEquivalent(programOf(text)))).toBe(merged);
  });

  it("stay as they are where the merged one would not fit", () => {
    const program = programOf(`${"a".repeat(27)}**`);
    expect(mergeEquivalent(program)).toEqual(program);
  });
});

describe("the tree of a program", () => {
  it("says what each part is and where it stands in the text and among the atoms", () => {
    const text = "é(a|\\d\\.)+x";
    const tree = syntaxTree(programOf(text));
    const shown: [string, string, number[]][] = [];
    const visit = (part: SyntaxTree) => {
      const { from, to } = part.span;
      shown.push([part.kind, [...text].slice(from, to).join(""), [part.atoms.from, part.atoms.to]]);
      if (part.kind === "sequence") part.parts.forEach(visit);
      else if (part.kind === "choice") [part.left, part.right].forEach(visit);
      else if (part.kind !== "literal" && part.kind !== "class") visit(part.part);
    };
    visit(tree);
    expect(shown).toEqual([
      ["sequence", text, [0, 5]],
      ["literal", "é", [0, 1]],
      ["plus", "(a|\\d\\.)+", [1, 4]],
      ["choice", "(a|\\d\\.)", [1, 4]],
      ["literal", "a", [1, 2]],
      ["sequence", "\\d\\.", [2, 4]],
      ["class", "\\d", [2, 3]],
      ["literal", "\\.", [3, 4]],
      ["literal", "x", [4, 5]],
    ]);
  });

  it("knows the text of each atom without its brackets", () => {
    const text = "((\\.))(\\d+|b)?";
    const spans = atomSpans(programOf(text)).map(({ from, to }) => text.slice(from, to));
    expect(spans).toEqual(["\\.", "\\d", "b"]);
  });
});

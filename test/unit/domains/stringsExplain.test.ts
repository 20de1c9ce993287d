// Programs in words.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explain } from "../../../src/domains/strings/explain";
import { parseTokens } from "../../../src/domains/strings/parse";
import { mergeEquivalent } from "../../../src/domains/strings/program";
import { programs } from "../../helpers/stringPrograms";

function sentences(text: string): readonly string[] {
  const parsed = parseTokens(text);
  if (!parsed.ok) throw new Error(parsed.message);
  return explain(parsed.tokens);
}

describe("a program in words", () => {
  it.each([
    ["\\u\\u-\\d+", "Two capital letters, then a dash, then one or more digits."],
    ["\\u(,\\u)*", "A capital letter, then any number of times (a comma, then a capital letter)."],
    ["img\\d\\d\\.(png|jpg)", '"img", then two digits, then a dot, then either "png" or "jpg".'],
    ["\\$(\\d,)?\\d+", '"$", then perhaps (a digit, then a comma), then one or more digits.'],
    ["-?\\d+\\.\\d%", 'Perhaps a dash, then one or more digits, then a dot, then a digit, then "%".'],
    ["\\d\\d\\d?", "Two or three digits."],
    ["\\d\\d?\\d?", "One to three digits."],
    ["\\d?\\d?", "Up to two digits."],
    ["\\d\\d\\d*", "Two or more digits."],
    ["a+a", 'Two or more "a".'],
    ["(a?)*", 'Any number of "a".'],
    ["(\\d\\d)+", "One or more times two digits."],
    ["\\l|\\u", "Either a small letter or a capital letter."],
    ["(a|b)|c", 'Either (either "a" or "b"), or "c".'],
    ["(\\d|\\s)+", "One or more times (either a digit, or a space or tab)."],
    ["NA|\\d+\\.\\d", 'Either "NA", or (one or more digits, then a dot, then a digit).'],
    ["a|(b|cd)*", 'Either "a", or any number of times (either "b" or "cd").'],
    ["a\\t\\.", '"a", then a tab, then a dot.'],
    ['\\d"\n', "A digit, then a double quote, then the character U+000A."],
  ])("%s", (text, sentence) => {
    expect(sentences(text)[0]).toBe(sentence);
  });

  it.each([
    ["\\d\\d", "Exactly 2 characters long."],
    ["a", "Exactly 1 character long."],
    ["a?", "At most 1 character long."],
    ["ab?c?", "1 to 3 characters long."],
    ["ab+", "At least 2 characters long."],
    ["a*", "Any length, even none."],
  ])("%s says how long its strings are", (text, sentence) => {
    expect(sentences(text)[1]).toBe(sentence);
  });

  it("reads the same with and without needless brackets, and every bracket is closed", () => {
    fc.assert(
      fc.property(programs([65, 66, 13, 96, 98]), (program) => {
        const words = explain(program);
        expect(explain(mergeEquivalent(program))).toEqual(words);
        for (const sentence of words) expect(sentence).toMatch(/^[^a-z].*\.$/);
        let depth = 0;
        for (const character of words[0]!) {
          depth += character === "(" ? 1 : character === ")" ? -1 : 0;
          expect(depth).toBeGreaterThanOrEqual(0);
        }
        expect(depth).toBe(0);
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});

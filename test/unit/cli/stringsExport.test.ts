// A program as a regular expression from the terminal: it accepts what the program makes, and mistakes name the position.

import { describe, expect, it } from "vitest";
import { makeConcepts } from "../../../src/domains/strings/data/generate";
import { ofKind } from "../../helpers/runCli";
import { runHere } from "../../helpers/runHere";

/** Python's anchors as JavaScript's: what else differs is escapes that both know. */
function asJavaScript(expression: string): RegExp {
  return new RegExp(expression.replace(/^\\A/, "^").replace(/\\Z$/, "$"), "u");
}

describe("lab export --program", () => {
  it.each(["javascript", "python"])(
    "prints an expression of %s that accepts the ten cells of a concept",
    async (language) => {
      for (const { pattern, strings, heldOut } of makeConcepts(11, 40)) {
        if (pattern === null) continue;
        const { code, stdout } = await runHere(["export", "--program", pattern, "--as", language]);
        expect(code).toBe(0);
        const accepts = asJavaScript(stdout.trim());
        for (const cell of [...strings, ...heldOut])
          expect(accepts.test(cell), `${stdout.trim()} accepts ${cell}`).toBe(true);
        expect(accepts.test(`${strings[0]}\n`)).toBe(false);
        expect(accepts.test("\u00E9")).toBe(false);
      }
    },
  );

  it("gives a record with the program in its printed form", async () => {
    const { records } = await runHere(["export", "--program", "\\u(\\,\\u)*", "--as", "python", "--json"]);
    expect(ofKind(records(), "translation")).toEqual([
      {
        v: 1,
        kind: "translation",
        domain: "strings",
        program: "\\u(,\\u)*",
        language: "python",
        expression: "\\A[A-Z](?:,[A-Z])*\\Z",
      },
    ]);
  });

  it.each([
    [["--program", "\\u+("], /^--program is "\\u\+\(": .*position 4/],
    [["--program", ""], /^--program is "": /],
    [["--program", "a", "--as", "perl"], /^--as is "perl"; allowed: javascript, python\.$/],
    [["--as", "python"], /^--as is "python", but --program is missing/],
    [["runs/x", "--program", "a"], /^DIR is given beside --program/],
    [["--program", "a", "--out", "x"], /^--out is given beside --program/],
    [[], /^DIR is missing/],
  ])("ends with 2 and one sentence: %j", async (words, sentence) => {
    const { code, stdout, stderr } = await runHere(["export", ...words]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr.trim()).toMatch(sentence);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});

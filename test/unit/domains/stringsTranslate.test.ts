// Programs as regular expressions of JavaScript and Python: they match exactly the strings that have a probability.
// Python's part runs through python3 where there is one.

import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { LITERAL_BASE } from "../../../src/domains/strings/evaluator";
import { parseTokens } from "../../../src/domains/strings/parse";
import { printProgram } from "../../../src/domains/strings/print";
import { packTokens, programSize } from "../../../src/domains/strings/program";
import { createEvaluator } from "../../../src/domains/strings/scoring/createEvaluator";
import { encodeStrings } from "../../../src/domains/strings/scoring/encode";
import { SIGMA, STAR } from "../../../src/domains/strings/tokens";
import { toRegExp } from "../../../src/domains/strings/translate";
import { Rng } from "../../../src/engine/rng/rng";
import { maskedProgram } from "../../helpers/stringPrograms";

const OUTSIDE = [0x00, 0x0a, 0x7f, 0xa0, 0xe9, 0x301, 0x2028, 0xd800, 0xdc00, 0xfeff, 0x1f600];
const EVERY_ATOM = [...Array.from({ length: STAR }, (_, id) => id), ...OUTSIDE.map((point) => LITERAL_BASE + point)];

/** Largest random program, the end token included. */
const MOST_TOKENS = 14;

type Case = { readonly program: Int32Array; readonly strings: readonly string[] };

/**
 * Random programs with strings that they make and with near misses. Both short: the engines backtrack, which takes time
 * exponential in the string for loops in loops.
 */
function cases(): Case[] {
  const rng = new Rng(4);
  const sampler = createEvaluator();
  const written = [
    "a**",
    "(a*)+b",
    "a?+",
    "(a+)?",
    "\\d|\\u\\l|.",
    "^a$",
    "a{2}",
    "[ab]",
    "\\.\\*",
    "a|b|(c|d)",
    "x-y/z",
  ];
  const programs = written.map((text) => {
    const parsed = parseTokens(text);
    if (!parsed.ok) throw new Error(parsed.message);
    return packTokens(parsed.tokens);
  });
  // Every literal and class alone, beside random programs.
  for (const atom of EVERY_ATOM) programs.push(packTokens([atom]), packTokens([65, atom, STAR, 66]));
  while (programs.length < 500) {
    const program = maskedProgram(rng, EVERY_ATOM);
    if (programSize(program) <= MOST_TOKENS) programs.push(program);
  }
  return programs.map((program) => {
    const made = Array.from({ length: 4 }, () => sampler.sample(program, rng, 6).text);
    const misses = made.flatMap((text) => nearMisses(text, rng));
    return { program, strings: [...made, ...misses, "", "\n", "a\n"] };
  });
}

function nearMisses(text: string, rng: Rng): string[] {
  const characters = [...text];
  const at = rng.int(characters.length + 1);
  const other =
    rng.int(4) === 0 ? String.fromCodePoint(OUTSIDE[rng.int(OUTSIDE.length)]!) : SIGMA[rng.int(SIGMA.length)]!;
  return [
    [...characters.slice(0, at), ...characters.slice(at + 1)].join(""),
    [...characters.slice(0, at), other, ...characters.slice(at)].join(""),
    [...characters.slice(0, at), other, ...characters.slice(at + 1)].join(""),
    `${text}\n`,
  ];
}

const ALL = cases();

const evaluator = createEvaluator();

function isPossible(program: Int32Array, text: string): boolean {
  return evaluator.logProb(program, encodeStrings([text]), 0, 1) > Number.NEGATIVE_INFINITY;
}

describe("a program as a regular expression", () => {
  it("is anchored, and escapes what the other language would read differently", () => {
    const translated = (text: string, dialect: "javascript" | "python") => {
      const parsed = parseTokens(text);
      return parsed.ok ? toRegExp(parsed.tokens, dialect) : parsed.message;
    };
    expect(translated("\\u\\l\\w\\s\\d.", "javascript")).toBe("^[A-Z][a-z][A-Za-z0-9][ \\t][0-9][\\t -~]$");
    expect(translated("a|b{2}", "javascript")).toBe("^(?:a|b\\{2\\})$");
    expect(translated("a*?", "python")).toBe("\\A(?:a*)?\\Z");
    expect(translated("(^/$)+", "javascript")).toBe("^(?:\\^\\/\\$)+$");
    expect(translated("(^/$)+", "python")).toBe("\\A(?:\\^/\\$)+\\Z");
    expect(translated("\u0000😀", "javascript")).toBe("^\\u{0}😀$");
    expect(translated("\u0000\u{e0001}", "python")).toBe("\\A\\u0000\\U000e0001\\Z");
  });

  it("of JavaScript matches exactly the strings that have a probability", () => {
    let matches = 0;
    for (const { program, strings } of ALL) {
      const expression = new RegExp(toRegExp(program, "javascript"), "u");
      for (const text of strings) {
        const isMatch = expression.test(text);
        expect(isMatch, `${printProgram(program)} as ${expression} on ${JSON.stringify(text)}`).toBe(
          isPossible(program, text),
        );
        matches += isMatch ? 1 : 0;
      }
    }
    expect(matches).toBeGreaterThan(1000);
  });

  it("of Python matches exactly the strings that have a probability", ({ skip }) => {
    const found = spawnSync("python3", ["--version"], { encoding: "utf8" });
    skip(found.status !== 0, "python3 is not on this machine");
    const jobs = ALL.map(({ program, strings }) => ({ pattern: toRegExp(program, "python"), strings }));
    const source = [
      "import json, re, sys",
      "jobs = json.load(sys.stdin)",
      'json.dump([[re.search(job["pattern"], text) is not None for text in job["strings"]] for job in jobs], sys.stdout)',
    ].join("\n");
    // Escaped, so that lone surrogates reach Python as they are.
    const input = JSON.stringify(jobs).replace(
      /[\u007f-\uffff]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
    const run = spawnSync("python3", ["-W", "error", "-c", source], { input, encoding: "utf8", maxBuffer: 1e8 });
    expect(run.stderr).toBe("");
    // The cast names what the three lines above print.
    const answers = JSON.parse(run.stdout) as boolean[][];
    for (const [i, { program, strings }] of ALL.entries()) {
      for (const [j, text] of strings.entries())
        expect(answers[i]![j], `${jobs[i]!.pattern} on ${JSON.stringify(text)}`).toBe(isPossible(program, text));
    }
  });
});

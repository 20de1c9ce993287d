// Ten thousand random programs and strings, control characters, lone surrogates and cells of ten kilobytes among them:
// nothing throws, nothing hangs, and whatever is refused is refused with a sentence.

import { describe, expect, it } from "vitest";
import { LITERAL_BASE, PHI_LAYOUT } from "../../../src/domains/strings/evaluator";
import { explain } from "../../../src/domains/strings/explain";
import { parseProgram, parseTokens } from "../../../src/domains/strings/parse";
import { printProgram } from "../../../src/domains/strings/print";
import { mergeEquivalent } from "../../../src/domains/strings/program";
import { createEvaluator } from "../../../src/domains/strings/scoring/createEvaluator";
import { encodeStrings } from "../../../src/domains/strings/scoring/encode";
import { initialLogits } from "../../../src/domains/strings/scoring/numbers";
import { NodeTable, readNodes } from "../../../src/domains/strings/syntax";
import { syntaxTree } from "../../../src/domains/strings/syntaxTree";
import { NUM_TOKENS, STAR } from "../../../src/domains/strings/tokens";
import { toRegExp } from "../../../src/domains/strings/translate";
import { Rng } from "../../../src/engine/rng/rng";
import { maskedProgram } from "../../helpers/stringPrograms";

const PROGRAMS = 10_000;
const IMPOSSIBLE = Number.NEGATIVE_INFINITY;
const ATOMS = [
  ...Array.from({ length: STAR }, (_, id) => id),
  LITERAL_BASE,
  LITERAL_BASE + 0xd800,
  LITERAL_BASE + 0x1f600,
];
/** Characters that programs are made of, and characters that nobody expects. */
const MEANT = [..."ab1-.*+?|()\\\\dulwst"];
const ODD = [
  "\0",
  "\n",
  "\r",
  "\x7f",
  "é",
  "日",
  "😀",
  "\ud800",
  "\udc00",
  "\u2028",
  "\ufeff",
  "e\u0301",
  "\u{10ffff}",
];

function randomText(rng: Rng, length: number, oddShare: number): string {
  let text = "";
  for (let i = 0; i < length; i++)
    text += rng.uniform() < oddShare ? ODD[rng.int(ODD.length)] : MEANT[rng.int(MEANT.length)];
  return text;
}

describe("random programs and strings", () => {
  it("are scored, aligned, sampled, differentiated, explained and translated without a surprise", () => {
    const rng = new Rng(99);
    const logits = initialLogits().map((logit) => logit + 3 * rng.normal());
    const evaluator = createEvaluator(logits);
    const gradient = new Float64Array(PHI_LAYOUT.size);
    let possible = 0;
    for (let i = 0; i < PROGRAMS; i++) {
      const program = maskedProgram(rng, ATOMS);
      const name = printProgram(program);
      const made = evaluator.sample(program, rng).text;
      const texts = [made, randomText(rng, rng.int(12), 0.3)];
      if (i % 50 === 0)
        texts.push("a".repeat(10_000), randomText(rng, 10_000, 0.1), made.repeat(10_000 / (made.length + 1)));
      const strings = encodeStrings(texts);
      for (const s of texts.keys()) {
        const total = evaluator.logProb(program, strings, s, s + 1);
        if (Number.isNaN(total) || total > 1e-9) expect.fail(`${name}: ${total}`);
        possible += total > IMPOSSIBLE ? 1 : 0;
        if (i % 5 > 0) continue;
        const derivation = evaluator.derive(program, strings, s);
        if ((derivation === null) !== (total === IMPOSSIBLE)) expect.fail(`${name}: best derivation of ${texts[s]}`);
        if (texts[s]!.length < 100) evaluator.addGradient(program, strings, s, s + 1, 1, gradient);
      }
      if (i % 5 > 0) continue;
      expect(explain(program).length).toBe(2);
      expect(syntaxTree(mergeEquivalent(program)).span.from).toBe(0);
      expect(() => new RegExp(toRegExp(program, "javascript"), "u")).not.toThrow();
      expect(parseTokens(name).ok).toBe(true);
    }
    expect(possible).toBeGreaterThan(PROGRAMS);
    expect(gradient.every(Number.isFinite)).toBe(true);
  });

  it("are read from any text, or refused with a sentence that names a position", () => {
    const rng = new Rng(100);
    let read = 0;
    for (let i = 0; i < PROGRAMS; i++) {
      const length = i % 500 === 0 ? 10_000 : rng.int(12);
      const text = randomText(rng, length, i % 3 === 0 ? 0.2 : 0);
      const parsed = parseProgram(text);
      if (!parsed.ok) {
        expect(parsed.message).toMatch(/^[A-Z][^\n]* position \d+[^\n]*\.$/);
        continue;
      }
      read += 1;
      const again = parseProgram(printProgram(parsed.program));
      expect(again.ok && again.program).toEqual(parsed.program);
      const strings = encodeStrings([text]);
      expect(evaluatorOnce.logProb(parsed.program, strings, 0, 1)).toBeLessThanOrEqual(0);
    }
    expect(read).toBeGreaterThan(PROGRAMS / 20);
  });

  it("are told apart from arrays that are no program, by a kind and a place", () => {
    const rng = new Rng(101);
    const nodes = new NodeTable();
    for (let i = 0; i < PROGRAMS; i++) {
      const tokens = Array.from({ length: 1 + rng.int(29) }, () => rng.int(NUM_TOKENS + 20) - 5);
      const problem = readNodes(tokens, tokens.length, nodes);
      const score = () => evaluatorOnce.logProb(tokens, encodeStrings(["a"]), 0, 1);
      const end = tokens.indexOf(NUM_TOKENS - 1);
      if (end >= 0) continue;
      if (problem) expect(score).toThrow(RangeError);
      else expect(score()).toBeLessThanOrEqual(0);
    }
  });
});

const evaluatorOnce = createEvaluator();

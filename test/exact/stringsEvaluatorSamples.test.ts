// Strings that the evaluator draws: each as often as its probability says, none too long, the same for the same seed.

import { describe, expect, it } from "vitest";
import { PHI_LAYOUT } from "../../src/domains/strings/evaluator";
import { parseTokens } from "../../src/domains/strings/parse";
import { printProgram } from "../../src/domains/strings/print";
import { createEvaluator } from "../../src/domains/strings/scoring/createEvaluator";
import { encodeStrings } from "../../src/domains/strings/scoring/encode";
import { initialLogits } from "../../src/domains/strings/scoring/numbers";
import { FIRST_CLASS } from "../../src/domains/strings/tokens";
import { Rng } from "../../src/engine/rng/rng";
import { maskedProgram } from "../helpers/stringPrograms";
import { allStrings } from "../helpers/stringVectors";

/** Literals a, b, 1, - and all six classes. */
const ATOMS = [65, 66, 17, 13, ...Array.from({ length: 6 }, (_, i) => FIRST_CLASS + i)];

/** Numbers that are nowhere symmetric: logits spread around the initial ones. */
function skewedLogits(seed: number, spread = 1): Float64Array {
  const rng = new Rng(seed);
  return initialLogits().map((logit) => logit + spread * rng.normal());
}

function tokensOf(text: string): Int32Array {
  const parsed = parseTokens(text);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.tokens;
}

function logProbOf(evaluator: ReturnType<typeof createEvaluator>, program: Int32Array, text: string): number {
  return evaluator.logProb(program, encodeStrings([text]), 0, 1);
}

describe("samples", () => {
  it("come with their probabilities", () => {
    const evaluator = createEvaluator(skewedLogits(21, 0.5));
    const program = tokensOf("(a|b?)+c|\\d");
    const rng = new Rng(21);
    const draws = 20_000;
    const counts = new Map<string, number>();
    for (let i = 0; i < draws; i++) {
      const { text } = evaluator.sample(program, rng);
      counts.set(text, (counts.get(text) ?? 0) + 1);
    }
    const frequent = [...counts].filter(([, count]) => count > 100);
    expect(frequent.length).toBeGreaterThan(10);
    for (const [text, count] of frequent) {
      const p = Math.exp(logProbOf(evaluator, program, text));
      // Four standard errors for each of about twenty strings.
      expect(Math.abs(count / draws - p), text).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / draws));
    }
  });

  it("keep their proportions where almost every string is too long", () => {
    const logits = initialLogits();
    logits[PHI_LAYOUT.starStop] = -7;
    const evaluator = createEvaluator(logits);
    const program = tokensOf("a*b*c*");
    const rng = new Rng(22);
    const draws = 4000;
    let redrawn = 0;
    const counts = new Map<string, number>();
    for (let i = 0; i < draws; i++) {
      const { text, redraws } = evaluator.sample(program, rng, 3);
      redrawn += redraws;
      counts.set(text, (counts.get(text) ?? 0) + 1);
    }
    expect(redrawn).toBeGreaterThan(19 * draws);
    const all = allStrings(["a", "b", "c"], 3).map((text) => ({
      text,
      p: Math.exp(logProbOf(evaluator, program, text)),
    }));
    const total = all.reduce((sum, { p }) => sum + p, 0);
    for (const { text, p } of all) {
      const share = p / total;
      const count = counts.get(text) ?? 0;
      // Four standard errors, and exactly none of what is impossible.
      expect(Math.abs(count / draws - share), text).toBeLessThanOrEqual(4 * Math.sqrt((share * (1 - share)) / draws));
    }
  });

  it("are possible, at most 40 symbols long, and the same for the same seed", () => {
    const evaluator = createEvaluator(skewedLogits(23, 2));
    const rng = new Rng(23);
    for (let i = 0; i < 300; i++) {
      const program = maskedProgram(rng, ATOMS);
      const { text } = evaluator.sample(program, new Rng(i));
      expect(evaluator.sample(program, new Rng(i)).text).toBe(text);
      expect([...text].length).toBeLessThanOrEqual(40);
      expect(logProbOf(evaluator, program, text), `${printProgram(program)} makes ${text}`).toBeGreaterThan(
        Number.NEGATIVE_INFINITY,
      );
    }
  });
});

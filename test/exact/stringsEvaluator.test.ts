// The evaluator against what it claims: the same sums by the definition of the language, totals over enumerated
// strings, derivatives by finite differences, best derivations, and samples with the stated probabilities.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { recursiveLogProb } from "../../bench/stringsRecursive";
import { PHI_LAYOUT } from "../../src/domains/strings/evaluator";
import { parseTokens } from "../../src/domains/strings/parse";
import { mergeEquivalent } from "../../src/domains/strings/program";
import { createEvaluator } from "../../src/domains/strings/scoring/createEvaluator";
import { encodeStrings } from "../../src/domains/strings/scoring/encode";
import { initialLogits, numbersOf } from "../../src/domains/strings/scoring/numbers";
import { type SyntaxTree, syntaxTree } from "../../src/domains/strings/syntaxTree";
import { FIRST_CLASS } from "../../src/domains/strings/tokens";
import { Rng } from "../../src/engine/rng/rng";
import { programs } from "../helpers/stringPrograms";
import { allStrings } from "../helpers/stringVectors";

const A = 65;
const B = 66;
const ONE = 17;
const DASH = 13;
/** Literals a, b, 1, - and all six classes. */
const ATOMS = [A, B, ONE, DASH, ...Array.from({ length: 6 }, (_, i) => FIRST_CLASS + i)];
const IMPOSSIBLE = Number.NEGATIVE_INFINITY;

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

/** Strings of the program, and the same with one character changed, dropped or doubled. */
function stringsNear(evaluator: ReturnType<typeof createEvaluator>, program: Int32Array, seed: number): string[] {
  const rng = new Rng(seed);
  const made = Array.from({ length: 3 }, () => evaluator.sample(program, rng, 12).text);
  const changed = made.map((text) => {
    const at = rng.int(text.length + 1);
    const middle = ["", "b", "1-", "é"][rng.int(4)]!;
    return text.slice(0, at) + middle + text.slice(at + 1);
  });
  return [...made, ...changed, ""];
}

function logProbOf(evaluator: ReturnType<typeof createEvaluator>, program: Int32Array, text: string): number {
  return evaluator.logProb(program, encodeStrings([text]), 0, 1);
}

function loopDepth(tree: SyntaxTree): number {
  if (tree.kind === "literal" || tree.kind === "class") return 0;
  if (tree.kind === "sequence") return Math.max(...tree.parts.map(loopDepth));
  if (tree.kind === "choice") return Math.max(loopDepth(tree.left), loopDepth(tree.right));
  return loopDepth(tree.part) + (tree.kind === "optional" ? 0 : 1);
}

describe("scores", () => {
  it("are the sum that the definition of the language gives, for any program and string", () => {
    const logits = skewedLogits(1);
    const evaluator = createEvaluator(logits);
    const numbers = numbersOf(logits);
    fc.assert(
      fc.property(programs(ATOMS), fc.integer(), (program, seed) => {
        const tree = syntaxTree(program);
        // The definition goes through every round of every loop, which takes long for loops in loops in loops.
        fc.pre(loopDepth(tree) <= 2);
        for (const text of stringsNear(evaluator, program, seed)) {
          const expected = recursiveLogProb(tree, numbers, [...text]);
          const value = logProbOf(evaluator, program, text);
          if (expected === IMPOSSIBLE) expect(value).toBe(IMPOSSIBLE);
          else expect(Math.abs(value - expected)).toBeLessThan(1e-9 * Math.max(1, Math.abs(expected)));
        }
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it("sum to one over all strings, as far as enumeration and the length left say", () => {
    const evaluator = createEvaluator(skewedLogits(2));
    const strings = allStrings(["a", "b"], 7);
    const encoded = encodeStrings(strings);
    fc.assert(
      fc.property(programs([A, B]), (program) => {
        let total = 0;
        for (const i of strings.keys()) total += Math.exp(evaluator.logProb(program, encoded, i, i + 1));
        const { topology, weights } = evaluator.compile(program);
        let reach = weights.first.slice();
        for (let length = 1; length <= 7; length++) {
          const next = new Float64Array(topology.numAtoms);
          for (let j = 0; j < topology.numAtoms; j++)
            for (let edge = topology.start[j]!; edge < topology.start[j + 1]!; edge++)
              next[j]! += reach[topology.source[edge]!]! * weights.follow[edge]!;
          reach = next;
        }
        const longer = reach.reduce((sum, value) => sum + value, 0);
        expect(total + longer).toBeCloseTo(1, 10);
      }),
      { seed: 2, numRuns: 150 },
    );
  });

  it("do not change when brackets that change nothing are dropped", () => {
    const evaluator = createEvaluator(skewedLogits(3));
    fc.assert(
      fc.property(programs(ATOMS), fc.integer(), (program, seed) => {
        const merged = mergeEquivalent(program);
        expect(mergeEquivalent(merged)).toEqual(merged);
        for (const text of stringsNear(evaluator, program, seed)) {
          const expected = logProbOf(evaluator, program, text);
          const value = logProbOf(evaluator, merged, text);
          if (expected === IMPOSSIBLE) expect(value).toBe(IMPOSSIBLE);
          else expect(value).toBeCloseTo(expected, 9);
        }
      }),
      { seed: 3, numRuns: 200 },
    );
  });

  it("hold for strings of ten thousand characters, however unequal their derivations", () => {
    const evaluator = createEvaluator();
    const long = "a".repeat(10_000);
    // Every a costs one half; the last one stops.
    expect(logProbOf(evaluator, tokensOf("a+"), long)).toBeCloseTo(10_000 * Math.log(0.5), 6);
    // Of a*b nothing is left, of .*c one derivation: each symbol 1/96 and one half, then stop.
    const dots = logProbOf(evaluator, tokensOf("a*b|.*c"), `${long}c`);
    expect(dots).toBeCloseTo(Math.log(0.5) + 10_000 * Math.log(0.5 / 96) + Math.log(0.5), 5);
    expect(logProbOf(evaluator, tokensOf("a*b|.*c"), `${long}d`)).toBe(IMPOSSIBLE);
  });

  it("add up over the strings of a concept, and one impossible string makes it impossible", () => {
    const evaluator = createEvaluator();
    const strings = encodeStrings(["1", "22", "", "x"]);
    const program = tokensOf("\\d*");
    const each = [0, 1, 2].map((i) => evaluator.logProb(program, strings, i, i + 1));
    expect(evaluator.logProb(program, strings, 0, 3)).toBeCloseTo(each[0]! + each[1]! + each[2]!, 12);
    expect(evaluator.logProb(program, strings, 0, 4)).toBe(IMPOSSIBLE);
    expect(evaluator.logProb(program, strings, 2, 2)).toBe(0);
  });

  it("follow new logits, keep the four chances within their bounds, and survive a cache that overflows", () => {
    const evaluator = createEvaluator();
    const program = tokensOf("a?");
    expect(logProbOf(evaluator, program, "a")).toBeCloseTo(Math.log(0.5), 12);
    const logits = initialLogits();
    logits[PHI_LAYOUT.optKeep] = 100;
    evaluator.setLogits(logits);
    const keep = 1 / (1 + Math.exp(-9.2));
    expect(logProbOf(evaluator, program, "a")).toBeCloseTo(Math.log(keep), 12);
    const rng = new Rng(5);
    for (let i = 0; i < 40_000; i++)
      evaluator.logProb([rng.int(96), rng.int(96), rng.int(96), 108], encodeStrings([]), 0, 0);
    expect(logProbOf(evaluator, program, "")).toBeCloseTo(Math.log(1 - keep), 9);
  });
});

describe("gradients", () => {
  it("are the derivatives by the logits, epsilon loops included", () => {
    const logits = skewedLogits(7, 0.7);
    const evaluator = createEvaluator(logits);
    const shifted = createEvaluator(logits);
    const step = 1e-5;
    let checked = 0;
    fc.assert(
      fc.property(programs(ATOMS), fc.integer(), (program, seed) => {
        const texts = stringsNear(evaluator, program, seed);
        const strings = encodeStrings(texts);
        const possible = texts.findIndex((_, i) => evaluator.logProb(program, strings, i, i + 1) > -200);
        if (possible < 0) return;
        const gradient = new Float64Array(PHI_LAYOUT.size);
        const total = evaluator.addGradient(program, strings, possible, possible + 1, 2, gradient);
        expect(total).toBeCloseTo(evaluator.logProb(program, strings, possible, possible + 1), 9);
        for (const index of [0, 1, 2, 3, ...indicesFrom(seed)]) {
          const sides = [step, -step].map((by) => {
            const moved = logits.slice();
            moved[index]! += by;
            shifted.setLogits(moved);
            return shifted.logProb(program, strings, possible, possible + 1);
          });
          const slope = (2 * (sides[0]! - sides[1]!)) / (2 * step);
          expect(Math.abs(gradient[index]! - slope)).toBeLessThan(1e-4 * Math.max(1, Math.abs(slope)));
          if (Math.abs(slope) > 1e-3) checked += 1;
        }
      }),
      { seed: 7, numRuns: 300 },
    );
    expect(checked).toBeGreaterThan(300);
  });

  it("add up over several strings and leave an impossible concept alone", () => {
    const evaluator = createEvaluator(skewedLogits(8));
    const program = tokensOf("((\\d?)+-?)*\\w?");
    const strings = encodeStrings(["12-", "", "3-4x", "!"]);
    const together = new Float64Array(PHI_LAYOUT.size);
    const apart = new Float64Array(PHI_LAYOUT.size);
    evaluator.addGradient(program, strings, 0, 3, -1.5, together);
    for (let i = 0; i < 3; i++) evaluator.addGradient(program, strings, i, i + 1, -1.5, apart);
    for (const [i, value] of together.entries()) expect(value).toBeCloseTo(apart[i]!, 10);
    expect(together.some((value) => value !== 0)).toBe(true);
    const untouched = new Float64Array(PHI_LAYOUT.size);
    expect(evaluator.addGradient(program, strings, 2, 4, 1, untouched)).toBe(IMPOSSIBLE);
    expect(untouched.every((value) => value === 0)).toBe(true);
  });
});

/** Six logits of tables and mixtures. */
function indicesFrom(seed: number): number[] {
  const rng = new Rng(seed);
  return Array.from({ length: 6 }, () => 4 + rng.int(PHI_LAYOUT.size - 4));
}

describe("best derivations", () => {
  it("are never more probable than the sum, and give every character to an atom that can emit it", () => {
    const logits = skewedLogits(11);
    const evaluator = createEvaluator(logits);
    fc.assert(
      fc.property(programs(ATOMS), fc.integer(), (program, seed) => {
        const texts = stringsNear(evaluator, program, seed);
        const strings = encodeStrings(texts);
        const { topology } = evaluator.compile(program);
        const { tables } = numbersOf(logits);
        for (const [i, text] of texts.entries()) {
          const total = evaluator.logProb(program, strings, i, i + 1);
          const derivation = evaluator.derive(program, strings, i);
          expect(derivation === null).toBe(total === IMPOSSIBLE);
          if (!derivation) continue;
          expect(derivation.logProb).toBeLessThanOrEqual(total + 1e-9);
          expect(derivation.atoms.length).toBe([...text].length);
          for (const [t, atom] of derivation.atoms.entries()) {
            const symbol = strings.symbols[strings.offsets[i]! + t]!;
            const emit = topology.emit[atom]!;
            expect(emit === symbol || (emit < 0 && tables[~emit * 97 + symbol]! > 0)).toBe(true);
          }
        }
      }),
      { seed: 11, numRuns: 200 },
    );
  });

  it("are the whole sum where a string has one derivation only", () => {
    const evaluator = createEvaluator(skewedLogits(12));
    for (const [text, x] of [
      ["\\$(\\d,)?\\d+", "$4,050"],
      ["\\u(,\\u)*", "A,B,J,U"],
      ["img\\d\\d\\.(png|jpg)", "img42.jpg"],
    ] as const) {
      const derivation = evaluator.derive(tokensOf(text), encodeStrings([x]), 0);
      expect(derivation?.logProb).toBeCloseTo(logProbOf(evaluator, tokensOf(text), x), 10);
    }
  });
});

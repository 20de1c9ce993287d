// Inference for strings with the shipped model, in rounds, so that it repeats: the paper's examples (bar: at most 12
// nats below the reference on the strings shown, uniform evaluator), the five columns of figure 1 at once, many columns.

import { describe, expect, it } from "vitest";
import { measurePaper, openConcepts, PAPER_BAR } from "../../bench/stringsBars";
import { makeConcepts } from "../../src/domains/strings/data/generate";
import { strings } from "../../src/domains/strings/index";
import { PAPER_EXAMPLES } from "../../src/domains/strings/paperExamples";
import { parseProgram } from "../../src/domains/strings/parse";
import { printProgram } from "../../src/domains/strings/print";
import { createEvaluator } from "../../src/domains/strings/scoring/createEvaluator";
import { encodeStrings } from "../../src/domains/strings/scoring/encode";

const MODEL = (strings.models!.find(({ isStart }) => !isStart) ?? strings.models![0]!).name;
const FIXTURE = "test/fixtures/reference/strings.json";
const ROUNDS = 6;

/** log p of all strings under a program text, uniform classes and fair operators, nats. */
function uniformScore(text: string, all: readonly string[]): number {
  const parsed = parseProgram(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.message}`);
  return createEvaluator().logProb(parsed.program, encodeStrings(all), 0, all.length);
}

describe("the paper's examples", () => {
  it("are found by the search, as good as in print but for twelve nats", async () => {
    const found = await measurePaper(MODEL, FIXTURE, { seconds: 60, rounds: ROUNDS });
    expect(found.length).toBeGreaterThanOrEqual(12);
    for (const { name, references, ours, strings: given } of found) {
      const reference = references[0]!.logLikelihood!;
      expect(ours?.logLikelihood, name).toBeGreaterThan(reference - PAPER_BAR);
      // What the help page shows is what this search gives.
      const shown = PAPER_EXAMPLES.find((example) => example.name === name);
      expect(shown?.strings, name).toEqual(given);
      expect(shown?.ours.logLikelihood, name).toBeGreaterThan(reference - PAPER_BAR);
      expect(Math.abs(shown!.ours.logLikelihood - ours!.logLikelihood), name).toBeLessThan(PAPER_BAR);
    }
  }, 120_000);

  it("are told on the help page with the likelihoods that the evaluator gives", () => {
    for (const { strings: given, references, ours } of PAPER_EXAMPLES) {
      for (const { program, logLikelihood } of [...references, ours]) {
        const score = uniformScore(program, given);
        if (logLikelihood === null) expect(score).toBe(Number.NEGATIVE_INFINITY);
        else expect(score).toBeCloseTo(logLikelihood, 8);
      }
    }
  });
});

describe("columns at once", () => {
  it("of figure 1 reach the bar in three rounds", async () => {
    const examples = PAPER_EXAMPLES.slice(0, 5);
    const lab = await openConcepts(
      MODEL,
      examples.map(({ name, strings: given }) => ({ name, strings: given, heldOut: [] })),
    );
    const { inferences } = await lab.searchAll({ seconds: 60, rounds: 3 });
    for (const [i, { name, strings: given, references }] of examples.entries()) {
      const best = Math.max(
        ...inferences[i]!.programs.map(({ program }) => uniformScore(printProgram(program), given)),
      );
      expect(best, name).toBeGreaterThan(references[0]!.logLikelihood! - PAPER_BAR);
    }
    lab.dispose();
  }, 60_000);

  it("have a program each after the first round, twenty of them, which takes less than 3 s of one core", async () => {
    const lab = await openConcepts(MODEL, makeConcepts(91, 20));
    await lab.searchAll({ seconds: 60, rounds: 1 });
    const before = process.cpuUsage();
    const { inferences } = await lab.searchAll({ seconds: 60, rounds: 1 });
    const { user, system } = process.cpuUsage(before);
    expect(inferences.every(({ programs }) => programs.length > 0)).toBe(true);
    expect((user + system) / 1e6).toBeLessThan(3);
    lab.dispose();
  }, 60_000);
});

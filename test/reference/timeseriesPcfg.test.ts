// Section pcfg of timeseries.json: string probabilities (sums over derivations) and length probabilities exactly, draws
// against them within 4 standard errors, the entropy within 4 of its own.

import { describe, expect, it } from "vitest";
import {
  drawProgram,
  LENGTHS,
  logProbabilityGivenLength,
  logStringProbability,
} from "../../src/domains/timeseries/pcfg";
import { printProgram } from "../../src/domains/timeseries/print";
import { lengthOf } from "../../src/domains/timeseries/program";
import { Rng } from "../../src/engine/rng/rng";
import { packed, timeseriesFile } from "../helpers/timeseriesVectors";

const file = timeseriesFile.pcfg ?? {};
const DRAWS = 40_000;

describe("probabilities", () => {
  it.each(Object.entries(file.string_probability ?? {}))("of %s", (text, probability) => {
    const ours = Math.exp(logStringProbability(packed(text)));
    expect(Math.abs(ours - probability)).toBeLessThan(1e-12);
  });

  it("of lengths, and their mean", () => {
    for (const [i, probability] of (file.length_probability_1_to_10 ?? []).entries()) {
      expect(LENGTHS[i + 1]).toBeCloseTo(probability, 12);
    }
    const kept = LENGTHS.reduce((sum, p) => sum + p, 0);
    if (file.probability_length_at_most_10 !== undefined)
      expect(kept).toBeCloseTo(file.probability_length_at_most_10, 12);
    const mean = LENGTHS.reduce((sum, p, length) => sum + p * length, 0) / kept;
    if (file.mean_length_given_at_most_10 !== undefined) expect(mean).toBeCloseTo(file.mean_length_given_at_most_10, 9);
  });

  it("is none for strings that the grammar cannot make", () => {
    for (const text of ["", "W+", "()", "12"])
      expect(logStringProbability(packed(text))).toBe(Number.NEGATIVE_INFINITY);
    expect(logProbabilityGivenLength(packed("W"), 3)).toBe(Number.NEGATIVE_INFINITY);
  });
});

describe.each([1, 3])("%i or more symbols: 40 000 draws", (leastSymbols) => {
  const rng = new Rng(11).fork(leastSymbols);
  const draws = Array.from({ length: DRAWS }, () => drawProgram(rng, leastSymbols));
  const kept = LENGTHS.map((p, length) => (length >= leastSymbols ? p : 0));
  const total = kept.reduce((sum, p) => sum + p, 0);

  it("have the lengths of the table", () => {
    for (const [length, p] of kept.entries()) {
      const share = draws.filter((program) => lengthOf(program) === length).length / DRAWS;
      const standardError = Math.sqrt(((p / total) * (1 - p / total)) / DRAWS);
      expect(Math.abs(share - p / total), `length ${length}`).toBeLessThanOrEqual(4 * standardError);
    }
  });

  it("are strings as often as their probability says", () => {
    const counts = new Map<string, { count: number; log: number }>();
    for (const program of draws) {
      const text = printProgram(program);
      const known = counts.get(text) ?? { count: 0, log: logProbabilityGivenLength(program, leastSymbols) };
      counts.set(text, { ...known, count: known.count + 1 });
    }
    const often = [...counts.values()].filter(({ count }) => count >= 100);
    expect(often.length).toBeGreaterThan(20);
    for (const { count, log } of often) {
      const p = Math.exp(log);
      expect(Math.abs(count / DRAWS - p)).toBeLessThan(4.5 * Math.sqrt((p * (1 - p)) / DRAWS));
    }
  });

  it("have the stated entropy", () => {
    const stated = file.entropy_nats_given_at_most_10;
    if (leastSymbols > 1 || !stated) return;
    const logs = draws.map((program) => -logProbabilityGivenLength(program));
    const mean = logs.reduce((sum, log) => sum + log, 0) / DRAWS;
    const variance = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / DRAWS;
    const error = Math.sqrt(stated.monte_carlo_se ** 2 + variance / DRAWS);
    expect(Math.abs(mean - stated.value)).toBeLessThan(4 * error);
  });
});

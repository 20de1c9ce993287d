// Evaluation and inference against enumeration on the tiny domain.

import { describe, expect, it } from "vitest";
import { logSumExp } from "../../src/engine/dists/logs";
import { defaultsOf, type OptionValues } from "../../src/engine/options";
import { Rng } from "../../src/engine/rng/rng";
import { estimateLogPx, logPxMetrics, meanEstimate } from "../../src/engine/run/evaluation";
import { infer } from "../../src/engine/run/inference";
import type { RunOptions } from "../../src/engine/run/options";
import { buildTiny, tiny } from "../helpers/tinyDomain";
import { NUM_PROGRAMS, NUM_SYMBOLS } from "../helpers/tinyModel";

const instanceOf = (exact: boolean) => {
  // The cast: the tiny domain's table contains the common options.
  const options = { ...defaultsOf(tiny.options), exact } as OptionValues as RunOptions;
  return buildTiny({ options, rng: new Rng(7), userData: null });
};
const instance = instanceOf(false);
const everySymbol = { observations: instance.heldOut, ids: Int32Array.from({ length: NUM_SYMBOLS }, (_, x) => x) };

describe("the importance sampling estimate of log p(x)", () => {
  it.each([100, 1000, 20000])("agrees with enumeration within 4 standard errors, S = %i", async (samples) => {
    const estimate = await estimateLogPx(instance, everySymbol, { samples, rng: new Rng(3), rows: 3, particles: 64 });
    for (let x = 0; x < NUM_SYMBOLS; x++) {
      const error = Math.abs(estimate.logPx[x]! - instance.model.logPxOf(x));
      expect(error).toBeLessThan(4 * estimate.stderr[x]!);
      expect(estimate.ess[x]).toBeGreaterThan(1);
      expect(estimate.ess[x]).toBeLessThanOrEqual(samples);
    }
  });

  it("has a standard error that matches its spread over seeds", async () => {
    const samples = 400;
    const spread: number[] = [];
    let claimed = 0;
    for (let seed = 0; seed < 200; seed++) {
      const estimate = await estimateLogPx(instance, everySymbol, { samples, rng: new Rng(seed) });
      spread.push(estimate.logPx[0]!);
      claimed += estimate.stderr[0]! / 200;
    }
    const mean = spread.reduce((sum, value) => sum + value, 0) / spread.length;
    const measured = Math.sqrt(spread.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (spread.length - 1));
    // The standard deviation of 200 values is known to about 5 %: three times that.
    expect(Math.abs(measured / claimed - 1)).toBeLessThan(0.15);
  });

  it("is exact where the domain enumerates", async () => {
    const exact = instanceOf(true);
    const estimate = await estimateLogPx(exact, everySymbol, { samples: 5, rng: new Rng(1) });
    expect(estimate.isExact).toBe(true);
    expect([...estimate.logPx]).toEqual([0, 1, 2, 3].map((x) => exact.model.logPxOf(x)));
    expect(Object.keys(await logPxMetrics(exact, 5, new Rng(1)))).toEqual(["logPx"]);
  });

  it("averages over observations, with the error of the mean", async () => {
    const estimate = await estimateLogPx(instance, everySymbol, { samples: 50, rng: new Rng(2) });
    const mean = meanEstimate(estimate);
    expect(mean.logPx).toBeCloseTo(estimate.logPx.reduce((sum, value) => sum + value, 0) / NUM_SYMBOLS, 12);
    const variance = estimate.stderr.reduce((sum, value) => sum + value * value, 0);
    expect(mean.stderr).toBeCloseTo(Math.sqrt(variance) / NUM_SYMBOLS, 12);
  });

  it("has an effective sample size of S when q is the posterior", async () => {
    const perfect = instanceOf(false);
    for (let x = 0; x < NUM_SYMBOLS; x++) {
      for (let z = 0; z < NUM_PROGRAMS; z++) {
        perfect.model.recognition.values[x * NUM_PROGRAMS + z] = perfect.model.logJointOf(z, x);
      }
    }
    const estimate = await estimateLogPx(perfect, everySymbol, { samples: 64, rng: new Rng(2) });
    for (let x = 0; x < NUM_SYMBOLS; x++) {
      expect(estimate.ess[x]).toBeCloseTo(64, 8);
      expect(estimate.stderr[x]).toBeLessThan(1e-6);
      expect(estimate.logPx[x]).toBeCloseTo(perfect.model.logPxOf(x), 10);
    }
  });
});

describe("inference", () => {
  const search = { seconds: 0, memorySize: 10, proposals: 20, observations: instance.heldOut };

  it("finds every program of a small posterior, with its exact weights", async () => {
    const { inferences } = await infer(instance, [0, 1, 2, 3], { ...search, seconds: 60, rounds: 60, rng: new Rng(4) });
    for (const { row, programs, draws } of inferences) {
      expect(draws).toBe(60 * 25);
      expect(programs).toHaveLength(NUM_PROGRAMS);
      expect(programs.reduce((sum, found) => sum + found.samples, 0)).toBe(draws);
      expect(programs.reduce((sum, found) => sum + found.weight, 0)).toBeCloseTo(1, 12);
      const logJoint = programs.map((found) => found.logJoint);
      expect(logSumExp(logJoint)).toBeCloseTo(instance.model.logPxOf(row), 10);
      expect([...logJoint].sort((a, b) => b - a)).toEqual(logJoint);
    }
  });

  it("keeps only the best when there is room for few", async () => {
    const request = { ...search, memorySize: 2, seconds: 60, rounds: 60, rng: new Rng(4) };
    const { inferences } = await infer(instance, [1], request);
    const all = Array.from({ length: NUM_PROGRAMS }, (_, z) => instance.model.logJointOf(z, 1)).sort((a, b) => b - a);
    expect(inferences[0]?.programs.map((found) => found.logJoint)).toEqual(all.slice(0, 2));
  });

  it("gives a first result after one round, and stops when told", async () => {
    const stop = new AbortController();
    const told: number[] = [];
    const onProgress = ({ rounds }: { rounds: number }) => {
      told.push(rounds);
      stop.abort();
    };
    const request = { ...search, seconds: 60, rng: new Rng(1), onProgress, signal: stop.signal };
    const result = await infer(instance, [0], request);
    expect(told[0]).toBe(1);
    expect(result.seconds).toBeLessThan(5);
    expect(result.inferences[0]?.programs.length).toBeGreaterThan(0);
  });
});

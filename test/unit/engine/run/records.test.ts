// Records, stop rules and the memory estimate: pure functions of what a run has done.

import { describe, expect, it } from "vitest";
import { estimateRunBytes, requireFits } from "../../../../src/engine/run/memoryLimit";
import { Recorder, recordEvery } from "../../../../src/engine/run/recorder";
import { BoundWatch, formatCount, stopReason } from "../../../../src/engine/run/stopRules";

const info = (elbo: number, phiLoss = 3) => ({
  elbo,
  ess: 2,
  accepted: 1,
  novel: 1,
  newBest: 0,
  evaluations: 10,
  degenerate: 0,
  impossible: 0,
  phiLoss,
});

describe("records", () => {
  it.each([
    [1000, 216],
    [5000, 1016],
    [20_000, 1766],
    [1_000_000, 3466],
  ])("of %i steps are %i", (steps, expected) => {
    let count = 0;
    for (let step = 1; step <= steps; step++) if (step % recordEvery(step) === 0) count++;
    expect(count).toBe(expected);
  });

  it("average the infos since the record before", () => {
    const recorder = new Recorder();
    for (const elbo of [-4, -2, -3]) recorder.add(info(elbo));
    recorder.append(3, 10, 30, { sigma: 0.5 });
    recorder.add(info(-1));
    recorder.append(4, 12, 40, {});
    expect(recorder.history.map((record) => record.metrics.elbo)).toEqual([-3, -1]);
    expect(recorder.history[0]).toMatchObject({
      step: 3,
      wallMs: 10,
      evaluations: 30,
      metrics: { sigma: 0.5, ess: 2 },
    });
  });

  it("leave out the recognition loss of algorithms that have none", () => {
    const recorder = new Recorder();
    recorder.add(info(-4, Number.NaN));
    recorder.append(1, 10, 10, {});
    recorder.add(info(-4, 2));
    recorder.append(2, 10, 10, {});
    expect(recorder.history.map((record) => record.metrics.phiLoss)).toEqual([undefined, 2]);
  });

  it("of one step are one record", () => {
    const recorder = new Recorder();
    recorder.add(info(-4));
    recorder.append(1, 10, 10, { sigma: 0.5 });
    recorder.append(1, 10, 10, { nll: 3 });
    expect(recorder.history).toEqual([
      expect.objectContaining({ metrics: expect.objectContaining({ elbo: -4, sigma: 0.5, nll: 3 }) }),
    ]);
  });
});

describe("stop rules", () => {
  const options = { iterations: 1500, seconds: 0, patience: 0 };
  const at = { step: 1500, wallMs: 2500, bound: new BoundWatch() };

  it("say in words why a run ended", () => {
    expect(stopReason(options, { ...at, step: 1499 })).toBeNull();
    expect(stopReason(options, at)).toEqual({ rule: "iterations", sentence: "reached 1\u2009500 steps" });
    const inTime = { ...at, step: 700 };
    const timed = stopReason({ ...options, seconds: 2.5 }, inTime);
    expect(timed).toEqual({ rule: "seconds", sentence: "trained for 2.5 s, the time limit, at step 700" });
    expect(stopReason({ ...options, seconds: 2.6 }, inTime)).toBeNull();
  });

  it("wait for the epoch's mean to improve, not for a lucky batch", () => {
    const bound = new BoundWatch();
    const elbos = [-10, -2, -6, -7, -1, -9]; // epochs of two: -6, -6.5, -5
    for (const [i, elbo] of elbos.entries()) bound.add(i + 1, elbo, i % 2 === 1);
    expect(bound.stepsSinceBest(6)).toBe(0);
    for (let step = 7; step <= 12; step++) bound.add(step, -5, step % 2 === 0);
    expect(bound.stepsSinceBest(12)).toBe(6);
    const reason = stopReason({ ...options, patience: 6 }, { step: 12, wallMs: 0, bound });
    expect(reason).toEqual({ rule: "patience", sentence: "the bound has not improved for 6 steps" });
    bound.forgive(12);
    expect(stopReason({ ...options, patience: 6 }, { step: 12, wallMs: 0, bound })).toBeNull();
  });

  it("write large numbers with thin spaces", () => {
    expect([7, 999, 1000, 1230, 1234567].map(formatCount)).toEqual([
      "7",
      "999",
      "1\u2009000",
      "1\u2009230",
      "1\u2009234\u2009567",
    ]);
  });
});

describe("the memory estimate", () => {
  const sizes = {
    numObservations: 500,
    memorySize: 5,
    particles: 5,
    batchSize: 20,
    programLength: 32,
    numParameters: 150_000,
  };

  it("lets ordinary runs through", () => {
    expect(() => requireFits(sizes)).not.toThrow();
    expect(estimateRunBytes(sizes)).toBeLessThan(20e6);
  });

  it("refuses what does not fit and suggests what does", () => {
    const large = { ...sizes, numObservations: 20_000, memorySize: 500, particles: 500 };
    const refused = expect.objectContaining({
      code: "memory-limit",
      help: expect.stringMatching(/^Choose at most \d+ particles and \d+ remembered programs\.$/),
    });
    expect(() => requireFits(large)).toThrowError(refused);
    try {
      requireFits(large);
    } catch (error) {
      const { fields } = error as { fields: { particles: number; memory: number } };
      expect(() => requireFits({ ...large, particles: fields.particles, memorySize: fields.memory })).not.toThrow();
    }
  });

  it("says when no smaller choice of programs helps", () => {
    const message = expect.objectContaining({ help: "Choose a smaller data set." });
    expect(() => requireFits({ ...sizes, numObservations: 1e9 })).toThrowError(message);
  });
});

// The model against enumeration and finite differences: q sums to 1, scores equal the table, gradients are derivatives.

import { beforeEach, describe, expect, it } from "vitest";
import { type ClustersModel, plainClustersModel } from "../../src/domains/clusters/clustersModel";
import { generateData } from "../../src/domains/clusters/data";
import { enumeration } from "../../src/domains/clusters/enumeration";
import { exactAnswer } from "../../src/domains/clusters/exact";
import type { PlainPassNetwork } from "../../src/domains/clusters/passNetwork";
import type { PointSets } from "../../src/domains/clusters/pointSets";
import { NUM_WEIGHTS, OFFSET } from "../../src/domains/clusters/recognition";
import type { Batch, Programs, Term } from "../../src/engine/model";
import { Rng } from "../../src/engine/rng/rng";

const NUM_PARTICLES = 3;
let model: ClustersModel<PlainPassNetwork>;
let batch: Batch<PointSets>;
let programs: Programs;

beforeEach(async () => {
  model = plainClustersModel(new Rng(5));
  model.theta.values.set([0.6, 0.1, -0.2, 0.4]);
  for (let i = 0; i < NUM_WEIGHTS; i++) model.network.values[i] = 3 * model.network.values[i]!;
  batch = { observations: generateData(6, 1).train, ids: Int32Array.of(4, 0, 5, 2) };
  ({ programs } = await model.propose(batch, NUM_PARTICLES, new Rng(2)));
});

const everyProgram = (batchSize: number): Programs => {
  const { programs: all, count } = enumeration();
  const values = Int32Array.from({ length: count * batchSize }, (_, i) => all[Math.floor(i / batchSize)]!);
  return { values, numParticles: count, batchSize, length: 1 };
};

/** Coefficients of both signs, one of them 0. */
const coefficients = () => Float64Array.from({ length: NUM_PARTICLES * 4 }, (_, i) => (i % 5 === 3 ? 0 : i - 4));

describe("recognition", () => {
  it("is a distribution over the 877 clusterings", async () => {
    const logQ = await model.logQ(batch, everyProgram(4));
    for (let b = 0; b < 4; b++) {
      let sum = 0;
      for (let i = b; i < logQ.length; i += 4) sum += Math.exp(logQ[i]!);
      expect(sum).toBeCloseTo(1, 10);
    }
  });

  it("proposes with the log q that it scores", async () => {
    const proposals = await model.propose(batch, 7, new Rng(3));
    expect(await model.logQ(batch, proposals.programs)).toEqual(proposals.logQ);
  });

  it("notices that phi has moved, however it was changed", async () => {
    const before = await model.logQ(batch, programs);
    model.network.values[OFFSET.bias2 + 1]! += 0.5;
    expect(await model.logQ(batch, programs)).not.toEqual(before);
    model.network.values[OFFSET.bias2 + 1]! -= 0.5;
    expect(await model.logQ(batch, programs)).toEqual(before);
  });

  it("keeps finite logs for extreme logits", async () => {
    for (let i = 0; i < NUM_WEIGHTS; i++) model.network.values[i] = 1e4 * model.network.values[i]!;
    const proposals = await model.propose(batch, 20, new Rng(4));
    expect(proposals.logQ.every((value) => Number.isFinite(value) && value <= 0)).toBe(true);
    expect((await model.logQ(batch, everyProgram(4))).every(Number.isFinite)).toBe(true);
  });
});

describe("score", () => {
  it("equals the exact table, also after theta has moved", async () => {
    for (const scale of [1, 0.5]) {
      for (let i = 0; i < 4; i++) model.theta.values[i] = scale * model.theta.values[i]!;
      const all = everyProgram(4);
      const { logPrior, logLikelihood } = await model.score(batch, all);
      for (let b = 0; b < 4; b++) {
        const { logJoint } = exactAnswer(batch.observations, batch.ids[b]!, model.covariance());
        for (let i = 0; i < all.numParticles; i++) {
          const own = logPrior[i * 4 + b]! + logLikelihood[i * 4 + b]!;
          expect(Math.abs(own - logJoint[i]!)).toBeLessThan(1e-9 * Math.max(1, Math.abs(own)));
        }
      }
    }
  });

  it("is NaN for an integer that is no clustering, so that the run's guard stops", async () => {
    const wrong: Programs = { values: Int32Array.of(1, 1, 1, 1), numParticles: 1, batchSize: 4, length: 1 };
    const { logPrior } = await model.score(batch, wrong);
    expect(logPrior.every(Number.isNaN)).toBe(true);
  });

  it("refuses programs of another batch", async () => {
    const wrong: Programs = { values: new Int32Array(3), numParticles: 1, batchSize: 3, length: 1 };
    await expect(model.score(batch, wrong)).rejects.toThrow("programs: [K, 3, 1] (expected [K, 4, 1])");
  });
});

describe("accumulate", () => {
  const objective = async (target: "theta" | "phi") => {
    const term: Term<PointSets> = { target, batch, programs, coefficient: coefficients() };
    const value = (await model.accumulate([term]))[0]!;
    const block = target === "theta" ? model.theta : model.network;
    return { value, gradient: block.gradient.slice(), block };
  };

  it.each([
    ["theta", 4],
    ["phi", 40],
  ] as const)("adds minus the derivative of the returned value to %s's gradient", async (target, numChecked) => {
    for (const block of model.blocks) block.zeroGradient();
    const { gradient, block } = await objective(target);
    const scale = Math.max(...gradient.map(Math.abs));
    expect(scale).toBeGreaterThan(0.1);
    const other = target === "theta" ? model.network : model.theta;
    expect(other.gradient.every((g) => g === 0)).toBe(true);
    const rng = new Rng(11);
    for (let check = 0; check < numChecked; check++) {
      const i = target === "theta" ? check : rng.int(block.size);
      const held = block.values[i]!;
      const step = 1e-5;
      block.values[i] = held + step;
      const up = (await objective(target)).value;
      block.values[i] = held - step;
      const down = (await objective(target)).value;
      block.values[i] = held;
      expect(Math.abs((up - down) / (2 * step) + gradient[i]!)).toBeLessThan(1e-6 * scale);
    }
  });

  it("returns the weighted logs and skips coefficients of 0", async () => {
    const coefficient = coefficients();
    const { logPrior, logLikelihood } = await model.score(batch, programs);
    const logQ = await model.logQ(batch, programs);
    const mean = (logs: Float64Array) => logs.reduce((sum, log, i) => sum + (coefficient[i]! * log) / 4, 0);
    const logJoint = logPrior.map((value, i) => value + logLikelihood[i]!);
    expect((await objective("theta")).value).toBeCloseTo(mean(logJoint), 9);
    expect((await objective("phi")).value).toBeCloseTo(mean(logQ), 9);
    for (const block of model.blocks) block.zeroGradient();
    const wrong: Programs = { ...programs, values: new Int32Array(programs.values.length).fill(1) };
    const none = { batch, programs: wrong, coefficient: new Float64Array(coefficient.length) };
    const values = await model.accumulate([
      { ...none, target: "theta" },
      { ...none, target: "phi" },
    ]);
    expect(Array.from(values)).toEqual([0, 0]);
    for (const block of model.blocks) expect(await block.gradientSquared()).toBe(0);
  });
});

describe("first programs", () => {
  it.each([1, 5, 50, 500])("are %d distinct clusterings for each set, also for a peaked q", async (size) => {
    for (let i = 0; i < NUM_WEIGHTS; i++) model.network.values[i] = 50 * model.network.values[i]!;
    const first = await model.firstPrograms(batch, size, new Rng(6));
    expect(first.present.every((present) => present === 1)).toBe(true);
    for (let b = 0; b < 4; b++) {
      const members = Array.from({ length: size }, (_, m) => first.programs.values[m * 4 + b]!);
      expect(new Set(members).size).toBe(size);
      expect(members.every((program) => enumeration().indexOf(program) >= 0)).toBe(true);
    }
  });

  it("are all 877 where the memory is larger, the rest missing", async () => {
    const first = await model.firstPrograms(batch, 900, new Rng(6));
    expect(first.present.reduce((sum, present) => sum + present, 0)).toBe(4 * 877);
  });
});

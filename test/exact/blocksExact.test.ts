// A single tower of two types has 15 programs, and its places can be integrated on a grid: scores, evidence, log p(x) and
// theta's gradient against exact answers. Noise of 1 a channel, so that posteriors are wide enough to be sampled.

import { describe, expect, it } from "vitest";
import { rememberedParses } from "../../src/domains/blocks/parses";
import { logSumExp } from "../../src/engine/dists/logs";
import { createProgramMemory } from "../../src/engine/memory/createMemory";
import type { Programs, Term } from "../../src/engine/model";
import { PlainBlock } from "../../src/engine/optim/plainBlock";
import { Rng } from "../../src/engine/rng/rng";
import { estimateLogPx } from "../../src/engine/run/evaluation";
import { type BlocksRun, buildBlocks, everyTower, ONE_TOWER, sceneRows } from "../helpers/blocks";

const OPTIONS = { ...ONE_TOWER, noise: 1, shrink: 0.5, scenes: 12 };
/** Trapezoids of analytic functions that are 0 at both ends: the error falls faster than any power of the spacing. */
const POINTS = 9;
const REACH = 4;
const SPACING = (2 * REACH) / (POINTS - 1);

/** log of the integral of p(z_c | z_d) p(x | z) over z_c for one program of one scene, nats. */
async function integral({ model, instance }: BlocksRun, row: number, tower: Int32Array): Promise<number> {
  const blocks = tower.filter((place) => place > 0).length;
  const count = POINTS ** blocks;
  const programs: Programs = {
    values: Int32Array.from({ length: 3 * count }, (_, i) => tower[i % 3]!),
    continuous: Float64Array.from({ length: 3 * count }, (_, i) => {
      const digit = Math.floor(Math.floor(i / 3) / POINTS ** (i % 3)) % POINTS;
      return i % 3 < blocks ? digit * SPACING - REACH : 0;
    }),
    numParticles: count,
    batchSize: 1,
    length: 3,
  };
  const batch = { observations: instance.train, ids: Int32Array.of(row) };
  const { logPrior, logLikelihood, logPriorDiscrete } = await model.generative.score(batch, programs);
  const logs = logPrior.map((value, i) => value - logPriorDiscrete![i]! + logLikelihood[i]!);
  return logSumExp(logs) + blocks * Math.log(SPACING);
}

const towerOf = ({ values }: Programs, i: number) => values.slice(3 * i, 3 * i + 3);

/** log p(x) of a scene and log p(z_d, x) of each program. */
async function exactScores(run: BlocksRun, row: number) {
  const towers = everyTower(2);
  const prior = run.model.generative.logPriorDiscrete(towers);
  const logJoint: number[] = [];
  for (let i = 0; i < towers.numParticles; i++)
    logJoint.push(prior[i]! + (await integral(run, row, towerOf(towers, i))));
  return { towers, logJoint, logPx: logSumExp(logJoint) };
}

describe("a single tower of two types", () => {
  it("has priors that sum to 1", async () => {
    const { model } = await buildBlocks(OPTIONS, "wasm");
    const towers = everyTower(2);
    expect(towers.numParticles).toBe(15);
    expect(logSumExp(model.generative.logPriorDiscrete(towers))).toBeCloseTo(0, 12);
  });

  it("is proposed as often as log q says, and log q sums to 1", async () => {
    const run = await buildBlocks(OPTIONS, "wasm");
    const batch = sceneRows(run, 1);
    const towers = everyTower(2);
    const logQ = await run.model.logQ(batch, towers);
    expect(logSumExp(logQ)).toBeCloseTo(0, 9);
    const draws = 4000;
    const { programs, logQ: given } = await run.model.hybrid.proposeDiscrete(batch, draws, new Rng(3));
    const counts = new Map<string, number>();
    const known = new Map(Array.from(logQ, (log, i) => [towerOf(towers, i).join(), log]));
    for (let i = 0; i < draws; i++) {
      const key = towerOf(programs, i).join();
      expect(given[i]).toBeCloseTo(known.get(key)!, 9);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    for (const [key, log] of known) {
      const p = Math.exp(log);
      const error = Math.abs((counts.get(key) ?? 0) / draws - p);
      expect(error, key).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / draws)); // 4 standard errors
    }
  });

  it("has scores whose integral over the places is unbiased", async () => {
    const run = await buildBlocks(OPTIONS, "wasm");
    const ratios: number[] = [];
    const towers = everyTower(2);
    const small = Array.from({ length: 15 }, (_, i) => towerOf(towers, i)).filter((tower) => tower[2] === 0);
    for (let row = 0; row < 12; row++) {
      const batch = sceneRows(run, 1, row);
      for (const tower of small) {
        const programs = { values: tower, numParticles: 1, batchSize: 1, length: 3 };
        const { logPrior, logLikelihood, logPriorDiscrete } = await run.model.score(batch, programs);
        expect(logPrior).toEqual(logPriorDiscrete);
        ratios.push(Math.exp(logLikelihood[0]! - (await integral(run, row, tower))));
      }
    }
    const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
    const variance = ratios.reduce((sum, ratio) => sum + (ratio - mean) ** 2, 0) / (ratios.length - 1);
    expect(variance).toBeGreaterThan(0);
    expect(Math.abs(mean - 1)).toBeLessThan(4 * Math.sqrt(variance / ratios.length)); // 4 standard errors
    // Ten draws are off by a tenth or so, not by a factor.
    expect(Math.sqrt(variance)).toBeLessThan(0.5);
  });

  it("is worth log p(x), by sampling and by a memory that holds every program", async () => {
    const run = await buildBlocks(OPTIONS, "wasm");
    const { towers, logPx, logJoint } = await exactScores(run, 0);
    const batch = sceneRows(run, 1);
    const estimated = { exactLogPx: () => null, model: run.model };
    const estimate = await estimateLogPx(estimated, batch, { samples: 2000, rng: new Rng(4) });
    expect(Math.abs(estimate.logPx[0]! - logPx)).toBeLessThan(4 * estimate.stderr[0]! + 1e-6);
    expect(estimate.stderr[0]).toBeLessThan(0.1);

    const memory = createProgramMemory(1, 15, 3);
    memory.commit({
      ids: Int32Array.of(0),
      programs: towers,
      counts: Int32Array.of(15),
      bornAt: new Int32Array(15),
      logJoint: new Float64Array(15),
    });
    const [parsed] = await rememberedParses(run.model, memory, batch, (programs, present) =>
      run.model.hybrid.drawContinuous(batch, programs, 300, new Rng(5), present),
    );
    expect(Math.abs(parsed!.evidence - logPx)).toBeLessThan(0.05);
    expect(parsed!.parses.length).toBe(15);
    expect(parsed!.parses.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9);
    const best = logJoint.indexOf(Math.max(...logJoint));
    expect(Array.from(parsed!.parses[0]!.program)).toEqual(Array.from(towerOf(towers, best)));
  });

  it("has a gradient of log p(x) that weighted samples follow", async () => {
    const run = await buildBlocks(OPTIONS, "wasm");
    const { model } = run;
    const batch = sceneRows(run, 1);
    const samples = 3000;
    const { programs, logQ } = await model.propose(batch, samples, new Rng(6));
    const { logPrior, logLikelihood } = await model.score(batch, programs);
    const logWeight = logQ.map((value, i) => logPrior[i]! + logLikelihood[i]! - value);
    const total = logSumExp(logWeight);
    const coefficient = logWeight.map((value) => Math.exp(value - total));
    const term: Term<typeof batch.observations> = { target: "theta", batch, programs, coefficient };
    for (const block of model.blocks) block.zeroGradient();
    await model.accumulate([term]);
    const theta = model.blocks.filter((block): block is PlainBlock => block instanceof PlainBlock);
    expect(theta.map(({ name }) => name)).toEqual(["theta.sizes", "theta.colors"]);
    for (const { name, values, gradient } of theta) {
      const direction = gradient.map((value) => -Math.sign(value));
      const start = values.slice();
      const at = async (distance: number) => {
        for (const [i, d] of direction.entries()) values[i] = start[i]! + distance * d;
        return (await exactScores(run, 0)).logPx;
      };
      const expected = ((await at(0.01)) - (await at(-0.01))) / 0.02;
      values.set(start);
      const slope = gradient.reduce((sum, value) => sum + Math.abs(value), 0);
      // Self-normalised samples: 3000^-1/2 of the spread of the gradients, a few times over.
      expect(expected, name).toBeGreaterThan(0.1);
      expect(Math.abs(slope - expected), name).toBeLessThan(0.05 * expected);
    }
  });
});

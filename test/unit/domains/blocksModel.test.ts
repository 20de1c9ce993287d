// The model as the engine uses it: proposals, scores, dreams, first programs, variations.

import { describe, expect, it } from "vitest";
import { heightOf, MOST_LEVELS } from "../../../src/domains/blocks/program";
import { varyPrograms } from "../../../src/domains/blocks/vary";
import type { Programs } from "../../../src/engine/model";
import { Rng } from "../../../src/engine/rng/rng";
import { buildBlocks, everyTower, ONE_TOWER, scenePrograms, sceneRows } from "../../helpers/blocks";

/** True where every cell is filled from the bottom with known types, and nothing stands where there is no block. */
function isCanonical({ values, continuous, length }: Programs, numTypes: number): boolean {
  for (let from = 0; from < values.length; from += MOST_LEVELS) {
    const height = heightOf(values, from);
    for (let level = 0; level < MOST_LEVELS; level++) {
      const place = values[from + level]!;
      if (place < 0 || place > numTypes || (level >= height && place !== 0)) return false;
      if (continuous && place === 0 && continuous[from + level] !== 0) return false;
    }
  }
  return values.length % length === 0;
}

describe("proposals", () => {
  it("are canonical, carry their own log q, and follow from the stream alone", async () => {
    const run = await buildBlocks();
    const batch = sceneRows(run, 3);
    const drawn = await run.model.propose(batch, 40, new Rng(1));
    expect(isCanonical(drawn.programs, 5)).toBe(true);
    expect(drawn.programs).toMatchObject({ numParticles: 40, batchSize: 3, length: 12 });
    const logQ = await run.model.logQ(batch, drawn.programs);
    for (const [i, value] of drawn.logQ.entries()) expect(value).toBeCloseTo(logQ[i]!, 9);
    expect(await run.model.propose(sceneRows(run, 3), 40, new Rng(1))).toEqual(drawn);
  });

  it("draw places of the wanted programs only", async () => {
    const run = await buildBlocks();
    const batch = sceneRows(run, 2);
    const programs = scenePrograms(
      [
        ["A - / - -", "AB A / - -"],
        ["- - / - C", "- - / - -"],
      ],
      { grid: 2, types: 5 },
    );
    const present = Uint8Array.of(1, 0, 1, 1);
    const { programs: drawn, logQ } = await run.model.hybrid.drawContinuous(batch, programs, 3, new Rng(2), present);
    expect(drawn.numParticles).toBe(6);
    expect(isCanonical(drawn, 5)).toBe(true);
    for (let i = 0; i < 12; i++) {
      const own = drawn.continuous!.subarray(12 * i, 12 * (i + 1));
      const blocks = programs.values.subarray(12 * (i % 4), 12 * (i % 4) + 12).filter((place) => place > 0).length;
      expect(own.filter((raw) => raw !== 0).length).toBe(i % 4 === 1 ? 0 : blocks);
      if (i % 4 === 1) expect(logQ[i]).toBe(-Infinity);
      else if (blocks === 0) expect(logQ[i]).toBe(0);
    }
  });

  it("have places of the mean and deviation that the heads give", async () => {
    const run = await buildBlocks(ONE_TOWER);
    const batch = sceneRows(run, 1);
    const draws = 4000;
    const tower = { values: Int32Array.of(1, 2, 0), numParticles: 1, batchSize: 1, length: 3 };
    const { programs } = await run.model.hybrid.drawContinuous(batch, tower, draws, new Rng(3));
    const heads = await run.model.recogniser.read(batch);
    for (const place of [0, 1]) {
      const raw = Array.from({ length: draws }, (_, k) => programs.continuous![3 * k + place]!);
      const mean = raw.reduce((sum, value) => sum + value / draws, 0);
      const variance = raw.reduce((sum, value) => sum + (value - mean) ** 2 / draws, 0);
      const expected = heads.normal(0, place);
      const deviation = Math.exp(expected.logDeviation);
      expect(Math.abs(mean - expected.mean)).toBeLessThan((4 * deviation) / Math.sqrt(draws)); // 4 standard errors
      expect(Math.abs(Math.sqrt(variance) / deviation - 1)).toBeLessThan(4 / Math.sqrt(2 * draws));
    }
  });
});

describe("scores", () => {
  it("say what a picture is worth: the log density of its squared error under the drawn scene", async () => {
    const run = await buildBlocks();
    const batch = sceneRows(run, 2);
    const programs = await run.model.propose(batch, 4, new Rng(4));
    const { logLikelihood } = await run.model.score(batch, programs.programs);
    const drawn = await run.model.generative.draw({ ...programs.programs, numParticles: 1, batchSize: 8 });
    for (let i = 0; i < 8; i++) {
      const observed = run.instance.train.picture(i % 2);
      const sum = drawn.picture(i).reduce((total, value, at) => total + (value - observed[at]!) ** 2, 0);
      const expected = -0.5 * sum * 64 - 768 * Math.log(0.125 * Math.sqrt(2 * Math.PI));
      expect(Math.abs(logLikelihood[i]! - expected)).toBeLessThan(1e-4 * Math.abs(expected));
    }
  });

  it("cost nothing where nobody reads them", async () => {
    const run = await buildBlocks();
    const batch = sceneRows(run, 2);
    const { programs } = await run.model.propose(batch, 2, new Rng(4));
    const all = await run.model.score(batch, programs);
    const some = await run.model.score(batch, programs, Uint8Array.of(1, 0, 1, 0));
    expect(some.logLikelihood[0]).toBe(all.logLikelihood[0]);
    expect(some.logPrior[2]).toBe(all.logPrior[2]);
    expect([some.logLikelihood[1], some.logPrior[3]]).toEqual([-Infinity, -Infinity]);
  });

  it("of programs without places are the same for the same program and picture, in any company", async () => {
    const run = await buildBlocks();
    const { programs } = await run.model.hybrid.proposeDiscrete(sceneRows(run, 2), 3, new Rng(5));
    const together = await run.model.score(sceneRows(run, 2), programs);
    const alone = { values: programs.values.slice(4 * 12, 5 * 12), numParticles: 1, batchSize: 1, length: 12 };
    const single = await run.model.score(sceneRows(run, 1), alone); // program 4 is the third of scene 0
    expect(single.logLikelihood[0]).toBe(together.logLikelihood[4]);
    const other = await run.model.score(sceneRows(run, 1, 1), alone);
    expect(other.logLikelihood[0]).not.toBe(single.logLikelihood[0]);
  });
});

describe("dreams", () => {
  it("are scenes of the prior and their rendered means, without noise", async () => {
    const { model } = await buildBlocks();
    const { batch, programs } = await model.dream(200, new Rng(6));
    expect([batch.ids.length, programs.batchSize, programs.numParticles]).toEqual([200, 200, 1]);
    expect(isCanonical(programs, 5)).toBe(true);
    const { logLikelihood } = await model.score(batch, programs);
    for (const value of logLikelihood) expect(value).toBeCloseTo(model.generative.logLikelihood(0), 6);
    const blocks = programs.values.filter((place) => place > 0).length / 200;
    expect(Math.abs(blocks - 6)).toBeLessThan(4 * Math.sqrt((4 * 1.25) / 200)); // 4 standard errors of four heights 0 to 3
    const next = await model.dream(200, new Rng(7));
    expect(next.programs.values).not.toEqual(programs.values);
  });
});

describe("first programs", () => {
  it("are distinct", async () => {
    const run = await buildBlocks();
    const { programs, present } = await run.model.firstPrograms(sceneRows(run, 3), 5, new Rng(1));
    expect(present.every((value) => value === 1)).toBe(true);
    for (let b = 0; b < 3; b++) {
      const own = Array.from({ length: 5 }, (_, m) => programs.values.subarray((3 * m + b) * 12, (3 * m + b + 1) * 12));
      expect(new Set(own.map((program) => program.join())).size).toBe(5);
    }
  });

  it("are as many as there are, where a memory could hold more", async () => {
    const run = await buildBlocks(ONE_TOWER);
    const { programs, present } = await run.model.firstPrograms(sceneRows(run, 1), 20, new Rng(1));
    expect(present.reduce((sum, value) => sum + value, 0)).toBe(15);
    const own = Array.from({ length: 15 }, (_, m) => programs.values.subarray(3 * m, 3 * m + 3).join());
    expect(new Set(own).size).toBe(15);
  });
});

describe("variations", () => {
  it("are canonical and never the same scene, from the empty one to the full one", () => {
    const towers = everyTower(2);
    for (let round = 0; round < 30; round++) {
      const varied = varyPrograms(towers, 2, new Rng(round));
      expect(isCanonical(varied, 2)).toBe(true);
      for (let i = 0; i < 15; i++) {
        const [before, after] = [towers, varied].map(({ values }) => values.subarray(3 * i, 3 * i + 3).join());
        expect(after).not.toBe(before);
      }
    }
  });

  it("change one thing: a block more or less, one of another type, or two towers exchanged", () => {
    const start = scenePrograms([["CB - / A ABC"]], { grid: 2, types: 5 });
    const kinds = new Set<number>();
    for (let round = 0; round < 200; round++) {
      const { values } = varyPrograms(start, 5, new Rng(round));
      const [before, after] = [start.values, values].map((program) => program.filter((place) => place > 0).length);
      kinds.add(after! - before!);
      expect(Math.abs(after! - before!)).toBeLessThanOrEqual(1);
      const cells = (program: Int32Array) => [0, 3, 6, 9].map((from) => program.subarray(from, from + 3).join());
      const changed = cells(values).filter((cell, i) => cell !== cells(start.values)[i]).length;
      if (after !== before) expect(changed).toBe(1);
      else expect(changed).toBeLessThanOrEqual(2);
      if (changed === 2) expect(cells(values).sort()).toEqual(cells(start.values).sort());
    }
    expect([...kinds].sort()).toEqual([-1, 0, 1]);
  });
});

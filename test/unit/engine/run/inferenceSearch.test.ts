// The search for given data with a local search beside the network: who is asked when, and what is told.

import { describe, expect, it } from "vitest";
import type { LocalSearch, ScoredProgram } from "../../../../src/engine/localSearch";
import type { Batch } from "../../../../src/engine/model";
import { Rng } from "../../../../src/engine/rng/rng";
import { packed, together } from "../../../../src/engine/run/candidates";
import { Search } from "../../../../src/engine/run/inference";
import { createTinyModel, type Symbols, symbolsOf } from "../../../helpers/tinyModel";

/** A local search over the six programs of the tiny model, in order from `first`, and everything that it was told. */
class Ordered implements LocalSearch {
  readonly told: ScoredProgram[][] = [];
  readonly counts: number[] = [];
  private next: number;

  constructor(
    first: number,
    private readonly last: number,
  ) {
    this.next = first;
  }

  tell(scored: readonly ScoredProgram[]): void {
    this.told.push([...scored]);
  }

  ask(count: number): readonly Int32Array[] {
    this.counts.push(count);
    if (this.next > this.last) return [];
    const z = this.next++;
    return [Int32Array.of(Math.floor(z / 3), z % 3)];
  }
}

function setUp(seed = 1) {
  const tiny = createTinyModel(new Rng(seed));
  const near: Ordered[] = [];
  const drawn: number[] = [];
  const model = {
    ...tiny,
    propose: (batch: Batch<Symbols>, count: number, rng: Rng) => {
      drawn.push(count);
      return tiny.propose(batch, count, rng);
    },
    // Observation 1 has fewer candidates than observation 0: lists are padded.
    searchNear: (_: Batch<Symbols>, index: number) => {
      near.push(new Ordered(0, index === 0 ? 5 : 1));
      return near.at(-1)!;
    },
  };
  const instance = { model, train: symbolsOf(0, 1, 2) };
  const search = new Search(instance, [0, 1], { memorySize: 6, proposals: 8, rng: new Rng(seed) });
  return { tiny, search, near, drawn };
}

describe("a search with a local search beside the network", () => {
  it("asks the network in the first round, then every sixth, and whenever there is nothing else", async () => {
    const { search, drawn, near } = setUp();
    await search.run({ seconds: 60, rounds: 6 });
    expect(drawn.length).toBe(1);
    await search.run({ seconds: 60, rounds: 4 });
    // Rounds 7 (its turn) to 10: the lists are used up.
    expect(drawn.length).toBe(5);
    expect(near[0]?.counts.length).toBe(10);
  });

  it("tells each local search what the model says of its own candidates and of the network's", async () => {
    const { search, near, tiny } = setUp();
    await search.run({ seconds: 60, rounds: 4 });
    for (const [row, own] of near.entries()) {
      for (const { program, logPrior, logLikelihood } of own.told.flat()) {
        const z = program[0]! * 3 + program[1]!;
        expect(logPrior + logLikelihood).toBeCloseTo(tiny.logJointOf(z, row), 10);
      }
    }
    // One candidate a round of its own; in the first round the network's and the prior's besides.
    expect(near[0]?.told.map((scored) => scored.length)).toEqual([1 + 8 + 2, 1, 1, 1]);
    expect(near[1]?.told.map((scored) => scored.length)).toEqual([1 + 8 + 2, 1, 0, 0]);
  });

  it("counts padding nowhere and marks where programs come from", async () => {
    const { search } = setUp();
    const { inferences } = await search.run({ seconds: 60, rounds: 4 });
    expect(inferences.map(({ draws }) => draws)).toEqual([11 + 3, 11 + 1]);
    const origins = new Set(inferences.flatMap(({ programs }) => programs.map((found) => found.origin)));
    expect([...origins].every((origin) => ["recognition", "prior", "variation"].includes(origin))).toBe(true);
    expect(origins.has("variation")).toBe(true);
    for (const { programs } of inferences) {
      expect(new Set(programs.map((found) => found.program.join())).size).toBe(programs.length);
      expect(programs.reduce((sum, found) => sum + found.weight, 0)).toBeCloseTo(1, 12);
      const joints = programs.map((found) => found.logJoint);
      expect(joints).toEqual([...joints].sort((a, b) => b - a));
    }
  });

  it("gives the same programs for the same seed and rounds, straight or in two parts", async () => {
    const straight = await setUp(4).search.run({ seconds: 60, rounds: 9 });
    const { search } = setUp(4);
    await search.run({ seconds: 60, rounds: 5 });
    const inParts = await search.run({ seconds: 60, rounds: 4 });
    expect(inParts.inferences).toEqual(straight.inferences);
  });

  it("keeps what it has when it is ended", async () => {
    const { search } = setUp();
    const controller = new AbortController();
    const { inferences, rounds } = await search.run({
      seconds: 60,
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    expect(rounds).toBeLessThanOrEqual(2);
    expect(inferences.every(({ programs }) => programs.length > 0)).toBe(true);
  });
});

describe("lists of candidates", () => {
  const list = (...values: number[]) =>
    values.map((value) => ({ program: Int32Array.of(value), origin: "prior" as const }));

  it("are joined observation by observation", () => {
    const joined = together([list(1), list(2, 3)], [list(4), list()]);
    expect(joined.map((own) => own.map(({ program }) => program[0]))).toEqual([
      [1, 4],
      [2, 3],
    ]);
  });

  it("become one block, particles first, filled up with a program of the block", () => {
    const programs = packed([list(1, 2), list(), list(3)], 1);
    expect(programs).toMatchObject({ numParticles: 2, batchSize: 3, length: 1 });
    expect([...programs.values]).toEqual([1, 1, 3, 2, 1, 3]);
  });
});

describe("programs that mean the same", () => {
  it("are one, which has the prior of all and is told so", async () => {
    const tiny = createTinyModel(new Rng(2));
    const near = new Ordered(0, 5);
    const model = {
      ...tiny,
      searchNear: () => near,
      // The second integer 2 means the same as 1.
      alike: () => ({
        spelling: (program: Int32Array) => Int32Array.of(program[0]!, Math.min(1, program[1]!)),
        logCopies: (program: Int32Array) => (program[1] === 1 ? Math.log(2) : 0),
      }),
    };
    const instance = { model, train: symbolsOf(0) };
    const search = new Search(instance, [0], { memorySize: 6, proposals: 8, rng: new Rng(3) });
    const { inferences } = await search.run({ seconds: 60, rounds: 12 });
    const batch: Batch<Symbols> = { observations: instance.train, ids: Int32Array.of(0) };
    const all = [0, 1].flatMap((first) => [0, 1].map((second) => Int32Array.of(first, second)));
    const found = inferences[0]!.programs;
    expect(found.map(({ program }) => program.join()).sort()).toEqual(all.map((program) => program.join()).sort());
    for (const { program, logPrior, logJoint, logLikelihood } of found) {
      const scores = await tiny.score(batch, packed([[{ program }]], 2));
      expect(logPrior).toBeCloseTo(scores.logPrior[0]! + (program[1] === 1 ? Math.log(2) : 0), 12);
      expect(logJoint).toBeCloseTo(logPrior + logLikelihood, 12);
    }
    expect(near.told.flat().every(({ program }) => program[1]! <= 1)).toBe(true);
  });
});

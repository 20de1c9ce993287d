// The memory of hybrid algorithms: different structures for ever, rows that follow the series and not its place in the
// batch, a bound that cannot fall where scores are exact, equal weights where q is exact (HMWS specification, 18), and
// the budget that all algorithms share.

import { describe, expect, it } from "vitest";
import type { StageName, StepContext } from "../../src/engine/algorithms/algorithm";
import { hmws } from "../../src/engine/algorithms/hmws";
import { hybridAlgorithms } from "../../src/engine/algorithms/list";
import { pretraining } from "../../src/engine/algorithms/pretraining";
import { createProgramMemory } from "../../src/engine/memory/createMemory";
import type { ProgramMemory } from "../../src/engine/memory/programMemory";
import type { Batch, Term } from "../../src/engine/model";
import { defaultsOf } from "../../src/engine/options";
import { Rng } from "../../src/engine/rng/rng";
import { COMMON_OPTIONS, type CommonOptions } from "../../src/engine/run/options";
import { createHybridModel, type HybridModel, type Numbers, numbersOf } from "../helpers/hybridModel";

// The cast: defaultsOf returns the table's defaults, which CommonOptions describes.
const defaults = defaultsOf(COMMON_OPTIONS) as unknown as CommonOptions;
const observations = numbersOf(-1.2, 0.1, 0.7, 1.9, -0.4, 2.6);
const all: Batch<Numbers> = { observations, ids: Int32Array.from([0, 1, 2, 3, 4, 5]) };
const BUDGET = { particles: 3, memory: 4, proposals: 5, lambda: 0.5 };

type Given = {
  readonly memory?: ProgramMemory;
  readonly batch?: Batch<Numbers>;
  readonly options?: Partial<CommonOptions>;
  readonly step?: number;
  readonly on?: StepContext["on"];
};

function contextOf(model: HybridModel, seed: number, given: Given = {}): StepContext {
  const options = { ...defaults, ...BUDGET, ...given.options };
  return {
    // The cast: the engine sees a model of opaque observations; the batch is of the model's own kind.
    model: model as unknown as StepContext["model"],
    memory: given.memory ?? createProgramMemory(observations.count, options.memory, 1),
    batch: given.batch ?? all,
    options,
    rng: new Rng(seed),
    step: given.step ?? 1,
    on: given.on ?? (() => undefined),
  };
}

const rowOf = (memory: ProgramMemory, row: number) =>
  Array.from(memory.rows.programs.subarray(row * memory.memorySize, (row + 1) * memory.memorySize));

describe("the memory", () => {
  it("holds different structures for 1,000 steps while everything learns", { timeout: 60_000 }, async () => {
    const model = createHybridModel(new Rng(1), 12);
    const memory = createProgramMemory(observations.count, BUDGET.memory, 1);
    for (let step = 1; step <= 1000; step++) {
      const context = contextOf(model, step, { memory, step });
      const { terms, update } = await hmws.step(context);
      for (const block of model.blocks) block.zeroGradient();
      await context.model.accumulate(terms);
      for (const block of model.blocks) block.adam(0.01, step);
      memory.commit(update!);
      const sizes = Array.from(all.ids, (row) => new Set(rowOf(memory, row)).size);
      expect([...sizes, ...memory.rows.counts]).toEqual(new Array(12).fill(BUDGET.memory));
    }
  });

  it("has a bound that never falls where scores are exact, and ends with the best of every series", async () => {
    const model = createHybridModel(new Rng(2), 12);
    model.recogniseExactly({ flatten: 4, widen: 1, shift: 0 }); // q(z_c | z_d, x) exact: log w is log p(z_d, x)
    const memory = createProgramMemory(observations.count, BUDGET.memory, 1);
    let before = -Infinity;
    const rng = new Rng(9);
    for (let step = 1; step <= 1000; step++) {
      // Another order and other companions each time: rows belong to series.
      const ids = rng
        .fork(step)
        .shuffle(Int32Array.from(all.ids))
        .slice(0, step % 2 === 0 ? 6 : 4);
      const { update, info } = await hmws.step(contextOf(model, step, { memory, step, batch: { observations, ids } }));
      const away = update!.logJoint.map((score, i) => {
        const x = observations.numbers[ids[i % ids.length]!]!;
        return Math.abs(score - model.logStructureOf(update!.programs.values[i]!, x));
      });
      expect(Math.max(...away)).toBeLessThan(1e-9);
      memory.commit(update!);
      if (ids.length < 6) continue;
      expect(info.elbo).toBeGreaterThan(before - 1e-9);
      before = info.elbo;
    }
    for (let row = 0; row < observations.count; row++) {
      const best = Array.from({ length: 12 }, (_, z) => z).sort(
        (a, b) =>
          model.logStructureOf(b, observations.numbers[row]!) - model.logStructureOf(a, observations.numbers[row]!),
      );
      expect(rowOf(memory, row)).toEqual(best.slice(0, BUDGET.memory));
    }
  });
});

describe("with the exact posterior as q", () => {
  const toy = () => {
    const model = createHybridModel(new Rng(3), 2);
    model.recogniseExactly();
    return model;
  };

  it("every sample of two structures weighs the same, and bound and log p(x) agree", async () => {
    const model = toy();
    for (const algorithm of hybridAlgorithms.filter(({ usesMemory }) => !usesMemory)) {
      const { terms, info } = await algorithm.step(contextOf(model, 4));
      const numSamples = BUDGET.particles * (BUDGET.memory + BUDGET.proposals);
      for (const value of terms[0]!.coefficient) expect(value).toBeCloseTo(1 / numSamples, 10);
      const logPx = all.ids.reduce((sum, row) => sum + logPxOf(model, observations.numbers[row]!) / all.ids.length, 0);
      expect(info.elbo).toBeCloseTo(logPx, 10);
    }
  });

  it("the draws of a structure weigh the same, omega is the posterior, and the memory's bound is log p(x)", async () => {
    const model = toy();
    const { terms, info } = await hmws.step(contextOf(model, 5, { options: { memory: 2, lambda: 1 } }));
    const [theta, discrete, continuous] = terms as [Term, Term, Term];
    for (const value of continuous.coefficient) expect(value).toBeCloseTo(1 / (2 * BUDGET.particles), 10);
    const B = all.ids.length;
    for (const [i, value] of discrete.coefficient.entries()) {
      const x = observations.numbers[i % B]!;
      const z = discrete.programs.values[i]!;
      expect(value).toBeCloseTo(Math.exp(model.logStructureOf(z, x) - logPxOf(model, x)), 10);
      for (let k = 0; k < BUDGET.particles; k++) {
        expect(theta.coefficient[k * 2 * B + i]).toBeCloseTo(value / BUDGET.particles, 10);
      }
    }
    expect(info.elbo).toBeCloseTo(
      all.ids.reduce((sum, row) => sum + logPxOf(model, observations.numbers[row]!) / B, 0),
      10,
    );
  });
});

function logPxOf(model: HybridModel, x: number): number {
  return Math.log(
    Array.from({ length: model.numStructures }, (_, z) => z).reduce(
      (sum, z) => sum + Math.exp(model.logStructureOf(z, x)),
      0,
    ),
  );
}

describe.each(hybridAlgorithms)("$title", (algorithm) => {
  it("counts its likelihoods: each different structure once, or all samples, and what the ablation adds", async () => {
    const model = createHybridModel(new Rng(6), 6);
    const seen: { proposals?: readonly number[]; members?: readonly number[] } = {};
    const { info } = await algorithm.step(
      contextOf(model, 8, {
        on: (stage, payload) => {
          if (stage !== "propose") return;
          seen.proposals = Array.from(payload.proposals!.values);
          seen.members = Array.from(payload.members?.programs.values ?? []);
        },
      }),
    );
    expect(info.evaluations).toBe(model.evaluations);
    const B = all.ids.length;
    const { particles: K, memory: M, proposals: N } = BUDGET;
    const different = all.ids.reduce(
      (sum, b) => sum + new Set([...seen.members!, ...seen.proposals!].filter((_, i) => i % B === b)).size,
      0,
    );
    const own = {
      hmws: K * different,
      "hmws-minus": K * different + K * (M + N) * B,
      "rws-plus": K * (M + N) * B + K * M * B,
    };
    expect(info.evaluations).toBe(own[algorithm.id as keyof typeof own] ?? K * (M + N) * B);
    if (algorithm.usesMemory) expect(different).toBeLessThan((M + N) * B); // repetitions cost nothing
  });

  it("draws the same from the same seed, changes nothing by itself, and visits its declared stages", async () => {
    for (const lambda of [0, 0.5, 1]) {
      const model = createHybridModel(new Rng(7), 6);
      const before = model.blocks.map((block) => Array.from(block.values));
      const run = async (seed: number) => {
        const seen: StageName[] = [];
        const context = contextOf(model, seed, { options: { lambda }, on: (stage) => void seen.push(stage) });
        const { terms, info } = await algorithm.step(context);
        expect(seen).toEqual(algorithm.stages(context.options).map(({ name }) => name));
        expect(context.memory!.rows.counts.every((count) => count === 0)).toBe(true);
        return { text: JSON.stringify([info, terms.map((term) => Array.from(term.coefficient))]), terms };
      };
      const first = await run(1);
      expect((await run(1)).text).toBe(first.text);
      expect((await run(2)).text).not.toBe(first.text);
      expect(model.blocks.map((block) => Array.from(block.values))).toEqual(before);
      const dreamt = first.terms.filter((term) => term.batch !== (all as unknown as Batch));
      const learnsFromDreams = !["vimco", "reinforce"].includes(algorithm.id);
      expect(dreamt).toHaveLength(learnsFromDreams && lambda < 1 ? 1 : 0);
      // F = K B by default; their share is what replay leaves.
      if (dreamt[0])
        expect(Array.from(dreamt[0].coefficient)).toEqual(new Array(BUDGET.particles * 6).fill(1 - lambda));
      const replayed = first.terms.filter((term) => term.target === "phi" && !dreamt.includes(term));
      if (learnsFromDreams && lambda === 0) expect(replayed).toHaveLength(0);
      else expect(replayed.length).toBeGreaterThan(0);
    }
  });

  it("dreams as often as the option says", async () => {
    const context = contextOf(createHybridModel(new Rng(7)), 1, { options: { dreams: 7 } });
    const { terms } = await algorithm.step(context);
    for (const term of terms) if (term.batch !== context.batch) expect(term.coefficient).toHaveLength(7);
  });

  it("raises the exact log p(x)", { timeout: 30_000 }, async () => {
    const model = createHybridModel(new Rng(8), 4);
    const meanLogPx = () => all.ids.reduce((sum, row) => sum + logPxOf(model, observations.numbers[row]!) / 6, 0);
    const before = meanLogPx();
    const memory = createProgramMemory(observations.count, 2, 1);
    for (let step = 1; step <= 300; step++) {
      const context = contextOf(model, step, { memory, step, options: { memory: 2, proposals: 2 } });
      const { terms, update } = await algorithm.step(context);
      for (const block of model.blocks) block.zeroGradient();
      await context.model.accumulate(terms);
      for (const block of model.blocks) block.adam(0.02, step);
      if (update) memory.commit(update);
    }
    expect(meanLogPx()).toBeGreaterThan(before + 0.3);
  });
});

describe("mutations", () => {
  it("take the place of the last proposals and need no density: scores of the others do not move", async () => {
    const model = createHybridModel(new Rng(11), 9);
    const memory = createProgramMemory(observations.count, BUDGET.memory, 1);
    memory.commit((await hmws.step(contextOf(model, 1, { memory }))).update!);
    const proposalsWith = async (mutations: number) => {
      let values: number[] = [];
      await hmws.step(
        contextOf(model, 2, {
          memory,
          options: { mutations },
          on: (stage, { proposals }) => {
            if (stage === "propose") values = Array.from(proposals!.values);
          },
        }),
      );
      return values;
    };
    const plain = await proposalsWith(0);
    const mutated = await proposalsWith(2);
    const kept = 3 * observations.count;
    expect(mutated.slice(0, kept)).toEqual(plain.slice(0, kept));
    for (const [i, z] of mutated.slice(kept).entries()) {
      const members = rowOf(memory, i % observations.count);
      expect(members).toContain((z + 8) % 9); // the tiny model's change is z + 1
    }
  });
});

it("pretraining of a hybrid model teaches log p(z_d) alone", async () => {
  const model = createHybridModel(new Rng(12));
  const context = contextOf(model, 1);
  const { terms, info } = await pretraining.step(context);
  expect(terms.map(({ target, factor }) => [target, factor])).toEqual([["theta", "discrete"]]);
  expect(pretraining.stages(context.options).map(({ name }) => name)).toEqual(["look", "dream", "learnTheta"]);
  for (const block of model.blocks) block.zeroGradient();
  await context.model.accumulate(terms);
  const moved = model.blocks.filter((block) => block.gradient.some((value) => value !== 0)).map(({ name }) => name);
  expect(moved).toEqual(["theta.expression"]);
  expect(info.elbo).toBeLessThan(0);
});

// Laws that every algorithm must obey, on a model small enough to enumerate.

import { describe, expect, it } from "vitest";
import type { StageName, StepContext } from "../../src/engine/algorithms/algorithm";
import { algorithms } from "../../src/engine/algorithms/list";
import { createProgramMemory } from "../../src/engine/memory/createMemory";
import type { Batch } from "../../src/engine/model";
import { defaultsOf } from "../../src/engine/options";
import { Rng } from "../../src/engine/rng/rng";
import { COMMON_OPTIONS, type CommonOptions } from "../../src/engine/run/options";
import { variants as rows } from "../helpers/algorithmVariants";
import { createTinyModel, NUM_PROGRAMS, type Symbols, symbolsOf, type TinyModel } from "../helpers/tinyModel";

const observations = symbolsOf(0, 1, 2, 3, 0);
const everyRow: Batch<Symbols> = { observations, ids: Int32Array.from([0, 1, 2, 3, 4]) };
// The cast: defaultsOf returns the table's defaults, which CommonOptions describes.
const defaults = defaultsOf(COMMON_OPTIONS) as unknown as CommonOptions;

const variants = rows.map(({ options, ...row }) => ({ ...row, options: { ...defaults, particles: 4, ...options } }));
type Variant = (typeof variants)[number];

function contextOf(model: TinyModel, options: CommonOptions, seed: number, step = 1): StepContext {
  const memory = createProgramMemory(observations.count, Math.ceil(options.particles / 2), model.programLength);
  // The cast: the engine sees a model of opaque observations; the batch is of the model's own kind.
  const anyModel = model as unknown as StepContext["model"];
  return {
    model: anyModel,
    memory,
    batch: everyRow,
    options,
    rng: new Rng(seed).fork(step),
    step,
    on: () => undefined,
  };
}

/** Exact mean log p(x) over the observations. */
const meanLogPx = (model: TinyModel) =>
  Array.from(observations.symbols, (x) => model.logPxOf(x)).reduce((a, b) => a + b, 0) / observations.count;

async function train(model: TinyModel, variant: Variant, steps: number, seed: number): Promise<number> {
  const context = contextOf(model, variant.options, seed);
  let elbo = 0;
  for (let step = 1; step <= steps; step++) {
    const result = await variant.algorithm.step({ ...context, rng: new Rng(seed).fork(step), step });
    for (const block of model.blocks) block.zeroGradient();
    await context.model.accumulate(result.terms);
    for (const block of model.blocks) block.adam(0.02, step);
    if (result.update) context.memory?.commit(result.update);
    elbo = result.info.elbo;
  }
  return elbo;
}

describe.each(variants)("$name", (variant) => {
  it("draws the same numbers from the same seed, and others from another", async () => {
    const run = async (seed: number) => {
      const result = await variant.algorithm.step(contextOf(createTinyModel(new Rng(7)), variant.options, seed));
      return JSON.stringify([result.info, result.terms.map((term) => Array.from(term.coefficient))]);
    };
    expect(await run(1)).toBe(await run(1));
    expect(await run(1)).not.toBe(await run(2));
  });

  it("visits its stages in the declared order", async () => {
    const seen: StageName[] = [];
    const context = contextOf(createTinyModel(new Rng(7)), variant.options, 1);
    await variant.algorithm.step({ ...context, on: (stage) => void seen.push(stage) });
    expect(seen).toEqual(variant.algorithm.stages(variant.options).map((stage) => stage.name));
  });

  it("leaves model and memory untouched until the run loop applies the step", async () => {
    const model = createTinyModel(new Rng(7));
    const before = model.blocks.map((block) => block.read());
    const context = contextOf(model, variant.options, 1);
    await variant.algorithm.step(context);
    expect(context.memory?.rows.counts).toEqual(new Int32Array(observations.count));
    expect(await Promise.all(model.blocks.map((block) => block.read()))).toEqual(await Promise.all(before));
  });

  it("counts its evaluations of the joint", async () => {
    const result = await variant.algorithm.step(contextOf(createTinyModel(new Rng(7)), variant.options, 1));
    expect(result.info.evaluations).toBe(variant.options.particles * observations.count);
  });

  it("gives theta coefficients that sum to 1 for every observation", async () => {
    const result = await variant.algorithm.step(contextOf(createTinyModel(new Rng(3)), variant.options, 5));
    const theta = result.terms.find((term) => term.target === "theta")!;
    for (let b = 0; b < observations.count; b++) {
      let sum = 0;
      for (let k = 0; k < theta.programs.numParticles; k++) sum += theta.coefficient[k * observations.count + b]!;
      expect(sum).toBeCloseTo(1, 10);
    }
  });

  it("raises the exact log p(x) towards the best possible", async () => {
    const model = createTinyModel(new Rng(11));
    const before = meanLogPx(model);
    await train(model, variant, 600, 3);
    // Best possible: the empirical distribution of the symbols (2/5, 1/5, 1/5, 1/5), -1.3322 nats.
    const best = 0.4 * Math.log(0.4) + 0.6 * Math.log(0.2);
    expect(best).toBeCloseTo(-1.33218, 4);
    expect(meanLogPx(model)).toBeGreaterThan(before);
    expect(meanLogPx(model)).toBeGreaterThan(best - 0.1);
    expect(meanLogPx(model)).toBeLessThanOrEqual(best + 1e-9);
  });
});

describe("memory ELBO", () => {
  it("never exceeds log p(x) and equals it when the memory holds every program", async () => {
    const model = createTinyModel(new Rng(5));
    const small = await algorithms[0]!.step(contextOf(model, { ...defaults, particles: 4 }, 1));
    const full = await algorithms[0]!.step(contextOf(model, { ...defaults, particles: 2 * NUM_PROGRAMS }, 1));
    expect(small.info.elbo).toBeLessThan(meanLogPx(model));
    expect(full.info.elbo).toBeCloseTo(meanLogPx(model), 10);
  });
});

describe("mws, weighted, with every program in memory", () => {
  it("takes the exact gradient of log p(x)", async () => {
    const model = createTinyModel(new Rng(5));
    const options = { ...defaults, particles: 2 * NUM_PROGRAMS, replayBy: "weighted" as const };
    const context = contextOf(model, options, 1);
    const { terms } = await algorithms[0]!.step(context);
    await context.model.accumulate(terms.filter((term) => term.target === "theta"));
    for (const block of [model.prior, model.likelihood]) {
      for (let i = 0; i < block.size; i++) {
        const h = 1e-5;
        const at = (value: number) => {
          const held = block.values[i]!;
          block.values[i] = value;
          const result = meanLogPx(model);
          block.values[i] = held;
          return result;
        };
        const slope = (at(block.values[i]! + h) - at(block.values[i]! - h)) / (2 * h);
        expect(-block.gradient[i]!).toBeCloseTo(slope, 7);
      }
    }
  });
});

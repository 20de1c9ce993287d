// Hybrid algorithms against exact answers, on a model whose structures are enumerated and whose numbers are integrated:
// HMWS and its ablations converge as the draws grow, and the gradients of VIMCO and REINFORCE have the derivative of their
// bound as their mean, the part that goes through z_c included.

import { describe, expect, it } from "vitest";
import type { Algorithm, StepContext } from "../../src/engine/algorithms/algorithm";
import { elbo, kSampleBound } from "../../src/engine/algorithms/estimators";
import { hmws } from "../../src/engine/algorithms/hmws";
import { hmwsMinus } from "../../src/engine/algorithms/hmwsMinus";
import { reinforce } from "../../src/engine/algorithms/reinforce";
import { rws } from "../../src/engine/algorithms/rws";
import { rwsPlus } from "../../src/engine/algorithms/rwsPlus";
import { vimco } from "../../src/engine/algorithms/vimco";
import { logSumExp } from "../../src/engine/dists/logs";
import { createProgramMemory } from "../../src/engine/memory/createMemory";
import type { Batch, Programs } from "../../src/engine/model";
import { defaultsOf } from "../../src/engine/options";
import { Rng } from "../../src/engine/rng/rng";
import { COMMON_OPTIONS, type CommonOptions } from "../../src/engine/run/options";
import { createHybridModel, type HybridModel, type Numbers, numbersOf } from "../helpers/hybridModel";

// The cast: defaultsOf returns the table's defaults, which CommonOptions describes.
const defaults = defaultsOf(COMMON_OPTIONS) as unknown as CommonOptions;
const X = 0.7;
const one: Batch<Numbers> = { observations: numbersOf(X), ids: Int32Array.of(0) };

function contextOf(model: HybridModel, options: Partial<CommonOptions>, seed: number): StepContext {
  return {
    // The cast: the engine sees a model of opaque observations; the batch is of the model's own kind.
    model: model as unknown as StepContext["model"],
    memory: createProgramMemory(1, options.memory || options.particles!, 1),
    batch: one,
    options: { ...defaults, ...options },
    rng: new Rng(seed),
    step: 1,
    on: () => undefined,
  };
}

/** Minus the accumulated gradient (the direction of ascent), block by block. */
function ascent(model: HybridModel): number[] {
  return model.blocks.flatMap((block) => Array.from(block.gradient, (value) => -value));
}

async function gradientOf(model: HybridModel, algorithm: Algorithm, options: Partial<CommonOptions>, seed: number) {
  const context = contextOf(model, options, seed);
  const result = await algorithm.step(context);
  for (const block of model.blocks) block.zeroGradient();
  await context.model.accumulate(result.terms);
  return { gradient: ascent(model), result };
}

/** Points and weights of a standard normal: the trapezoid over 8 deviations, exact to 1e-12 for smooth functions. */
const QUADRATURE = Array.from({ length: 161 }, (_, i) => {
  const e = -8 + i / 10;
  return { e, weight: (0.1 * Math.exp(-0.5 * e * e)) / Math.sqrt(2 * Math.PI) };
});

/** The gradient that an infinite number of draws gives: sum over structures and integral over numbers of these weights. */
async function exactGradient(
  model: HybridModel,
  weights: { theta?: readonly number[]; discrete?: readonly number[]; continuous?: readonly number[] },
): Promise<number[]> {
  const places = Array.from({ length: model.numStructures }, (_, z) => z).flatMap((z) =>
    QUADRATURE.map(({ e, weight }) => ({
      z,
      weight,
      c: model.posterior(z, X).mean + model.posterior(z, X).deviation * e,
    })),
  );
  const programs: Programs = {
    values: Int32Array.from(places, ({ z }) => z),
    continuous: Float64Array.from(places, ({ c }) => c),
    numParticles: places.length,
    batchSize: 1,
    length: 1,
  };
  const of = (share: readonly number[] | undefined) =>
    Float64Array.from(places, ({ z, weight }) => weight * (share?.[z] ?? 0));
  for (const block of model.blocks) block.zeroGradient();
  await model.accumulate([
    { target: "theta", batch: one, programs, coefficient: of(weights.theta) },
    { target: "phi", factor: "discrete", batch: one, programs, coefficient: of(weights.discrete) },
    { target: "phi", factor: "continuous", batch: one, programs, coefficient: of(weights.continuous) },
  ]);
  return ascent(model);
}

/** Exact log p(z_d, x) of every structure, and the M best of them. */
function exactOf(model: HybridModel, memorySize: number) {
  const log = Array.from({ length: model.numStructures }, (_, z) => model.logStructureOf(z, X));
  const kept = log
    .map((_, z) => z)
    .sort((a, b) => log[b]! - log[a]!)
    .slice(0, memorySize);
  const total = logSumExp(kept.map((z) => log[z]!));
  const omega = log.map((value, z) => (kept.includes(z) ? Math.exp(value - total) : 0));
  return { log, kept, total, omega };
}

describe("the tiny model", () => {
  it("has the marginals that quadrature gives, and its exact posterior makes every weight the same", () => {
    const model = createHybridModel(new Rng(3));
    for (let z = 0; z < model.numStructures; z++) {
      const { mean, deviation } = model.posterior(z, X);
      const integral = QUADRATURE.reduce((sum, { e, weight }) => {
        const c = mean + 1.7 * deviation * e; // wider than the integrand
        const ratio = Math.exp(model.logNumberOf(z, c) + model.logLikelihoodOf(z, c, X));
        return sum + (weight * ratio * 1.7 * deviation) / (Math.exp(-0.5 * e * e) / Math.sqrt(2 * Math.PI));
      }, 0);
      expect(Math.log(integral) + model.logPriorOf(z)).toBeCloseTo(model.logStructureOf(z, X), 9);
    }
  });

  it("has the derivatives that finite differences give, the pathwise one included", async () => {
    const model = createHybridModel(new Rng(4));
    const z = 2;
    const noise = 0.8;
    const numberNow = () => model.recognised(z, X).mean + model.recognised(z, X).deviation * noise;
    const programsAt = (c: number): Programs => ({
      values: Int32Array.of(z),
      continuous: Float64Array.of(c),
      numParticles: 1,
      batchSize: 1,
      length: 1,
    });
    const fixed = numberNow();
    const coefficient = Float64Array.of(1);
    const base = { batch: one, programs: programsAt(fixed), coefficient };
    const cases = [
      { term: { target: "theta" as const, ...base }, value: () => model.logPriorOf(z) + model.logNumberOf(z, fixed) },
      { term: { target: "theta" as const, factor: "discrete" as const, ...base }, value: () => model.logPriorOf(z) },
      { term: { target: "phi" as const, ...base }, value: () => model.logQOf(z, X) + model.logQNumberOf(z, fixed, X) },
      {
        term: { target: "phi" as const, isPathwise: true as const, ...base },
        value: () => {
          const c = numberNow();
          return model.logNumberOf(z, c) + model.logLikelihoodOf(z, c, X) - model.logQNumberOf(z, c, X);
        },
      },
    ];
    for (const { term, value } of cases) {
      for (const block of model.blocks) block.zeroGradient();
      await model.accumulate([term]);
      for (const block of model.blocks.filter(({ group }) => group === term.target)) {
        for (let i = 0; i < block.size; i++) {
          const middle = block.values[i]!;
          block.values[i] = middle + 1e-5;
          const up = value();
          block.values[i] = middle - 1e-5;
          const slope = (up - value()) / 2e-5;
          block.values[i] = middle;
          expect(-block.gradient[i]!).toBeCloseTo(slope, 7);
        }
      }
    }
  });
});

const DRAWS = [4, 16, 64, 256] as const;
const REPEATS = 100;
/** A q whose weights have finite variance: wider than the posterior, off its mean, undecided about structures. */
const ROUGH = { flatten: 2, widen: 1.5, shift: 0.6 };

function roughModel(seed: number, numStructures: number): HybridModel {
  const model = createHybridModel(new Rng(seed), numStructures);
  model.recogniseExactly(ROUGH);
  return model;
}

/** Mean, standard error and root mean square distance to `exact` over repeats, for vectors. */
function compare(samples: readonly (readonly number[])[], exact: readonly number[]) {
  const mean = exact.map((_, i) => samples.reduce((sum, row) => sum + row[i]!, 0) / samples.length);
  const squares = (of: (row: readonly number[], i: number) => number) =>
    exact.reduce((sum, _, i) => sum + samples.reduce((part, row) => part + of(row, i) ** 2, 0) / samples.length, 0);
  const variance = squares((row, i) => row[i]! - mean[i]!);
  return {
    bias: Math.hypot(...mean.map((value, i) => value - exact[i]!)),
    /** Of the whole mean vector. */
    error: Math.sqrt(variance / (samples.length - 1)),
    distance: Math.sqrt(squares((row, i) => row[i]! - exact[i]!)),
  };
}

/**
 * Asks of K = 4, 16, 64, 256 that the distance to the exact answer falls by half at every step (theory: by half), within
 * a fifth, and that the bias at K = 256 is below four standard errors of its estimate plus the 1/K that is left of it.
 */
function expectConvergence(results: readonly ReturnType<typeof compare>[]) {
  for (let i = 1; i < results.length; i++) expect(results[i]!.distance).toBeLessThan(0.7 * results[i - 1]!.distance);
  const last = results.at(-1)!;
  const first = results[0]!;
  expect(last.bias).toBeLessThan(4 * last.error + (first.bias * DRAWS[0]) / DRAWS[3]);
  // The bias of K = 4 is real: more than its error, and much more than what is left.
  expect(last.bias).toBeLessThan(0.5 * Math.max(first.bias, first.error));
}

describe("HMWS as K grows", { timeout: 120_000 }, () => {
  const M = 3;
  // The third and the fourth best structure are 0.57 nats apart: four draws mix them up, 256 do not.
  const make = () => roughModel(5, 5);
  const runs = async () => {
    const model = make();
    const rows = [];
    for (const particles of DRAWS) {
      const repeats = [];
      for (let seed = 0; seed < REPEATS; seed++) {
        const options = { particles, memory: M, proposals: 100, lambda: 1 };
        const { gradient, result } = await gradientOf(model, hmws, options, 1000 * particles + seed);
        repeats.push({ gradient, update: result.update!, omega: result.terms[1]!.coefficient });
      }
      rows.push(repeats);
    }
    return { model, rows };
  };
  let done: ReturnType<typeof runs> | null = null;
  const once = () => {
    done ??= runs();
    return done;
  };

  it("log p^ is below log p(z_d, x) in the mean, ever less, and converges", async () => {
    const { model, rows } = await once();
    const { log } = exactOf(model, M);
    const results = rows.map((repeats) => {
      const away = repeats.flatMap(({ update }) =>
        Array.from(update.logJoint, (value, m) => value - log[update.programs.values[m]!]!),
      );
      return compare(
        away.map((value) => [value]),
        [0],
      );
    });
    for (let i = 1; i < results.length; i++) expect(results[i]!.distance).toBeLessThan(0.7 * results[i - 1]!.distance);
    expect(results[3]!.bias).toBeLessThan(0.1 * results[0]!.bias);
    // Where all structures fit into the memory nothing is selected, and Jensen's inequality shows.
    for (const particles of [2, 4]) {
      const options = { particles, memory: 5, proposals: 1, lambda: 1 };
      const excess: number[][] = [];
      for (let seed = 0; seed < REPEATS; seed++) {
        const { update } = (await gradientOf(model, hmws, options, seed)).result;
        excess.push(...Array.from(update!.logJoint, (v, m) => [v - log[update!.programs.values[m]!]!]));
      }
      const { error, bias } = compare(excess, [0]);
      expect(excess.reduce((sum, [value]) => sum + value!, 0)).toBeLessThan(0);
      expect(bias).toBeGreaterThan(4 * error);
    }
  });

  it("keeps the M best structures", async () => {
    const { model, rows } = await once();
    const { kept } = exactOf(model, M);
    const hits = rows.map(
      (repeats) =>
        repeats.filter(({ update }) => kept.every((z) => update.programs.values.includes(z))).length / repeats.length,
    );
    expect(hits[3]).toBeGreaterThan(0.98);
    expect(hits[0]).toBeLessThan(hits[3]!);
  });

  it("omega converges to the memory's exact posterior", async () => {
    const { model, rows } = await once();
    const { omega } = exactOf(model, M);
    expectConvergence(
      rows.map((repeats) =>
        compare(
          repeats.map(({ update, omega: given }) => omega.map((_, z) => given[update.programs.values.indexOf(z)] ?? 0)),
          omega,
        ),
      ),
    );
  });

  it("the gradients of theta, log q(z_d | x) and log q(z_c | z_d, x) converge to the exact ones", async () => {
    const { model, rows } = await once();
    const { omega, kept } = exactOf(model, M);
    const even = omega.map((_, z) => (kept.includes(z) ? 1 / M : 0));
    const exact = await exactGradient(model, { theta: omega, discrete: omega, continuous: even });
    let from = 0;
    for (const block of model.blocks) {
      const part = (row: readonly number[]) => row.slice(from, from + block.size);
      const results = rows.map((repeats) =>
        compare(
          repeats.map(({ gradient }) => part(gradient)),
          part(exact),
        ),
      );
      expectConvergence(results);
      from += block.size;
    }
  });

  it("theta's gradient is the derivative of the memory's bound", async () => {
    const model = make();
    const { omega, kept } = exactOf(model, M);
    const gradient = await exactGradient(model, { theta: omega });
    const bound = () => logSumExp(kept.map((z) => model.logStructureOf(z, X)));
    let at = 0;
    for (const block of model.blocks.filter(({ group }) => group === "theta")) {
      for (let i = 0; i < block.size; i++) {
        const middle = block.values[i]!;
        block.values[i] = middle + 1e-5;
        const up = bound();
        block.values[i] = middle - 1e-5;
        const down = bound();
        block.values[i] = middle;
        expect(gradient[at++]!).toBeCloseTo((up - down) / 2e-5, 7);
      }
    }
  });
});

describe("samples of both parts, as S grows", { timeout: 120_000 }, () => {
  /** Exact weights of every algorithm's terms when S and K are without limit. */
  const limits = (model: HybridModel) => {
    const { omega: posterior } = exactOf(model, model.numStructures);
    const proposal = posterior.map((_, z) => Math.exp(model.logQOf(z, X)));
    return {
      rws: { theta: posterior, discrete: posterior, continuous: posterior },
      "rws-plus": { theta: posterior, discrete: posterior, continuous: proposal },
    };
  };
  it("RWS converges to the exact gradient", async () => {
    const model = roughModel(12, 4);
    const exact = await exactGradient(model, limits(model).rws);
    const results = [];
    for (const draws of DRAWS) {
      // K = 1: S = M + N
      const options = { particles: 1, memory: draws, proposals: draws, lambda: 1 };
      const samples = [];
      for (let seed = 0; seed < REPEATS; seed++) samples.push((await gradientOf(model, rws, options, seed)).gradient);
      results.push(compare(samples, exact));
    }
    expectConvergence(results);
  });

  it("RWS+ has structures from its samples, and the numbers of whatever structures q proposes", async () => {
    const model = createHybridModel(new Rng(12), 4);
    model.recogniseExactly({ ...ROUGH, flatten: 5 });
    const exact = await exactGradient(model, limits(model)["rws-plus"]);
    const options = { particles: 128, memory: 2, proposals: 2, lambda: 1 };
    const samples = [];
    for (let seed = 0; seed < 3 * REPEATS; seed++) {
      samples.push((await gradientOf(model, rwsPlus, options, seed)).gradient);
    }
    // The mean over M = 2 fresh structures stays noisy whatever K is: the mean over the repeats is what converges.
    const { bias, error } = compare(samples, exact);
    expect(bias).toBeLessThan(4 * error);
    const other = compare(samples, await exactGradient(model, limits(model).rws));
    expect(other.bias).toBeGreaterThan(8 * error);
  });

  it("HMWS- learns structures from its memory and numbers as RWS does", async () => {
    const model = roughModel(12, 4);
    // All four structures are remembered, so nothing depends on the selection.
    const { omega } = exactOf(model, 4);
    const exact = await exactGradient(model, { theta: omega, discrete: omega, continuous: omega });
    const results = [];
    for (const particles of DRAWS) {
      const samples = [];
      for (let seed = 0; seed < REPEATS; seed++) {
        const options = { particles, memory: 4, proposals: 1, lambda: 1 };
        samples.push((await gradientOf(model, hmwsMinus, options, seed)).gradient);
      }
      results.push(compare(samples, exact));
    }
    expectConvergence(results);
  });
});

// Every pair of samples over a coarse grid of noise: expectations over the grid are sums, and the derivative of the
// expected bound is exact there, whatever the grid.
const GRID = [
  { e: -1.3, weight: 0.2 },
  { e: -0.2, weight: 0.5 },
  { e: 0.9, weight: 0.3 },
] as const;

describe.each([
  { algorithm: vimco, bound: kSampleBound },
  { algorithm: reinforce, bound: elbo },
])("$algorithm.title on hybrid programs", ({ algorithm, bound }) => {
  it("has the derivative of its expected bound as its mean, in theta and in both parts of phi", async () => {
    const model = createHybridModel(new Rng(21), 3);
    const singles = [0, 1, 2].flatMap((z) => GRID.map(({ e, weight }) => ({ z, e, weight })));
    const pairs = singles.flatMap((first) => singles.map((second) => [first, second] as const));
    const numberOf = ({ z, e }: { z: number; e: number }) =>
      model.recognised(z, X).mean + model.recognised(z, X).deviation * e;
    const chanceOf = ({ z, weight }: { z: number; weight: number }) => weight * Math.exp(model.logQOf(z, X));
    const logWeightOf = (each: { z: number; e: number }) => {
      const c = numberOf(each);
      const logP = model.logPriorOf(each.z) + model.logNumberOf(each.z, c) + model.logLikelihoodOf(each.z, c, X);
      return logP - model.logQOf(each.z, X) - model.logQNumberOf(each.z, c, X);
    };
    const expected = () =>
      pairs.reduce(
        (sum, pair) =>
          sum + chanceOf(pair[0]) * chanceOf(pair[1]) * bound(Float64Array.from(pair, (each) => logWeightOf(each))),
        0,
      );
    // One step with every pair as a batch entry, its terms weighted by the chance of the pair.
    const batch: Batch<Numbers> = { observations: numbersOf(X), ids: new Int32Array(pairs.length) };
    const flat = [0, 1].flatMap((s) => pairs.map((pair) => pair[s as 0 | 1]));
    const programs: Programs = {
      values: Int32Array.from(flat, ({ z }) => z),
      continuous: Float64Array.from(flat, numberOf),
      numParticles: 2,
      batchSize: pairs.length,
      length: 1,
    };
    const context = contextOf(model, { particles: 1, memory: 1, proposals: 1, lambda: 1 }, 1);
    const given = { ...model, propose: async () => ({ programs, logQ: await model.logQ(batch, programs) }) };
    const { terms } = await algorithm.step({ ...context, batch, model: given as unknown as StepContext["model"] });
    const chance = pairs.map((pair) => pairs.length * chanceOf(pair[0]) * chanceOf(pair[1]));
    for (const block of model.blocks) block.zeroGradient();
    await context.model.accumulate(
      terms.map((term) => ({
        ...term,
        coefficient: term.coefficient.map((value, i) => value * chance[i % pairs.length]!),
      })),
    );
    const gradient = ascent(model);
    let at = 0;
    for (const block of model.blocks) {
      for (let i = 0; i < block.size; i++) {
        const middle = block.values[i]!;
        block.values[i] = middle + 1e-5;
        const up = expected();
        block.values[i] = middle - 1e-5;
        const down = expected();
        block.values[i] = middle;
        expect(Math.abs(gradient[at++]! - (up - down) / 2e-5)).toBeLessThan(1e-7);
      }
    }
  });
});

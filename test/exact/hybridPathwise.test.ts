// The tiny hybrid model against quadrature and finite differences, and the estimators that differentiate a bound: their
// gradients have the derivative of the expected bound as their mean, the part that goes through z_c included.

import { describe, expect, it } from "vitest";
import type { StepContext } from "../../src/engine/algorithms/algorithm";
import { elbo, kSampleBound } from "../../src/engine/algorithms/estimators";
import { reinforce } from "../../src/engine/algorithms/reinforce";
import { vimco } from "../../src/engine/algorithms/vimco";
import type { Batch, Programs } from "../../src/engine/model";
import { Rng } from "../../src/engine/rng/rng";
import { ascent, contextOf, one, QUADRATURE, X } from "../helpers/hybridExact";
import { createHybridModel, type Numbers, numbersOf } from "../helpers/hybridModel";

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

// A hybrid model small enough to integrate: P structures, one number each, one real observation, everything Gaussian.
// z_d ~ softmax(prior); z_c | z_d ~ N(mean, deviation); x | z ~ N(offset + slope z_c, NOISE). The oracle of tests.
// q(z_d | x) has logits quadratic in x, q(z_c | z_d, x) a mean linear in x: the exact posterior is among them.

import { logSumExp } from "../../src/engine/dists/logs";
import type { Model, Observations } from "../../src/engine/model";
import { PlainBlock } from "../../src/engine/optim/plainBlock";
import type { Rng } from "../../src/engine/rng/rng";
import {
  accumulateTerm,
  type Blocks,
  drawNumbers,
  drawStructures,
  dreams,
  every,
  firstStructures,
  NOISE,
  scoreAll,
} from "./hybridModelParts";

/** Observations that are one real number each. */
export type Numbers = Observations & { readonly numbers: Float64Array };

export const numbersOf = (...numbers: number[]): Numbers => ({
  count: numbers.length,
  numbers: Float64Array.from(numbers),
});

export type Densities = {
  readonly numStructures: number;
  logPriorOf(z: number): number;
  /** log p(z_c | z_d) and log p(x | z_d, z_c), nats. */
  logNumberOf(z: number, c: number): number;
  logLikelihoodOf(z: number, c: number, x: number): number;
  /** log q(z_d | x) of all structures and of one, and log q(z_c | z_d, x). */
  logQsOf(x: number): Float64Array;
  logQOf(z: number, x: number): number;
  logQNumberOf(z: number, c: number, x: number): number;
  /** Mean and deviation of q(z_c | z_d, x) and of the exact p(z_c | z_d, x). */
  recognised(z: number, x: number): { readonly mean: number; readonly deviation: number };
  posterior(z: number, x: number): { readonly mean: number; readonly deviation: number };
  /** Exact log p(z_d, x), z_c integrated out in closed form. */
  logStructureOf(z: number, x: number): number;
  /** Mean of x given z. */
  imageOf(z: number, c: number): number;
  /** d log p(z, x) / d z_c. */
  slopeOf(z: number, c: number, x: number): number;
  /**
   * Sets phi to the exact posterior, or to one that is off by so much: logits divided by `flatten`, deviations times
   * `widen`, means `shift` of the exact deviations away.
   */
  recogniseExactly(off?: { readonly flatten: number; readonly widen: number; readonly shift: number }): void;
};

export type HybridModel = Omit<Model<Numbers>, "blocks"> &
  Densities & {
    readonly blocks: readonly PlainBlock[];
    /** Programs scored so far: what an algorithm's budget counts. */
    evaluations: number;
  };

const logNormal = (value: number, mean: number, deviation: number) =>
  -0.5 * ((value - mean) / deviation) ** 2 - Math.log(deviation) - 0.5 * Math.log(2 * Math.PI);

function densitiesOf([prior, number, structure, value]: Blocks, offsets: number[], slopes: number[]): Densities {
  const meanOf = (z: number) => number.values[2 * z]!;
  const deviationOf = (z: number) => Math.exp(number.values[2 * z + 1]!);
  const imageOf = (z: number, c: number) => offsets[z]! + slopes[z]! * c;
  const marginal = (z: number) => Math.hypot(slopes[z]! * deviationOf(z), NOISE);
  const logPriorOf = (z: number) => prior.values[z]! - logSumExp(prior.values);
  const logStructureOf = (z: number, x: number) => logPriorOf(z) + logNormal(x, imageOf(z, meanOf(z)), marginal(z));
  const recognised = (z: number, x: number) => {
    const [a, b, c] = value.values.subarray(3 * z, 3 * z + 3);
    return { mean: a! + b! * x, deviation: Math.exp(c!) };
  };
  const posterior = (z: number, x: number) => {
    const precision = 1 / deviationOf(z) ** 2 + (slopes[z]! / NOISE) ** 2;
    const mean = (meanOf(z) / deviationOf(z) ** 2 + (slopes[z]! * (x - offsets[z]!)) / NOISE ** 2) / precision;
    return { mean, deviation: 1 / Math.sqrt(precision) };
  };
  const logQsOf = (x: number) => {
    const { values } = structure;
    const logits = new Float64Array(offsets.length);
    for (let j = 0; j < logits.length; j++)
      logits[j] = values[3 * j]! + values[3 * j + 1]! * x + values[3 * j + 2]! * x * x;
    const total = logSumExp(logits);
    return logits.map((logit) => logit - total);
  };
  return {
    numStructures: offsets.length,
    logPriorOf,
    logNumberOf: (z, c) => logNormal(c, meanOf(z), deviationOf(z)),
    logLikelihoodOf: (z, c, x) => logNormal(x, imageOf(z, c), NOISE),
    logQsOf,
    logQOf: (z, x) => logQsOf(x)[z]!,
    logQNumberOf: (z, c, x) => logNormal(c, recognised(z, x).mean, recognised(z, x).deviation),
    recognised,
    posterior,
    logStructureOf,
    imageOf,
    slopeOf: (z, c, x) => (meanOf(z) - c) / deviationOf(z) ** 2 + (slopes[z]! * (x - imageOf(z, c))) / NOISE ** 2,
    recogniseExactly: ({ flatten, widen, shift } = { flatten: 1, widen: 1, shift: 0 }) => {
      for (let z = 0; z < offsets.length; z++) {
        const precision = 1 / marginal(z) ** 2;
        const logits = [logStructureOf(z, 0), precision * imageOf(z, meanOf(z)), -precision / 2];
        for (const [j, logit] of logits.entries()) structure.values[3 * z + j] = logit / flatten;
        const { mean, deviation } = posterior(z, 0);
        value.values.set([mean + shift * deviation, posterior(z, 1).mean - mean, Math.log(widen * deviation)], 3 * z);
      }
    },
  };
}

/** @param numStructures P @param spread of the random parameters of phi */
export function createHybridModel(rng: Rng, numStructures = 4, spread = 0.5): HybridModel {
  const random = (count: number, scale: number) => Array.from({ length: count }, () => scale * rng.normal());
  const blocks: Blocks = [
    new PlainBlock("theta.expression", "theta", random(numStructures, 0.5)), // logits
    new PlainBlock("theta.parameters", "theta", random(2 * numStructures, 0.5)), // mean, log deviation
    new PlainBlock("phi.expression", "phi", random(3 * numStructures, spread)), // logit u + v x + w x^2
    new PlainBlock("phi.parameters", "phi", random(3 * numStructures, spread)), // mean a + b x, log deviation
  ];
  const offsets = random(numStructures, 1.5);
  const slopes = Array.from({ length: numStructures }, () => 0.5 + rng.uniform());
  const model: HybridModel = {
    ...densitiesOf(blocks, offsets, slopes),
    programLength: 1,
    blocks,
    evaluations: 0,
    hybrid: {
      continuousLength: 1,
      proposeDiscrete: async (batch, count, dice) => {
        const programs = drawStructures(model, batch, count, dice);
        return { programs, logQ: await model.logQ(batch, programs) };
      },
      drawContinuous: async (batch, programs, numDraws, dice, present) =>
        drawNumbers(model, batch, programs, { numDraws, dice, present }),
    },
    propose: async (batch, count, dice) => {
      const structures = drawStructures(model, batch, count, dice.fork("structure"));
      const drawn = drawNumbers(model, batch, structures, { numDraws: 1, dice: dice.fork("number") });
      return { programs: drawn.programs, logQ: await model.logQ(batch, drawn.programs) };
    },
    score: async (batch, programs, present) => scoreAll(model, batch, programs, present),
    logQ: async (batch, programs) =>
      every(batch, programs, (z, c, x) => model.logQOf(z, x) + (c === null ? 0 : model.logQNumberOf(z, c, x))),
    dream: async (count, dice) => dreams(model, count, dice),
    simplePairs: async (count, dice) => dreams(model, count, dice),
    vary: (_batch, programs) => ({ ...programs, values: programs.values.map((z) => (z + 1) % numStructures) }),
    firstPrograms: async (batch, memorySize, dice) =>
      firstStructures(batch.ids.length, memorySize, numStructures, dice),
    accumulate: async (terms) => Float64Array.from(terms, (term) => accumulateTerm(model, term)),
    dispose: () => undefined,
  };
  return model;
}

// Automata answers that can be enumerated or differentiated numerically.

import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { describe, expect, it } from "vitest";
import { eagerCounts, eagerMismatches } from "../../bench/automataEager";
import { bitTables } from "../../src/domains/automata/bitLaw";
import { countTransitions } from "../../src/domains/automata/counts";
import { generatePicture } from "../../src/domains/automata/generate";
import { GenerativeModel } from "../../src/domains/automata/generative";
import { numBits } from "../../src/domains/automata/grid";
import {
  leastNoise,
  logLikelihood,
  logMarginal,
  mismatches,
  posteriorBits,
  transitionsOf,
} from "../../src/domains/automata/likelihood";
import { LstmPrior } from "../../src/domains/automata/lstmPrior";
import type { Pictures } from "../../src/domains/automata/observations";
import { BernoulliPrior, type RulePrior } from "../../src/domains/automata/rulePrior";
import { logSumExp } from "../../src/engine/dists/logs";
import type { Term } from "../../src/engine/model";
import { PlainBlock } from "../../src/engine/optim/plainBlock";
import { Rng } from "../../src/engine/rng/rng";
import { estimateLogPx } from "../../src/engine/run/evaluation";
import { buildAutomata, firstRows } from "../helpers/automata";

function statisticsOf(neighbours: 3 | 5, seed: number, side = 16) {
  const settings = {
    height: side,
    width: side,
    neighbours,
    boundary: "wrap",
    epsilon: 0.05,
    interestingOnly: false,
  } as const;
  const { grid } = generatePicture(settings, 0, new Rng(seed));
  const bits = numBits(neighbours);
  const counts = countTransitions(grid, neighbours, "wrap");
  return { counts, from: 0, bits, height: side, transitions: transitionsOf(counts, 0, bits) };
}

function logPriorOf(rule: number, logits: readonly number[]): number {
  return logits.reduce((sum, logit, i) => sum - Math.log1p(Math.exp((rule >>> i) & 1 ? -logit : logit)), 0);
}

describe("the eager reference of the bench", () => {
  it("counts and scores the same", async () => {
    await tf.setBackend("cpu");
    const three = await buildAutomata({ images: 6 });
    const { pixels, counts } = three.train;
    expect([...(await eagerCounts(tf, pixels, 6, three.train))]).toEqual([...counts]);
    const five = await buildAutomata({ images: 6, neighbours: "5" });
    const rules = Int32Array.of(0, -1, 123456789, 1 << 31);
    const eager = await eagerMismatches(tf, five.train.counts, 6, rules);
    const expected = Array.from({ length: 24 }, (_, i) => {
      return mismatches(five.train.counts, 64 * Math.floor(i / 4), 32, rules[i % 4]!);
    });
    expect([...eager]).toEqual(expected);
  });
});

describe("exact marginal and posterior", () => {
  it.each([
    // seed  noise  logits of the prior
    [1, 0.05, new Array<number>(8).fill(0)],
    [2, 0.3, [0.5, -1, 2, 0, -0.3, 1.2, -2, 0.1]],
    [3, 0.001, [3, 3, -3, -3, 0, 0, 1, -1]],
  ])("k = 3: the closed form is the sum over all 256 rules (seed %d, noise %d)", (seed, noise, logits) => {
    const x = statisticsOf(3, seed);
    const joint = Float64Array.from({ length: 256 }, (_, rule) => {
      const wrong = mismatches(x.counts, 0, 8, rule);
      return logPriorOf(rule, logits) + logLikelihood(x.height, x.transitions, wrong, noise);
    });
    const enumerated = logSumExp(joint);
    expect(Math.abs(logMarginal(x, noise, logits) / enumerated - 1)).toBeLessThan(1e-6);
    const posterior = posteriorBits(x, noise, logits);
    for (let i = 0; i < 8; i++) {
      const on = joint.map((value, rule) => ((rule >>> i) & 1 ? value : -Infinity));
      expect(posterior[i]).toBeCloseTo(Math.exp(logSumExp(on) - enumerated), 9);
    }
  });

  it("k = 5: the closed form factorises into sums over groups of eight bits", () => {
    const x = statisticsOf(5, 4);
    const logits = Array.from({ length: 32 }, (_, i) => Math.sin(i));
    const noise = 0.07;
    let sum = -x.height * Math.LN2;
    for (let group = 0; group < 4; group++) {
      const part = x.counts.subarray(16 * group, 16 * group + 16);
      const partLogits = logits.slice(8 * group, 8 * group + 8);
      const transitions = transitionsOf(part, 0, 8);
      const joint = Float64Array.from({ length: 256 }, (_, rule) => {
        return logPriorOf(rule, partLogits) + logLikelihood(0, transitions, mismatches(part, 0, 8, rule), noise);
      });
      sum += logSumExp(joint);
    }
    expect(Math.abs(logMarginal(x, noise, logits) / sum - 1)).toBeLessThan(1e-6);
  });

  it("the rule of the posterior's most probable bits has the best joint of all 256", () => {
    const x = statisticsOf(3, 5);
    const scores = Array.from({ length: 256 }, (_, rule) => -mismatches(x.counts, 0, 8, rule));
    const posterior = posteriorBits(x, 0.1, null);
    const best = posterior.reduce((rule, p, i) => (p > 0.5 ? rule | (1 << i) : rule), 0);
    expect(-mismatches(x.counts, 0, 8, best)).toBe(Math.max(...scores));
    expect(leastNoise(x.counts, 0, 8)).toBeCloseTo(-Math.max(...scores) / x.transitions, 12);
  });

  it("importance sampling agrees with the exact marginal within four standard errors", async () => {
    const instance = await buildAutomata({ epsilon: 0.2, floor: 0.3 });
    const batch = firstRows(instance, instance.train.count);
    const exact = instance.exactLogPx(batch);
    const estimate = await estimateLogPx(instance, batch, { samples: 20_000, rng: new Rng(3), useExact: false });
    for (let b = 0; b < batch.ids.length; b++) {
      expect(estimate.ess[b]).toBeGreaterThan(20);
      expect(Math.abs(estimate.logPx[b]! - exact![b]!)).toBeLessThan(4 * estimate.stderr[b]!);
    }
    instance.dispose();
  });
});

/** Central difference of `value` when entry i of the block moves. */
async function numericGradient(block: PlainBlock, i: number, value: () => Promise<number>, h = 1e-5): Promise<number> {
  const held = block.values[i]!;
  block.values[i] = held + h;
  const above = await value();
  block.values[i] = held - h;
  const below = await value();
  block.values[i] = held;
  return (above - below) / (2 * h);
}

function plainBlock(block: unknown): PlainBlock {
  if (block instanceof PlainBlock) return block;
  // Counted blocks hold the block they count.
  if (typeof block === "object" && block !== null && "inner" in block) return plainBlock(block.inner);
  throw new Error("not a plain block");
}

function randomTerm(pictures: Pictures, target: "theta" | "phi", rng: Rng, numParticles = 3): Term<Pictures> {
  const ids = Int32Array.from({ length: pictures.count }, (_, n) => n);
  const size = numParticles * pictures.count;
  const bits = numBits(pictures.neighbours);
  const values = Int32Array.from({ length: size }, () => (bits === 8 ? rng.int(256) : rng.uint32() | 0));
  const programs = { values, numParticles, batchSize: pictures.count, length: 1 };
  // Zeros and negative coefficients occur in real algorithms.
  const coefficient = Float64Array.from({ length: size }, (_, i) => (i % 4 === 0 ? 0 : rng.normal()));
  return { target, batch: { observations: pictures, ids }, programs, coefficient };
}

describe("gradients of theta", () => {
  const priors: [string, 3 | 5, () => RulePrior][] = [
    ["Bernoulli prior, k = 3", 3, () => new BernoulliPrior(8)],
    ["Bernoulli prior, k = 5", 5, () => new BernoulliPrior(32)],
    ["LSTM prior, k = 3", 3, () => new LstmPrior(8, new Rng(7), 6)],
    ["LSTM prior, k = 5", 5, () => new LstmPrior(32, new Rng(8), 5)],
  ];
  it.each(priors)("%s: accumulate is the derivative of the term's value", async (_, neighbours, makePrior) => {
    const instance = await buildAutomata({ neighbours: String(neighbours), images: 4 });
    const prior = makePrior();
    const model = new GenerativeModel(instance.train, "wrap", prior);
    const rng = new Rng(11);
    const blocks = model.blocks.map(plainBlock);
    for (const block of blocks) for (let i = 0; i < block.size; i++) block.values[i] = 0.6 * rng.normal();
    const term = randomTerm(instance.train, "theta", rng);
    for (const block of model.blocks) block.zeroGradient();
    const value = model.accumulate(term);
    expect(Number.isFinite(value)).toBe(true);
    const analytic = blocks.map((block) => block.gradient.slice());
    for (const [b, block] of blocks.entries()) {
      const stride = Math.max(1, Math.floor(block.size / 25));
      for (let i = 0; i < block.size; i += stride) {
        const numeric = await numericGradient(block, i, async () => {
          await model.blocks[b]?.write(await block.read());
          return -model.accumulate({ ...term });
        });
        const scale = Math.max(1e-2, Math.abs(numeric));
        expect(Math.abs((analytic[b]?.[i] ?? Number.NaN) - numeric) / scale).toBeLessThan(1e-4);
      }
    }
    instance.dispose();
  });

  it("the LSTM prior is a distribution: its 256 rules sum to one, and samples follow it", () => {
    const prior = new LstmPrior(8, new Rng(5), 6);
    const block = plainBlock(prior.blocks[0]);
    const rng = new Rng(6);
    for (let i = 0; i < block.size; i++) block.values[i] = rng.normal();
    const all = Int32Array.from({ length: 256 }, (_, rule) => rule);
    const logProb = prior.logProb(all);
    expect(logSumExp(logProb)).toBeCloseTo(0, 10);
    const alone = new LstmPrior(8, new Rng(5), 6);
    plainBlock(alone.blocks[0]).values.set(block.values);
    for (const rule of [0, 77, 200]) expect(alone.logProb(Int32Array.of(rule))[0]).toBeCloseTo(logProb[rule]!, 12);
    const draws = prior.sample(4000, new Rng(9));
    const mostLikely = logProb.indexOf(Math.max(...logProb));
    const p = Math.exp(logProb[mostLikely]!);
    const share = draws.filter((rule) => rule === mostLikely).length / draws.length;
    expect(Math.abs(share - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / draws.length));
  });
});

describe("gradients of phi", () => {
  it.each([
    ["plain", {}],
    ["floor", { floor: 0.05 }],
    ["bounded logits", { boundedLogits: 1.5 }],
    ["both", { floor: 0.02, boundedLogits: 3 }],
  ] as const)("%s: the tables' slopes are derivatives, and probabilities agree", (_, law) => {
    const options = { floor: "floor" in law ? law.floor : 0, bound: "boundedLogits" in law ? law.boundedLogits : 0 };
    const h = 1e-6;
    for (const logit of [-30, -3, -0.4, 0, 0.7, 2.5, 30]) {
      const { probability, logOn, logOff, slopeOn, slopeOff } = bitTables([logit], options);
      const above = bitTables([logit + h], options);
      const below = bitTables([logit - h], options);
      expect(Math.exp(logOn[0]!)).toBeCloseTo(probability[0]!, 12);
      expect(Math.exp(logOn[0]!) + Math.exp(logOff[0]!)).toBeCloseTo(1, 12);
      expect(slopeOn[0]).toBeCloseTo((above.logOn[0]! - below.logOn[0]!) / (2 * h), 7);
      expect(slopeOff[0]).toBeCloseTo((above.logOff[0]! - below.logOff[0]!) / (2 * h), 7);
      const least = options.floor + (options.bound > 0 ? (1 - 2 * options.floor) / (1 + Math.exp(options.bound)) : 0);
      expect(Math.min(probability[0]!, 1 - probability[0]!)).toBeGreaterThanOrEqual(Math.max(0, least) * 0.999 - 1e-12);
    }
  });

  it.each([
    ["generic", "3", {}],
    ["generic", "5", { floor: 0.03, boundedLogits: 4 }],
    ["aligned", "3", { floor: 0.03 }],
  ] as const)(
    "%s network, k = %s: accumulate is the derivative of the terms' values",
    async (network, neighbours, law) => {
      const instance = await buildAutomata({ network, neighbours, images: 5, ...law });
      const { model, train } = instance;
      const rng = new Rng(21);
      // Two terms share a batch; a third has a batch of its own.
      const first = randomTerm(train, "phi", rng);
      const second = { ...randomTerm(train, "phi", rng), batch: first.batch };
      const third = randomTerm(instance.heldOut, "phi", rng, 1);
      const terms = [first, second, third];
      const block = plainBlock(model.blocks.at(-1));
      for (const one of model.blocks) one.zeroGradient();
      await model.logQ(first.batch, first.programs);
      const values = await model.accumulate(terms);
      const analytic = block.gradient.slice();
      const logQ = await model.logQ(first.batch, first.programs);
      const expected = first.coefficient.reduce((sum, c, i) => sum + (c * logQ[i]!) / first.batch.ids.length, 0);
      expect(values[0]).toBeCloseTo(expected, 9);
      const stride = Math.ceil(block.size / 12);
      for (let i = stride >> 1; i < block.size; i += stride) {
        const numeric = await numericGradient(
          block,
          i,
          async () => {
            await model.blocks.at(-1)?.write(await block.read());
            let sum = 0;
            for (const { batch, programs, coefficient } of terms) {
              const q = await model.logQ(batch, programs);
              sum -= coefficient.reduce((total, c, j) => total + c * q[j]!, 0) / batch.ids.length;
            }
            return sum;
          },
          1e-2,
        );
        // Logits cross the network's interface in float32, so the step is wide and the tolerance that of float32.
        expect(Math.abs(analytic[i]! - numeric)).toBeLessThan(2e-3 * Math.max(0.5, Math.abs(numeric)));
      }
      instance.dispose();
    },
  );
});

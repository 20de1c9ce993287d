// Evaluation through a fresh recognition network: theta of a trained run stays as it is, a network that has not seen the
// run's data learns from theta's dreams alone, and then proposes for held-out data. It judges generative models alike,
// whatever became of the recognition models that they grew up with. Source: MWS specification, section 1.7.

import { softmaxOverParticles } from "../dists/logs";
import type { DomainInstance, ReadAsset } from "../domain";
import { LabError } from "../errors";
import type { Batch, Term } from "../model";
import type { Rng } from "../rng/rng";
import type { RunCore } from "./core";
import { buildRun } from "./createRun";
import { estimateLogPx, type LogPxEstimate } from "./evaluation";
import { guardGradients, guardValues } from "./guard";
import { yieldToEvents } from "./yielding";

export type FreshBudget = {
  /** Steps of sleep: one Adam step on a batch of dreams each. */
  readonly sleep: number;
  /** Steps of wake after them: on the evaluated observations, with weighted samples of the network itself. 0 for none. */
  readonly wake: number;
  /** Dreams per step of sleep. */
  readonly batch: number;
  /** K: samples per observation in a step of wake. */
  readonly particles: number;
  /** Adam's rate; it falls to nothing in a straight line over the second half of all steps. */
  readonly learningRate: number;
  /** S: importance samples per observation at the end. */
  readonly samples: number;
};

/** The browser budget of the specification. */
export const FRESH_BUDGET: FreshBudget = {
  sleep: 2000,
  wake: 0,
  batch: 50,
  particles: 10,
  learningRate: 1e-3,
  samples: 1000,
};

export type FreshEstimate = {
  readonly estimate: LogPxEstimate;
  /** Mean log q(z | x) of dreams over the last tenth of the sleep, nats: how well the network knows theta. NaN without sleep. */
  readonly sleepLogQ: number;
};

/** Observations per step of wake. */
const WAKE_ROWS = 10;

/**
 * A copy of a run with theta as it is and phi untrained; the caller disposes of it. Its first weights follow from the
 * run's seed, so runs of the same seed are judged through networks that begin alike.
 *
 * @throws LabError as buildRun does
 */
export async function withFreshNetwork({ parts, options }: RunCore, readAsset: ReadAsset): Promise<RunCore> {
  const { spec, backend, userData, instance } = parts;
  const untrained = { ...options, startFrom: "none" as const };
  const { core } = await buildRun({ spec, options: untrained, backend, userData, state: null, readAsset });
  try {
    const trained = new Map(instance.model.blocks.map((block) => [block.name, block]));
    for (const block of core.parts.instance.model.blocks) {
      // The same options make the same blocks.
      if (block.group === "theta") await block.write(await trained.get(block.name)!.read());
    }
    return core;
  } catch (error) {
    core.dispose();
    throw error;
  }
}

/**
 * Trains phi of `instance` within the budget and estimates log p(x) of every row of `batch` by importance sampling.
 * Theta does not move. The same instance, batch, budget and rng give the same numbers.
 *
 * @param onStep called now and then with the steps done and the steps in all
 * @throws LabError("non-finite") where the network's training leaves the numbers
 */
export async function estimateFresh(
  instance: DomainInstance,
  batch: Batch,
  budget: FreshBudget,
  rng: Rng,
  onStep: (done: number, of: number) => void = () => undefined,
): Promise<FreshEstimate> {
  const all = budget.sleep + budget.wake;
  const late: number[] = [];
  for (let step = 1; step <= all; step++) {
    const dice = rng.fork("fresh").fork(step);
    const term =
      step <= budget.sleep
        ? await sleepTerm(instance, budget.batch, dice)
        : await wakeTerm(instance, rowsOf(batch, step - budget.sleep - 1), budget.particles, dice);
    const value = await learn(instance, term, rateAt(step, all, budget.learningRate), step);
    if (step <= budget.sleep && step > 0.9 * budget.sleep) late.push(value);
    if (step % 10 === 0 || step === all) {
      onStep(step, all);
      await yieldToEvents();
    }
  }
  const { samples } = budget;
  const estimate = await estimateLogPx(instance, batch, { samples, rng: rng.fork("samples"), useExact: false });
  const sleepLogQ = late.reduce((sum, value) => sum + value, 0) / late.length;
  return { estimate, sleepLogQ };
}

function rateAt(step: number, all: number, rate: number): number {
  return rate * Math.min(1, (2 * (all - step + 1)) / all);
}

/** Coefficient 1 on grad log q of each dream. */
async function sleepTerm({ model }: DomainInstance, count: number, rng: Rng): Promise<Term> {
  const dreams = await model.dream(count, rng);
  return { target: "phi", ...dreams, coefficient: new Float64Array(count).fill(1) };
}

/** The next few rows of the evaluated ones, in turn. */
function rowsOf({ observations, ids }: Batch, turn: number): Batch {
  const count = Math.min(WAKE_ROWS, ids.length);
  return { observations, ids: Int32Array.from({ length: count }, (_, i) => ids[(turn * count + i) % ids.length]!) };
}

/** Reweighted wake: coefficient w_k, the normalised importance weight, on grad log q of each sample. */
async function wakeTerm({ model }: DomainInstance, batch: Batch, particles: number, rng: Rng): Promise<Term> {
  const { programs, logQ } = await model.propose(batch, particles, rng);
  const { logPrior, logLikelihood } = await model.score(batch, programs);
  const logWeight = logQ.map((q, i) => logPrior[i]! + logLikelihood[i]! - q);
  return { target: "phi", batch, programs, coefficient: softmaxOverParticles(logWeight, particles, batch.ids.length) };
}

/** One Adam step on phi alone. @returns the term's value, nats */
async function learn(
  { model, longestGradient }: DomainInstance,
  term: Term,
  rate: number,
  step: number,
): Promise<number> {
  const phi = model.blocks.filter(({ group }) => group === "phi");
  if (phi.length === 0) {
    const message = "this model's recognition network has no parameters that could be trained afresh";
    throw new LabError("option", { message, help: "Evaluate it without a fresh network." }, { name: "fresh" });
  }
  for (const block of phi) block.zeroGradient();
  const values = await model.accumulate([term]);
  guardValues([term], values, step);
  await guardGradients(phi, step, longestGradient);
  for (const block of phi) block.adam(rate, step);
  return values[0]!;
}

// Steps of algorithms on the tiny hybrid model with one observation, and the exact answers that they are held against.

import type { Algorithm, StepContext } from "../../src/engine/algorithms/algorithm";
import { logSumExp } from "../../src/engine/dists/logs";
import { createProgramMemory } from "../../src/engine/memory/createMemory";
import type { Batch, Programs } from "../../src/engine/model";
import { defaultsOf } from "../../src/engine/options";
import { Rng } from "../../src/engine/rng/rng";
import { COMMON_OPTIONS, type CommonOptions } from "../../src/engine/run/options";
import { type HybridModel, type Numbers, numbersOf } from "./hybridModel";

// The cast: defaultsOf returns the table's defaults, which CommonOptions describes.
const defaults = defaultsOf(COMMON_OPTIONS) as unknown as CommonOptions;
export const X = 0.7;
export const one: Batch<Numbers> = { observations: numbersOf(X), ids: Int32Array.of(0) };

export function contextOf(model: HybridModel, options: Partial<CommonOptions>, seed: number): StepContext {
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
export function ascent(model: HybridModel): number[] {
  return model.blocks.flatMap((block) => Array.from(block.gradient, (value) => -value));
}

export async function gradientOf(
  model: HybridModel,
  algorithm: Algorithm,
  options: Partial<CommonOptions>,
  seed: number,
) {
  const context = contextOf(model, options, seed);
  const result = await algorithm.step(context);
  for (const block of model.blocks) block.zeroGradient();
  await context.model.accumulate(result.terms);
  return { gradient: ascent(model), result };
}

/** Points and weights of a standard normal: the trapezoid over 8 deviations, exact to 1e-12 for smooth functions. */
export const QUADRATURE = Array.from({ length: 161 }, (_, i) => {
  const e = -8 + i / 10;
  return { e, weight: (0.1 * Math.exp(-0.5 * e * e)) / Math.sqrt(2 * Math.PI) };
});

/** The gradient that an infinite number of draws gives: sum over structures and integral over numbers of these weights. */
export async function exactGradient(
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
export function exactOf(model: HybridModel, memorySize: number) {
  const log = Array.from({ length: model.numStructures }, (_, z) => model.logStructureOf(z, X));
  const kept = log
    .map((_, z) => z)
    .sort((a, b) => log[b]! - log[a]!)
    .slice(0, memorySize);
  const total = logSumExp(kept.map((z) => log[z]!));
  const omega = log.map((value, z) => (kept.includes(z) ? Math.exp(value - total) : 0));
  return { log, kept, total, omega };
}

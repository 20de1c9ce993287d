// The gradients of every kind of term against central differences in double precision, for every block, along random
// directions. Pathwise terms are compared with the differences of a function that redraws z_c from held noise.

import { describe, expect, it } from "vitest";
import { makeSeries } from "../../src/domains/timeseries/data/makeSeries";
import { readExpressions } from "../../src/domains/timeseries/grammar/expression";
import { logStdOf } from "../../src/domains/timeseries/networks/gaussianStep";
import { everyRow, SeriesSet } from "../../src/domains/timeseries/observations";
import { CONTINUOUS_LENGTH, NUM_SLOTS } from "../../src/domains/timeseries/program";
import type { Batch, Programs, Term } from "../../src/engine/model";
import type { OptionValues } from "../../src/engine/options";
import { Rng } from "../../src/engine/rng/rng";
import { doubleModel, programsOf } from "../helpers/timeseries";

/** Central differences of the float64 model err by the step squared times third derivatives and by rounding over the step. */
const RELATIVE = 1e-6;

const TEXTS = ["SE * PER2 + C", "WN", "SE * PER2 + C", "WN", "(SE + PER1) * PER4 + WN", "C", "PER3", "SE + SE"];
const BATCH = 2;

async function setUp(options: OptionValues) {
  const built = await doubleModel(options);
  const made = makeSeries({ dataset: "pcfg", count: 4, seed: 3, split: "train", scheme: built.settings.scheme });
  const set = new SeriesSet(made.values);
  const batch: Batch<SeriesSet> = { observations: set, ids: Int32Array.of(2, 1) };
  const rng = new Rng(11);
  const strings = programsOf(options.syntaxMask === false ? [...TEXTS.slice(0, 7), "SE + *"] : TEXTS, BATCH);
  const { programs } = await built.model.hybrid.drawContinuous(batch, strings, 1, rng.fork("draw"));
  const coefficient = Float64Array.from(TEXTS, (_, i) => (i === 1 ? 0 : rng.normal()));
  return { ...built, batch, programs, strings, coefficient };
}

type SetUp = Awaited<ReturnType<typeof setUp>>;

/** Moves the blocks of a group along a direction. A new batch object, so that nothing that was kept is used. */
async function differences(
  { exact, batch, model }: SetUp,
  term: Term<SeriesSet>,
  value: (batch: Batch<SeriesSet>) => Promise<number>,
  step: number,
) {
  const results: { name: string; slope: number; expected: number }[] = [];
  for (const [name, { block }] of Object.entries(exact)) {
    const rng = new Rng(5).fork(name);
    for (const each of Object.values(exact)) each.block.zeroGradient();
    await model.accumulate([term]);
    const direction = Float64Array.from(block.values, () => rng.normal());
    let slope = 0;
    for (const [i, d] of direction.entries()) slope -= d * block.gradient[i]!;
    const start = block.values.slice();
    const at = async (distance: number) => {
      for (const [i, d] of direction.entries()) block.values[i] = start[i]! + distance * d;
      return value({ observations: batch.observations, ids: batch.ids });
    };
    const expected = ((await at(step)) - (await at(-step))) / (2 * step);
    block.values.set(start);
    results.push({ name, slope, expected });
  }
  return results;
}

const MODES: readonly { name: string; options: OptionValues; step: number }[] = [
  { name: "narrow, masked", options: {}, step: 1e-5 },
  // A million nats for an ill-formed string round the sum to 1e-10.
  { name: "wide, all slots, no mask", options: { scheme: "wide", slots: "all", syntaxMask: false }, step: 1e-4 },
];

const FACTORS = [
  { target: "theta", factor: undefined, blocks: ["theta.expression", "theta.parameters"] },
  { target: "theta", factor: "discrete", blocks: ["theta.expression"] },
  { target: "theta", factor: "continuous", blocks: ["theta.expression", "theta.parameters"] },
  { target: "phi", factor: undefined, blocks: ["phi.signal", "phi.expression", "phi.embedder", "phi.parameters"] },
  { target: "phi", factor: "discrete", blocks: ["phi.signal", "phi.expression"] },
  { target: "phi", factor: "continuous", blocks: ["phi.signal", "phi.embedder", "phi.parameters"] },
] as const;

describe.each(MODES)("$name", ({ options, step }) => {
  it.each(FACTORS)("gives the gradient of $target, factor $factor", async ({ target, factor, blocks }) => {
    const set = await setUp(options);
    const { model, batch, coefficient } = set;
    const programs = factor === "discrete" ? set.strings : set.programs;
    const term: Term<SeriesSet> = { target, batch, programs, coefficient, ...(factor ? { factor } : {}) };
    const value = async (fresh: Batch<SeriesSet>) => {
      const logs = await logsOf(set, fresh, target, factor);
      return coefficient.reduce((sum, c, i) => (c === 0 ? sum : sum + (c * logs[i]!) / BATCH), 0);
    };
    const [reported] = await model.accumulate([term]);
    expect(reported).toBeCloseTo(await value(batch), 6);
    for (const { name, slope, expected } of await differences(set, term, value, step)) {
      const isPart = (blocks as readonly string[]).includes(name);
      if (!isPart) expect(slope, name).toBe(0);
      else {
        expect(Math.abs(expected), name).toBeGreaterThan(1e-4);
        expect(Math.abs(slope - expected), name).toBeLessThan(RELATIVE * Math.max(1, Math.abs(expected)));
      }
    }
  });

  it("gives the pathwise gradient of phi through the numbers, and nothing to theta", async () => {
    const set = await setUp(options);
    const { model, batch, programs, coefficient } = set;
    const noise = await noiseOf(set);
    const term: Term<SeriesSet> = { target: "phi", isPathwise: true, batch, programs, coefficient };
    const value = async (fresh: Batch<SeriesSet>) => {
      const redrawn = await redraw(set, fresh, noise);
      const logJoint = await logsOf({ ...set, programs: redrawn }, fresh, "theta", undefined);
      const logQ = await logsOf({ ...set, programs: redrawn }, fresh, "phi", "continuous");
      return coefficient.reduce((sum, c, i) => (c === 0 ? sum : sum + (c * (logJoint[i]! - logQ[i]!)) / BATCH), 0);
    };
    const [reported] = await model.accumulate([term]);
    expect(reported).toBeCloseTo(await value(batch), 6);
    for (const { name, slope, expected } of await differences(set, term, value, step)) {
      const isPart = name.startsWith("phi") && name !== "phi.expression";
      if (!isPart) expect(slope, name).toBe(0);
      else {
        expect(Math.abs(expected), name).toBeGreaterThan(1e-4);
        expect(Math.abs(slope - expected), name).toBeLessThan(10 * RELATIVE * Math.max(1, Math.abs(expected)));
      }
    }
  });
});

it("adds up terms that share a batch as it does one by one", async () => {
  const set = await setUp({});
  const { model, batch, programs, strings, coefficient, exact } = set;
  const terms: Term<SeriesSet>[] = [
    { target: "phi", factor: "discrete", batch, programs: strings, coefficient },
    { target: "phi", factor: "continuous", batch, programs, coefficient: coefficient.map((c) => 0.3 * c) },
    { target: "phi", batch: everyRow(new SeriesSet(batch.observations.values.slice(0, 256))), programs, coefficient },
  ];
  const gradients = async (parts: readonly (readonly Term<SeriesSet>[])[]) => {
    for (const { block } of Object.values(exact)) block.zeroGradient();
    for (const part of parts) await model.accumulate(part);
    return Object.values(exact).flatMap(({ block }) => Array.from(block.gradient));
  };
  const together = await gradients([terms]);
  const apart = await gradients(terms.map((term) => [term]));
  for (const [i, value] of together.entries()) expect(value).toBeCloseTo(apart[i]!, 9);
});

/** [K, B] logs of the set's programs, from the methods that the engine calls. */
async function logsOf(
  { model, programs, strings }: Pick<SetUp, "model" | "programs" | "strings">,
  batch: Batch<SeriesSet>,
  target: "theta" | "phi",
  factor: "discrete" | "continuous" | undefined,
): Promise<Float64Array> {
  if (target === "phi") {
    const discrete = await model.logQ(batch, strings);
    if (factor === "discrete") return discrete;
    const both = await model.logQ(batch, programs);
    return factor === undefined ? both : both.map((value, i) => value - discrete[i]!);
  }
  const { logPrior, logLikelihood, logPriorDiscrete } = await model.score(batch, programs);
  if (factor === "discrete") return logPriorDiscrete!;
  const whole = logPrior.map((value, i) => value + logLikelihood[i]!);
  return factor === undefined ? whole : whole.map((value, i) => value - logPriorDiscrete![i]!);
}

/** Means and log deviations of q(z_c | z_d, x) at the given numbers, by a network run of its own. */
async function momentsOf({ exact }: SetUp, batch: Batch<SeriesSet>, programs: Programs) {
  const expressions = readExpressions(programs.values);
  const signal = await exact["phi.signal"].forward(
    {
      steps: 128,
      inputs: gatherSeries(batch),
      lengths: new Int32Array(BATCH).fill(128),
      context: null,
      groups: new Int32Array(BATCH),
    },
    false,
  );
  const hidden = exact["phi.signal"].spec.hidden;
  const steps = 10;
  const inputs = new Float64Array(expressions.length * steps * 11);
  for (const [n, { symbols }] of expressions.entries()) {
    for (const [t, symbol] of symbols.entries()) inputs[(n * steps + t) * 11 + symbol] = 1;
  }
  const lengths = Int32Array.from(expressions, ({ length }) => length);
  const groups = Int32Array.from(expressions.keys());
  const lanes = { steps, inputs, lengths, context: null, groups };
  const embedded = exact["phi.embedder"].exact.run(lanes, false).last;
  const context = new Float64Array(expressions.length * 2 * hidden);
  for (const n of groups) {
    context.set(signal.last.subarray((n % BATCH) * hidden, ((n % BATCH) + 1) * hidden), 2 * n * hidden);
    context.set(embedded.subarray(n * hidden, (n + 1) * hidden), (2 * n + 1) * hidden);
  }
  const values = new Float64Array(expressions.length * 5 * NUM_SLOTS);
  for (const n of groups) {
    for (let i = 0; i < 4 * NUM_SLOTS; i++) {
      values[n * 5 * NUM_SLOTS + NUM_SLOTS + i] = programs.continuous![n * CONTINUOUS_LENGTH + i]!;
    }
  }
  const counts = Int32Array.from(expressions, ({ numAtoms }) => numAtoms);
  const outputs = exact["phi.parameters"].exact.run(
    { steps: 5, inputs: values, lengths: counts, context, groups },
    false,
  ).outputs;
  return { outputs, expressions };
}

function gatherSeries({ observations, ids }: Batch<SeriesSet>): Float32Array {
  return Float32Array.from(
    { length: ids.length * 128 },
    (_, i) => observations.values[ids[i >> 7]! * 128 + (i & 127)]!,
  );
}

async function noiseOf(set: SetUp): Promise<Float64Array> {
  const { outputs } = await momentsOf(set, set.batch, set.programs);
  return set.programs.continuous!.map((value, index) => {
    const at = Math.floor(index / NUM_SLOTS) * 2 * NUM_SLOTS;
    const slot = index % NUM_SLOTS;
    return (value - outputs[at + slot]!) / Math.exp(logStdOf(outputs, at, slot));
  });
}

/** The programs with z_c = mean + deviation * noise under the present phi, step after step. */
async function redraw(set: SetUp, batch: Batch<SeriesSet>, noise: Float64Array): Promise<Programs> {
  const continuous = new Float64Array(noise.length);
  for (let step = 0; step < 5; step++) {
    const { outputs, expressions } = await momentsOf(set, batch, { ...set.programs, continuous });
    for (const [n, { numAtoms, used }] of expressions.entries()) {
      for (let slot = 0; step < numAtoms && slot < NUM_SLOTS; slot++) {
        if (!set.settings.allSlots && used[step * NUM_SLOTS + slot] === 0) continue;
        const index = n * CONTINUOUS_LENGTH + step * NUM_SLOTS + slot;
        const at = (n * 5 + step) * 2 * NUM_SLOTS;
        continuous[index] = outputs[at + slot]! + Math.exp(logStdOf(outputs, at, slot)) * noise[index]!;
      }
    }
  }
  return { ...set.programs, continuous };
}

// The gradients of every kind of term against central differences in double precision, for every block, along random
// directions. Pathwise terms are compared with the differences of a function that redraws z_c from held noise.

import { describe, expect, it } from "vitest";
import { scenePainter } from "../../src/domains/blocks/data/drawScenes";
import { makeScenes } from "../../src/domains/blocks/data/makeScenes";
import { everyRow, ScenePictures } from "../../src/domains/blocks/observations";
import type { Batch, Programs, Term } from "../../src/engine/model";
import type { OptionValues } from "../../src/engine/options";
import { Rng } from "../../src/engine/rng/rng";
import { doubleBlocks, scenePrograms } from "../helpers/blocks";

/** Central differences of the float64 model err by the step squared times third derivatives and by rounding over the step. */
const RELATIVE = 1e-5;
const STEP = 1e-5;
const BATCH = 2;

const TOWERS = [
  ["ABA", "B"],
  ["BB", "-"],
  ["AB", "BAB"],
];
const GRIDS = [
  ["CB - / A ABC", "- - / - -"],
  ["EEE AD / BC A", "- B / - CDA"],
  ["A A / A A", "ABC - / DE -"],
];

const MODES: readonly { name: string; options: OptionValues; texts: readonly (readonly string[])[] }[] = [
  { name: "one tower", options: { grid: 1, types: 2, shrink: 0.2 }, texts: TOWERS },
  { name: "four towers", options: { shrink: 0.2 }, texts: GRIDS },
  { name: "cuboids without colour", options: { dataset: "cuboids-plain", shrink: 0.2 }, texts: GRIDS },
  { name: "reference depth and shading", options: { depthRule: "reference", shading: "reference" }, texts: GRIDS },
];

async function setUp(options: OptionValues, texts: readonly (readonly string[])[]) {
  const built = doubleBlocks(options);
  const { settings } = built;
  const scenes = makeScenes({
    dataset: settings.dataset,
    count: 4,
    seed: 3,
    split: "train",
    gridSide: settings.gridSide,
  });
  const pictures = new ScenePictures(4, settings.side, scenePainter(scenes, settings));
  const batch: Batch<ScenePictures> = { observations: pictures, ids: Int32Array.of(2, 1) };
  const rng = new Rng(11);
  const discrete = scenePrograms(texts, { grid: settings.gridSide, types: settings.numTypes });
  const { programs } = await built.model.hybrid.drawContinuous(batch, discrete, 1, rng.fork("draw"));
  const coefficient = Float64Array.from(texts.flat(), (_, i) => (i === 1 ? 0 : rng.normal()));
  return { ...built, batch, programs, discrete, coefficient };
}

type SetUp = Awaited<ReturnType<typeof setUp>>;

/** Moves each block along a direction. A new batch object, so that nothing that was kept is used. */
async function differences(
  { blocks, batch, model }: SetUp,
  term: Term<ScenePictures>,
  value: (batch: Batch<ScenePictures>) => Promise<number>,
) {
  const results: { name: string; slope: number; expected: number }[] = [];
  for (const block of blocks) {
    const rng = new Rng(5).fork(block.name);
    for (const each of blocks) each.zeroGradient();
    await model.accumulate([term]);
    const direction = Float64Array.from(block.values, () => rng.normal());
    let slope = 0;
    for (const [i, d] of direction.entries()) slope -= d * block.gradient[i]!;
    const start = block.values.slice();
    const at = async (distance: number) => {
      for (const [i, d] of direction.entries()) block.values[i] = start[i]! + distance * d;
      return value({ observations: batch.observations, ids: batch.ids });
    };
    const expected = ((await at(STEP)) - (await at(-STEP))) / (2 * STEP);
    block.values.set(start);
    results.push({ name: block.name, slope, expected });
  }
  return results;
}

const FACTORS = [
  { target: "theta", factor: undefined },
  { target: "theta", factor: "discrete" },
  { target: "theta", factor: "continuous" },
  { target: "phi", factor: undefined },
  { target: "phi", factor: "discrete" },
  { target: "phi", factor: "continuous" },
] as const;

describe.each(MODES)("$name", ({ options, texts }) => {
  it.each(FACTORS)("gives the gradient of $target, factor $factor", async ({ target, factor }) => {
    const set = await setUp(options, texts);
    const { model, batch, coefficient } = set;
    const programs = factor === "discrete" ? set.discrete : set.programs;
    const term: Term<ScenePictures> = { target, batch, programs, coefficient, ...(factor ? { factor } : {}) };
    const value = async (fresh: Batch<ScenePictures>) =>
      weighted(coefficient, await logsOf(set, fresh, target, factor));
    const [reported] = await model.accumulate([term]);
    expect(reported).toBeCloseTo(await value(batch), 6);
    for (const { name, slope, expected } of await differences(set, term, value)) {
      // p(z_d) holds nothing to learn.
      if (!name.startsWith(target) || (target === "theta" && factor === "discrete")) expect(slope, name).toBe(0);
      else expectClose(name, slope, expected);
    }
  });

  it("gives the pathwise gradient of phi through the places, and nothing to theta", async () => {
    const set = await setUp(options, texts);
    const { model, batch, programs, coefficient } = set;
    const noise = await standardised(set);
    const term: Term<ScenePictures> = { target: "phi", isPathwise: true, batch, programs, coefficient };
    const value = async (fresh: Batch<ScenePictures>) => {
      const redrawn = { ...set, programs: await redraw(set, fresh, noise) };
      const logJoint = await logsOf(redrawn, fresh, "theta", undefined);
      const logQ = await logsOf(redrawn, fresh, "phi", "continuous");
      return weighted(
        coefficient,
        logJoint.map((log, i) => log - logQ[i]!),
      );
    };
    const [reported] = await model.accumulate([term]);
    expect(reported).toBeCloseTo(await value(batch), 6);
    for (const { name, slope, expected } of await differences(set, term, value)) {
      if (name.startsWith("theta")) expect(slope, name).toBe(0);
      else expectClose(name, slope, expected);
    }
  });
});

it("adds up terms that share a batch as it does one by one, and batches that do not fit into one call", async () => {
  const set = await setUp({}, GRIDS);
  const { batch, programs, discrete, coefficient } = set;
  const other = everyRow(ScenePictures.of(batch.observations.picture(0).slice(), batch.observations.side));
  const dream = { ...programs, values: programs.values.slice(0, 12), continuous: programs.continuous!.slice(0, 12) };
  const terms: Term<ScenePictures>[] = [
    { target: "phi", factor: "discrete", batch, programs: discrete, coefficient },
    { target: "phi", factor: "continuous", batch, programs, coefficient: coefficient.map((c) => 0.3 * c) },
    {
      target: "phi",
      batch: other,
      programs: { ...dream, numParticles: 1, batchSize: 1 },
      coefficient: Float64Array.of(1),
    },
  ];
  const gradients = async (
    { model, blocks }: Pick<SetUp, "model" | "blocks">,
    parts: readonly (readonly Term<ScenePictures>[])[],
  ) => {
    for (const block of blocks) block.zeroGradient();
    for (const part of parts) await model.accumulate(part);
    return blocks.flatMap(({ gradient }) => Array.from(gradient));
  };
  const together = await gradients(set, [terms]);
  const apart = await gradients(
    set,
    terms.map((term) => [term]),
  );
  const rowByRow = await gradients(doubleBlocks({}, 1), [terms]);
  for (const [i, value] of together.entries()) {
    expect(value).toBeCloseTo(apart[i]!, 9);
    expect(value).toBeCloseTo(rowByRow[i]!, 9);
  }
});

function expectClose(name: string, slope: number, expected: number): void {
  expect(Math.abs(expected), name).toBeGreaterThan(1e-4);
  expect(Math.abs(slope - expected), name).toBeLessThan(RELATIVE * Math.max(1, Math.abs(expected)));
}

/** mean_b sum_k coefficient * log */
const weighted = (coefficient: Float64Array, logs: Float64Array): number =>
  coefficient.reduce((sum, c, i) => (c === 0 ? sum : sum + (c * logs[i]!) / BATCH), 0);

/** [K, B] logs of the set's programs, from the methods that the engine calls. */
async function logsOf(
  { model, programs, discrete }: Pick<SetUp, "model" | "programs" | "discrete">,
  batch: Batch<ScenePictures>,
  target: "theta" | "phi",
  factor: "discrete" | "continuous" | undefined,
): Promise<Float64Array> {
  if (target === "phi") {
    const ofPrograms = await model.logQ(batch, discrete);
    if (factor === "discrete") return ofPrograms;
    const both = await model.logQ(batch, programs);
    return factor === undefined ? both : both.map((value, i) => value - ofPrograms[i]!);
  }
  const { logPrior, logLikelihood, logPriorDiscrete } = await model.score(batch, programs);
  if (factor === "discrete") return logPriorDiscrete!;
  const whole = logPrior.map((value, i) => value + logLikelihood[i]!);
  return factor === undefined ? whole : whole.map((value, i) => value - logPriorDiscrete![i]!);
}

/** (raw - mean) / deviation of every place of the programs. */
async function standardised({ model, batch, programs }: SetUp): Promise<Float64Array> {
  const heads = await model.recogniser.read(batch);
  return programs.continuous!.map((raw, at) => {
    const { mean, logDeviation } = heads.normal(Math.floor(at / programs.length) % BATCH, at % programs.length);
    return (raw - mean) / Math.exp(logDeviation);
  });
}

/** The programs with raw = mean + deviation * noise under the present phi. */
async function redraw({ model, programs }: SetUp, batch: Batch<ScenePictures>, noise: Float64Array): Promise<Programs> {
  const heads = await model.recogniser.read(batch);
  const continuous = noise.map((value, at) => {
    if (programs.values[at] === 0) return 0;
    const { mean, logDeviation } = heads.normal(Math.floor(at / programs.length) % BATCH, at % programs.length);
    return mean + Math.exp(logDeviation) * value;
  });
  return { ...programs, continuous };
}

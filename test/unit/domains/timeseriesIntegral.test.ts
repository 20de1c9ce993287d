// Scores of expressions alone: the integral over their numbers agrees with quadrature and with long runs of the network's
// draws, varies little where a period is sharp, and puts the rhythm that made a series first.

import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { timeseries } from "../../../src/domains/timeseries/index";
import { eigen } from "../../../src/domains/timeseries/integral/studentT";
import type { SeriesModel } from "../../../src/domains/timeseries/model";
import { SeriesSet } from "../../../src/domains/timeseries/observations";
import { CONTINUOUS_LENGTH, NUM_POINTS, SPACING } from "../../../src/domains/timeseries/program";
import { describeFit } from "../../../src/domains/timeseries/upload/describeFit";
import { fromUpload } from "../../../src/domains/timeseries/upload/fromUpload";
import { logSumExp } from "../../../src/engine/dists/logs";
import type { Batch } from "../../../src/engine/model";
import { Rng } from "../../../src/engine/rng/rng";
import { readModel } from "../../../src/engine/run/modelFile";
import { openOwnData } from "../../../src/engine/run/ownData";
import { readPublicFile } from "../../../src/engine/worker/threadPort";
import { buildSeries, programsOf, type SeriesRun, seriesRows } from "../../helpers/timeseries";

const wide = timeseries.models![0]!;
const content = readModel(readFileSync("public/models/timeseries/wide.model"));

/**
 * 120 rows with a rhythm of 12 of them, of which the first 96 are learned from. Noise of 1.5 is about what every expression
 * allows for; where there is more, two symbols for noise cost 20 nats, and a drifting rhythm can be the better one.
 */
function openRhythm(seed: number, trend: number, own: object = {}) {
  const noise = new Rng(seed).fork("noise");
  const rows = Array.from(
    { length: 120 },
    (_, i) => 100 + trend * i + 10 * Math.sin((2 * Math.PI * i) / 12) + 1.5 * noise.normal(),
  );
  const read = fromUpload({ kind: "text", name: "", text: rows.join("\n") });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const options = { ...wide.own, ...own, backend: "wasm" };
  const { userData } = read;
  return openOwnData({ spec: timeseries, options, userData, model: content, memorySize: 5, readAsset: readPublicFile });
}

/** log of the integral of p(z_c | z_d) p(x | z) over the numbers of a single base kernel, on a grid of five deviations. */
async function quadrature({ model }: SeriesRun, batch: Batch<SeriesSet>, text: string, side: number) {
  const one = programsOf([text], 1);
  const zero = { ...one, continuous: new Float64Array(CONTINUOUS_LENGTH) };
  const { mean, deviation } = await model.generative.moments(zero);
  const slots = [...deviation.keys()].filter((slot) => deviation[slot]! > 0);
  const count = side ** slots.length;
  const continuous = new Float64Array(count * CONTINUOUS_LENGTH);
  let logCell = 0;
  for (const [k, slot] of slots.entries()) {
    const step = (10 * deviation[slot]!) / side;
    logCell += Math.log(step);
    for (let n = 0; n < count; n++) {
      const place = Math.floor(n / side ** k) % side;
      continuous[n * CONTINUOUS_LENGTH + slot] = mean[slot]! - 5 * deviation[slot]! + (place + 0.5) * step;
    }
  }
  const programs = programsOf(new Array<string>(count).fill(text), 1);
  const scores = await model.generative.score(batch, { ...programs, continuous });
  const logs = scores.logLikelihood.map((v, n) => v + scores.logPrior[n]! - scores.logPriorDiscrete![n]!);
  return logSumExp(logs) + logCell;
}

/** Mean of numbers and its standard error. */
function meanOf(values: readonly number[]): { mean: number; error: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return { mean, error: Math.sqrt(variance / values.length) };
}

describe("the integral", () => {
  let run: SeriesRun;
  beforeAll(async () => {
    run = await buildSeries({ scheme: "wide", integrateBy: "fit", series: 40 }, "wasm");
  });

  /** Series of the model itself: their numbers lie where the prior expects them, and so within the grid. */
  const dreamsOf = (text: string, count: number) =>
    run.model.generative.dreamOf(
      { ...programsOf(new Array<string>(count).fill(text), count), numParticles: 1 },
      new Rng(3),
    );

  it.each([
    ["WN", 40, 400],
    ["C", 40, 400],
    ["SE", 8, 100],
  ])("of %s is that of a dense grid", async (text, numSeries, side) => {
    const ratios: number[] = [];
    const { observations } = (await dreamsOf(text, numSeries)).batch;
    for (let row = 0; row < numSeries; row++) {
      const batch = { observations, ids: Int32Array.of(row) };
      const { logLikelihood } = await run.model.score(batch, programsOf([text], 1));
      ratios.push(Math.exp(logLikelihood[0]! - (await quadrature(run, batch, text, side))));
    }
    const { mean, error } = meanOf(ratios);
    // An unbiased estimate's ratio to the truth is 1 on average: four standard errors.
    expect(Math.abs(mean - 1)).toBeLessThan(4 * error);
    expect(error).toBeLessThan(0.1);
  });

  it("is that of a long run of the network's draws", async () => {
    const texts = new Array<string>(6).fill("C + WN");
    const { batch } = await dreamsOf("C + WN", 6);
    const { logLikelihood } = await run.model.score(batch, programsOf(texts, 6));
    const draws = await run.model.hybrid.drawContinuous(batch, programsOf(texts, 6), 6000, new Rng(1));
    const scores = await run.model.generative.score(batch, draws.programs);
    const ratios = Array.from(logLikelihood, (estimate, b) => {
      const logs = Array.from({ length: 6000 }, (_, k) => {
        const i = 6 * k + b;
        return scores.logPrior[i]! - scores.logPriorDiscrete![i]! + scores.logLikelihood[i]! - draws.logQ[i]!;
      });
      return Math.exp(estimate - logSumExp(logs) + Math.log(6000));
    });
    const { mean, error } = meanOf(ratios);
    expect(Math.abs(mean - 1)).toBeLessThan(4 * error);
    expect(error).toBeLessThan(0.25);
  });

  it("is the same whatever else is scored beside it", async () => {
    const batch = seriesRows(run, 2, 3);
    const texts = ["PER2 * SE", "WN", "SE + PER3", "PER2 * SE"];
    const [many, again] = [
      await run.model.score(batch, programsOf(texts, 2)),
      await run.model.score(batch, programsOf(texts, 2)),
    ];
    expect(again.logLikelihood).toEqual(many.logLikelihood);
    const alone = await run.model.score(seriesRows(run, 1, 3), programsOf(["PER2 * SE"], 1));
    expect(alone.logLikelihood[0]).toBeCloseTo(many.logLikelihood[0]!, 4);
  });
});

it("finds curvatures and directions of a symmetric matrix", () => {
  const rng = new Rng(2);
  const d = 15;
  const matrix = new Float64Array(d * d);
  for (let i = 0; i < d; i++) for (let j = 0; j <= i; j++) matrix[i * d + j] = matrix[j * d + i] = rng.normal();
  const { values, vectors } = eigen(matrix.slice(), d);
  for (let i = 0; i < d * d; i++) {
    const [row, column] = [Math.floor(i / d), i % d];
    let sum = 0;
    for (let k = 0; k < d; k++) sum += vectors[row * d + k]! * values[k]! * vectors[column * d + k]!;
    expect(sum).toBeCloseTo(matrix[i]!, 8);
  }
});

it("varies far less than draws of the network alone where a period is sharp", async () => {
  const spread: Record<string, number> = {};
  for (const integrateBy of ["samples", "fit"]) {
    const { core } = await openRhythm(1, 0, { integrateBy });
    const { instance } = core.parts;
    const train = instance.train as SeriesSet;
    // The same series but for its last bits: other draws of the same integral.
    const values = train.values.slice(-NUM_POINTS);
    const copies = Array.from({ length: 10 }, (_, c) => values.map((value, i) => (i === 0 ? value + c * 1e-5 : value)));
    const set = new SeriesSet(Float32Array.from(copies.flatMap((copy) => [...copy])));
    const ids = Int32Array.from(copies.keys());
    const model = instance.model as unknown as SeriesModel;
    const texts = new Array<string>(10).fill("PER3");
    const { logLikelihood } = await model.score({ observations: set, ids }, programsOf(texts, 10));
    spread[integrateBy] = meanOf([...logLikelihood]).error * Math.sqrt(10);
    core.dispose();
  }
  expect(spread.fit).toBeLessThan(0.5);
  expect(spread.samples).toBeGreaterThan(20 * spread.fit!);
});

it.each([
  [1, 0],
  [2, 0],
  [3, 0],
  [1, 0.5],
])("puts a rhythm of 12 rows first (seed %i, trend %d a row)", async (seed, trend) => {
  const own = await openRhythm(seed, trend);
  const { inferences } = await own.search.run({ seconds: 60, rounds: 8 });
  const { instance } = own.core.parts;
  const seen = instance.describeObservation(
    { observations: instance.train, ids: Int32Array.of(inferences[0]!.row) },
    0,
  ) as { scale: { step: number } };
  const { program } = inferences[0]!.programs[0]!;
  const fit = describeFit(program, seen, own.core.options)!;
  const { parameters } = fit.data as { parameters: readonly { kernel: string; period?: number }[] };
  const periods = parameters.flatMap(({ period }) => (period ? [(period / SPACING) * seen.scale.step] : []));
  expect(periods.some((period) => Math.abs(period / 12 - 1) < 0.03)).toBe(true);
  if (trend > 0) expect(parameters.map(({ kernel }) => kernel)).toContain("SE");
  own.dispose();
});

// A time-series run as the page sees it: facts, evaluation, picture, own series, learning rates.

import { describe, expect, it } from "vitest";
import type { SeriesData, SeriesPicture } from "../../../src/domains/timeseries/facts";
import { timeseries } from "../../../src/domains/timeseries/index";
import { userDataOf } from "../../../src/domains/timeseries/upload/ownSeries";
import { defaultsOf, type OptionValues } from "../../../src/engine/options";
import { Rng } from "../../../src/engine/rng/rng";
import { createRun } from "../../../src/engine/run/createRun";
import type { RunOptions } from "../../../src/engine/run/options";
import { readPublicFile } from "../../../src/engine/worker/threadPort";
import { buildSeries, TINY_SERIES } from "../../helpers/timeseries";

/** A run after some steps, with its evaluation and its picture. */
async function runOf(options: OptionValues, steps: number) {
  const all = { ...TINY_SERIES, evaluateEvery: 1000, backend: "wasm", ...options };
  const request = { spec: timeseries, options: all, userData: null, checkpoint: null, readAsset: readPublicFile };
  const { run } = await createRun(request);
  while (run.core.step < steps) await run.advance("step");
  const { instance, memory } = run.core.parts;
  const context = { selected: 1, memory, step: run.core.step, rng: new Rng(1) };
  // The cast: the domain makes its own kind of picture.
  const picture = (await instance.picture(context)) as SeriesPicture;
  return { run, instance, metrics: await run.core.evaluate(), picture };
}

describe("an evaluation", () => {
  it("has every metric of the words, and the penalty only lowers the likelihood", async () => {
    const { run, metrics } = await runOf({ algorithm: "hmws", evaluationSeries: 12 }, 10);
    for (const { name } of timeseries.metrics) expect(metrics[name], name).toBeTypeOf("number");
    expect(metrics.iwae100!).toBeGreaterThan(metrics.iwae100Penalised! + 10);
    expect(metrics.memoryBound!).toBeGreaterThan(metrics.memoryBoundPenalised! + 10);
    expect(metrics.iwae10!).toBeLessThanOrEqual(metrics.iwae100Penalised!);
    expect(metrics.wellFormed).toBe(1);
    expect(metrics.klEstimate!).toBeGreaterThan(0);
    run.core.dispose();
  });

  it("divides the mean among series of one kernel and of more", async () => {
    const { run, metrics } = await runOf({ evaluationSeries: 12 }, 0);
    const { truths } = run.core.parts.instance.facts.data as SeriesData; // its own
    const single = truths.filter((truth) => /^\(*(WN|SE|C|PER[1-4])\)*$/.test(truth)).length;
    expect(single).toBeGreaterThan(0);
    expect(single).toBeLessThan(12);
    const mean = (single * metrics.singleKernel! + (12 - single) * metrics.compositional!) / 12;
    expect(mean).toBeCloseTo(metrics.iwae100Penalised!, 9);
    run.core.dispose();
  });

  it("has the same two likelihoods without a penalty", async () => {
    const { run, metrics } = await runOf({ lengthPenalty: 0 }, 0);
    expect(metrics.iwae100).toBe(metrics.iwae100Penalised);
    run.core.dispose();
  });
});

describe("the picture", () => {
  it.each(["hmws", "rws"])("has curves that belong together, with %s", async (algorithm) => {
    const { run, instance, picture } = await runOf({ algorithm }, 10);
    const data = instance.facts.data as SeriesData; // its own
    expect(picture.kind).toBe("timeseries");
    expect(picture.fits.length).toBeGreaterThan(0);
    expect(picture.fits.length).toBeLessThanOrEqual(3);
    const weights = picture.fits.map(({ weight }) => weight);
    expect(weights).toEqual([...weights].sort((first, second) => second - first));
    for (const fit of picture.fits) {
      for (const i of [0, 60, 127]) {
        const parts = (at: number) => fit.components.reduce((sum, { curve }) => sum + curve[at]!, 0);
        expect(parts(i)).toBeCloseTo(fit.smooth[i]!, 4);
        expect(parts(data.points + i)).toBeCloseTo(fit.mean[i]!, 4);
      }
      expect(fit.deviation.every((value) => value > 0.1)).toBe(true);
    }
    expect(picture.isRecovered).toHaveLength(data.count);
    const known = picture.isRecovered.filter((value) => value !== 255).length;
    expect(known).toBe(algorithm === "hmws" ? data.count : 0);
    expect(picture.dreams.values).toHaveLength(6 * data.points);
    run.core.dispose();
  });

  it("is the same twice, and small", async () => {
    const { run, instance, picture } = await runOf({}, 6);
    const again = await instance.picture({ selected: 1, memory: run.core.parts.memory, step: 6, rng: new Rng(2) });
    expect(again).toEqual(picture);
    expect(JSON.stringify(picture).length).toBeLessThan(256 * 1024);
    run.core.dispose();
  });
});

describe("a person's series", () => {
  it("stand after the made ones, with their own names, and nobody knows what made them", async () => {
    const values = Array.from({ length: 128 }, (_, i) => Math.sin(i / 5));
    const scale = {
      name: "sales",
      mean: 100,
      deviation: 10,
      first: 1,
      step: 1,
      timeName: "",
      isDate: false,
      span: { one: "row", many: "rows", length: 1 },
      future: [],
    };
    const { instance } = await buildSeries({}, "cpu", userDataOf("mine.csv", [{ values, scale }], "One column."));
    const data = instance.facts.data as SeriesData; // its own
    expect(instance.facts.userRow).toBe(12);
    expect(data.count).toBe(13);
    expect(data.truths[12]).toBe("");
    expect(data.own[0]?.name).toBe("sales");
    const own = instance.describeObservation({ observations: instance.train, ids: Int32Array.of(12) }, 0);
    expect(own).toMatchObject({ name: "sales", truth: "" });
  });
});

it("gives each algorithm its learning rate, and pretraining to the prior of strings alone", async () => {
  const { instance } = await buildSeries();
  // The cast: the domain's table holds the common options.
  const rate = (block: string, options: OptionValues) =>
    instance.learningRate(block, { ...defaultsOf(timeseries.options), ...options } as RunOptions);
  expect(rate("phi.signal", { algorithm: "hmws" })).toBe(0.001);
  expect(rate("phi.signal", { algorithm: "vimco" })).toBe(0.00005);
  expect(rate("theta.expression", { algorithm: "reinforce" })).toBe(0.00005);
  expect(rate("theta.expression", { algorithm: "pretraining" })).toBe(0.001);
  expect(rate("theta.parameters", { algorithm: "pretraining" })).toBe(0);
});

// Facts, metrics and pictures of a short run: they agree with each other and with the exact answers.

import { beforeAll, describe, expect, it } from "vitest";
import type { ClusterPicture } from "../../../src/domains/clusters/index";
import { clusters } from "../../../src/domains/clusters/index";
import type { MetricValues } from "../../../src/engine/domain";
import { Rng } from "../../../src/engine/rng/rng";
import type { RunCore } from "../../../src/engine/run/core";
import { buildClusters, trainClusters } from "../../helpers/clusters";

const SHORT = { iterations: 60, evaluateEvery: 60 };
let memoryRun: RunCore;
let sampleRun: RunCore;
beforeAll(async () => {
  memoryRun = await trainClusters(SHORT);
  sampleRun = await trainClusters({ ...SHORT, algorithm: "vimco", particles: 5 });
});

const picture = async (core: RunCore, selected: number) =>
  // The cast: this domain's picture is a ClusterPicture.
  (await core.parts.instance.picture({
    selected,
    memory: core.parts.memory,
    step: core.step,
    rng: new Rng(1).fork(selected),
  })) as ClusterPicture;
const lastMetrics = (core: RunCore): MetricValues => core.history.at(-1)?.metrics ?? {};
const sum = (values: ArrayLike<number>) => Array.from(values).reduce((total, value) => total + value, 0);

describe("facts", () => {
  it("hold the data and the exact reference lines", async () => {
    const { facts } = await buildClusters();
    expect([facts.numTrain, facts.numHeldOut, facts.userRow]).toEqual([100, 100, -1]);
    const values = Object.fromEntries(facts.references.map(({ metric, value }) => [metric, value]));
    expect(values["nllTrain"]).toBeCloseTo(10.0934, 3);
    expect(values["nllTest"]).toBeCloseTo(10.8218, 3);
    expect(values["klTrue"]).toBeCloseTo(0.0671, 4);
    expect(values["sigma"]).toBe(0.03);
  });

  it("take the size of the floor from M for MWS and from K for the others", async () => {
    const floor = async (changed: Record<string, string | number>) =>
      (await buildClusters(changed)).facts.references.find(({ metric }) => metric === "klTrue");
    expect((await floor({ memory: 2 }))?.label).toBe("best any 2 can do");
    expect((await floor({ algorithm: "rws", particles: 20 }))?.label).toBe("best any 20 can do");
  });
});

describe("metrics", () => {
  it("are all declared, and those of the start are exact", async () => {
    const declared = new Set(clusters.metrics.map(({ name }) => name));
    const instance = await buildClusters();
    const first = await instance.evaluate({ memory: null, rng: new Rng(1), samples: 1 });
    for (const name of Object.keys({ ...first, ...instance.metrics() })) expect(declared).toContain(name);
    expect(first["nllTrain"]).toBeCloseTo(18.9924, 3);
    expect(first["nllTest"]).toBeCloseTo(19.1988, 3);
    expect(instance.metrics()).toEqual({ sigma: 1, sigma22: 1, sigma12: 0 });
  });

  it("say nothing about a memory that has not been visited", async () => {
    const core = await trainClusters({ iterations: 1, evaluateEvery: 1000 });
    const start = core.history.find(({ step }) => step === 0)?.metrics ?? {};
    expect(start["nllTrain"]).toBeCloseTo(18.9924, 3);
    expect(start["klMemory"]).toBeUndefined();
    expect(lastMetrics(core)["klMemory"]).toBeGreaterThan(0);
  });

  it("keep the laws of divergences", () => {
    const own = lastMetrics(memoryRun);
    expect(own["klMemory"]).toBeGreaterThanOrEqual(own["klFloor"] ?? Number.NaN);
    expect(own["uniqueParticles"]).toBe(5);
    const sampled = lastMetrics(sampleRun);
    expect(sampled["klTrue"]).toBeGreaterThan(0);
    expect(sampled["klMemory"]).toBeUndefined();
    expect(sampled["uniqueParticles"]).toBeLessThanOrEqual(5);
    for (const metrics of [own, sampled]) {
      expect(metrics["klRecognition"]).toBeGreaterThan(0);
      expect(metrics["klPosterior"]).toBeGreaterThan(0);
    }
  });

  it("average over the data set's own rows, whatever a person adds", async () => {
    const far = { name: "far", payload: { sets: [new Array(14).fill(0).map((_, i) => (i % 3) * 300)] } };
    const instance = await buildClusters({}, far);
    const first = await instance.evaluate({ memory: null, rng: new Rng(1), samples: 1 });
    expect(first["nllTrain"]).toBeCloseTo(18.9924, 3);
    expect(instance.facts.references[0]?.value).toBeCloseTo(10.0934, 3);
  });
});

describe("the picture", () => {
  it("of a memory: weights sum to 1, and the bound's gap is the divergence", async () => {
    const seen = await picture(memoryRun, 12);
    expect(seen.source).toBe("memory");
    expect(seen.programs.length).toBe(5);
    expect(sum(seen.weights)).toBeCloseTo(1, 12);
    expect(seen.logPx - seen.bound).toBeCloseTo(seen.klOwn, 9);
    expect(seen.memoryMass).toBeCloseTo(Math.exp(-seen.klOwn), 9);
    expect(seen.best).toBe(seen.programs[0]);
    expect([...seen.weights]).toEqual([...seen.weights].sort((a, b) => b - a));
    expect(sum(seen.clusterSizes)).toBe(7);
  });

  it("of particles: repeats are merged", async () => {
    const seen = await picture(sampleRun, 3);
    expect(seen.source).toBe("particles");
    expect(new Set(seen.programs).size).toBe(seen.programs.length);
    expect(sum(seen.weights)).toBeCloseTo(1, 12);
    expect(seen.bound).toBeNaN();
  });

  it("shows the exact answer before the first visit", async () => {
    const core = await trainClusters({ iterations: 1, evaluateEvery: 1000 });
    const unvisited = core.parts.memory?.rows.counts.indexOf(0) ?? 0;
    const seen = await picture(core, unvisited);
    expect(seen.source).toBe("none");
    expect(seen.best).toBe(seen.topPrograms[0]);
    expect(seen.programs.length).toBe(0);
    expect(sum(seen.togetherMemory)).toBe(0);
    expect(seen.klTrue).toBeNaN();
  });

  it("agrees with the tools and is fit to be sent", async () => {
    const seen = await picture(memoryRun, 40);
    const exact = clusters.tools.exactPosterior(seen.points, seen.sigma);
    expect(Array.from(seen.topPrograms)).toEqual(Array.from(exact.programs.slice(0, 10)));
    for (const [i, p] of seen.topProbability.entries()) expect(p).toBeCloseTo(exact.probability[i] ?? Number.NaN, 12);
    for (const matrix of [seen.togetherMemory, seen.togetherExact, seen.togetherTrue, seen.togetherRecognition]) {
      for (let j = 0; j < 7; j++) expect(matrix[8 * j]).toBeCloseTo(1, 10);
    }
    const arrays = Object.values(seen).filter((value) => ArrayBuffer.isView(value));
    expect(arrays.reduce((total, array) => total + array.byteLength, 0)).toBeLessThan(256_000);
    expect(new Set(arrays.map((array) => array.buffer)).size).toBe(arrays.length);
    const transfer = arrays.map((array) => array.buffer as ArrayBuffer); // none is shared memory
    structuredClone(seen, { transfer });
    expect((await picture(memoryRun, 40)).points.length).toBe(14);
  });

  it("is the same for the same stream", async () => {
    expect(await picture(memoryRun, 7)).toEqual(await picture(memoryRun, 7));
  });
});

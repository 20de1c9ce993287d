// Model files: what they hold, what they refuse, those that ship with the lab, and runs that start from them (UX-19).

import { statSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readAsset } from "../../../../src/cli/assets";
import { domains } from "../../../../src/domains/list";
import { LabError } from "../../../../src/engine/errors";
import { defaultsOf } from "../../../../src/engine/options";
import { writeCheckpoint } from "../../../../src/engine/run/checkpoint";
import { createRun } from "../../../../src/engine/run/createRun";
import { loadParameters, readModel, writeModel } from "../../../../src/engine/run/modelFile";
import { openOwnData } from "../../../../src/engine/run/ownData";
import { captureState } from "../../../../src/engine/run/state";

const shipped = domains.flatMap((spec) => (spec.models ?? []).map((model) => ({ spec, model, name: model.name })));
const automata = domains.find((spec) => spec.id === "automata")!;
const clusters = domains.find((spec) => spec.id === "clusters")!;

async function coreOf(domain: string, options: Record<string, string | number>) {
  const spec = domains.find((candidate) => candidate.id === domain)!;
  return (await createRun({ spec, options, userData: null, checkpoint: null, readAsset })).run.core;
}

describe("a model file", () => {
  it("holds single-precision weights, options and metrics, and nothing else", async () => {
    const core = await coreOf("clusters", { seed: 3 });
    for (let i = 0; i < 12; i++) await core.advance(() => undefined);
    const state = await captureState(core);
    const model = readModel(writeModel(state));
    expect(model.steps).toBe(12);
    expect(model.domain).toBe("clusters");
    expect(model.options).toEqual(state.options);
    for (const [i, block] of model.blocks.entries()) {
      expect(block.values).toEqual(Float32Array.from(state.blocks[i]!.values));
    }
    expect(writeModel(state).length).toBeLessThan(writeCheckpoint(state).length / 3);
    // A checkpoint's parameters are read alike.
    expect(readModel(writeCheckpoint(state)).blocks).toEqual(model.blocks);
  });

  it.each([
    ["cut off", (bytes: Uint8Array) => bytes.slice(0, bytes.length - 9)],
    ["changed", (bytes: Uint8Array) => bytes.map((byte, i) => (i === 60 ? byte ^ 1 : byte))],
    ["something else", () => new TextEncoder().encode("not a model at all, but long enough to be one")],
  ])("is refused with a sentence when it is %s", async (_, spoil) => {
    const bytes = await readAsset("models/clusters/seven.model");
    expect(() => readModel(spoil(bytes))).toThrow(LabError);
    expect(() => readModel(bytes)).not.toThrow();
  });

  it("does not go into a model of another shape", async () => {
    const core = await coreOf("automata", { images: 2, network: "aligned", neighbours: "5" });
    const k3 = readModel(await readAsset("models/automata/k3.model"));
    await expect(loadParameters(core.parts.instance.model.blocks, k3)).rejects.toThrow(/does not fit/);
  });
});

describe("a start", () => {
  it("may hold some blocks only: the others keep the first values of the run's seed", async () => {
    const options = { series: 2, size: "tiny", startFrom: "none", seed: 3 };
    const trained = await coreOf("timeseries", { ...options, seed: 8 });
    const part = readModel(writeModel(await captureState(trained), ["theta.expression"]));
    expect(part.blocks.map(({ name }) => name)).toEqual(["theta.expression"]);
    const { blocks } = (await coreOf("timeseries", options)).parts.instance.model;
    const valuesOf = async (core: typeof trained) =>
      Promise.all(core.parts.instance.model.blocks.map(async (block) => Array.from((await block.read()).values)));
    const own = await valuesOf(await coreOf("timeseries", options));
    await expect(loadParameters(blocks, part)).rejects.toThrow(/theta.parameters has .* the file has nothing/);
    await loadParameters(blocks, part, true);
    for (const [i, block] of blocks.entries()) {
      const values = Array.from((await block.read()).values);
      expect(values, block.name).toEqual(i === 0 ? (await valuesOf(trained))[0] : own[i]);
    }
    await expect(loadParameters(blocks, { ...part, blocks: [] }, true)).rejects.toThrow(/none of this model's parts/);
  });
});

describe("the shipped models", () => {
  it.each(shipped)("$name fits its own options, is small, and is what its entry says", async ({ spec, model }) => {
    const content = readModel(await readAsset(model.file));
    expect(content.domain).toBe(spec.id);
    expect(model.fits({ ...defaultsOf(spec.options), ...model.own })).toBe(true);
    expect(statSync(`public/${model.file}`).size).toBeLessThan(3 * 2 ** 20);
    for (const [name, value] of Object.entries(model.metrics)) {
      expect(Math.abs(content.metrics[name]! - value)).toBeLessThan(Math.abs(value) * 0.01);
    }
  });

  it("make a run good at once: the first bound is near the stored one, untrained it is far", async () => {
    const firstElbo = async (startFrom: string) => {
      const core = await coreOf("automata", { startFrom, seed: 1 });
      for (let i = 0; i < 20; i++) await core.advance(() => undefined);
      return core.history.at(-1)!.metrics.elbo!;
    };
    const stored = automata.models!.find((model) => model.name === "k3-generic")!.metrics.elbo!;
    expect(Math.abs((await firstElbo("trained")) - stored)).toBeLessThan(30);
    expect(await firstElbo("none")).toBeLessThan(stored - 150);
  });

  it("are not offered for options that none of them fits", async () => {
    const unfit = { startFrom: "trained", neighbours: "5", images: 4 };
    await expect(coreOf("automata", unfit)).rejects.toThrow(/no trained model of Cellular automata fits/);
  });
});

describe("a person's data under a shipped model", () => {
  const points = [-1.2, 0.9, -1, 1.1, -1.1, 0.8, 1, 0.9, 1.2, 1, 0.1, -1.2, 0.2, -1];
  const far = points.map((value) => value + 0.4);
  const open = async (seed: number) =>
    openOwnData({
      spec: clusters,
      options: { ...defaultsOf(clusters.options), ...clusters.models![0]!.own, seed },
      userData: { name: "mine", payload: { sets: [points, far] } },
      model: readModel(await readAsset("models/clusters/seven.model")),
      memorySize: 8,
      readAsset,
    });

  it("gives the same programs for the same seed and rounds, with samples and the exact optimum", async () => {
    const answers = [];
    for (const seed of [1, 1, 2]) {
      const own = await open(seed);
      await own.search.run({ seconds: 60, rounds: 3 });
      const { seconds, ...report } = await own.report(true);
      answers.push(report);
      own.dispose();
    }
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]).not.toEqual(answers[2]);
    for (const item of answers[0]!.items) {
      expect(item.programs.reduce((sum, found) => sum + found.weight, 0)).toBeCloseTo(1, 9);
      expect(item.programs[0]!.printed).toBe("AAABBCC");
      expect(item.exact).toMatchObject({ printed: "AAABBCC", isReached: true });
      expect(item.samplesOfBest).toHaveLength(6);
      expect(item.samplesOfAll).toHaveLength(6);
      const held = item.programs.reduce((sum, found) => sum + Math.exp(found.logJoint - item.logPx!), 0);
      expect(held).toBeGreaterThan(0.5);
      expect(held).toBeLessThanOrEqual(1 + 1e-9);
    }
  });

  it("goes on from where it stopped", async () => {
    const own = await open(1);
    await own.search.run({ seconds: 60, rounds: 2 });
    const { draws } = (await own.report(false)).items[0]!;
    await own.search.run({ seconds: 60, rounds: 2 });
    expect((await own.report(true)).items[0]!.draws).toBe(2 * draws);
    own.dispose();
  });

  it("finds a rule of 32 bits by varying the best, where proposals alone are not enough", async () => {
    const { tools } = automata as unknown as { tools: import("../../../../src/domains/automata").AutomataTools };
    const rule = 0x5a3c_96e1 | 0;
    const first = Uint8Array.from({ length: 48 }, (_, y) => Number((y * y + 3 * y) % 7 < 3));
    const grid = tools.growFrom(first, 48, { rule, neighbours: 5, boundary: "zero" }, 0.05, tools.rng(4));
    const info = automata.models!.find((model) => model.name === "k5")!;
    const options = { ...defaultsOf(automata.options), ...info.own, height: 48, width: 48 };
    const data = tools.userDataOf("mine", grid, "zero", options);
    if (!data.ok) throw new Error("the picture was refused");
    const model = readModel(await readAsset(info.file));
    const { userData } = data;
    const own = await openOwnData({ spec: automata, options, userData, model, memorySize: 8, readAsset });
    await own.search.run({ seconds: 60, rounds: 60 });
    const item = (await own.report(true)).items[0]!;
    expect(item.exact?.isReached).toBe(true);
    expect(item.programs.some((found) => found.origin === "variation")).toBe(true);
    own.dispose();
  });
});

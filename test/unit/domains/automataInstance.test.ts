import { describe, expect, it } from "vitest";
import { bestInMemory, recovery } from "../../../src/domains/automata/evaluate";
import type { AutomataData, AutomataPicture } from "../../../src/domains/automata/facts";
import { GenerativeModel } from "../../../src/domains/automata/generative";
import { gridFromRows } from "../../../src/domains/automata/grid";
import { automata } from "../../../src/domains/automata/index";
import { AutomataModel } from "../../../src/domains/automata/model";
import { Pictures } from "../../../src/domains/automata/observations";
import { neighboursOf, settingsOf } from "../../../src/domains/automata/options";
import { BernoulliPrior } from "../../../src/domains/automata/rulePrior";
import { createProgramMemory } from "../../../src/engine/memory/createMemory";
import { readOptions } from "../../../src/engine/options";
import { Rng } from "../../../src/engine/rng/rng";
import { automataOptions, buildAutomata } from "../../helpers/automata";

describe("options", () => {
  it("every preset and data set names valid options", () => {
    for (const preset of automata.presets) {
      const raw = Object.fromEntries(Object.entries(preset.options).map(([name, value]) => [name, String(value)]));
      expect(readOptions(automata.options, raw).problems).toEqual([]);
      expect(settingsOf(automataOptions(preset.options)).images).toBeGreaterThan(0);
    }
    for (const { name } of automata.datasets) expect(settingsOf(automataOptions({ dataset: name })).dataset).toBe(name);
  });

  it("live is 100 pictures of 32 by 32 and 25 held out; hard data sets have five neighbours", () => {
    expect(settingsOf(automataOptions())).toMatchObject({
      images: 100,
      heldOut: 25,
      height: 32,
      width: 32,
      neighbours: 3,
    });
    expect(neighboursOf(automataOptions({ dataset: "live-hard" }))).toBe(5);
    expect(neighboursOf(automataOptions({ neighbours: "5" }))).toBe(5);
    expect(settingsOf(automataOptions({ dataset: "standard" }))).toMatchObject({
      images: 500,
      heldOut: 125,
      height: 64,
    });
  });

  it("unknown data sets and tiny pictures are refused by name", async () => {
    expect(() => settingsOf(automataOptions({ dataset: "toString" }))).toThrow(/allowed: live, live-hard/);
    expect(() => settingsOf(automataOptions({ height: 5 }))).toThrow(/height is "5"; allowed/);
    const tooMany = automataOptions({ images: 20_000, height: 256, width: 256 });
    await expect(buildAutomata(tooMany)).rejects.toMatchObject({ code: "memory-limit" });
  });

  it("every metric that is computed is declared", async () => {
    const instance = await buildAutomata();
    const values = {
      ...instance.metrics(),
      ...(await instance.evaluate({ memory: null, rng: new Rng(1), samples: 5 })),
    };
    const declared = automata.metrics.map((metric) => metric.name);
    for (const name of Object.keys(values)) expect(declared).toContain(name);
    for (const value of Object.values(values)) expect(Number.isFinite(value)).toBe(true);
    instance.dispose();
  });

  it("help has its six headings", async () => {
    expect((await automata.help()).map((part) => part.heading)).toEqual([
      "Observation",
      "Program",
      "Prior",
      "Likelihood",
      "Limits",
      "Sources",
    ]);
    expect(automata.summary.split(" ").length).toBeLessThanOrEqual(20);
  });
});

/** Two pictures of rule 204 (nothing changes): one without noise, one with its last cell flipped. */
function stillPictures(): Pictures {
  const clean = gridFromRows(["000", "111", "000", "111"]);
  const noisy = gridFromRows(["000", "111", "000", "110"]);
  const pixels = Uint8Array.from([...clean.pixels, ...noisy.pixels]);
  return new Pictures({ height: 4, width: 3, neighbours: 3 }, pixels, Uint8Array.of(1, 1));
}

describe("evaluation", () => {
  it("judges only the bits of visited neighbourhoods", () => {
    const pictures = stillPictures();
    // Only 010 (index 2) and 101 (index 5) occur, so a rule that differs from 204 elsewhere counts as exact.
    const truth = Int32Array.of(204, 204);
    expect(recovery(pictures, truth, () => 204 ^ 1)).toEqual({ bits: 1, exact: 1, pictures: 2 });
    expect(recovery(pictures, truth, (n) => (n === 0 ? 204 ^ 4 : 204))).toEqual({
      bits: 0.75,
      exact: 0.5,
      pictures: 2,
    });
    expect(recovery(pictures, truth, (n) => (n === 0 ? undefined : 204))).toEqual({ bits: 1, exact: 1, pictures: 1 });
  });

  it("takes the member that is best under the present theta, whatever the order at the latest visit", () => {
    const pictures = stillPictures();
    const generative = new GenerativeModel(pictures, "wrap", new BernoulliPrior(8));
    const memory = createProgramMemory(2, 3, 1);
    memory.rows.counts.set([3, 0]);
    memory.rows.programs.set([0, 204, 255]);
    expect(bestInMemory(generative, pictures, memory)).toEqual([204, undefined]);
    memory.rows.programs.set([204, 0, 255]);
    memory.rows.counts.set([1, 2]);
    expect(bestInMemory(generative, pictures, memory)).toEqual([204, 0]);
  });

  it("reports the memory's rules where there is a memory, the recogniser's otherwise", async () => {
    const instance = await buildAutomata();
    // The instance's facts always hold this record.
    const data = instance.facts.data as AutomataData;
    const memory = createProgramMemory(12, 1, 1);
    memory.rows.counts.fill(1);
    memory.rows.programs.set(data.rules);
    const context = { rng: new Rng(1), samples: 5 };
    const right = await instance.evaluate({ ...context, memory });
    expect(right).toMatchObject({ bitAccuracy: 1, exactRecovery: 1 });
    memory.rows.programs.set(data.rules.map((rule) => ~rule));
    expect(await instance.evaluate({ ...context, memory })).toMatchObject({ bitAccuracy: 0, exactRecovery: 0 });
    memory.rows.counts.fill(0);
    expect(await instance.evaluate({ ...context, memory })).not.toHaveProperty("bitAccuracy");
    const alone = await instance.evaluate({ ...context, memory: null });
    expect(alone.bitAccuracy).toBe(alone.recogniserBits);
    expect(alone.recogniserBits).toBe(right.recogniserBits);
    instance.dispose();
  });
});

describe("what the page gets", () => {
  it("facts name the truth and hold the pixels", async () => {
    const instance = await buildAutomata();
    const { facts } = instance;
    // Facts of automata always hold this record.
    const data = facts.data as AutomataData;
    expect(facts).toMatchObject({ name: "live", numTrain: 12, numHeldOut: 3, userRow: -1 });
    expect(facts.references.find((line) => line.label === "true")).toEqual({
      metric: "phi",
      value: 0.02,
      label: "true",
    });
    expect(data.pixels.length).toBe(12 * 256);
    expect(structuredClone(data)).toEqual(data);
    expect(data.leastNoise).toBeGreaterThan(0);
    expect(data.leastNoise).toBeLessThan(0.03);
    instance.dispose();
  });

  it("the picture has the memory's best rules and the chosen picture's posterior", async () => {
    const instance = await buildAutomata();
    const memory = createProgramMemory(12, 2, 1);
    memory.rows.counts[4] = 1;
    memory.rows.programs[8] = 110;
    const shown = (await instance.picture({ selected: 4, memory, step: 3, rng: new Rng(1) })) as AutomataPicture;
    expect(shown).toMatchObject({ source: "memory", selected: 4, step: 3, phi: 0.25, transitions: 240 });
    expect([...shown.hasRule]).toEqual([0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]);
    expect(shown.rules[4]).toBe(110);
    // The instance's facts always hold this record.
    const data = instance.facts.data as AutomataData;
    for (let i = 0; i < 8; i++) {
      const isDark = ((data.majority[4] ?? 0) >>> i) & 1;
      const isVisited = ((data.visited[4] ?? 0) >>> i) & 1;
      if (isVisited) expect(shown.posteriorExact[i]! > 0.5).toBe(isDark === 1);
      else expect(shown.posteriorExact[i]).toBe(0.5);
    }
    instance.dispose();
  });

  it("without memory the recogniser's rules fill in over a few snapshots, and 5 000 pictures stay under 256 kB", async () => {
    const instance = await buildAutomata({ images: 50, network: "generic" });
    let shown: AutomataPicture | null = null;
    for (let i = 0; i < 3; i++) {
      // The instance always makes this record.
      shown = (await instance.picture({ selected: 0, memory: null, step: i, rng: new Rng(1) })) as AutomataPicture;
    }
    expect(shown?.source).toBe("recogniser");
    expect(shown?.hasRule.every((value) => value === 1)).toBe(true);
    const bytes = (record: AutomataPicture) =>
      Object.values(record).reduce<number>((sum, value) => sum + (ArrayBuffer.isView(value) ? value.byteLength : 8), 0);
    expect((bytes(shown!) / 50) * 5000).toBeLessThan(256 * 1024);
    instance.dispose();
  });

  it("is a model of the engine", async () => {
    const instance = await buildAutomata();
    expect(instance.model).toBeInstanceOf(AutomataModel);
    expect(instance.model.programLength).toBe(1);
    instance.dispose();
  });
});

// A blocks run as the page sees it: facts, evaluation, picture, a person's pictures, learning rates.

import { describe, expect, it } from "vitest";
import type { BlocksData, BlocksPicture } from "../../../src/domains/blocks/facts";
import { blocks } from "../../../src/domains/blocks/index";
import { visiblePlaces } from "../../../src/domains/blocks/measures";
import { ScenePictures } from "../../../src/domains/blocks/observations";
import { parseProgram } from "../../../src/domains/blocks/parse";
import { countBlocks } from "../../../src/domains/blocks/program";
import { userDataOf } from "../../../src/domains/blocks/upload/userPictures";
import { isUsed } from "../../../src/domains/blocks/usage";
import { defaultsOf, type OptionValues } from "../../../src/engine/options";
import { Rng } from "../../../src/engine/rng/rng";
import { createRun } from "../../../src/engine/run/createRun";
import type { RunOptions } from "../../../src/engine/run/options";
import { readPublicFile } from "../../../src/engine/worker/threadPort";
import { buildBlocks, scenePrograms, sceneRows, TINY_BLOCKS } from "../../helpers/blocks";

/** A run after some steps. */
async function runOf(options: OptionValues, steps: number) {
  const all = { ...TINY_BLOCKS, evaluateEvery: 1000, backend: "wasm", ...options };
  const request = { spec: blocks, options: all, userData: null, checkpoint: null, readAsset: readPublicFile };
  const { run } = await createRun(request);
  while (run.core.step < steps) await run.advance("step");
  const { instance, memory } = run.core.parts;
  const picture = async (selected: number) =>
    // The cast: the domain makes its own kind of picture.
    (await instance.picture({ selected, memory, step: run.core.step, rng: new Rng(1) })) as BlocksPicture;
  return { run, instance, picture };
}

/** Bytes of the typed arrays of a record. */
function bytesOf(record: unknown): number {
  if (ArrayBuffer.isView(record)) return record.byteLength;
  if (Array.isArray(record)) return record.reduce((sum, item) => sum + bytesOf(item), 0);
  return typeof record === "object" && record !== null ? bytesOf(Object.values(record)) : 8;
}

describe("the facts", () => {
  it("hold scenes with their truths, and the log joint at the truth", async () => {
    const { instance } = await buildBlocks();
    const { facts, train, model } = instance;
    const data = facts.data as BlocksData; // its own
    expect([data.count, data.shown, data.side, data.thumbSide]).toEqual([12, 12, 16, 16]);
    expect(data.pixels).toHaveLength(12 * 3 * 16 * 16);
    for (const [i, value] of train.picture(3).entries()) {
      expect(data.pixels[3 * 768 + i]).toBe(Math.round(255 * value));
    }
    expect(data.trueTypes.names).toHaveLength(3);
    for (let row = 0; row < 12; row++) expect(countBlocks(data.truths, 2, 12 * row)).toBeGreaterThan(0);
    expect(facts.references.map(({ metric, label }) => [metric, label])).toEqual([["evidence", "at the true scene"]]);
    // log N(0; 0, 1/8) of every number, four cells of four heights, n blocks of five types at standard normal places.
    const mean = (read: (row: number) => number) =>
      Array.from({ length: 12 }, (_, row) => read(row)).reduce((sum, value) => sum + value / 12, 0);
    const prior = mean((row) => {
      const places = Array.from({ length: 12 }, (_, i) => row * 12 + i).filter((i) => data.truths[i]! > 0);
      const ofPlaces = places.reduce((sum, i) => sum - 0.5 * data.trueRaw[i]! ** 2 - 0.5 * Math.log(2 * Math.PI), 0);
      return -4 * Math.log(4) - places.length * Math.log(5) + ofPlaces;
    });
    const likelihood = -768 * Math.log(0.125 * Math.sqrt(2 * Math.PI));
    expect(facts.references[0]!.value).toBeCloseTo(prior + likelihood, 4);
    expect(model.blocks.map(({ name, size }) => [name, size])).toEqual([
      ["theta.sizes", 5],
      ["theta.colors", 15],
      ["phi.recognition", model.blocks[2]!.size],
    ]);
  });

  it("have pictures that do not depend on what was looked at before, however many there are", async () => {
    const { instance } = await buildBlocks({ scenes: 10000 });
    const few = await buildBlocks({ scenes: 12 });
    expect(instance.train.count).toBe(10000);
    const late = instance.train.picture(9999).slice();
    for (let row = 0; row < 12; row++) expect(instance.train.picture(row)).toEqual(few.instance.train.picture(row));
    expect(instance.train.picture(9999)).toEqual(late);
    expect(instance.heldOut.picture(0)).not.toEqual(instance.train.picture(0));
    const data = instance.facts.data as BlocksData; // its own
    expect([data.count, data.shown, data.truths.length]).toEqual([10000, 200, 120000]);
  });

  it("draws again what it has forgotten", () => {
    let drawn = 0;
    const set = new ScenePictures(3000, 128, (row) => {
      drawn++;
      return new Float32Array(3 * 128 * 128).fill(row);
    });
    for (let row = 0; row < 600; row++) set.picture(row);
    expect(set.picture(599)[0]).toBe(599);
    expect(drawn).toBe(600);
    expect(set.picture(0)[7]).toBe(0);
    expect(drawn).toBe(601);
  });
});

describe("an evaluation", () => {
  it.each(["hmws", "rws"])("has every metric of the words, %s", async (algorithm) => {
    const { run, instance } = await runOf({ algorithm }, 8);
    const metrics = { ...instance.metrics(), ...(await run.core.evaluate()) };
    for (const { name } of blocks.metrics) expect(metrics[name], name).toBeTypeOf("number");
    for (const name of ["cellAccuracy", "visibleAccuracy", "exactParse"]) {
      expect(metrics[name]).toBeGreaterThanOrEqual(0);
      expect(metrics[name]).toBeLessThanOrEqual(1);
    }
    expect(metrics.klEstimate).toBeGreaterThan(0);
    expect(metrics.logPxEss).toBeGreaterThanOrEqual(1);
    expect(metrics.parses).toBeGreaterThanOrEqual(1);
    run.core.dispose();
  });

  it("has no colours to judge in the plain variant", async () => {
    const { instance } = await buildBlocks({ dataset: "cuboids-plain" });
    expect(Object.keys(instance.metrics())).toEqual(["sizes"]);
    expect(instance.model.blocks.map(({ name }) => name)).toEqual(["theta.sizes", "phi.recognition"]);
    expect(instance.model.blocks[0]!.size).toBe(15);
  });
});

describe("the picture", () => {
  it("shows the memory's parses, best first, and the best program of every scene", async () => {
    const { run, picture } = await runOf({}, 8); // two epochs of twelve scenes
    const { memory } = run.core.parts;
    const shown = await picture(5);
    expect([shown.kind, shown.source, shown.selected, shown.step]).toEqual(["blocks", "memory", 5, 8]);
    expect(shown.observed).toHaveLength(768);
    expect(shown.parses).toHaveLength(memory!.rows.counts[5]!);
    const scores = shown.parses.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((first, second) => second - first));
    expect(shown.parses.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9);
    expect(Array.from(shown.hasProgram)).toEqual(new Array(12).fill(1));
    for (const row of [0, 11]) {
      const at = row * memory!.memorySize * 12;
      // Of the scenes brought up to date with this picture the best may be another member.
      const members = Array.from({ length: memory!.rows.counts[row]! }, (_, m) =>
        memory!.rows.programs.subarray(at + 12 * m, at + 12 * (m + 1)).join(),
      );
      expect(members).toContain(shown.programs.subarray(12 * row, 12 * (row + 1)).join());
    }
    for (const [place, value] of shown.programs.entries()) if (value === 0) expect(shown.raw[place]).toBe(0);
    expect(shown.usage.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
    expect(Array.from(shown.isDead)).toEqual(Array.from(shown.usage, (share) => (isUsed(share) ? 0 : 1)));
    expect(shown.types.sizes.every((size) => size > 0.2 && size < 1)).toBe(true);
    // Noise belongs to program and picture: the same again.
    expect((await picture(5)).parses).toEqual(shown.parses);
    run.core.dispose();
  });

  it("shows samples of the recognition model where there is no memory", async () => {
    const { run, picture } = await runOf({ algorithm: "rws" }, 3);
    const first = await picture(2);
    expect(first.source).toBe("recogniser");
    expect(first.parses.length).toBeGreaterThan(0);
    expect(first.hasProgram[2]).toBe(1);
    for (let i = 0; i < 4; i++) await picture(2);
    expect(Array.from((await picture(2)).hasProgram)).toEqual(new Array(12).fill(1));
    run.core.dispose();
  });

  it("stays within 256 kB at its largest", async () => {
    const { run, picture } = await runOf({ resolution: "128", grid: 3, types: 20, scenes: 1000 }, 0);
    const shown = await picture(0);
    expect(shown.observed).toHaveLength(128 * 128 * 3);
    expect(bytesOf(shown)).toBeLessThan(256 * 1024);
    run.core.dispose();
  });
});

describe("a person's pictures", () => {
  it("stand after the generated scenes, with their truth where it is known", async () => {
    const { instance: plain } = await buildBlocks();
    const pixels = Uint8Array.from(plain.train.picture(4), (value) => Math.round(255 * value));
    const own = { side: 16, pixels, note: "16 by 16 pixels.", name: "tower.png", truth: "" };
    const userData = userDataOf("tower.png", [own, { ...own, truth: "- - / - AB" }]);
    const { instance } = await buildBlocks({}, "cpu", userData);
    expect([instance.train.count, instance.facts.userRow]).toEqual([14, 12]);
    const data = instance.facts.data as BlocksData; // its own
    expect([data.shown, data.note]).toEqual([14, "16 by 16 pixels."]);
    expect(data.truths[12 * 12]).toBe(-1);
    const read = parseProgram("- - / - AB", { grid: 2, types: 3 });
    expect(Array.from(data.truths.subarray(13 * 12))).toEqual(read.ok && Array.from(read.program));
    const described = instance.describeObservation({ observations: instance.train, ids: Int32Array.of(12, 4) }, 0);
    expect(described).toMatchObject({ side: 16, name: "tower.png", truth: "" });
    for (const [i, value] of instance.train.picture(12).entries()) expect(value).toBeCloseTo(pixels[i]! / 255, 6);
    instance.dispose();
  });

  it("are described as the scenes are", async () => {
    const run = await buildBlocks();
    const described = run.instance.describeObservation(sceneRows(run, 3), 2) as { truth: string; pixels: string };
    const data = run.instance.facts.data as BlocksData; // its own
    const read = parseProgram(described.truth, { grid: 2, types: 3 });
    expect(read.ok && Array.from(read.program)).toEqual(Array.from(data.truths.subarray(24, 36)));
    expect(JSON.parse(JSON.stringify(described))).toEqual(described);
  });
});

it.each([1, 2, 3])("has no type that cannot be seen, grid %i: only unused ones are dead", (gridSide) => {
  const places = 3 * gridSide * gridSide;
  for (const depthRule of ["centred", "reference"] as const) {
    for (const size of [0.2, 0.5, 1]) {
      const types = { sizes: [size, size, size], colors: [1, 0, 0] };
      let seen = 0;
      for (let cell = 0; cell < places; cell += 3) {
        const program = new Int32Array(places);
        program[cell] = 1;
        const settings = { gridSide, shrink: 0.01, depthRule };
        seen += visiblePlaces({ program, raw: new Float64Array(places), types, settings })[cell]!;
      }
      // At the sides of a grid of nine the front row stands partly beside the picture.
      expect(seen).toBeGreaterThan(places / 6);
    }
  }
});

it("imagines the rendered mean of a program, and other places each time where none are given", async () => {
  const { instance, model } = await buildBlocks({ shrink: 0.2 });
  const programs = scenePrograms([["CB - / A ABC", "- - / - -"]], { grid: 2, types: 5 });
  const [first, second] = [
    await instance.imagine(programs, new Rng(1), -1),
    await instance.imagine(programs, new Rng(2), 3),
  ];
  expect(first.observations.count).toBe(2);
  expect(first.observations.picture(0)).not.toEqual(second.observations.picture(0));
  // Nothing stands in the second: white.
  expect(first.observations.picture(1).every((value) => value === 1)).toBe(true);
  const placed = { ...programs, continuous: new Float64Array(24) };
  const [drawn, again] = [await instance.imagine(placed, new Rng(1), -1), await model.generative.draw(placed)];
  expect(drawn.observations.picture(0)).toEqual(again.picture(0));
});

it("gives types and network their own learning rates", async () => {
  const { instance } = await buildBlocks();
  const rate = (name: string, algorithm: string) => {
    // The cast: the domain's table holds the common options.
    const options = { ...defaultsOf(blocks.options), algorithm } as RunOptions;
    return instance.learningRate(name, options);
  };
  for (const algorithm of ["hmws", "rws", "vimco", "reinforce"]) {
    const { typesLearningRate } = defaultsOf(blocks.options);
    for (const name of ["theta.sizes", "theta.colors"]) expect(rate(name, algorithm)).toBe(typesLearningRate);
  }
  expect([rate("phi.recognition", "hmws"), rate("phi.recognition", "vimco")]).toEqual([0.001, 0.0001]);
});

// The fixed data set, its manifest, fresh draws, and files of another shape.

import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { FIXED_DATASET, generateData, loadData, readDataset } from "../../../src/domains/clusters/data";
import { clusters } from "../../../src/domains/clusters/index";
import { isProgram } from "../../../src/domains/clusters/program";
import { readAsset } from "../../helpers/clusters";

const request = { dataset: FIXED_DATASET, numSets: 10, dataSeed: 1, userData: null, readAsset };

describe("the fixed data set", () => {
  it("has 100 training and 100 held-out sets from the variance 0.03", async () => {
    const split = await loadData(request);
    expect([split.train.count, split.heldOut.count, split.numBuiltin]).toEqual([100, 100, 100]);
    expect(split.trainTruth.every(isProgram)).toBe(true);
    expect(Array.from(split.trueSigma)).toEqual([0.03, 0, 0, 0.03]);
  });

  it("is the file that the manifest describes", async () => {
    const manifest = JSON.parse(await readFile("public/datasets/manifest.json", "utf8"));
    const entry = manifest.datasets.find((one: { name: string }) => one.name === FIXED_DATASET);
    const bytes = await readAsset(`datasets/${entry.file}`);
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(entry.sha256);
    expect(bytes.length).toBe(entry.bytes);
  });
});

describe("fresh data", () => {
  it("is the same for the same seed and different for another", () => {
    const first = generateData(5, 7);
    expect(generateData(5, 7).train.points).toEqual(first.train.points);
    expect(generateData(5, 8).train.points).not.toEqual(first.train.points);
    expect(first.heldOut.points).not.toEqual(first.train.points);
  });

  it("is reached by its name", async () => {
    const split = await loadData({ ...request, dataset: "fresh" });
    expect(split.train.points).toEqual(generateData(10, 1).train.points);
  });
});

describe("files of another shape", () => {
  const read = (value: unknown) => () => readDataset(new TextEncoder().encode(JSON.stringify(value)));
  const set = { z: [0, 0, 0, 0, 0, 0, 0], x: new Array(7).fill([0, 1]) };

  it.each([
    ["no variance", { train: [set], test: [set] }, /true_sigma is not as expected/],
    ["no sets", { true_sigma: 0.03, train: [], test: [set] }, /train is not as expected/],
    ["six points", { true_sigma: 0.03, train: [{ ...set, x: set.x.slice(1) }], test: [set] }, /train/],
    ["a text for a number", { true_sigma: 0.03, train: [set], test: [{ ...set, z: ["a", 0, 0, 0, 0, 0, 0] }] }, /test/],
  ])("%s", (_, value, message) => {
    expect(read(value)).toThrow(message);
  });

  it("text that is no JSON", () => {
    expect(() => readDataset(new TextEncoder().encode("{"))).toThrow(/the whole file is not as expected/);
  });

  it("a data set that does not exist", async () => {
    await expect(loadData({ ...request, dataset: "other" })).rejects.toThrow('dataset is "other"; allowed: crp-gmm');
    expect(clusters.datasets.map(({ name }) => name)).toEqual(["crp-gmm-100x7", "fresh"]);
  });

  it("user data of another shape", async () => {
    const payloads: unknown[] = [null, {}, { sets: [[1, 2]] }, { sets: [new Array(14).fill(Number.NaN)] }];
    for (const payload of payloads) {
      await expect(loadData({ ...request, userData: { name: "own.csv", payload } })).rejects.toThrow(/own\.csv/);
    }
  });
});

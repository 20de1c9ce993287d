// Models by name in the terminal: listed, searched with, dreamt with, written by export.

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { domains } from "../../../src/domains/list";
import { readModel } from "../../../src/engine/run/modelFile";
import { automatonPng } from "../../helpers/pictures";
import { ofKind, runCli } from "../../helpers/runCli";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "models-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("shipped models", () => {
  it("are listed and find the rule of a picture", { timeout: 60_000 }, async () => {
    const { records } = await runCli(["list", "--json"]);
    const names = ofKind(records(), "catalogue")[0]?.models.map((model) => model.name);
    expect(names).toEqual(domains.flatMap(({ models = [] }) => models.map(({ name }) => name)));
    expect(names).toEqual(expect.arrayContaining(["k3", "k5", "k3-generic", "seven"]));
    const picture = join(folder, "shell.png");
    writeFileSync(picture, automatonPng(110, 40));
    const words = ["infer", "automata", "--model", "k3", "--input", picture, "--seconds", "0.3", "--json"];
    const answer = await runCli(words);
    expect(answer.stderr).toBe("");
    const [record] = ofKind(answer.records(), "inference");
    expect(record?.programs[0]?.program).toBe("rule 110");
    expect(record?.programs.reduce((sum, found) => sum + (found.weight ?? 0), 0)).toBeCloseTo(1, 6);
  });

  it("dream, and a name that there is not is refused with those there are", { timeout: 60_000 }, async () => {
    const dreams = await runCli(["sample", "clusters", "--model", "seven", "--count", "2", "--json"]);
    expect(ofKind(dreams.records(), "sample")).toHaveLength(2);
    const wrong = await runCli(["infer", "clusters", "--model", "k9", "--input", "x.csv"]);
    expect(wrong.code).toBe(2);
  });
});

describe("export", () => {
  it("writes the parameters of a run as a model file", { timeout: 60_000 }, async () => {
    const run = join(folder, "run");
    await runCli(["train", "clusters", "--iterations", "30", "--evaluateEvery", "30", "--out", run, "--json"]);
    const file = join(folder, "models", "mine.model");
    const { code, records } = await runCli(["export", run, "--out", file, "--json"]);
    expect(code).toBe(0);
    expect(existsSync(file)).toBe(true);
    const [record] = ofKind(records(), "export");
    const model = readModel(readFileSync(file));
    expect(record).toMatchObject({ domain: "clusters", steps: 30, parameters: 1077, bytes: readFileSync(file).length });
    expect(model.steps).toBe(30);
    expect((await runCli(["export", join(folder, "none"), "--out", file])).code).toBe(2);
  });
});

describe("a fresh network", () => {
  it("judges a run by its theta, with its budget beside the number", { timeout: 60_000 }, async () => {
    const run = join(folder, "judged");
    await runCli(["train", "clusters", "--iterations", "30", "--evaluateEvery", "30", "--out", run, "--json"]);
    const budget = ["--fresh", "12", "--fresh-batch", "5", "--rows", "7", "--samples", "20"];
    const answer = await runCli(["evaluate", run, ...budget, "--json"]);
    expect(answer.stderr).toBe("");
    const [record] = ofKind(answer.records(), "evaluation");
    expect(record).toMatchObject({ count: 7, samples: 20, fresh: { sleep: 12, wake: 0, batch: 5, samples: 20 } });
    expect(record?.logMarginal).toBeLessThan(0);
    expect(record?.ess).toBeGreaterThan(1);
    const text = (await runCli(["evaluate", run, ...budget])).stdout;
    expect(text).toMatch(/over 7 held out \(S = 20, ESS .*standard error/);
    expect(text).toContain("a fresh network, 12 steps of sleep, batch 5");
    const one = (await runCli(["evaluate", run, "--fresh", "0", "--rows", "2", "--samples", "1"])).stdout;
    expect(one).toMatch(/over 2 held out \(S = 1, ESS 1, standard error unknown\)/);
    const wrong = await runCli(["evaluate", run, "--fresh", "many"]);
    expect(wrong.stderr).toMatch(/--fresh is "many"; allowed: a whole number from 0/);
  });
});

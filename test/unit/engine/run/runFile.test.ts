// Run files: names travel with the state, old formats open, newer and damaged ones are refused with a sentence.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { clusters } from "../../../../src/domains/clusters";
import { readCheckpoint } from "../../../../src/engine/run/checkpoint";
import { packContainer } from "../../../../src/engine/run/container";
import { createRun } from "../../../../src/engine/run/createRun";
import { CHECKPOINT_VERSION, labelRunFile, type RunAbout, readRunHead } from "../../../../src/engine/run/runFile";
import { captureState } from "../../../../src/engine/run/state";

const fixture = (name: string) => new Uint8Array(readFileSync(`test/fixtures/runs/${name}`));
const readAsset = async (path: string) => new Uint8Array(readFileSync(`public/${path}`));
const about: RunAbout = {
  name: "Tight memory",
  note: "for Tuesday",
  link: "#/lab/clusters?v=1&seed=7",
  appVersion: "0.1.0",
  savedAt: 1_790_000_000_000,
};

describe("a run file", () => {
  it("of format 1 opens and trains on", async () => {
    const head = readRunHead(fixture("v1.wsl"));
    expect(head).toMatchObject({ domain: "clusters", step: 30, userData: null, about: null });
    expect(head.options).toMatchObject({ seed: 7, particles: 4 });
    const request = { spec: clusters, options: { iterations: 35 }, userData: null, readAsset };
    const { run } = await createRun({ ...request, checkpoint: fixture("v1.wsl") });
    await run.advance("step");
    expect(run.core.step).toBe(31);
  });

  it("of format 2 brings its name, its note and its link", () => {
    expect(readRunHead(fixture("v2.wsl"))).toMatchObject({ domain: "clusters", step: 30, about });
  });

  it("keeps the state to the bit when it gets another name", async () => {
    const request = { spec: clusters, options: {}, userData: null, readAsset };
    const bytes = fixture("v1.wsl");
    const named = labelRunFile(bytes, about);
    expect(readRunHead(named).about).toEqual(about);
    expect(readCheckpoint(named)).toEqual(readCheckpoint(bytes));
    const { run } = await createRun({ ...request, checkpoint: named });
    expect((await captureState(run.core)).step).toBe(30);
  });

  it("of a newer lab is refused with its version and what to do", () => {
    expect(() => readRunHead(fixture("future.wsl"))).toThrowError(
      expect.objectContaining({
        code: "checkpoint",
        message: expect.stringContaining(`has format 99; this lab reads formats 1 to ${CHECKPOINT_VERSION}`),
        help: expect.stringContaining("Reload the page"),
        fields: expect.objectContaining({ problem: "version", version: 99 }),
      }),
    );
  });

  it.each([
    ["no domain", { domain: undefined }, "domain"],
    ["a list for options", { options: [1] }, "options"],
    ["half a step", { step: 0.5 }, "step"],
    ["data without a name", { userData: { payload: 1 } }, "userData"],
    ["a name that is a number", { about: { ...about, name: 4 } }, "about"],
  ])("with %s is refused", (_, changes, field) => {
    const content = { domain: "clusters", options: {}, step: 1, userData: null, about: null };
    const file = packContainer({ ...content, ...changes }, CHECKPOINT_VERSION);
    expect(() => readRunHead(file)).toThrowError(`checkpoint's ${field} is missing or malformed`);
  });
});

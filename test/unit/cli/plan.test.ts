// A sweep's plan: which jobs it means, that a job's key follows from its options, and a sentence for each mistake.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { expandPlan, readPlan } from "../../../src/cli/plan";

const plan = {
  domain: "automata",
  options: { iterations: 5, particles: 6 },
  algorithms: ["rws", { algorithm: "mws", sleep: "fantasy" }],
  particles: [2, 4],
  seeds: [1, 2, 3],
  sets: [{ neighbours: 3 }, { neighbours: 5, sleep: "mix" }],
};

describe("expandPlan", () => {
  it("makes a job of every combination", () => {
    const jobs = expandPlan("plan.json", plan);
    expect(jobs).toHaveLength(2 * 2 * 3 * 2);
    expect(new Set(jobs.map((job) => job.key)).size).toBe(24);
    expect(jobs[0]?.options).toEqual({ iterations: 5, particles: 2, neighbours: "3", algorithm: "rws", seed: 1 });
  });

  it("lets an algorithm's own option win over the set's", () => {
    const jobs = expandPlan("plan.json", plan).filter((job) => job.options.algorithm === "mws");
    expect(new Set(jobs.map((job) => job.options.sleep))).toEqual(new Set(["fantasy"]));
  });

  it("keeps a job's key when the plan lists its fields in another order", () => {
    const { sets, ...rest } = plan;
    const keys = (jobs: ReturnType<typeof expandPlan>) => jobs.map((job) => job.key).sort();
    const turned = { ...rest, sets: [...sets].reverse(), options: { particles: 6, iterations: 5 } };
    expect(keys(expandPlan("b.json", turned))).toEqual(keys(expandPlan("a.json", plan)));
  });

  it("counts a job that two combinations name once", () => {
    expect(expandPlan("plan.json", { domain: "automata", algorithms: ["mws"], seeds: [1, 1] })).toHaveLength(1);
  });

  it.each([
    [{ ...plan, algorithms: ["adam"] }, /PLAN plan\.json: algorithm is "adam"; allowed: mws/],
    [{ ...plan, particles: [0.5] }, /particles is "0\.5"; allowed: a whole number from 1 to 1000/],
    [{ ...plan, sets: [{ colour: "red" }] }, /colour is not an option/],
    [{ ...plan, domain: "weather" }, /DOMAIN is "weather"; allowed: automata/],
    [{ ...plan, algorithms: [] }, /PLAN plan\.json, algorithms: /],
    [{ ...plan, seed: 3 }, /PLAN plan\.json: .*seed/],
    [[], /PLAN plan\.json: /],
  ])("says what is wrong with %j", (raw, sentence) => {
    expect(() => expandPlan("plan.json", raw)).toThrow(sentence);
  });
});

describe("readPlan", () => {
  it("names a file that is absent or is not JSON", async () => {
    const folder = mkdtempSync(join(tmpdir(), "plan-"));
    try {
      await expect(readPlan(join(folder, "none.json"))).rejects.toThrow(/PLAN .*none\.json cannot be read/);
      writeFileSync(join(folder, "bad.json"), "{");
      await expect(readPlan(join(folder, "bad.json"))).rejects.toThrow(/PLAN .*bad\.json is not JSON/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

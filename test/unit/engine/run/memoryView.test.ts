// What people see of one observation's memory: members, weights, and what became of the latest proposals.

import { describe, expect, it } from "vitest";
import { FATES } from "../../../../src/engine/algorithms/algorithm";
import type { DomainInstance } from "../../../../src/engine/domain";
import { defaultsOf, type OptionValues } from "../../../../src/engine/options";
import { Rng } from "../../../../src/engine/rng/rng";
import { createRun } from "../../../../src/engine/run/createRun";
import { memoryView } from "../../../../src/engine/run/memoryView";
import type { RunOptions } from "../../../../src/engine/run/options";
import { buildTiny, tiny } from "../../../helpers/tinyDomain";

// The cast: the tiny domain's table contains the common options.
const options = defaultsOf(tiny.options) as OptionValues as RunOptions;
const built = buildTiny({ options, rng: new Rng(3), userData: null });
// The cast forgets which observations the instance takes, as the registry of domains does.
const instance = built as unknown as DomainInstance;
const program = (z: number) => Int32Array.of(Math.floor(z / 3), z % 3);
const fate = (name: (typeof FATES)[number]) => FATES.indexOf(name);
const base = { spec: tiny, instance, options, observation: 0 };

describe("the memory view", () => {
  const visit = {
    step: 9,
    proposals: [2, 1, 5, 3, 3].map(program),
    fates: [fate("newBest"), fate("accepted"), fate("duplicate"), fate("tooLow"), fate("tooLow")],
    logPrior: [],
    logLikelihood: [],
    weights: [],
    before: [5, 0].map(program),
  };
  const members = { programs: [2, 5, 1].map(program), bornAt: [9, 4, 9] };

  it("says of every program what happened to it at the latest visit", async () => {
    const view = await memoryView({ ...base, members, visit });
    expect(view).toMatchObject({ observation: 0, source: "memory", visitedAt: 9 });
    expect(view.entries.map((entry) => [entry.printed, entry.event, entry.bornAt])).toEqual([
      ["0-2", "newBest", 9],
      ["1-2", "kept", 4],
      ["0-1", "accepted", 9],
    ]);
    expect(view.outside.map((entry) => [entry.printed, entry.event])).toEqual([
      ["1-2", "duplicate"],
      ["1-0", "tooLow"],
      ["0-0", "evicted"],
    ]);
  });

  it("scores every row under the current theta", async () => {
    const view = await memoryView({ ...base, members, visit });
    const symbol = built.train.symbols[0]!;
    const exact = [2, 5, 1].map((z) => built.model.logJointOf(z, symbol));
    expect(view.entries.map((entry) => entry.logJoint)).toEqual(exact);
    const total = exact.reduce((sum, logJoint) => sum + Math.exp(logJoint), 0);
    for (const [i, entry] of view.entries.entries()) expect(entry.weight).toBeCloseTo(Math.exp(exact[i]!) / total, 12);
    expect(view.outside[2]?.logJoint).toBe(built.model.logJointOf(0, symbol));
  });

  it("is empty before the first visit", async () => {
    const view = await memoryView({ ...base, members: { programs: [], bornAt: [] }, visit: null });
    expect(view).toMatchObject({ entries: [], outside: [], visitedAt: -1 });
  });

  it("merges equal particles and ranks them by weight", async () => {
    const particles = {
      ...visit,
      proposals: [4, 0, 4].map(program),
      fates: [],
      logPrior: [-1, -2, -1],
      logLikelihood: [-3, -4, -3],
      weights: [0.3, 0.45, 0.25],
      before: [],
    };
    const view = await memoryView({ ...base, members: null, visit: particles });
    expect(view.source).toBe("particles");
    expect(view.entries).toMatchObject([
      { printed: "1-1", weight: 0.55, logPrior: -1, logLikelihood: -3, logJoint: -4, bornAt: 9 },
      { printed: "0-0", weight: 0.45, logJoint: -6 },
    ]);
  });
});

describe("visits", () => {
  it("account for every member and every proposal of every observation", async () => {
    const request = { spec: tiny, userData: null, checkpoint: null, readAsset: async () => new Uint8Array() };
    const given = { backend: "cpu", particles: 6, memory: 2, proposals: 4, learningRate: 1 };
    const { core } = (await createRun({ ...request, options: given })).run;
    const keys = (programs: readonly Int32Array[]) => programs.map((one) => one.join("-"));
    const membersOf = (row: number) => {
      const { rows } = core.parts.memory!;
      const at = (m: number) => rows.programs.slice((row * 2 + m) * 2, (row * 2 + m + 1) * 2);
      return keys(Array.from({ length: rows.counts[row]! }, (_, m) => at(m)));
    };
    let evictions = 0;
    for (let step = 1; step <= 60; step++) {
      const { ids } = core.batches.at(step);
      const before = [...ids].map(membersOf);
      await core.advance(() => undefined);
      for (const [b, row] of ids.entries()) {
        const visit = core.visits.latest(row);
        expect(visit?.step).toBe(step);
        expect(keys(visit?.before ?? [])).toEqual(before[b]);
        const now = membersOf(row);
        for (const [k, key] of keys(visit?.proposals ?? []).entries()) {
          const entered = ["newBest", "accepted"].includes(FATES[visit!.fates[k]!]!);
          if (entered) expect(now).toContain(key);
        }
        evictions += before[b]!.filter((key) => !now.includes(key)).length;
      }
    }
    expect(evictions).toBeGreaterThan(0);
  });
});

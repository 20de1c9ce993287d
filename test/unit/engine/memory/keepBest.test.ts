import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FATES } from "../../../../src/engine/algorithms/algorithm";
import { logSumExp } from "../../../../src/engine/dists/logs";
import { createProgramMemory } from "../../../../src/engine/memory/createMemory";
import { type KeepBestInput, keepBest } from "../../../../src/engine/memory/keepBest";

type Candidate = { program: number; logJoint: number };

/** One observation, programs of one integer. */
function inputOf(members: Candidate[], memorySize: number, proposals: Candidate[]): KeepBestInput {
  const empty = Array.from({ length: memorySize - members.length }, () => ({ program: 0, logJoint: Number.NaN }));
  const all = [...members, ...empty, ...proposals];
  return {
    ids: Int32Array.of(0),
    programs: {
      values: Int32Array.from(all, (candidate) => candidate.program),
      numParticles: all.length,
      batchSize: 1,
      length: 1,
    },
    memorySize,
    present: Uint8Array.from({ length: memorySize }, (_, m) => (m < members.length ? 1 : 0)),
    bornAt: new Int32Array(memorySize),
    logJoint: Float64Array.from(all, (candidate) => candidate.logJoint),
    step: 9,
  };
}

const score = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: -50, max: 0, noNaN: true }) },
  { weight: 2, arbitrary: fc.constantFrom(-10, -20) },
  { weight: 1, arbitrary: fc.constantFrom(-Infinity, Number.NaN) },
);
const candidates = (max: number) => fc.array(fc.record({ program: fc.nat(20), logJoint: score }), { maxLength: max });
const distinct = (list: Candidate[]) => [...new Map(list.map((candidate) => [candidate.program, candidate])).values()];

describe("keepBest", () => {
  it("keeps distinct members, best first, and never lowers the memory ELBO under a fixed model", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), candidates(6), candidates(8), (memorySize, start, proposals) => {
        const members = distinct(start)
          .slice(0, memorySize)
          .map((member) => ({ ...member, logJoint: Number.isNaN(member.logJoint) ? -Infinity : member.logJoint }));
        // The same program has the same score.
        const known = new Map(members.map((member) => [member.program, member.logJoint]));
        const consistent = proposals.map((proposal) => {
          const logJoint = known.get(proposal.program) ?? proposal.logJoint;
          known.set(proposal.program, logJoint);
          return { ...proposal, logJoint };
        });
        const { update } = keepBest(inputOf(members, memorySize, consistent));
        const count = update.counts[0]!;
        const kept = Array.from(update.programs.values.subarray(0, count));
        expect(new Set(kept).size).toBe(count);
        for (let m = 1; m < count; m++) expect(update.logJoint[m - 1]).toBeGreaterThanOrEqual(update.logJoint[m]!);
        const before = logSumExp(members.map((member) => member.logJoint));
        const rounding = 1e-12; // float64, another order of summation
        expect(logSumExp(update.logJoint, 0, count)).toBeGreaterThanOrEqual(before - rounding);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it("keeps the older entry on ties", () => {
    const result = keepBest(inputOf([{ program: 1, logJoint: -5 }], 1, [{ program: 2, logJoint: -5 }]));
    expect(result.update.programs.values[0]).toBe(1);
    expect(FATES[result.fate[0]!]).toBe("tooLow");
  });

  it("names what became of every proposal", () => {
    const members = [
      { program: 1, logJoint: -5 },
      { program: 2, logJoint: -9 },
    ];
    const proposals = [
      { program: 3, logJoint: -4 },
      { program: 1, logJoint: -5 },
      { program: 4, logJoint: -8 },
      { program: 5, logJoint: Number.NaN },
      { program: 3, logJoint: -4 },
    ];
    const result = keepBest(inputOf(members, 2, proposals));
    expect(Array.from(result.fate, (code) => FATES[code])).toEqual([
      "newBest",
      "duplicate",
      "tooLow",
      "impossible",
      "duplicate",
    ]);
    expect(result).toMatchObject({ numAccepted: 1, numNovel: 2, numNewBest: 1, evaluations: 7 });
    expect(Array.from(result.update.bornAt)).toEqual([9, 0]);
  });
});

describe("program memory", () => {
  it("gathers what was committed, per observation", () => {
    const memory = createProgramMemory(3, 2, 1);
    const { update } = keepBest(inputOf([], 2, [{ program: 7, logJoint: -1 }]));
    memory.commit({ ...update, ids: Int32Array.of(2) });
    const got = memory.gather({ observations: { count: 3 }, ids: Int32Array.of(0, 2) });
    expect(Array.from(got.present)).toEqual([0, 1, 0, 0]);
    expect(got.programs.values[1]).toBe(7);
  });

  it("refuses a size below 1 with a sentence", () => {
    expect(() => createProgramMemory(1, 0, 1)).toThrow("memory must be at least 1, got 0");
  });
});

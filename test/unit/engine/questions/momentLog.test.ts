// The log behind the history of a memory: only changes, thinned evenly with age, bounded in bytes.

import { describe, expect, it } from "vitest";
import { createProgramMemory } from "../../../../src/engine/memory/createMemory";
import type { MemoryUpdate, ProgramMemory } from "../../../../src/engine/memory/programMemory";
import { DREAMS_PER_GALLERY, DreamLog, type Gallery, MOST_GALLERIES } from "../../../../src/engine/run/dreamLog";
import { MOST_BYTES, MOST_MOMENTS, MomentLog } from "../../../../src/engine/run/momentLog";

const M = 2;

/** The two programs of one row after a step: those that entered at it have bornAt = step. */
function updateOf(row: number, programs: readonly [number, number], bornAt: readonly [number, number]): MemoryUpdate {
  return {
    ids: Int32Array.of(row),
    programs: { values: Int32Array.from(programs), numParticles: M, batchSize: 1, length: 1 },
    counts: Int32Array.of(M),
    bornAt: Int32Array.from(bornAt),
    logJoint: Float64Array.of(-1, -3),
    logPrior: Float64Array.of(-0.5, -0.5),
  };
}

function noteAndCommit(log: MomentLog, memory: ProgramMemory, update: MemoryUpdate, step: number, selected = 0): void {
  const payload = { batch: { observations: { count: 1 }, ids: update.ids } };
  log.note({ update, payload }, step, selected);
  memory.commit(update);
  log.commit();
}

describe("a log of moments", () => {
  const open = (numObservations = 3) => {
    const memory = createProgramMemory(numObservations, M, 1);
    return { memory, log: new MomentLog(numObservations, 1, memory) };
  };

  it("keeps a visit that brought a program or another leader, and no other", () => {
    const { log, memory } = open();
    noteAndCommit(log, memory, updateOf(1, [7, 8], [1, 1]), 1);
    noteAndCommit(log, memory, updateOf(1, [7, 8], [1, 1]), 2); // nothing new
    noteAndCommit(log, memory, updateOf(1, [7, 9], [1, 3]), 3); // 9 entered
    noteAndCommit(log, memory, updateOf(1, [9, 7], [3, 1]), 4); // 9 leads
    noteAndCommit(log, memory, updateOf(2, [7, 8], [5, 5]), 5);
    expect(log.of(1).map((moment) => moment.step)).toEqual([1, 3, 4]);
    expect(log.of(1)[2]!.entries.map((entry) => Array.from(entry.program))).toEqual([[9], [7]]);
    expect(log.of(2).map((moment) => moment.step)).toEqual([5]);
    expect(log.of(0)).toEqual([]);
  });

  it("keeps the scores of that time, weights in proportion to the joint", () => {
    const { log, memory } = open();
    noteAndCommit(log, memory, updateOf(0, [7, 8], [1, 1]), 1);
    const [first, second] = log.of(0)[0]!.entries;
    expect([first!.logJoint, second!.logJoint, first!.logPrior]).toEqual([-1, -3, -0.5]);
    expect(first!.weight / second!.weight).toBeCloseTo(Math.exp(2), 12);
  });

  it("thins older moments: the first and the latest stay, gaps grow with age, never more than the limit", () => {
    const { log, memory } = open();
    for (let step = 1; step <= 1000; step++)
      noteAndCommit(log, memory, updateOf(0, [step, step + 1], [step, step]), step);
    const steps = log.of(0).map((moment) => moment.step);
    expect(steps.length).toBeLessThanOrEqual(MOST_MOMENTS);
    expect(steps.length).toBeGreaterThan(MOST_MOMENTS / 3);
    expect([steps[0], steps.at(-1)]).toEqual([1, 1000]);
    expect(steps.slice(-10)).toEqual(Array.from({ length: 10 }, (_, i) => 991 + i));
  });

  it("stays under its bytes with many observations, and keeps the latest of each", () => {
    const numObservations = 2000;
    const { log, memory } = open(numObservations);
    expect(log.isComplete).toBe(true);
    for (let step = 1; step <= 40; step++) {
      for (let row = 0; row < numObservations; row++) {
        noteAndCommit(log, memory, updateOf(row, [step, step + 1], [step, step]), step);
      }
    }
    const { values, steps } = log.state();
    expect(values.byteLength).toBeLessThan(MOST_BYTES);
    expect(steps.length).toBeGreaterThanOrEqual(2 * numObservations);
    expect(log.of(17).at(-1)?.step).toBe(40);
  });

  it("keeps only the observation on show where the data are too large for all", () => {
    const { log, memory } = open(100_000);
    expect(log.isComplete).toBe(false);
    noteAndCommit(log, memory, updateOf(5, [7, 8], [1, 1]), 1, 5);
    noteAndCommit(log, memory, updateOf(6, [7, 8], [2, 2]), 2, 5);
    expect([log.of(5).length, log.of(6).length]).toEqual([1, 0]);
  });

  it("comes back from its state, and refuses one of another shape", () => {
    const { log, memory } = open();
    for (let step = 1; step <= 9; step++) noteAndCommit(log, memory, updateOf(step % 3, [step, 0], [step, step]), step);
    const copy = new MomentLog(3, 1, memory);
    copy.restore(log.state(), 9);
    for (const row of [0, 1, 2]) expect(copy.of(row)).toEqual(log.of(row));
    expect(copy.since).toBe(0);
    copy.restore({ ...log.state(), sizes: Int32Array.of(3) }, 9);
    expect([copy.of(0).length, copy.since]).toEqual([0, 9]);
    copy.restore(null, 12);
    expect(copy.since).toBe(12);
    const again = open().log;
    again.restore(copy.state(), 20); // saved and opened once more: what is not known stays unknown
    expect(again.since).toBe(12);
  });
});

describe("a log of dreams", () => {
  const gallery = (step: number, length = 10): Gallery => ({
    step,
    dreams: Array.from({ length: DREAMS_PER_GALLERY }, () => ({
      program: [1],
      printed: "rule 1",
      observation: "x".repeat(length),
    })),
  });

  it("keeps the first and the latest, spread over the steps between", () => {
    const log = new DreamLog();
    for (let step = 0; step <= 1000; step += 10) log.add(gallery(step));
    log.add(gallery(1000));
    const steps = log.all.map((one) => one.step);
    expect(steps).toHaveLength(MOST_GALLERIES);
    expect([steps[0], steps.at(-1)]).toEqual([0, 1000]);
    const gaps = steps.slice(1).map((step, i) => step - steps[i]!);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(4 * Math.max(10, Math.min(...gaps)) + 500);
    expect(steps.some((step) => step > 100 && step < 900)).toBe(true);
  });

  it("keeps fewer galleries of large observations, two at least", () => {
    const log = new DreamLog();
    for (let step = 0; step <= 100; step += 10) log.add(gallery(step, 20_000));
    expect(log.all.map((one) => one.step)).toEqual([0, 100]);
  });
});

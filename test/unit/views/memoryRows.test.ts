import { describe, expect, it } from "vitest";
import type { MemoryEntry, MemoryView, OutsideEntry } from "../../../src/engine/run/records";
import {
  memorySentence,
  memoryTable,
  natsBelowBest,
  outsideRows,
  rankedMemory,
  weightTip,
} from "../../../src/views/memory/memoryRows";

const entry = (printed: string, logJoint: number, weight: number): MemoryEntry => ({
  program: [1],
  printed,
  logPrior: -5,
  logLikelihood: logJoint + 5,
  logJoint,
  weight,
  bornAt: 3,
  event: "kept",
});

const rejected = (printed: string, event: OutsideEntry["event"]): OutsideEntry => ({
  program: [2],
  printed,
  logPrior: -5,
  logLikelihood: -200,
  logJoint: -205,
  event,
});

const view: MemoryView = {
  observation: 1,
  source: "memory",
  entries: [entry("rule 30", -104, 0.29), entry("rule 110", -103.1, 0.71)],
  outside: [rejected("rule 1", "duplicate"), rejected("rule 1", "duplicate"), rejected("rule 9", "tooLow")],
  visitedAt: 7,
};

describe("rows of the memory", () => {
  it("are ranked by weight, the best on top", () => {
    expect(rankedMemory(view)?.entries.map((one) => one.printed)).toEqual(["rule 110", "rule 30"]);
  });

  it("merge equal rejected proposals and count them", () => {
    expect(outsideRows(view.outside).map((row) => [row.printed, row.event, row.count])).toEqual([
      ["rule 1", "duplicate", 2],
      ["rule 9", "tooLow", 1],
    ]);
  });

  it("put members that left first, then one row of every reason before a second of any", () => {
    const many = [
      rejected("a", "tooLow"),
      rejected("b", "tooLow"),
      rejected("c", "duplicate"),
      rejected("d", "evicted"),
    ];
    expect(outsideRows(many).map((row) => row.printed)).toEqual(["d", "a", "c", "b"]);
  });

  it("explain a weight with its numbers plugged in", () => {
    const ranked = rankedMemory(view);
    if (!ranked) throw new Error("the view has entries");
    expect(natsBelowBest(ranked)[1]).toBeCloseTo(0.9);
    expect(weightTip(ranked, 1).numbers).toBe("w = exp(\u22120.9) / (exp(0.0) + exp(\u22120.9)) = 0.29");
  });

  it("export weights, parts of the score and what happened, rejected rows included", () => {
    const { columns, rows } = memoryTable(view);
    expect(columns).toContain("weight");
    expect(rows).toHaveLength(5);
    expect(rows[4]?.[5]).toBe("rejected: too low");
  });

  it("make a sentence of the data, also before there are any", () => {
    expect(memorySentence(rankedMemory(view), "picture 2", "rules")).toContain("rule 110 leads with weight 0.71");
    expect(memorySentence(null, "picture 2", "rules")).toBe("No rules are known for picture 2 yet.");
  });
});

// Words and numbers of the memory panel, its history, the lens and the posterior pictures.

import { describe, expect, it } from "vitest";
import type { MemoryView } from "../../../src/engine/run/records";
import type { LensParticle, LensRow } from "../../../src/engine/worker/questions";
import { columnLabels, lensTable, rowScale, scaleText } from "../../../src/views/estimator/lensLayout";
import { stepTo } from "../../../src/views/memory/HistorySlider";
import { weightTip } from "../../../src/views/memory/memoryRows";
import { drawnHeads, listTitle } from "../../../src/views/memory/sourceWords";

describe("keys of the history", () => {
  const steps = [3, 10, 40];
  it.each([
    ["ArrowLeft", null, 40],
    ["ArrowLeft", 40, 10],
    ["ArrowLeft", 25, 10],
    ["ArrowLeft", 3, 3],
    ["ArrowRight", 3, 10],
    ["ArrowRight", 40, null],
    ["ArrowRight", null, null],
    ["Home", null, 3],
    ["End", 10, null],
    ["a", 10, undefined],
  ] as const)("%s from %s leads to %s", (key, from, to) => {
    expect(stepTo(key, steps, from, 100)).toBe(to);
  });

  it("an empty history leads nowhere", () => {
    expect(stepTo("ArrowLeft", [], null, 100)).toBeNull();
    expect(stepTo("Home", [], null, 100)).toBeNull();
  });
});

describe("lists of draws", () => {
  const entry = { program: [1], printed: "rule 1", logPrior: -1.6, logLikelihood: -9, logJoint: -10.6, bornAt: 7 };
  const view = (source: MemoryView["source"]): MemoryView => ({
    observation: 0,
    source,
    draws: 200,
    entries: [{ ...entry, weight: 0.185, logQ: -1.7, event: "kept" }],
    outside: [],
    visitedAt: 7,
  });

  it("explain a weight as a count, beside the probability that it estimates", () => {
    const recognition = weightTip(view("recognition"), 0);
    expect(recognition.numbers).toBe("w = 37 / 200 = 0.18;   q(z | x) = exp(−1.7) = 0.18");
    expect(recognition.symbols).toContain("q(z | x)");
    expect(weightTip(view("prior"), 0).numbers).toContain("p(z) = exp(−1.6) = 0.20");
  });

  it("have titles and heads of their own", () => {
    expect(listTitle(view("recognition"), "picture 2")).toBe("Recognition model, picture 2");
    expect(listTitle(view("prior"), "picture 2")).toBe("Prior, scored on picture 2");
    expect(drawnHeads(view("prior")).word).toBe("drawn");
    expect(drawnHeads(view("memory")).word).toBeNull();
  });
});

describe("the lens", () => {
  const particle = (printed: string, isRemembered = true): LensParticle => ({
    program: [0],
    printed,
    logPrior: -5,
    logLikelihood: -10,
    logQ: -1,
    isRemembered,
  });
  const row = (theta: number[], phi: number[]): LensRow => ({
    algorithm: "vimco",
    title: "VIMCO",
    isOwn: false,
    theta,
    phi,
    sentence: "",
    note: "",
  });

  it("states the largest coefficient of a row as its scale", () => {
    expect(rowScale(row([0.5, 0.5], [0.2, -2.4]))).toBe(2.4);
    expect(scaleText(row([0.5, 0.5], [0.2, -2.4]))).toBe("2.4");
    expect(scaleText(row([0.33], [0]))).toBe("0.33");
    expect(scaleText(row([1], [-43.2]))).toBe("43");
    expect(scaleText(row([0], [0]))).toBe("0");
  });

  it("names columns by their programs where they fit, else by number", () => {
    const rules = [particle("rule 110"), particle("rule 4")];
    expect(columnLabels(rules, "rule", 24)).toEqual(["110", "4"]);
    expect(columnLabels(rules, "rule", 15)).toEqual(["1", "2"]);
    expect(columnLabels([particle("AABBCCD")], "clustering", 60)).toEqual(["AABBCCD"]);
  });

  it("has every number in its table", () => {
    const rows = [row([0.75, 0.25], [0.1, -0.1])];
    const particles = [particle("rule 110"), particle("rule 4", false)];
    const table = lensTable({ step: 3, observation: 0, particles, rows, note: "" });
    expect(table.columns.slice(-2)).toEqual(["VIMCO a", "VIMCO b"]);
    expect(table.rows).toEqual([
      ["rule 110", "memory", -5, -10, -1, 0.75, 0.1],
      ["rule 4", "drawn", -5, -10, -1, 0.25, -0.1],
    ]);
  });
});

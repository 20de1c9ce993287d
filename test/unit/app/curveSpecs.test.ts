// What the figures say about their estimators: samples, exactness, and the numbers that only tables show (UX-43).

import { describe, expect, it } from "vitest";
import { curveSpecs, HELD_OUT_SAMPLES } from "../../../src/app/lab/curveSpecs";
import { automata } from "../../../src/domains/automata";
import { clusters } from "../../../src/domains/clusters";
import { EVALUATION_SAMPLES } from "../../../src/engine/run/core";

describe("the bound's figure", () => {
  it("names as many samples as the engine draws", () => {
    expect(HELD_OUT_SAMPLES).toBe(EVALUATION_SAMPLES);
  });

  it("tells exact from sampled and keeps the effective sample size in the table", () => {
    const bound = curveSpecs(automata)[0];
    expect(bound?.metrics.map((metric) => [metric.name, metric.label, metric.table ?? false])).toEqual([
      ["elbo", "training", false],
      ["logPx", "held out, exact", false],
      ["logPxSampled", "sampled, S = 100", false],
      ["logPxSampledEss", "effective samples (ESS)", true],
    ]);
  });

  it("has one line where a domain declares no held-out bound", () => {
    expect(curveSpecs(clusters)[0]?.metrics.map((metric) => metric.name)).toEqual(["elbo"]);
  });
});

describe("a domain's own figures", () => {
  it("draw a metric beside the one that it names, with both names, and not on its own", () => {
    const base = {
      unit: "nats per series",
      help: "Held out.",
      scale: "linear",
      better: "higher",
      chart: true,
    } as const;
    const metrics = [
      { ...base, name: "iwae100", title: "IWAE, 100 samples" },
      { ...base, name: "memoryBound", title: "Memory bound", help: "Of the memory.", beside: "iwae100" },
    ];
    const own = curveSpecs({ ...automata, metrics }).filter(({ name }) => name === "iwae100" || name === "memoryBound");
    expect(own.map(({ name }) => name)).toEqual(["iwae100"]);
    expect(own[0]?.help).toBe("Held out. Memory bound: Of the memory.");
    expect(own[0]?.metrics).toEqual([
      { name: "iwae100", label: "IWAE, 100 samples" },
      { name: "memoryBound", label: "memory bound", dashed: true },
    ]);
  });
});

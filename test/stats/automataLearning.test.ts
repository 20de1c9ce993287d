// Seeded statistics: the generator's rates, and that memoised wake-sleep finds rules and noise.

import { describe, expect, it } from "vitest";
import { disagreements } from "../../src/domains/automata/extrapolate";
import { generatePicture, isInteresting } from "../../src/domains/automata/generate";
import { columnOf } from "../../src/domains/automata/grid";
import { mws } from "../../src/engine/algorithms/mws";
import { createProgramMemory } from "../../src/engine/memory/createMemory";
import type { OptionValues } from "../../src/engine/options";
import { Rng } from "../../src/engine/rng/rng";
import { Batches } from "../../src/engine/run/batches";
import { memoryAndProposals } from "../../src/engine/run/budget";
import { stepOnce } from "../../src/engine/run/stepOnce";
import { automataOptions, buildAutomata } from "../helpers/automata";

const settings = {
  height: 32,
  width: 32,
  neighbours: 3,
  boundary: "wrap",
  epsilon: 0.1,
  interestingOnly: false,
} as const;

describe("the generator", () => {
  it("flips a share epsilon of the cells, and draws fair rules and first columns", () => {
    const rng = new Rng(12);
    let flips = 0;
    let dark = 0;
    let bits = 0;
    const pictures = 200;
    for (let n = 0; n < pictures; n++) {
      const { rule, grid } = generatePicture(settings, n, rng);
      flips += disagreements(grid, { rule, neighbours: 3, boundary: "wrap" }).reduce((sum, cell) => sum + cell, 0);
      dark += columnOf(grid, 0).reduce((sum, cell) => sum + cell, 0);
      for (let i = 0; i < 8; i++) bits += (rule >>> i) & 1;
    }
    // Standard errors: sqrt(p (1 - p) / n) with n = 198 400 cells, 6 400 first cells, 1 600 bits; four of them.
    expect(Math.abs(flips / (pictures * 992) - 0.1)).toBeLessThan(4 * Math.sqrt(0.09 / 198_400));
    expect(Math.abs(dark / (pictures * 32) - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / 6400));
    expect(Math.abs(bits / (pictures * 8) - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / 1600));
  });

  it("makes picture n independent of how many there are, and nothing is flipped at epsilon 0", () => {
    const clean = { ...settings, epsilon: 0, neighbours: 5 } as const;
    const alone = generatePicture(clean, 7, new Rng(3));
    const rng = new Rng(3);
    for (let n = 0; n < 7; n++) generatePicture(clean, n, rng);
    expect(generatePicture(clean, 7, rng)).toEqual(alone);
    const marked = disagreements(alone.grid, { rule: alone.rule, neighbours: 5, boundary: "wrap" });
    expect(marked.every((cell) => cell === 0)).toBe(true);
  });

  it("interesting rules do not repeat a column within 16 steps", () => {
    const rng = new Rng(8);
    for (let n = 0; n < 30; n++) {
      const { rule, grid } = generatePicture({ ...settings, interestingOnly: true, epsilon: 0 }, n, rng);
      expect(isInteresting(columnOf(grid, 0), { rule, neighbours: 3, boundary: "wrap" })).toBe(true);
      const columns = Array.from({ length: 17 }, (_, j) => columnOf(grid, j).join(""));
      expect(new Set(columns).size).toBe(17);
    }
    const dull = { rule: 0, neighbours: 3, boundary: "wrap" } as const;
    expect(isInteresting(columnOf(generatePicture(settings, 0, rng).grid, 0), dull)).toBe(false);
  });
});

async function train(changes: OptionValues, steps: number) {
  const options = automataOptions(changes);
  const rng = new Rng(options.seed);
  const instance = await buildAutomata({ images: 0, height: 0, width: 0, ...changes }, { backend: "wasm" });
  const memory = createProgramMemory(instance.train.count, memoryAndProposals(options).memorySize, 1);
  const batches = new Batches(instance.train, options.batch, rng);
  const rest = { instance, algorithm: mws, memory, options, on: () => undefined, beforeCommit: () => undefined };
  for (let step = 1; step <= steps; step++) {
    await stepOnce({ ...rest, batch: batches.at(step), rng: rng.fork("step").fork(step), step });
  }
  const metrics = { ...instance.metrics(), ...(await instance.evaluate({ memory, rng, samples: 20 })) };
  instance.dispose();
  return metrics;
}

describe("learning", () => {
  it("MWS on the live preset finds the rules and the noise within 400 steps", async () => {
    const metrics = await train({}, 400);
    // Measured at 500 steps: phi 0.0195, all visited bits right; the bars are those of 1 000 steps, doubled.
    expect(metrics.phiError).toBeLessThan(0.006);
    expect(metrics.bitAccuracy).toBeGreaterThan(0.98);
    expect(metrics.bitsPerPixel).toBeLessThan(0.2);
  });
});

// The wasm factored sequence against the plain float64 one: log probabilities, gradients, draws, on both builds.

import { describe, expect, it } from "vitest";
import { enableRelaxedSimd } from "../../../src/engine/kernels/assembly/relaxedSimdInNode";
import { createCpuFactorSequence } from "../../../src/engine/kernels/factorSequence/cpu";
import { createWasmFactorSequence } from "../../../src/engine/kernels/factorSequence/wasm";
import { initialFactorSequence, planFactorSequence } from "../../../src/engine/nn/factorPlan";
import type { FactorSequenceSpec } from "../../../src/engine/nn/factorSequence";
import { Rng } from "../../../src/engine/rng/rng";
import { someContext, someFactorLanes, tinyFactorSpec, worstPartError } from "../../helpers/factorSequences";
import { lively } from "../../helpers/sequences";

enableRelaxedSimd();

const BUILDS = ["simd", "relaxed-simd"] as const;
const FORCED = [{ step: 0, factor: 1, value: 0 }];
const GROUPS = 6;

const SPECS: readonly FactorSequenceSpec[] = [
  tinyFactorSpec({ name: "sizes that need padding" }),
  tinyFactorSpec({ name: "one unit, one token, no context", hidden: 1, steps: 1, context: 0 }),
  tinyFactorSpec({ name: "three parts, the middle of one token forced", factors: [9, 2, 17], steps: 4 }),
  { name: "prior", factors: [64, 2], steps: 10, hidden: 4, context: 0, forced: FORCED },
  { name: "writer", factors: [64, 2], steps: 10, hidden: 64, context: 64, forced: FORCED },
  { name: "conditional writer", factors: [64, 2], steps: 10, hidden: 64, context: 114, forced: FORCED },
];

async function bothOf(
  spec: FactorSequenceSpec,
  build: (typeof BUILDS)[number],
  sizes?: { training: number; forward: number },
) {
  const plan = planFactorSequence(spec);
  // Large weights for the small ones, so that every part matters; what training starts from for those of a real size.
  const initial = spec.hidden < 64 ? lively(plan.parameterCount, 3) : initialFactorSequence(spec, plan, new Rng(3));
  const block = { name: "phi.writer", group: "phi" as const, initial };
  return {
    plan,
    cpu: await createCpuFactorSequence(spec, plan, block),
    wasm: await createWasmFactorSequence(spec, plan, block, build, sizes),
  };
}

describe.each(BUILDS)("factored sequence on wasm, %s", (build) => {
  it.each(SPECS)("scores like float64: $name", async (spec) => {
    const { plan, cpu, wasm } = await bothOf(spec, build);
    const context = someContext(spec, GROUPS);
    for (const count of [1, 23]) {
      const lanes = someFactorLanes(plan, spec, count, GROUPS);
      const exact = await cpu.logProb(context, lanes);
      const scored = await wasm.logProb(context, lanes);
      for (const [n, value] of exact.entries()) expect(Math.abs(scored[n]! / value - 1)).toBeLessThan(1e-5);
    }
  });

  it.each(SPECS)("has the gradient of float64, in chunks and whole: $name", async (spec) => {
    for (const sizes of [undefined, { training: 7, forward: 4 }]) {
      const { plan, cpu, wasm } = await bothOf(spec, build, sizes);
      const context = someContext(spec, GROUPS);
      const lanes = someFactorLanes(plan, spec, 23, GROUPS);
      const coefficient = Float64Array.from({ length: 23 }, (_, n) => (n === 5 ? 0 : Math.sin(n + 1)));
      const exact = await cpu.accumulate(context, lanes, coefficient);
      const given = await wasm.accumulate(context, lanes, coefficient);
      expect(worstPartError(plan, wasm.block.readGradient(), cpu.block.gradient)).toBeLessThan(1e-5);
      for (const [n, value] of exact.logProb.entries()) expect(given.logProb[n]).toBeCloseTo(value, 4);
      expect(given.logProb[5]).toBe(0);
      if (exact.contextGradient) {
        const scale = Math.max(...exact.contextGradient.map(Math.abs));
        for (const [i, value] of exact.contextGradient.entries()) {
          expect(Math.abs(given.contextGradient![i]! - value)).toBeLessThan(1e-5 * scale);
        }
      } else expect(given.contextGradient).toBeNull();
      // A second call adds.
      await wasm.accumulate(context, lanes, coefficient);
      const doubled = cpu.block.gradient.map((g) => 2 * g);
      expect(worstPartError(plan, wasm.block.readGradient(), doubled)).toBeLessThan(1e-5);
    }
  });

  it.each(SPECS)("draws the tokens of float64: $name", async (spec) => {
    for (const sizes of [undefined, { training: 7, forward: 33 }]) {
      const { cpu, wasm } = await bothOf(spec, build, sizes);
      const context = someContext(spec, GROUPS);
      const groups = Int32Array.from({ length: 200 }, (_, n) => (7 * n) % GROUPS);
      const exact = await cpu.sample(context, groups, new Rng(5, 6, 7));
      const drawn = await wasm.sample(context, groups, new Rng(5, 6, 7));
      expect(drawn.tokens).toEqual(exact.tokens);
      const scored = await wasm.logProb(context, { tokens: drawn.tokens, groups });
      for (const [n, value] of exact.logProb.entries()) {
        expect(Math.abs(drawn.logProb[n]! / value - 1)).toBeLessThan(1e-5);
        expect(Math.abs(drawn.logProb[n]! / scored[n]! - 1)).toBeLessThan(1e-6);
      }
    }
  });

  it("keeps its padding inert and its block in the public layout through Adam", async () => {
    const spec = tinyFactorSpec();
    const { plan, cpu, wasm } = await bothOf(spec, build);
    const context = someContext(spec, GROUPS);
    const lanes = someFactorLanes(plan, spec, 23, GROUPS);
    const coefficient = new Float64Array(23).fill(1);
    for (let time = 1; time <= 5; time++) {
      for (const network of [cpu, wasm]) {
        network.block.zeroGradient();
        await network.accumulate(context, lanes, coefficient);
        network.block.adam(1e-2, time);
      }
    }
    const [exact, given] = [await cpu.block.read(), await wasm.block.read()];
    expect(given.values.length).toBe(plan.parameterCount);
    for (const [i, value] of exact.values.entries()) expect(Math.abs(given.values[i]! - value)).toBeLessThan(1e-4);
    const scored = await wasm.logProb(context, lanes);
    for (const [n, value] of (await cpu.logProb(context, lanes)).entries()) expect(scored[n]).toBeCloseTo(value, 3);
  });

  it("draws values that there are from weights that are not numbers, with log probabilities that say so", async () => {
    const spec = tinyFactorSpec({ factors: [17, 2] });
    const { plan, wasm } = await bothOf(spec, build);
    wasm.block.setValues(new Float32Array(plan.parameterCount).fill(Number.NaN));
    const groups = new Int32Array(9);
    const drawn = await wasm.sample(someContext(spec, 1), groups, new Rng(1));
    expect([...drawn.logProb]).toEqual(new Array(9).fill(Number.NaN));
    // Scoring refuses values that there are not.
    expect([...(await wasm.logProb(someContext(spec, 1), { tokens: drawn.tokens, groups }))]).toEqual([
      ...drawn.logProb,
    ]);
  });

  it("needs no more memory for thirty times the lanes, and says so after dispose", async () => {
    const spec = tinyFactorSpec();
    const { plan, wasm } = await bothOf(spec, build);
    const use = async (count: number) => {
      const lanes = someFactorLanes(plan, spec, count, GROUPS);
      await wasm.sample(someContext(spec, GROUPS), lanes.groups, new Rng(1));
      await wasm.logProb(someContext(spec, GROUPS), lanes);
      await wasm.accumulate(someContext(spec, GROUPS), lanes, new Float64Array(count).fill(1));
      return wasm.memoryBytes;
    };
    const before = await use(300);
    expect(await use(9000)).toBe(before);
    wasm.dispose();
    await expect(use(1)).rejects.toThrow("after dispose");
  });
});

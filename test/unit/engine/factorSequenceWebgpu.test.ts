// The factored sequence in WGSL (Chromium's software adapter, float32) against the float64 one: log probabilities and
// gradients to 1e-5, samples token for token. Not measured here: a real graphics card, its speed, other drivers' exp and tanh.

import { afterAll, describe, expect, it, vi } from "vitest";
import { createCpuFactorSequence } from "../../../src/engine/kernels/factorSequence/cpu";
import { createWebgpuFactorSequence } from "../../../src/engine/kernels/factorSequence/webgpu";
import { rowsPerGroup } from "../../../src/engine/kernels/factorSequence/webgpuSteps";
import { loseDevice, openWebgpu } from "../../../src/engine/kernels/tfjsWebgpu";
import { createFactorSequence } from "../../../src/engine/nn/createFactorSequence";
import { planFactorSequence } from "../../../src/engine/nn/factorPlan";
import type { FactorSequenceSpec } from "../../../src/engine/nn/factorSequence";
import { Rng } from "../../../src/engine/rng/rng";
import { someContext, someFactorLanes, tinyFactorSpec, worstPartError } from "../../helpers/factorSequences";
import { largestError } from "../../helpers/networks";
import { lively } from "../../helpers/sequences";
import { installWebgpu } from "../../helpers/webgpuInNode";

const missing = await installWebgpu();
if (missing !== null) process.stderr.write(`${missing}\n`);

const GROUPS = 4;
const FORCED = [{ step: 0, factor: 1, value: 0 }];
const SPECS: readonly FactorSequenceSpec[] = [
  tinyFactorSpec({ name: "small sizes" }),
  tinyFactorSpec({ name: "three parts, no context", factors: [9, 2, 17], context: 0 }),
  tinyFactorSpec({
    name: "more units than invocations, one lane a workgroup",
    hidden: 300,
    factors: [1500],
    forced: [],
  }),
  { name: "prior", factors: [64, 2], steps: 10, hidden: 4, context: 0, forced: FORCED },
  { name: "conditional writer", factors: [64, 2], steps: 10, hidden: 64, context: 114, forced: FORCED },
];

async function pair(spec: FactorSequenceSpec, bounds?: { numbers: number; work: number }) {
  const plan = planFactorSequence(spec);
  // Smaller weights for the large ones: gates that are saturated have no gradient to compare.
  const scale = spec.hidden > 16 ? 0.3 : 1;
  const initial = lively(plan.parameterCount, 4).map((weight) => scale * weight);
  const block = { name: "phi.net", group: "phi" as const, initial };
  const exact = await createCpuFactorSequence(spec, plan, block);
  return { plan, exact, network: await createWebgpuFactorSequence(spec, plan, block, bounds) };
}

describe.skipIf(missing !== null)("factored sequence on webgpu", { timeout: 60_000 }, () => {
  it.each(SPECS)("agrees with float64: $name", async (spec) => {
    const { plan, exact, network } = await pair(spec);
    const context = someContext(spec, GROUPS);
    const lanes = someFactorLanes(plan, spec, 10, GROUPS);
    const coefficient = Float64Array.from({ length: 10 }, (_, n) => (n === 5 ? 0 : Math.sin(n + 1)));
    const expected = await exact.logProb(context, lanes);
    const scored = await network.logProb(context, lanes);
    for (const [n, value] of expected.entries()) expect(Math.abs(scored[n]! / value - 1)).toBeLessThan(1e-5);

    const wanted = await exact.accumulate(context, lanes, coefficient);
    const given = await network.accumulate(context, lanes, coefficient);
    expect(worstPartError(plan, await network.block.readGradient(), exact.block.gradient)).toBeLessThan(1e-5);
    for (const [n, value] of wanted.logProb.entries()) expect(given.logProb[n]).toBeCloseTo(value, 3);
    expect(given.logProb[5]).toBe(0);
    expect(given.contextGradient === null).toBe(spec.context === 0);
    if (wanted.contextGradient && given.contextGradient) {
      const most = Math.max(...wanted.contextGradient.map(Math.abs));
      expect(largestError(given.contextGradient, wanted.contextGradient) / most).toBeLessThan(1e-5);
    }
    network.dispose();
  });

  it.each(SPECS)("draws the tokens of float64: $name", async (spec) => {
    const { exact, network } = await pair(spec);
    const context = someContext(spec, GROUPS);
    const groups = Int32Array.from({ length: 50 }, (_, n) => (n * 7) % GROUPS);
    const given = await network.sample(context, groups, new Rng(11, 12, 13));
    const expected = await exact.sample(context, groups, new Rng(11, 12, 13));
    expect(given.tokens).toEqual(expected.tokens);
    for (const [n, value] of expected.logProb.entries())
      expect(Math.abs(given.logProb[n]! / value - 1)).toBeLessThan(1e-5);
    network.dispose();
  });

  it("gives the same numbers in several passes as in one, and adds to the gradient that is there", async () => {
    const spec = tinyFactorSpec();
    const plan = planFactorSequence(spec);
    const perLane = 4 * (6 * spec.hidden + plan.numValues);
    expect(rowsPerGroup(spec, plan)).toBe(4);
    const context = someContext(spec, GROUPS);
    const lanes = someFactorLanes(plan, spec, 23, GROUPS);
    const coefficient = new Float64Array(23).fill(0.5);
    const results = [];
    for (const bounds of [undefined, { numbers: 5 * perLane, work: 5 * 3 * 5 * 25 }]) {
      const { network } = await pair(spec, bounds);
      const { tokens } = await network.sample(context, lanes.groups, new Rng(3));
      const logProb = await network.logProb(context, lanes);
      await network.accumulate(context, lanes, coefficient);
      const { contextGradient } = await network.accumulate(context, lanes, coefficient);
      results.push({ tokens, logProb, contextGradient, gradient: await network.block.readGradient() });
      network.dispose();
    }
    const [one, many] = results as [(typeof results)[0], (typeof results)[0]];
    expect(many.tokens).toEqual(one.tokens);
    expect(largestError(many.logProb, one.logProb)).toBeLessThan(1e-6);
    const { exact } = await pair(spec);
    await exact.accumulate(context, lanes, coefficient.fill(1));
    for (const { gradient, contextGradient } of results) {
      expect(worstPartError(plan, gradient, exact.block.gradient)).toBeLessThan(1e-5);
      expect(largestError(contextGradient!, one.contextGradient!)).toBeLessThan(1e-5);
    }
  });

  it("takes few dispatches and reads back once a call, and leaves no arrays behind", async () => {
    const session = await openWebgpu();
    const before = session.countArrays();
    const spec = tinyFactorSpec();
    const network = await createFactorSequence(spec, "webgpu", new Rng(1), "phi.writer");
    const afterCreation = session.countArrays();
    const [read, run] = [vi.spyOn(session, "read"), vi.spyOn(session, "run")];
    const context = someContext(spec, GROUPS);
    const lanes = someFactorLanes(planFactorSequence(spec), spec, 9, GROUPS);
    const counts = async (work: () => Promise<unknown>) => {
      read.mockClear();
      run.mockClear();
      await work();
      return [run.mock.calls.length, read.mock.calls.length];
    };
    expect(await counts(() => network.sample(context, lanes.groups, new Rng(1)))).toEqual([2, 1]);
    expect(await counts(() => network.logProb(context, lanes))).toEqual([2, 1]);
    expect(await counts(() => network.accumulate(context, lanes, new Float64Array(9).fill(1)))).toEqual([15, 1]);
    expect(await counts(() => network.accumulate(context, lanes, new Float64Array(9)))).toEqual([0, 0]);
    expect((await network.sample(context, new Int32Array(0), new Rng(1))).tokens).toHaveLength(0);
    expect(session.countArrays()).toBe(afterCreation);
    read.mockRestore();
    run.mockRestore();
    network.dispose();
    network.dispose();
    expect(session.countArrays()).toBe(before);
    await expect(network.logProb(context, lanes)).rejects.toThrow("tiny was used after dispose");
  });

  it("learns as float64 does over a few steps of Adam", async () => {
    const spec = tinyFactorSpec();
    const { plan, exact, network } = await pair(spec);
    const context = someContext(spec, GROUPS);
    const lanes = someFactorLanes(plan, spec, 9, GROUPS);
    for (let time = 1; time <= 3; time++) {
      for (const each of [exact, network]) {
        each.block.zeroGradient();
        await each.accumulate(context, lanes, new Float64Array(9).fill(1));
        each.block.adam(0.01, time);
      }
    }
    const [given, wanted] = [await network.logProb(context, lanes), await exact.logProb(context, lanes)];
    // Adam divides by the gradient's own size, so rounding shows in steps of 0.01 where gradients are tiny.
    expect(largestError(given, wanted)).toBeLessThan(1e-3);
    network.dispose();
  });
});

afterAll(async () => {
  if (missing === null) await loseDevice();
});

// The factored sequence in float64: its gradient is the derivative (finite differences, part by part and in the context),
// it is a proper distribution (enumerated), and its sampler draws from it.

import { describe, expect, it } from "vitest";
import { createCpuFactorSequence } from "../../../src/engine/kernels/factorSequence/cpu";
import { createFactorSequence } from "../../../src/engine/nn/createFactorSequence";
import { planFactorSequence } from "../../../src/engine/nn/factorPlan";
import type { FactorSequenceSpec } from "../../../src/engine/nn/factorSequence";
import { Rng } from "../../../src/engine/rng/rng";
import { allFactorLanes, someContext, someFactorLanes, tinyFactorSpec } from "../../helpers/factorSequences";
import { lively } from "../../helpers/sequences";

const STEP = 1e-5;
/** The context is float32: a step that float32 holds exactly, and the error that its size brings. */
const CONTEXT_STEP = 2 ** -10;

function make(spec: FactorSequenceSpec) {
  const plan = planFactorSequence(spec);
  return createCpuFactorSequence(spec, plan, {
    name: "phi.net",
    group: "phi",
    initial: lively(plan.parameterCount, 4),
  });
}

describe("gradient of the factored sequence", () => {
  const SPECS: readonly FactorSequenceSpec[] = [
    tinyFactorSpec({ name: "with a context" }),
    tinyFactorSpec({ name: "without a context", context: 0 }),
    tinyFactorSpec({ name: "three parts", factors: [3, 2, 4], forced: [] }),
    tinyFactorSpec({ name: "one part of one token", factors: [4], steps: 1, hidden: 1, forced: [] }),
  ];
  it.each(SPECS)("is the derivative in every part: $name", async (spec) => {
    const network = await make(spec);
    const plan = planFactorSequence(spec);
    const { block } = network;
    const context = someContext(spec, 3);
    const lanes = someFactorLanes(plan, spec, 6, 3);
    const coefficient = Float64Array.from([0.7, -1.3, 0.5, 0, 1, 0.4]);
    const { contextGradient } = await network.accumulate(context, lanes, coefficient);
    const loss = async (at = context) => {
      const logProb = await network.logProb(at, lanes);
      return -logProb.reduce((sum, value, n) => sum + value * coefficient[n]!, 0);
    };
    for (const { name, rows, columns, offset } of plan.list) {
      // A single token has no token before it, and its state comes from zeros.
      if (spec.steps === 1 && (name === "input" || name === "recurrent")) continue;
      const rng = new Rng(1).fork(name);
      const direction = Float64Array.from({ length: rows * columns }, () => rng.normal());
      const base = block.values.slice();
      const along = (t: number) => {
        for (const [i, d] of direction.entries()) block.values[offset + i] = base[offset + i]! + t * d;
        return loss();
      };
      const slope = ((await along(STEP)) - (await along(-STEP))) / (2 * STEP);
      block.values.set(base);
      const exact = direction.reduce((sum, d, i) => sum + d * block.gradient[offset + i]!, 0);
      expect(Math.abs(exact), name).toBeGreaterThan(1e-4);
      expect(Math.abs(slope - exact) / Math.abs(exact), name).toBeLessThan(1e-5);
    }
    if (context === null) expect(contextGradient).toBeNull();
    for (const [i, value] of context?.entries() ?? []) {
      const along = (t: number) => loss(context!.map((v, at) => (at === i ? Math.fround(v + t) : v)));
      const step = Math.fround(value + CONTEXT_STEP) - Math.fround(value - CONTEXT_STEP);
      const slope = ((await along(CONTEXT_STEP)) - (await along(-CONTEXT_STEP))) / step;
      expect(Math.abs(slope - contextGradient![i]!), `context ${i}`).toBeLessThan(1e-5);
    }
    expect(contextGradient?.some((g) => Math.abs(g) > 1e-2) ?? true).toBe(true);
  });

  it("adds to what is there, and costs nothing where the coefficient is 0", async () => {
    const spec = tinyFactorSpec();
    const network = await make(spec);
    const context = someContext(spec, 2);
    const lanes = someFactorLanes(planFactorSequence(spec), spec, 2, 2);
    const { logProb } = await network.accumulate(context, lanes, Float64Array.from([1, 0]));
    expect(logProb[0]).toBe((await network.logProb(context, lanes))[0]);
    expect(logProb[1]).toBe(0);
    const once = network.block.gradient.slice();
    await network.accumulate(context, lanes, Float64Array.from([1, 0]));
    expect(network.block.gradient.every((g, i) => Math.abs(g - 2 * once[i]!) < 1e-12)).toBe(true);
  });
});

describe("distribution of the factored sequence", () => {
  it.each([4, 0])("sums to 1 over all sequences, context of %d", async (size) => {
    const spec = tinyFactorSpec({ context: size });
    const network = await make(spec);
    const lanes = allFactorLanes(spec, planFactorSequence(spec));
    expect(lanes.groups.length).toBe(3 * 6 * 6);
    const logProb = await network.logProb(someContext(spec, 1), lanes);
    expect(logProb.reduce((sum, value) => sum + Math.exp(value), 0)).toBeCloseTo(1, 12);
  });

  it("starts uniform on +-1 / sqrt(H), biases too, the same for any backend and block of a name", async () => {
    const spec = tinyFactorSpec({ hidden: 4, factors: [64, 2], context: 0, steps: 10 });
    const network = await createFactorSequence(spec, "cpu", new Rng(3), "theta.prior");
    const values = Float64Array.from((await network.block.read()).values);
    expect(network.block.group).toBe("theta");
    expect(values.length).toBe(66 * 16 + 4 * 16 + 16 + 4 * 66 + 66);
    expect(Math.max(...values)).toBeLessThanOrEqual(0.5);
    expect(Math.max(...values)).toBeGreaterThan(0.49);
    expect(Math.min(...values)).toBeLessThan(-0.49);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    // 4 standard errors of the mean of a uniform number.
    expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(12 * values.length));
  });

  it("refuses what does not fit, in sentences", async () => {
    const spec = tinyFactorSpec();
    const network = await make(spec);
    const context = someContext(spec, 2);
    const lanes = someFactorLanes(planFactorSequence(spec), spec, 2, 2);
    const with7 = lanes.tokens.map((value, i) => (i === 8 ? 7 : value));
    await expect(network.logProb(context, { ...lanes, tokens: with7 })).rejects.toThrow(
      "tiny: lane 1 has 7 as part 0 of token 1 (expected 0 to 2)",
    );
    const notForced = lanes.tokens.map((value, i) => (i === 1 ? 1 : value));
    await expect(network.logProb(context, { ...lanes, tokens: notForced })).rejects.toThrow("(expected 0)");
    await expect(network.logProb(context, { ...lanes, groups: Int32Array.of(0, 2) })).rejects.toThrow("group 2");
    await expect(network.logProb(null, lanes)).rejects.toThrow("context has 0 numbers");
    await expect(network.accumulate(context, lanes, new Float64Array(3))).rejects.toThrow("3 coefficients");
    expect(() => planFactorSequence({ ...spec, hidden: 0 })).toThrow("invalid size 0");
    expect(() => planFactorSequence({ ...spec, forced: [{ step: 3, factor: 0, value: 0 }] })).toThrow("token 3");
  });
});

describe("sampler of the factored sequence", () => {
  it("draws each sequence as often as its probability says", async () => {
    const spec = tinyFactorSpec();
    const network = await make(spec);
    const context = someContext(spec, 2);
    const count = 6000;
    const groups = new Int32Array(count).fill(1);
    const drawn = await network.sample(context, groups, new Rng(11).fork("draw"));
    expect(drawn.logProb).toEqual(await network.logProb(context, { tokens: drawn.tokens, groups }));
    const all = allFactorLanes(spec, planFactorSequence(spec));
    const logProb = await network.logProb(context, { ...all, groups: all.groups.fill(1) });
    const keyAt = (tokens: Int32Array, n: number) => tokens.subarray(6 * n, 6 * n + 6).join(",");
    const seen = new Map<string, number>();
    for (let n = 0; n < count; n++) {
      const key = keyAt(drawn.tokens, n);
      seen.set(key, (seen.get(key) ?? 0) + 1);
    }
    // Pearson's statistic over the sequences expected at least 5 times; 4 standard deviations above its mean.
    let statistic = 0;
    let cells = 0;
    for (const [n, value] of logProb.entries()) {
      const expected = count * Math.exp(value);
      if (expected < 5) continue;
      statistic += ((seen.get(keyAt(all.tokens, n)) ?? 0) - expected) ** 2 / expected;
      cells++;
    }
    expect(cells).toBeGreaterThan(40);
    expect(statistic).toBeLessThan(cells + 4 * Math.sqrt(2 * cells));
  });

  it("uses the words of the stream by lane, step and part, and leaves the stream where it was", async () => {
    const spec = tinyFactorSpec({ context: 0 });
    const network = await make(spec);
    const rng = new Rng(5).fork("wake");
    rng.uint32();
    const first = await network.sample(null, new Int32Array(9), rng);
    const fewer = await network.sample(null, new Int32Array(4), new Rng(5).fork("wake"));
    expect(fewer.tokens).toEqual(first.tokens.slice(0, 4 * 6));
    const other = new Rng(5).fork("wake");
    other.uint32();
    expect(rng.uint32()).toBe(other.uint32());
    const elsewhere = await network.sample(null, new Int32Array(9), new Rng(6).fork("wake"));
    expect(elsewhere.tokens).not.toEqual(first.tokens);
  });
});

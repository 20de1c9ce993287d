// The sequence network in WGSL (Chromium's software adapter, float32) against the float64 one: log probabilities to 1e-4,
// gradients to 1e-4 of a part's largest entry, samples token for token.
// Not measured here: a real graphics card, its speed, other drivers' exp and tanh, sizes of the product (hidden 160).

import { afterAll, describe, expect, it, vi } from "vitest";
import { allowedLength } from "../../../src/engine/kernels/sequence/calls";
import { type CpuSequence, createCpuSequence } from "../../../src/engine/kernels/sequence/cpu";
import { createWebgpuSequence } from "../../../src/engine/kernels/sequence/webgpu";
import { cutLanes } from "../../../src/engine/kernels/sequence/webgpuReading";
import { writerLayout } from "../../../src/engine/kernels/sequence/webgpuWriter";
import { loseDevice, openWebgpu } from "../../../src/engine/kernels/tfjsWebgpu";
import type { SequenceSpec } from "../../../src/engine/nn/sequence";
import { planSequence, type SequencePlan } from "../../../src/engine/nn/sequencePlan";
import { Rng } from "../../../src/engine/rng/rng";
import { largestError } from "../../helpers/networks";
import { lively, someLanes, someTexts, tinyGrammar, tinySpec } from "../../helpers/sequences";
import { installWebgpu } from "../../helpers/webgpuInNode";

const missing = await installWebgpu();
if (missing !== null) process.stderr.write(`${missing}\n`);

// The last group of the first case has one text twice: of equal copies only the first may have the gradient.
const CASES: readonly (readonly [string, SequenceSpec, readonly number[]])[] = [
  ["reads one to five texts", tinySpec({ hidden: 16 }), [1, 5, 3]],
  ["reads, with a floor", tinySpec({ floor: 0.2, hidden: 16 }), [2, 5, 1]],
  ["reads nothing", tinySpec({ reader: null, hidden: 16 }), [1, 1, 1]],
  ["reads nothing, without embedding", tinySpec({ reader: null, hidden: 16, embedding: 0, floor: 0.05 }), [1, 1, 1]],
];

async function pair(spec: SequenceSpec, bounds?: { numbers: number; work: number }) {
  const plan = planSequence(spec);
  const block = { name: "phi.net", group: "phi" as const, initial: lively(plan.parameterCount, 4) };
  const exact: CpuSequence = await createCpuSequence(spec, plan, block);
  return { plan, exact, network: await createWebgpuSequence(spec, plan, block, bounds) };
}

/** Of every part, the largest error of a gradient relative to the part's largest entry. */
function partErrors(plan: SequencePlan, given: Float32Array, wanted: Float64Array) {
  return plan.list.map(({ name, rows, columns, offset }) => {
    const exact = wanted.subarray(offset, offset + rows * columns);
    const most = largestError(exact, new Float32Array(exact.length));
    return { name, error: largestError(given.subarray(offset, offset + rows * columns), exact) / most };
  });
}

describe.skipIf(missing !== null)("sequence network on webgpu", { timeout: 60_000 }, () => {
  it.each(CASES)("agrees with float64 when it %s", async (_name, spec, counts) => {
    const { plan, exact, network } = await pair(spec);
    const texts = spec.reader ? someTexts(3, counts) : null;
    const groups = Int32Array.from([2, 0, 1, 2, 1, 1]);
    const tokens = someLanes(spec.grammar, groups.length);
    // One lane twice, and one that nobody asks for.
    tokens.copyWithin(5 * spec.grammar.maxLength, 4 * spec.grammar.maxLength, 5 * spec.grammar.maxLength);
    const lanes = { tokens, groups };
    const coefficient = Float64Array.from([0.7, -1.3, 0.5, 0, 1, 0.3]);

    const expected = await exact.logProb(texts, lanes);
    expect(largestError(await network.logProb(texts, lanes), expected)).toBeLessThan(1e-4);

    const added = await network.accumulate(texts, lanes, coefficient);
    const gradient = await network.stored.readGradient();
    expect(largestError(added, await exact.accumulate(texts, lanes, coefficient))).toBeLessThan(1e-4);
    for (const { name, error } of partErrors(plan, gradient, exact.block.gradient)) {
      expect(error, name).toBeLessThan(1e-4);
    }
    network.dispose();
  });

  it.each(CASES)("draws the same programs as float64 when it %s", async (_name, spec, counts) => {
    const { exact, network } = await pair(spec);
    const texts = spec.reader ? someTexts(3, counts) : null;
    const groups = Int32Array.from({ length: 40 }, (_, n) => (n * 7) % 3);
    const rng = new Rng(11).fork("draw");
    const given = await network.sample(texts, groups, rng);
    const expected = await exact.sample(texts, groups, new Rng(11).fork("draw"));
    // Of 40 lanes a draw may fall so close to a boundary that float32 decides otherwise: it does for none of these.
    expect(given.tokens).toEqual(expected.tokens);
    expect(largestError(given.logProb, expected.logProb)).toBeLessThan(1e-4);
    expect(rng.uint32()).toBe(new Rng(11).fork("draw").uint32());
    network.dispose();
  });

  it.each([
    ["the product's largest size", 160, 10, false],
    ["more copies than workgroup memory holds", 16, 200, true],
  ])("runs %s: %i units, %i copies", async (_name, hidden, copies, isSpilled) => {
    const { exact, network, plan } = await pair(tinySpec({ hidden, grammar: tinyGrammar(3) }));
    const texts = someTexts(5, [copies, 1], 5, 2);
    expect(writerLayout(hidden, { copies, longest: 2 }).isSpilled).toBe(isSpilled);
    const groups = Int32Array.from([0, 1]);
    const lanes = { tokens: Int32Array.from([0, 1, 5, 1, 2, 5]), groups };
    const expected = await exact.accumulate(texts, lanes, Float64Array.of(1, -1));
    expect(largestError(await network.logProb(texts, lanes), expected)).toBeLessThan(1e-4);
    await network.accumulate(texts, lanes, Float64Array.of(1, -1));
    const gradient = await network.stored.readGradient();
    for (const { name, error } of partErrors(plan, gradient, exact.block.gradient)) {
      expect(error, name).toBeLessThan(1e-4);
    }
    const drawn = await network.sample(texts, groups, new Rng(2));
    expect(drawn.tokens).toEqual((await exact.sample(texts, groups, new Rng(2))).tokens);
    network.dispose();
  });

  it("gives the same numbers in several passes as in one, and adds to the gradient that is there", async () => {
    const spec = tinySpec({ hidden: 16 });
    const [one, many] = [await pair(spec), await pair(spec, { numbers: 6 * spec.hidden * 30, work: 0 })];
    const texts = someTexts(3, [2, 3, 1]);
    const groups = Int32Array.from([2, 0, 1, 2, 1, 1]);
    const lanes = { tokens: someLanes(spec.grammar, groups.length), groups };
    const cuts = cutLanes(groups.slice().sort(), texts, () => 12, 30);
    expect(cuts.length).toBeGreaterThan(2);
    expect(cuts.at(0)?.[0]).toBe(0);
    expect(cuts.at(-1)?.[1]).toBe(groups.length);
    const coefficient = new Float64Array(groups.length).fill(1);
    const results = [];
    for (const { network } of [one, many]) {
      const drawn = await network.sample(texts, groups, new Rng(3));
      const logProb = await network.logProb(texts, lanes);
      await network.accumulate(texts, lanes, coefficient);
      await network.accumulate(texts, lanes, coefficient);
      results.push({ drawn, logProb, gradient: await network.stored.readGradient() });
      network.dispose();
    }
    const [first, second] = results as [(typeof results)[0], (typeof results)[0]];
    expect(second.drawn.tokens).toEqual(first.drawn.tokens);
    expect(largestError(second.logProb, first.logProb)).toBeLessThan(1e-6);
    const doubled = one.exact;
    await doubled.accumulate(texts, lanes, coefficient.fill(2));
    for (const { gradient } of results) {
      for (const { name, error } of partErrors(one.plan, gradient, doubled.block.gradient)) {
        expect(error, name).toBeLessThan(1e-4);
      }
    }
  });

  it("reads back once a call, scores equal lanes once, and asks nothing of the device for no lanes", async () => {
    const spec = tinySpec({ hidden: 16 });
    const { network } = await pair(spec);
    const session = await openWebgpu();
    const read = vi.spyOn(session, "read");
    const texts = someTexts(3, [2, 3]);
    const groups = Int32Array.from({ length: 12 }, (_, n) => n % 2);
    const tokens = Array.from({ length: 12 }, (_, n) => [(n >> 1) % 2, 5, 5, 5, 5, 5]).flat();
    const lanes = { tokens: Int32Array.from(tokens), groups };
    const logProb = await network.logProb(texts, lanes);
    // Two programs on two groups: four rows of tokens and a log probability.
    expect(read.mock.calls.map(([array]) => array.length)).toEqual([4 * 7]);
    expect(new Set(logProb).size).toBe(4);
    await network.accumulate(texts, lanes, new Float64Array(12).fill(1));
    expect(read.mock.calls.map(([array]) => array.length)).toEqual([4 * 7, 4 * 2]);
    await network.sample(texts, groups, new Rng(1));
    expect(read).toHaveBeenCalledTimes(3);
    expect([...(await network.accumulate(texts, lanes, new Float64Array(12)))]).toEqual(new Array(12).fill(0));
    expect(await network.logProb(texts, { tokens: new Int32Array(6), groups: new Int32Array(1) })).toEqual(
      Float64Array.of(Number.NEGATIVE_INFINITY),
    );
    expect((await network.sample(texts, new Int32Array(0), new Rng(1))).tokens).toHaveLength(0);
    expect(read).toHaveBeenCalledTimes(3);
    read.mockRestore();
    network.dispose();
  });

  it("reads the texts anew after a step of Adam and after a checkpoint, and not otherwise", async () => {
    const spec = tinySpec({ hidden: 16 });
    const { exact, network } = await pair(spec);
    const session = await openWebgpu();
    const run = vi.spyOn(session, "run");
    const dispatches = async (work: () => Promise<unknown>) => {
      run.mockClear();
      await work();
      return run.mock.calls.length;
    };
    const texts = someTexts(3, [2, 3]);
    const lanes = { tokens: someLanes(spec.grammar, 4), groups: Int32Array.from([0, 1, 1, 0]) };
    const coefficient = Float64Array.of(1, 1, -0.5, 0.2);
    const score = () => network.logProb(texts, lanes);
    expect(await dispatches(score)).toBe(3);
    expect(await dispatches(score)).toBe(1);
    for (let time = 1; time <= 3; time++) {
      for (const each of [exact, network]) {
        each.block.zeroGradient();
        await each.accumulate(texts, lanes, coefficient);
        each.block.adam(0.01, time);
      }
    }
    expect(await dispatches(score)).toBe(3);
    // Adam divides by the gradient's own size, so rounding shows in steps of 0.01 where gradients are tiny.
    expect(largestError(await score(), await exact.logProb(texts, lanes))).toBeLessThan(1e-3);
    await network.block.write(await exact.block.read());
    expect(await dispatches(score)).toBe(3);
    expect(largestError(await score(), await exact.logProb(texts, lanes))).toBeLessThan(1e-4);
    run.mockRestore();
    network.dispose();
  });

  it("draws allowed programs from weights that are not numbers, and tells the guard", async () => {
    const spec = tinySpec({ hidden: 16 });
    const { network } = await pair(spec);
    const state = await network.block.read();
    state.values.fill(Number.NaN);
    await network.block.write(state);
    const texts = someTexts(3, [2]);
    const { tokens } = await network.sample(texts, new Int32Array(3), new Rng(1));
    for (let lane = 0; lane < 3; lane++) expect(allowedLength(spec.grammar, tokens, lane)).toBeGreaterThan(0);
    await network.accumulate(texts, { tokens, groups: new Int32Array(3) }, new Float64Array(3).fill(1));
    expect(await network.block.gradientSquared()).toBeNaN();
    network.dispose();
  });

  it("leaves no arrays behind", async () => {
    const session = await openWebgpu();
    const before = session.countArrays();
    const spec = tinySpec({ hidden: 16, grammar: tinyGrammar(3) });
    const { network } = await pair(spec, { numbers: 6 * spec.hidden * 20, work: 0 });
    const texts = [someTexts(1, [1, 2]), someTexts(2, [2, 1])] as const;
    const lanes = { tokens: someLanes(spec.grammar, 3), groups: Int32Array.of(0, 1, 1) };
    // One of three kinds of call a step: a hundred steps stay quick on a software adapter.
    const step = async (time: number) => {
      const held = texts[time % 2]!;
      if (time % 3 === 0) await network.sample(held, lanes.groups, new Rng(time));
      if (time % 3 === 1) await network.logProb(held, lanes);
      if (time % 3 < 2) return session.countArrays();
      network.block.zeroGradient();
      await network.accumulate(held, lanes, Float64Array.of(1, -1, 0.5));
      await network.block.gradientSquared();
      network.block.adam(1e-3, time);
      return session.countArrays();
    };
    for (let time = 1; time < 10; time++) await step(time);
    const after10 = await step(10);
    for (let time = 11; time < 100; time++) await step(time);
    expect(await step(100)).toBe(after10);
    network.dispose();
    network.dispose();
    expect(session.countArrays()).toBe(before);
    const disposed = { code: "unexpected", message: "tiny was used after dispose" };
    await expect(network.logProb(texts[0], lanes)).rejects.toMatchObject(disposed);
    await expect(network.accumulate(texts[0], lanes, new Float64Array(3).fill(1))).rejects.toMatchObject(disposed);
    await expect(network.sample(texts[0], lanes.groups, new Rng(1))).rejects.toMatchObject(disposed);
    expect(session.countArrays()).toBe(before);
  });

  it("says so when the device is lost, and works again on a fresh one", async () => {
    const spec = tinySpec({ hidden: 16 });
    const texts = someTexts(3, [2]);
    const lanes = { tokens: someLanes(spec.grammar, 2), groups: new Int32Array(2) };
    const { network } = await pair(spec);
    const before = await network.logProb(texts, lanes);
    const running = network.logProb(texts, lanes);
    await loseDevice();
    // The call in flight may still deliver; every later one is refused.
    await running.catch((error: unknown) => expect(error).toMatchObject({ code: "device-lost" }));
    const lost = { code: "device-lost" };
    await expect(network.logProb(texts, lanes)).rejects.toMatchObject(lost);
    await expect(network.sample(texts, lanes.groups, new Rng(1))).rejects.toMatchObject(lost);
    await expect(network.accumulate(texts, lanes, Float64Array.of(1, 1))).rejects.toMatchObject(lost);
    expect(() => network.block.adam(1e-3, 1)).toThrow("graphics device lost");
    network.dispose();
    const { network: fresh } = await pair(spec);
    expect(await fresh.logProb(texts, lanes)).toEqual(before);
    fresh.dispose();
  });
});

afterAll(async () => {
  if (missing === null) await loseDevice();
});

// The wasm sequence network as something that lives: training, checkpoints, what it keeps, memory, odd inputs.

import { describe, expect, it } from "vitest";
import { createCpuSequence } from "../../../src/engine/kernels/sequence/cpu";
import { createWasmSequence, type WasmSequence } from "../../../src/engine/kernels/sequence/wasm";
import type { SequenceSpec, Texts } from "../../../src/engine/nn/sequence";
import { planSequence } from "../../../src/engine/nn/sequencePlan";
import { Rng } from "../../../src/engine/rng/rng";
import { languageOf, lively, someLanes, someTexts, tinyGrammar, tinySpec } from "../../helpers/sequences";

const GRAMMAR = tinyGrammar(7);
const L = GRAMMAR.maxLength;
const READER = tinySpec({ name: "reader", grammar: GRAMMAR, floor: 0.05 });

function blockOf(spec: SequenceSpec) {
  const plan = planSequence(spec);
  return { plan, block: { name: "phi.recognition", group: "phi" as const, initial: lively(plan.parameterCount, 3) } };
}

async function makeWasm(spec: SequenceSpec): Promise<WasmSequence> {
  const { plan, block } = blockOf(spec);
  return createWasmSequence(spec, plan, block, "simd");
}

async function makeCpu(spec: SequenceSpec) {
  const { plan, block } = blockOf(spec);
  return createCpuSequence(spec, plan, block);
}

function lanesOver(groups: number, count: number) {
  return { tokens: someLanes(GRAMMAR, count), groups: Int32Array.from({ length: count }, (_, n) => n % groups) };
}

function closeTo(given: ArrayLike<number>, exact: ArrayLike<number>, tolerance = 1e-5): void {
  expect(given.length).toBe(exact.length);
  for (let i = 0; i < exact.length; i++) {
    expect(Math.abs(given[i]! - exact[i]!)).toBeLessThan(tolerance * Math.max(1, Math.abs(exact[i]!)));
  }
}

/** A few steps of training on what the network itself draws. */
async function train(network: WasmSequence, texts: Texts, steps: number, from = 0): Promise<void> {
  const groups = Int32Array.from({ length: 12 }, (_, n) => n % (texts.groupOffsets.length - 1));
  for (let step = from; step < from + steps; step++) {
    const { tokens } = await network.sample(texts, groups, new Rng(1, step));
    await network.logProb(texts, { tokens, groups });
    network.block.zeroGradient();
    await network.accumulate(texts, { tokens, groups }, new Float64Array(12).fill(1 / 12));
    network.block.adam(1e-2, step + 1);
  }
}

describe("training a wasm sequence network", () => {
  const texts = someTexts(4, [3, 1, 5, 2]);

  it("gives the same numbers in two instances", async () => {
    const [one, two] = [await makeWasm(READER), await makeWasm(READER)];
    await train(one, texts, 5);
    await train(two, texts, 5);
    expect(await two.block.read()).toEqual(await one.block.read());
    two.dispose();
  });

  it("goes on from a checkpoint as if it had not stopped", async () => {
    const straight = await makeWasm(READER);
    await train(straight, texts, 6);
    const first = await makeWasm(READER);
    await train(first, texts, 3);
    const resumed = await makeWasm(READER);
    await resumed.logProb(texts, lanesOver(4, 8));
    await resumed.block.write(await first.block.read());
    await train(resumed, texts, 3, 3);
    expect(await resumed.block.read()).toEqual(await straight.block.read());
  });

  it("does the Adam steps of the float64 network", async () => {
    const [wasm, cpu] = [await makeWasm(READER), await makeCpu(READER)];
    const lanes = lanesOver(4, 12);
    const coefficient = Float64Array.from({ length: 12 }, (_, n) => 1 + Math.sin(n));
    for (const network of [wasm, cpu]) {
      for (let time = 1; time <= 3; time++) {
        network.block.zeroGradient();
        await network.accumulate(texts, lanes, coefficient);
        network.block.adam(1e-3, time);
      }
    }
    closeTo((await wasm.block.read()).moment1, (await cpu.block.read()).moment1, 1e-4);
    closeTo(await wasm.logProb(texts, lanes), await cpu.logProb(texts, lanes), 1e-4);
  });

  it("forgets what it read when its parameters move", async () => {
    const wasm = await makeWasm(READER);
    const lanes = lanesOver(4, 8);
    const before = await wasm.logProb(texts, lanes);
    await wasm.accumulate(texts, lanes, new Float64Array(8).fill(1));
    wasm.block.adam(1e-2, 1);
    const after = await wasm.logProb(texts, lanes);
    expect(Math.abs(after[0]! - before[0]!)).toBeGreaterThan(1e-3);
    const same: Texts = { ...texts };
    expect(await wasm.logProb(same, lanes)).toEqual(after);
    const { initial } = blockOf(READER).block;
    const zeros = new Float32Array(initial.length);
    await wasm.block.write({ values: initial, moment1: zeros, moment2: zeros });
    expect(await wasm.logProb(texts, lanes)).toEqual(before);
  });

  it("keeps its memory over 200 steps", async () => {
    const wasm = await makeWasm(READER);
    const all = Array.from({ length: 5 }, (_, seed) => someTexts(seed, [3, 1, 5, 2]));
    // The largest batch first: all later ones fit into what it took.
    const large = someTexts(9, [5, 5, 5, 5], 5, 8);
    await train(wasm, large, 1);
    const before = wasm.memoryBytes;
    for (let step = 0; step < 200; step++) await train(wasm, all[step % 5]!, 1, step + 1);
    expect(wasm.memoryBytes).toBe(before);
  });

  it("cannot be used after dispose", async () => {
    const wasm = await makeWasm(READER);
    wasm.dispose();
    await expect(wasm.logProb(texts, lanesOver(4, 4))).rejects.toMatchObject({ code: "unexpected" });
    expect(() => wasm.block.adam(1e-3, 1)).toThrow("after dispose");
  });
});

describe("odd inputs of a wasm sequence network", () => {
  it("takes one lane, and texts of one symbol", async () => {
    const texts: Texts = {
      symbols: Uint8Array.from([4, 4, 0, 4]),
      textOffsets: Int32Array.from([0, 1, 2, 4]),
      groupOffsets: Int32Array.from([0, 2, 3]),
    };
    const [wasm, cpu] = [await makeWasm(READER), await makeCpu(READER)];
    for (const group of [0, 1]) {
      const lanes = { tokens: someLanes(GRAMMAR, 1), groups: Int32Array.of(group) };
      closeTo(await wasm.logProb(texts, lanes), await cpu.logProb(texts, lanes));
      await wasm.accumulate(texts, lanes, Float64Array.of(1));
      await cpu.accumulate(texts, lanes, Float64Array.of(1));
    }
    closeTo(wasm.block.readGradient(), cpu.block.gradient);
    const none = { tokens: new Int32Array(0), groups: new Int32Array(0) };
    expect(await wasm.logProb(texts, none)).toEqual(new Float64Array(0));
    expect((await wasm.sample(texts, none.groups, new Rng(1))).tokens).toEqual(new Int32Array(0));
  });

  it("gives minus infinity to what the grammar does not allow, and no gradient", async () => {
    const texts = someTexts(2, [2]);
    const wasm = await makeWasm(READER);
    const good = [...someLanes(GRAMMAR, 1)];
    const pad = (tokens: readonly number[]) => [...tokens, ...new Array<number>(L - tokens.length).fill(GRAMMAR.end)];
    // A postfix first, an id outside the vocabulary, a bracket that stays open, a lane without an end.
    const tokens = Int32Array.from([...good, ...pad([2]), ...pad([0, 1004]), ...pad([3, 0]), ...new Array(L).fill(0)]);
    const lanes = { tokens, groups: new Int32Array(5) };
    const logProb = await wasm.logProb(texts, lanes);
    expect(Number.isFinite(logProb[0])).toBe(true);
    expect([...logProb.subarray(1)]).toEqual(new Array(4).fill(Number.NEGATIVE_INFINITY));
    await expect(wasm.accumulate(texts, lanes, new Float64Array(5).fill(1))).rejects.toMatchObject({ code: "shape" });
    const none = await wasm.accumulate(texts, lanes, new Float64Array(5));
    expect(none).toEqual(new Float64Array(5));
    expect(await wasm.block.gradientSquared()).toBe(0);
  });

  it("sums to 1 over the language, also where a logit is far below the others", async () => {
    const outputBias = Float64Array.of(0, -200, 0, 5, 0, -90);
    for (const floor of [0, 0.01]) {
      const spec = tinySpec({ grammar: GRAMMAR, outputBias, floor });
      const { plan, block } = blockOf(spec);
      block.initial.set(outputBias, plan.parts["output.bias"]!.offset);
      const [wasm, cpu] = [await createWasmSequence(spec, plan, block), await createCpuSequence(spec, plan, block)];
      const tokens = languageOf(GRAMMAR);
      const lanes = { tokens, groups: new Int32Array(tokens.length / L) };
      const logProb = await wasm.logProb(someTexts(3, [3]), lanes);
      expect(logProb.reduce((sum, value) => sum + Math.exp(value), 0)).toBeCloseTo(1, 5);
      closeTo(logProb, await cpu.logProb(someTexts(3, [3]), lanes));
    }
  });

  it("works through many groups and lanes in chunks with the same result", async () => {
    const counts = Array.from({ length: 60 }, (_, g) => 1 + (g % 5));
    const texts = someTexts(8, counts);
    const { plan, block } = blockOf(READER);
    const limits = { symbols: 20, rows: 50 };
    const whole = await createWasmSequence(READER, plan, block, "simd");
    const pieces = await createWasmSequence(READER, plan, block, "simd", limits);
    const count = 300;
    const groups = Int32Array.from({ length: count }, (_, n) => (7 * n) % 60);
    const drawn = await whole.sample(texts, groups, new Rng(3));
    const redrawn = await pieces.sample(texts, groups, new Rng(3));
    expect(redrawn.tokens).toEqual(drawn.tokens);
    const lanes = { tokens: drawn.tokens, groups };
    closeTo(await pieces.logProb(texts, lanes), drawn.logProb);
    const coefficient = Float64Array.from({ length: count }, (_, n) => Math.cos(n));
    await whole.accumulate(texts, lanes, coefficient);
    await pieces.accumulate(texts, lanes, coefficient);
    const scale = Math.max(...whole.block.readGradient().map(Math.abs));
    closeTo(
      pieces.block.readGradient().map((g) => g / scale),
      whole.block.readGradient().map((g) => g / scale),
    );
  });
});

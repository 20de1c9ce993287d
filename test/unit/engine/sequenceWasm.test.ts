// The wasm sequence network against the plain float64 one: log probabilities, gradients, draws, on both builds.

import { describe, expect, it } from "vitest";
import { programGrammar } from "../../../src/domains/strings/grammar";
import { enableRelaxedSimd } from "../../../src/engine/kernels/assembly/relaxedSimdInNode";
import { createCpuSequence } from "../../../src/engine/kernels/sequence/cpu";
import { createWasmSequence } from "../../../src/engine/kernels/sequence/wasm";
import type { Lanes, SequenceSpec, Texts } from "../../../src/engine/nn/sequence";
import { initialSequence, planSequence } from "../../../src/engine/nn/sequencePlan";
import { Rng } from "../../../src/engine/rng/rng";
import { lively, someLanes, someTexts, tinyGrammar, tinySpec } from "../../helpers/sequences";

enableRelaxedSimd();

const BUILDS = ["simd", "relaxed-simd"] as const;
const GRAMMAR = tinyGrammar(7);

const SPECS: readonly SequenceSpec[] = [
  tinySpec({ name: "language model", reader: null, embedding: 0, hidden: 16 }),
  tinySpec({ name: "language model with a tanh layer", reader: null, embedding: 16, floor: 0.05 }),
  tinySpec({ name: "reader", grammar: GRAMMAR }),
  tinySpec({ name: "wide reader with a floor", grammar: GRAMMAR, hidden: 24, embedding: 16, floor: 0.1 }),
];

async function bothOf(spec: SequenceSpec, build: (typeof BUILDS)[number]) {
  const plan = planSequence(spec);
  const block = { name: "phi.recognition", group: "phi" as const, initial: lively(plan.parameterCount, 3) };
  return {
    plan,
    cpu: await createCpuSequence(spec, plan, block),
    wasm: await createWasmSequence(spec, plan, block, build),
  };
}

/** 14 lanes over 4 groups of 1 to 5 texts; some equal, one with coefficient 0. */
function task(spec: SequenceSpec): { texts: Texts | null; lanes: Lanes; coefficient: Float64Array } {
  const tokens = someLanes(spec.grammar, 12);
  const length = spec.grammar.maxLength;
  const all = new Int32Array(14 * length);
  all.set(tokens);
  all.set(tokens.subarray(0, 2 * length), 12 * length);
  const groups = Int32Array.from({ length: 14 }, (_, n) => (n < 12 ? (5 * n) % 4 : (5 * (n - 12)) % 4));
  const coefficient = Float64Array.from({ length: 14 }, (_, n) => (n === 5 ? 0 : Math.sin(n + 1)));
  const texts = spec.reader && someTexts(4, [3, 1, 5, 2]);
  return { texts, lanes: { tokens: all, groups }, coefficient };
}

/** Largest difference over the largest entry, part by part of the block. */
function worstError(plan: ReturnType<typeof planSequence>, given: ArrayLike<number>, exact: ArrayLike<number>) {
  let worst = 0;
  for (const { rows, columns, offset } of plan.list) {
    let error = 0;
    let scale = 0;
    for (let i = offset; i < offset + rows * columns; i++) {
      error = Math.max(error, Math.abs(given[i]! - exact[i]!));
      scale = Math.max(scale, Math.abs(exact[i]!));
    }
    if (scale > 0) worst = Math.max(worst, error / scale);
    else expect(error).toBe(0);
  }
  return worst;
}

describe.each(BUILDS)("sequence network on wasm, %s", (build) => {
  it.each(SPECS)("scores like the float64 network: $name", async (spec) => {
    const { cpu, wasm } = await bothOf(spec, build);
    const { texts, lanes } = task(spec);
    const exact = await cpu.logProb(texts, lanes);
    const scored = await wasm.logProb(texts, lanes);
    for (const [n, value] of exact.entries()) expect(Math.abs(scored[n]! / value - 1)).toBeLessThan(1e-5);
  });

  it.each(SPECS)("has the gradient of the float64 network: $name", async (spec) => {
    const { plan, cpu, wasm } = await bothOf(spec, build);
    const { texts, lanes, coefficient } = task(spec);
    await cpu.accumulate(texts, lanes, coefficient);
    const logProb = await wasm.accumulate(texts, lanes, coefficient);
    expect(worstError(plan, wasm.block.readGradient(), cpu.block.gradient)).toBeLessThan(1e-5);
    const exact = await cpu.logProb(texts, lanes);
    for (const [n, value] of logProb.entries()) expect(value).toBeCloseTo(n === 5 ? 0 : exact[n]!, 4);
    // A second call adds, whether or not the texts were read before.
    await wasm.accumulate(texts, lanes, coefficient);
    const doubled = cpu.block.gradient.map((g) => 2 * g);
    expect(worstError(plan, wasm.block.readGradient(), doubled)).toBeLessThan(1e-5);
  });

  it.each(SPECS)("draws the tokens of the float64 network: $name", async (spec) => {
    const { cpu, wasm } = await bothOf(spec, build);
    const { texts } = task(spec);
    const groups = Int32Array.from({ length: 200 }, (_, n) => (7 * n) % 4);
    const exact = await cpu.sample(texts, groups, new Rng(5, 6, 7));
    const drawn = await wasm.sample(texts, groups, new Rng(5, 6, 7));
    expect(drawn.tokens).toEqual(exact.tokens);
    for (const [n, value] of exact.logProb.entries())
      expect(Math.abs(drawn.logProb[n]! - value)).toBeLessThan(1e-5 * Math.max(1, Math.abs(value)));
    const scored = await wasm.logProb(texts, { tokens: drawn.tokens, groups });
    for (const [n, value] of scored.entries())
      expect(Math.abs(drawn.logProb[n]! - value)).toBeLessThan(1e-5 * Math.max(1, Math.abs(value)));
  });

  it("agrees at the size of the strings domain", async () => {
    const grammar = programGrammar();
    const { maxLength, end } = grammar;
    const outputBias = new Float64Array(grammar.tokens);
    const spec = {
      name: "strings",
      grammar,
      hidden: 96,
      embedding: 64,
      reader: { symbols: 98 },
      floor: 0.01,
      outputBias,
    };
    const plan = planSequence(spec);
    const block = { name: "phi.recognition", group: "phi" as const, initial: initialSequence(spec, plan, new Rng(1)) };
    const cpu = await createCpuSequence(spec, plan, block);
    const wasm = await createWasmSequence(spec, plan, block, build);
    const texts = someTexts(6, [5, 5], 98, 12);
    const rng = new Rng(2);
    const tokens = new Int32Array(6 * maxLength).fill(end);
    for (let lane = 0; lane < 6; lane++) {
      for (let t = 4 + lane * 2; t > 0; t--) tokens[lane * maxLength + t - 1] = rng.int(102);
    }
    const lanes = { tokens, groups: Int32Array.of(1, 0, 0, 1, 1, 0) };
    const coefficient = Float64Array.of(0.1, 0.2, 0.1, 0.3, 0.2, 0.1);
    const exact = await cpu.accumulate(texts, lanes, coefficient);
    const given = await wasm.accumulate(texts, lanes, coefficient);
    for (const [n, value] of exact.entries()) expect(Math.abs(given[n]! / value - 1)).toBeLessThan(1e-5);
    expect(worstError(plan, wasm.block.readGradient(), cpu.block.gradient)).toBeLessThan(1e-5);
    const groups = Int32Array.of(0, 1, 0, 1);
    const drawn = await wasm.sample(texts, groups, new Rng(8));
    expect(drawn.tokens).toEqual((await cpu.sample(texts, groups, new Rng(8))).tokens);
  });
});

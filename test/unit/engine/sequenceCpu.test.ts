// The sequence network in float64: its gradient is the derivative (finite differences, part by part), it is a proper
// distribution over the grammar's language (enumerated), and its sampler draws from it.

import { describe, expect, it } from "vitest";
import { allowedLength } from "../../../src/engine/kernels/sequence/calls";
import { createCpuSequence } from "../../../src/engine/kernels/sequence/cpu";
import type { SequenceSpec } from "../../../src/engine/nn/sequence";
import { planSequence } from "../../../src/engine/nn/sequencePlan";
import { Rng } from "../../../src/engine/rng/rng";
import { languageOf, lively, someLanes, someTexts, tinyGrammar, tinySpec } from "../../helpers/sequences";

const STEP = 1e-5;

function make(spec: SequenceSpec) {
  const plan = planSequence(spec);
  return createCpuSequence(spec, plan, { name: "phi.net", group: "phi", initial: lively(plan.parameterCount, 4) });
}

describe("gradient of the sequence network", () => {
  const CASES: readonly (readonly [string, SequenceSpec])[] = [
    ["reads", tinySpec()],
    ["reads, with a floor", tinySpec({ floor: 0.2, hidden: 16 })],
    ["reads nothing", tinySpec({ reader: null, hidden: 16 })],
    ["reads nothing, with a floor", tinySpec({ reader: null, floor: 0.05 })],
    ["reads nothing, without embedding", tinySpec({ reader: null, embedding: 0 })],
  ];
  it.each(CASES)("is the derivative in every part when it %s", async (_name, spec) => {
    const network = await make(spec);
    const { block } = network;
    const texts = spec.reader ? someTexts(3, [1, 3, 5]) : null;
    const groups = Int32Array.from([0, 1, 2, 1, 2]);
    const lanes = { tokens: someLanes(spec.grammar, groups.length), groups };
    const coefficient = Float64Array.from([0.7, -1.3, 0.5, 0, 1]);
    await network.accumulate(texts, lanes, coefficient);
    const loss = async () => {
      const logProb = await network.logProb(texts, lanes);
      return -logProb.reduce((sum, value, n) => sum + value * coefficient[n]!, 0);
    };
    for (const { name, rows, columns, offset } of planSequence(spec).list) {
      const count = rows * columns;
      for (const seed of [1, 2]) {
        const rng = new Rng(seed).fork(name);
        const direction = Float64Array.from({ length: count }, () => rng.normal());
        const base = block.values.slice();
        const along = async (t: number) => {
          for (let i = 0; i < count; i++) block.values[offset + i] = base[offset + i]! + t * direction[i]!;
          return loss();
        };
        const slope = ((await along(STEP)) - (await along(-STEP))) / (2 * STEP);
        block.values.set(base);
        const exact = direction.reduce((sum, d, i) => sum + d * block.gradient[offset + i]!, 0);
        expect(Math.abs(exact), name).toBeGreaterThan(1e-4);
        expect(Math.abs(slope - exact) / Math.abs(exact), name).toBeLessThan(1e-5);
      }
    }
  });

  it("adds to what is there, and costs nothing where the coefficient is 0", async () => {
    const spec = tinySpec();
    const network = await make(spec);
    const texts = someTexts(3, [2]);
    const lanes = { tokens: someLanes(spec.grammar, 2), groups: new Int32Array(2) };
    const logProb = await network.accumulate(texts, lanes, Float64Array.from([1, 0]));
    expect(logProb[0]).toBe((await network.logProb(texts, lanes))[0]);
    expect(logProb[1]).toBe(0);
    const once = network.block.gradient.slice();
    await network.accumulate(texts, lanes, Float64Array.from([1, 0]));
    expect(network.block.gradient.every((g, i) => Math.abs(g - 2 * once[i]!) < 1e-12)).toBe(true);
    // Not an allowed sequence, but nobody asks for its gradient.
    lanes.tokens.fill(2, spec.grammar.maxLength);
    await network.accumulate(texts, lanes, Float64Array.from([1, 0]));
    await expect(network.accumulate(texts, lanes, Float64Array.from([1, 1]))).rejects.toThrow("lane 1");
  });
});

describe("distribution of the sequence network", () => {
  it.each([0, 0.1])("sums to 1 over the grammar's language, floor %d", async (floor) => {
    const grammar = tinyGrammar(5);
    const tokens = languageOf(grammar);
    const count = tokens.length / grammar.maxLength;
    expect(count).toBeGreaterThan(50);
    const texts = someTexts(7, [1, 4]);
    for (const reader of [null, { symbols: 5 }]) {
      const network = await make(tinySpec({ grammar, reader, floor }));
      const logProb = await network.logProb(texts, { tokens, groups: new Int32Array(count).fill(1) });
      expect(logProb.reduce((sum, value) => sum + Math.exp(value), 0)).toBeCloseTo(1, 12);
    }
  });

  it("gives -Infinity to what the grammar does not allow", async () => {
    const grammar = tinyGrammar(5);
    const network = await make(tinySpec({ grammar, reader: null }));
    const bad = [
      [5, 5, 5, 5, 5], // empty
      [2, 0, 5, 5, 5], // postfix first
      [0, 2, 2, 5, 5], // stacked postfix
      [3, 0, 0, 5, 5], // open bracket
      [0, 0, 0, 0, 0], // no end
      [0, 1, 0, 3, 5], // bracket that cannot be closed in time
      [1000, 5, 5, 5, 5], // a literal outside the alphabet
      [0, -1, 5, 5, 5],
    ];
    const lanes = { tokens: Int32Array.from(bad.flat()), groups: new Int32Array(bad.length) };
    expect([...(await network.logProb(null, lanes))]).toEqual(bad.map(() => Number.NEGATIVE_INFINITY));
    const good = { tokens: Int32Array.from([3, 0, 4, 5, 5]), groups: new Int32Array(1) };
    expect((await network.logProb(null, good))[0]).toBeGreaterThan(-20);
  });

  it("does not depend on the order of a group's texts, nor on what other groups hold", async () => {
    const spec = tinySpec();
    const network = await make(spec);
    const lanes = { tokens: someLanes(spec.grammar, 4), groups: new Int32Array(4) };
    const one = {
      symbols: Uint8Array.from([0, 1, 4, 2, 4, 3, 3, 4]),
      textOffsets: Int32Array.from([0, 3, 5, 8]),
      groupOffsets: Int32Array.from([0, 3]),
    };
    const other = {
      symbols: Uint8Array.from([1, 4, 3, 3, 4, 0, 1, 4, 2, 4]),
      textOffsets: Int32Array.from([0, 2, 5, 8, 10]),
      groupOffsets: Int32Array.from([0, 1, 4]),
    };
    const expected = await network.logProb(one, lanes);
    const given = await network.logProb(other, { ...lanes, groups: new Int32Array(4).fill(1) });
    for (const [n, value] of given.entries()) expect(value).toBeCloseTo(expected[n]!, 12);
    const outside = { ...lanes, groups: new Int32Array(4).fill(2) };
    await expect(network.logProb(other, outside)).rejects.toThrow("group 2");
  });
});

describe("sampler of the sequence network", () => {
  it("draws each program as often as its probability says", async () => {
    const grammar = tinyGrammar(4);
    const network = await make(tinySpec({ grammar, floor: 0.05 }));
    const texts = someTexts(2, [2, 3]);
    const count = 4000;
    const groups = new Int32Array(count).fill(1);
    const rng = new Rng(11).fork("draw");
    const drawn = await network.sample(texts, groups, rng);
    expect(drawn.logProb).toEqual(await network.logProb(texts, { tokens: drawn.tokens, groups }));
    const language = languageOf(grammar);
    const all = { tokens: language, groups: new Int32Array(language.length / 4).fill(1) };
    const logProb = await network.logProb(texts, all);
    const keyAt = (tokens: Int32Array, n: number) => tokens.subarray(4 * n, 4 * n + 4).join(",");
    const seen = new Map<string, number>();
    for (let n = 0; n < count; n++) {
      const key = keyAt(drawn.tokens, n);
      seen.set(key, (seen.get(key) ?? 0) + 1);
    }
    // Pearson's statistic over the programs expected at least 5 times; 4 standard deviations above its mean.
    let statistic = 0;
    let cells = 0;
    for (const [n, value] of logProb.entries()) {
      const expected = count * Math.exp(value);
      if (expected < 5) continue;
      statistic += ((seen.get(keyAt(language, n)) ?? 0) - expected) ** 2 / expected;
      cells++;
    }
    expect(cells).toBeGreaterThan(15);
    expect(statistic).toBeLessThan(cells + 4 * Math.sqrt(2 * cells));
  });

  it("uses the words of the stream by lane and step, and leaves the stream where it was", async () => {
    const spec = tinySpec({ reader: null });
    const network = await make(spec);
    const rng = new Rng(5).fork("wake");
    rng.uint32();
    const first = await network.sample(null, new Int32Array(9), rng);
    const fewer = await network.sample(null, new Int32Array(4), new Rng(5).fork("wake"));
    expect(fewer.tokens).toEqual(first.tokens.slice(0, 4 * spec.grammar.maxLength));
    const other = new Rng(5).fork("wake");
    other.uint32();
    expect(rng.uint32()).toBe(other.uint32());
    const elsewhere = await network.sample(null, new Int32Array(9), new Rng(6).fork("wake"));
    expect(elsewhere.tokens).not.toEqual(first.tokens);
  });

  it("draws allowed programs from weights that are not numbers, with log probabilities that say so", async () => {
    const spec = tinySpec({ floor: 0.1 });
    const network = await make(spec);
    const texts = someTexts(2, [2]);
    network.block.values.fill(Number.NaN);
    const { tokens, logProb } = await network.sample(texts, new Int32Array(5), new Rng(1));
    for (let lane = 0; lane < 5; lane++) {
      expect(allowedLength(spec.grammar, tokens, lane)).toBeGreaterThan(0);
      expect(logProb[lane]).toBeNaN();
    }
  });
});

// The sequence network in WGSL (Chromium's software adapter, float32) against the float64 one: log probabilities to 1e-4,
// gradients to 1e-4 of a part's largest entry, samples token for token.
// Not measured here: a real graphics card, its speed, other drivers' exp and tanh, sizes of the product (hidden 160).

import { afterAll, describe, expect, it } from "vitest";
import { type CpuSequence, createCpuSequence } from "../../../src/engine/kernels/sequence/cpu";
import { createWebgpuSequence } from "../../../src/engine/kernels/sequence/webgpu";
import { loseDevice, openWebgpu } from "../../../src/engine/kernels/tfjsWebgpu";
import type { SequenceSpec } from "../../../src/engine/nn/sequence";
import { planSequence } from "../../../src/engine/nn/sequencePlan";
import { Rng } from "../../../src/engine/rng/rng";
import { largestError } from "../../helpers/networks";
import { lively, someLanes, someTexts, tinySpec } from "../../helpers/sequences";
import { installWebgpu } from "../../helpers/webgpuInNode";

const missing = await installWebgpu();
if (missing !== null) process.stderr.write(`${missing}\n`);

const CASES: readonly (readonly [string, SequenceSpec, readonly number[]])[] = [
  ["reads one to five texts", tinySpec({ hidden: 16 }), [1, 5, 3]],
  ["reads, with a floor", tinySpec({ floor: 0.2, embedding: 16 }), [2, 4, 1]],
  ["reads nothing", tinySpec({ reader: null, hidden: 32 }), [1, 1, 1]],
  ["reads nothing, without embedding", tinySpec({ reader: null, embedding: 0, floor: 0.05 }), [1, 1, 1]],
];

async function pair(spec: SequenceSpec, mostNumbers?: number) {
  const plan = planSequence(spec);
  const block = { name: "phi.net", group: "phi" as const, initial: lively(plan.parameterCount, 4) };
  const exact: CpuSequence = await createCpuSequence(spec, plan, block);
  return { plan, exact, network: await createWebgpuSequence(spec, plan, block, mostNumbers) };
}

describe.skipIf(missing !== null)("sequence network on webgpu", () => {
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
    for (const { name, rows, columns, offset } of plan.list) {
      const wanted = exact.block.gradient.subarray(offset, offset + rows * columns);
      const most = largestError(wanted, new Float32Array(wanted.length));
      const error = largestError(gradient.subarray(offset, offset + rows * columns), wanted);
      expect(error / most, name).toBeLessThan(1e-4);
    }
    network.dispose();
  });
});

afterAll(async () => {
  if (missing === null) await loseDevice();
});

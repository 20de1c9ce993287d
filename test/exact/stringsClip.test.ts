// Long gradients are shortened to the domain's norm, short ones left alone, on every kind of block that runs in Node.

import { describe, expect, it } from "vitest";
import { programGrammar } from "../../src/domains/strings/grammar";
import { createSequence } from "../../src/engine/nn/createSequence";
import type { SequenceSpec } from "../../src/engine/nn/sequence";
import { Rng } from "../../src/engine/rng/rng";
import { guardGradients } from "../../src/engine/run/guard";
import { programsOf } from "../helpers/strings";

const spec: SequenceSpec = {
  name: "prior",
  grammar: programGrammar(),
  hidden: 16,
  embedding: 8,
  reader: null,
  floor: 0,
  outputBias: new Float64Array(109),
};
const lanes = { tokens: programsOf([["\\u\\d+"]]).values, groups: Int32Array.of(0) };

describe.each(["cpu", "wasm"] as const)("a gradient on %s", (backend) => {
  const lengthAfter = async (coefficient: number, longest?: number) => {
    const network = await createSequence(spec, backend, new Rng(1), "theta.prior");
    network.block.zeroGradient();
    await network.accumulate(null, lanes, Float64Array.of(coefficient));
    await guardGradients([network.block], 1, longest);
    const length = Math.sqrt(await network.block.gradientSquared());
    network.block.adam(0.01, 1);
    const { values } = await network.block.read();
    network.dispose();
    return { length, values: Array.from(values) };
  };

  it("of any length is left alone without a limit, and below it", async () => {
    const free = await lengthAfter(1);
    expect(free.length).toBeGreaterThan(1);
    expect((await lengthAfter(920)).length / free.length).toBeCloseTo(920, 1);
    expect(await lengthAfter(1, 1000)).toEqual(free);
  });

  it("that is longer than the limit gets its length and keeps its direction", async () => {
    const cut = await lengthAfter(920, 5);
    expect(cut.length).toBeCloseTo(5, 5);
    // Adam's first step has the gradient's signs only, whatever the length.
    const { values } = await lengthAfter(-920, 5);
    const start = await lengthAfter(0);
    const moved = start.values.flatMap((value, i) => (cut.values[i] === value ? [] : [i]));
    expect(moved.length).toBeGreaterThan(500);
    for (const i of moved)
      expect(Math.sign(cut.values[i]! - start.values[i]!)).toBe(-Math.sign(values[i]! - start.values[i]!));
  });
});

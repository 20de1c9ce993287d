// The teaching switch "mutations": varied members replace the last proposals, and nothing else changes.

import { describe, expect, it } from "vitest";
import type { StepContext } from "../../src/engine/algorithms/algorithm";
import { withMutations } from "../../src/engine/algorithms/variations";
import type { Batch, Programs } from "../../src/engine/model";
import { Rng } from "../../src/engine/rng/rng";
import { createTinyModel, type Symbols, symbolsOf } from "../helpers/tinyModel";

const batch: Batch<Symbols> = { observations: symbolsOf(0, 1), ids: Int32Array.of(0, 1) };

/** A model whose variation of [a, b] is [a, (b + 1) mod 3]. */
function setUp(mutations: number) {
  const model = createTinyModel(new Rng(4));
  const vary = (_: Batch<Symbols>, programs: Programs): Programs => ({
    ...programs,
    values: programs.values.map((value, i) => (i % 2 === 1 ? (value + 1) % 3 : value)),
  });
  // The cast: the switch reads only these parts of a step's context.
  return {
    model,
    context: { model: { ...model, vary }, batch, options: { mutations }, rng: new Rng(1) } as unknown as StepContext,
  };
}

describe("withMutations", () => {
  it("replaces the last proposals by varied members and scores them under q", async () => {
    const { model, context } = setUp(1);
    const drawn = await model.propose(batch, 3, new Rng(2));
    const first = await model.firstPrograms(batch, 1, new Rng(3));
    const members = { ...first, bornAt: new Int32Array(2) };
    const mixed = await withMutations(context, members, drawn);
    expect(Array.from(mixed.programs.values.subarray(0, 8))).toEqual(Array.from(drawn.programs.values.subarray(0, 8)));
    const expected = Array.from(first.programs.values, (value, i) => (i % 2 === 1 ? (value + 1) % 3 : value));
    expect(Array.from(mixed.programs.values.subarray(8))).toEqual(expected);
    expect(mixed.logQ).toEqual(await model.logQ(batch, mixed.programs));
  });

  it("changes nothing when the switch is off", async () => {
    const { model, context } = setUp(0);
    const drawn = await model.propose(batch, 3, new Rng(2));
    const members = { ...(await model.firstPrograms(batch, 1, new Rng(3))), bornAt: new Int32Array(2) };
    expect(await withMutations(context, members, drawn)).toBe(drawn);
  });
});

// Adam on a plain block, step by step against the formulas of Kingma & Ba 2015, algorithm 1, with epsilon 1e-8.

import { describe, expect, it } from "vitest";
import { PlainBlock } from "../../../src/engine/optim/plainBlock";

describe("a plain block", () => {
  it("moves against the gradient by the rate, and by half of it where the gradient is as small as epsilon", () => {
    const block = new PlainBlock("theta.test", "theta", [1, 1, 1, 1]);
    block.gradient.set([5, -5, 1e-8, 0]);
    block.adam(0.1, 1);
    // Step 1: the corrected moments are g and g^2, so the move is rate * g / (|g| + 1e-8).
    const expected = [0.9, 1.1, 0.95, 1];
    for (const [i, value] of expected.entries()) expect(block.values[i]).toBeCloseTo(value, 7);
  });

  it("remembers earlier gradients with weights 0.9 and 0.999", () => {
    const block = new PlainBlock("theta.test", "theta", [0]);
    block.gradient.set([1]);
    block.adam(1, 1);
    block.zeroGradient();
    block.gradient.set([3]);
    block.adam(1, 2);
    const mean = (0.9 * 0.1 * 1 + 0.1 * 3) / (1 - 0.9 ** 2);
    const square = (0.999 * 0.001 * 1 + 0.001 * 9) / (1 - 0.999 ** 2);
    expect(block.values[0]).toBeCloseTo(-1 - mean / Math.sqrt(square), 6);
  });

  it("tells a gradient that is not finite", async () => {
    const block = new PlainBlock("theta.test", "theta", [0, 0]);
    block.gradient.set([3, 4]);
    expect(await block.gradientSquared()).toBe(25);
    block.gradient.set([3, Number.NaN]);
    expect(await block.gradientSquared()).toBeNaN();
    block.zeroGradient();
    expect(await block.gradientSquared()).toBe(0);
  });
});

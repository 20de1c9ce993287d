// The gradient is the derivative: finite differences in float64 along random directions.

import { describe, expect, it } from "vitest";
import { CpuNetwork } from "../../../src/engine/kernels/network/cpu";
import { planNetwork } from "../../../src/engine/kernels/network/plan";
import { initialParameters } from "../../../src/engine/nn/createNetwork";
import type { NetworkSpec } from "../../../src/engine/nn/network";
import { PlainBlock } from "../../../src/engine/optim/plainBlock";
import { Rng } from "../../../src/engine/rng/rng";
import {
  alignedEncoder,
  awkward,
  genericEncoder,
  maxPooled,
  narrowStrokeEncoder,
  pooledEnds,
  smallMlp,
} from "../../helpers/networks";

/** Length of a step in parameter space: short, so that few units of a large network cross their kinks on the way. */
const STEP = 1e-5;

function float64(seed: number, count: number): Float64Array {
  const rng = new Rng(seed);
  return Float64Array.from({ length: count }, () => rng.normal());
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}

describe("gradient of the network", () => {
  it.each([
    [smallMlp],
    [genericEncoder(32, 8)],
    [alignedEncoder(8, 3)],
    [awkward],
    [pooledEnds],
    [narrowStrokeEncoder],
    [maxPooled],
  ] satisfies readonly [NetworkSpec][])("is the derivative of $name along random directions", (spec) => {
    const plan = planNetwork(spec);
    const rows = 2;
    const initial = initialParameters(plan, new Rng(8));
    const block = new PlainBlock("phi.network", "phi", initial);
    const network = new CpuNetwork(spec, plan, block, rows);
    const input = float64(1, rows * plan.inputSize);
    const upstream = float64(2, rows * plan.outputSize);
    network.forwardExact(input, rows);
    network.backwardExact(upstream);
    for (const seed of [3, 4, 5]) {
      const direction = float64(seed, block.size);
      const base = block.values.slice();
      const along = (t: number) => {
        block.values.set(base.map((value, i) => value + t * direction[i]!));
        return dot(network.forwardExact(input, rows), upstream);
      };
      const step = STEP / Math.sqrt(dot(direction, direction));
      const slope = (along(step) - along(-step)) / (2 * step);
      block.values.set(base);
      const exact = dot(block.gradient, direction);
      expect(Math.abs(slope - exact) / Math.abs(exact)).toBeLessThan(1e-4);
    }
  });
});

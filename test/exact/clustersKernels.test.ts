// The clusters' network on the wasm kernels against the plain float64 one: same start, same numbers to float32.

import { describe, expect, it } from "vitest";
import { plainClustersModel } from "../../src/domains/clusters/clustersModel";
import { generateData } from "../../src/domains/clusters/data";
import { createPassNetwork, KernelPassNetwork, PlainPassNetwork } from "../../src/domains/clusters/passNetwork";
import { NUM_LOGITS } from "../../src/domains/clusters/recognition";
import { Rng } from "../../src/engine/rng/rng";

const TOLERANCE = 1e-5; // float32 against float64, relative to the largest entry

const largest = (values: ArrayLike<number>) =>
  Array.from(values).reduce((max, value) => Math.max(max, Math.abs(value)), 0);
const distance = (left: ArrayLike<number>, right: ArrayLike<number>) =>
  largest(Array.from(left, (value, i) => value - right[i]!)) / largest(right);

async function bothNetworks() {
  const kernels = await createPassNetwork("wasm", new Rng(3));
  const plain = new PlainPassNetwork(new Rng(3));
  if (!(kernels instanceof KernelPassNetwork)) throw new Error("expected the kernels");
  return { kernels, plain };
}

describe("the network on wasm kernels", () => {
  // 150 rows take two calls of the kernels.
  it.each([1, 20, 150])("gives the logits and gradients of the plain one, %i sets", async (count) => {
    const { kernels, plain } = await bothNetworks();
    const sets = generateData(count, 1).train;
    const rows = Int32Array.from({ length: count }, (_, i) => count - 1 - i);
    const rng = new Rng(8);
    const logitGradient = Float64Array.from({ length: count * NUM_LOGITS }, () => rng.normal());
    const fast = await kernels.forward(sets, rows);
    const slow = await plain.forward(sets, rows);
    expect(distance(fast.logits, slow.logits)).toBeLessThan(TOLERANCE);
    // Another batch in between: backward must refer to its own pass.
    await kernels.forward(sets, Int32Array.of(0));
    await kernels.backward(fast, logitGradient);
    await plain.backward(slow, logitGradient);
    kernels.block.adam(0.001, 1);
    plain.block.adam(0.001, 1);
    const moved = (await kernels.block.read()).moment1; // (1 - beta1) times the gradient
    expect(distance(moved, (await plain.block.read()).moment1)).toBeLessThan(TOLERANCE);
    kernels.dispose();
  });

  it("knows when phi has moved", async () => {
    const { kernels } = await bothNetworks();
    const before = kernels.version();
    kernels.block.adam(0.001, 1);
    expect(kernels.version()).not.toBe(before);
    kernels.dispose();
  });

  it("starts the model with the weights of the plain one", async () => {
    const { kernels } = await bothNetworks();
    const values = (await kernels.block.read()).values;
    expect(distance(values, plainClustersModel(new Rng(3)).network.values)).toBeLessThan(1e-7);
    kernels.dispose();
  });
});

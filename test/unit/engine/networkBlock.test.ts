// What callers of a network rely on, on every backend: batches, accumulation, Adam, checkpoints that change backends.

import { describe, expect, it } from "vitest";
import { CpuNetwork } from "../../../src/engine/kernels/network/cpu";
import { WasmNetwork } from "../../../src/engine/kernels/network/wasm";
import { createNetwork } from "../../../src/engine/nn/createNetwork";
import type { Network, NetworkSpec } from "../../../src/engine/nn/network";
import { PlainBlock } from "../../../src/engine/optim/plainBlock";
import { Rng } from "../../../src/engine/rng/rng";
import {
  awkward,
  evenSides,
  genericEncoder,
  largestError,
  smallMlp,
  tiedGradient,
  tiedPool,
  uniformNumbers,
} from "../../helpers/networks";

const CAPACITY = 6;
const BACKENDS = ["cpu", "wasm"] as const;

function make(spec: NetworkSpec, backend: (typeof BACKENDS)[number], seed = 1): Promise<Network> {
  return createNetwork(spec, backend, new Rng(seed), CAPACITY);
}

function gradientOf(network: Network): Float64Array {
  if (network instanceof CpuNetwork) return network.block.gradient.slice();
  if (network instanceof WasmNetwork) return Float64Array.from(network.block.readGradient());
  throw new TypeError("no gradient to read");
}

describe.each(BACKENDS)("a network on %s", (backend) => {
  it("starts with weights and biases within 1 / sqrt(fan_in) that follow from the seed", async () => {
    const network = await make(smallMlp, backend);
    const { values } = await network.block.read();
    const first = values.subarray(0, 14 * 16 + 16);
    expect(Math.max(...first.map(Math.abs))).toBeLessThanOrEqual(1 / Math.sqrt(14));
    expect(Math.max(...first.map(Math.abs))).toBeGreaterThan(0.9 / Math.sqrt(14));
    expect(values).toEqual((await (await make(smallMlp, backend)).block.read()).values);
    expect(values).not.toEqual((await (await make(smallMlp, backend, 2)).block.read()).values);
  });

  it("gives each row its own output, whatever the batch", async () => {
    const network = await make(genericEncoder(32, 8), backend);
    const input = uniformNumbers(1, CAPACITY * network.inputSize);
    const all = await network.forward(input, CAPACITY);
    for (const row of [0, 3, 5]) {
      const one = input.subarray(row * network.inputSize, (row + 1) * network.inputSize);
      const alone = await network.forward(one, 1);
      expect(largestError(alone, all.subarray(row * 8, row * 8 + 8))).toBeLessThan(1e-6);
    }
  });

  it("goes backward through the latest forward pass", async () => {
    const network = await make(awkward, backend);
    const [first, second] = [1, 2].map((seed) => uniformNumbers(seed, 2 * network.inputSize));
    const upstream = uniformNumbers(3, 2 * network.outputSize);
    await network.forward(second!, 2);
    await network.backward(upstream);
    const expected = gradientOf(network);
    network.block.zeroGradient();
    await network.forward(first!, 2);
    await network.forward(second!, 2);
    await network.backward(upstream);
    expect(gradientOf(network)).toEqual(expected);
  });

  it("sends the gradient of a tie to the first of the largest", async () => {
    const network = await make(tiedPool, backend);
    const zero = new Float32Array(2);
    await network.block.write({ values: Float32Array.of(0, 0.25), moment1: zero, moment2: zero });
    const [input, upstream] = [uniformNumbers(1, 42), uniformNumbers(2, 6)];
    expect(await network.forward(input, 1)).toEqual(new Float32Array(6).fill(0.25));
    await network.backward(upstream);
    expect(largestError(gradientOf(network), tiedGradient(input, upstream))).toBeLessThan(1e-6);
  });

  it.each([genericEncoder(32, 8), evenSides])("adds gradients until they are zeroed: $name", async (spec) => {
    const network = await make(spec, backend);
    const upstream = uniformNumbers(3, 3 * network.outputSize);
    await network.forward(uniformNumbers(1, 3 * network.inputSize), 3);
    await network.backward(upstream);
    const once = gradientOf(network);
    await network.backward(upstream);
    const largest = largestError(once, new Float64Array(once.length));
    const twice = once.map((g) => 2 * g);
    expect(largestError(gradientOf(network), twice) / largest).toBeLessThan(1e-6);
    expect(await network.block.gradientSquared()).toBeCloseTo(
      twice.reduce((sum, g) => sum + g * g, 0),
      4,
    );
    network.block.zeroGradient();
    expect(await network.block.gradientSquared()).toBe(0);
  });

  it("reports a gradient that is not a number", async () => {
    const network = await make(smallMlp, backend);
    await network.forward(uniformNumbers(1, network.inputSize), 1);
    await network.backward(new Float32Array(network.outputSize).fill(Number.NaN));
    expect(await network.block.gradientSquared()).toBeNaN();
  });

  it("takes Adam's steps", async () => {
    const network = await make(smallMlp, backend);
    const start = (await network.block.read()).values;
    const formula = new PlainBlock("formula", "phi", start);
    for (let time = 1; time <= 3; time++) {
      network.block.zeroGradient();
      await network.forward(uniformNumbers(time, 4 * network.inputSize), 4);
      await network.backward(uniformNumbers(10 + time, 4 * network.outputSize));
      formula.gradient.set(gradientOf(network));
      formula.adam(0.01, time);
      network.block.adam(0.01, time);
    }
    const [given, expected] = [await network.block.read(), await formula.read()];
    expect(largestError(given.values, expected.values)).toBeLessThan(1e-6);
    expect(largestError(given.moment1, expected.moment1)).toBeLessThan(1e-6);
    expect(largestError(given.moment2, expected.moment2)).toBeLessThan(1e-6);
    expect(largestError(given.values, start)).toBeGreaterThan(0.02);
  });

  it("does not move on a zero gradient", async () => {
    const network = await make(smallMlp, backend);
    const before = (await network.block.read()).values.slice();
    network.block.zeroGradient();
    network.block.adam(0.01, 1);
    expect((await network.block.read()).values).toEqual(before);
  });

  it("uses the new parameters after a step", async () => {
    const network = await make(smallMlp, backend);
    const input = uniformNumbers(1, network.inputSize);
    const upstream = uniformNumbers(2, network.outputSize);
    const before = await network.forward(input, 1);
    await network.backward(upstream);
    network.block.adam(1e-3, 1);
    const after = await network.forward(input, 1);
    const change = after.reduce((sum, value, i) => sum + (value - before[i]!) * upstream[i]!, 0);
    expect(change).toBeLessThan(0);
  });

  it.each(BACKENDS)("opens a checkpoint made on %s", async (other) => {
    for (const spec of [awkward, genericEncoder(32, 8), smallMlp]) {
      const source = await make(spec, other);
      const rows = uniformNumbers(1, 2 * source.inputSize);
      await source.forward(rows, 2);
      await source.backward(uniformNumbers(2, 2 * source.outputSize));
      source.block.adam(0.01, 1);
      const target = await make(spec, backend, 9);
      const state = await source.block.read();
      await target.block.write(state);
      const written = await target.block.read();
      expect(largestError(written.values, state.values)).toBeLessThan(1e-7);
      expect(largestError(written.moment2, state.moment2)).toBeLessThan(1e-7);
      expect(largestError(await target.forward(rows, 2), await source.forward(rows, 2))).toBeLessThan(1e-5);
    }
  });

  it("refuses what does not fit, in one sentence", async () => {
    const network = await make(smallMlp, backend);
    await expect(network.backward(new Float32Array(49))).rejects.toThrow("backward without a forward pass");
    await expect(network.forward(new Float32Array(14 * 7), 7)).rejects.toThrow(
      "invalid batch size 7 (expected 1 to 6)",
    );
    await expect(network.forward(new Float32Array(14 * 7), 0)).rejects.toThrow("invalid batch size 0");
    await expect(network.forward(new Float32Array(13), 1)).rejects.toThrow("input has 13 numbers, expected 14");
    await network.forward(new Float32Array(14), 1);
    await expect(network.backward(new Float32Array(48))).rejects.toThrow("output gradient has 48 numbers, expected 49");
    const short = { values: new Float32Array(3), moment1: new Float32Array(3), moment2: new Float32Array(3) };
    await expect(network.block.write(short)).rejects.toMatchObject({ code: "checkpoint" });
  });
});

describe("createNetwork", () => {
  it("starts from the same numbers on every backend", async () => {
    const [cpu, wasm] = await Promise.all(BACKENDS.map((backend) => make(awkward, backend)));
    expect(Float32Array.from((await cpu!.block.read()).values)).toEqual((await wasm!.block.read()).values);
  });

  it("does not move the rng it is given", async () => {
    const rng = new Rng(4);
    await createNetwork(smallMlp, "cpu", rng, 1);
    expect(rng.uint32()).toBe(new Rng(4).uint32());
  });

  it("lets go of a network's wasm memory on dispose", async () => {
    const network = await createNetwork(smallMlp, "wasm", new Rng(1), 2);
    await network.forward(new Float32Array(14), 1);
    network.dispose();
    await expect(network.forward(new Float32Array(14), 1)).rejects.toThrow("used after dispose");
    await expect(network.block.read()).rejects.toThrow("used after dispose");
  });

  it("makes and disposes a hundred wasm networks", async () => {
    const spec = genericEncoder(32, 8);
    for (let i = 0; i < 100; i++) (await createNetwork(spec, "wasm", new Rng(i), 20)).dispose();
    const network = await createNetwork(spec, "wasm", new Rng(1), 20);
    expect(await network.forward(new Float32Array(20 * 1024), 20)).toHaveLength(160);
  });

  it("puts the block into the group that its name says", async () => {
    const network = await createNetwork(smallMlp, "wasm", new Rng(1), 1, "theta.prior");
    expect(network.block).toMatchObject({ name: "theta.prior", group: "theta", size: 14 * 16 + 16 + 16 * 49 + 49 });
  });

  it.each([
    [{ kind: "averagePool", grid: [3, 3] }],
    [{ kind: "maxPool", window: 9, stride: 1 }],
    [{ kind: "maxPool", window: 2, stride: 0 }],
    [{ kind: "conv", kernel: [9, 9], stride: 1, padding: [0, 0], channels: 4, activation: "none" }],
    [{ kind: "conv", kernel: [3, 3], stride: 0, padding: [0, 0], channels: 4, activation: "none" }],
    [{ kind: "dense", units: 0, activation: "none" }],
  ] satisfies readonly [NetworkSpec["layers"][number]][])("refuses a layer that does not fit: %o", async (layer) => {
    const spec: NetworkSpec = { name: "bad", input: [8, 8, 1], layers: [layer] };
    const failure = createNetwork(spec, "cpu", new Rng(1), 1);
    await expect(failure).rejects.toMatchObject({ code: "shape", message: expect.stringContaining("bad, layer 0") });
  });

  it("refuses a capacity below one row", async () => {
    await expect(createNetwork(smallMlp, "cpu", new Rng(1), 0)).rejects.toThrow("invalid capacity 0");
  });
});

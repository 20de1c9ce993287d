// The network on WebGPU (software adapter) against tfjs, and what happens when the device goes away.
// Tiny sizes: SwiftShader is three orders of magnitude slower than a graphics card.

import { afterAll, describe, expect, it } from "vitest";
import { chooseBackend, onDeviceLost } from "../../../src/engine/backend";
import { planNetwork } from "../../../src/engine/kernels/network/plan";
import { createWebgpuNetwork } from "../../../src/engine/kernels/network/webgpu";
import { fillRandomOnGpu } from "../../../src/engine/kernels/rng/webgpu";
import { loseDevice, openWebgpu } from "../../../src/engine/kernels/tfjsWebgpu";
import { createNetwork, initialParameters } from "../../../src/engine/nn/createNetwork";
import type { NetworkSpec } from "../../../src/engine/nn/network";
import { PlainBlock } from "../../../src/engine/optim/plainBlock";
import { Rng } from "../../../src/engine/rng/rng";
import {
  alignedEncoder,
  awkward,
  genericEncoder,
  largestError,
  maxPooled,
  narrowStrokeEncoder,
  pooledEnds,
  smallMlp,
  tiedGradient,
  tiedPool,
  uniformNumbers,
} from "../../helpers/networks";
import { referenceNetwork } from "../../helpers/tfjsReference";
import { installWebgpu } from "../../helpers/webgpuInNode";

const missing = await installWebgpu();
if (missing !== null) console.log(missing);

const CAPACITY = 4;

function make(spec: NetworkSpec, seed = 5) {
  const plan = planNetwork(spec);
  const initial = initialParameters(plan, new Rng(seed).fork("phi.network"));
  return createWebgpuNetwork(spec, plan, { name: "phi.network", group: "phi", initial }, CAPACITY);
}

describe.skipIf(missing !== null)("network on webgpu", () => {
  const CASES: readonly (readonly [NetworkSpec, number])[] = [
    [smallMlp, 3],
    [genericEncoder(32, 8), 1],
    [genericEncoder(32, 8), 3],
    [alignedEncoder(8, 3), 3],
    [awkward, 3],
    [pooledEnds, 2],
    [maxPooled, 3],
    [narrowStrokeEncoder, 2],
  ];
  it.each(CASES.map(([spec, rows]) => [spec.name, rows, spec] as const))(
    "agrees with tfjs on %s, %i rows",
    async (_name, rows, spec) => {
      const reference = await referenceNetwork(spec, 5, CAPACITY);
      const input = uniformNumbers(1, rows * reference.inputSize, 0.5);
      const upstream = uniformNumbers(2, rows * reference.outputSize);
      const expected = await reference.forward(input, rows);
      await reference.backward(upstream);
      const gradient = await reference.block.readGradient();

      const network = await make(spec);
      const output = await network.forward(input, rows);
      await network.backward(upstream);
      const given = await network.block.readGradient();

      expect(largestError(output, expected)).toBeLessThan(1e-5);
      for (const layer of planNetwork(spec).layers) {
        if (layer.kind !== "conv") continue;
        const end = layer.biasOffset + layer.output[2];
        const wanted = gradient.subarray(layer.weightOffset, end);
        const most = largestError(wanted, new Float32Array(wanted.length));
        expect(largestError(given.subarray(layer.weightOffset, end), wanted) / most).toBeLessThan(1e-5);
      }
      network.dispose();
    },
  );

  it("sends the gradient of a tie to the first of the largest", async () => {
    const network = await make(tiedPool);
    const zero = new Float32Array(2);
    await network.block.write({ values: Float32Array.of(0, 0.25), moment1: zero, moment2: zero });
    const [input, upstream] = [uniformNumbers(1, 42), uniformNumbers(2, 6)];
    expect(largestError(await network.forward(input, 1), new Float32Array(6).fill(0.25))).toBe(0);
    await network.backward(upstream);
    expect(largestError(await network.block.readGradient(), tiedGradient(input, upstream))).toBeLessThan(1e-6);
    network.dispose();
  });

  it("adds gradients, takes Adam's steps and opens a checkpoint made on cpu", async () => {
    const network = await make(smallMlp);
    const formula = new PlainBlock("formula", "phi", (await network.block.read()).values);
    for (let time = 1; time <= 3; time++) {
      network.block.zeroGradient();
      await network.forward(uniformNumbers(time, 4 * network.inputSize), 4);
      await network.backward(uniformNumbers(10 + time, 4 * network.outputSize));
      const once = await network.block.readGradient();
      await network.backward(uniformNumbers(10 + time, 4 * network.outputSize));
      const twice = await network.block.readGradient();
      expect(
        largestError(
          twice,
          once.map((g) => 2 * g),
        ),
      ).toBeLessThan(1e-5);
      formula.gradient.set(twice);
      formula.adam(0.01, time);
      const squared = await formula.gradientSquared();
      expect(Math.abs((await network.block.gradientSquared()) - squared) / squared).toBeLessThan(1e-5);
      network.block.adam(0.01, time);
    }
    const [given, expected] = [await network.block.read(), await formula.read()];
    expect(largestError(given.values, expected.values)).toBeLessThan(1e-5);
    expect(largestError(given.moment2, expected.moment2)).toBeLessThan(1e-5);

    const onCpu = await createNetwork(smallMlp, "cpu", new Rng(1), CAPACITY);
    await onCpu.block.write(given);
    await network.block.write(await onCpu.block.read());
    const rows = uniformNumbers(1, 2 * network.inputSize);
    expect(largestError(await network.forward(rows, 2), await onCpu.forward(rows, 2))).toBeLessThan(1e-5);
    network.block.zeroGradient();
    expect(await network.block.gradientSquared()).toBe(0);
    network.dispose();
  });

  it("reports a gradient that is not a number", async () => {
    const network = await make(smallMlp);
    await network.forward(uniformNumbers(1, network.inputSize), 1);
    await network.backward(new Float32Array(network.outputSize).fill(Number.NaN));
    expect(await network.block.gradientSquared()).toBeNaN();
    network.dispose();
  });

  it("leaves no arrays behind", async () => {
    const session = await openWebgpu();
    const network = await make(smallMlp);
    const step = async (time: number) => {
      network.block.zeroGradient();
      await network.forward(uniformNumbers(time, 3 * network.inputSize), 3);
      await network.backward(uniformNumbers(time, 3 * network.outputSize));
      await network.block.gradientSquared();
      network.block.adam(1e-3, time);
      return session.countArrays();
    };
    for (let time = 1; time <= 10; time++) await step(time);
    const after10 = await step(11);
    for (let time = 12; time <= 40; time++) await step(time);
    expect(await step(41)).toBe(after10);
    network.dispose();
    expect(session.countArrays()).toBeLessThan(after10);
  });

  it("draws the same integers in WGSL as in TypeScript", async () => {
    const session = await openWebgpu();
    const stream = new Rng(0xfedcba98).fork("wake").fork(17);
    const words = fillRandomOnGpu(session, stream, 0, 256);
    const given = (await session.readWords(words)).subarray(0, 256);
    expect(Array.from(given)).toEqual(Array.from({ length: 256 }, () => stream.uint32()));
    session.free(words);
  });

  it("is chosen only by name when the adapter is software", async () => {
    expect((await chooseBackend("auto", ["webgpu", "wasm", "cpu"])).name).toBe("wasm");
    expect((await chooseBackend("webgpu", ["webgpu", "wasm"])).name).toBe("webgpu");
  });

  it("says so when the device is lost, and works again on a fresh one", async () => {
    const network = await make(smallMlp);
    const input = uniformNumbers(1, network.inputSize);
    const before = await network.forward(input, 1);
    const heard: string[] = [];
    const stop = onDeviceLost((error) => heard.push(error.code));
    const running = network.forward(input, 1);
    await loseDevice();
    // The pass in flight may still deliver; every later one is refused.
    await running.catch((error: unknown) => expect(error).toMatchObject({ code: "device-lost" }));
    await expect(network.forward(input, 1)).rejects.toMatchObject({ code: "device-lost" });
    expect(() => network.block.adam(1e-3, 1)).toThrow("graphics device lost");
    await expect(network.block.read()).rejects.toMatchObject({ code: "device-lost" });
    expect(heard).toEqual(["device-lost"]);
    stop();
    network.dispose();

    const [again, beside] = await Promise.all([make(smallMlp), make(smallMlp)]);
    expect(largestError(await beside.forward(input, 1), before)).toBeLessThan(1e-6);
    beside.dispose();
    expect(largestError(await again.forward(input, 1), before)).toBeLessThan(1e-6);
    await again.backward(uniformNumbers(2, again.outputSize));
    expect(await again.block.gradientSquared()).toBeGreaterThan(0);
    again.dispose();
  });

  afterAll(async () => {
    await loseDevice();
  });
});

// Every implementation of the network against eager tfjs: outputs to 1e-5, gradients to 1e-5 of the layer's largest.

import { beforeAll, describe, expect, it } from "vitest";
import { availableBuilds, type WasmBuild } from "../../../src/engine/kernels/assembly/module";
import { enableRelaxedSimd } from "../../../src/engine/kernels/assembly/relaxedSimdInNode";
import { CpuNetwork } from "../../../src/engine/kernels/network/cpu";
import { type NetworkPlan, planNetwork } from "../../../src/engine/kernels/network/plan";
import { createWasmNetwork, type WasmNetwork } from "../../../src/engine/kernels/network/wasm";
import { initialParameters } from "../../../src/engine/nn/createNetwork";
import type { NetworkSpec } from "../../../src/engine/nn/network";
import { PlainBlock } from "../../../src/engine/optim/plainBlock";
import { Rng } from "../../../src/engine/rng/rng";
import {
  alignedEncoder,
  awkward,
  evenSides,
  genericEncoder,
  largeMaps,
  largestError,
  manyTiles,
  maxPooled,
  narrowStrokeEncoder,
  pooledEnds,
  smallMlp,
  uniformNumbers,
} from "../../helpers/networks";
import { referenceNetwork } from "../../helpers/tfjsReference";

enableRelaxedSimd();

const SEED = 5;
const CAPACITY = 7;

type Implementation = "cpu" | WasmBuild;

async function build(spec: NetworkSpec, name: Implementation): Promise<CpuNetwork | WasmNetwork> {
  const plan = planNetwork(spec);
  const initial = initialParameters(plan, new Rng(SEED).fork("phi.network"));
  if (name === "cpu") return new CpuNetwork(spec, plan, new PlainBlock("phi.network", "phi", initial), CAPACITY);
  return createWasmNetwork(spec, plan, { name: "phi.network", group: "phi", initial }, CAPACITY, name);
}

function gradientOf(network: CpuNetwork | WasmNetwork): ArrayLike<number> {
  return network instanceof CpuNetwork ? network.block.gradient : network.block.readGradient();
}

/** Largest error of any layer's weights or biases, relative to the largest gradient of that layer. */
function worstLayerError(plan: NetworkPlan, given: ArrayLike<number>, expected: Float32Array): number {
  const errors = plan.layers.map((layer) => {
    if (layer.kind !== "conv") return 0;
    const end = layer.biasOffset + layer.output[2];
    const wanted = expected.subarray(layer.weightOffset, end);
    const found = Array.from(given).slice(layer.weightOffset, end);
    return largestError(found, wanted) / wanted.reduce((most, g) => Math.max(most, Math.abs(g)), 0);
  });
  return Math.max(...errors);
}

const CASES: readonly (readonly [NetworkSpec, number])[] = [
  [smallMlp, 1],
  [smallMlp, 7],
  [genericEncoder(32, 8), 3],
  [genericEncoder(32, 32), 2],
  [genericEncoder(64, 32), 1],
  [alignedEncoder(32, 3), 1],
  [alignedEncoder(16, 5), 5],
  [awkward, 1],
  [awkward, 5],
  [pooledEnds, 3],
  [narrowStrokeEncoder, 1],
  [narrowStrokeEncoder, 5],
  [maxPooled, 1],
  [maxPooled, 4],
  [evenSides, 1],
  [evenSides, 7],
  [manyTiles, 3],
  [largeMaps, 3],
];

type Answer = { readonly output: Float32Array; readonly gradient: Float32Array };

const answers = new Map<string, Promise<Answer>>();

/** What tfjs says, asked once for all implementations: it is the slow part. */
function answerOf(spec: NetworkSpec, rows: number, input: Float32Array, upstream: Float32Array): Promise<Answer> {
  const key = `${spec.name}, ${rows}`;
  const known = answers.get(key) ?? askTfjs(spec, rows, input, upstream);
  answers.set(key, known);
  return known;
}

async function askTfjs(spec: NetworkSpec, rows: number, input: Float32Array, upstream: Float32Array): Promise<Answer> {
  const reference = await referenceNetwork(spec, SEED, CAPACITY);
  const output = await reference.forward(input, rows);
  await reference.backward(upstream);
  const gradient = await reference.block.readGradient();
  reference.dispose();
  return { output, gradient };
}

describe.each(["cpu", "simd", "relaxed-simd"] as const)("network on %s", (name) => {
  beforeAll(async () => {
    if (name !== "cpu") expect(await availableBuilds(), "this Node runs both wasm builds").toContain(name);
  });

  it.each(CASES.map(([spec, rows]) => [spec.name, rows, spec] as const))(
    "agrees with tfjs on %s, %i rows",
    async (_name, rows, spec) => {
      const plan = planNetwork(spec);
      const input = uniformNumbers(1, rows * plan.inputSize, 0.5);
      const upstream = uniformNumbers(2, rows * plan.outputSize);
      const expected = await answerOf(spec, rows, input, upstream);
      const network = await build(spec, name);
      // A full batch first: rows that are left over from it must not show in a smaller one.
      await network.forward(uniformNumbers(3, CAPACITY * plan.inputSize), CAPACITY);
      await network.backward(uniformNumbers(4, CAPACITY * plan.outputSize));
      network.block.zeroGradient();

      const output = await network.forward(input, rows);
      await network.backward(upstream);

      expect(largestError(output, expected.output)).toBeLessThan(1e-5);
      expect(worstLayerError(plan, gradientOf(network), expected.gradient)).toBeLessThan(1e-5);
      network.dispose();
    },
  );
});

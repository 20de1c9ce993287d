// The wasm recurrent network against the plain float64 one: outputs, last states, gradients, steps, tapes and memory, on
// both builds.

import { describe, expect, it } from "vitest";
import { instantiateKernels } from "../../../src/engine/kernels/assembly/module";
import { enableRelaxedSimd } from "../../../src/engine/kernels/assembly/relaxedSimdInNode";
import { createCpuRecurrent } from "../../../src/engine/kernels/recurrent/cpu";
import { createWasmRecurrent } from "../../../src/engine/kernels/recurrent/wasm";
import { Pool } from "../../../src/engine/kernels/recurrent/wasmPool";
import { createRecurrent } from "../../../src/engine/nn/createRecurrent";
import type { Recurrent, RecurrentLanes, RecurrentSpec } from "../../../src/engine/nn/recurrent";
import { initialRecurrent, planRecurrent } from "../../../src/engine/nn/recurrentPlan";
import { Rng } from "../../../src/engine/rng/rng";
import { worstPartError } from "../../helpers/factorSequences";
import {
  type LaneShape,
  relativeError,
  runStepByStep,
  someGradients,
  someRecurrentLanes,
  tinyRecurrentSpec,
} from "../../helpers/recurrents";
import { lively } from "../../helpers/sequences";

enableRelaxedSimd();

const BUILDS = ["simd", "relaxed-simd"] as const;
type Case = { readonly spec: RecurrentSpec; readonly shape: LaneShape; readonly name: string };

const CASES: readonly Case[] = [
  caseOf("sizes that need padding", tinyRecurrentSpec(), { count: 23, steps: 6, numGroups: 4 }),
  caseOf("one lane", tinyRecurrentSpec(), { count: 1, steps: 3, numGroups: 1 }),
  caseOf(
    "one unit",
    { name: "one", inputs: 1, context: 1, hidden: 1, outputs: 1 },
    { count: 9, steps: 3, numGroups: 2 },
  ),
  caseOf(
    "signal",
    { name: "signal", inputs: 1, context: 0, hidden: 32, outputs: 0 },
    { count: 13, steps: 40, numGroups: 1, isFull: true },
  ),
  caseOf(
    "expression",
    { name: "expression", inputs: 11, context: 48, hidden: 48, outputs: 12 },
    { count: 30, steps: 10, numGroups: 5, isShifted: true },
  ),
  caseOf(
    "parameters",
    { name: "parameters", inputs: 16, context: 128, hidden: 64, outputs: 32 },
    { count: 60, steps: 5, numGroups: 7, isShifted: true },
  ),
];

function caseOf(name: string, spec: RecurrentSpec, shape: LaneShape): Case {
  return { name, spec, shape };
}

async function bothOf(spec: RecurrentSpec, build: (typeof BUILDS)[number], limits?: { lanes: number; rows: number }) {
  const plan = planRecurrent(spec);
  // Large weights for the small ones, so that every part matters; what training starts from for the others.
  const initial = spec.hidden < 32 ? lively(plan.parameterCount, 3) : initialRecurrent(spec, plan, new Rng(3));
  const block = { name: "phi.net", group: "phi" as const, initial };
  const cpu = await createCpuRecurrent(spec, plan, block);
  return { plan, cpu, wasm: await createWasmRecurrent(spec, plan, block, build, limits) };
}

async function passOf(network: Recurrent, lanes: RecurrentLanes) {
  const { outputs, last } = someGradients(network.spec, lanes);
  const given = await network.forward(lanes, true);
  return { ...given, gradients: await network.backward(given.tape!, outputs, last, true) };
}

describe.each(BUILDS)("recurrent network on wasm, %s", (build) => {
  it.each(CASES)("has the values and the gradients of float64, whole and in chunks: $name", async ({ spec, shape }) => {
    for (const limits of [undefined, { lanes: 4, rows: 13 }]) {
      const { plan, cpu, wasm } = await bothOf(spec, build, limits);
      const lanes = someRecurrentLanes(spec, shape);
      const [exact, given] = [await passOf(cpu, lanes), await passOf(wasm, lanes)];
      expect(given.outputs.length).toBe(shape.count * shape.steps * spec.outputs);
      expect(relativeError(given.outputs, exact.outputs)).toBeLessThan(1e-5);
      expect(relativeError(given.last, exact.last)).toBeLessThan(1e-5);
      expect(worstPartError(plan, wasm.block.readGradient(), cpu.block.gradient)).toBeLessThan(1e-5);
      expect(relativeError(given.gradients.inputs, exact.gradients.inputs)).toBeLessThan(1e-5);
      expect(relativeError(given.gradients.context, exact.gradients.context)).toBeLessThan(1e-5);
    }
  });

  it.each(CASES)("gives by steps bit for bit what it gives at once: $name", async ({ spec, shape }) => {
    for (const limits of [undefined, { lanes: 7, rows: 100 }]) {
      const { wasm } = await bothOf(spec, build, limits);
      const lanes = someRecurrentLanes(spec, shape);
      const { outputs } = await wasm.forward(lanes, false);
      expect(await runStepByStep(wasm, lanes)).toEqual(outputs);
    }
  });

  it("takes either gradient alone, and skips the inputs' unless wanted", async () => {
    const spec = tinyRecurrentSpec();
    const lanes = someRecurrentLanes(spec, { count: 11, steps: 5, numGroups: 3 });
    const { outputs, last } = someGradients(spec, lanes);
    for (const [ofOutputs, ofLast] of [
      [outputs, null],
      [null, last],
    ] as const) {
      const { plan, cpu, wasm } = await bothOf(spec, build);
      const run = async (network: Recurrent) =>
        network.backward((await network.forward(lanes, true)).tape!, ofOutputs, ofLast, false);
      const [exact, given] = [await run(cpu), await run(wasm)];
      expect(given.inputs).toBeNull();
      expect(relativeError(given.context, exact.context)).toBeLessThan(1e-5);
      expect(worstPartError(plan, wasm.block.readGradient(), cpu.block.gradient)).toBeLessThan(1e-5);
    }
  });

  it.each([0, 4])("leaves the block alone when frozen, context of %d", async (context) => {
    const spec = tinyRecurrentSpec({ context });
    const { wasm } = await bothOf(spec, build, { lanes: 4, rows: 100 });
    const lanes = someRecurrentLanes(spec, { count: 11, steps: 5, numGroups: 3 });
    const { outputs, last } = someGradients(spec, lanes);
    const frozen = async () => wasm.backward((await wasm.forward(lanes, true)).tape!, outputs, last, true, true);
    const first = await frozen();
    expect(wasm.block.readGradient().every((g) => g === 0)).toBe(true);
    const { gradients } = await passOf(wasm, lanes);
    expect(first).toEqual(gradients);
    const before = wasm.block.readGradient();
    expect(before.some((g) => g !== 0)).toBe(true);
    await frozen();
    expect(wasm.block.readGradient()).toEqual(before);
    // A gradient that counts as zero stays so.
    wasm.block.zeroGradient();
    await frozen();
    expect(wasm.block.readGradient().every((g) => g === 0)).toBe(true);
  });

  it("keeps several tapes open at once, used in any order, and adds their gradients", async () => {
    const spec = tinyRecurrentSpec();
    const { plan, cpu, wasm } = await bothOf(spec, build, { lanes: 5, rows: 1000 });
    const calls = [11, 23, 7].map((count) => {
      const lanes = someRecurrentLanes(spec, { count, steps: 5, numGroups: 3, isShifted: count === 23 });
      return { lanes, ...someGradients(spec, lanes) };
    });
    for (const { lanes, outputs, last } of calls) {
      await cpu.backward((await cpu.forward(lanes, true)).tape!, outputs, last, true);
    }
    const tapes = [];
    for (const { lanes } of calls) tapes.push((await wasm.forward(lanes, true)).tape!);
    const other = (await wasm.forward(calls[0]!.lanes, true)).tape!;
    for (const at of [1, 2, 0]) {
      await wasm.backward(tapes[at]!, calls[at]!.outputs, calls[at]!.last, true);
      if (at === 1) other.release();
    }
    expect(worstPartError(plan, wasm.block.readGradient(), cpu.block.gradient)).toBeLessThan(1e-5);
    await expect(wasm.backward(tapes[0]!, null, null, false)).rejects.toThrow("used up");
    await expect(wasm.backward(other, null, null, false)).rejects.toThrow("released");
  });

  it("gives the same numbers whatever was run before", async () => {
    const spec = tinyRecurrentSpec({ hidden: 13 });
    const shape = { count: 23, steps: 6, numGroups: 4 };
    const lanes = someRecurrentLanes(spec, shape);
    const fresh = (await bothOf(spec, build)).wasm;
    const used = (await bothOf(spec, build)).wasm;
    // Leaves numbers that are not numbers in the memory that comes next, wherever in a row they may fall.
    for (const count of [90, 5, 4, 3, 2]) {
      const poison = someRecurrentLanes(spec, { ...shape, count });
      (await used.forward({ ...poison, inputs: poison.inputs.map(() => Number.NaN) }, true)).tape!.release();
      const groups = Int32Array.from({ length: 4 * count }, (_, group) => group);
      (await used.start(new Float32Array(16 * count).fill(Number.NaN), groups)).release();
    }
    const [one, two] = [await passOf(fresh, lanes), await passOf(used, lanes)];
    expect(two.outputs).toEqual(one.outputs);
    expect(two.gradients).toEqual(one.gradients);
    expect(used.block.readGradient()).toEqual(fresh.block.readGradient());
    expect(await runStepByStep(used, lanes)).toEqual(one.outputs);
  });

  it("handles no lanes, no steps and no group without lanes", async () => {
    const spec = tinyRecurrentSpec();
    const { wasm } = await bothOf(spec, build);
    const none = { steps: 4, inputs: new Float32Array(0), lengths: new Int32Array(0), groups: new Int32Array(0) };
    const context = new Float32Array(8).fill(1);
    const empty = await passOf(wasm, { ...none, context });
    expect(empty.outputs.length).toBe(0);
    expect([...empty.gradients.context!]).toEqual(new Array(8).fill(0));
    const ended = {
      steps: 4,
      inputs: new Float32Array(24),
      lengths: new Int32Array(2),
      groups: Int32Array.of(0, 1),
      context,
    };
    const { outputs, last, gradients } = await passOf(wasm, ended);
    for (const zeros of [outputs, last, gradients.context!, gradients.inputs!])
      expect(zeros.every((x) => x === 0)).toBe(true);
    expect(wasm.block.readGradient().every((g) => g === 0)).toBe(true);
    expect((await wasm.advance(await wasm.start(context, new Int32Array(0)), new Float32Array(0))).length).toBe(0);
  });

  it("keeps its padding inert and its block in the public layout through Adam", async () => {
    const spec = tinyRecurrentSpec();
    const { plan, cpu, wasm } = await bothOf(spec, build);
    const lanes = someRecurrentLanes(spec, { count: 23, steps: 6, numGroups: 4 });
    for (let time = 1; time <= 5; time++) {
      for (const network of [cpu, wasm]) {
        network.block.zeroGradient();
        await passOf(network, lanes);
        network.block.adam(1e-2, time);
      }
    }
    const [exact, given] = [await cpu.block.read(), await wasm.block.read()];
    expect(given.values.length).toBe(plan.parameterCount);
    for (const [i, value] of exact.values.entries()) expect(Math.abs(given.values[i]! - value)).toBeLessThan(1e-4);
    const { outputs } = await wasm.forward(lanes, false);
    expect(relativeError(outputs, (await cpu.forward(lanes, false)).outputs)).toBeLessThan(1e-4);
  });

  it("needs bounded memory: thirty times the lanes, two hundred calls, and says so after dispose", async () => {
    const spec = tinyRecurrentSpec({ hidden: 16 });
    const { wasm } = await bothOf(spec, build, { lanes: 32, rows: 512 });
    await wasm.forward(someRecurrentLanes(spec, { count: 300, steps: 6, numGroups: 4 }), false);
    const before = wasm.memoryBytes;
    await wasm.forward(someRecurrentLanes(spec, { count: 9000, steps: 6, numGroups: 4 }), false);
    expect(wasm.memoryBytes).toBe(before);
    const rng = new Rng(9);
    const call = async () => {
      const lanes = someRecurrentLanes(spec, { count: 50 + rng.int(100), steps: 6, numGroups: 4 });
      const shifted = (await wasm.forward(lanes, true)).tape!;
      const { outputs, last } = someGradients(spec, lanes);
      await passOf(wasm, lanes);
      (await wasm.start(lanes.context, lanes.groups)).release();
      await wasm.backward(shifted, outputs, last, false);
    };
    for (let i = 0; i < 20; i++) await call();
    const settled = wasm.memoryBytes;
    for (let i = 0; i < 180; i++) await call();
    expect(wasm.memoryBytes).toBeLessThanOrEqual(settled + (1 << 20));
    wasm.dispose();
    await expect(call()).rejects.toThrow("after dispose");
  });

  it.each([
    [0, 1, 2],
    [2, 1, 0],
    [1, 0, 2],
    [0, 2, 1],
  ])("joins pieces that are given back in the order %d %d %d", async (...order) => {
    const pool = new Pool(await instantiateKernels(build));
    const sizes = [640, 64, 1280];
    const addresses = sizes.map((bytes) => pool.take(bytes));
    for (const at of order) pool.give(addresses[at]!, sizes[at]!);
    // The smallest range that has room: the whole of the first megabyte.
    const whole = pool.take(1 << 20);
    expect(whole).toBe(addresses[0]);
    const next = pool.take(64);
    expect(next).toBe(whole + (1 << 20));
    pool.give(whole, 1 << 20);
    expect(pool.take(1 << 20)).toBe(whole);
  });

  it("starts with the weights of every other backend", async () => {
    const spec = tinyRecurrentSpec({ hidden: 9 });
    const read = async (backend: "cpu" | "wasm") => {
      const network = await createRecurrent(spec, backend, new Rng(12), "phi.signal");
      return [...(await network.block.read()).values];
    };
    expect(await read("wasm")).toEqual(await read("cpu"));
  });
});

// The recurrent network in WGSL (Chromium's software adapter, float32) against the float64 one: values and gradients to
// 1e-5, steps, tapes. Not measured here: a real graphics card, its speed, other drivers' exp and tanh.

import { afterAll, describe, expect, it, vi } from "vitest";
import { createCpuRecurrent } from "../../../src/engine/kernels/recurrent/cpu";
import { createWebgpuRecurrent } from "../../../src/engine/kernels/recurrent/webgpu";
import { loseDevice, openWebgpu } from "../../../src/engine/kernels/tfjsWebgpu";
import { createRecurrent } from "../../../src/engine/nn/createRecurrent";
import type { Recurrent, RecurrentLanes, RecurrentSpec } from "../../../src/engine/nn/recurrent";
import { planRecurrent } from "../../../src/engine/nn/recurrentPlan";
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
import { installWebgpu } from "../../helpers/webgpuInNode";

const missing = await installWebgpu();
if (missing !== null) process.stderr.write(`${missing}\n`);

const SHAPE: LaneShape = { count: 10, steps: 4, numGroups: 3 };
const CASES: readonly { readonly spec: RecurrentSpec; readonly shape: LaneShape; readonly name: string }[] = [
  { name: "small sizes", spec: tinyRecurrentSpec(), shape: SHAPE },
  { name: "one lane, no context", spec: tinyRecurrentSpec({ context: 0 }), shape: { ...SHAPE, count: 1 } },
  {
    name: "an embedder",
    spec: tinyRecurrentSpec({ outputs: 0, inputs: 1, context: 0 }),
    shape: { ...SHAPE, steps: 12 },
  },
  { name: "more units than invocations", spec: tinyRecurrentSpec({ hidden: 260 }), shape: SHAPE },
  { name: "parameters", spec: tinyRecurrentSpec({ inputs: 16, context: 32, hidden: 32, outputs: 32 }), shape: SHAPE },
];

async function pair(spec: RecurrentSpec, limits?: { lanes: number; rows: number }) {
  const plan = planRecurrent(spec);
  // Smaller weights for the large ones: gates that are saturated have no gradient to compare.
  const scale = spec.hidden > 16 ? 0.3 : 1;
  const initial = lively(plan.parameterCount, 4).map((weight) => scale * weight);
  const block = { name: "phi.net", group: "phi" as const, initial };
  const exact = await createCpuRecurrent(spec, plan, block);
  return { plan, exact, network: await createWebgpuRecurrent(spec, plan, block, limits) };
}

async function passOf(network: Recurrent, lanes: RecurrentLanes) {
  const { outputs, last } = someGradients(network.spec, lanes);
  const given = await network.forward(lanes, true);
  return { ...given, gradients: await network.backward(given.tape!, outputs, last, true) };
}

describe.skipIf(missing !== null)("recurrent network on webgpu", { timeout: 60_000 }, () => {
  it.each(CASES)("has the values and the gradients of float64: $name", async ({ spec, shape }) => {
    const { plan, exact, network } = await pair(spec);
    const lanes = someRecurrentLanes(spec, shape);
    const [wanted, given] = [await passOf(exact, lanes), await passOf(network, lanes)];
    expect(relativeError(given.outputs, wanted.outputs)).toBeLessThan(1e-5);
    expect(relativeError(given.last, wanted.last)).toBeLessThan(1e-5);
    expect(worstPartError(plan, await network.block.readGradient(), exact.block.gradient)).toBeLessThan(1e-5);
    expect(relativeError(given.gradients.inputs, wanted.gradients.inputs)).toBeLessThan(1e-5);
    expect(relativeError(given.gradients.context, wanted.gradients.context)).toBeLessThan(1e-5);
    const { outputs, last } = someGradients(spec, lanes);
    const before = await network.block.readGradient();
    const { tape } = await network.forward(lanes, true);
    expect(await network.backward(tape!, outputs, last, true, true)).toEqual(given.gradients);
    expect(await network.block.readGradient()).toEqual(before);
    const plain = await network.forward(lanes, false);
    expect(plain.outputs).toEqual(given.outputs);
    expect(relativeError(await runStepByStep(network, lanes), wanted.outputs)).toBeLessThan(1e-5);
    network.dispose();
  });

  it("gives the same numbers in several chunks, from several open tapes, and adds to the gradient that is there", async () => {
    const spec = tinyRecurrentSpec();
    const { plan, exact, network } = await pair(spec, { lanes: 4, rows: 9 });
    const lanes = someRecurrentLanes(spec, { count: 13, steps: 4, numGroups: 3 });
    const others = someRecurrentLanes(spec, { count: 5, steps: 3, numGroups: 2 });
    const { outputs, last } = someGradients(spec, lanes);
    const toOthers = someGradients(spec, others);
    // Gradients that an earlier step left count as zeros, also in parts that this one does not reach.
    await passOf(network, lanes);
    for (const each of [exact, network]) {
      each.block.zeroGradient();
      const [one, two] = [(await each.forward(lanes, true)).tape!, (await each.forward(others, true)).tape!];
      await each.backward(one, null, last, false);
      await each.backward(two, null, toOthers.last, false);
    }
    expect(worstPartError(plan, await network.block.readGradient(), exact.block.gradient)).toBeLessThan(1e-5);
    const [wanted, given] = await Promise.all(
      [exact, network].map(async (each) => each.backward((await each.forward(lanes, true)).tape!, outputs, null, true)),
    );
    expect(relativeError(given!.inputs, wanted!.inputs)).toBeLessThan(1e-5);
    expect(relativeError(given!.context, wanted!.context)).toBeLessThan(1e-5);
    expect(worstPartError(plan, await network.block.readGradient(), exact.block.gradient)).toBeLessThan(1e-5);
    network.dispose();
  });

  it("takes few dispatches and reads back once a call, and leaves no arrays behind", async () => {
    const session = await openWebgpu();
    const before = session.countArrays();
    const spec = tinyRecurrentSpec();
    const network = await createRecurrent(spec, "webgpu", new Rng(1), "phi.signal");
    const onCpu = await createRecurrent(spec, "cpu", new Rng(1), "phi.signal");
    const values = async (of: Recurrent) => [...(await of.block.read()).values];
    expect(await values(network)).toEqual(await values(onCpu));
    const afterCreation = session.countArrays();
    const [read, run] = [vi.spyOn(session, "read"), vi.spyOn(session, "run")];
    const lanes = someRecurrentLanes(spec, SHAPE);
    const { outputs, last } = someGradients(spec, lanes);
    const counts = async (work: () => Promise<unknown>) => {
      read.mockClear();
      run.mockClear();
      await work();
      return [run.mock.calls.length, read.mock.calls.length];
    };
    expect(await counts(() => network.forward(lanes, false))).toEqual([4, 1]);
    const { tape } = await network.forward(lanes, true);
    expect(await counts(() => network.backward(tape!, outputs, last, false))).toEqual([15, 1]);
    const state = await network.start(lanes.context, lanes.groups);
    const step = new Float32Array(SHAPE.count * spec.inputs);
    expect(await counts(() => network.advance(state, step))).toEqual([2, 1]);
    expect(await counts(() => network.advance(state, step, false))).toEqual([1, 0]);
    state.release();
    (await network.forward(lanes, true)).tape!.release();
    expect(session.countArrays()).toBe(afterCreation);
    read.mockRestore();
    run.mockRestore();
    const none = { ...lanes, lengths: new Int32Array(SHAPE.count) };
    expect((await passOf(network, none)).gradients.context!.every((g) => g === 0)).toBe(true);
    await network.forward(lanes, true);
    await network.start(lanes.context, lanes.groups);
    network.dispose();
    network.dispose();
    expect(session.countArrays()).toBe(before);
    await expect(network.forward(lanes, false)).rejects.toThrow("tiny was used after dispose");
  });

  it("learns as float64 does over a few steps of Adam", async () => {
    const spec = tinyRecurrentSpec();
    const { exact, network } = await pair(spec);
    const lanes = someRecurrentLanes(spec, SHAPE);
    for (let time = 1; time <= 3; time++) {
      for (const each of [exact, network]) {
        each.block.zeroGradient();
        await passOf(each, lanes);
        each.block.adam(0.01, time);
      }
    }
    const [given, wanted] = [await network.forward(lanes, false), await exact.forward(lanes, false)];
    // Adam divides by the gradient's own size, so rounding shows in steps of 0.01 where gradients are tiny.
    expect(relativeError(given.outputs, wanted.outputs)).toBeLessThan(1e-3);
    network.dispose();
  });
});

afterAll(async () => {
  if (missing === null) await loseDevice();
});

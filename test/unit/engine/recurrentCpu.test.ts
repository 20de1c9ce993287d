// The recurrent network in float64: its gradient is the derivative (finite differences in every part, the context and the
// inputs), its steps are those of `forward`, and it refuses what does not fit.

import { describe, expect, it } from "vitest";
import { createCpuRecurrent } from "../../../src/engine/kernels/recurrent/cpu";
import { createRecurrent } from "../../../src/engine/nn/createRecurrent";
import type { RecurrentSpec } from "../../../src/engine/nn/recurrent";
import { planRecurrent } from "../../../src/engine/nn/recurrentPlan";
import { Rng } from "../../../src/engine/rng/rng";
import {
  exactLanes,
  runStepByStep,
  someGradients,
  someRecurrentLanes,
  tinyRecurrentSpec,
} from "../../helpers/recurrents";
import { lively } from "../../helpers/sequences";

const STEP = 1e-5;

function make(spec: RecurrentSpec) {
  const plan = planRecurrent(spec);
  const initial = lively(plan.parameterCount, 4);
  return createCpuRecurrent(spec, plan, { name: "phi.net", group: "phi", initial });
}

const SPECS: readonly RecurrentSpec[] = [
  tinyRecurrentSpec({ name: "with a context" }),
  tinyRecurrentSpec({ name: "without a context", context: 0 }),
  tinyRecurrentSpec({ name: "an embedder", outputs: 0 }),
  tinyRecurrentSpec({ name: "one unit", inputs: 1, hidden: 1, outputs: 1, context: 1 }),
];

describe("gradient of the recurrent network", () => {
  it.each(SPECS)("is the derivative in every part: $name", async (spec) => {
    const network = await make(spec);
    const plan = planRecurrent(spec);
    const lanes = someRecurrentLanes(spec, { count: 7, steps: 4, numGroups: 3 });
    const { outputs, last } = someGradients(spec, lanes);
    const exact = exactLanes(lanes);
    const loss = (at = exact) => {
      const given = network.run(at, false);
      return dot(given.outputs, outputs) + dot(given.last, last);
    };
    const { traces } = network.run(exact, true);
    const gradients = network.runBackward(exact, traces, outputs, last);
    const { block } = network;
    for (const { name, rows, columns, offset } of plan.list) {
      for (let i = offset; i < offset + rows * columns; i++) {
        const value = block.values[i]!;
        const along = (t: number) => {
          block.values[i] = value + t;
          return loss();
        };
        const slope = (along(STEP) - along(-STEP)) / (2 * STEP);
        block.values[i] = value;
        expect(Math.abs(slope - block.gradient[i]!), `${name} ${i - offset}`).toBeLessThan(1e-8);
      }
      const part = block.gradient.subarray(offset, offset + rows * columns);
      expect(Math.max(...part.map(Math.abs)), name).toBeGreaterThan(1e-2);
    }
    for (const what of ["inputs", "context"] as const) {
      const values = exact[what];
      for (const [i, value] of values?.entries() ?? []) {
        if (Number.isNaN(value)) continue;
        const along = (t: number) => loss({ ...exact, [what]: values!.map((v, at) => (at === i ? v + t : v)) });
        const slope = (along(STEP) - along(-STEP)) / (2 * STEP);
        expect(Math.abs(slope - gradients[what]![i]!), `${what} ${i}`).toBeLessThan(1e-8);
      }
      if (values) expect(Math.max(...gradients[what]!.map(Math.abs)), what).toBeGreaterThan(1e-2);
    }
  });

  it("is 0 for inputs past a lane's length, and adds to what is in the block", async () => {
    const spec = tinyRecurrentSpec();
    const network = await make(spec);
    const lanes = someRecurrentLanes(spec, { count: 7, steps: 4, numGroups: 3 });
    const { outputs, last } = someGradients(spec, lanes);
    const accumulate = async () => network.backward((await network.forward(lanes, true)).tape!, outputs, last, true);
    const { inputs } = await accumulate();
    expect(inputs!.every((g, i) => Number.isNaN(lanes.inputs[i]!) === (g === 0))).toBe(true);
    const once = network.block.gradient.slice();
    await accumulate();
    expect(network.block.gradient.every((g, i) => Math.abs(g - 2 * once[i]!) < 1e-10)).toBe(true);
  });

  it("leaves the block alone when frozen", async () => {
    const spec = tinyRecurrentSpec();
    const network = await make(spec);
    const lanes = someRecurrentLanes(spec, { count: 7, steps: 4, numGroups: 3 });
    const { outputs, last } = someGradients(spec, lanes);
    const free = await network.backward((await network.forward(lanes, true)).tape!, outputs, last, true);
    const before = network.block.gradient.slice();
    const frozen = await network.backward((await network.forward(lanes, true)).tape!, outputs, last, true, true);
    expect(frozen).toEqual(free);
    expect(network.block.gradient).toEqual(before);
  });
});

describe("recurrent network", () => {
  it.each(SPECS)("gives by steps what it gives at once: $name", async (spec) => {
    const network = await make(spec);
    const lanes = someRecurrentLanes(spec, { count: 7, steps: 4, numGroups: 3 });
    const { outputs, last } = await network.forward(lanes, false);
    expect(await runStepByStep(network, lanes)).toEqual(outputs);
    expect([...last.subarray(spec.hidden, 2 * spec.hidden)]).toEqual(new Array(spec.hidden).fill(0));
  });

  it("starts uniform on +-1 / sqrt(H), biases too, of the published sizes", async () => {
    const sizes = { "theta.expression": 0, "theta.parameters": 0 };
    for (const [name, given] of Object.entries({
      "theta.expression": { inputs: 11, context: 0, hidden: 128, outputs: 12 },
      "theta.parameters": { inputs: 16, context: 128, hidden: 128, outputs: 32 },
    })) {
      const network = await createRecurrent({ name, ...given }, "cpu", new Rng(3), name);
      expect(network.block.group).toBe("theta");
      const values = Float64Array.from((await network.block.read()).values).sort();
      expect(values.at(-1)).toBeLessThanOrEqual(1 / Math.sqrt(128));
      expect(values.at(-1)).toBeGreaterThan(0.088);
      expect(values[0]).toBeLessThan(-0.088);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      // 4 standard errors of the mean of a uniform number on +-1 / sqrt(128).
      expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(3 * 128 * values.length));
      sizes[name as keyof typeof sizes] = network.block.size;
    }
    // Specification, section 9, less its second row of biases.
    expect(sizes).toEqual({ "theta.expression": 72_192 - 512 + 1_548, "theta.parameters": 140_288 - 512 + 4_128 });
  });

  it("refuses what does not fit, in sentences", async () => {
    const spec = tinyRecurrentSpec();
    const network = await make(spec);
    const lanes = someRecurrentLanes(spec, { count: 2, steps: 3, numGroups: 2, isFull: true });
    const refuses = (given: Partial<typeof lanes>, words: string) =>
      expect(network.forward({ ...lanes, ...given }, false)).rejects.toThrow(words);
    await refuses({ lengths: Int32Array.of(4, 0) }, "lane 0 has invalid length 4 (expected 0 to 3)");
    await refuses({ inputs: new Float32Array(5) }, "tiny: input has 5 numbers, expected 18");
    await refuses({ groups: Int32Array.of(0, 2) }, "invalid group 2 (expected 0 to 1)");
    await refuses({ context: null }, "context has 0 numbers, expected rows of 4");
    expect(() => planRecurrent({ ...spec, hidden: 0 })).toThrow("invalid size 0");
    const { tape } = await network.forward(lanes, true);
    await expect(network.backward(tape!, new Float32Array(3), null, false)).rejects.toThrow("output gradient has 3");
    await network.backward(tape!, null, null, false);
    await expect(network.backward(tape!, null, null, false)).rejects.toThrow("used up");
    const state = await network.start(lanes.context, lanes.groups);
    await expect(network.advance(state, new Float32Array(5))).rejects.toThrow("input has 5 numbers, expected 6");
    state.release();
    await expect(network.advance(state, new Float32Array(6))).rejects.toThrow("released");
  });
});

function dot(values: ArrayLike<number>, weights: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! * weights[i]!;
  return sum;
}

// Pictures drawn from programs: the same on every backend, from the words that the interface names, and with the stated
// probabilities.

import { describe, expect, it } from "vitest";
import { canvasInk, canvasProbabilities } from "../../../src/engine/kernels/strokes/arcs";
import { bankFromRaw, bankLayout } from "../../../src/engine/kernels/strokes/bank";
import { createRenderer } from "../../../src/engine/kernels/strokes/createRenderer";
import { samplePictures } from "../../../src/engine/kernels/strokes/sample";
import { warp } from "../../../src/engine/kernels/strokes/warp";
import { Rng } from "../../../src/engine/rng/rng";
import { randomLanes, rendererWith, smallSpec, variedRaw } from "../../helpers/strokePrograms";
import { installWebgpu } from "../../helpers/webgpuInNode";

const missing = await installWebgpu();
if (missing !== null) process.stderr.write(`${missing}\n`);
const backends = missing === null ? (["wasm", "webgpu"] as const) : (["wasm"] as const);

describe.each([0, 4])("samples at T = %i", (transforms) => {
  const spec = smallSpec(transforms, { height: 28, width: 28, tokens: 10, strokes: 12 });

  it.each(backends)("are the same integers on cpu and %s", async (backend) => {
    for (const sharpness of [0, 20, 150, 1000]) {
      const raw = variedRaw(spec, 3);
      if (sharpness > 0) raw.fill(sharpness, bankLayout(spec).sharpness, bankLayout(spec).width);
      const [exact, fast] = [await rendererWith(spec, "cpu", raw), await rendererWith(spec, backend, raw)];
      const { lanes } = randomLanes(spec, 60, 1, sharpness);
      const expected = await exact.sample(lanes.tokens, new Rng(8));
      expect(await fast.sample(lanes.tokens, new Rng(8))).toEqual(expected);
    }
  });

  it("do not change with an error of the quick way to the ink", () => {
    const bank = bankFromRaw(spec, variedRaw(spec, 7));
    const { lanes } = randomLanes(spec, 60, 1, 7);
    const noise = new Rng(2);
    // Probabilities change by at most a quarter of it: 5e-4.
    const quick = (tokens: Int32Array) =>
      canvasInk(bank, tokens, spec.height, spec.width).map((ink) => ink + 2e-3 * (2 * noise.uniform() - 1));
    expect(samplePictures(spec, bank, lanes.tokens, new Rng(3), quick)).toEqual(
      samplePictures(spec, bank, lanes.tokens, new Rng(3)),
    );
  });

  it("use the words that the interface names", async () => {
    const raw = variedRaw(spec, 4);
    const renderer = await rendererWith(spec, "cpu", raw);
    const { lanes } = randomLanes(spec, 3, 1, 4);
    const rng = new Rng(21);
    const pictures = await renderer.sample(lanes.tokens, rng);
    const [transformWords, pixelWords] = [rng.fork("transform"), rng.fork("pixels")];
    const bank = bankFromRaw(spec, raw);
    for (let n = 0; n < 3; n++) {
      const t = transformWords.int(Math.max(1, transforms));
      const unwarped = canvasProbabilities(bank, lanes.tokens.subarray(10 * n, 10 * n + 10), 28, 28);
      const p = transforms === 0 ? unwarped : warp(unwarped, bank.transforms, t, spec);
      for (let i = 0; i < 784; i++) expect(pictures[784 * n + i]).toBe(pixelWords.uniform() < p[i]! ? 1 : 0);
    }
  });
});

it("ink falls as often as the mixture of the transforms says", async () => {
  const spec = smallSpec(3);
  const raw = variedRaw(spec, 5);
  const renderer = await rendererWith(spec, "wasm", raw);
  const { lanes } = randomLanes(spec, 1, 1, 6);
  lanes.tokens[1] = lanes.tokens[1]! | 1;
  const count = 2000;
  const tokens = Int32Array.from({ length: count * spec.tokens }, (_, i) => lanes.tokens[i % spec.tokens]!);
  const pictures = await renderer.sample(tokens, new Rng(9));
  const bank = bankFromRaw(spec, raw);
  const unwarped = canvasProbabilities(bank, lanes.tokens, spec.height, spec.width);
  const size = spec.height * spec.width;
  const warped = [0, 1, 2].map((t) => warp(unwarped, bank.transforms, t, spec));
  for (let i = 0; i < size; i++) {
    const p = warped.reduce((sum, picture) => sum + picture[i]! / 3, 0);
    let share = 0;
    for (let n = 0; n < count; n++) share += pictures[n * size + i]! / count;
    // 4.5 standard errors: one of 99 pixels fails in 1,500 seeds.
    expect(Math.abs(share - p)).toBeLessThan(4.5 * Math.sqrt((p * (1 - p)) / count) + 1e-3);
  }
});

it("first parameters are those of the specification, the same on every backend", async () => {
  const spec = { name: "first", strokes: 64, tokens: 10, transforms: 40, height: 28, width: 28 };
  const [cpu, wasm] = [await createRenderer(spec, "cpu", new Rng(3)), await createRenderer(spec, "wasm", new Rng(3))];
  expect(cpu.stored.values).toEqual(wasm.stored.values);
  expect(cpu.block.size).toBe(562);
  expect(cpu.block.name).toBe("theta.strokes");
  expect(cpu.block.group).toBe("theta");
  const bank = await cpu.bank();
  const most = (values: Float64Array) => Math.max(...values.map(Math.abs));
  for (const [values, range] of [
    [bank.dx, 0.251],
    [bank.dy, 0.251],
    [bank.theta, 0.915],
  ] as const) {
    expect(most(values)).toBeLessThan(range);
    expect(most(values)).toBeGreaterThan(0.85 * range);
  }
  expect(new Set(bank.sharpness)).toEqual(new Set([20]));
  expect(bank.width[0]).toBeCloseTo(0.0119, 4);
  expect(bank.scale).toBeCloseTo(3.0486, 4);
  expect(bank.bias).toBe(-3);
  const identity = [1, 0, 0, 0, 1, 0];
  const noise = bank.transforms.map((value, i) => value - identity[i % 6]!);
  const deviation = Math.sqrt(noise.reduce((sum, value) => sum + value * value, 0) / noise.length);
  expect(Math.abs(deviation - 0.03)).toBeLessThan((4 * 0.03) / Math.sqrt(2 * noise.length));
});

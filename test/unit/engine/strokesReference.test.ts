// The stroke renderers against eager tfjs with its autodiff: an implementation that shares no derivative with them.

import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { eagerGradient } from "../../../src/engine/kernels/strokes/reference";
import {
  expectGradient,
  gradientOf,
  randomLanes,
  rendererWith,
  smallSpec,
  variedRaw,
} from "../../helpers/strokePrograms";
import "../../helpers/tfjsReference";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

describe.each(["cpu", "wasm"] as const)("%s", (backend) => {
  it.each([0, 1, 4])("agrees with tfjs at T = %i", async (transforms) => {
    const spec = smallSpec(transforms, { height: 14, width: 13, tokens: 6 });
    const raw = variedRaw(spec, 20 + transforms);
    const { lanes, images } = randomLanes(spec, 7, 3, 20);
    const coefficient = Float64Array.from([1, -0.5, 2, 0.3, 1, 1, 0.1]);
    const expected = await eagerGradient(tf, spec, raw, lanes, images, coefficient);
    const { values, gradient } = await gradientOf(await rendererWith(spec, backend, raw), lanes, images, coefficient);
    for (const [n, value] of expected.values.entries()) expect(Math.abs(values[n]! - value)).toBeLessThan(1e-2);
    expectGradient(spec, gradient, expected.gradient, 1e-3);
  });

  it("agrees with tfjs for almost straight strokes and programs without ink", async () => {
    const spec = smallSpec(2);
    const raw = variedRaw(spec, 30);
    raw.set([1e-7, -1e-6, 1e-8, 1e-5, -1e-9, 0], 2 * spec.strokes);
    const { lanes, images } = randomLanes(spec, 5, 2, 30);
    lanes.tokens.set(Int32Array.from(lanes.tokens.subarray(0, spec.tokens), (token) => token & ~1));
    const coefficient = new Float64Array(5).fill(1);
    const expected = await eagerGradient(tf, spec, raw, lanes, images, coefficient);
    const { values, gradient } = await gradientOf(await rendererWith(spec, backend, raw), lanes, images, coefficient);
    for (const [n, value] of expected.values.entries()) expect(Math.abs(values[n]! - value)).toBeLessThan(1e-2);
    expectGradient(spec, gradient, expected.gradient, 1e-3);
  });
});

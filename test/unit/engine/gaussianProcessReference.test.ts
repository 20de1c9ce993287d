// The Gaussian processes against eager tfjs with dense matrices and autodiff: an implementation that shares neither the
// factorisation nor a derivative with them.

import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, it } from "vitest";
import { createGaussianProcess } from "../../../src/engine/kernels/gaussianProcess/createGaussianProcess";
import { eagerGradient } from "../../../src/engine/kernels/gaussianProcess/reference";
import { fileSpec } from "../../helpers/gaussianProcess";
import { compareGradients, float32Tolerance, randomLanes } from "../../helpers/gaussianProcessKernels";
import "../../helpers/tfjsReference";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

it.each(["cpu", "wasm"] as const)("agrees with tfjs on %s", async (backend) => {
  const spec = { ...fileSpec, points: 20 };
  const { lanes, series } = randomLanes(spec, 15, 21);
  const expected = await eagerGradient(tf, spec, series, lanes);
  const process = await createGaussianProcess(spec, backend);
  const { logLikelihood, gradient } = await process.gradient(series, lanes);
  for (const [n, value] of expected.logLikelihood.entries()) {
    expect(Math.abs(logLikelihood[n]! - value), `lane ${n}`).toBeLessThan(float32Tolerance(value));
    const lane = (values: ArrayLike<number>) => Float64Array.from(values).subarray(15 * n, 15 * n + 15);
    const { most, difference } = compareGradients(lane(expected.gradient), lane(gradient));
    // tfjs is float32 here: the file's tolerance for gradients in float32.
    expect(difference, `gradient of lane ${n}`).toBeLessThan(0.02 * most);
  }
});

it("leaves no tensor behind", async () => {
  const spec = { ...fileSpec, points: 6 };
  const { lanes, series } = randomLanes(spec, 3, 22);
  const before = tf.memory().numTensors;
  await eagerGradient(tf, spec, series, lanes);
  expect(tf.memory().numTensors).toBe(before);
});

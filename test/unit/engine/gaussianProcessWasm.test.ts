// The wasm Gaussian process, every build that this machine runs, held to the float64 one: both are float64, and differ by
// rounding that a condition number of 1e5 magnifies.

import { describe, expect, it } from "vitest";
import { availableBuilds } from "../../../src/engine/kernels/assembly/module";
import { enableRelaxedSimd } from "../../../src/engine/kernels/assembly/relaxedSimdInNode";
import { createGaussianProcess } from "../../../src/engine/kernels/gaussianProcess/createGaussianProcess";
import { createWasmGaussianProcess, WasmGaussianProcess } from "../../../src/engine/kernels/gaussianProcess/wasm";
import { fileSpec } from "../../helpers/gaussianProcess";
import { randomLanes } from "../../helpers/gaussianProcessKernels";
import { exactly, expectNear, gaussianProcessLaws } from "../../helpers/gaussianProcessLaws";

enableRelaxedSimd();
const builds = await availableBuilds();

/** A millionth of a nat, and of a gradient's largest entry, as the file asks of float64. */
const bounds = { logLikelihood: () => 1e-6, gradient: 1e-6 };

it("runs on at least one build here", () => {
  expect(builds.length).toBeGreaterThan(0);
});

// The same kernels for every build: float64 takes longer than both builds together.
const many = randomLanes(fileSpec, 10_000, 1);
const exact = await exactly(fileSpec, many.series, many.lanes);

describe.each(builds)("build %s", (build) => {
  gaussianProcessLaws((spec) => createWasmGaussianProcess(spec, build), bounds, 200);

  it("stays within a millionth of float64 on 10,000 random kernels, narrow and wide", async () => {
    await expectNear(await createWasmGaussianProcess(fileSpec, build), many.series, many.lanes, bounds, exact);
  });

  it("does not grow its memory with the number of lanes, and refuses to work once disposed", async () => {
    const process = await createWasmGaussianProcess(fileSpec, build);
    const before = process.memoryBytes;
    const { lanes, series } = randomLanes(fileSpec, 501, 2);
    await process.gradient(series, lanes);
    expect(process.memoryBytes).toBe(before);
    process.dispose();
    await expect(process.logLikelihood(series, lanes)).rejects.toThrow(/after dispose/);
  });
});

it("is what the wasm backend builds", async () => {
  expect(await createGaussianProcess(fileSpec, "wasm")).toBeInstanceOf(WasmGaussianProcess);
});

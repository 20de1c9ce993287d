// The Gaussian process in WGSL (Chromium's software adapter) held to the laws of every backend, within the file's bounds
// for float32. Not measured here: a real graphics card, its speed, drivers that reassociate sums.

import { describe, expect, it } from "vitest";
import { LabError } from "../../../src/engine/errors";
import { createGaussianProcess } from "../../../src/engine/kernels/gaussianProcess/createGaussianProcess";
import { createWebgpuGaussianProcess, WebgpuGaussianProcess } from "../../../src/engine/kernels/gaussianProcess/webgpu";
import { openWebgpu } from "../../../src/engine/kernels/tfjsWebgpu";
import { fileSpec, timeseriesFile } from "../../helpers/gaussianProcess";
import { float32Tolerance, randomLanes } from "../../helpers/gaussianProcessKernels";
import { gaussianProcessLaws } from "../../helpers/gaussianProcessLaws";
import { installWebgpu } from "../../helpers/webgpuInNode";

const missing = await installWebgpu();
if (missing !== null) process.stderr.write(`${missing}\n`);

const bounds = { logLikelihood: float32Tolerance, gradient: timeseriesFile.tolerance["grad_rel_f32"] ?? 0 };

describe.skipIf(missing !== null)("Gaussian process on webgpu", { timeout: 120_000 }, () => {
  // Two more grids: each takes the software adapter seconds to compile.
  gaussianProcessLaws((spec) => createWebgpuGaussianProcess(spec), bounds, 60, [2, 30]);

  it("gives the same numbers in passes of 7 lanes, and leaves no array behind", async () => {
    const { lanes, series } = randomLanes(fileSpec, 30, 8);
    const whole = await createGaussianProcess(fileSpec, "webgpu");
    expect(whole).toBeInstanceOf(WebgpuGaussianProcess);
    const cut = await createWebgpuGaussianProcess(fileSpec, 7);
    const arrays = (await openWebgpu()).countArrays();
    expect(await cut.logLikelihood(series, lanes)).toEqual(await whole.logLikelihood(series, lanes));
    expect(await cut.gradient(series, lanes)).toEqual(await whole.gradient(series, lanes));
    expect((await openWebgpu()).countArrays()).toBe(arrays);
  });

  it("refuses more points than a workgroup has room for", async () => {
    await expect(createGaussianProcess({ ...fileSpec, points: 500 }, "webgpu")).rejects.toThrow(LabError);
  });
});

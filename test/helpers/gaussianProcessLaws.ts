// What every backend of the Gaussian process must do, whatever its arithmetic. "bound" says how far a log likelihood may be
// from float64's, and a gradient from float64's relative to its largest entry.

import { expect, it } from "vitest";
import { LabError } from "../../src/engine/errors";
import { CpuGaussianProcess } from "../../src/engine/kernels/gaussianProcess/cpu";
import type {
  GaussianProcess,
  GaussianProcessSpec,
  KernelLanes,
  SeriesRows,
} from "../../src/engine/kernels/gaussianProcess/gaussianProcess";
import { OP } from "../../src/engine/kernels/gaussianProcess/gaussianProcess";
import { fileCovariance, fileSpec, lanesOf, timeseriesFile } from "./gaussianProcess";
import { compareGradients, randomLanes } from "./gaussianProcessKernels";

export type Bounds = {
  readonly logLikelihood: (value: number) => number;
  readonly gradient: number;
};

type Build = (spec: GaussianProcessSpec) => Promise<GaussianProcess>;

const WIDTH = 15;

/** What float64 gives. */
export function exactly(spec: GaussianProcessSpec, series: SeriesRows, lanes: KernelLanes) {
  return new CpuGaussianProcess(spec).gradient(series, lanes);
}

/** Compares a backend with float64 on lanes. @param exact what float64 gives for them, where it is at hand */
export async function expectNear(
  process: GaussianProcess,
  series: SeriesRows,
  lanes: KernelLanes,
  bounds: Bounds,
  exact?: Awaited<ReturnType<typeof exactly>>,
): Promise<void> {
  const wanted = exact ?? (await exactly(process.spec, series, lanes));
  const values = await process.logLikelihood(series, lanes);
  const both = await process.gradient(series, lanes);
  const failures: string[] = [];
  for (const [n, value] of wanted.logLikelihood.entries()) {
    const bound = bounds.logLikelihood(value);
    // Not "is more": a NaN must count.
    if (!(Math.abs(values[n]! - value) <= bound)) failures.push(`lane ${n}: ${values[n]}, exactly ${value}`);
    if (both.logLikelihood[n] !== values[n]) failures.push(`lane ${n}: ${values[n]}, with gradient ${value}`);
    const lane = (from: Float64Array) => from.subarray(n * WIDTH, (n + 1) * WIDTH);
    const { most, difference } = compareGradients(lane(both.gradient), lane(wanted.gradient));
    if (!(difference <= bounds.gradient * most)) failures.push(`lane ${n}: gradient off by ${difference} of ${most}`);
  }
  expect(failures).toEqual([]);
}

/** Registers the tests. @param grids numbers of points beside the file's */
export function gaussianProcessLaws(build: Build, bounds: Bounds, count: number, grids = [2, 7, 30, 126]): void {
  accuracyLaws(build, bounds, count, grids);
  faultLaws(build);
  callLaws(build);
}

function accuracyLaws(build: Build, bounds: Bounds, count: number, grids: readonly number[]): void {
  const signal = Float64Array.from(timeseriesFile.signal);

  it("agrees with float64 on the file's kernels", async () => {
    await expectNear(await build(fileSpec), signal, lanesOf(timeseriesFile.kernels.map(fileCovariance)), bounds);
  });

  it(`agrees with float64 on ${count} random kernels of every length`, async () => {
    const { lanes, series } = randomLanes(fileSpec, count, 11);
    await expectNear(await build(fileSpec), series, lanes, bounds);
  });

  it.each(grids)("agrees with float64 on a grid of %i points", async (points) => {
    const spec = { ...fileSpec, points };
    const { lanes, series } = randomLanes(spec, 15, points);
    await expectNear(await build(spec), series, lanes, bounds);
  });
}

function faultLaws(build: Build): void {
  it("gives -Infinity and a gradient of zeros for lanes that fail, and leaves their neighbours alone", async () => {
    const { lanes, series } = randomLanes(fileSpec, 46, 5);
    const process = await build(fileSpec);
    const sound = await process.gradient(series, lanes);
    const broken = { ops: lanes.ops.slice(), parameters: lanes.parameters.slice(), rows: lanes.rows };
    const faults: readonly ((n: number) => void)[] = [
      (n) => broken.parameters.set([-3, 0.5, 1], n * WIDTH),
      (n) => broken.parameters.set([Number.NaN], n * WIDTH),
      (n) => broken.parameters.set([Number.POSITIVE_INFINITY], n * WIDTH),
      (n) => broken.parameters.set([0.5, -0.2], n * WIDTH),
      (n) => broken.ops.fill(OP.end, n * fileSpec.mostOps, (n + 1) * fileSpec.mostOps),
      (n) => broken.ops.set([OP.constant, OP.plus, OP.end], n * fileSpec.mostOps),
      (n) => broken.ops.set([OP.constant, OP.constant, OP.end], n * fileSpec.mostOps),
      (n) => broken.ops.set([77, OP.end], n * fileSpec.mostOps),
      // Every pivot is negative: an even number of them has a positive product.
      (n) => {
        broken.ops.set([OP.whiteNoise, OP.end], n * fileSpec.mostOps);
        broken.parameters.set([-0.5], n * WIDTH);
      },
    ];
    for (const [i, fault] of faults.entries()) {
      // One squared exponential, so that every fault of its parameters matters.
      broken.ops.set([OP.squaredExponential, OP.end], 5 * i * fileSpec.mostOps);
      fault(5 * i);
    }
    const values = await process.logLikelihood(series, broken);
    const both = await process.gradient(series, broken);
    for (let n = 0; n < values.length; n++) {
      const gradient = both.gradient.subarray(n * WIDTH, (n + 1) * WIDTH);
      const isBroken = n % 5 === 0 && n / 5 < faults.length;
      const expected = isBroken ? Number.NEGATIVE_INFINITY : sound.logLikelihood[n];
      expect(values[n], `lane ${n}`).toBe(expected);
      expect(both.logLikelihood[n], `lane ${n}`).toBe(expected);
      const slopes = isBroken ? new Float64Array(WIDTH) : sound.gradient.subarray(n * WIDTH, (n + 1) * WIDTH);
      expect(gradient, `lane ${n}`).toEqual(slopes);
    }
    const { mean } = await process.predict(series, broken, 3);
    expect(mean.subarray(0, 3).every(Number.isNaN)).toBe(true);
    expect(mean.subarray(3, 15).every(Number.isFinite)).toBe(true);
  });
}

function callLaws(build: Build): void {
  it("gives a lane the same numbers alone, in company and again", async () => {
    const { lanes, series } = randomLanes(fileSpec, 9, 6);
    const process = await build(fileSpec);
    const whole = await process.gradient(series, lanes);
    expect(await process.gradient(series, lanes)).toEqual(whole);
    for (const n of [0, 4, 8]) {
      const alone = {
        ops: lanes.ops.slice(n * fileSpec.mostOps, (n + 1) * fileSpec.mostOps),
        parameters: lanes.parameters.slice(n * WIDTH, (n + 1) * WIDTH),
        rows: lanes.rows.slice(n, n + 1),
      };
      const { logLikelihood, gradient } = await process.gradient(series, alone);
      expect(logLikelihood[0]).toBe(whole.logLikelihood[n]);
      expect(gradient).toEqual(whole.gradient.slice(n * WIDTH, (n + 1) * WIDTH));
      expect(await process.logLikelihood(series, alone)).toEqual(logLikelihood);
    }
  });

  it("takes no lanes, and refuses arrays that do not fit", async () => {
    const process = await build(fileSpec);
    const { lanes, series } = randomLanes(fileSpec, 2, 7);
    expect(await process.logLikelihood(series, lanesOf([]))).toEqual(new Float64Array(0));
    expect((await process.gradient(series, lanesOf([]))).gradient).toEqual(new Float64Array(0));
    const outside = { ...lanes, rows: Int32Array.of(0, 4) };
    await expect(process.logLikelihood(series, outside)).rejects.toThrow(LabError);
    await expect(process.gradient(series.subarray(1), lanes)).rejects.toThrow(LabError);
    await expect(process.predict(series, { ...lanes, ops: lanes.ops.subarray(1) }, 2)).rejects.toThrow(LabError);
  });
}

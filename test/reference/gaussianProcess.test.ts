// Every field of timeseries.json that concerns the Gaussian process (HMWS specification, sections 7, 8 and 18), in
// float64 at the file's tolerances. Fields are printed with 9 to 12 digits; half a unit of the last one is allowed too.

import { describe, expect, it } from "vitest";
import { covarianceColumn, noisyDiagonal } from "../../src/engine/kernels/gaussianProcess/covariance";
import { CpuGaussianProcess } from "../../src/engine/kernels/gaussianProcess/cpu";
import { predictAhead } from "../../src/engine/kernels/gaussianProcess/posterior";
import { logDensityGradient } from "../../src/engine/kernels/gaussianProcess/schur";
import { fileCovariance, fileRow, fileSpec, lanesOf, timeseriesFile } from "../helpers/gaussianProcess";

const { tolerance, kernels } = timeseriesFile;
const signal = Float64Array.from(timeseriesFile.signal);
const exact = new CpuGaussianProcess(fileSpec);
/** Most digits that are certain of any field of the file. */
const PRINTED = 5e-9;

function given<T>(field: T | undefined, check: (field: T) => void): void {
  if (field !== undefined) check(field);
}

/** Within `relative` of the expected values' largest, as the file's tolerances of gradients and vectors are meant. */
function nearLargest(values: ArrayLike<number>, expected: readonly number[], relative: number): void {
  expect(values.length).toBe(expected.length);
  const most = Math.max(...expected.map(Math.abs));
  for (const [i, value] of expected.entries()) {
    expect(Math.abs((values[i] ?? Number.NaN) - value), `entry ${i}`).toBeLessThanOrEqual((relative + PRINTED) * most);
  }
}

it("is a file of the time-series format on an equally spaced grid", () => {
  given(timeseriesFile.format, (format) => expect(format).toMatch(/timeseries/));
  expect(fileSpec.spacing).toBeCloseTo(timeseriesFile.grid.dx, 12);
  expect(signal.length).toBe(fileSpec.points);
});

describe.each(kernels)("kernel $expression", (kernel) => {
  const covariance = fileCovariance(kernel);
  const { ops, parameters } = covariance;
  const column = covarianceColumn(ops, parameters, fileSpec, fileSpec.points);

  it("has the stated covariances, and the stated diagonal with noise", () => {
    given(kernel.covariance_noise_free, (entries) => {
      for (const [i, j, value] of entries) {
        const error = Math.abs((column[Math.abs(i - j)] ?? Number.NaN) - value);
        expect(error, `${i}, ${j}`).toBeLessThanOrEqual((tolerance.covariance_rel ?? 0) * Math.abs(value) + 5e-13);
      }
    });
    given(kernel.diagonal_with_noise, (diagonal) => {
      expect(noisyDiagonal(column[0] ?? Number.NaN, fileSpec)).toBeCloseTo(diagonal, 10);
    });
  });

  it("has the stated log likelihood and gradient on the parameters", async () => {
    const result = await exact.gradient(signal, lanesOf([covariance]));
    const [alone] = await exact.logLikelihood(signal, lanesOf([covariance]));
    expect(alone).toBe(result.logLikelihood[0]);
    given(kernel.loglik, (value) => {
      expect(Math.abs((alone ?? Number.NaN) - value)).toBeLessThanOrEqual(tolerance.loglik_abs_f64 ?? 0);
    });
    given(kernel.grad_constrained, (rows) => {
      const expected = rows.flatMap(fileRow);
      nearLargest(result.gradient.slice(0, expected.length), expected, tolerance.grad_rel_f64 ?? 0);
      expect(result.gradient.slice(expected.length).every((value) => value === 0)).toBe(true);
    });
  });

  it("has the stated derivatives by lag, and first column of the inverse", () => {
    const t = column.slice();
    t[0] = noisyDiagonal(column[0] ?? Number.NaN, fileSpec);
    const empty = () => new Float64Array(fileSpec.points);
    const to = { byLag: empty(), inverseColumn: empty(), weights: empty() };
    logDensityGradient(t, signal, to);
    given(kernel.grad_by_lag, (expected) => nearLargest(to.byLag, expected, tolerance.grad_rel_f64 ?? 0));
    given(kernel.inverse_first_column, (expected) => nearLargest(to.inverseColumn, expected, 1e-8));
  });

  it.each(["reference", "consistent"] as const)("predicts as the %s variant states", async (variant) => {
    given(kernel.predictive?.[variant], ({ index, mean, variance }) => {
      const prediction = predictAhead(covariance, fileSpec, signal, fileSpec.points, variant);
      for (const [i, at] of index.entries()) {
        // The specification's own check of both predictives against the released code: 5e-8.
        expect(Math.abs((prediction?.mean[at] ?? Number.NaN) - (mean[i] ?? 0)), `mean ${at}`).toBeLessThan(5e-8);
        expect(Math.abs((prediction?.variance[at] ?? Number.NaN) - (variance[i] ?? 0)), `var ${at}`).toBeLessThan(5e-8);
      }
    });
  });

  it("predicts lanes in the consistent variant", async () => {
    const prediction = predictAhead(covariance, fileSpec, signal, fileSpec.points);
    const { mean, variance } = await exact.predict(signal, lanesOf([covariance]), fileSpec.points);
    expect(mean).toEqual(prediction?.mean);
    expect(variance).toEqual(prediction?.variance);
  });
});

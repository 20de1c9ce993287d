// The float64 Gaussian process held to a dense Cholesky factorisation written from its definition, to central
// differences, and to what Gaussian conditioning says about predictions, samples and addends.

import { describe, expect, it } from "vitest";
import { LabError } from "../../../src/engine/errors";
import { covarianceColumn, noisyDiagonal } from "../../../src/engine/kernels/gaussianProcess/covariance";
import { createGaussianProcess } from "../../../src/engine/kernels/gaussianProcess/createGaussianProcess";
import {
  type Covariance,
  posteriorMeans,
  predictAhead,
  sampleSeries,
} from "../../../src/engine/kernels/gaussianProcess/posterior";
import { Rng } from "../../../src/engine/rng/rng";
import {
  covarianceOf,
  denseCholesky,
  denseLogDensity,
  denseToeplitz,
  fileSpec,
  lanesOf,
} from "../../helpers/gaussianProcess";
import { randomCovariance, randomLanes } from "../../helpers/gaussianProcessKernels";
import { gaussianProcessLaws } from "../../helpers/gaussianProcessLaws";

const small = { ...fileSpec, points: 24 };

function noisyColumn({ ops, parameters }: Covariance, spec: typeof fileSpec, lags: number, noise = spec.noise) {
  const column = covarianceColumn(ops, parameters, spec, lags);
  column[0] = noisyDiagonal(column[0] ?? Number.NaN, spec, noise);
  return column;
}

function normals(count: number, seed: number): Float64Array {
  const rng = new Rng(seed);
  return Float64Array.from({ length: count }, () => rng.normal());
}

gaussianProcessLaws((spec) => createGaussianProcess(spec, "cpu"), { logLikelihood: () => 0, gradient: 0 }, 50);

it("gives the log likelihood of a dense Cholesky factorisation on 120 random kernels", async () => {
  const { lanes, series } = randomLanes(fileSpec, 120, 1);
  const values = await (await createGaussianProcess(fileSpec, "cpu")).logLikelihood(series, lanes);
  for (const [n, value] of values.entries()) {
    const covariance = { ops: lanes.ops.subarray(9 * n, 9 * n + 9), parameters: lanes.parameters.subarray(15 * n) };
    const factor = denseCholesky(denseToeplitz(noisyColumn(covariance, fileSpec, fileSpec.points)));
    const dense = denseLogDensity(factor, series.subarray(128 * lanes.rows[n]!, 128 * (lanes.rows[n]! + 1)));
    // Both factorise in float64 a matrix of condition up to 1e5.
    expect(Math.abs(value - dense), `lane ${n}: ${value} and ${dense}`).toBeLessThan(1e-10 * Math.abs(dense) + 1e-8);
  }
});

it("gives the derivative by every parameter, by central differences", async () => {
  const process = await createGaussianProcess(fileSpec, "cpu");
  const { lanes, series } = randomLanes(fileSpec, 45, 2);
  const { gradient } = await process.gradient(series, lanes);
  const step = 1e-5;
  for (let p = 0; p < 15; p++) {
    const moved = (by: number) => {
      const parameters = lanes.parameters.slice();
      for (let n = 0; n < 45; n++) parameters[15 * n + p]! += by;
      return process.logLikelihood(series, { ...lanes, parameters });
    };
    const [above, below, far, near] = [
      await moved(step),
      await moved(-step),
      await moved(2 * step),
      await moved(-2 * step),
    ];
    for (let n = 0; n < 45; n++) {
      if (lanes.parameters[15 * n + p] === 0) continue;
      // Five points: the periods' third derivatives are large.
      const slope = (8 * (above[n]! - below[n]!) - (far[n]! - near[n]!)) / (12 * step);
      const most = Math.max(...gradient.subarray(15 * n, 15 * n + 15).map(Math.abs), 1);
      expect(Math.abs(gradient[15 * n + p]! - slope), `lane ${n}, parameter ${p}`).toBeLessThan(1e-5 * most);
    }
  }
});

describe.each(["consistent", "reference"] as const)("the %s prediction", (variant) => {
  it("is Gaussian conditioning with dense matrices", () => {
    const rng = new Rng(3);
    for (let atoms = 1; atoms <= 5; atoms++) {
      const covariance = randomCovariance(small, atoms, { range: 0.2 }, rng);
      const y = normals(24, atoms);
      const t = noisyColumn(covariance, small, 34, variant === "consistent" ? small.noise : 0);
      const factor = denseCholesky(denseToeplitz(t.slice(0, 24)))!;
      const solve = (x: ArrayLike<number>) => {
        const z: number[] = [];
        for (const [i, row] of factor.entries()) {
          let sum = x[i]!;
          for (let k = 0; k < i; k++) sum -= row[k]! * z[k]!;
          z.push(sum / row[i]!);
        }
        return z;
      };
      const whitened = solve(y);
      const prediction = predictAhead(covariance, small, y, 10, variant);
      for (let j = 0; j < 10; j++) {
        const cross = solve(Array.from({ length: 24 }, (_, i) => t[24 + j - i]!));
        const mean = cross.reduce((sum, value, i) => sum + value * whitened[i]!, 0);
        const left = cross.reduce((rest, value) => rest - value * value, t[0]!);
        const variance = variant === "consistent" ? left : left + small.jitter * (1 + left);
        expect(prediction?.mean[j]).toBeCloseTo(mean, 9);
        expect(prediction?.variance[j]).toBeCloseTo(variance, 9);
      }
    }
  });
});

it("draws futures with the predicted mean and covariance", () => {
  const covariance = covarianceOf(small, "R2*W+", [[0.5, 0.5], [0.5, 0.5, 0.5], [0.1]]);
  const y = normals(24, 1);
  const count = 20_000;
  const { mean, variance, samples } = predictAhead(covariance, small, y, 4, "consistent", normals(4 * count, 2))!;
  for (let j = 0; j < 4; j++) {
    const draws = Array.from({ length: count }, (_, s) => samples[4 * s + j]!);
    const average = draws.reduce((sum, value) => sum + value, 0) / count;
    const spread = draws.reduce((sum, value) => sum + (value - average) ** 2, 0) / count;
    // Four standard errors of a mean and of a variance.
    expect(Math.abs(average - mean[j]!)).toBeLessThan(4 * Math.sqrt(variance[j]! / count));
    expect(Math.abs(spread - variance[j]!)).toBeLessThan(4 * variance[j]! * Math.sqrt(2 / count));
  }
});

it("samples a series as Cholesky's factor of K plus the jitter, without the noise, times the normals", () => {
  const rng = new Rng(4);
  for (let atoms = 1; atoms <= 5; atoms++) {
    const covariance = randomCovariance(small, atoms, { range: 0.2 }, rng);
    const z = normals(24, atoms);
    const factor = denseCholesky(denseToeplitz(noisyColumn(covariance, small, 24, 0)))!;
    const drawn = sampleSeries(covariance, small, z);
    for (const [i, row] of factor.entries()) {
      const expected = row.reduce((sum, value, k) => sum + value * z[k]!, 0);
      expect(drawn?.[i]).toBeCloseTo(expected, 9);
    }
  }
});

it("splits the posterior mean into addends that sum to it, over observed and new points", () => {
  const rows = [
    [0.5, 0.5, 0],
    [0.4, 0.3, 0.5],
    [0.3, 0, 0],
  ];
  const whole = covarianceOf(small, "R2*C+", rows);
  const parts = [covarianceOf(small, "R2*", rows), covarianceOf(small, "C", [rows[2]!])];
  const y = normals(24, 5);
  const [all] = posteriorMeans(whole, [whole], small, y, 48)!;
  const [product, constant] = posteriorMeans(whole, parts, small, y, 48)!;
  for (let i = 0; i < 48; i++) expect(product![i]! + constant![i]!).toBeCloseTo(all![i]!, 10);
  expect(new Set(Array.from(constant!, (value) => value.toFixed(10))).size).toBe(1);
  const { mean } = predictAhead(whole, small, y, 24)!;
  for (let j = 0; j < 24; j++) expect(all![24 + j]).toBeCloseTo(mean[j]!, 9);
});

it("gives no samples, addends or predictions of what is no covariance", () => {
  const negative = covarianceOf(small, "C", [[-4]]);
  const nothing = covarianceOf(small, "C+", [[1]]);
  for (const covariance of [negative, nothing]) {
    expect(sampleSeries(covariance, small, normals(24, 1))).toBeNull();
    expect(predictAhead(covariance, small, normals(24, 1), 3)).toBeNull();
    expect(posteriorMeans(covariance, [covariance], small, normals(24, 1), 24)).toBeNull();
  }
});

it.each([{ points: 1 }, { spacing: 0 }, { mostAtoms: 0 }, { mostOps: 3 }, { mostOps: 300 }])(
  "refuses sizes that do not fit: %o",
  async (change) => {
    await expect(createGaussianProcess({ ...fileSpec, ...change }, "cpu")).rejects.toThrow(LabError);
  },
);

it("keeps a lane of one row as it is", async () => {
  const process = await createGaussianProcess(fileSpec, "cpu");
  const lanes = lanesOf([covarianceOf(fileSpec, "W", [[1]])]);
  const [value] = await process.logLikelihood(new Float64Array(128), lanes);
  const diagonal = 1.02 + 1e-3 * 2.02;
  expect(value).toBeCloseTo(-64 * Math.log(2 * Math.PI * diagonal), 9);
  process.dispose();
});

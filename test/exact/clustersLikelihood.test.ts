// The closed-form likelihood against a dense Gaussian, and the exact figures of the fixed data (MWS spec 2.2, 2.7).

import { beforeAll, describe, expect, it } from "vitest";
import { type ClusterSplit, readDataset } from "../../src/domains/clusters/data";
import { enumeration } from "../../src/domains/clusters/enumeration";
import { countForMass, exactAnswer, exactNll, klFloor, posterior } from "../../src/domains/clusters/exact";
import { clusters } from "../../src/domains/clusters/index";
import { type Covariance, covarianceOfSigma, covarianceOfTheta } from "../../src/domains/clusters/likelihood";
import { labelOf } from "../../src/domains/clusters/program";
import { Rng } from "../../src/engine/rng/rng";
import { readAsset } from "../helpers/clusters";

let split: ClusterSplit;
beforeAll(async () => {
  split = readDataset(await readAsset("datasets/crp-gmm-100x7.json"));
});

/** log N(x; 0, I_7 (x) Sigma + [z_i = z_j] (x) I_2), 14 dimensions, by Cholesky. */
function denseLogLikelihood(points: Float64Array, program: number, cov: Covariance): number {
  const sigma = [
    [cov.xx, cov.xy],
    [cov.xy, cov.yy],
  ];
  const matrix = Array.from({ length: 14 }, (_, r) =>
    Array.from({ length: 14 }, (_, c) => {
      const [i, a, j, b] = [r >> 1, r & 1, c >> 1, c & 1];
      const own = i === j ? sigma[a]![b]! : 0;
      return own + (a === b && labelOf(program, i) === labelOf(program, j) ? 1 : 0);
    }),
  );
  let logDeterminant = 0;
  let square = 0;
  const solved: number[] = [];
  for (let r = 0; r < 14; r++) {
    for (let c = 0; c <= r; c++) {
      let sum = matrix[r]![c]!;
      for (let k = 0; k < c; k++) sum -= matrix[r]![k]! * matrix[c]![k]!;
      matrix[r]![c] = r === c ? Math.sqrt(sum) : sum / matrix[c]![c]!;
    }
    let rest = points[r]!;
    for (let k = 0; k < r; k++) rest -= matrix[r]![k]! * solved[k]!;
    solved[r] = rest / matrix[r]![r]!;
    logDeterminant += 2 * Math.log(matrix[r]![r]!);
    square += solved[r]! ** 2;
  }
  return -7 * Math.log(2 * Math.PI) - 0.5 * (logDeterminant + square);
}

describe("closed form", () => {
  it.each([
    ["the true covariance", [Math.sqrt(0.03), 0, 0, Math.sqrt(0.03)]],
    ["the identity", [1, 0, 0, 1]],
    ["a correlated one", [0.4, 0.2, -0.3, 0.5]],
  ])("equals the dense 14-dimensional Gaussian under %s", (_, theta) => {
    const cov = covarianceOfTheta(theta);
    const rng = new Rng(3);
    for (let trial = 0; trial < 40; trial++) {
      const row = rng.int(split.train.count);
      const i = rng.int(enumeration().count);
      const { logJoint } = exactAnswer(split.train, row, cov);
      const expected = denseLogLikelihood(split.train.row(row), enumeration().programs[i]!, cov);
      const logLikelihood = logJoint[i]! - enumeration().logPrior[i]!;
      expect(Math.abs(logLikelihood - expected)).toBeLessThan(1e-8 * Math.max(1, Math.abs(expected)));
    }
  });

  it("rules out clusters of several points under a singular covariance, and scores single points", () => {
    const { logJoint } = exactAnswer(split.train, 0, covarianceOfTheta([1, 1, 1, 1]));
    expect(logJoint[enumeration().indexOf(0)]).toBe(-Infinity);
    expect(logJoint[enumeration().count - 1]).toBeGreaterThan(-Infinity);
  });
});

describe("figures of the fixed data", () => {
  it.each([
    // split    variance  nats per set
    ["train", 0.03, 10.0934],
    ["heldOut", 0.03, 10.8218],
    ["train", 1, 18.9924],
    ["heldOut", 1, 19.1988],
  ] as const)("negative log likelihood, %s, variance %d", (name, variance, expected) => {
    const nll = exactNll(split[name], covarianceOfSigma([variance, 0, 0, variance]));
    expect(Math.abs(nll - expected)).toBeLessThan(1e-3);
  });

  it("the best five-member memory is 0.0671 nats from the posterior", () => {
    const cov = covarianceOfSigma(split.trueSigma);
    let sum = 0;
    for (let row = 0; row < 100; row++) sum += klFloor(exactAnswer(split.train, row, cov), 5);
    expect(Math.abs(sum / 100 - 0.0671)).toBeLessThan(1e-4);
  });
});

describe("posterior", () => {
  it("sums to 1, and the counts for a mass are the smallest", () => {
    const probability = posterior(exactAnswer(split.train, 12, covarianceOfSigma(split.trueSigma)));
    expect(probability.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
    const sorted = Float64Array.from(probability).sort().reverse();
    const count = countForMass(probability, 0.99);
    const mass = (n: number) => sorted.subarray(0, n).reduce((sum, p) => sum + p, 0);
    expect(mass(count)).toBeGreaterThanOrEqual(0.99);
    expect(mass(count - 1)).toBeLessThan(0.99);
  });

  it("gives pair probabilities that agree with the clusterings", () => {
    const exact = clusters.tools.exactPosterior(split.train.row(3), split.trueSigma);
    const together = clusters.tools.together(exact.programs, exact.probability);
    let first = 0;
    for (const [i, program] of exact.programs.entries()) {
      if (labelOf(program, 1) === labelOf(program, 4)) first += exact.probability[i]!;
    }
    expect(together[1 * 7 + 4]).toBeCloseTo(first, 12);
    expect(together[4 * 7 + 1]).toBeCloseTo(first, 12);
    for (let j = 0; j < 7; j++) expect(together[8 * j]).toBeCloseTo(1, 12);
  });

  it("counts how many clusterings carry the mass", () => {
    const study = clusters.tools.posteriorMassStudy(split.train.points, split.trueSigma);
    expect(study.numSets).toBe(100);
    expect(study.floors.find(({ size }) => size === 5)?.kl).toBeCloseTo(0.0671, 4);
    const counts = study.levels.map(({ mean }) => mean);
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    for (const level of study.levels) expect(level.max).toBeGreaterThanOrEqual(level.ninetieth);
  });
});

// Samplers against the laws they sample from. Seeds are fixed; tolerances are 4 standard errors.

import { describe, expect, it } from "vitest";
import { sampleCloud } from "../../src/domains/clusters/clusterPosterior";
import { plainClustersModel } from "../../src/domains/clusters/clustersModel";
import { generateData, TRUE_VARIANCE } from "../../src/domains/clusters/data";
import { enumeration } from "../../src/domains/clusters/enumeration";
import { sampleClustering, samplePairs } from "../../src/domains/clusters/generative";
import { labelOf, numClusters, parseProgram } from "../../src/domains/clusters/program";
import { Rng } from "../../src/engine/rng/rng";

/** |frequency - p| within 4 standard errors of n draws. */
function expectFrequency(count: number, n: number, p: number): void {
  expect(Math.abs(count / n - p)).toBeLessThanOrEqual(4 * Math.sqrt((p * (1 - p)) / n) + 1e-12);
}

function expectMoment(values: readonly number[], expected: number): void {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  expect(Math.abs(mean - expected)).toBeLessThan(4 * Math.sqrt(variance / values.length));
}

describe("the Chinese restaurant process", () => {
  it("draws clusterings as often as the prior says", () => {
    const { programs, logPrior, count, indexOf } = enumeration();
    const n = 40_000;
    const rng = new Rng(1);
    const seen = new Float64Array(count);
    for (let i = 0; i < n; i++) seen[indexOf(sampleClustering(rng))]! += 1;
    let chiSquare = 0;
    for (let i = 0; i < count; i++)
      chiSquare += (seen[i]! - n * Math.exp(logPrior[i]!)) ** 2 / (n * Math.exp(logPrior[i]!));
    // 876 degrees of freedom: standard deviation sqrt(2 * 876) = 41.9.
    expect(Math.abs(chiSquare - 876)).toBeLessThan(4 * 41.9);
    const single = programs.findIndex((program) => numClusters(program) === 1);
    expectFrequency(seen[single]!, n, 1 / 7);
  });
});

describe("points", () => {
  const theta = [0.5, 0.2, -0.1, 0.3];
  const { points, clusterings } = samplePairs(6000, theta, new Rng(2));
  const pairs = (isTogether: boolean, of: (i: number, j: number, at: number) => number) =>
    Array.from(clusterings, (program, row) => {
      const same = labelOf(program, 2) === labelOf(program, 5);
      return same === isTogether ? of(2 * 2, 2 * 5, row * 14) : Number.NaN;
    }).filter((value) => !Number.isNaN(value));
  const coordinate = (index: number) => points[index]!;

  it("have mean 0, variance I + Sigma, and share a centre within a cluster only", () => {
    const all = Array.from(clusterings, (_, row) => coordinate(row * 14 + 4));
    expectMoment(all, 0);
    expectMoment(
      all.map((x) => x * x),
      1 + 0.5 ** 2 + 0.2 ** 2,
    );
    expectMoment(
      pairs(true, (i, j, at) => coordinate(at + i) * coordinate(at + j)),
      1,
    );
    expectMoment(
      pairs(false, (i, j, at) => coordinate(at + i) * coordinate(at + j)),
      0,
    );
  });

  it("scatter with Sigma = Theta Theta^T around their centre", () => {
    const cross = pairs(
      true,
      (i, j, at) => (coordinate(at + i) - coordinate(at + j)) * (coordinate(at + i + 1) - coordinate(at + j + 1)),
    );
    expectMoment(cross, 2 * (0.5 * -0.1 + 0.2 * 0.3));
  });

  it("of fresh data have the true variance within clusters", () => {
    const { train, trainTruth } = generateData(3000, 4);
    const squares: number[] = [];
    for (const [row, program] of trainTruth.entries()) {
      if (labelOf(program, 0) === labelOf(program, 1)) squares.push((train.row(row)[0]! - train.row(row)[2]!) ** 2);
    }
    expectMoment(squares, 2 * TRUE_VARIANCE);
  });
});

describe("recognition", () => {
  it("proposes clusterings as often as q says", async () => {
    const model = plainClustersModel(new Rng(7));
    const batch = { observations: generateData(1, 3).train, ids: Int32Array.of(0) };
    const n = 20_000;
    const { programs } = await model.propose(batch, n, new Rng(8));
    const all = enumeration();
    const seen = new Float64Array(all.count);
    for (const program of programs.values) seen[all.indexOf(program)]! += 1;
    const values = all.programs.slice();
    const logQ = await model.logQ(batch, { values, numParticles: all.count, batchSize: 1, length: 1 });
    for (let i = 0; i < all.count; i++) {
      const p = Math.exp(logQ[i]!);
      // 877 comparisons at once: 5 standard errors, and one draw for the rarest.
      expect(Math.abs(seen[i]! / n - p)).toBeLessThan(5 * Math.sqrt(p / n) + 1 / n);
    }
  });
});

describe("clouds", () => {
  it.each([
    ["of centres", false, 0],
    ["predictive", true, 1],
  ] as const)("%s have the posterior's mean and covariance", (_, predictive, added) => {
    const [xx, xy, yy] = [0.3, 0.1, 0.2];
    const parsed = parseProgram("AAAAAAB");
    const program = parsed.ok ? (parsed.program[0] ?? 0) : 0;
    const points = Float64Array.from({ length: 14 }, (_, i) => (i % 2 === 0 ? 1 : -0.5));
    const clouds = Array.from({ length: 20 }, (_, seed) =>
      sampleCloud(points, program, [xx, xy, xy, yy], predictive, new Rng(seed)),
    );
    const samples = clouds.flatMap((cloud) =>
      Array.from(cloud.labels, (label, i) => ({ label, x: cloud.points[2 * i]!, y: cloud.points[2 * i + 1]! })),
    );
    const first = samples.filter(({ label }) => label === 0);
    expect(first.length).toBe(20 * 600);
    // V = (I + n Sigma^-1)^-1 and m = n V Sigma^-1 mean, n = 6, written out with an explicit inverse.
    const det = xx * yy - xy * xy;
    const [pXX, pXY, pYY] = [1 + (6 * yy) / det, (-6 * xy) / det, 1 + (6 * xx) / det];
    const detP = pXX * pYY - pXY * pXY;
    const [vXX, vXY] = [pYY / detP, -pXY / detP];
    const [bX, bY] = [(6 * (yy * 1 - xy * -0.5)) / det, (6 * (-xy * 1 + xx * -0.5)) / det];
    const mX = vXX * bX + vXY * bY;
    const mY = vXY * bX + (pXX / detP) * bY;
    expectMoment(
      first.map(({ x }) => x),
      mX,
    );
    expectMoment(
      first.map(({ x }) => (x - mX) ** 2),
      vXX + added * xx,
    );
    expectMoment(
      first.map(({ x, y }) => (x - mX) * (y - mY)),
      vXY + added * xy,
    );
  });
});

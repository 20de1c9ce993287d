// The estimator lens shows what algorithms do: its coefficients are read off their steps and must equal the estimators'
// formulas on reference vectors, add up as those say, and give the real gradient on the model they came from.

import { describe, expect, it } from "vitest";
import { algorithms } from "../../src/engine/algorithms/list";
import { logSumExp } from "../../src/engine/dists/logs";
import type { Programs } from "../../src/engine/model";
import { defaultsOf } from "../../src/engine/options";
import { type LensParticles, lensRows } from "../../src/engine/questions/lens";
import { Rng } from "../../src/engine/rng/rng";
import { COMMON_OPTIONS, type CommonOptions } from "../../src/engine/run/options";

// The cast: defaultsOf returns the table's defaults, which CommonOptions describes.
const defaults = defaultsOf(COMMON_OPTIONS) as unknown as CommonOptions;

function particlesOf(
  values: readonly number[],
  numRemembered: number,
  scores: {
    readonly logPrior: readonly number[];
    readonly logLikelihood: readonly number[];
    readonly logQ: readonly number[];
  },
): LensParticles {
  const programs: Programs = { values: Int32Array.from(values), numParticles: values.length, batchSize: 1, length: 1 };
  return { programs, numRemembered, ...scores };
}

const printed = (given: LensParticles) => Array.from(given.programs.values, (value) => `rule ${value}`);
async function rowsOf(given: LensParticles, options: Partial<CommonOptions> = {}) {
  const rows = await lensRows(given, printed(given), { ...defaults, ...options });
  return Object.fromEntries(rows.map((row) => [row.title, row]));
}
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const close = (given: readonly number[], expected: ArrayLike<number>) => {
  expect(given).toHaveLength(expected.length);
  for (const [k, value] of given.entries()) expect(value).toBeCloseTo(expected[k]!, 12);
};

// Weights 1/2, 1/4, 1/8, 1/8 by construction: log p - log q = log w + 3.
const weights = [0.5, 0.25, 0.125, 0.125];
const logQ = [-1, -2, -1.5, -0.5];
const fourths = particlesOf([110, 30, 90, 22], 0, {
  logPrior: [-5, -5, -5, -5],
  logLikelihood: weights.map((w, k) => Math.log(w) + 3 + logQ[k]! + 5),
  logQ,
});

describe("coefficients on reference vectors", () => {
  it("RWS: the weights on both; in sleep none on q", async () => {
    const rows = await rowsOf(fourths);
    close(rows["RWS wake"]!.theta, weights);
    close(rows["RWS wake"]!.phi, weights);
    close(rows["RWS sleep"]!.theta, weights);
    close(rows["RWS sleep"]!.phi, [0, 0, 0, 0]);
  });

  it("VIMCO: (L - c_k) - w_k, with c_k from the geometric mean of the others", async () => {
    const { VIMCO } = await rowsOf(fourths);
    close(VIMCO!.theta, weights);
    const bound = Math.log(Math.exp(3) / 4); // (1/4) sum_k w_k e^3
    const expected = weights.map((w, k) => {
      const others = weights.filter((_, j) => j !== k);
      const mean = Math.cbrt(others.reduce((product, value) => product * value, 1));
      const control = Math.log(((sum(others) + mean) * Math.exp(3)) / 4);
      return bound - control - w;
    });
    close(VIMCO!.phi, expected);
  });

  it("REINFORCE: 1/K on p; (log w_k - mean of the others - 1) / K on q", async () => {
    const { REINFORCE } = await rowsOf(fourths);
    close(REINFORCE!.theta, [0.25, 0.25, 0.25, 0.25]);
    const logs = weights.map(Math.log);
    close(
      REINFORCE!.phi,
      logs.map((value) => (value - (sum(logs) - value) / 3 - 1) / 4),
    );
    expect(sum(REINFORCE!.phi)).toBeCloseTo(-1, 12);
  });

  it("MWS: weights in proportion to p(z, x) over the best distinct ones; q does not matter", async () => {
    // Two remembered, three proposals: a better one, a worse one, a copy of a member.
    const joint = [-10, -12, -9, -30, -10];
    const given = particlesOf([110, 30, 90, 22, 110], 2, {
      logPrior: joint.map(() => -5),
      logLikelihood: joint.map((value) => value + 5),
      logQ: [-8, -1, -2, -3, -8],
    });
    const rows = await rowsOf(given);
    const kept = [-10, -9]; // M = 2: 110 and the better proposal 90 stay, 30 leaves
    const total = logSumExp(kept);
    const expected = [Math.exp(-10 - total), 0, Math.exp(-9 - total), 0, 0];
    close(rows["MWS replay"]!.theta, expected);
    close(rows["MWS replay"]!.phi, expected);
    close(rows["MWS fantasy"]!.theta, expected);
    close(rows["MWS fantasy"]!.phi, [0, 0, 0, 0, 0]);
    expect(rows["MWS fantasy"]!.note).toMatch(/dreams/);
  });

  it("equal samples keep a coefficient each, and a run without memory has MWS start one from its samples", async () => {
    const given = particlesOf([7, 7, 9], 0, {
      logPrior: [-1, -1, -1],
      logLikelihood: [-1, -1, -2],
      logQ: [-1, -1, -1],
    });
    const rows = await rowsOf(given, { algorithm: "rws", particles: 4 });
    const w = 1 / (2 + Math.exp(-1));
    close(rows["RWS wake"]!.theta, [w, w, 1 - 2 * w]);
    const one = 1 / (1 + Math.exp(-1));
    close(rows["MWS replay"]!.theta, [one, 0, 1 - one]);
  });
});

describe("sums, over random particles", () => {
  it.each([1, 2, 3, 4, 5])("hold for seed %i", async (seed) => {
    const rng = new Rng(seed).fork("lens");
    const count = 8;
    const random = (scale: number) => Array.from({ length: count }, () => -10 + scale * rng.normal());
    const given = particlesOf(
      Array.from({ length: count }, (_, k) => k),
      4,
      { logPrior: random(1), logLikelihood: random(5), logQ: random(2) },
    );
    const rows = await rowsOf(given);
    for (const title of ["MWS replay", "MWS fantasy", "RWS wake", "RWS sleep", "VIMCO"]) {
      expect(sum(rows[title]!.theta)).toBeCloseTo(1, 10);
    }
    for (const title of ["MWS replay", "RWS wake"]) expect(rows[title]!.phi).toEqual(rows[title]!.theta);
    for (const title of ["MWS fantasy", "RWS sleep"]) expect(sum(rows[title]!.phi)).toBe(0);
    expect(sum(rows["REINFORCE"]!.theta)).toBeCloseTo(1, 10);
    expect(sum(rows["REINFORCE"]!.phi)).toBeCloseTo(-1, 10);
    const remembered = rows["MWS replay"]!.theta.filter((a) => a > 0).length;
    expect(remembered).toBeLessThanOrEqual(4);
  });
});

describe("rows", () => {
  it("are every algorithm of the registry, in every variant", async () => {
    const rows = await lensRows(fourths, printed(fourths), defaults);
    expect(rows.map((row) => row.title)).toEqual(
      algorithms.flatMap((algorithm) => algorithm.lens.map((variant) => variant.title)),
    );
    expect(rows.map((row) => row.title)).toEqual([
      "MWS replay",
      "MWS fantasy",
      "RWS wake",
      "RWS sleep",
      "VIMCO",
      "REINFORCE",
    ]);
  });

  it.each([
    [{ algorithm: "mws", sleep: "replay" }, ["MWS replay"]],
    [{ algorithm: "mws", sleep: "fantasy" }, ["MWS fantasy"]],
    [{ algorithm: "mws", sleep: "mix" }, ["MWS replay", "MWS fantasy"]],
    [{ algorithm: "rws", phi: "sleep", sleep: "mix" }, ["RWS sleep"]],
    [{ algorithm: "vimco" }, ["VIMCO"]],
  ] as const)("%o marks %o as the run's own", async (options, own) => {
    const rows = await lensRows(fourths, printed(fourths), { ...defaults, ...options });
    expect(rows.filter((row) => row.isOwn).map((row) => row.title)).toEqual(own);
  });

  it("each have a sentence with this observation's numbers", async () => {
    const rows = await rowsOf(fourths);
    for (const row of Object.values(rows)) expect(row.sentence).not.toMatch(/NaN|undefined|Infinity/);
    expect(rows["MWS replay"]!.sentence).toContain("rule 110 carries weight 0.");
    expect(rows["RWS wake"]!.sentence).toContain("rule 110 gets a = b = 0.50; the 4 samples are worth 2.91 equal ones");
    expect(rows["VIMCO"]!.sentence).toContain("a = 0.50 for rule 110");
    expect(rows["REINFORCE"]!.sentence).toContain("a = 1/4 = 0.25");
  });

  it("say so when no particle explains the observation, without a number that is not one", async () => {
    const given = particlesOf([1, 2], 0, {
      logPrior: [-1, -1],
      logLikelihood: [-Infinity, -Infinity],
      logQ: [-1, -1],
    });
    for (const row of Object.values(await rowsOf(given))) {
      expect([...row.theta, ...row.phi].every((value) => value === 0)).toBe(true);
      expect(row.sentence).toContain("None of these programs explains the observation");
    }
  });
});

// The expected coefficients are the derivative of the expected bound: summed over every tuple of K particles.

import { describe, expect, it } from "vitest";
import {
  elbo,
  kSampleBound,
  logWeights,
  normalisedWeights,
  reinforceCoefficients,
  vimcoCoefficients,
} from "../../src/engine/algorithms/estimators";
import { logSumExp } from "../../src/engine/dists/logs";
import { Rng } from "../../src/engine/rng/rng";

const NUM_PROGRAMS = 3;

/** log softmax of logits. */
const logQOf = (logits: Float64Array) => logits.map((value) => value - logSumExp(logits));

/** Every tuple of K programs. */
function tuples(numParticles: number): number[][] {
  if (numParticles === 0) return [[]];
  return tuples(numParticles - 1).flatMap((head) => Array.from({ length: NUM_PROGRAMS }, (_, z) => [...head, z]));
}

/** Expectation over z_1..z_K ~ q of f(logP, logQ of the tuple, tuple). */
function expectation(
  logJoint: Float64Array,
  logits: Float64Array,
  numParticles: number,
  f: (logP: Float64Array, logQ: Float64Array, tuple: readonly number[]) => number,
): number {
  const logQ = logQOf(logits);
  let sum = 0;
  for (const tuple of tuples(numParticles)) {
    const p = Float64Array.from(tuple, (z) => logJoint[z]!);
    const q = Float64Array.from(tuple, (z) => logQ[z]!);
    sum += Math.exp(q.reduce((a, b) => a + b, 0)) * f(p, q, tuple);
  }
  return sum;
}

const cases = [
  { name: "VIMCO", coefficients: vimcoCoefficients, bound: kSampleBound, particles: [2, 3, 4] },
  { name: "REINFORCE", coefficients: reinforceCoefficients, bound: elbo, particles: [1, 2, 3] },
];

describe.each(cases)("$name", ({ coefficients, bound, particles }) => {
  it.each(particles)("has the gradient of its bound in phi as its mean, K = %i", (numParticles) => {
    const rng = new Rng(numParticles);
    const logJoint = Float64Array.from({ length: NUM_PROGRAMS }, () => -3 + rng.normal());
    const logits = Float64Array.from({ length: NUM_PROGRAMS }, () => rng.normal());
    const meanBound = (at: Float64Array) => expectation(logJoint, at, numParticles, (p, q) => bound(logWeights(p, q)));
    for (let i = 0; i < NUM_PROGRAMS; i++) {
      const h = 1e-5;
      const up = logits.map((value, j) => value + (j === i ? h : 0));
      const down = logits.map((value, j) => value - (j === i ? h : 0));
      const slope = (meanBound(up) - meanBound(down)) / (2 * h);
      const q = logQOf(logits).map(Math.exp);
      const mean = expectation(logJoint, logits, numParticles, (p, logQ, tuple) => {
        const b = coefficients(logWeights(p, logQ));
        // grad_i log q(z) = [z = i] - q_i
        return tuple.reduce((sum, z, k) => sum + b[k]! * ((z === i ? 1 : 0) - q[i]!), 0);
      });
      expect(mean).toBeCloseTo(slope, 8);
    }
  });
});

describe("particles of weight 0", () => {
  it("count as log weight -1000 in VIMCO's baselines, so the only possible one is praised by what it adds", () => {
    const [praised, blamed] = vimcoCoefficients(Float64Array.of(-80, -Infinity));
    // L = -80 - ln 2; without it L = -1000 - ln 2 in its place; its weight is 1.
    expect(praised).toBeCloseTo(-80 - -1000 - 1, 9);
    // Replaced by the other: L = -80.
    expect(blamed).toBeCloseTo(-Math.LN2, 9);
    // Log weights below the floor keep their order: nothing possible is worse than the impossible.
    const deep = vimcoCoefficients(Float64Array.of(-3000, -2000, -Infinity));
    expect(deep[2]).toBeLessThan(deep[1]!);
  });
  it("leave every coefficient finite", () => {
    const logWeight = Float64Array.of(-Infinity, -3, -Infinity, -4);
    for (const rule of [vimcoCoefficients, reinforceCoefficients, normalisedWeights]) {
      expect(rule(logWeight).every(Number.isFinite)).toBe(true);
      expect(rule(new Float64Array(3).fill(-Infinity)).every((value) => value === 0)).toBe(true);
    }
  });
});

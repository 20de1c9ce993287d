// The format of mws-gmm.json (MWS spec 4.1) and how its values are compared: any section or field may be missing from
// another file; non-finite scores are strings.

import { expect } from "vitest";
import { normalisedWeights } from "../../src/engine/algorithms/estimators";
import { logSumExp } from "../../src/engine/dists/logs";
import { keepBest } from "../../src/engine/memory/keepBest";

export type Matrix = number[][];
export type Score = number | "-inf" | "nan" | "inf";
export type Scored = { program: number[]; score: Score };
export type Marginal = {
  log_marginal?: number;
  posterior_entropy?: number;
  top5?: { z: number[]; posterior: number }[];
  best_possible_memory_kl?: Record<string, number>;
};
export type DataCase = {
  x: Matrix;
  generating_z?: number[];
  clusterings?: {
    z: number[];
    log_prior?: number;
    log_lik?: Record<string, number>;
    grad_log_lik_wrt_theta?: Record<string, Matrix>;
  }[];
  marginals?: Record<string, Marginal>;
};
export type RecognitionCase = {
  dataset: number;
  logits?: Matrix;
  z?: Matrix;
  log_q?: number[];
  kl_q_posterior_true?: number;
  kl_posterior_q_true?: number;
};
export type EstimatorCase = Record<string, Score | Score[] | undefined>;
export type ImportanceCase = {
  dataset: number;
  theta: string;
  particles: Matrix;
  log_joint: number[];
  log_q: number[];
  normalised_weights?: number[];
  num_unique?: number;
  kl_aggregated_to_true_posterior?: number;
};
export type MemoryCase = {
  name?: string;
  M: number;
  memory_before: Scored[];
  proposals: Scored[];
  memory_after?: Scored[];
  weights_after?: number[];
  memory_elbo?: Score;
  num_inserted?: number;
  evaluations?: number;
  kl_memory_posterior?: number;
};
export type Vectors = {
  format?: string;
  J?: number;
  dim?: number;
  alpha?: number;
  num_partitions?: number;
  bell_numbers_1_to_7?: number[];
  thetas?: Record<string, Matrix>;
  datasets?: DataCase[];
  recognition?: { W1: Matrix; b1: number[]; W2: Matrix; b2: number[]; cases?: RecognitionCase[] };
  estimators?: EstimatorCase[];
  importance_posterior?: ImportanceCase[];
  memory_updates?: MemoryCase[];
  gmm_memory_trajectory?: { dataset: number; theta: string; log_marginal?: number; steps?: MemoryCase[] };
};

/** Runs `check` if the field is in the file. */
export function given<T>(field: T | undefined, check: (field: T) => void): void {
  if (field !== undefined) check(field);
}

/** 1e-6 relative to max(1, |expected|), plus half a unit of the last printed digit. */
export function expectNear(actual: number, expected: number, digits = 8, what = ""): void {
  if (actual === expected) return;
  const tolerance = 1e-6 * Math.max(1, Math.abs(expected)) + 0.5 * 10 ** -digits;
  expect(Math.abs(actual - expected), `${what}: ${actual} against ${expected}`).toBeLessThanOrEqual(tolerance);
}

export function expectAllNear(actual: ArrayLike<number>, expected: number[], digits = 8, what = ""): void {
  expect(actual.length, what).toBe(expected.length);
  for (const [i, value] of expected.entries()) expectNear(actual[i] ?? Number.NaN, value, digits, `${what}[${i}]`);
}

export const number = (score: Score): number =>
  score === "-inf" ? -Infinity : score === "inf" ? Infinity : score === "nan" ? Number.NaN : score;

/** One memory update through the engine's keepBest. */
export function checkUpdate(c: MemoryCase): void {
  const candidates = [
    ...c.memory_before,
    ...new Array<Scored | null>(c.M - c.memory_before.length).fill(null),
    ...c.proposals,
  ];
  const length = Math.max(1, ...candidates.map((candidate) => candidate?.program.length ?? 0));
  const values = new Int32Array(candidates.length * length).fill(-1);
  for (const [k, candidate] of candidates.entries()) values.set(candidate?.program ?? [], k * length);
  const logJoint = Float64Array.from(candidates, (candidate) => (candidate ? number(candidate.score) : 0));
  const result = keepBest({
    ids: Int32Array.of(0),
    programs: { values, numParticles: candidates.length, batchSize: 1, length },
    memorySize: c.M,
    present: Uint8Array.from({ length: c.M }, (_, m) => (m < c.memory_before.length ? 1 : 0)),
    bornAt: new Int32Array(c.M),
    logJoint,
    step: 1,
  });
  const count = result.update.counts[0] ?? 0;
  const kept = Array.from({ length: count }, (_, m) =>
    Array.from(result.update.programs.values.subarray(m * length, (m + 1) * length)).filter((token) => token >= 0),
  );
  const scores = result.update.logJoint.slice(0, count);
  given(c.memory_after, (after) => {
    expect(kept).toEqual(after.map(({ program }) => program));
    expect(Array.from(scores)).toEqual(after.map(({ score }) => number(score)));
  });
  given(c.weights_after, (expected) => expectAllNear(normalisedWeights(scores), expected, 8, "weights_after"));
  given(c.memory_elbo, (score) => {
    const bound = number(score);
    if (Number.isFinite(bound)) expectNear(logSumExp(scores), bound, 8, "memory_elbo");
    else expect(logSumExp(scores)).toBe(bound);
  });
  given(c.num_inserted, (expected) => expect(result.numAccepted).toBe(expected));
  given(c.evaluations, (expected) => expect(result.evaluations).toBe(expected));
}

// Reference vectors of the CRP mixture, the estimators and the memory: every section of mws-gmm.json that is present.
// Read from LAB_FIXTURES if set, else from test/fixtures/reference. Values are float64 printed to 8 digits or fewer;
// tolerance: 1e-6 relative to max(1, |value|), plus half a unit of the last printed digit (MWS spec 4).

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { clusteringsOf, enumeration, logPriorOf } from "../../src/domains/clusters/enumeration";
import { allLogQ } from "../../src/domains/clusters/evaluate";
import {
  descending,
  entropy,
  exactAnswer,
  klBothWays,
  klFloor,
  klToPosterior,
  mergeRepeated,
  posterior,
} from "../../src/domains/clusters/exact";
import { addSigmaGradient, clusterTerm, covarianceOfTheta, thetaGradient } from "../../src/domains/clusters/likelihood";
import { NUM_STATISTICS, PointSets } from "../../src/domains/clusters/pointSets";
import { clusterMasks, NUM_POINTS, packLabels } from "../../src/domains/clusters/program";
import { forward, logQOf, NUM_WEIGHTS, OFFSET } from "../../src/domains/clusters/recognition";
import {
  effectiveSampleSize,
  elbo,
  kSampleBound,
  logWeights,
  normalisedWeights,
  reinforceBaselines,
  reinforceCoefficients,
  vimcoCoefficients,
  vimcoControlVariates,
} from "../../src/engine/algorithms/estimators";
import { logSumExp } from "../../src/engine/dists/logs";
import { keepBest } from "../../src/engine/memory/keepBest";
import type { Matrix, MemoryCase, Score, Scored, Vectors } from "../helpers/gmmVectors";

const path = join(process.env["LAB_FIXTURES"] ?? "test/fixtures/reference", "mws-gmm.json");
const vectors: Vectors = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
const alpha = vectors.alpha ?? 1;
/** A file without `thetas` still names the two that the specification defines. */
const isotropic = (root: number): Matrix => [0, 1].map((row) => [0, 1].map((column) => (row === column ? root : 0)));
const thetas = vectors.thetas ?? { identity: isotropic(1), true: isotropic(Math.sqrt(0.03)) };
const datasets = vectors.datasets ?? [];

/** 1e-6 relative to max(1, |expected|), plus half a unit of the last printed digit. */
function expectNear(actual: number, expected: number, digits = 8, what = ""): void {
  if (actual === expected) return;
  const tolerance = 1e-6 * Math.max(1, Math.abs(expected)) + 0.5 * 10 ** -digits;
  expect(Math.abs(actual - expected), `${what}: ${actual} against ${expected}`).toBeLessThanOrEqual(tolerance);
}

function expectAllNear(actual: ArrayLike<number>, expected: number[], digits = 8, what = ""): void {
  expect(actual.length, what).toBe(expected.length);
  for (const [i, value] of expected.entries()) expectNear(actual[i] ?? Number.NaN, value, digits, `${what}[${i}]`);
}

const number = (score: Score): number =>
  score === "-inf" ? -Infinity : score === "inf" ? Infinity : score === "nan" ? Number.NaN : score;
const theta = (name: string): number[] => (thetas[name] ?? []).flat();
const cov = (name: string) => covarianceOfTheta(theta(name));
const setsOf = (index: number) => new PointSets(Float64Array.from((datasets[index]?.x ?? []).flat()));
const indexOf = (labels: number[]) => enumeration().indexOf(packLabels(labels));
const numbers = (value: Score | Score[] | undefined): number[] => (Array.isArray(value) ? value.map(number) : []);
const hasDataset = ({ dataset }: { dataset: number }) => datasets[dataset] !== undefined;

it("has a vector file", () => {
  expect(existsSync(path), path).toBe(true);
  expect(vectors.format ?? "mws-gmm/1").toBe("mws-gmm/1");
  expect(vectors.J ?? NUM_POINTS).toBe(NUM_POINTS);
  expect(vectors.dim ?? 2).toBe(2);
});

it.runIf(process.env["LAB_FIXTURES"] === undefined)("the committed file has every section", () => {
  const sections = ["alpha", "thetas", "bell_numbers_1_to_7", "num_partitions", "datasets", "recognition"];
  const others = ["estimators", "importance_posterior", "memory_updates", "gmm_memory_trajectory"];
  expect(Object.keys(vectors)).toEqual(expect.arrayContaining([...sections, ...others]));
});

it.runIf(vectors.bell_numbers_1_to_7)("bell_numbers_1_to_7", () => {
  expect([1, 2, 3, 4, 5, 6, 7].map((n) => clusteringsOf(n).length)).toEqual(vectors.bell_numbers_1_to_7);
});

it.runIf(vectors.num_partitions)("num_partitions", () => {
  expect(enumeration().count).toBe(vectors.num_partitions);
});

describe.each(datasets.map((data, index) => ({ data, index })))("datasets[$index]", ({ data, index }) => {
  const sets = setsOf(index);

  it("generating_z is canonical", () => {
    expect(indexOf(data.generating_z)).toBeGreaterThanOrEqual(0);
  });

  it.each(data.clusterings ?? [])("clustering $z", (clustering) => {
    const program = packLabels(clustering.z);
    const masks = new Int32Array(NUM_POINTS);
    const count = clusterMasks(program, masks);
    expectNear(logPriorOf(program, alpha), clustering.log_prior, 8, "log_prior");
    sets.ready(0);
    for (const name of Object.keys(clustering.log_lik).filter((key) => thetas[key])) {
      let logLikelihood = 0;
      const gradient = new Float64Array(3);
      for (let c = 0; c < count; c++) {
        const at = (masks[c] ?? 0) * NUM_STATISTICS;
        logLikelihood += clusterTerm(sets.statistics, at, cov(name));
        addSigmaGradient(sets.statistics, at, cov(name), 1, gradient);
      }
      const answer = exactAnswer(sets, 0, cov(name));
      expectNear(logLikelihood, clustering.log_lik[name] ?? Number.NaN, 8, `log_lik ${name}`);
      expectNear((answer.logJoint[indexOf(clustering.z)] ?? 0) - logPriorOf(program), logLikelihood, 8, "table");
      const expected = (clustering.grad_log_lik_wrt_theta[name] ?? []).flat();
      expectAllNear(thetaGradient(gradient, theta(name)), expected, 5, `gradient ${name}`);
    }
  });

  it.each(Object.entries(data.marginals ?? {}).filter(([name]) => thetas[name]))(
    "marginals under %s",
    (name, marginal) => {
      const answer = exactAnswer(sets, 0, cov(name));
      const probability = posterior(answer);
      expectNear(answer.logPx, marginal.log_marginal, 8, "log_marginal");
      expectNear(entropy(probability), marginal.posterior_entropy, 8, "posterior_entropy");
      const order = descending(probability);
      for (const [rank, { z, posterior: expected }] of marginal.top5.entries()) {
        expectNear(probability[order[rank] ?? 0] ?? Number.NaN, expected, 8, `rank ${rank}`);
        expectNear(probability[indexOf(z)] ?? Number.NaN, expected, 8, `top5[${rank}]`);
      }
      for (const [size, floor] of Object.entries(marginal.best_possible_memory_kl)) {
        expectNear(klFloor(answer, Number(size)), floor, 8, `best_possible_memory_kl ${size}`);
      }
    },
  );
});

describe.runIf(vectors.recognition)("recognition", () => {
  const weights = vectors.recognition ?? { W1: [], b1: [], W2: [], b2: [], cases: [] };
  const values = new Float64Array(NUM_WEIGHTS);
  for (const [o, row] of weights.W1.entries())
    for (const [i, w] of row.entries()) values[i * weights.W1.length + o] = w;
  values.set(weights.b1, OFFSET.bias1);
  for (const [o, row] of weights.W2.entries()) {
    for (const [i, w] of row.entries()) values[OFFSET.weight2 + i * weights.W2.length + o] = w;
  }
  values.set(weights.b2, OFFSET.bias2);

  it.each(weights.cases.filter(hasDataset))("case of dataset $dataset", (c) => {
    const pass = forward(values, setsOf(c.dataset), Int32Array.of(0));
    expectAllNear(pass.logits, c.logits.flat(), 6, "logits");
    expectAllNear(
      c.z.map((z) => logQOf(pass, 0, packLabels(z))),
      c.log_q,
      8,
      "log_q",
    );
    const both = klBothWays(allLogQ(pass, 0), exactAnswer(setsOf(c.dataset), 0, cov("true")));
    expectNear(both.reverse, c.kl_q_posterior_true, 8, "kl_q_posterior_true");
    expectNear(both.forward, c.kl_posterior_q_true, 8, "kl_posterior_q_true");
  });
});

describe.each((vectors.estimators ?? []).map((e, index) => ({ e, index })))("estimators[$index]", ({ e }) => {
  const logP = Float64Array.from(numbers(e["log_p"]));
  const logQ = Float64Array.from(numbers(e["log_q"]));
  const logWeight = logWeights(logP, logQ);
  const weight = normalisedWeights(logWeight);
  const bound = kSampleBound(logWeight);
  const coefficient = vimcoCoefficients(logWeight);
  const control = vimcoControlVariates(logWeight);
  const dot = (a: Float64Array, b: Float64Array) =>
    a.reduce((sum, value, k) => sum + (value === 0 ? 0 : value * (b[k] ?? Number.NaN)), 0);
  const mean = (a: Float64Array) => a.reduce((sum, value) => sum + value, 0) / a.length;
  const signals = control.map((value) => bound - value);
  const baselines = reinforceBaselines(logWeight);
  const computed: Record<string, number | Float64Array> = {
    log_weights: logWeight,
    iwae_bound: bound,
    elbo: elbo(logWeight),
    normalised_weights: weight,
    ess: effectiveSampleSize(weight),
    rws_theta_loss: -bound,
    rws_theta_loss_alt_weighted_logp: -dot(weight, logP),
    rws_wake_phi_loss: -dot(weight, logQ),
    vimco_control_variates: control,
    vimco_learning_signals: signals,
    vimco_surrogate_loss: -bound - dot(signals, logQ),
    vimco_coefficient_on_grad_log_q: coefficient,
    reinforce_leave_one_out_baseline: baselines,
    reinforce_loo_signals: logWeight.map((value, k) => value - (baselines[k] ?? Number.NaN)),
    reinforce_surrogate_loss_no_baseline: -mean(logWeight.map((value, k) => value * (logQ[k] ?? 0) + value)),
  };

  it.each(Object.entries(computed).filter(([name]) => e[name] !== undefined))("%s", (name, value) => {
    const expected = e[name];
    if (typeof value !== "number") expectAllNear(value, numbers(expected), 8, name);
    else if (!Array.isArray(expected)) expectNear(value, number(expected ?? "nan"), 8, name);
    else throw new Error(`${name} is a list`);
  });

  it.runIf(e["reinforce_loo_signals"])("REINFORCE's coefficient follows from its signal", () => {
    const loo = numbers(e["reinforce_loo_signals"]);
    expectAllNear(
      reinforceCoefficients(logWeight),
      loo.map((signal) => (signal - 1) / loo.length),
      8,
      "coefficient",
    );
  });
});

describe.each((vectors.importance_posterior ?? []).map((c, index) => ({ c, index })))(
  "importance_posterior[$index]",
  ({ c }) => {
    it("merges repeats before the divergence is taken", () => {
      const weight = normalisedWeights(logWeights(Float64Array.from(c.log_joint), Float64Array.from(c.log_q)));
      expectAllNear(weight, c.normalised_weights, 8, "normalised_weights");
      const merged = mergeRepeated(c.particles.map(indexOf), weight);
      expect(merged.indices.length).toBe(c.num_unique);
      if (!hasDataset(c)) return;
      const answer = exactAnswer(setsOf(c.dataset), 0, cov(c.theta));
      const trueAnswer = exactAnswer(setsOf(c.dataset), 0, cov("true"));
      expectAllNear(
        c.particles.map((z) => answer.logJoint[indexOf(z)] ?? Number.NaN),
        c.log_joint,
        8,
        "log_joint",
      );
      const kl = klToPosterior(merged.indices, merged.weights, trueAnswer);
      expectNear(kl, c.kl_aggregated_to_true_posterior, 8, "kl_aggregated_to_true_posterior");
    });
  },
);

describe.runIf(vectors.memory_updates)("memory_updates", () => {
  it.each(vectors.memory_updates ?? [])("$name", checkUpdate);
});

describe.runIf(vectors.gmm_memory_trajectory)("gmm_memory_trajectory", () => {
  const trajectory = vectors.gmm_memory_trajectory ?? { dataset: 0, theta: "true", log_marginal: 0, steps: [] };

  it.runIf(hasDataset(trajectory))("log_marginal", () => {
    const answer = exactAnswer(setsOf(trajectory.dataset), 0, cov(trajectory.theta));
    expectNear(answer.logPx, trajectory.log_marginal, 8, "log_marginal");
  });

  it.each(trajectory.steps)("$name", (step) => {
    checkUpdate(step);
    if (!hasDataset(trajectory)) return;
    const answer = exactAnswer(setsOf(trajectory.dataset), 0, cov(trajectory.theta));
    for (const { program, score } of [...step.memory_before, ...step.proposals, ...step.memory_after]) {
      expectNear(answer.logJoint[indexOf(program)] ?? Number.NaN, number(score), 8, `score of ${program}`);
    }
    const members = step.memory_after.map(({ program }) => indexOf(program));
    const weights = normalisedWeights(Float64Array.from(members, (i) => answer.logJoint[i] ?? Number.NaN));
    const kl = klToPosterior(members, weights, answer);
    expectNear(kl, step.kl_memory_posterior ?? Number.NaN, 8, "kl_memory_posterior");
    expectNear(answer.logPx - number(step.memory_elbo), kl, 8, "KL identity of the memory bound");
  });
});

/** One memory update through the engine's keepBest. */
function checkUpdate(c: MemoryCase): void {
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
  expect(kept).toEqual(c.memory_after.map(({ program }) => program));
  expect(Array.from(scores)).toEqual(c.memory_after.map(({ score }) => number(score)));
  expectAllNear(normalisedWeights(scores), c.weights_after, 8, "weights_after");
  const bound = number(c.memory_elbo);
  if (Number.isFinite(bound)) expectNear(logSumExp(scores), bound, 8, "memory_elbo");
  else expect(logSumExp(scores)).toBe(bound);
  expect(result.numAccepted).toBe(c.num_inserted);
  expect(result.evaluations).toBe(c.evaluations);
}

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
import {
  checkUpdate,
  expectAllNear,
  expectNear,
  given,
  type Matrix,
  number,
  type Score,
  type Vectors,
} from "../helpers/gmmVectors";

const path = join(process.env["LAB_FIXTURES"] ?? "test/fixtures/reference", "mws-gmm.json");
const vectors: Vectors = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
const alpha = vectors.alpha ?? 1;
/** A file without `thetas` still names the two that the specification defines. */
const isotropic = (root: number): Matrix => [0, 1].map((row) => [0, 1].map((column) => (row === column ? root : 0)));
const thetas = { identity: isotropic(1), true: isotropic(Math.sqrt(0.03)), ...vectors.thetas };
const datasets = vectors.datasets ?? [];

const isKnown = (name: string): name is keyof typeof thetas => name in thetas;
const theta = (name: string): number[] => (isKnown(name) ? thetas[name] : []).flat();
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
    given(data.generating_z, (z) => expect(indexOf(z)).toBeGreaterThanOrEqual(0));
  });

  it.each(data.clusterings ?? [])("clustering $z", (clustering) => {
    const program = packLabels(clustering.z);
    const masks = new Int32Array(NUM_POINTS);
    const count = clusterMasks(program, masks);
    given(clustering.log_prior, (expected) => expectNear(logPriorOf(program, alpha), expected, 8, "log_prior"));
    sets.ready(0);
    const named = new Set(Object.keys({ ...clustering.log_lik, ...clustering.grad_log_lik_wrt_theta }));
    for (const name of [...named].filter(isKnown)) {
      let logLikelihood = 0;
      const gradient = new Float64Array(3);
      for (let c = 0; c < count; c++) {
        const at = (masks[c] ?? 0) * NUM_STATISTICS;
        logLikelihood += clusterTerm(sets.statistics, at, cov(name));
        addSigmaGradient(sets.statistics, at, cov(name), 1, gradient);
      }
      const answer = exactAnswer(sets, 0, cov(name));
      given(clustering.log_lik?.[name], (expected) => expectNear(logLikelihood, expected, 8, `log_lik ${name}`));
      expectNear((answer.logJoint[indexOf(clustering.z)] ?? 0) - logPriorOf(program), logLikelihood, 8, "table");
      given(clustering.grad_log_lik_wrt_theta?.[name], (expected) =>
        expectAllNear(thetaGradient(gradient, theta(name)), expected.flat(), 5, `gradient ${name}`),
      );
    }
  });

  it.each(Object.entries(data.marginals ?? {}).filter(([name]) => isKnown(name)))(
    "marginals under %s",
    (name, marginal) => {
      const answer = exactAnswer(sets, 0, cov(name));
      const probability = posterior(answer);
      given(marginal.log_marginal, (expected) => expectNear(answer.logPx, expected, 8, "log_marginal"));
      given(marginal.posterior_entropy, (expected) => expectNear(entropy(probability), expected, 8, "entropy"));
      const order = descending(probability);
      for (const [rank, { z, posterior: expected }] of (marginal.top5 ?? []).entries()) {
        expectNear(probability[order[rank] ?? 0] ?? Number.NaN, expected, 8, `rank ${rank}`);
        expectNear(probability[indexOf(z)] ?? Number.NaN, expected, 8, `top5[${rank}]`);
      }
      for (const [size, floor] of Object.entries(marginal.best_possible_memory_kl ?? {})) {
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

  it("has the network's size", () => {
    expect(weights.W1.flat().length + weights.b1.length + weights.W2.flat().length + weights.b2.length).toBe(
      NUM_WEIGHTS,
    );
  });

  it.each((weights.cases ?? []).filter(hasDataset))("case of dataset $dataset", (c) => {
    const pass = forward(values, setsOf(c.dataset), Int32Array.of(0));
    given(c.logits, (expected) => expectAllNear(pass.logits, expected.flat(), 6, "logits"));
    const logQ = (c.z ?? []).map((z) => logQOf(pass, 0, packLabels(z)));
    given(c.log_q, (expected) => expectAllNear(logQ, expected, 8, "log_q"));
    const both = klBothWays(allLogQ(pass, 0), exactAnswer(setsOf(c.dataset), 0, cov("true")));
    given(c.kl_q_posterior_true, (expected) => expectNear(both.reverse, expected, 8, "kl_q_posterior_true"));
    given(c.kl_posterior_q_true, (expected) => expectNear(both.forward, expected, 8, "kl_posterior_q_true"));
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

  it("scores as many particles twice", () => {
    expect(logP.length).toBe(logQ.length);
    expect(logP.length).toBeGreaterThan(0);
  });

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
      given(c.normalised_weights, (expected) => expectAllNear(weight, expected, 8, "normalised_weights"));
      const merged = mergeRepeated(c.particles.map(indexOf), weight);
      given(c.num_unique, (expected) => expect(merged.indices.length).toBe(expected));
      if (!hasDataset(c) || !isKnown(c.theta)) return;
      const answer = exactAnswer(setsOf(c.dataset), 0, cov(c.theta));
      const trueAnswer = exactAnswer(setsOf(c.dataset), 0, cov("true"));
      const logJoint = c.particles.map((z) => answer.logJoint[indexOf(z)] ?? Number.NaN);
      expectAllNear(logJoint, c.log_joint, 8, "log_joint");
      const kl = klToPosterior(merged.indices, merged.weights, trueAnswer);
      given(c.kl_aggregated_to_true_posterior, (expected) => expectNear(kl, expected, 8, "kl_aggregated"));
    });
  },
);

describe.each((vectors.memory_updates ?? []).map((c, index) => ({ c, index })))("memory_updates[$index]", ({ c }) => {
  it(c.name ?? "keeps the best", () => checkUpdate(c));
});

const trajectory = vectors.gmm_memory_trajectory ?? { dataset: -1, theta: "true" };

describe.runIf(vectors.gmm_memory_trajectory)("gmm_memory_trajectory", () => {
  const answer = () => exactAnswer(setsOf(trajectory.dataset), 0, cov(trajectory.theta));
  const isExact = hasDataset(trajectory) && isKnown(trajectory.theta);

  it("has the log marginal of its data set", () => {
    if (isExact) given(trajectory.log_marginal, (expected) => expectNear(answer().logPx, expected, 8, "log_marginal"));
  });

  it.each((trajectory.steps ?? []).map((step, index) => ({ step, index })))("step $index", ({ step }) => {
    checkUpdate(step);
    if (!isExact) return;
    const { logJoint, logPx } = answer();
    for (const { program, score } of [...step.memory_before, ...step.proposals, ...(step.memory_after ?? [])]) {
      expectNear(logJoint[indexOf(program)] ?? Number.NaN, number(score), 8, `score of ${program}`);
    }
    if (!step.memory_after) return;
    const members = step.memory_after.map(({ program }) => indexOf(program));
    const weights = normalisedWeights(Float64Array.from(members, (i) => logJoint[i] ?? Number.NaN));
    const kl = klToPosterior(members, weights, answer());
    given(step.kl_memory_posterior, (expected) => expectNear(kl, expected, 8, "kl_memory_posterior"));
    given(step.memory_elbo, (bound) => expectNear(logPx - number(bound), kl, 8, "KL identity of the memory bound"));
  });
});

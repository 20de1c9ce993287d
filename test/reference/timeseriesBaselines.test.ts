// RWS, VIMCO and the bounds of timeseries.json (specification 18). The algorithms' own steps run on a model whose scores are
// the vectors'. Reads the folder in LAB_FIXTURES, else the committed copy. Sections may be missing in another file.

import { describe, expect, it } from "vitest";
import type { StepContext } from "../../src/engine/algorithms/algorithm";
import { elbo, kSampleBound, logWeights, vimcoControlVariates } from "../../src/engine/algorithms/estimators";
import { rws } from "../../src/engine/algorithms/rws";
import { vimco } from "../../src/engine/algorithms/vimco";
import { logSumExp } from "../../src/engine/dists/logs";
import { type Batch, emptyPrograms, type Term } from "../../src/engine/model";
import { Rng } from "../../src/engine/rng/rng";
import { allNear, batch, defaults, near, packedIds, refuse } from "../helpers/estimatorVectors";
import { timeseriesFile } from "../helpers/timeseriesVectors";

type BaselineCase = {
  S: number;
  log_p: number[];
  log_q_d: number[];
  log_q_c: number[];
  weights: number[];
  iwae_log_evidence: number;
  elbo: number;
  kl_estimate: number;
  rws_loss_theta: number;
  rws_loss_phi_wake: number;
  rws_loss_phi_d: number;
  rws_loss_phi_c: number;
  vimco_control: number[];
  vimco_signal: number[];
  vimco_loss_value: number;
  vimco_coef_log_q_d: number[];
  vimco_coef_log_p: number[];
  vimco_coef_log_q_c: number[];
};
// The cast names the section of the documented format; a file may lack it.
const cases = (timeseriesFile as { rws_vimco?: BaselineCase[] }).rws_vimco ?? [];

it.runIf(process.env.LAB_FIXTURES === undefined)("the committed file has cases", () => {
  expect(cases.length).toBeGreaterThan(0);
});

describe.each(cases)("baselines, S = $S", (each) => {
  const logQ = Float64Array.from(each.log_q_d, (value, s) => value + each.log_q_c[s]!);
  const logW = logWeights(Float64Array.from(each.log_p), logQ);
  const model = {
    programLength: 1,
    blocks: [],
    // Only that there is one counts: nothing else is drawn here.
    hybrid: { continuousLength: 1, proposeDiscrete: refuse, drawContinuous: refuse },
    logQ: refuse,
    dream: async (dreams: number) => ({
      batch: { observations: { count: dreams }, ids: new Int32Array(dreams) },
      programs: emptyPrograms(1, dreams, 1),
    }),
    firstPrograms: refuse,
    accumulate: refuse,
    dispose: () => undefined,
    propose: async (_batch: Batch, count: number) => ({
      programs: packedIds(
        Array.from({ length: count }, (_, s) => s),
        Float64Array.from({ length: count }, (_, s) => s),
      ),
      logQ,
    }),
    score: async () => ({ logPrior: Float64Array.from(each.log_p), logLikelihood: new Float64Array(each.S) }),
  };
  const context = (lambda: number): StepContext => ({
    model,
    memory: null,
    batch,
    // K (M + N) = S
    options: { ...defaults, particles: 1, memory: 1, proposals: each.S - 1, lambda },
    rng: new Rng(1),
    step: 1,
    on: () => undefined,
  });
  const dot = (coefficient: ArrayLike<number>, logs: ArrayLike<number>) =>
    Array.from(coefficient).reduce((sum, value, s) => sum + value * logs[s]!, 0);

  it("bounds: IWAE, ELBO and their distance", async () => {
    near(kSampleBound(logW), each.iwae_log_evidence);
    near(elbo(logW), each.elbo);
    near(kSampleBound(logW) - elbo(logW), each.kl_estimate);
    near((await rws.step(context(1))).info.elbo, each.iwae_log_evidence);
  });

  it("RWS: the weights on log p and on both parts of log q", async () => {
    const { terms, info } = await rws.step(context(1));
    const [theta, phi] = terms as [Term, Term];
    expect(terms).toHaveLength(2);
    expect(phi.factor).toBeUndefined();
    allNear(theta.coefficient, each.weights);
    allNear(phi.coefficient, each.weights);
    near(-dot(theta.coefficient, each.log_p), each.rws_loss_theta);
    near(-dot(phi.coefficient, logQ), each.rws_loss_phi_wake);
    near(-dot(phi.coefficient, each.log_q_d), each.rws_loss_phi_d);
    near(-dot(phi.coefficient, each.log_q_c), each.rws_loss_phi_c);
    expect(info.evaluations).toBe(each.S);
    const mixed = (await rws.step(context(0.25))).terms;
    allNear(
      mixed[1]!.coefficient,
      each.weights.map((w) => 0.25 * w),
    );
    expect(mixed[2]!.coefficient[0]).toBe(0.75);
  });

  it("VIMCO: signals on log q(z_d | x) alone, weights through the samples", async () => {
    const control = vimcoControlVariates(logW);
    allNear(control, each.vimco_control);
    const bound = logSumExp(logW) - Math.log(each.S);
    const signal = control.map((value) => bound - value);
    allNear(signal, each.vimco_signal);
    near(-bound - dot(signal, each.log_q_d), each.vimco_loss_value);
    const [theta, discrete, pathwise] = (await vimco.step(context(1))).terms as [Term, Term, Term];
    // The vectors hold derivatives of the loss, also those through the explicit log q_c: w on it, -w on log p.
    allNear(
      theta.coefficient,
      each.vimco_coef_log_p.map((value) => -value),
    );
    expect(discrete.factor).toBe("discrete");
    allNear(
      discrete.coefficient,
      each.vimco_coef_log_q_d.map((value) => -value),
    );
    expect(pathwise.isPathwise).toBe(true);
    allNear(pathwise.coefficient, each.vimco_coef_log_q_c);
  });
});

// The estimators of timeseries.json (specification 18): HMWS on (3, 3, 3), (5, 5, 5) and (2, 2, 4) with duplicates. Its own
// step runs on a model whose scores are the vectors'.
// Reads the folder in LAB_FIXTURES, else the committed copy. Sections may be missing in another file of the format.

import { describe, expect, it } from "vitest";
import type { StepContext } from "../../src/engine/algorithms/algorithm";
import { hmws } from "../../src/engine/algorithms/hmws";
import { createProgramMemory } from "../../src/engine/memory/createMemory";
import { emptyPrograms, type Model, type Term } from "../../src/engine/model";
import { Rng } from "../../src/engine/rng/rng";
import type { CommonOptions } from "../../src/engine/run/options";
import { allNear, batch, defaults, near, packedIds, refuse } from "../helpers/estimatorVectors";
import { timeseriesFile } from "../helpers/timeseriesVectors";

type HmwsCase = {
  K: number;
  M: number;
  N: number;
  candidate_ids: number[];
  log_p: number[][];
  log_q_c: number[][];
  log_q_d_by_id: Record<string, number>;
  num_unique_L: number;
  unique_candidates: number[];
  log_phat: number[];
  selected_candidates_ascending: number[];
  selected_ids_ascending: number[];
  v_km: number[][];
  omega_m: number[];
  omega_reference_quirk: number[];
  loss_theta: number;
  loss_phi_d: number;
  loss_phi_c: number;
  loss_phi_d_reference_quirk: number;
  coef_log_p: number[][];
  coef_log_q_c: number[][];
  coef_log_q_d_selected: number[];
  fantasy_loss: number;
  lambda: number;
  total_phi: number;
  log_p_hat_x_memory: number;
};
// The cast names the section of the documented format; a file may lack it.
const cases = (timeseriesFile as { hmws?: HmwsCase[] }).hmws ?? [];

/** A model whose numbers are the vectors': z_c is the place [k, l] of a draw. */
function tableModel(each: HmwsCase): Model {
  const count = each.M + each.N;
  const entry = (table: number[][], place: number) => table[Math.floor(place / count)]![place % count]!;
  return {
    programLength: 1,
    blocks: [],
    hybrid: {
      continuousLength: 1,
      proposeDiscrete: async () => ({
        programs: packedIds(each.candidate_ids.slice(each.M)),
        logQ: Float64Array.from(each.candidate_ids.slice(each.M), (id) => each.log_q_d_by_id[id]!),
      }),
      drawContinuous: async (_batch, { values }, numDraws, _rng, present) => {
        expect(numDraws).toBe(each.K);
        const places = Array.from({ length: numDraws * count }, (_, place) => place);
        return {
          programs: packedIds(
            places.map((place) => values[place % count]!),
            Float64Array.from(places),
          ),
          logQ: Float64Array.from(places, (place) =>
            present?.[place % count] ? entry(each.log_q_c, place) : -Infinity,
          ),
        };
      },
    },
    propose: refuse,
    score: async (_batch, { continuous }) => ({
      logPrior: Float64Array.from(continuous!, (place) => entry(each.log_p, place)),
      logLikelihood: new Float64Array(continuous!.length),
    }),
    logQ: refuse,
    dream: async (dreams) => ({
      batch: { observations: { count: dreams }, ids: new Int32Array(dreams) },
      programs: emptyPrograms(1, dreams, 1),
    }),
    firstPrograms: refuse,
    accumulate: refuse,
    dispose: () => undefined,
  };
}

function contextOf(each: HmwsCase, options: Partial<CommonOptions>): StepContext {
  const memory = createProgramMemory(1, each.M, 1);
  memory.commit({
    ids: batch.ids,
    programs: packedIds(each.candidate_ids.slice(0, each.M)),
    counts: Int32Array.of(each.M),
    bornAt: new Int32Array(each.M),
    logJoint: new Float64Array(each.M),
  });
  const budget = { particles: each.K, memory: each.M, proposals: each.N };
  return {
    model: tableModel(each),
    memory,
    batch,
    options: { ...defaults, ...budget, lambda: each.lambda, ...options },
    rng: new Rng(1),
    step: 1,
    on: () => undefined,
  };
}

/** Coefficients of a term on programs with continuous parts, [K][L] in the vectors' order. */
function byPlace(each: HmwsCase, { programs, coefficient }: Term): number[][] {
  const count = each.M + each.N;
  const table = Array.from({ length: each.K }, () => new Array<number>(count).fill(0));
  for (const [i, place] of programs.continuous!.entries()) {
    if (coefficient[i]) table[Math.floor(place / count)]![place % count] = coefficient[i]!;
  }
  return table;
}

/** sum of coefficient * log over a [K][L] table. */
const weighted = (table: number[][], logs: number[][]) =>
  table.reduce((sum, row, k) => sum + row.reduce((part, a, l) => part + (a === 0 ? 0 : a * logs[k]![l]!), 0), 0);

it.runIf(process.env.LAB_FIXTURES === undefined)("the committed file has every section", () => {
  expect(cases.map(({ K, M, N }) => [K, M, N])).toEqual([
    [3, 3, 3],
    [5, 5, 5],
    [2, 2, 4],
  ]);
});

describe.each(cases)("HMWS, K = $K, M = $M, N = $N", (each) => {
  it("scores each different candidate, and keeps the same ones", async () => {
    const { update, info } = await hmws.step(contextOf(each, {}));
    expect(info.evaluations).toBe(each.K * each.num_unique_L);
    // The memory is best first, the vectors ascend.
    expect(Array.from(update!.programs.values).reverse()).toEqual(each.selected_ids_ascending);
    allNear(
      Array.from(update!.logJoint).reverse(),
      each.selected_candidates_ascending.map((place) => each.log_phat[place]!),
    );
    near(info.elbo, each.log_p_hat_x_memory);
  });

  it("gives log p, log q(z_c | z_d, x) and log q(z_d | x) their coefficients, and nothing to what was not kept", async () => {
    const { terms } = await hmws.step(contextOf(each, {}));
    const [theta, discrete, continuous, dreams] = terms as [Term, Term, Term, Term];
    expect(terms).toHaveLength(4);
    expect([theta.target, theta.factor]).toEqual(["theta", undefined]);
    expect([discrete.target, discrete.factor]).toEqual(["phi", "discrete"]);
    expect([continuous.target, continuous.factor]).toEqual(["phi", "continuous"]);
    const ofP = byPlace(each, theta);
    const ofQ = byPlace(each, continuous).map((row) => row.map((value) => value / each.lambda));
    // The vectors hold derivatives of losses.
    for (let k = 0; k < each.K; k++) {
      allNear(
        ofP[k]!,
        each.coef_log_p[k]!.map((value) => -value),
      );
      allNear(
        ofQ[k]!,
        each.coef_log_q_c[k]!.map((value) => -value),
      );
    }
    const omega = Array.from(discrete.coefficient, (value) => value / each.lambda);
    allNear(
      omega.slice().reverse(),
      each.coef_log_q_d_selected.map((value) => -value),
    );
    expect(theta.programs.values.length).toBe(each.K * each.M);

    const ofStructures = Array.from(discrete.programs.values, (id) => each.log_q_d_by_id[id]!);
    const lossD = -omega.reduce((sum, value, m) => sum + value * ofStructures[m]!, 0);
    const lossC = -weighted(ofQ, each.log_q_c);
    near(-weighted(ofP, each.log_p), each.loss_theta);
    near(lossD, each.loss_phi_d);
    near(lossC, each.loss_phi_c);
    const share = dreams.coefficient[0]!;
    expect(dreams.coefficient.length).toBe(each.K);
    near(each.lambda * (lossD + lossC) + share * each.fantasy_loss, each.total_phi);
  });

  it("takes the released code's nearly equal weights for structures where they are asked for", async () => {
    const { terms } = await hmws.step(contextOf(each, { discreteWeights: "released", lambda: 1 }));
    expect(terms).toHaveLength(3);
    const { coefficient, programs } = terms[1]!;
    allNear(Array.from(coefficient).reverse(), each.omega_reference_quirk);
    near(
      -coefficient.reduce((sum, value, m) => sum + value * each.log_q_d_by_id[programs.values[m]!]!, 0),
      each.loss_phi_d_reference_quirk,
    );
  });
});

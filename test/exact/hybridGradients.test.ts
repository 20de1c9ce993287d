// Hybrid algorithms against exact answers, on a model whose structures are enumerated and whose numbers are integrated:
// weights, scores and gradients of HMWS, of its ablations and of RWS converge as the draws grow.

import { describe, expect, it } from "vitest";
import { hmws } from "../../src/engine/algorithms/hmws";
import { hmwsMinus } from "../../src/engine/algorithms/hmwsMinus";
import { rws } from "../../src/engine/algorithms/rws";
import { rwsPlus } from "../../src/engine/algorithms/rwsPlus";
import { logSumExp } from "../../src/engine/dists/logs";
import { Rng } from "../../src/engine/rng/rng";
import { exactGradient, exactOf, gradientOf, X } from "../helpers/hybridExact";
import { createHybridModel, type HybridModel } from "../helpers/hybridModel";

const DRAWS = [4, 16, 64, 256] as const;
const REPEATS = 100;
/** A q whose weights have finite variance: wider than the posterior, off its mean, undecided about structures. */
const ROUGH = { flatten: 2, widen: 1.5, shift: 0.6 };

function roughModel(seed: number, numStructures: number): HybridModel {
  const model = createHybridModel(new Rng(seed), numStructures);
  model.recogniseExactly(ROUGH);
  return model;
}

/** Mean, standard error and root mean square distance to `exact` over repeats, for vectors. */
function compare(samples: readonly (readonly number[])[], exact: readonly number[]) {
  const mean = exact.map((_, i) => samples.reduce((sum, row) => sum + row[i]!, 0) / samples.length);
  const squares = (of: (row: readonly number[], i: number) => number) =>
    exact.reduce((sum, _, i) => sum + samples.reduce((part, row) => part + of(row, i) ** 2, 0) / samples.length, 0);
  const variance = squares((row, i) => row[i]! - mean[i]!);
  return {
    bias: Math.hypot(...mean.map((value, i) => value - exact[i]!)),
    /** Of the whole mean vector. */
    error: Math.sqrt(variance / (samples.length - 1)),
    distance: Math.sqrt(squares((row, i) => row[i]! - exact[i]!)),
  };
}

/**
 * Asks of K = 4, 16, 64, 256 that the distance to the exact answer falls by half at every step (theory: by half), within
 * a fifth, and that the bias at K = 256 is below four standard errors of its estimate plus the 1/K that is left of it.
 */
function expectConvergence(results: readonly ReturnType<typeof compare>[]) {
  for (let i = 1; i < results.length; i++) expect(results[i]!.distance).toBeLessThan(0.7 * results[i - 1]!.distance);
  const last = results.at(-1)!;
  const first = results[0]!;
  expect(last.bias).toBeLessThan(4 * last.error + (first.bias * DRAWS[0]) / DRAWS[3]);
  // The bias of K = 4 is real: more than its error, and much more than what is left.
  expect(last.bias).toBeLessThan(0.5 * Math.max(first.bias, first.error));
}

describe("HMWS as K grows", { timeout: 120_000 }, () => {
  const M = 3;
  // The third and the fourth best structure are 0.57 nats apart: four draws mix them up, 256 do not.
  const make = () => {
    const model = roughModel(5, 5);
    // Every structure is proposed at every visit, so that what is kept depends on the scores alone.
    const programs = { values: Int32Array.of(0, 1, 2, 3, 4), numParticles: 5, batchSize: 1, length: 1 };
    const proposeDiscrete = async () => ({ programs, logQ: Float64Array.from(model.logQsOf(X)) });
    return { ...model, hybrid: { ...model.hybrid!, proposeDiscrete } };
  };
  const runs = async () => {
    const model = make();
    const rows = [];
    for (const particles of DRAWS) {
      const repeats = [];
      for (let seed = 0; seed < REPEATS; seed++) {
        const options = { particles, memory: M, proposals: 5, lambda: 1 };
        const { gradient, result } = await gradientOf(model, hmws, options, 1000 * particles + seed);
        repeats.push({ gradient, update: result.update!, omega: result.terms[1]!.coefficient });
      }
      rows.push(repeats);
    }
    return { model, rows };
  };
  let done: ReturnType<typeof runs> | null = null;
  const once = () => {
    done ??= runs();
    return done;
  };

  it("log p^ is below log p(z_d, x) in the mean, ever less, and converges", async () => {
    const { model, rows } = await once();
    const { log } = exactOf(model, M);
    const results = rows.map((repeats) => {
      const away = repeats.flatMap(({ update }) =>
        Array.from(update.logJoint, (value, m) => value - log[update.programs.values[m]!]!),
      );
      return compare(
        away.map((value) => [value]),
        [0],
      );
    });
    for (let i = 1; i < results.length; i++) expect(results[i]!.distance).toBeLessThan(0.7 * results[i - 1]!.distance);
    expect(results[3]!.bias).toBeLessThan(0.1 * results[0]!.bias);
    // Where all structures fit into the memory nothing is selected, and Jensen's inequality shows.
    for (const particles of [2, 4]) {
      const options = { particles, memory: 5, proposals: 1, lambda: 1 };
      const excess: number[][] = [];
      for (let seed = 0; seed < REPEATS; seed++) {
        const { update } = (await gradientOf(model, hmws, options, seed)).result;
        excess.push(...Array.from(update!.logJoint, (v, m) => [v - log[update!.programs.values[m]!]!]));
      }
      const { error, bias } = compare(excess, [0]);
      expect(excess.reduce((sum, [value]) => sum + value!, 0)).toBeLessThan(0);
      expect(bias).toBeGreaterThan(4 * error);
    }
  });

  it("keeps the M best structures", async () => {
    const { model, rows } = await once();
    const { kept } = exactOf(model, M);
    const hits = rows.map(
      (repeats) =>
        repeats.filter(({ update }) => kept.every((z) => update.programs.values.includes(z))).length / repeats.length,
    );
    expect(hits[3]).toBeGreaterThan(0.98);
    expect(hits[0]).toBeLessThan(hits[3]!);
  });

  it("omega converges to the memory's exact posterior", async () => {
    const { model, rows } = await once();
    const { omega } = exactOf(model, M);
    expectConvergence(
      rows.map((repeats) =>
        compare(
          repeats.map(({ update, omega: given }) => omega.map((_, z) => given[update.programs.values.indexOf(z)] ?? 0)),
          omega,
        ),
      ),
    );
  });

  it("the gradients of theta, log q(z_d | x) and log q(z_c | z_d, x) converge to the exact ones", async () => {
    const { model, rows } = await once();
    const { omega, kept } = exactOf(model, M);
    const even = omega.map((_, z) => (kept.includes(z) ? 1 / M : 0));
    const exact = await exactGradient(model, { theta: omega, discrete: omega, continuous: even });
    let from = 0;
    for (const block of model.blocks) {
      const part = (row: readonly number[]) => row.slice(from, from + block.size);
      const results = rows.map((repeats) =>
        compare(
          repeats.map(({ gradient }) => part(gradient)),
          part(exact),
        ),
      );
      expectConvergence(results);
      from += block.size;
    }
  });

  it("theta's gradient is the derivative of the memory's bound", async () => {
    const model = make();
    const { omega, kept } = exactOf(model, M);
    const gradient = await exactGradient(model, { theta: omega });
    const bound = () => logSumExp(kept.map((z) => model.logStructureOf(z, X)));
    let at = 0;
    for (const block of model.blocks.filter(({ group }) => group === "theta")) {
      for (let i = 0; i < block.size; i++) {
        const middle = block.values[i]!;
        block.values[i] = middle + 1e-5;
        const up = bound();
        block.values[i] = middle - 1e-5;
        const down = bound();
        block.values[i] = middle;
        expect(gradient[at++]!).toBeCloseTo((up - down) / 2e-5, 7);
      }
    }
  });
});

describe("samples of both parts, as S grows", { timeout: 120_000 }, () => {
  /** Exact weights of every algorithm's terms when S and K are without limit. */
  const limits = (model: HybridModel) => {
    const { omega: posterior } = exactOf(model, model.numStructures);
    const proposal = posterior.map((_, z) => Math.exp(model.logQOf(z, X)));
    return {
      rws: { theta: posterior, discrete: posterior, continuous: posterior },
      "rws-plus": { theta: posterior, discrete: posterior, continuous: proposal },
    };
  };
  it("RWS converges to the exact gradient", async () => {
    const model = roughModel(12, 4);
    const exact = await exactGradient(model, limits(model).rws);
    const results = [];
    for (const draws of DRAWS) {
      // K = 1: S = M + N
      const options = { particles: 1, memory: draws, proposals: draws, lambda: 1 };
      const samples = [];
      for (let seed = 0; seed < REPEATS; seed++) samples.push((await gradientOf(model, rws, options, seed)).gradient);
      results.push(compare(samples, exact));
    }
    expectConvergence(results);
  });

  it("RWS+ has structures from its samples, and the numbers of whatever structures q proposes", async () => {
    const model = createHybridModel(new Rng(12), 4);
    model.recogniseExactly({ ...ROUGH, flatten: 5 });
    const exact = await exactGradient(model, limits(model)["rws-plus"]);
    const options = { particles: 128, memory: 2, proposals: 2, lambda: 1 };
    const samples = [];
    for (let seed = 0; seed < 3 * REPEATS; seed++) {
      samples.push((await gradientOf(model, rwsPlus, options, seed)).gradient);
    }
    // The mean over M = 2 fresh structures stays noisy whatever K is: the mean over the repeats is what converges.
    const { bias, error } = compare(samples, exact);
    expect(bias).toBeLessThan(4 * error);
    const other = compare(samples, await exactGradient(model, limits(model).rws));
    expect(other.bias).toBeGreaterThan(8 * error);
  });

  it("HMWS- learns structures from its memory and numbers as RWS does", async () => {
    const model = roughModel(12, 4);
    // All four structures are remembered, so nothing depends on the selection.
    const { omega } = exactOf(model, 4);
    const exact = await exactGradient(model, { theta: omega, discrete: omega, continuous: omega });
    const results = [];
    for (const particles of DRAWS) {
      const samples = [];
      for (let seed = 0; seed < REPEATS; seed++) {
        const options = { particles, memory: 4, proposals: 1, lambda: 1 };
        samples.push((await gradientOf(model, hmwsMinus, options, seed)).gradient);
      }
      results.push(compare(samples, exact));
    }
    expectConvergence(results);
  });
});

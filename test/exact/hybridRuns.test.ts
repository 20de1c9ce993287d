// Runs of a hybrid model: resumed runs are the straight ones bit for bit, what people see are structures with integrated
// scores, the lens tells what the steps do, and no question changes a run.

import { describe, expect, it } from "vitest";
import { algorithms, hybridAlgorithms, startUpAlgorithms } from "../../src/engine/algorithms/list";
import { ALGORITHM_TITLES, DISCRETE_ALGORITHMS, HYBRID_ALGORITHMS } from "../../src/engine/algorithms/names";
import { logSumExp } from "../../src/engine/dists/logs";
import type { Batch } from "../../src/engine/model";
import type { OptionValues } from "../../src/engine/options";
import { answerLens } from "../../src/engine/questions/lens";
import { answerPosterior } from "../../src/engine/questions/posterior";
import { answerScore } from "../../src/engine/questions/score";
import { Rng } from "../../src/engine/rng/rng";
import { writeCheckpoint } from "../../src/engine/run/checkpoint";
import { createRun } from "../../src/engine/run/createRun";
import { Search } from "../../src/engine/run/inference";
import type { StageReport } from "../../src/engine/run/records";
import type { Run } from "../../src/engine/run/run";
import { viewOf } from "../../src/engine/run/snapshot";
import { captureState } from "../../src/engine/run/state";
import { hybrid, NUM_SERIES, NUM_STRUCTURES } from "../helpers/hybridDomain";
import type { HybridModel, Numbers } from "../helpers/hybridModel";

async function open(
  options: OptionValues,
  checkpoint: Uint8Array | null = null,
  reports: StageReport[] = [],
): Promise<Run> {
  const request = {
    spec: hybrid,
    options,
    userData: null,
    checkpoint,
    readAsset: () => Promise.reject(new Error("no assets")),
  };
  const listener = { onStage: (report: StageReport) => void reports.push(report), onSlice: () => undefined };
  return (await createRun(request, listener)).run;
}
async function runTo(run: Run, step: number): Promise<void> {
  while (run.core.step < step) await run.advance("step");
}
/** Everything but clock readings. */
async function numbersIn(run: Run) {
  const { wallMs: _wallMs, history, ...state } = await captureState(run.core);
  return { ...state, history: history.map(({ wallMs: _ms, ...record }) => record) };
}
// The cast: the domain of these tests builds this model.
const modelOf = (run: Run) => run.core.parts.instance.model as unknown as HybridModel;
const numberOf = (run: Run, row: number) => (run.core.parts.instance.train as Numbers).numbers[row]!;

it("names are those of the registry", () => {
  expect(algorithms.map(({ id }) => id)).toEqual(DISCRETE_ALGORITHMS);
  expect(hybridAlgorithms.map(({ id }) => id)).toEqual(HYBRID_ALGORITHMS);
  for (const { id, title } of [...algorithms, ...hybridAlgorithms, ...startUpAlgorithms])
    expect(ALGORITHM_TITLES[id]).toBe(title);
  expect(algorithms.every(({ programs }) => programs !== "hybrid")).toBe(true);
  expect(hybridAlgorithms.every(({ programs }) => programs !== "discrete")).toBe(true);
});

describe.each(hybridAlgorithms.map(({ id }) => id))("%s", (algorithm) => {
  const options = {
    algorithm,
    backend: "cpu",
    seed: 5,
    iterations: 100,
    evaluateEvery: 50,
    mutations: 1,
    sleepFirst: 10,
  };

  it("resumes bit for bit, inside the sleep before training and after it", { timeout: 60_000 }, async () => {
    const straight = await open(options);
    const files: Uint8Array[] = [];
    for (const step of [5, 50, 100]) {
      await runTo(straight, step);
      files.push(writeCheckpoint(await captureState(straight.core)));
    }
    for (const file of files.slice(0, 2)) {
      const resumed = await open({}, file);
      await runTo(resumed, 100);
      expect(await numbersIn(resumed)).toEqual(await numbersIn(straight));
    }
  });

  it("steps by stage to the same numbers, and shows structures with scores in every stage", async () => {
    const reports: StageReport[] = [];
    const stepped = await open({ ...options, sleepFirst: 0 }, null, reports);
    const straight = await open({ ...options, sleepFirst: 0 });
    while (stepped.core.step < 3) await stepped.advance("stage");
    await runTo(straight, 3);
    // Stepping puts another observation on show, and what is told of it differs.
    const training = async (run: Run) => ({ ...(await numbersIn(run)), selected: 0, past: null });
    expect(await training(stepped)).toEqual(await training(straight));
    for (const report of reports) {
      expect(JSON.stringify(report)).not.toContain("continuous");
      for (const { printed } of report.proposals) expect(printed).toMatch(/^S\d$/);
    }
    const scored = reports.find(({ stage }) => stage === "score")!;
    for (const proposal of scored.proposals)
      expect(Number.isFinite(proposal.logPrior! + proposal.logLikelihood!)).toBe(true);
    expect(reports.filter(({ bound }) => bound.after !== null).length).toBeGreaterThan(0);
    // Learning stages name what is learnt, structure by structure.
    const learnt = reports.find(({ stage }) => stage === "learnTheta")!;
    const names = learnt.learns!.programs.map(({ printed }) => printed);
    expect(new Set(names).size).toBe(names.length);
    expect(learnt.learns!.programs.reduce((sum, { coefficient }) => sum + coefficient, 0)).toBeCloseTo(1, 9);
  });

  it("shows structures with their numbers integrated out, and no question moves the run", async () => {
    const run = await open({ ...options, iterations: 1000 });
    await runTo(run, 40);
    const before = JSON.stringify(await numbersIn(run));
    const model = modelOf(run);
    const row = 3;
    const view = await viewOf(run, run.core.parts.memory, row);
    expect(view.entries.length).toBeGreaterThan(1);
    expect(new Set(view.entries.map(({ printed }) => printed)).size).toBe(view.entries.length);
    expect(view.entries.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9);
    for (const { program, logJoint, logPrior } of view.entries) {
      expect(logJoint).toBeCloseTo(model.logStructureOf(program[0]!, numberOf(run, row)), 9);
      expect(logPrior).toBeCloseTo(model.logPriorOf(program[0]!), 9);
    }
    for (const source of ["recognition", "prior"] as const) {
      const { view: drawn } = await answerPosterior(run, row, source);
      for (const entry of drawn.entries) {
        expect(entry.logJoint).toBeCloseTo(model.logStructureOf(entry.program[0]!, numberOf(run, row)), 9);
        if (source === "recognition")
          expect(entry.logQ).toBeCloseTo(model.logQOf(entry.program[0]!, numberOf(run, row)), 9);
      }
    }
    const score = await answerScore(run.core, { kind: "score", observation: row, text: "S2" });
    expect(score.ok && score.logJoint).toBeCloseTo(model.logStructureOf(2, numberOf(run, row)), 9);
    expect(score.ok && score.logQ).toBeCloseTo(model.logQOf(2, numberOf(run, row)), 9);
    await answerLens(run.core, row);
    expect(JSON.stringify(await numbersIn(run))).toBe(before);
  });
});

describe("evaluation", () => {
  it("weighs samples of both parts: log p(x) by importance sampling is the exact one", async () => {
    const run = await open({ algorithm: "hmws", backend: "cpu", iterations: 1000 });
    const model = modelOf(run);
    model.recogniseExactly({ flatten: 1.3, widen: 1.2, shift: 0.2 });
    const { logPx } = await run.core.evaluate();
    const exact = [-1, 0, 1].map((x) =>
      logSumExp(Array.from({ length: NUM_STRUCTURES }, (_, z) => model.logStructureOf(z, x))),
    );
    expect(Math.abs(logPx! - exact.reduce((sum, value) => sum + value, 0) / 3)).toBeLessThan(0.05);
  });
});

describe("the estimator lens", () => {
  const lensOf = async (options: OptionValues) => {
    const run = await open({ algorithm: "hmws", backend: "cpu", iterations: 1000, ...options });
    await runTo(run, 30);
    return { run, lens: await answerLens(run.core, 2) };
  };
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

  it("has a row per algorithm on the same structures, whose draws add up", async () => {
    const { lens, run } = await lensOf({});
    expect(lens.rows.map(({ title }) => title)).toEqual(["HMWS", "HMWS\u2212", "RWS+", "RWS", "VIMCO", "REINFORCE"]);
    expect(lens.rows.filter(({ isOwn }) => isOwn).map(({ algorithm }) => algorithm)).toEqual(["hmws"]);
    const { particles } = lens;
    expect(new Set(particles.map(({ printed }) => printed)).size).toBe(particles.length);
    expect(particles.filter(({ isRemembered }) => isRemembered)).toHaveLength(3);
    for (const row of lens.rows) {
      expect(row.theta).toHaveLength(particles.length);
      expect(sum(row.theta)).toBeCloseTo(1, 9);
      for (const [p, a] of row.theta.entries()) expect(sum(row.inner!.theta[p]!)).toBeCloseTo(a, 9);
      expect(row.inner!.isPathwise).toBe(["vimco", "reinforce"].includes(row.algorithm));
      expect(row.sentence).not.toMatch(/NaN|undefined|Infinity/);
      expect(row.sentence.length).toBeLessThan(330);
    }
    for (const particle of particles) {
      expect(particle.draws).toHaveLength(3);
      expect(particle.logPrior + particle.logLikelihood).toBeCloseTo(logSumExp(particle.draws!) - Math.log(3), 9);
      expect(particle.logQ).toBeCloseTo(modelOf(run).logQOf(particle.program[0]!, numberOf(run, 2)), 9);
    }
    expect(JSON.stringify(await answerLens(run.core, 2))).toBe(JSON.stringify(lens));
  });

  it("has the weights that the draws on show give: v, omega and w-bar; w of all samples", async () => {
    const lambda = 0.4;
    const { lens } = await lensOf({ lambda });
    const { particles, rows } = lens;
    const row = (title: string) => rows.find((each) => each.title === title)!;
    const score = particles.map(({ draws }) => logSumExp(draws!) - Math.log(3));
    const kept = score
      .map((_, p) => p)
      .sort((a, b) => score[b]! - score[a]!)
      .slice(0, 3);
    const total = logSumExp(kept.map((p) => score[p]!));
    const hmws = row("HMWS");
    for (const [p, { draws }] of particles.entries()) {
      const omega = kept.includes(p) ? Math.exp(score[p]! - total) : 0;
      expect(hmws.theta[p]).toBeCloseTo(omega, 9);
      expect(hmws.phi[p]).toBeCloseTo(lambda * omega, 9);
      for (const [k, logW] of draws!.entries()) {
        const within = kept.includes(p) ? Math.exp(logW - logSumExp(draws!)) : 0;
        expect(hmws.inner!.theta[p]![k]).toBeCloseTo(omega * within, 9);
        expect(hmws.inner!.phi[p]![k]).toBeCloseTo((lambda * within) / 3, 9);
      }
    }
    const logW = particles.flatMap(({ draws, logQ }) => draws!.map((value) => value - logQ));
    const w = logW.map((value) => Math.exp(value - logSumExp(logW)));
    const close = (given: readonly (readonly number[])[], expected: readonly number[]) => {
      for (const [i, value] of given.flat().entries()) expect(value).toBeCloseTo(expected[i]!, 9);
    };
    for (const title of ["RWS", "RWS+", "VIMCO"]) close(row(title).inner!.theta, w);
    close(
      row("RWS").inner!.phi,
      w.map((value) => lambda * value),
    );
    close(
      row("HMWS\u2212").inner!.phi,
      w.map((value) => lambda * value),
    );
    close(row("VIMCO").inner!.phi, w);
    close(
      row("REINFORCE").inner!.phi,
      w.map(() => 1 / w.length),
    );
    const even = particles.flatMap(({ draws }) =>
      draws!.map((value) => (lambda * Math.exp(value - logSumExp(draws!))) / particles.length),
    );
    close(row("RWS+").inner!.phi, even);
    expect(sum(row("REINFORCE").phi)).toBeCloseTo(-1, 9);
  });

  it("says so where phi learns from dreams alone, and works without a memory", async () => {
    const asleep = (await lensOf({ lambda: 0 })).lens;
    for (const { algorithm, phi, sentence } of asleep.rows) {
      if (algorithm === "vimco" || algorithm === "reinforce") continue;
      expect(phi.every((value) => value === 0)).toBe(true);
      expect(sentence).toContain("learns from dreams alone");
    }
    const { lens } = await lensOf({ algorithm: "rws" });
    expect(lens.particles.some(({ isRemembered }) => isRemembered)).toBe(false);
    expect(lens.rows.find(({ isOwn }) => isOwn)!.title).toBe("RWS");
  });
});

describe("programs for given observations", () => {
  it("are structures by their integrated score, each scored once however often it is drawn", async () => {
    const run = await open({ algorithm: "hmws", backend: "cpu", iterations: 1000 });
    const { instance } = run.core.parts;
    const model = modelOf(run);
    const scored = model.evaluations;
    const rows = Int32Array.from({ length: NUM_SERIES }, (_, i) => i);
    const search = new Search(instance, rows, { memorySize: 4, proposals: 20, rng: new Rng(3) });
    const { inferences } = await search.run({ seconds: 60, rounds: 5 });
    for (const { row, programs, draws, different } of inferences) {
      expect(different).toBe(NUM_STRUCTURES);
      // 20 from the network and 5 dreams a round, and variations; repetitions count as draws.
      expect(draws).toBeGreaterThanOrEqual(5 * 25);
      const exact = Array.from({ length: NUM_STRUCTURES }, (_, z) => model.logStructureOf(z, numberOf(run, row)));
      const best = exact.map((_, z) => z).sort((a, b) => exact[b]! - exact[a]!);
      expect(programs.map(({ program }) => program[0])).toEqual(best.slice(0, 4));
      for (const { program, logJoint } of programs) expect(logJoint).toBeCloseTo(exact[program[0]!]!, 9);
    }
    expect(model.evaluations - scored).toBeLessThanOrEqual(2 * NUM_SERIES * NUM_STRUCTURES);
  });
});

describe("the guard", () => {
  it("stops a step whose continuous parts are not numbers, and nothing has moved", async () => {
    const run = await open({ algorithm: "hmws", backend: "cpu", iterations: 1000 });
    await runTo(run, 3);
    const before = JSON.stringify(await numbersIn(run));
    const model = modelOf(run) as unknown as { hybrid: { drawContinuous: (...given: unknown[]) => Promise<unknown> } };
    const draw = model.hybrid.drawContinuous;
    model.hybrid.drawContinuous = async (batch, programs, ...rest) => {
      const drawn = (await draw(batch, programs, ...rest)) as { programs: { continuous: Float64Array } };
      drawn.programs.continuous[0] = Number.NaN;
      return drawn;
    };
    await expect(run.advance("step")).rejects.toMatchObject({ code: "non-finite" });
    model.hybrid.drawContinuous = draw;
    expect(JSON.stringify(await numbersIn(run))).toBe(before);
    const batch: Batch = { observations: run.core.parts.instance.train, ids: Int32Array.of(0) };
    expect(run.core.parts.memory!.gather(batch).present.length).toBe(3);
  });
});

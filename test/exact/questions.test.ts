// Questions look and do not touch: a run that is asked everything between its steps has the records, the parameters and
// the checkpoint of one that is left alone. And what they answer is true of the present state.

import { describe, expect, it } from "vitest";
import { domains } from "../../src/domains/list";
import { logSumExp } from "../../src/engine/dists/logs";
import type { OptionValues } from "../../src/engine/options";
import { answerQuestion } from "../../src/engine/questions/answer";
import { NUM_DRAWS } from "../../src/engine/questions/posterior";
import { writeCheckpoint } from "../../src/engine/run/checkpoint";
import { createRun } from "../../src/engine/run/createRun";
import type { Run } from "../../src/engine/run/run";
import { captureState } from "../../src/engine/run/state";
import type { AnswerTo, Question } from "../../src/engine/worker/questions";
import { readPublicFile } from "../../src/engine/worker/threadPort";
import { variantsOf } from "../helpers/algorithmVariants";
import { TINY_BLOCKS } from "../helpers/blocks";
import { TINY } from "../helpers/strokesRuns";
import { TINY_SERIES } from "../helpers/timeseries";

/** Small enough for a test; a domain without a line runs as it is. */
const SMALL: Readonly<Record<string, OptionValues>> = {
  automata: { images: 12, height: 16, width: 16, batch: 5, particles: 4 },
  blocks: TINY_BLOCKS,
  strings: { concepts: 8, batch: 4, particles: 4, evaluationSamples: 10, evaluationConcepts: 4 },
  strokes: { ...TINY, evaluationSamples: 10, evaluationImages: 4 },
  timeseries: TINY_SERIES,
};

async function open(domain: string, options: OptionValues, checkpoint: Uint8Array | null = null): Promise<Run> {
  const spec = domains.find(({ id }) => id === domain)!;
  const backend = spec.backends.includes("wasm") ? "wasm" : "cpu";
  const all = { evaluateEvery: 1000, iterations: 1000, ...SMALL[domain], ...options, backend };
  const request = { spec, options: all, userData: null, checkpoint, readAsset: readPublicFile };
  return (await createRun(request)).run;
}

// The cast: a question is answered with its own kind of answer.
const ask = <Q extends Question>(run: Run, question: Q) => answerQuestion(run, question) as Promise<AnswerTo<Q>>;

async function askEverything(run: Run): Promise<void> {
  for (const source of ["memory", "recognition", "prior"] as const) {
    await ask(run, { kind: "posterior", observation: 1, source });
  }
  await ask(run, { kind: "memoryHistory", observation: 2 });
  await ask(run, { kind: "dreams" });
  const { particles } = await ask(run, { kind: "lens", observation: 3 });
  await ask(run, { kind: "imagine", programs: [particles[0]!.program], count: 2, like: 1 });
  await ask(run, { kind: "score", observation: 4, text: particles[0]!.printed });
}

/** Everything that a step leaves behind, without the clock. */
async function traceOf(run: Run) {
  const state = await captureState(run.core);
  const history = state.history.map((record) => ({ ...record, wallMs: 0 }));
  return { ...state, history, wallMs: 0 };
}

const cases = domains.flatMap((spec) => variantsOf(spec).map(({ name, options }) => ({ id: spec.id, name, options })));

describe.each(cases)("$id, $name", ({ id, options }) => {
  it("is bit for bit the same with questions between steps and inside a held one", async () => {
    const quiet = await open(id, options);
    const asked = await open(id, options);
    for (let step = 1; step <= 6; step++) {
      for (const run of [quiet, asked]) if (step === 4) await run.advance("stage");
      await askEverything(asked);
      await quiet.advance("step");
      await asked.advance("step");
      await askEverything(asked);
    }
    const [first, second] = [await traceOf(quiet), await traceOf(asked)];
    expect(second.history).toEqual(first.history);
    expect(Buffer.compare(writeCheckpoint(second), writeCheckpoint(first))).toBe(0);
    quiet.core.dispose();
    asked.core.dispose();
  });
});

describe.each(domains.map(({ id }) => id))("the posterior lists, %s", (id) => {
  it("come from one model state, and weights sum to 1", async () => {
    const run = await open(id, {});
    for (let step = 1; step <= 8; step++) await run.advance("step");
    const [memory, recognition, prior] = [
      await ask(run, { kind: "posterior", observation: 0, source: "memory" }),
      await ask(run, { kind: "posterior", observation: 0, source: "recognition" }),
      await ask(run, { kind: "posterior", observation: 0, source: "prior" }),
    ];
    expect([memory.step, recognition.step, prior.step]).toEqual([8, 8, 8]);
    expect([memory.view.source, recognition.view.source, prior.view.source]).toEqual([
      "memory",
      "recognition",
      "prior",
    ]);
    const scores = new Map(memory.view.entries.map((entry) => [entry.printed, entry.logJoint]));
    let common = 0;
    for (const { view } of [recognition, prior]) {
      const sum = view.entries.reduce((total, entry) => total + entry.weight, 0);
      expect(sum).toBeLessThanOrEqual(1 + 1e-9);
      if (view.entries.length < 100) expect(sum).toBeCloseTo(1, 9);
      expect(view.draws).toBe(NUM_DRAWS);
      expect(new Set(view.entries.map((entry) => entry.printed)).size).toBe(view.entries.length);
      for (const entry of view.entries) {
        expect(Math.round(entry.weight * NUM_DRAWS)).toBeCloseTo(entry.weight * NUM_DRAWS, 9);
        const known = scores.get(entry.printed);
        if (known === undefined) continue;
        common++;
        expect(entry.logJoint).toBeCloseTo(known, 9);
      }
    }
    // Where hardly two draws are alike (strokes, blocks), the score of a remembered program stands for them.
    const best = memory.view.entries[0]!;
    const alone = await ask(run, { kind: "score", observation: 0, text: best.printed });
    expect(alone.ok && alone.logJoint).toBeCloseTo(best.logJoint, 9);
    if (id !== "strokes" && id !== "blocks") expect(common).toBeGreaterThan(0);
    const logJoint = memory.view.entries.map((entry) => entry.logJoint);
    const total = logSumExp(logJoint);
    for (const [m, entry] of memory.view.entries.entries())
      expect(entry.weight).toBeCloseTo(Math.exp(logJoint[m]! - total), 9);
    expect(await ask(run, { kind: "posterior", observation: 0, source: "recognition" })).toEqual(recognition);
    run.core.dispose();
  });
});

describe("the history of a memory", () => {
  it("ends with the memory as it is, and every moment brought something new", async () => {
    const run = await open("automata", {});
    for (let step = 1; step <= 60; step++) await run.advance("step");
    const { moments, note } = await ask(run, { kind: "memoryHistory", observation: 2 });
    const now = await ask(run, { kind: "posterior", observation: 2, source: "memory" });
    expect(moments.length).toBeGreaterThan(1);
    const names = (entries: readonly { printed: string }[]) => entries.map((entry) => entry.printed).sort();
    expect(names(moments.at(-1)!.entries)).toEqual(names(now.view.entries));
    for (const [i, moment] of moments.entries()) {
      expect(moment.entries.reduce((sum, entry) => sum + entry.weight, 0)).toBeCloseTo(1, 9);
      const before = moments[i - 1];
      if (!before) continue;
      expect(moment.step).toBeGreaterThan(before.step);
      const isNew = moment.entries.some((entry) => entry.bornAt === moment.step);
      expect(isNew || moment.entries[0]!.printed !== before.entries[0]!.printed).toBe(true);
    }
    for (const entry of moments.flatMap((moment) => moment.entries)) {
      expect(entry.logPrior + entry.logLikelihood).toBeCloseTo(entry.logJoint, 9);
    }
    expect(note).toContain("with the scores of that time");
    run.core.dispose();
  });

  it("goes on after a checkpoint, and says where it begins after one that brought none", async () => {
    const run = await open("clusters", {});
    for (let step = 1; step <= 30; step++) await run.advance("step");
    const question = { kind: "memoryHistory", observation: 4 } as const;
    const before = await ask(run, question);
    const state = await captureState(run.core);
    const resumed = await open("clusters", {}, writeCheckpoint(state));
    expect(await ask(resumed, question)).toEqual(before);
    expect((await ask(resumed, { kind: "dreams" })).galleries).toEqual((await ask(run, { kind: "dreams" })).galleries);
    const old = await open("clusters", {}, writeCheckpoint({ ...state, past: null }));
    const fresh = await ask(old, question);
    expect(fresh.moments).toEqual([]);
    expect(fresh.note).toContain("Known from step 30 on");
    for (const each of [run, resumed, old]) each.core.dispose();
  });

  it("holds weighted samples of the observation on show where there is no memory", async () => {
    const run = await open("clusters", { algorithm: "rws" });
    run.core.selected = 7;
    for (let step = 1; step <= 40; step++) await run.advance("step");
    const { moments, note } = await ask(run, { kind: "memoryHistory", observation: 7 });
    expect(moments.length).toBeGreaterThan(3);
    for (const { entries } of moments) expect(entries.reduce((sum, entry) => sum + entry.weight, 0)).toBeCloseTo(1, 9);
    expect(note).toContain("Weighted samples");
    expect((await ask(run, { kind: "memoryHistory", observation: 8 })).moments).toEqual([]);
    run.core.dispose();
  });
});

describe("dreams", () => {
  it("are nine of now and nine of earlier evaluations, oldest first, and differ as the model does", async () => {
    const run = await open("automata", { evaluateEvery: 4 });
    for (let step = 1; step <= 60; step++) await run.advance("step");
    const { step, galleries } = await ask(run, { kind: "dreams" });
    expect(step).toBe(60);
    const steps = galleries.map((gallery) => gallery.step);
    expect(steps[0]).toBe(0);
    expect(steps.at(-1)).toBe(60);
    expect(steps).toEqual([...steps].sort((first, second) => first - second));
    expect(steps.length).toBeGreaterThan(3);
    expect(steps.length).toBeLessThanOrEqual(9);
    for (const { dreams } of galleries) {
      expect(dreams).toHaveLength(9);
      for (const dream of dreams) expect(dream.printed).toMatch(/^rule \d+$/);
    }
    expect(galleries[0]!.dreams).not.toEqual(galleries.at(-1)!.dreams);
    run.core.dispose();
  });
});

describe("a question that cannot be answered", () => {
  it.each([
    [{ kind: "posterior", observation: 99, source: "memory" }, /observation is 99/],
    [{ kind: "lens", observation: -1 }, /observation is -1/],
    [{ kind: "imagine", programs: [[1, 2]], count: 1, like: -1 }, /1, 2 is not a rule/],
    [{ kind: "imagine", programs: [[999]], count: 1, like: -1 }, /999 is not a rule/],
    [{ kind: "imagine", programs: [[110]], count: 1000, like: -1 }, /allowed: 1 to 256/],
    [{ kind: "imagine", programs: [[110]], count: 1, like: 40 }, /observation is 40/],
  ] as const)("%o says why", async (question, sentence) => {
    const run = await open("automata", {});
    await expect(answerQuestion(run, question)).rejects.toMatchObject({ message: expect.stringMatching(sentence) });
    run.core.dispose();
  });
});

// Sleep first: the option sleepFirst of a run. Theta stands still while phi learns from dreams; then theta's Adam begins as
// if the run had begun there. Resuming inside and after the sleep gives the same numbers, and so does stepping by stages.

import { describe, expect, it } from "vitest";
import { strokes } from "../../src/domains/strokes/index";
import { algorithms } from "../../src/engine/algorithms/list";
import type { OptionValues } from "../../src/engine/options";
import { writeCheckpoint } from "../../src/engine/run/checkpoint";
import { createRun, describeRun } from "../../src/engine/run/createRun";
import type { Run } from "../../src/engine/run/run";
import { captureState } from "../../src/engine/run/state";
import { readPublicFile } from "../../src/engine/worker/threadPort";
import { TINY } from "../helpers/strokesRuns";

const SLEEP = 12;

async function open(options: OptionValues, checkpoint: Uint8Array | null = null): Promise<Run> {
  const own = { ...TINY, evaluationImages: 4, evaluationSamples: 5, backend: "cpu", sleepFirst: SLEEP, sleep: "mix" };
  const all = checkpoint ? {} : { ...own, iterations: 40, evaluateEvery: 20, ...options };
  return (await createRun({ spec: strokes, options: all, userData: null, checkpoint, readAsset: readPublicFile })).run;
}

async function runTo(run: Run, step: number): Promise<void> {
  while (run.core.step < step) await run.advance("step");
}

async function numbersOf(run: Run) {
  const { wallMs: _wallMs, history, ...state } = await captureState(run.core);
  return { ...state, history: history.map(({ wallMs: _ms, ...record }) => record) };
}

async function valuesOf(run: Run, group: "theta" | "phi"): Promise<number[][]> {
  const blocks = run.core.parts.instance.model.blocks.filter((block) => block.group === group);
  return Promise.all(blocks.map(async (block) => Array.from((await block.read()).values)));
}

describe("a run that sleeps first", () => {
  it("moves phi alone while it sleeps, scores nothing and remembers nothing", async () => {
    const run = await open({});
    const [theta, phi] = [await valuesOf(run, "theta"), await valuesOf(run, "phi")];
    await runTo(run, SLEEP);
    expect(await valuesOf(run, "theta")).toEqual(theta);
    for (const [i, values] of (await valuesOf(run, "phi")).entries()) expect(values).not.toEqual(phi[i]);
    expect(run.core.evaluations).toBe(0);
    expect(run.core.parts.memory!.rows.counts.every((count) => count === 0)).toBe(true);
    for (const { step, metrics } of run.core.history.slice(1)) {
      expect(Object.keys(metrics), `step ${step}`).not.toContain("elbo");
      expect(metrics.phiLoss).toBeGreaterThan(0);
    }
    await runTo(run, SLEEP + 1);
    expect(run.core.evaluations).toBe(4 * 4);
    expect(run.core.history.at(-1)!.metrics.elbo).toBeLessThan(0);
    run.core.dispose();
  });

  it("begins theta's Adam at its own first step: every number with a gradient moves by the learning rate", async () => {
    const run = await open({ learningRate: 0.001, bankLearningRate: 0.001 });
    await runTo(run, SLEEP);
    const before = (await valuesOf(run, "theta")).flat();
    await runTo(run, SLEEP + 1);
    const moved = (await valuesOf(run, "theta")).flat().map((value, i) => Math.abs(value - before[i]!));
    const touched = moved.filter((distance) => distance > 0);
    expect(touched.length).toBeGreaterThan(100);
    // Adam's first step is the rate in the direction of the sign, a little less for the tiniest gradients.
    expect(Math.max(...touched)).toBeLessThan(0.001 + 1e-9);
    expect(touched.filter((distance) => distance > 0.00099).length).toBeGreaterThan(0.9 * touched.length);
    run.core.dispose();
  });

  it.each(algorithms.map(({ id }) => id))(
    "resumes bit for bit inside the sleep and after it, %s",
    async (algorithm) => {
      const straight = await open({ algorithm, phi: "both" });
      const files: Uint8Array[] = [];
      for (const step of [7, SLEEP, 20]) {
        await runTo(straight, step);
        files.push(writeCheckpoint(await captureState(straight.core)));
      }
      await runTo(straight, 30);
      for (const file of files) {
        const resumed = await open({}, file);
        await runTo(resumed, 30);
        expect(await numbersOf(resumed)).toEqual(await numbersOf(straight));
        resumed.core.dispose();
      }
      straight.core.dispose();
    },
  );

  it("says its stages step by step, and steps by stage to the same numbers", async () => {
    const [straight, stepped] = [await open({}), await open({})];
    expect(describeRun(stepped, "a").stages.map(({ name }) => name)).toEqual(["look", "dream", "learnFromDream"]);
    await runTo(straight, SLEEP + 2);
    const seen = Array.from({ length: SLEEP + 2 }, (): string[] => []);
    while (stepped.core.step < SLEEP + 2) {
      await stepped.advance("stage");
      const at = stepped.core.step;
      if (stepped.held) seen[at]!.push(stepped.held.stage.name);
    }
    // The last stage ends the step: the run then stands between two steps.
    expect(seen[SLEEP - 1]).toEqual(["look", "dream"]);
    expect(seen[SLEEP]!.slice(0, 4)).toEqual(["look", "propose", "score", "remember"]);
    expect(await numbersOf(stepped)).toEqual(await numbersOf(straight));
    straight.core.dispose();
    stepped.core.dispose();
  });

  it("does not count the sleep against patience", async () => {
    const run = await open({ patience: 5 });
    await run.advance("free");
    expect(run.core.step).toBeGreaterThan(SLEEP + 4);
    run.core.dispose();
  });
});

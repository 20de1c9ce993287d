// Stepping, pausing and full speed are one code path: the numbers must not depend on how a step was reached.

import { describe, expect, it } from "vitest";
import type { OptionValues } from "../../../../src/engine/options";
import { createRun } from "../../../../src/engine/run/createRun";
import type { StageReport } from "../../../../src/engine/run/records";
import type { Run, Until } from "../../../../src/engine/run/run";
import { captureState } from "../../../../src/engine/run/state";
import { tiny } from "../../../helpers/tinyDomain";

const readAsset = async () => new Uint8Array();

async function newRun(options: OptionValues = {}, reports: StageReport[] = []): Promise<Run> {
  const request = { spec: tiny, options: { backend: "cpu", ...options }, userData: null, checkpoint: null, readAsset };
  const { run } = await createRun(request, { onStage: (report) => reports.push(report), onSlice: () => undefined });
  return run;
}

/** Everything that training determines, without clock readings. */
async function numbersOf(run: Run) {
  const { wallMs: _wallMs, history, ...state } = await captureState(run.core);
  return { ...state, history: history.map(({ wallMs: _ms, ...record }) => record) };
}

async function reach(run: Run, step: number, until: Until): Promise<void> {
  while (run.core.step < step) await run.advance(until);
}

/** As on a graphics device: proposals come in a later turn of the event loop, and there is no other turn. */
function proposeSlowly(run: Run): void {
  const { model } = run.core.parts.instance;
  const propose = model.propose.bind(model);
  const slow: typeof propose = async (...request) => {
    await new Promise((resolve) => setTimeout(resolve, 30));
    return propose(...request);
  };
  Object.assign(model, { propose: slow });
  run.core.markEvaluated(0);
  run.sliceMs = 1000;
}

const ALGORITHMS = ["mws", "rws", "vimco", "reinforce"];

describe.each(ALGORITHMS)("%s", (algorithm) => {
  const options = { algorithm, iterations: 30, evaluateEvery: 10, sleep: "mix", phi: "both" };

  it.each<Until>(["stage", "phase", "step"])("reaches the same numbers by %s as at full speed", async (until) => {
    const fast = await newRun(options);
    expect(await fast.advance("free")).toMatchObject({ kind: "finished", reason: { rule: "iterations" } });
    const slow = await newRun(options);
    await reach(slow, 30, until);
    expect(await numbersOf(slow)).toEqual(await numbersOf(fast));
  });
});

describe("stepping", () => {
  it("holds after every stage and completes the step at the last one", async () => {
    const reports: StageReport[] = [];
    const run = await newRun({ sleep: "mix" }, reports);
    const stages = run.core.parts.algorithm.stages(run.core.options);
    for (const stage of stages.slice(0, -1)) {
      expect(await run.advance("stage")).toEqual({ kind: "held", stage: stage.name });
      expect(run.core.step).toBe(0);
    }
    expect(await run.advance("stage")).toEqual({ kind: "between" });
    expect(run.core.step).toBe(1);
    expect(reports.map((report) => report.stage)).toEqual(stages.map((stage) => stage.name));
    expect(reports.at(3)?.proposals.every((proposal) => proposal.fate !== null)).toBe(true);
    expect(reports.at(0)?.proposals).toEqual([]);
  });

  it("stands once a phase", async () => {
    const run = await newRun({ sleep: "mix" });
    expect(await run.advance("phase")).toEqual({ kind: "held", stage: "remember" });
    expect(await run.advance("phase")).toEqual({ kind: "held", stage: "learnPhi" });
    expect(await run.advance("phase")).toEqual({ kind: "between" });
    expect(run.core.step).toBe(1);
  });

  it("continues a held step at full speed", async () => {
    const straight = await newRun();
    await straight.advance("free");
    const held = await newRun();
    await reach(held, 7, "step");
    await held.advance("stage");
    await held.advance("free");
    expect(await numbersOf(held)).toEqual(await numbersOf(straight));
  });

  it("leaves no trace of an abandoned step", async () => {
    const run = await newRun();
    await reach(run, 7, "step");
    const before = await numbersOf(run);
    await run.advance("phase");
    run.abandon();
    expect(run.held).toBeNull();
    expect(await numbersOf(run)).toEqual(before);
  });

  it("stands within one stage when a pause comes in the middle of a long step", async () => {
    const run = await newRun({ iterations: 1000 });
    proposeSlowly(run);
    const stand = run.advance("free");
    setTimeout(() => run.requestPause(), 10);
    expect(await stand).toEqual({ kind: "held", stage: "propose" });
    await run.advance("step");
    expect(run.core.step).toBe(1);
  });

  it("gives up a long running step at its next stage", async () => {
    const run = await newRun({ iterations: 1000 });
    proposeSlowly(run);
    const stand = run.advance("free");
    setTimeout(() => run.abandon(), 10);
    expect(await stand).toEqual({ kind: "abandoned" });
    expect(run.core.step).toBe(0);
  });

  it("does not count waiting as training time", async () => {
    const run = await newRun();
    await run.advance("stage");
    const before = run.core.stopwatch.milliseconds;
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(run.core.stopwatch.milliseconds - before).toBeLessThan(1);
  });

  it("visits every observation once an epoch, in another order each epoch", async () => {
    const run = await newRun();
    const { batches } = run.core;
    expect(batches.stepsPerEpoch).toBe(3);
    const epoch = (first: number) => [0, 1, 2].flatMap((i) => [...batches.at(first + i).ids]);
    const [one, two] = [epoch(1), epoch(4)];
    const everyone = Array.from({ length: 10 }, (_, i) => i);
    expect([...one].sort((a, b) => a - b)).toEqual(everyone);
    expect([...two].sort((a, b) => a - b)).toEqual(everyone);
    expect(two).not.toEqual(one);
    expect(epoch(1)).toEqual(one);
  });
});

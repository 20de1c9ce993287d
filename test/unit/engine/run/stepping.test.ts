// Stepping, pausing and full speed are one code path: the numbers must not depend on how a step was reached.

import { describe, expect, it } from "vitest";
import type { OptionValues } from "../../../../src/engine/options";
import { createRun } from "../../../../src/engine/run/createRun";
import { memoryOnShow } from "../../../../src/engine/run/heldMemory";
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

/** Everything that training determines, without clock readings and without what only pictures use. */
async function numbersOf(run: Run) {
  const { wallMs: _wallMs, history, ...state } = await captureState(run.core);
  return { ...state, selected: 0, past: null, history: history.map(({ wallMs: _ms, ...record }) => record) };
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

  it("shows an observation of the batch, and respects a choice within it", async () => {
    const reports: StageReport[] = [];
    const run = await newRun({ sleep: "mix" }, reports);
    const [first, second] = run.core.batches.at(1).ids;
    const outside = Array.from({ length: 10 }, (_, i) => i).find((i) => !run.core.batches.at(1).ids.includes(i))!;
    run.select(outside);
    await run.advance("phase");
    expect(run.core.selected).toBe(first);
    expect(reports.map((report) => report.observation)).toEqual([first, first, first, first]);
    reports.length = 0;
    run.select(second!);
    expect(reports.map((report) => [report.stage, report.observation])).toEqual(
      ["look", "propose", "score", "remember"].map((stage) => [stage, second]),
    );
    await run.advance("stage");
    expect(reports.at(-1)).toMatchObject({ stage: "recall", observation: second });
    run.select(outside);
    expect(reports.at(-1)).toMatchObject({ stage: "recall", observation: second });
    await run.advance("free");
    expect(run.core.selected).toBe(outside);
  });

  it("reports what each stage has found", async () => {
    const reports: StageReport[] = [];
    const run = await newRun({ sleep: "mix", particles: 6 }, reports);
    for (let i = 0; i < 9; i++) await run.advance("stage");
    const of = (stage: string) => reports.find((report) => report.stage === stage)!;
    expect(of("look")).toMatchObject({ step: 1, proposals: [], learns: null, dream: null });
    expect(of("propose").proposals.every((proposal) => proposal.logQ !== null && proposal.logPrior === null)).toBe(
      true,
    );
    expect(of("score").memory?.isUpdated).toBe(false);
    const { memory } = of("remember");
    expect(memory?.members.reduce((sum, member) => sum + member.weight!, 0)).toBeCloseTo(1, 9);
    const entered = of("remember").proposals.filter(({ fate }) => fate === "accepted" || fate === "newBest");
    expect(
      memory?.members
        .filter((member) => member.isNew)
        .map((member) => member.printed)
        .sort(),
    ).toEqual([...new Set(entered.map((proposal) => proposal.printed))].sort());
    expect(of("remember").bound.after!).toBeGreaterThanOrEqual(of("score").bound.before!);
    const { recalled } = of("recall").memory!;
    const theta = of("learnTheta").learns!;
    expect(theta).toMatchObject({ target: "theta", from: "observation" });
    expect(theta.programs).toEqual([
      { program: memory!.members[recalled!]!.program, printed: memory!.members[recalled!]!.printed, coefficient: 1 },
    ]);
    expect(of("learnPhi").learns).toMatchObject({ target: "phi", programs: [{ coefficient: 0.5 }] });
    const dream = of("dream").dream!;
    expect(of("learnFromDream").learns).toEqual({
      target: "phi",
      from: "dream",
      programs: [{ program: dream.program, printed: dream.printed, coefficient: 0.5 }],
    });
  });

  it.each(["rws", "vimco", "reinforce"])(
    "reports the weights and shares of %s, which has no memory",
    async (algorithm) => {
      const reports: StageReport[] = [];
      const run = await newRun({ algorithm, particles: 4 }, reports);
      const stages = run.core.parts.algorithm.stages(run.core.options);
      for (const _ of stages) await run.advance("stage");
      expect(reports.map((report) => report.stage)).toEqual(stages.map((stage) => stage.name));
      expect(reports.every((report) => report.memory === null)).toBe(true);
      const score = reports.find((report) => report.stage === "score")!;
      expect(score.proposals.reduce((sum, proposal) => sum + proposal.weight!, 0)).toBeCloseTo(1, 9);
      const theta = reports.find((report) => report.stage === "learnTheta")!.learns!;
      expect(theta.programs.reduce((sum, program) => sum + program.coefficient, 0)).toBeCloseTo(1, 9);
    },
  );

  it("shows pictures the memory as the held step would leave it, and writes nothing", async () => {
    const run = await newRun({ sleep: "mix" });
    await run.advance("phase");
    const { ids } = run.held!.payload.batch;
    expect(run.core.parts.memory!.rows.counts[ids[0]!]).toBe(0);
    expect(memoryOnShow(run)!.rows.counts[ids[0]!]).toBeGreaterThan(0);
    await run.advance("step");
    expect(memoryOnShow(run)).toBe(run.core.parts.memory);
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

// Blocks on a graphics device (software adapter, float32): the same scenes as on the cpu, numbers and gradients to
// float32's digits, runs that resume exactly, nothing left behind, few read-backs. Not measured here: a real graphics card.

import { describe, expect, it, vi } from "vitest";
import type { BlocksPicture } from "../../../src/domains/blocks/facts";
import { blocks } from "../../../src/domains/blocks/index";
import type { BackendName } from "../../../src/engine/backend";
import { openWebgpu } from "../../../src/engine/kernels/tfjsWebgpu";
import type { Term } from "../../../src/engine/model";
import { PlainBlock } from "../../../src/engine/optim/plainBlock";
import type { OptionValues } from "../../../src/engine/options";
import { Rng } from "../../../src/engine/rng/rng";
import { writeCheckpoint } from "../../../src/engine/run/checkpoint";
import { createRun } from "../../../src/engine/run/createRun";
import type { Run } from "../../../src/engine/run/run";
import { captureState } from "../../../src/engine/run/state";
import { readPublicFile } from "../../../src/engine/worker/threadPort";
import { type BlocksRun, buildBlocks, sceneRows, TINY_BLOCKS } from "../../helpers/blocks";
import { installWebgpu } from "../../helpers/webgpuInNode";

const missing = await installWebgpu();
if (missing !== null) process.stderr.write(`${missing}\n`);

const SMALL: OptionValues = {
  ...TINY_BLOCKS,
  scenes: 4,
  batch: 2,
  particles: 2,
  memory: 2,
  proposals: 2,
  dreams: 2,
  shrink: 0.2,
  typesLearningRate: 0.01,
  evaluationScenes: 2,
  evaluationSamples: 3,
  evaluateEvery: 1000,
  seed: 3,
};
/**
 * Read-backs of a step and how often somebody waits for one or more: heads, likelihoods, gradient of theta, its squared norm;
 * dreams are drawn and read by the network (rws: also likelihoods of its fresh samples). theta's gradient shares a wait.
 */
const READS = { hmws: { reads: 6, waits: 5 }, vimco: { reads: 5, waits: 4 }, rws: { reads: 6, waits: 5 } };

const farthest = (first: ArrayLike<number>, second: ArrayLike<number>): number =>
  Array.from(first).reduce((most, value, i) => Math.max(most, Math.abs(value - second[i]!)), 0);
const largest = (values: ArrayLike<number>): number => farthest(values, new Float64Array(values.length));

async function open(options: OptionValues, checkpoint: Uint8Array | null = null): Promise<Run> {
  const request = { spec: blocks, options, userData: null, checkpoint, readAsset: readPublicFile };
  return (await createRun(request)).run;
}

/** The state but for clock readings. */
async function stateOf(run: Run) {
  const { wallMs: _wallMs, history, ...state } = await captureState(run.core);
  return { ...state, history: history.map(({ wallMs: _ms, ...record }) => record) };
}
type State = Awaited<ReturnType<typeof stateOf>>;

/** Runs to a step; from the first on, which leaves the network's activations, every step leaves as many arrays behind. */
async function runTo(run: Run, step: number): Promise<void> {
  const session = await openWebgpu();
  const counts: number[] = [];
  while (run.core.step < step) {
    await run.core.advance(() => undefined);
    counts.push(session.countArrays());
  }
  expect(new Set(counts).size).toBe(1);
}

function expectNear(ours: Readonly<Record<string, unknown>>, exact: Readonly<Record<string, unknown>>): void {
  expect(Object.keys(ours)).toEqual(Object.keys(exact));
  for (const [name, value] of Object.entries(exact)) {
    const most = 1e-5 * Math.max(1, Math.abs(Number(value)));
    expect(Math.abs(Number(ours[name]) - Number(value)), name).toBeLessThan(most);
  }
}

/** Records and memory alike; parameters to a hundredth of a step of Adam. */
function expectSameRun(ours: State, exact: State): void {
  expect(ours.history.length).toBe(exact.history.length);
  for (const [i, { metrics }] of exact.history.entries()) expectNear(ours.history[i]!.metrics, metrics);
  expect(ours.memory?.programs).toEqual(exact.memory?.programs);
  for (const [i, { name, values }] of exact.blocks.entries()) {
    const step = name.startsWith("theta") ? 0.01 : 0.001;
    expect(farthest(ours.blocks[i]!.values, values), name).toBeLessThan(0.01 * step);
  }
}

/** Read-backs of a step, and how often somebody waits for one or more of them. */
async function readsOf(run: Run) {
  const session = await openWebgpu();
  const counts = { reads: 0, waits: 0 };
  const { read } = session;
  let pending = 0;
  const spy = vi.spyOn(session, "read").mockImplementation(async (array) => {
    counts.reads++;
    if (pending++ === 0) counts.waits++;
    try {
      return await read.call(session, array);
    } finally {
      pending--;
    }
  });
  await run.core.advance(() => undefined);
  spy.mockRestore();
  return counts;
}

/** theta's blocks with their gradients. */
const learned = ({ model }: BlocksRun): readonly PlainBlock[] =>
  model.blocks.filter((block) => block instanceof PlainBlock);

describe.skipIf(missing !== null)("blocks on webgpu", { timeout: 120_000 }, () => {
  it("draws what the cpu draws, and scores it alike", async () => {
    const session = await openWebgpu();
    const before = session.countArrays();
    const [cpu, gpu] = [await buildBlocks(SMALL), await buildBlocks(SMALL, "webgpu")];
    const [first, second] = await Promise.all(
      [cpu, gpu].map(async (run) => {
        const batch = sceneRows(run, 2);
        const drawn = await run.model.propose(batch, 6, new Rng(1));
        const dreams = await run.model.dream(4, new Rng(2));
        return { ...drawn, dreams, ...(await run.model.score(batch, drawn.programs)) };
      }),
    );
    expect(largest(first!.programs.values)).toBeGreaterThan(1);
    expect(second!.programs.values).toEqual(first!.programs.values);
    expect(farthest(second!.programs.continuous!, first!.programs.continuous!)).toBeLessThan(1e-5);
    expect(farthest(second!.logQ, first!.logQ)).toBeLessThan(1e-4);
    expect(farthest(second!.logPrior, first!.logPrior)).toBeLessThan(1e-4);
    // The reference file's own bound for single precision.
    for (const [i, value] of first!.logLikelihood.entries())
      expect(Math.abs(second!.logLikelihood[i]! / value - 1)).toBeLessThan(1e-4);
    expect(second!.dreams.programs.values).toEqual(first!.dreams.programs.values);
    // The cast: the domain's own observations.
    const picture = ({ dreams }: NonNullable<typeof first>, row: number) => dreams.batch.observations.picture(row);
    for (let row = 0; row < 4; row++) expect(farthest(picture(second!, row), picture(first!, row))).toBeLessThan(1e-4);
    gpu.model.dispose();
    expect(session.countArrays()).toBe(before);
  });

  it("has the slope of float64 scores by types and by locations, through places, order and picture", async () => {
    const [cpu, gpu] = [await buildBlocks(SMALL), await buildBlocks(SMALL, "webgpu")];
    const batch = sceneRows(gpu, 2);
    const { programs } = await cpu.model.propose(sceneRows(cpu, 2), 4, new Rng(5));
    const coefficient = Float64Array.of(0.5, 1, 0, 2, 0.1, 0, 1, 0.3);
    const terms: Term<typeof batch.observations>[] = [{ target: "theta", batch, programs, coefficient }];
    await gpu.model.accumulate(terms);
    /** mean_b sum_k coefficient log p(z, x) in float64. */
    const objective = async () => {
      const { logPrior, logLikelihood } = await cpu.model.score(sceneRows(cpu, 2), programs);
      return coefficient.reduce((sum, own, i) => sum + (own * (logPrior[i]! + logLikelihood[i]!)) / 2, 0);
    };
    const slope = async (values: Float64Array, at: number) => {
      const [own, step] = [values[at]!, 1e-5];
      const ends: number[] = [];
      for (const sign of [1, -1]) {
        values[at] = own + sign * step;
        ends.push(await objective());
      }
      values[at] = own;
      return (ends[0]! - ends[1]!) / (2 * step);
    };
    for (const [b, block] of learned(cpu).entries()) {
      const exact: number[] = [];
      for (let i = 0; i < block.size; i++) exact.push(-(await slope(block.values, i)));
      expect(largest(exact)).toBeGreaterThan(1);
      // 2e-3 of the largest entry: the reference file's bound for single precision.
      expect(farthest(learned(gpu)[b]!.gradient, exact), block.name).toBeLessThan(2e-3 * largest(exact));
    }
    const weight = coefficient.map((own) => own / 2);
    const { gradient } = await gpu.model.generative.valueGradient(batch, programs, weight);
    const exact: number[] = [];
    for (let i = 0; i < gradient.length; i++) {
      const isBlock = programs.values[i]! > 0 && coefficient[Math.floor(i / programs.length)]! > 0;
      exact.push(isBlock ? await slope(programs.continuous!, i) : 0);
    }
    expect(largest(exact)).toBeGreaterThan(0.1);
    expect(farthest(gradient, exact)).toBeLessThan(2e-3 * largest(exact));
    for (const { model } of [cpu, gpu]) model.dispose();
  });

  it("runs HMWS as the cpu does, resumes exactly, and leaves nothing behind", async () => {
    const session = await openWebgpu();
    const before = session.countArrays();
    const run = async (backend: BackendName) => {
      const opened = await open({ ...SMALL, algorithm: "hmws", backend });
      await runTo(opened, 2);
      const file = writeCheckpoint(await captureState(opened.core));
      await runTo(opened, 3);
      const state = await stateOf(opened);
      const { instance, memory } = opened.core.parts;
      const metrics = await opened.core.evaluate();
      const context = { selected: 1, memory, step: 3, rng: new Rng(1) };
      // The cast: the domain makes its own kind of picture.
      return { opened, file, state, metrics, picture: (await instance.picture(context)) as BlocksPicture };
    };
    const [ours, exact] = [await run("webgpu"), await run("cpu")];
    expectSameRun(ours.state, exact.state);
    expectNear(ours.metrics, exact.metrics);
    expect(ours.picture.parses.map(({ program }) => program)).toEqual(
      exact.picture.parses.map(({ program }) => program),
    );
    expect(ours.picture.parses.length).toBeGreaterThan(0);
    ours.opened.core.dispose();
    exact.opened.core.dispose();
    const resumed = await open({}, ours.file);
    expect(resumed.core.parts.backend.name).toBe("webgpu");
    await runTo(resumed, 3);
    expect(await stateOf(resumed)).toEqual(ours.state);
    expect(await readsOf(resumed)).toEqual(READS.hmws);
    resumed.core.dispose();
    expect(session.countArrays()).toBe(before);
  });

  it.each(["vimco", "rws"] as const)("runs %s as the cpu does", async (algorithm) => {
    const states: State[] = [];
    for (const backend of ["webgpu", "cpu"]) {
      const run = await open({ ...SMALL, algorithm, backend });
      await runTo(run, 2);
      states.push(await stateOf(run));
      if (backend === "webgpu") expect(await readsOf(run)).toEqual(READS[algorithm]);
      run.core.dispose();
    }
    expectSameRun(states[0]!, states[1]!);
  });
});

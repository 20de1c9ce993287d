// Time series on a graphics device (software adapter, float32): the same strings as on the cpu, numbers to float32's digits,
// runs that resume exactly, nothing left behind, few read-backs. Not measured here: a real graphics card.

import { describe, expect, it, vi } from "vitest";
import type { SeriesPicture } from "../../../src/domains/timeseries/facts";
import { readExpressions } from "../../../src/domains/timeseries/grammar/expression";
import { timeseries } from "../../../src/domains/timeseries/index";
import type { StageHook } from "../../../src/engine/algorithms/algorithm";
import type { BackendName } from "../../../src/engine/backend";
import { openWebgpu } from "../../../src/engine/kernels/tfjsWebgpu";
import type { Programs } from "../../../src/engine/model";
import type { OptionValues } from "../../../src/engine/options";
import { Rng } from "../../../src/engine/rng/rng";
import { writeCheckpoint } from "../../../src/engine/run/checkpoint";
import { createRun } from "../../../src/engine/run/createRun";
import type { Run } from "../../../src/engine/run/run";
import { captureState } from "../../../src/engine/run/state";
import { readPublicFile } from "../../../src/engine/worker/threadPort";
import { buildSeries, seriesRows, TINY_SERIES } from "../../helpers/timeseries";
import { installWebgpu } from "../../helpers/webgpuInNode";

const missing = await installWebgpu();
if (missing !== null) process.stderr.write(`${missing}\n`);

const SMALL: OptionValues = {
  ...TINY_SERIES,
  series: 4,
  batch: 2,
  particles: 2,
  memory: 2,
  proposals: 2,
  dreams: 2,
  sleepFirst: 0,
  evaluationSeries: 2,
  evaluationSamples: 3,
  evaluateEvery: 1000,
  seed: 3,
};
/** Read-backs of a step of HMWS besides one for each symbol of the longest string and each later kernel of the longest. */
const FIXED_READS = 31;
/** Those that share another's wait: the gradients of six blocks, three of four scores, likelihoods beside theta's gradient. */
const SHARED_WAITS = 8;

const farthest = (first: ArrayLike<number>, second: ArrayLike<number>): number =>
  Array.from(first).reduce((most, value, i) => Math.max(most, Math.abs(value - second[i]!)), 0);

async function open(options: OptionValues, checkpoint: Uint8Array | null = null): Promise<Run> {
  const request = { spec: timeseries, options, userData: null, checkpoint, readAsset: readPublicFile };
  return (await createRun(request)).run;
}

/** The state but for clock readings. */
async function stateOf(run: Run) {
  const { wallMs: _wallMs, history, ...state } = await captureState(run.core);
  return { ...state, history: history.map(({ wallMs: _ms, ...record }) => record) };
}
type State = Awaited<ReturnType<typeof stateOf>>;

/** Runs to a step; every step leaves as many arrays on the device as the model holds. */
async function runTo(run: Run, step: number): Promise<void> {
  const session = await openWebgpu();
  const before = session.countArrays();
  while (run.core.step < step) {
    await run.core.advance(() => undefined);
    expect(session.countArrays()).toBe(before);
  }
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
    expect(farthest(ours.blocks[i]!.values, values), name).toBeLessThan(1e-5);
  }
}

/** The longest string of some programs, in symbols, and the most kernels of one. */
function sizesOf(...all: Programs[]): { symbols: number; kernels: number } {
  const expressions = all.flatMap(({ values }) => readExpressions(values));
  return {
    symbols: Math.max(...expressions.map(({ length }) => length)),
    kernels: Math.max(...expressions.map(({ numAtoms }) => numAtoms)),
  };
}

/** Read-backs of a step, how often somebody waits for one or more of them, and how many the programs ask for. */
async function readsOf(run: Run) {
  const session = await openWebgpu();
  const counts = { reads: 0, waits: 0, expected: 0 };
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
  const hook: StageHook = (stage, { proposals, members, dreams }) => {
    if (stage === "propose") {
      const { kernels } = sizesOf(proposals!, members!.programs);
      counts.expected += FIXED_READS + sizesOf(proposals!).symbols + kernels - 1;
    }
    if (stage === "dream") {
      const { symbols, kernels } = sizesOf(dreams!.programs);
      counts.expected += symbols + kernels - 1;
    }
  };
  await run.core.advance(hook);
  spy.mockRestore();
  return counts;
}

/** Names of tfjs' compiled programs: the lab's own key behind "lab_", then what tfjs tells them apart by. */
async function compiledPrograms(): Promise<string[]> {
  // The cast: the session's own backend, which no one else needs.
  const { backend } = (await openWebgpu()) as unknown as { backend: { pipelineCache: Record<string, unknown> } };
  return Object.keys(backend.pipelineCache);
}

describe.skipIf(missing !== null)("time series on webgpu", { timeout: 120_000 }, () => {
  it("draws what the cpu draws, and scores it alike", async () => {
    const session = await openWebgpu();
    const before = session.countArrays();
    const [cpu, gpu] = [await buildSeries(SMALL), await buildSeries(SMALL, "webgpu")];
    const [first, second] = await Promise.all(
      [cpu, gpu].map(async (run) => {
        const { model } = run;
        const batch = seriesRows(run, 2);
        const drawn = await model.propose(batch, 6, new Rng(1));
        const dreams = await model.dream(4, new Rng(2));
        return { ...drawn, dreams, ...(await model.score(batch, drawn.programs)) };
      }),
    );
    expect(sizesOf(first!.programs).kernels).toBeGreaterThan(2);
    expect(second!.programs.values).toEqual(first!.programs.values);
    expect(farthest(second!.programs.continuous!, first!.programs.continuous!)).toBeLessThan(1e-5);
    expect(farthest(second!.logQ, first!.logQ)).toBeLessThan(1e-4);
    expect(farthest(second!.logPrior, first!.logPrior)).toBeLessThan(1e-4);
    // The reference file's own bound for single precision.
    for (const [i, value] of first!.logLikelihood.entries())
      expect(Math.abs(second!.logLikelihood[i]! - value)).toBeLessThan(0.02 + 1e-4 * Math.abs(value));
    expect(second!.dreams.programs.values).toEqual(first!.dreams.programs.values);
    // The cast: the domain's own observations.
    const seriesIn = ({ dreams }: typeof first & object) => dreams.batch.observations.values;
    expect(farthest(seriesIn(second!), seriesIn(first!))).toBeLessThan(1e-3);
    gpu.model.dispose();
    expect(session.countArrays()).toBe(before);
  });

  it("runs HMWS as the cpu does, resumes exactly, and leaves nothing behind", async () => {
    const session = await openWebgpu();
    const programs = vi.spyOn(session, "run");
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
      return { opened, file, state, metrics, picture: (await instance.picture(context)) as SeriesPicture };
    };
    const [ours, exact] = [await run("webgpu"), await run("cpu")];
    expectSameRun(ours.state, exact.state);
    expectNear(ours.metrics, exact.metrics);
    expect(ours.picture.fits.length).toBeGreaterThan(0);
    for (const [i, fit] of exact.picture.fits.entries()) {
      expect(ours.picture.fits[i]!.program).toEqual(fit.program);
      expect(farthest(ours.picture.fits[i]!.mean, fit.mean)).toBeLessThan(1e-3);
    }
    ours.opened.core.dispose();
    const resumed = await open({}, ours.file);
    expect(resumed.core.parts.backend.name).toBe("webgpu");
    await runTo(resumed, 3);
    expect(await stateOf(resumed)).toEqual(ours.state);
    const { expected, reads, waits } = await readsOf(resumed);
    expect(reads).toBe(expected);
    expect(waits).toBeLessThanOrEqual(reads - SHARED_WAITS);
    resumed.core.dispose();
    expect(session.countArrays()).toBe(before);
    // Whatever lengths its arrays have, a program is compiled once.
    const used = new Set(programs.mock.calls.map(([{ key }]) => key));
    const compiled = await compiledPrograms();
    for (const key of used)
      expect(
        compiled.filter((name) => name.startsWith(`lab_${key}_`)),
        key,
      ).toHaveLength(1);
    programs.mockRestore();
  });

  it("follows the slope through the numbers as the cpu does, VIMCO", async () => {
    const states: State[] = [];
    for (const backend of ["webgpu", "cpu"]) {
      const run = await open({ ...SMALL, algorithm: "vimco", backend });
      await runTo(run, 1);
      states.push(await stateOf(run));
      run.core.dispose();
    }
    expectSameRun(states[0]!, states[1]!);
  });
});

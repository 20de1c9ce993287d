// Runs on the page: history buffers, the collected updates of the store, the driver's restart, frame rate and pacing.

import { beforeEach, describe, expect, it, vi } from "vitest";
import { FrameWindow, Pacer } from "../../../src/app/runs/frameRate";
import { RunDriver } from "../../../src/app/runs/runDriver";
import { RunSeries } from "../../../src/app/runs/runSeries";
import { NOTICE_GAP_MS, say, useNotice } from "../../../src/app/stores/noticeStore";
import {
  addRun,
  calmUpdates,
  clearRuns,
  dropRun,
  FLUSH_MS,
  patchRun,
  queuePatch,
  type RunPatch,
  runById,
  useRuns,
} from "../../../src/app/stores/runStore";
import { LabError } from "../../../src/engine/errors";
import { packContainer } from "../../../src/engine/run/container";
import type { RunRecord } from "../../../src/engine/run/records";
import { CHECKPOINT_VERSION } from "../../../src/engine/run/runFile";
import type { TrainingClient } from "../../../src/engine/worker/client";
import type { WorkerEvent } from "../../../src/engine/worker/protocol";

const record = (step: number, metrics: Record<string, number>): RunRecord => ({
  step,
  wallMs: step * 10,
  evaluations: step * 200,
  metrics,
});

describe("RunSeries", () => {
  it("grows, and gives finite points along each axis", () => {
    const series = new RunSeries();
    for (let step = 1; step <= 600; step += 1) {
      series.append([record(step, step % 100 === 0 ? { elbo: -step, logPx: step } : { elbo: -step })]);
    }
    expect(series.size).toBe(600);
    expect(series.points("elbo", "step").x.length).toBe(600);
    expect([...series.points("logPx", "time").x]).toEqual([1, 2, 3, 4, 5, 6]);
    expect([...series.points("logPx", "proposals").x]).toEqual([20000, 40000, 60000, 80000, 100000, 120000]);
    expect(series.last("logPx")).toBe(600);
    expect(series.last("none")).toBeNull();
  });

  it("leaves out what is not finite", () => {
    const series = new RunSeries();
    series.append([record(1, { elbo: -3 }), record(2, { elbo: Number.NaN }), record(3, { elbo: -Infinity })]);
    expect([...series.points("elbo", "step").y]).toEqual([-3]);
    expect(series.last("elbo")).toBe(-3);
  });

  it("merges an evaluation into the row of its step", () => {
    const series = new RunSeries();
    series.append([record(1, { elbo: 1 }), record(2, { elbo: 2 })]);
    series.append([record(2, { elbo: 2, logPx: 9 })]);
    expect(series.size).toBe(2);
    expect([...series.points("logPx", "step").x]).toEqual([2]);
  });

  it("forgets what came after the step that a run goes back to", () => {
    const series = new RunSeries();
    series.append([record(1, { elbo: 1 }), record(2, { elbo: 2, logPx: 5 }), record(3, { elbo: 3 })], [1, 3]);
    series.truncate(1);
    series.append([record(2, { elbo: 7 })], [2]);
    expect([...series.points("elbo", "step").y]).toEqual([1, 7]);
    expect(series.points("logPx", "step").x.length).toBe(0);
    expect(series.newBestAt).toEqual([1, 2]);
  });
});

describe("runStore", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    clearRuns();
  });

  it("collects changes and shows them at most ten times a second", () => {
    addRun("a", {}, new RunSeries());
    patchRun("a", { status: "running" });
    let updates = 0;
    const stop = useRuns.subscribe(() => {
      updates += 1;
    });
    for (let ms = 0; ms < 1000; ms += 10) {
      queuePatch("a", { step: ms });
      vi.advanceTimersByTime(10);
    }
    vi.advanceTimersByTime(FLUSH_MS);
    stop();
    expect(updates).toBeLessThanOrEqual(11);
    expect(updates).toBeGreaterThanOrEqual(9);
    expect(runById("a")?.step).toBe(990);
  });

  it("shows fewer updates while the page is slow", () => {
    addRun("a", {}, new RunSeries());
    calmUpdates(true);
    let updates = 0;
    const stop = useRuns.subscribe(() => {
      updates += 1;
    });
    for (let ms = 0; ms < 1000; ms += 10) {
      queuePatch("a", { step: ms });
      vi.advanceTimersByTime(10);
    }
    stop();
    calmUpdates(false);
    expect(updates).toBeLessThanOrEqual(5);
    expect(updates).toBeGreaterThanOrEqual(3);
  });

  it("keeps slots for life and gives a free one to a new run", () => {
    for (const id of ["a", "b", "c"]) addRun(id, {}, new RunSeries());
    dropRun("b");
    expect(useRuns.getState().runs.map((run) => run.slot)).toEqual([1, 3]);
    expect(addRun("d", {}, new RunSeries()).slot).toBe(2);
    expect(useRuns.getState().viewed).toBe("a");
    dropRun("a");
    expect(useRuns.getState().viewed).toBe("c");
  });
});

describe("say", () => {
  it("answers at once, and otherwise waits five seconds and keeps only the latest", () => {
    vi.useFakeTimers();
    vi.advanceTimersByTime(60_000);
    say("first", true);
    say("second");
    say("third");
    expect(useNotice.getState().sentence).toBe("first");
    vi.advanceTimersByTime(NOTICE_GAP_MS);
    expect(useNotice.getState().sentence).toBe("third");
  });
});

/** A client whose answers the test decides; it stands for the worker's side, which has tests of its own. */
function scriptedClient(start: () => Promise<number>) {
  const listeners = new Set<(event: WorkerEvent) => void>();
  const done = () => Promise.resolve();
  const client = {
    runId: "x",
    start: async () => ({ step: await start(), history: [], facts: { numTrain: 100 } }),
    play: vi.fn(done),
    pause: done,
    step: done,
    select: done,
    snapshot: done,
    checkpoint: () => Promise.resolve(new Uint8Array([1, 2, 3])),
    subscribe: (listener: (event: WorkerEvent) => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose: vi.fn(),
  };
  const emit = (event: Record<string, unknown>) => {
    // Events are written out by the tests; the driver reads only what it knows.
    for (const listener of [...listeners]) listener({ runId: "x", ...event } as unknown as WorkerEvent);
  };
  return { client: client as unknown as TrainingClient, emit, play: client.play, dispose: client.dispose };
}

describe("RunDriver", () => {
  const begin = { domain: "automata", options: {}, userData: null, selected: 0 };
  const crash = () => new LabError("worker", { message: "it crashed", help: "Try again." }).toData();

  it("restarts a crashed worker once, from its checkpoint, and goes on playing; then it explains", async () => {
    vi.useRealTimers();
    const clients = [scriptedClient(async () => 0), scriptedClient(async () => 40)];
    const patches: RunPatch[] = [];
    const notices: string[] = [];
    let opened = 0;
    const driver = new RunDriver("r", begin, {
      newClient: () => (clients[opened++] as (typeof clients)[0]).client,
      onPatch: (_, patch) => patches.push(patch),
      onNotice: (sentence) => notices.push(sentence),
    });
    expect(await driver.start()).toBe(true);
    await driver.play();
    clients[0]?.emit({ kind: "failed", id: null, error: crash(), lastGoodStep: 40 });
    await vi.waitFor(() => expect(notices).toHaveLength(1));
    expect(notices[0]).toMatch(/worker stopped and was started again\. Resumed at step 40/);
    await vi.waitFor(() => expect(clients[1]?.play).toHaveBeenCalledOnce());
    expect(clients[0]?.dispose).toHaveBeenCalled();
    expect(patches.some((patch) => patch.status === "failed")).toBe(false);
    clients[1]?.emit({ kind: "failed", id: null, error: crash(), lastGoodStep: 40 });
    await vi.waitFor(() => expect(patches.at(-1)?.status).toBe("failed"));
  });

  it("goes on playing through a pause that nobody asked for, and not through one that somebody did", async () => {
    const only = scriptedClient(async () => 0);
    const driver = new RunDriver("r", begin, {
      newClient: () => only.client,
      onPatch: () => undefined,
      onNotice: () => undefined,
    });
    const status = (now: string) => only.emit({ kind: "status", status: now, reason: null });
    await driver.start();
    await driver.play();
    status("running");
    status("paused");
    expect([driver.isPlaying, driver.willPlay]).toEqual([false, true]);
    status("running");
    expect([driver.isPlaying, driver.willPlay]).toEqual([true, false]);
    await driver.pause();
    status("running"); // said before the pause was heard
    status("paused");
    expect([driver.isPlaying, driver.willPlay]).toEqual([false, false]);
  });

  it("tells with every snapshot which version of the history it belongs to", async () => {
    const only = scriptedClient(async () => 0);
    const patches: RunPatch[] = [];
    const driver = new RunDriver("r", begin, {
      newClient: () => only.client,
      onPatch: (_, patch) => patches.push(patch),
      onNotice: () => undefined,
    });
    await driver.start();
    const snapshot = { step: 8, evaluations: 160, wallMs: 80, records: [], newBestAt: [], memory: null, picture: null };
    only.emit({ kind: "snapshot", snapshot });
    const before = patches.at(-1)?.version;
    only.emit({ kind: "snapshot", snapshot: { ...snapshot, records: [record(8, { elbo: -3 })] } });
    expect(patches.at(-1)?.version).toBeGreaterThan(before ?? Number.POSITIVE_INFINITY);
    expect(driver.series.last("elbo")).toBe(-3);
  });

  it("labels a checkpoint with the step that it holds, not with the one that was last shown", async () => {
    const only = scriptedClient(async () => 0);
    Object.assign(only.client, { checkpoint: async () => packContainer({ step: 9 }, CHECKPOINT_VERSION) });
    const held: number[] = [];
    const driver = new RunDriver("r", begin, {
      newClient: () => only.client,
      onPatch: () => undefined,
      onNotice: () => undefined,
      onCheckpoint: (_, { step }) => held.push(step),
    });
    await driver.start();
    await driver.play();
    const snapshot = { step: 8, evaluations: 160, wallMs: 80, records: [], newBestAt: [], memory: null, picture: null };
    only.emit({ kind: "snapshot", snapshot });
    await driver.pause();
    only.emit({ kind: "snapshot", snapshot: { ...snapshot, step: 10 } });
    await driver.leave();
    expect(held).toEqual([9, 9]);
  });

  it("keeps the last good state of a run that stopped at a value that is not a number", async () => {
    const only = scriptedClient(async () => 0);
    const patches: RunPatch[] = [];
    const driver = new RunDriver("r", begin, {
      newClient: () => only.client,
      onPatch: (_, patch) => patches.push(patch),
      onNotice: () => undefined,
    });
    await driver.start();
    const error = new LabError("non-finite", { message: "the bound is NaN", help: "Go back." }).toData();
    only.emit({ kind: "failed", id: null, error, lastGoodStep: 12 });
    await vi.waitFor(() => expect(patches.at(-1)?.failure?.checkpointStep).toBe(12));
    expect(driver.checkpointStep).toBe(12);
  });
});

describe("frame rate", () => {
  it("is measured over the last two seconds, and unknown at first", () => {
    const frames = new FrameWindow();
    frames.add(0);
    expect(frames.rate()).toBeNull();
    for (let time = 1; time <= 3000; time += 20) frames.add(time);
    expect(frames.rate()).toBeCloseTo(50, 0);
  });

  it("shrinks the slice after two slow seconds and recovers", () => {
    const pacer = new Pacer();
    expect(pacer.update(30, 0)).toBeNull();
    expect(pacer.update(30, 1900)).toBeNull();
    expect(pacer.update(30, 2000)).toBe(8);
    expect(pacer.isSlowed).toBe(true);
    expect(pacer.update(30, 4000)).toBe(5);
    expect(pacer.update(60, 5000)).toBeNull();
    expect(pacer.update(60, 9000)).toBe(8);
    expect(pacer.update(60, 13000)).toBe(12);
    expect(pacer.isSlowed).toBe(false);
  });

  it("does not react to a short hitch", () => {
    const pacer = new Pacer();
    pacer.update(30, 0);
    pacer.update(60, 1000);
    expect(pacer.update(30, 2500)).toBeNull();
  });
});

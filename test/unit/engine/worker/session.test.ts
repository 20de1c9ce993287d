// The session's state machine through the in-process client: statuses, answers, snapshots, faults.

import { afterEach, describe, expect, it } from "vitest";
import type { DomainSpec } from "../../../../src/engine/domain";
import type { TrainingClient } from "../../../../src/engine/worker/client";
import { createInProcessClient } from "../../../../src/engine/worker/inProcessClient";
import type { WorkerEvent } from "../../../../src/engine/worker/protocol";
import { buildTiny, tiny } from "../../../helpers/tinyDomain";
import { type Log, logOf, until } from "../../../helpers/workerEvents";

const readAsset = async () => new Uint8Array();
const open: TrainingClient[] = [];

function newClient(): { client: TrainingClient; log: Log } {
  const client = createInProcessClient([tiny], readAsset);
  open.push(client);
  return { client, log: logOf(client) };
}

const start = (client: TrainingClient, options = {}) =>
  client.start({ domain: "tiny", options: { backend: "cpu", ...options } });

afterEach(() => {
  for (const client of open.splice(0)) client.dispose();
});

const statuses = (log: Log) => log.events.flatMap((event) => (event.kind === "status" ? [event.status] : []));
const isStatus = (status: string) => (event: WorkerEvent) => event.kind === "status" && event.status === status;

describe("a session", () => {
  it("starts paused, describes the run, and sends a first snapshot", async () => {
    const { client, log } = newClient();
    const description = await start(client, { seed: 3 });
    expect(description).toMatchObject({ domain: "tiny", step: 0, history: [], backend: { name: "cpu" } });
    expect(description.options.seed).toBe(3);
    expect(description.numParameters).toBe(6 + 24 + 24);
    expect(statuses(log)).toEqual(["loading", "paused"]);
    expect(log.events.filter((event) => event.kind === "snapshot")).toHaveLength(1);
  });

  it("plays to the stop rule and says which one it was", async () => {
    const { client, log } = newClient();
    await start(client, { iterations: 40 });
    await client.play();
    const end = await until(log, isStatus("converged"));
    expect(end).toMatchObject({ reason: { rule: "iterations", sentence: "reached 40 steps" } });
    const steps = log.records().map((record) => record.step);
    expect(steps).toEqual([...Array.from({ length: 21 }, (_, step) => step), 25, 30, 35, 40]);
    expect(log.records().at(-1)?.metrics).toHaveProperty("logPx");
  });

  it("pauses, steps, goes on and stops", async () => {
    const { client, log } = newClient();
    await start(client, { iterations: 1_000_000, evaluateEvery: 1000 });
    await client.play();
    await until(log, (event) => event.kind === "snapshot" && event.snapshot.step > 0);
    await client.pause();
    expect(statuses(log).at(-1)).toBe("paused");
    const paused = log.lastSnapshot().step;
    expect(paused).toBeGreaterThan(0);
    await client.step("step");
    await client.snapshot();
    expect(log.lastSnapshot().step).toBe(paused + 1);
    await client.play();
    await client.stop();
    const last = log.events.filter((event) => event.kind === "status").at(-1);
    expect(last).toMatchObject({ status: "stopped", reason: { rule: "stopped" } });
    await expect(client.play()).rejects.toMatchObject({ code: "worker", message: "play: the run has been stopped" });
  });

  it("stops while a step is held, and leaves the completed steps", async () => {
    const { client, log } = newClient();
    await start(client);
    await client.step("step");
    await client.step("stage");
    await client.snapshot();
    expect(log.lastSnapshot()).toMatchObject({ step: 1, stage: "look", phase: "wake" });
    await client.stop();
    expect(log.lastSnapshot()).toMatchObject({ step: 1, stage: "none", phase: "none" });
  });

  it("answers concurrent requests one after the other", async () => {
    const { client, log } = newClient();
    await start(client);
    await Promise.all([client.step("step"), client.step("phase"), client.step("step"), client.snapshot()]);
    await client.snapshot();
    expect(log.lastSnapshot().step).toBe(2);
    await Promise.all([client.play(), client.play(), client.pause()]);
    expect(statuses(log).at(-1)).toMatch(/paused|converged/);
  });

  it("replaces a run by starting again, with the same first numbers", async () => {
    const { client, log } = newClient();
    await start(client, { iterations: 20 });
    await client.play();
    await until(log, isStatus("converged"));
    const first = log.records().map((record) => record.metrics);
    log.clear();
    await start(client, { iterations: 20 });
    await client.play();
    await until(log, isStatus("converged"));
    expect(log.records().map((record) => record.metrics)).toEqual(first);
  });

  it("rejects what it cannot do, with a sentence", async () => {
    const { client } = newClient();
    await expect(client.play()).rejects.toMatchObject({ code: "worker", message: "play: there is no run" });
    const unknown = client.start({ domain: "poems", options: {} });
    await expect(unknown).rejects.toMatchObject({ code: "unknown-name", message: 'domain is "poems"; allowed: tiny.' });
    const bad = start(client, { particles: -1 });
    await expect(bad).rejects.toMatchObject({ code: "option", fields: { name: "particles" } });
    await start(client);
    await expect(client.setOption("particles", 5)).rejects.toMatchObject({ message: "particles applies after Reset." });
    await expect(client.setOption("colour", 5)).rejects.toMatchObject({ message: "colour is not an option here." });
    await expect(client.setOption("learningRate", -1)).rejects.toMatchObject({ code: "option" });
    await expect(client.select(99)).rejects.toMatchObject({ code: "option", fields: { given: 99 } });
    await expect(client.inject("device-loss")).rejects.toMatchObject({ code: "backend" });
    const gpu = client.start({ domain: "tiny", options: { backend: "webgpu" } });
    await expect(gpu).rejects.toMatchObject({ code: "backend" });
  });

  it("changes live options from the next step on", async () => {
    const { client, log } = newClient();
    await start(client, { iterations: 10 });
    await client.setOption("iterations", 3);
    await client.play();
    await until(log, isStatus("converged"));
    expect(log.lastSnapshot().step).toBe(3);
    await client.setOption("iterations", 6);
    await client.play();
    await until(log, (event) => isStatus("converged")(event) && log.lastSnapshot().step === 6);
  });

  it("ends when the bound no longer improves, and goes on when told to", async () => {
    const { client, log } = newClient();
    await start(client, { iterations: 100_000, patience: 30, learningRate: 0, evaluateEvery: 1000 });
    await client.play();
    const end = await until(log, isStatus("converged"));
    expect(end).toMatchObject({ reason: { rule: "patience" } });
    const { step } = log.lastSnapshot();
    expect(step).toBeLessThan(1000);
    await client.play();
    await until(log, (event) => isStatus("converged")(event) && log.lastSnapshot().step > step);
    expect(log.lastSnapshot().step).toBeGreaterThanOrEqual(step + 30);
  });

  it("gives up a run that is being prepared when another one is asked for", async () => {
    const { client } = newClient();
    const first = start(client, { seed: 1 });
    const second = start(client, { seed: 2 });
    await expect(first).rejects.toMatchObject({ code: "worker" });
    expect((await second).options.seed).toBe(2);
  });

  it("lets nothing that waits for its turn go on after a stop", async () => {
    const { client, log } = newClient();
    await start(client);
    const steps = [client.step("step"), client.step("step")];
    await Promise.all([client.stop(), Promise.allSettled(steps)]);
    expect(log.lastSnapshot().step).toBe(0);
    expect(statuses(log).at(-1)).toBe("stopped");
  });

  it("keeps the last good state when a value is not a number", async () => {
    const { client, log } = newClient();
    await start(client, { iterations: 1000 });
    await client.step("step");
    await client.step("step");
    const good = await client.checkpoint();
    await client.inject("non-finite");
    await client.play();
    const failed = await until(log, (event) => event.kind === "failed");
    expect(failed).toMatchObject({ id: null, lastGoodStep: 2, error: { code: "non-finite", fields: { step: 3 } } });
    expect((failed as { error: { message: string } }).error.message).toMatch(
      /^log p\(z\) is NaN at step 3, observation \d+$/,
    );
    await until(log, isStatus("failed"));
    expect(await client.checkpoint()).toEqual(good);
    expect(log.records().every((record) => Object.values(record.metrics).every(Number.isFinite))).toBe(true);
    await client.play();
    await until(log, isStatus("converged"));
  });

  it("reports a failing step to the request that asked for it", async () => {
    const { client, log } = newClient();
    await start(client);
    await client.inject("non-finite");
    await expect(client.step("step")).rejects.toMatchObject({ code: "non-finite" });
    expect(statuses(log).at(-1)).toBe("failed");
  });

  it("says what to do when memory runs out while training", async () => {
    const failing: DomainSpec = {
      ...tiny,
      load: async () => ({
        build: async (request) => {
          const instance = buildTiny(request);
          const dream = () => Promise.reject(new RangeError("Array buffer allocation failed"));
          return { ...instance, model: { ...instance.model, dream } };
        },
      }),
    };
    const client = createInProcessClient([failing], readAsset);
    open.push(client);
    const log = logOf(client);
    await start(client, { sleep: "fantasy", particles: 8 });
    await client.play();
    const failed = await until(log, (event) => event.kind === "failed");
    expect(failed).toMatchObject({ lastGoodStep: 0, error: { code: "memory-limit", fields: { particles: 4 } } });
    await until(log, isStatus("failed"));
  });

  it("tells of a crash and rejects what was pending", async () => {
    const { client, log } = newClient();
    await start(client, { iterations: 1_000_000 });
    await client.play();
    const pending = client.checkpoint();
    client.inject("crash").catch(() => undefined);
    await expect(pending.then(() => client.snapshot())).rejects.toMatchObject({ code: "worker" });
    expect(log.events.some((event) => event.kind === "failed" && event.error.code === "worker")).toBe(true);
    expect(statuses(log).at(-1)).toBe("failed");
  });
});

describe("snapshots", () => {
  it("come at most ten times a second, each under 256 kB, and carry every record once", async () => {
    const { client, log } = newClient();
    await start(client, { iterations: 3000, particles: 100, memory: 50, evaluateEvery: 500, batch: 1 });
    await client.play();
    for (let i = 0; i < 15; i++) {
      await client.select(i % 10);
      await client.snapshot();
      expect(log.lastSnapshot().memory?.observation).toBe(i % 10);
    }
    await until(log, isStatus("converged"));
    const times = log.timesOf("snapshot");
    for (const from of times) {
      expect(times.filter((time) => time >= from && time < from + 1000).length).toBeLessThanOrEqual(10);
    }
    const sizes = log.events.flatMap((event) => (event.kind === "snapshot" ? [JSON.stringify(event).length] : []));
    expect(Math.max(...sizes)).toBeLessThan(256 * 1024);
    const steps = log.records().map((record) => record.step);
    expect(new Set(steps).size).toBe(steps.length);
    expect(steps.at(-1)).toBe(3000);
    expect(steps.length).toBe(1 + 20 + (3000 - 20) / 5);
  });

  it("show the memory of the selected observation with weights and fates", async () => {
    const { client, log } = newClient();
    await start(client, { particles: 8, memory: 3, proposals: 5 });
    for (let i = 0; i < 6; i++) await client.step("step");
    await client.select(4);
    await client.snapshot();
    const memory = log.lastSnapshot().memory;
    expect(memory).toMatchObject({ source: "memory", observation: 4 });
    expect(memory?.entries).toHaveLength(3);
    expect(memory?.entries.reduce((sum, entry) => sum + entry.weight, 0)).toBeCloseTo(1, 12);
    expect(memory?.outside.length).toBeGreaterThan(0);
    for (const entry of memory?.entries ?? []) expect(entry.logJoint).toBe(entry.logPrior + entry.logLikelihood);
  });

  it("show merged particles for algorithms without memory", async () => {
    const { client, log } = newClient();
    await start(client, { algorithm: "rws", particles: 30, phi: "wake" });
    for (let i = 0; i < 3; i++) await client.step("step");
    await client.snapshot();
    const memory = log.lastSnapshot().memory;
    expect(memory?.source).toBe("particles");
    expect(memory?.entries.reduce((sum, entry) => sum + entry.weight, 0)).toBeCloseTo(1, 12);
    const printed = memory?.entries.map((entry) => entry.printed) ?? [];
    expect(new Set(printed).size).toBe(printed.length);
  });

  it("show a held step's memory as it would be left", async () => {
    const { client, log } = newClient();
    await start(client, { batch: 10, particles: 6, memory: 3, proposals: 3 });
    await client.step("phase");
    await client.snapshot();
    const held = log.lastSnapshot();
    expect(held).toMatchObject({ step: 0, stage: "remember", phase: "wake" });
    expect(held.memory?.entries).toHaveLength(3);
    expect(held.memory?.visitedAt).toBe(1);
    await client.step("step");
    await client.snapshot();
    const programs = (view: typeof held) => view.memory?.entries.map((entry) => entry.printed).sort();
    expect(programs(log.lastSnapshot())).toEqual(programs(held));
  });
});

// The same sequence of requests gives the same records whichever client carries it; threads are really spawned.

import { afterEach, describe, expect, it } from "vitest";
import type { TrainingClient } from "../../../../src/engine/worker/client";
import { createInProcessClient } from "../../../../src/engine/worker/inProcessClient";
import type { WorkerEvent, WorkerRequest } from "../../../../src/engine/worker/protocol";
import { serve } from "../../../../src/engine/worker/serve";
import { createThreadClient } from "../../../../src/engine/worker/threadClient";
import { createWebWorkerClient } from "../../../../src/engine/worker/webWorkerClient";
import { webWorkerPort } from "../../../../src/engine/worker/webWorkerPort";
import { tiny } from "../../../helpers/tinyDomain";
import { type Log, logOf, until } from "../../../helpers/workerEvents";

const readAsset = async () => new Uint8Array();
const thread = (file: string) => new URL(`../../../helpers/${file}`, import.meta.url);
const open: TrainingClient[] = [];

/**
 * A Web Worker in Node: the page's and the worker's real port code over a real MessageChannel (structured clone and
 * transfer included); only the thread is missing. Real Web Workers run in test/browser.
 */
function channelWorker(): Worker {
  const { port1, port2 } = new MessageChannel();
  const scope = {
    postMessage: (event: WorkerEvent, transfer: ArrayBuffer[]) => port2.postMessage(event, transfer),
    onmessage: null as ((message: { data: WorkerRequest }) => void) | null,
  };
  port2.onmessage = (message) => scope.onmessage?.(message);
  // The casts: both sides use only what is given here.
  serve(webWorkerPort(scope as unknown as DedicatedWorkerGlobalScope), [tiny], readAsset);
  return Object.assign(port1, { terminate: () => port1.close(), onerror: null }) as unknown as Worker;
}

const makers: Readonly<Record<string, () => TrainingClient>> = {
  "in process": () => createInProcessClient([tiny], readAsset, "same"),
  "worker thread": () => createThreadClient("same", thread("tinyThread.ts")),
  "web worker": () => createWebWorkerClient(channelWorker, "same"),
};

function newClient(name: string): { client: TrainingClient; log: Log } {
  const make = makers[name];
  if (!make) throw new Error(`no client ${name}`);
  const client = make();
  open.push(client);
  return { client, log: logOf(client) };
}

afterEach(() => {
  for (const client of open.splice(0)) client.dispose();
});

const isStatus = (status: string) => (event: WorkerEvent) => event.kind === "status" && event.status === status;

/** Starts, steps, saves, goes on and finishes; returns what must not depend on the client. */
async function sequence(name: string) {
  const { client, log } = newClient(name);
  const description = await client.start({ domain: "tiny", options: { backend: "cpu", iterations: 60, seed: 9 } });
  await client.step("phase");
  await client.step("step");
  await client.select(3);
  const checkpoint = await client.checkpoint();
  await client.setOption("learningRate", 0.05);
  await client.play();
  await until(log, isStatus("converged"));
  const records = log.records().map(({ wallMs: _wallMs, ...record }) => record);
  const { memory, picture, step } = log.lastSnapshot();
  const kinds = log.events.map((event) => event.kind).filter((kind) => kind !== "snapshot");
  return { facts: description.facts, records, memory, picture, step, kinds, checkpointBytes: checkpoint.length };
}

describe("clients", () => {
  it("carry the same run", async () => {
    const reference = await sequence("in process");
    expect(reference.records).toHaveLength(1 + 20 + 8); // step 0, every step to 20, every fifth to 60
    expect(await sequence("web worker")).toEqual({ ...reference, checkpointBytes: expect.any(Number) });
    expect(await sequence("worker thread")).toEqual({ ...reference, checkpointBytes: expect.any(Number) });
  });

  it("resume a checkpoint that another one made", async () => {
    const { client } = newClient("worker thread");
    await client.start({ domain: "tiny", options: { backend: "cpu", iterations: 60 } });
    for (let i = 0; i < 5; i++) await client.step("step");
    const checkpoint = await client.checkpoint();
    const other = newClient("in process");
    const description = await other.client.start({ domain: "tiny", options: {}, checkpoint });
    expect(description.step).toBe(5);
    expect(description.history.map((record) => record.step)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it("tell of a thread that dies, reject what is pending, and reject everything after", async () => {
    const { client, log } = newClient("worker thread");
    await client.start({ domain: "tiny", options: { backend: "cpu", iterations: 1_000_000 } });
    await client.play();
    await client.inject("crash");
    const failed = await until(log, (event) => event.kind === "failed");
    expect(failed).toMatchObject({ id: null, error: { code: "worker" } });
    expect((failed as { error: { message: string } }).error.message).toBe(
      "the worker crashed: crashed, as a test asked it to",
    );
    await expect(client.snapshot()).rejects.toMatchObject({ code: "worker" });
  });

  it("tell of a script that cannot be loaded", async () => {
    const client = createThreadClient("missing", thread("noSuchFile.ts"));
    open.push(client);
    const started = client.start({ domain: "tiny", options: {} });
    await expect(started).rejects.toMatchObject({ code: "worker" });
  });

  it("end a worker that does not answer a stop within two seconds", async () => {
    const client = createThreadClient("deaf", thread("deafThread.ts"));
    open.push(client);
    const log = logOf(client);
    const started = client.start({ domain: "tiny", options: {} });
    const startedAt = performance.now();
    const [stopped] = await Promise.all([client.stop(), expect(started).rejects.toMatchObject({ code: "worker" })]);
    expect(stopped).toBeUndefined();
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(1990);
    expect(performance.now() - startedAt).toBeLessThan(3000);
    expect(log.events.at(-1)).toMatchObject({ kind: "status", status: "stopped" });
  });

  it("stop a running thread at once", async () => {
    const { client } = newClient("worker thread");
    await client.start({ domain: "tiny", options: { backend: "cpu", iterations: 1_000_000 } });
    await client.play();
    const startedAt = performance.now();
    await client.stop();
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });
});

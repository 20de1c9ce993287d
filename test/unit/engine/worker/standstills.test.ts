// Coming to a stand where something gets in the way: Play before the run stands, pictures that cannot be made.

import { afterEach, describe, expect, it } from "vitest";
import type { DomainSpec } from "../../../../src/engine/domain";
import type { TrainingClient } from "../../../../src/engine/worker/client";
import { createInProcessClient } from "../../../../src/engine/worker/inProcessClient";
import type { WorkerEvent } from "../../../../src/engine/worker/protocol";
import { buildTiny, tiny } from "../../../helpers/tinyDomain";
import { type Log, logOf, until } from "../../../helpers/workerEvents";

const open: TrainingClient[] = [];

function newClient(domain: DomainSpec = tiny): { client: TrainingClient; log: Log } {
  const client = createInProcessClient([domain], async () => new Uint8Array());
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

describe("a session that comes to a stand", () => {
  it("plays on when Play follows Pause before the run stands", async () => {
    const { client, log } = newClient();
    await start(client, { iterations: 1_000_000, evaluateEvery: 1000 });
    await client.play();
    await until(log, (event) => event.kind === "snapshot" && event.snapshot.step > 0);
    await Promise.all([client.pause(), client.play()]);
    expect(statuses(log).at(-1)).toBe("running");
    await Promise.all([client.pause(), client.play(), client.pause()]);
    expect(statuses(log).at(-1)).toBe("paused");
  });

  it("comes to a stand when its pictures cannot be made", async () => {
    const failing: DomainSpec = {
      ...tiny,
      load: async () => ({
        build: async (request) => ({
          ...buildTiny(request),
          picture: ({ step }) => (step === 0 ? Promise.resolve({}) : Promise.reject(new Error("no picture"))),
        }),
      }),
    };
    const { client, log } = newClient(failing);
    await start(client, { iterations: 5 });
    await client.play();
    const end = await until(log, isStatus("converged"));
    expect(end).toMatchObject({ reason: { rule: "iterations" } });
    expect(log.events.filter((event) => event.kind === "failed").length).toBeLessThan(3);
  });
});

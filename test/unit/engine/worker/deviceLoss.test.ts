// Runs on a graphics device, and what follows when it is lost: the run is rebuilt once from its latest kept state and
// goes on with the same numbers.
// Runs on the software adapter through Dawn; the page's version of this runs in test/browser.

import { afterAll, describe, expect, it } from "vitest";
import { automata } from "../../../../src/domains/automata";
import type { DomainInstance, DomainSpec } from "../../../../src/engine/domain";
import { loseDevice } from "../../../../src/engine/kernels/tfjsWebgpu";
import type { TrainingClient } from "../../../../src/engine/worker/client";
import { createInProcessClient } from "../../../../src/engine/worker/inProcessClient";
import type { WorkerEvent } from "../../../../src/engine/worker/protocol";
import { readPublicFile } from "../../../../src/engine/worker/threadPort";
import { installWebgpu } from "../../../helpers/webgpuInNode";
import { logOf, until } from "../../../helpers/workerEvents";

const skipReason = await installWebgpu();
if (skipReason !== null) process.stderr.write(`${skipReason}\n`);

const SMALL = { images: 8, height: 16, width: 16, batch: 4, particles: 4, backend: "webgpu", evaluateEvery: 1000 };
const isStatus = (status: string) => (event: WorkerEvent) => event.kind === "status" && event.status === status;
const open: TrainingClient[] = [];

function newClient(domain: DomainSpec = automata) {
  const client = createInProcessClient([domain], readPublicFile);
  open.push(client);
  return { client, log: logOf(client) };
}

const numbers = (log: ReturnType<typeof logOf>) =>
  log.records().map(({ step, evaluations, metrics }) => ({ step, evaluations, metrics }));

/** Automata whose builds pass through `change`, which gets their number from 1. */
const changedAutomata = (change: (built: DomainInstance, count: number) => Promise<DomainInstance>): DomainSpec => {
  let count = 0;
  const load = async () => {
    const runtime = await automata.load();
    return {
      ...runtime,
      build: async (...given: Parameters<typeof runtime.build>) => {
        count++;
        return change(await runtime.build(...given), count);
      },
    };
  };
  return { ...automata, load };
};

/** Loses the device, once, in the first picture after the evaluation that ends a run: while it comes to a stand. */
function losingAtTheEnd(): DomainSpec {
  let evaluations = 0;
  return changedAutomata(async (built, count) => {
    if (count > 1) return built;
    const evaluate = built.evaluate.bind(built);
    const picture = built.picture.bind(built);
    return Object.assign(built, {
      evaluate: (...given: Parameters<typeof evaluate>) => {
        evaluations++;
        return evaluate(...given);
      },
      picture: async (...given: Parameters<typeof picture>) => {
        if (evaluations > 1) await loseDevice();
        return picture(...given);
      },
    });
  });
}

describe.skipIf(skipReason !== null)("a graphics device", { timeout: 60_000 }, () => {
  afterAll(() => {
    for (const client of open) client.dispose();
  });

  /** Three steps to a first end, where the state is kept, then on to six. */
  async function play(client: TrainingClient, log: ReturnType<typeof logOf>, whilePlaying: () => Promise<void>) {
    await client.start({ domain: "automata", options: { ...SMALL, iterations: 3 } });
    await client.play();
    await until(log, isStatus("converged"));
    await client.setOption("iterations", 6);
    await client.play();
    await whilePlaying();
    await until(log, (event) => isStatus("converged")(event) && log.lastSnapshot().step === 6);
  }

  it("resumes while running, once, with the numbers of an undisturbed run", async () => {
    const reference = newClient();
    await play(reference.client, reference.log, async () => undefined);
    const { client, log } = newClient();
    await play(client, log, () => client.inject("device-loss"));
    const notices = log.events.filter((event) => event.kind === "notice");
    expect(notices).toMatchObject([{ sentence: "The graphics device was reset. Resumed at step 3." }]);
    expect(numbers(log)).toEqual(numbers(reference.log));
    expect(log.events.some((event) => event.kind === "failed")).toBe(false);

    await client.setOption("iterations", 1000);
    await client.play();
    await client.inject("device-loss");
    const failed = await until(log, (event) => event.kind === "failed");
    expect(failed).toMatchObject({ id: null, error: { code: "device-lost", fields: { offer: "cpu" } } });
    await until(log, isStatus("failed"));
    const checkpoint = await client.checkpoint();
    const onCpu = newClient();
    const description = await onCpu.client.start({ domain: "automata", options: { backend: "wasm" }, checkpoint });
    expect(description).toMatchObject({ step: 6, backend: { name: "wasm" } });
    const sentence = "The checkpoint was made on webgpu; it goes on with wasm, so last digits may differ.";
    expect(onCpu.log.events).toContainEqual(expect.objectContaining({ kind: "notice", sentence }));
  });

  it("gives the same numbers straight, and by stages with snapshots in the middle of steps", async () => {
    const options = { ...SMALL, iterations: 3, sleep: "mix" };
    const straight = newClient();
    await straight.client.start({ domain: "automata", options });
    await straight.client.play();
    await until(straight.log, isStatus("converged"));
    const stepped = newClient();
    await stepped.client.start({ domain: "automata", options });
    for (let phase = 0; phase < 9; phase++) {
      await stepped.client.step("phase");
      await stepped.client.snapshot();
    }
    await until(stepped.log, isStatus("converged"));
    expect(numbers(stepped.log)).toEqual(numbers(straight.log));
  });

  it("rebuilds a paused run without playing it", async () => {
    const { client, log } = newClient();
    await client.start({ domain: "automata", options: { ...SMALL, iterations: 12 } });
    await client.play();
    await client.pause();
    await client.inject("device-loss");
    await until(log, (event) => event.kind === "notice");
    await client.step("step");
    const statuses = log.events.flatMap((event) => (event.kind === "status" ? [event.status] : []));
    expect(statuses.at(-1)).toBe("paused");
  });

  it("says so when the device of a standing run is lost again while it is rebuilt", async () => {
    // The first picture of the rebuilt run loses its device, too.
    const domain = changedAutomata(async (built, count) => {
      const picture = built.picture.bind(built);
      return Object.assign(built, {
        picture: async (...given: Parameters<typeof picture>) => {
          if (count === 2) await loseDevice();
          return picture(...given);
        },
      });
    });
    const { client, log } = newClient(domain);
    await client.start({ domain: "automata", options: { ...SMALL, iterations: 12 } });
    await client.step("step");
    await client.inject("device-loss");
    const failed = await until(log, (event) => event.kind === "failed");
    expect(failed).toMatchObject({ id: null, error: { code: "device-lost", fields: { offer: "cpu" } } });
    await until(log, isStatus("failed"));
  });

  it("leaves a run that was stopped as it is when its device is lost", async () => {
    const { client, log } = newClient();
    await client.start({ domain: "automata", options: { ...SMALL, iterations: 12 } });
    await client.step("step");
    await client.stop();
    await loseDevice();
    await until(log, (event) => event.kind === "notice");
    const statuses = log.events.flatMap((event) => (event.kind === "status" ? [event.status] : []));
    expect(statuses.at(-1)).toBe("stopped");
  });

  it("recovers a run whose device is lost while it comes to a stand", async () => {
    const options = { ...SMALL, iterations: 3 };
    const logs = [];
    for (const domain of [automata, losingAtTheEnd()]) {
      const { client, log } = newClient(domain);
      await client.start({ domain: "automata", options });
      await client.play();
      await until(log, isStatus("converged"));
      await client.setOption("iterations", 5);
      await client.play();
      await until(log, (event) => isStatus("converged")(event) && log.lastSnapshot().step === 5);
      logs.push(log);
    }
    const notices = logs[1]?.events.filter((event) => event.kind === "notice");
    expect(notices).toMatchObject([{ sentence: "The graphics device was reset. Resumed at step 3." }]);
    expect(logs.map(numbers)[1]).toEqual(logs.map(numbers)[0]);
  });

  it("does not repeat steps under an option that was changed after them", async () => {
    const logs = [];
    for (const isDisturbed of [false, true]) {
      const { client, log } = newClient();
      await client.start({ domain: "automata", options: { ...SMALL, iterations: 5 } });
      await client.step("step");
      await client.step("step");
      await client.setOption("learningRate", 0.05);
      await client.step("step");
      if (isDisturbed) {
        await client.inject("device-loss");
        const notice = await until(log, (event) => event.kind === "notice");
        expect(notice).toMatchObject({ sentence: "The graphics device was reset. Resumed at step 2." });
      }
      await client.play();
      await until(log, isStatus("converged"));
      logs.push(log);
    }
    expect(logs.map(numbers)[1]).toEqual(logs.map(numbers)[0]);
  });

  it("ends a step that was held when an option changed under the options that it began with", async () => {
    const logs = [];
    for (const isDisturbed of [false, true]) {
      const { client, log } = newClient();
      await client.start({ domain: "automata", options: { ...SMALL, iterations: 5 } });
      await client.step("step");
      await client.step("phase");
      await client.setOption("learningRate", 0.05);
      await client.step("step");
      if (isDisturbed) {
        await client.inject("device-loss");
        await until(log, (event) => event.kind === "notice");
      }
      await client.play();
      await until(log, isStatus("converged"));
      logs.push(log);
    }
    expect(logs.map(numbers)[1]).toEqual(logs.map(numbers)[0]);
  });

  it("never lets training time go back", async () => {
    const { client, log } = newClient();
    await client.start({ domain: "automata", options: { ...SMALL, iterations: 8 } });
    for (let step = 0; step < 4; step++) await client.step("step");
    const before = log.lastSnapshot().wallMs;
    await client.inject("device-loss");
    await until(log, (event) => event.kind === "notice");
    await client.play();
    await until(log, isStatus("converged"));
    const late = log.records().filter((record) => record.step > 4);
    expect(late.length).toBeGreaterThan(0);
    for (const record of late) expect(record.wallMs).toBeGreaterThan(before);
  });

  it("keeps an option that was changed while the device was rebuilt", async () => {
    const domain = changedAutomata(async (built, count) => {
      if (count > 1) await client.setOption("iterations", 4);
      return built;
    });
    const { client, log } = newClient(domain);
    await client.start({ domain: "automata", options: { ...SMALL, iterations: 9 } });
    await client.inject("device-loss");
    await until(log, (event) => event.kind === "notice");
    await client.play();
    await until(log, isStatus("converged"));
    expect(log.lastSnapshot().step).toBe(4);
  });
});

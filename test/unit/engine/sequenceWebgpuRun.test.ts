// Runs of strings and strokes on a graphics device (software adapter): the same as on the cpu to float32's digits, and
// rebuilt with the same numbers when the device is lost. Not measured here: a real graphics card.

import { afterAll, describe, expect, it } from "vitest";
import { strings } from "../../../src/domains/strings";
import { strokes } from "../../../src/domains/strokes";
import type { DomainSpec } from "../../../src/engine/domain";
import type { OptionValues } from "../../../src/engine/options";
import type { TrainingClient } from "../../../src/engine/worker/client";
import { createInProcessClient } from "../../../src/engine/worker/inProcessClient";
import type { WorkerEvent } from "../../../src/engine/worker/protocol";
import { readPublicFile } from "../../../src/engine/worker/threadPort";
import { installWebgpu } from "../../helpers/webgpuInNode";
import { logOf, until } from "../../helpers/workerEvents";

const missing = await installWebgpu();
if (missing !== null) process.stderr.write(`${missing}\n`);

const SMALL = { batch: 2, particles: 4, size: "tiny", startFrom: "none", seed: 3, evaluateEvery: 1000 };
const CASES: readonly (readonly [domain: string, spec: DomainSpec, options: OptionValues])[] = [
  ["strings", strings, { concepts: 4, strings: 2, evaluationConcepts: 1, evaluationSamples: 2 }],
  ["strokes", strokes, { images: 4, transforms: "8", strokes: 8, evaluationImages: 1, evaluationSamples: 2 }],
];
const isStatus = (status: string) => (event: WorkerEvent) => event.kind === "status" && event.status === status;
const open: TrainingClient[] = [];

function newClient(spec: DomainSpec) {
  const client = createInProcessClient([spec], readPublicFile);
  open.push(client);
  return { client, log: logOf(client) };
}

const numbers = (log: ReturnType<typeof logOf>) =>
  log.records().map(({ step, evaluations, metrics }) => ({ step, evaluations, metrics }));

async function run(
  [domain, spec, own]: (typeof CASES)[number],
  backend: "webgpu" | "cpu",
  whilePlaying: (client: TrainingClient) => Promise<void> = async () => undefined,
) {
  const { client, log } = newClient(spec);
  await client.start({ domain, options: { ...SMALL, ...own, backend, iterations: 1 } });
  await client.play();
  await until(log, isStatus("converged"));
  await client.setOption("iterations", 3);
  await client.play();
  await whilePlaying(client);
  await until(log, (event) => isStatus("converged")(event) && log.lastSnapshot().step === 3);
  return log;
}

describe.skipIf(missing !== null)("a run on webgpu", { timeout: 240_000 }, () => {
  afterAll(() => {
    for (const client of open) client.dispose();
  });

  it.each(CASES)(
    "agrees with the cpu, and resumes with the same numbers when its device is lost, %s",
    async (...given) => {
      const undisturbed = await run(given, "webgpu");
      const exact = await run(given, "cpu");
      const records = numbers(undisturbed);
      expect(records.length).toBeGreaterThan(2);
      for (const [index, { metrics }] of numbers(exact).entries()) {
        for (const [name, value] of Object.entries(metrics)) {
          if (value === null || /Ms$/.test(name)) continue;
          const ours = records[index]?.metrics[name];
          expect(Math.abs(Number(ours) - Number(value)), name).toBeLessThan(
            1e-3 * Math.max(1, Math.abs(Number(value))),
          );
        }
      }
      const disturbed = await run(given, "webgpu", (client) => client.inject("device-loss").then(() => undefined));
      const notices = disturbed.events.filter((event) => event.kind === "notice");
      expect(notices).toMatchObject([{ sentence: "The graphics device was reset. Resumed at step 1." }]);
      expect(numbers(disturbed)).toEqual(records);
    },
  );
});

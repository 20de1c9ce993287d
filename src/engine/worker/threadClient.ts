// A client of a Node worker thread. The caller passes the thread's entry. Node only: never imported by the page.

import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { createClient, workerError } from "./baseClient";
import type { TrainingClient } from "./client";
import type { WorkerEvent } from "./protocol";

/**
 * A client of a fresh worker thread.
 *
 * @param entry the thread's script, TypeScript (through tsx) or JavaScript
 */
export function createThreadClient(runId: string | undefined, entry: URL): TrainingClient {
  return createClient((listener) => {
    const worker = new Worker(bootstrap(entry), { eval: true, execArgv: [] });
    worker.on("message", (event: WorkerEvent) => listener.onEvent(event));
    worker.on("messageerror", (error) =>
      listener.onFailure(workerError("the worker sent a message that cannot be read", error)),
    );
    worker.on("error", (error) => {
      const detail = error instanceof Error ? error.message : String(error);
      listener.onFailure(workerError(`the worker crashed: ${detail}`, error));
    });
    worker.on("exit", (code) => listener.onFailure(workerError(`the worker ended with exit code ${code}`)));
    return { send: (request) => worker.postMessage(request), terminate: () => void worker.terminate() };
  }, runId);
}

/** Registers tsx inside the thread, then loads the entry: Node 20 does not apply --import to a thread's first module. */
function bootstrap(entry: URL): string {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx/package.json"));
  // The file behind tsx/esm/api for import; require would resolve to its CommonJS twin, which cannot register here.
  const api = JSON.stringify(new URL("dist/esm/api/index.mjs", tsx).href);
  const script = JSON.stringify(entry.href);
  return `import(${api}).then(({ register }) => { register(); return import(${script}); });`;
}

// The one place of the page that names the training worker; its code is its own chunk, fetched when a run starts.

import type { TrainingClient } from "../engine/worker/client";
import { createWebWorkerClient } from "../engine/worker/webWorkerClient";

/** A client with a worker of its own. The worker's code is fetched at its first request. */
export function newTrainingClient(): TrainingClient {
  return createWebWorkerClient(() => new Worker(new URL("./train.worker.ts", import.meta.url), { type: "module" }));
}

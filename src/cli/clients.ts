// The training clients of the command line: in this thread for one run, in a worker thread for each job of a sweep.

import { domains } from "../domains/list";
import type { TrainingClient } from "../engine/worker/client";
import { createInProcessClient } from "../engine/worker/inProcessClient";
import { createThreadClient } from "../engine/worker/threadClient";
import { readAsset } from "./assets";

/** A client whose engine runs in this thread. */
export function createLocalClient(): TrainingClient {
  return createInProcessClient(domains, readAsset);
}

/** A client with a worker thread of its own. @param key names the run in its events */
export function createJobClient(key: string): TrainingClient {
  return createThreadClient(key, new URL("./startWorker.mjs", import.meta.url));
}

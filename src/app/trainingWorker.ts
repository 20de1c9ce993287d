// The one place of the page that names the training worker; its code is its own chunk, fetched when a run starts.

import type { TrainingClient } from "../engine/worker/client";
import { createWebWorkerClient } from "../engine/worker/webWorkerClient";
import workerAddress from "./train.worker.ts?worker&url";

/** A client with a worker of its own. The worker's code is fetched at its first request. */
export function newTrainingClient(): TrainingClient {
  return createWebWorkerClient(newWorker);
}

/** A worker of its own. */
export function newWorker(): Worker {
  const address = new URL(workerAddress, document.baseURI).href;
  return new Worker(window.origin === "null" ? forwardTo(address) : address, { type: "module" });
}

// In a sandboxed frame the page has no origin, and a worker may only come from the page itself: a line made here imports
// the worker's script, which the server must allow (Access-Control-Allow-Origin). Chromium refuses modules from blob
// addresses there, so the line is a data address.
function forwardTo(address: string): string {
  return `data:text/javascript,${encodeURIComponent(`import ${JSON.stringify(address)};`)}`;
}

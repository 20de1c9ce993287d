// A client of a Web Worker. The page passes the function that makes the worker, so that bundlers see its URL.

import { LabError } from "../errors";
import { createClient, workerError } from "./baseClient";
import type { TrainingClient } from "./client";
import type { WorkerEvent } from "./protocol";

/**
 * A client of a fresh worker. A worker that does not load, crashes or sends an unreadable message gives
 * LabError("worker"): as a "failed" event and as the rejection of every pending call.
 */
export function createWebWorkerClient(makeWorker: () => Worker, runId?: string): TrainingClient {
  return createClient((listener) => {
    const worker = makeWorker();
    worker.onmessage = (message: MessageEvent<WorkerEvent>) => listener.onEvent(message.data);
    worker.onmessageerror = () => listener.onFailure(workerError("the worker sent a message that cannot be read"));
    worker.onerror = (event) => {
      event.preventDefault();
      // A script that could not be fetched reports an event without a message.
      listener.onFailure(event.message ? workerError(`the worker crashed: ${event.message}`) : notLoaded());
    };
    return { send: (request) => worker.postMessage(request), terminate: () => worker.terminate() };
  }, runId);
}

function notLoaded(): LabError {
  const help = "It needs to be downloaded once: check the connection and try again.";
  return new LabError("worker", { message: "the worker could not be loaded", title: "The engine is missing", help });
}

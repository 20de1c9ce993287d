// A client whose engine runs in the same thread: for tests, for the command line, and where workers are not to be had.

import type { DomainSpec, ReadAsset } from "../domain";
import { createClient, workerError } from "./baseClient";
import type { TrainingClient } from "./client";
import type { WorkerRequest } from "./protocol";
import { serve } from "./serve";

/** A client with its own engine in this thread. Messages keep their order and arrive in later microtasks. */
export function createInProcessClient(
  domains: readonly DomainSpec[],
  readAsset: ReadAsset,
  runId?: string,
): TrainingClient {
  return createClient((listener) => {
    let handler: ((request: WorkerRequest) => void) | null = null;
    let isOpen = true;
    const send = (request: WorkerRequest) => queueMicrotask(() => isOpen && handler?.(request));
    const post = (event: Parameters<typeof listener.onEvent>[0]) =>
      queueMicrotask(() => isOpen && listener.onEvent(event));
    const end = serve(
      {
        post,
        listen: (given) => {
          handler = given;
        },
        crash: () => listener.onFailure(workerError("the engine crashed, as a test asked it to")),
      },
      domains,
      readAsset,
    );
    // Nothing goes on computing behind a closed connection.
    const terminate = () => {
      isOpen = false;
      void end();
    };
    return { send, terminate };
  }, runId);
}

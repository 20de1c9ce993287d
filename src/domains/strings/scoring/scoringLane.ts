// Entry of a scoring lane: a worker of the training worker in browsers, a thread in Node.

import { threadsOfNode } from "../../../engine/worker/nodeThreads";
import type { LaneRequest } from "./laneMessages";
import { serveLane } from "./serveLane";

const parent = threadsOfNode()?.parentPort;
if (parent) {
  const serve = serveLane((answer, transfer) => parent.postMessage(answer, transfer));
  parent.on("message", (request: LaneRequest) => serve(request));
} else {
  // The cast: outside Node this module is only ever loaded as a worker, whose global scope this is.
  const scope = globalThis as unknown as DedicatedWorkerGlobalScope;
  const serve = serveLane((answer, transfer) => scope.postMessage(answer, transfer));
  scope.onmessage = (message: MessageEvent<LaneRequest>) => serve(message.data);
}

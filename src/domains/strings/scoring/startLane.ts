// Starts a scoring lane where this runs: a worker inside the training worker, or a thread inside Node's.

import { startThread } from "../../../engine/worker/nodeThreads";
import type { LaneAnswer, StartLane } from "./laneMessages";

/** A lane, or null where neither workers nor threads can be had (a page that forbids them, an old browser). */
export const startLane: StartLane = (events) => {
  try {
    return typeof Worker === "function" ? startWebLane(events) : startNodeLane(events);
  } catch {
    return null;
  }
};

const startWebLane: StartLane = ({ onAnswer, onFailure }) => {
  const worker = new Worker(new URL("./scoringLane.ts", import.meta.url), { type: "module" });
  worker.onmessage = (message: MessageEvent<LaneAnswer>) => onAnswer(message.data);
  worker.onerror = onFailure;
  worker.onmessageerror = onFailure;
  return {
    post: (request) => worker.postMessage(request),
    hold: () => undefined,
    terminate: () => worker.terminate(),
  };
};

const startNodeLane: StartLane = ({ onAnswer, onFailure }) => {
  const thread = startThread("scoringLane.ts", import.meta.url);
  if (!thread) return null;
  thread.unref();
  thread.on("message", (answer: LaneAnswer) => onAnswer(answer));
  thread.on("error", onFailure);
  thread.on("exit", onFailure);
  return {
    post: (request) => thread.postMessage(request),
    hold: (isAwaited) => (isAwaited ? thread.ref() : thread.unref()),
    terminate: () => void thread.terminate(),
  };
};

// Serves the protocol on a port: every request is answered by exactly one "done" or "failed" with its id.
// The two worker entries and the in-process client hand it the registry of domains and a way to read public files.

import type { DomainSpec, ReadAsset } from "../domain";
import { asLabError, LabError } from "../errors";
import type { WorkerEvent, WorkerRequest } from "./protocol";
import { Session } from "./session";
import { packMessage } from "./transfer";

/** The worker's side of a connection. */
export type ServePort = {
  readonly post: (event: WorkerEvent, transfer: ArrayBuffer[]) => void;
  readonly listen: (handler: (request: WorkerRequest) => void) => void;
  /** Dies by an error outside every handler. For the "crash" fault. */
  readonly crash: () => void;
};

/** Starts serving and returns at once, with a function that ends the run and frees it. */
export function serve(port: ServePort, domains: readonly DomainSpec[], readAsset: ReadAsset): () => Promise<void> {
  const post = (event: WorkerEvent): void => {
    // A run's description refers to the data that the engine goes on using: copied. The rest is made for the message.
    const { message, transfer } = packMessage(event);
    port.post(message, event.kind === "started" ? [] : transfer);
  };
  const session = new Session({
    findDomain: (id) => findDomain(domains, id),
    readAsset,
    // The cast: Said is WorkerEvent without runId, which is added here.
    emit: (runId, event) => post({ ...event, runId } as WorkerEvent),
    crash: port.crash,
  });
  port.listen((request) => void answer(session, request, post));
  return () => session.dispose();
}

async function answer(session: Session, request: WorkerRequest, post: (event: WorkerEvent) => void): Promise<void> {
  const { id, runId } = request;
  try {
    const checkpoint = await handle(session, request);
    post({ runId, kind: "done", id, checkpoint });
  } catch (thrown) {
    const { lastGoodStep } = session;
    post({ runId, kind: "failed", id, error: asLabError(thrown).toData(), lastGoodStep });
  }
}

async function handle(session: Session, request: WorkerRequest): Promise<Uint8Array | null> {
  switch (request.kind) {
    case "start":
      await session.start(request.runId, request.start);
      break;
    case "play":
      await session.play();
      break;
    case "pause":
      await session.pause();
      break;
    case "step":
      await session.step(request.until);
      break;
    case "setOption":
      session.setOption(request.name, request.value);
      break;
    case "select":
      session.select(request.observation);
      break;
    case "pace":
      session.pace(request.sliceMs);
      break;
    case "snapshot":
      await session.snapshot();
      break;
    case "checkpoint":
      return session.checkpoint();
    case "stop":
      await session.stop();
      break;
    case "inject":
      await session.inject(request.fault);
      break;
    default:
      throw unknownRequest(request);
  }
  return null;
}

function unknownRequest(request: never): LabError {
  // The cast: by its type the request cannot exist, but a message from an older page can.
  const kind = String((request as { kind?: unknown }).kind);
  return new LabError("worker", { message: `there is no request "${kind}"`, help: "Reload the page." }, { kind });
}

function findDomain(domains: readonly DomainSpec[], id: string): DomainSpec {
  const found = domains.find((domain) => domain.id === id);
  if (found) return found;
  const names = domains.map((domain) => domain.id).join(", ");
  const message = `domain is "${id}"; allowed: ${names}.`;
  throw new LabError("unknown-name", { message, help: "Choose one of these domains." }, { name: "domain", given: id });
}

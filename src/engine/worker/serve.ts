// Serves the protocol on a port: every request is answered by exactly one "done" or "failed" with its id.
// The two worker entries and the in-process client hand it the registry of domains and a way to read public files.

import type { DomainSpec, ReadAsset } from "../domain";
import { asLabError, LabError } from "../errors";
import type { InferenceReport } from "./inferences";
import { Inferring } from "./inferring";
import type { WorkerEvent, WorkerRequest } from "./protocol";
import type { Answer } from "./questions";
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
  const byId = (id: string) => findDomain(domains, id);
  const report = (runId: string) => (report: InferenceReport) => post({ runId, kind: "inference", report });
  const inferring = new Inferring({ findDomain: byId, readAsset });
  const session = new Session({
    findDomain: byId,
    readAsset,
    // The cast: Said is WorkerEvent without runId, which is added here.
    emit: (runId, event) => post({ ...event, runId } as WorkerEvent),
    crash: port.crash,
  });
  const serving: Serving = { session, inferring, post, report };
  port.listen((request) => void answer(serving, request));
  return async () => {
    await inferring.dispose();
    await session.dispose();
  };
}

type Serving = {
  readonly session: Session;
  readonly inferring: Inferring;
  readonly post: (event: WorkerEvent) => void;
  readonly report: (runId: string) => (report: InferenceReport) => void;
};

async function answer(serving: Serving, request: WorkerRequest): Promise<void> {
  const { session, post } = serving;
  const { id, runId } = request;
  try {
    const reply = await handle(serving, request);
    post({ runId, kind: "done", id, ...NOTHING, ...reply });
  } catch (thrown) {
    const { lastGoodStep } = session;
    post({ runId, kind: "failed", id, error: asLabError(thrown).toData(), lastGoodStep });
  }
}

type Reply = { readonly checkpoint?: Uint8Array; readonly answer?: Answer };
const NOTHING = { checkpoint: null, answer: null };

async function handle({ session, inferring, report }: Serving, request: WorkerRequest): Promise<Reply> {
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
      return { checkpoint: await session.checkpoint() };
    case "ask":
      return { answer: await session.ask(request.question) };
    case "infer":
      await inferring.search(request.request, report(request.runId));
      break;
    case "endInference":
      inferring.end();
      break;
    case "stop":
      await session.stop();
      break;
    case "inject":
      await session.inject(request.fault);
      break;
    default:
      throw unknownRequest(request);
  }
  return {};
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

// The work behind "Try your own": one worker searches, a second one learns from the person's data.

import type { DomainSpec } from "../../engine/domain";
import { asLabError, fromErrorData } from "../../engine/errors";
import type { OptionValues } from "../../engine/options";
import type { TrainingClient } from "../../engine/worker/client";
import type { Prepared, TryOwn } from "../../views/try/tryOwn";
import { newTrainingClient } from "../trainingWorker";
import { entryOf, keepAnswer, patchTry, type TryAnswer, tryOf } from "./tryStore";

/** Time of a search, and of each time that it is told to go on, seconds. */
export const SEARCH_SECONDS = 10;
/** Programs kept and shown for each input. */
export const KEPT = 8;

type Sent = Extract<Prepared, { ok: true }>;
type Side = "before" | "after";

let searcher: TrainingClient | null = null;
let learner: TrainingClient | null = null;
/** Grows with every search and whenever work is dropped: what belongs to an older one is ignored. */
let ticket = 0;
let lastSide: Side = "before";
let endLearning: (() => void) | null = null;

/** Models that read a person's data and are shipped: the first is asked where none is chosen. */
export function modelsOf(spec: DomainSpec, tryOwn: TryOwn): TryOwn["models"] {
  return tryOwn.models.filter(({ name }) => spec.models?.some((model) => model.name === name));
}

function modelOf(spec: DomainSpec, tryOwn: TryOwn): string {
  return tryOf(spec.id).model || (modelsOf(spec, tryOwn)[0]?.name ?? "");
}

/** Options under which the chosen model is asked about a person's data. */
export function ownOptions(spec: DomainSpec, tryOwn: TryOwn): OptionValues {
  const name = modelOf(spec, tryOwn);
  return spec.models?.find((model) => model.name === name)?.own ?? spec.untrained ?? tryOwn.untrained;
}

/** The inputs as they would be sent now. */
export function prepared(spec: DomainSpec, tryOwn: TryOwn): Prepared | null {
  const { items } = entryOf(tryOf(spec.id));
  return items.length === 0 ? null : tryOwn.prepare(items, spec, ownOptions(spec, tryOwn));
}

/** Searches for the programs of the present inputs. */
export async function find(spec: DomainSpec, tryOwn: TryOwn): Promise<void> {
  const sent = prepared(spec, tryOwn);
  if (!sent?.ok) return;
  const model = modelOf(spec, tryOwn);
  const isTrained = tryOf(spec.id).isTrained && model !== "";
  patchTry(spec.id, { program: 0, side: "before" });
  await infer(spec, sent, "before", isTrained ? model : null, isTrained ? `shipped model ${model}` : "untrained model");
}

/** Goes on with the last search. */
export async function searchOn(spec: DomainSpec, tryOwn: TryOwn): Promise<void> {
  const sent = prepared(spec, tryOwn);
  const answer = entryOf(tryOf(spec.id))[lastSide];
  if (sent?.ok && answer && searcher) await infer(spec, sent, lastSide, null, answer.by, true);
  else await find(spec, tryOwn);
}

/** Ends the search or the learning; what was found is kept. */
export function stop(): void {
  if (endLearning) endLearning();
  else void searcher?.endInference().catch(() => undefined); // a search that has just ended has nothing to end
}

/** Drops all work and its workers: the screen is left, or the inputs have changed. */
export function dropWork(domain: string): void {
  ticket += 1;
  endLearning = null;
  searcher?.dispose();
  learner?.dispose();
  searcher = null;
  learner = null;
  if (tryOf(domain).work !== "idle") patchTry(domain, { work: "idle", progress: null });
}

async function infer(
  spec: DomainSpec,
  sent: Sent,
  side: Side,
  model: string | Uint8Array | null,
  by: string,
  goOn = false,
): Promise<void> {
  ticket += 1;
  const mine = ticket;
  lastSide = side;
  searcher ??= newTrainingClient();
  const client = searcher;
  const end = client.subscribe((event) => {
    if (event.kind !== "inference" || mine !== ticket) return;
    keepAnswer(spec.id, side, { report: event.report, options: sent.options, by } satisfies TryAnswer);
  });
  patchTry(spec.id, { work: "searching", error: null });
  try {
    const { options, userData } = sent;
    await client.infer({ domain: spec.id, options, userData, model, seconds: SEARCH_SECONDS, memorySize: KEPT, goOn });
  } catch (thrown) {
    if (mine === ticket) {
      patchTry(spec.id, { error: asLabError(thrown).toData() });
      searcher?.dispose();
      searcher = null;
    }
  } finally {
    end();
    if (mine === ticket) patchTry(spec.id, { work: "idle" });
  }
}

/** Trains with the person's data beside built-in data, then searches again with what was learned. */
export async function learn(spec: DomainSpec, tryOwn: TryOwn): Promise<void> {
  const sent = prepared(spec, tryOwn);
  if (!sent?.ok) return;
  ticket += 1;
  const mine = ticket;
  patchTry(spec.id, {
    work: "learning",
    progress: { step: 0, steps: Number(tryOwn.learn["iterations"]) },
    error: null,
  });
  try {
    const learned = await train(spec, tryOwn, sent, (step) => {
      if (mine === ticket) patchTry(spec.id, { progress: { step, steps: Number(tryOwn.learn["iterations"]) } });
    });
    if (mine !== ticket) return;
    patchTry(spec.id, { side: "after", program: 0, progress: null });
    await infer(spec, sent, "after", learned.bytes, `learned for ${learned.steps} steps`);
  } catch (thrown) {
    if (mine === ticket) patchTry(spec.id, { error: asLabError(thrown).toData(), work: "idle", progress: null });
  }
}

type Learned = { readonly bytes: Uint8Array; readonly steps: number };

async function train(spec: DomainSpec, tryOwn: TryOwn, sent: Sent, onStep: (step: number) => void): Promise<Learned> {
  learner?.dispose();
  const client = newTrainingClient();
  learner = client;
  let step = 0;
  const shipped = spec.models?.find(({ name }) => name === modelOf(spec, tryOwn));
  const isTrained = tryOf(spec.id).isTrained && shipped !== undefined;
  const startFrom = isTrained ? (shipped.isStart ? "pretrained" : "trained") : "none";
  const algorithm = tryOwn.learn["algorithm"] ?? "mws";
  const dataset = tryOf(spec.id).learnData || (tryOwn.learnsFrom?.(sent.options) ?? "");
  const given = { algorithm, evaluateEvery: 1_000_000, startFrom, dataset };
  const options = { ...sent.options, ...tryOwn.learn, ...given };
  const ended = new Promise<void>((resolve, reject) => {
    endLearning = resolve;
    client.subscribe((event) => {
      if (event.kind === "snapshot") {
        step = event.snapshot.step;
        onStep(step);
      }
      if (event.kind === "status" && (event.status === "converged" || event.status === "stopped")) resolve();
      if (event.kind === "failed" && event.id === null) reject(fromErrorData(event.error));
    });
  });
  ended.catch(() => undefined); // told below; a worker that dies while it starts rejects before anybody waits
  try {
    await client.start({ domain: spec.id, options, userData: sent.userData });
    await client.play();
    await ended;
    await client.pause().catch(() => undefined); // a run that has ended stands still already
    return { bytes: await client.checkpoint(), steps: step };
  } finally {
    endLearning = null;
    client.dispose();
    if (learner === client) learner = null;
  }
}

// Inference in a worker: builds the model over a person's data, searches, and reports while it goes on.

import type { DomainSpec, ReadAsset } from "../domain";
import { LabError } from "../errors";
import { defaultsOf } from "../options";
import { type ModelContent, readModel } from "../run/modelFile";
import { type OwnSearch, openOwnData } from "../run/ownData";
import type { InferenceReport, InferenceRequest } from "./inferences";

type Context = { readonly findDomain: (id: string) => DomainSpec; readonly readAsset: ReadAsset };

/** At most ten reports a second; fewer where a report is long. */
const REPORT_EVERY_MS = 100;
const MANY_ITEMS = 4;
const MANY_REPORT_EVERY_MS = 500;

/** One search at a time; the last one is kept, so that it can go on. */
export class Inferring {
  private controller: AbortController | null = null;
  private going: Promise<void> = Promise.resolve();
  private last: OwnSearch | null = null;

  constructor(private readonly context: Context) {}

  /** Searches until the time is over or `end` is called. A new search ends the one under way. */
  async search(request: InferenceRequest, report: (report: InferenceReport) => void): Promise<void> {
    this.end();
    const before = this.going;
    const controller = new AbortController();
    this.controller = controller;
    const work = before.then(() => this.work(request, report, controller.signal));
    this.going = work.catch(() => undefined); // whoever asked for it has been told
    await work;
  }

  /** Ends the search; what was found is reported once more. */
  end(): void {
    this.controller?.abort();
  }

  /** Ends the search and frees its model. */
  async dispose(): Promise<void> {
    this.end();
    await this.going;
    this.last?.dispose();
    this.last = null;
  }

  private async work(
    request: InferenceRequest,
    report: (report: InferenceReport) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const own = await this.open(request);
    const isLong = own.search.progress().inferences.length > MANY_ITEMS;
    await own.search.run({
      seconds: request.seconds,
      signal,
      progressEveryMs: isLong ? MANY_REPORT_EVERY_MS : REPORT_EVERY_MS,
      onProgress: async () => report(await own.report(false)),
      ...(request.rounds === undefined ? {} : { rounds: request.rounds }),
    });
    report(await own.report(true));
  }

  private async open(request: InferenceRequest): Promise<OwnSearch> {
    if (request.goOn && this.last) return this.last;
    this.last?.dispose();
    this.last = null;
    const spec = this.context.findDomain(request.domain);
    const model = await this.model(spec, request.model);
    const options = { ...defaultsOf(spec.options), ...request.options };
    const { userData, memorySize } = request;
    this.last = await openOwnData({ spec, options, userData, model, memorySize, readAsset: this.context.readAsset });
    return this.last;
  }

  private async model(spec: DomainSpec, model: InferenceRequest["model"]): Promise<ModelContent | null> {
    if (model === null) return null;
    if (typeof model !== "string") return readModel(model);
    const info = spec.models?.find((candidate) => candidate.name === model);
    if (info) return readModel(await this.context.readAsset(info.file));
    const names = (spec.models ?? []).map((candidate) => candidate.name).join(", ") || "none";
    const message = `model is "${model}"; allowed for ${spec.title}: ${names}.`;
    throw new LabError(
      "unknown-name",
      { message, help: "Choose one of these models." },
      { name: "model", given: model },
    );
  }
}

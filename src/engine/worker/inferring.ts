// Inference in a worker: builds the model over a person's data, searches, and reports while it goes on.

import type { DomainSpec, ReadAsset } from "../domain";
import { LabError } from "../errors";
import type { InferenceReport, InferenceRequest } from "./inferences";

/** One search at a time. */
export class Inferring {
  private controller: AbortController | null = null;

  constructor(
    private readonly context: { readonly findDomain: (id: string) => DomainSpec; readonly readAsset: ReadAsset },
  ) {}

  /** Searches until the time is over or `end` is called. */
  async search(request: InferenceRequest, _report: (report: InferenceReport) => void): Promise<void> {
    this.controller = new AbortController();
    const { title } = this.context.findDomain(request.domain);
    throw new LabError("worker", { message: `there is no inference for ${title}`, help: "Reload the page." });
  }

  /** Ends the search; what was found is reported once more. */
  end(): void {
    this.controller?.abort();
  }
}

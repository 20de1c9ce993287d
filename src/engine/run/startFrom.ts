// Which shipped parameters a new run starts from, as its option "startFrom" says.

import type { DomainSpec } from "../domain";
import { LabError } from "../errors";
import type { RunOptions } from "./options";

export type Start = {
  /** The model file, under public/; null for untrained parameters. */
  readonly file: string | null;
  /** Sentences that the person should see. */
  readonly notices: readonly string[];
};

/**
 * The start of a run with these (complete) options. A domain's default that fits no model is no mistake of the person:
 * the run then starts untrained, and the notice says so.
 *
 * @throws LabError("option") if the person asked for a model and none fits
 */
export function startOf(spec: DomainSpec, options: RunOptions): Start {
  const { startFrom } = options;
  // Pretraining makes the start: it never stands on one.
  if (startFrom === "none" || (startFrom === "pretrained" && options.algorithm === "pretraining")) {
    return { file: null, notices: [] };
  }
  const candidates = (spec.models ?? []).filter((model) => (model.isStart ?? false) === (startFrom === "pretrained"));
  const info = candidates.find((model) => model.fits(options));
  if (info) return { file: info.file, notices: [] };
  if (startFrom === spec.options["startFrom"]?.default) {
    return { file: null, notices: [`No ${startFrom} model fits these options: the run starts untrained.`] };
  }
  const names = candidates.map((model) => model.name).join(", ") || "none";
  const message = `startFrom is "${startFrom}"; no ${startFrom} model of ${spec.title} fits these options (there are: ${names}).`;
  throw new LabError(
    "option",
    { message, help: "Start untrained, or go back to the defaults." },
    { name: "startFrom" },
  );
}

// What requests to a training worker must satisfy, as one sentence each.

import type { DomainSpec } from "../domain";
import { LabError } from "../errors";
import { type OptionValue, parseOption } from "../options";

/** A request that the worker's present state does not allow. */
export function unavailableNow(message: string): LabError {
  return new LabError("worker", {
    title: "This cannot be done now",
    message,
    help: "Start a run, or wait until it stands still.",
  });
}

/** The value of a live option. @throws LabError("option") for options that apply after Reset and for bad values */
export function requireLiveOption(spec: DomainSpec, name: string, value: OptionValue): OptionValue {
  const option = spec.options[name];
  if (option?.applies !== "live") {
    const message = option ? `${name} applies after Reset.` : `${name} is not an option here.`;
    throw new LabError("option", { message, help: "Reset the run to change it." }, { name });
  }
  const read = parseOption(name, option, String(value));
  if (read.ok) return read.value;
  const fields = { name, given: String(value) };
  throw new LabError("option", { message: read.problem.message, help: `Change ${name}.` }, fields);
}

/** @throws LabError("option") unless `observation` is a training row */
export function requireObservation(observation: number, count: number): void {
  if (Number.isInteger(observation) && observation >= 0 && observation < count) return;
  const message = `observation is ${observation}; allowed: a whole number from 0 to ${count - 1}.`;
  throw new LabError("option", { message, help: "Choose another observation." }, { given: observation });
}

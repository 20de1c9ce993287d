// What a failure says and offers: why in one or two sentences, and the buttons that act on it.

import type { OptionTable, OptionValues } from "../../engine/options";
import type { RunFailure } from "../stores/runStore";
import { writeValue } from "./options/stepping";

export type FailureAction = {
  readonly label: string;
  /** goBack: the last checkpoint with options changed; startOver: step 0 with options changed. */
  readonly kind: "goBack" | "startOver";
  readonly changes: OptionValues;
  readonly thenPlay: boolean;
};

export type FailureAdvice = {
  readonly title: string;
  readonly why: string;
  readonly actions: readonly FailureAction[];
};

/** The panel's content for a failure. Titles and reasons come from the error; the first action is the main one. */
export function adviceFor(failure: RunFailure, table: OptionTable, options: OptionValues): FailureAdvice {
  const { error, lastGoodStep, checkpointStep } = failure;
  const title = withStop(error.title);
  const kept = keptSentence(lastGoodStep, checkpointStep);
  const why = `${sentenceOf(error.message)}${kept} ${withStop(error.help)}`.trim();
  const back: FailureAction = {
    label: checkpointStep === null ? "Start again from step 0" : `Go back to step ${checkpointStep}`,
    kind: "goBack",
    changes: {},
    thenPlay: false,
  };
  switch (error.code) {
    case "non-finite":
      // The buttons say what can be done.
      return { title, why: `${sentenceOf(error.message)}${kept}`, actions: [back, lowerRate(table, options)] };
    case "device-lost":
    case "backend":
      return { title, why, actions: [onCpu(), back] };
    case "memory-limit":
      return { title, why, actions: halve(options) };
    case "option":
    case "unknown-name":
      return { title, why, actions: restoreOption(error.fields["name"], table) };
    case "file":
      return { title, why, actions: otherData(error.fields["name"], options, back) };
    default: {
      const resume = { ...back, thenPlay: true, label: resumeLabel(checkpointStep) };
      const over = { label: "Start again from step 0", kind: "startOver" as const, changes: {}, thenPlay: false };
      return { title, why, actions: checkpointStep === null ? [resume] : [resume, over] };
    }
  }
}

function keptSentence(lastGoodStep: number, checkpointStep: number | null): string {
  if (lastGoodStep <= 0) return "";
  const shown = ` You see the last good state, step ${lastGoodStep}`;
  if (checkpointStep === null) return `${shown}; it was not saved.`;
  return checkpointStep >= lastGoodStep
    ? `${shown}; nothing is lost.`
    : `${shown}; the last checkpoint is of step ${checkpointStep}.`;
}

/** The default if the rate is above it, else a tenth of the rate. */
export function lowerLearningRate(rate: number, fallback: number): number {
  return rate > fallback * 1.000001 ? fallback : Number((rate / 10).toPrecision(3));
}

function lowerRate(table: OptionTable, options: OptionValues): FailureAction {
  const rate = lowerLearningRate(Number(options["learningRate"]), Number(table["learningRate"]?.default ?? 0.001));
  return {
    label: `Lower the learning rate to ${writeValue(rate)}`,
    kind: "goBack",
    changes: { learningRate: rate },
    thenPlay: true,
  };
}

function onCpu(): FailureAction {
  return { label: "Continue on the CPU", kind: "goBack", changes: { backend: "wasm" }, thenPlay: true };
}

/** What can be halved to save memory. A memory size of 0 follows the particles and is left alone. */
const HALVED: Readonly<Record<string, string>> = {
  particles: "particles",
  memory: "remembered programs",
  batch: "observations per step",
};

function halve(options: OptionValues): readonly FailureAction[] {
  return Object.entries(HALVED).flatMap(([name, unit]) => {
    const value = Math.floor(Number(options[name]) / 2);
    if (!(value >= 1)) return [];
    const label = `Use ${value} ${unit}`;
    return [{ label, kind: "startOver" as const, changes: { [name]: value }, thenPlay: false }];
  });
}

/** A data set that is not on this device: try again once it is, or go on with the domain's own. */
function otherData(
  name: string | number | undefined,
  options: OptionValues,
  back: FailureAction,
): readonly FailureAction[] {
  const again = { ...back, thenPlay: true, label: "Try again" };
  if (!name || name !== options["dataset"]) return [again];
  return [again, { label: "Use built-in data", kind: "startOver", changes: { dataset: "" }, thenPlay: false }];
}

function restoreOption(name: string | number | undefined, table: OptionTable): readonly FailureAction[] {
  const spec = table[String(name)];
  if (!spec) return [{ label: "Start again", kind: "startOver", changes: {}, thenPlay: false }];
  const value = typeof spec.default === "number" ? writeValue(spec.default) : spec.default || "the default";
  const changes = { [String(name)]: spec.default };
  return [{ label: `Set ${spec.label.toLowerCase()} to ${value}`, kind: "startOver", changes, thenPlay: false }];
}

function resumeLabel(checkpointStep: number | null): string {
  return checkpointStep === null ? "Try again" : `Resume at step ${checkpointStep}`;
}

/** A sentence for people: without the class names that errors carry (they are in the details). */
function sentenceOf(message: string): string {
  const text = message
    .replace(/\b(Uncaught )?\(?(in promise\)? )?\w*Error: /g, "")
    .replace(/\bis NaN\b/g, "is not a number")
    .replace(/\bis [-\u2212]?Infinity\b/g, "is infinite");
  return withStop(text.charAt(0).toUpperCase() + text.slice(1));
}

function withStop(text: string): string {
  return /[.?…]$/.test(text) ? text : `${text}.`;
}

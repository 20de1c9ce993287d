// Turns command-line flags into run options. Flags are made from the option tables, so that a new option is a new flag;
// `--set name=value` reaches the same options by their names in links and files.

import { existsSync } from "node:fs";
import { type Command, Option } from "commander";
import { domains } from "../domains/list";
import type { DomainSpec } from "../engine/domain";
import { type OptionSpec, type OptionValue, type OptionValues, requireOptions } from "../engine/options";
import { mistake } from "./failures";

export type Flags = Readonly<Record<string, unknown>>;

/** "learningRate" as a flag: "--learning-rate". */
export function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** Accepts flags in the spelling of links too: "--learningRate" becomes "--learning-rate". */
export function normaliseFlags(argv: readonly string[]): string[] {
  return argv.map((word) => {
    if (!/^--[a-z]+[A-Z]/.test(word)) return word;
    const [name = "", ...rest] = word.slice(2).split("=");
    return [flagOf(name), ...rest].join("=");
  });
}

function allOptions(): Map<string, OptionSpec> {
  const all = new Map<string, OptionSpec>();
  for (const spec of domains) for (const [name, option] of Object.entries(spec.options)) all.set(name, option);
  return all;
}

function collect(value: string, previous: readonly string[]): string[] {
  return [...previous, value];
}

/** Adds one flag for every option of every domain, and `--set` and `--preset`. */
export function addRunFlags(command: Command): Command {
  for (const [name, option] of allOptions()) {
    const range = option.kind === "choice" ? ` (${option.choices.join(", ")})` : "";
    command.addOption(new Option(`${flagOf(name)} <value>`, `${option.help}${range}`));
  }
  command.addOption(new Option("--preset <name>", "Start from a named preset of the domain."));
  const set = new Option("--set <name=value>", "Set any option by its name; may be repeated.");
  return command.addOption(set.argParser(collect).default([], "none"));
}

/** The domain with this name. @throws LabError("option") that lists the domains. */
export function findDomain(id: string): DomainSpec {
  const spec = domains.find((domain) => domain.id === id);
  if (!spec)
    throw mistake(`DOMAIN is "${id}"; allowed: ${domains.map((domain) => domain.id).join(", ")}.`, { given: id });
  return spec;
}

function presetOptions(spec: DomainSpec, flags: Flags): OptionValues {
  const id = flags.preset;
  if (id === undefined) return {};
  const preset = spec.presets.find((candidate) => candidate.id === id);
  if (!preset) {
    throw mistake(`--preset is "${id}"; allowed for ${spec.id}: ${spec.presets.map((each) => each.id).join(", ")}.`);
  }
  return preset.options;
}

/** The options that a person gave, by flag, `--set` or preset, as text by name; not yet validated. */
function givenOptions(spec: DomainSpec, flags: Flags): Record<string, OptionValue> {
  const given: Record<string, OptionValue> = { ...presetOptions(spec, flags) };
  for (const name of allOptions().keys()) {
    const value = flags[name];
    if (typeof value === "string") given[name] = value;
  }
  for (const assignment of flags.set as readonly string[]) {
    // commander collects repeated --set into a list
    const at = assignment.indexOf("=");
    if (at < 1) throw mistake(`--set is "${assignment}"; allowed: name=value, for example particles=10.`);
    given[assignment.slice(0, at).trim()] = assignment.slice(at + 1);
  }
  return given;
}

export type RunChoice = {
  /** Only what was given, validated and typed. */
  readonly options: OptionValues;
  /** A file of the person's own, if `--dataset` names one. */
  readonly dataFile: string | null;
};

/**
 * Reads and validates the run options among the flags.
 * @throws LabError("option") with one sentence that names the option, the value and what is allowed
 */
export function readRunOptions(spec: DomainSpec, flags: Flags): RunChoice {
  const given = givenOptions(spec, flags);
  const unknown = Object.keys(given).find((name) => spec.options[name] === undefined);
  if (unknown !== undefined) {
    const allowed = Object.keys(spec.options).join(", ");
    throw mistake(`${unknown} is not an option of ${spec.id}; allowed: ${allowed}.`, { name: unknown });
  }
  const dataFile = readDataset(spec, given);
  const values = requireOptions(spec.options, given);
  const options = Object.fromEntries(Object.keys(given).map((name) => [name, values[name] ?? ""]));
  return { options, dataFile };
}

/** Checks `dataset`; a file is taken out of the options and returned. */
function readDataset(spec: DomainSpec, given: Record<string, OptionValue>): string | null {
  if (given.dataset === undefined || given.dataset === "") return null;
  const { file } = datasetOrFile(spec, String(given.dataset));
  if (file !== null) delete given.dataset;
  return file;
}

/** What `--dataset` means: a built-in data set by name, else a file. @throws LabError("option") if neither. */
export function datasetOrFile(spec: DomainSpec, text: string): { name: string; file: string | null } {
  if (spec.datasets.some((each) => each.name === text)) return { name: text, file: null };
  if (text === "-" || existsSync(text)) return { name: "", file: text };
  const names = spec.datasets.map((each) => each.name).join(", ");
  throw mistake(`dataset is "${text}"; allowed for ${spec.id}: ${names}, or an existing file.`, { given: text });
}

/** A whole number from `min` to `max`. @throws LabError("option") that names the flag. */
export function readCount(flag: string, text: string, min: number, max: number): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw mistake(`${flag} is "${text}"; allowed: a whole number from ${min} to ${max}.`, { given: text });
}

/** A number above `min` and up to `max`. @throws LabError("option") that names the flag. */
export function readPositive(flag: string, text: string, max: number): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (value > 0 && value <= max) return value;
  throw mistake(`${flag} is "${text}"; allowed: a number above 0, up to ${max}.`, { given: text });
}

// The workbench's link: everything that decides what is shown, as text after "#/lab/<domain>?".
// Reading never throws, and reads every earlier version (linkMigrations.ts): a bad value becomes the default and one sentence in `problems`.

import type { DomainSpec } from "../../engine/domain";
import { changedOptions, isUnusual, type OptionTable, type OptionValues, readOptions } from "../../engine/options";
import { runOptionTable } from "../../engine/run/options";
import { LINK_VERSION, migrate } from "./linkMigrations";
import { nearestName } from "./nearestName";
import { parseVariant, printVariant, type RunVariant } from "./variant";

export const MAX_RUNS = 8;

export const PANELS = ["presets", "options", "charts", "memory", "lens"] as const;
export type PanelId = (typeof PANELS)[number];
/** Panels that are closed unless a link opens them. */
export const EXTRA_PANELS = ["posterior", "dreams"] as const;
export type ExtraPanelId = (typeof EXTRA_PANELS)[number];

export const AXES = ["step", "time", "proposals"] as const;
export type AxisName = (typeof AXES)[number];

/** Parts of the workbench that a teacher's link can leave out; what is left out is not on the page at all. */
export const HIDEABLE = {
  presets: "presets",
  options: "options",
  upload: "your own data",
  transport: "the transport",
  runs: "adding runs",
  charts: "the learning curves",
  memory: "the memory",
  side: "the figure under the curves",
  lens: "the estimator lens",
  posterior: "the posterior picture",
  dreams: "the dreams",
} as const;
export type HideablePart = keyof typeof HIDEABLE;
/** Longest note of a teacher's link, in characters. */
export const MAX_NOTE = 500;

/** What a link says. `options` are complete; `variants` are the runs beside the first. */
export type LabState = {
  readonly preset: string;
  readonly options: OptionValues;
  readonly variants: readonly RunVariant[];
  readonly observation: number;
  readonly closed: readonly PanelId[];
  /** Extra panels that are open; none where it is left out. */
  readonly opened?: readonly ExtraPanelId[];
  readonly axis: AxisName;
  /** What a teacher's link leaves out, and what it says to the class. */
  readonly hidden: readonly HideablePart[];
  readonly note: string;
};

export type LabLink = LabState & {
  /** Start at once ("Watch it learn"); not part of copied links. */
  readonly play: boolean;
  /** For tests only: exposes window.lab. */
  readonly faults: boolean;
  /** A saved run of this device to go on with; not part of copied links. */
  readonly saved: string | null;
  readonly problems: readonly string[];
};

/** Index of the observation that a preset shows first. */
export function firstShown(spec: DomainSpec, presetId: string): number {
  return spec.presets.find((candidate) => candidate.id === presetId)?.observation ?? 0;
}

/** The complete option table of a domain under a preset: the preset's values are the defaults. */
export function tableOf(spec: DomainSpec, presetId: string): OptionTable {
  const preset = spec.presets.find((candidate) => candidate.id === presetId);
  return runOptionTable(withDefaults(spec.options, preset?.options ?? {}), preset?.options ?? {});
}

/** The same for a comparison: a preset's aids, which are no part of the algorithms, stay off. */
export function comparedTableOf(spec: DomainSpec, presetId: string): OptionTable {
  const kept = ([name]: [string, unknown]) => spec.options[name]?.isAid !== true;
  const presets = spec.presets.map((preset) => ({
    ...preset,
    options: Object.fromEntries(Object.entries(preset.options).filter(kept)),
  }));
  return tableOf({ ...spec, presets }, presetId);
}

/** Reads the part after "?". */
export function readLabLink(spec: DomainSpec, query: string): LabLink {
  const problems: string[] = [];
  const { params, problem } = migrate(query);
  if (problem) problems.push(problem);
  const preset = readPreset(spec, params.get("preset"), problems);
  const table = tableOf(spec, preset);
  const raw: Record<string, string> = {};
  for (const [name, text] of params) if (!RESERVED.has(name)) raw[name] = text;
  const read = readOptions(table, raw);
  for (const problem of read.problems) problems.push(sentence(problem.message, table, problem.name));
  const options = checkDataset(spec, table, read.values, problems);
  return {
    preset,
    options,
    variants: readVariants(params.getAll("run"), table, problems),
    observation: readObservation(params.get("obs"), firstShown(spec, preset), problems),
    closed: readPanels("closed", PANELS, params, problems),
    opened: readPanels("open", EXTRA_PANELS, params, problems),
    axis: readAxis(params.get("x"), problems),
    hidden: readHidden(params.get("hide"), problems),
    note: (params.get("note") ?? "").slice(0, MAX_NOTE),
    play: params.get("play") === "1",
    faults: params.get("faults") === "1",
    saved: params.get("saved"),
    problems,
  };
}

/** The hash of a state: "#/lab/automata?v=1&preset=live&seed=3". Only options that differ from the preset are named. */
export function writeLabLink(spec: DomainSpec, state: LabState, faults = false): string {
  const params = new URLSearchParams({ v: String(LINK_VERSION) });
  if (state.preset) params.set("preset", state.preset);
  for (const [name, text] of Object.entries(changedOptions(tableOf(spec, state.preset), state.options))) {
    params.set(name, text);
  }
  if (state.observation !== firstShown(spec, state.preset)) params.set("obs", String(state.observation + 1));
  for (const variant of state.variants) params.append("run", printVariant(variant));
  if (state.closed.length > 0) params.set("closed", state.closed.join(","));
  if (state.opened && state.opened.length > 0) params.set("open", state.opened.join(","));
  if (state.axis !== "step") params.set("x", state.axis);
  if (state.hidden.length > 0) params.set("hide", state.hidden.join(","));
  if (state.note) params.set("note", state.note);
  if (faults) params.set("faults", "1");
  // ":" and "," are legal in a fragment and easier to read than their codes.
  return `#/lab/${spec.id}?${params.toString().replaceAll("%3A", ":").replaceAll("%2C", ",")}`;
}

/** Options outside the range that the controls offer: accepted, and named on the page. */
export function unusualOptions(table: OptionTable, options: OptionValues): readonly string[] {
  return Object.entries(table)
    .filter(([name, spec]) => options[name] !== undefined && isUnusual(spec, options[name]))
    .map(([name]) => name);
}

const RESERVED = new Set([
  "v",
  "preset",
  "obs",
  "run",
  "closed",
  "open",
  "x",
  "hide",
  "note",
  "play",
  "faults",
  "saved",
]);

function withDefaults(own: OptionTable, values: OptionValues): OptionTable {
  const table: Record<string, OptionTable[string]> = {};
  for (const [name, spec] of Object.entries(own)) {
    const value = values[name];
    // The cast keeps the union member: only `default` changes, and presets give it the same type.
    table[name] = value === undefined ? spec : ({ ...spec, default: value } as OptionTable[string]);
  }
  return table;
}

function readPreset(spec: DomainSpec, given: string | null, problems: string[]): string {
  const first = spec.presets[0]?.id ?? "";
  if (given === null || spec.presets.some((preset) => preset.id === given)) return given ?? first;
  const names = spec.presets.map((preset) => preset.id);
  const nearest = nearestName(given, names);
  const used = nearest ? `Using the nearest, ${nearest}` : `Using ${first}`;
  problems.push(`preset is "${shorten(given)}"; allowed: ${names.join(", ")}. ${used}.`);
  return nearest ?? first;
}

function sentence(message: string, table: OptionTable, name: string): string {
  const spec = table[name];
  return spec ? `${shorten(message, 200)} Using ${String(spec.default) || "the default"}.` : shorten(message, 200);
}

function checkDataset(spec: DomainSpec, table: OptionTable, options: OptionValues, problems: string[]): OptionValues {
  const name = options["dataset"];
  const fallback = table["dataset"]?.default ?? "";
  const known = spec.datasets.some((dataset) => dataset.name === name) || name === fallback || name === "";
  if (name === undefined || known) return options;
  const names = spec.datasets.map((dataset) => dataset.name);
  const nearest = nearestName(String(name), names);
  const used = nearest ? `Using the nearest, ${nearest}` : "Using the default";
  problems.push(`dataset is "${shorten(String(name))}"; allowed: ${names.join(", ")}. ${used}.`);
  return { ...options, dataset: nearest ?? fallback };
}

function readVariants(given: readonly string[], table: OptionTable, problems: string[]): readonly RunVariant[] {
  const variants: RunVariant[] = [];
  for (const text of given.slice(0, MAX_RUNS - 1)) {
    const read = parseVariant(table, shorten(text));
    if (read.ok) variants.push(read.variant);
    else problems.push(read.message);
  }
  if (given.length > MAX_RUNS - 1)
    problems.push(`This link names ${given.length} more runs; ${MAX_RUNS - 1} are kept.`);
  return variants;
}

function readObservation(text: string | null, otherwise: number, problems: string[]): number {
  if (text === null) return otherwise;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 1e6) return value - 1;
  problems.push(`obs is "${shorten(text)}"; allowed: a whole number from 1. Using ${otherwise + 1}.`);
  return otherwise;
}

function readPanels<Panel extends string>(
  name: "closed" | "open",
  panels: readonly Panel[],
  params: URLSearchParams,
  problems: string[],
): readonly Panel[] {
  const text = params.get(name);
  if (!text) return [];
  const names = text.split(",");
  const unknown = names.filter((given) => !panels.some((panel) => panel === given));
  if (unknown.length > 0) {
    problems.push(`${name} names "${shorten(unknown.join(","))}"; allowed: ${panels.join(", ")}.`);
  }
  return panels.filter((panel) => names.includes(panel));
}

function readHidden(text: string | null, problems: string[]): readonly HideablePart[] {
  if (!text) return [];
  const names = text.split(",");
  // The cast restores the key type that Object.keys widens.
  const parts = Object.keys(HIDEABLE) as readonly HideablePart[];
  const unknown = names.filter((name) => !parts.some((part) => part === name));
  if (unknown.length > 0) problems.push(`hide names "${shorten(unknown.join(","))}"; allowed: ${parts.join(", ")}.`);
  return parts.filter((part) => names.includes(part));
}

function readAxis(text: string | null, problems: string[]): AxisName {
  const axis = AXES.find((name) => name === (text ?? "step"));
  if (axis) return axis;
  problems.push(`x is "${shorten(text ?? "")}"; allowed: ${AXES.join(", ")}. Using step.`);
  return "step";
}

function shorten(text: string, length = 60): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}

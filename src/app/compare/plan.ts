// A plan of comparison: one domain and preset, fixed options, and lists of values that span a grid of runs.
// In links, version 1: "#/compare?v=1&domain=automata&algorithm=mws,rws&seed=1,2,3". Reading never throws: what cannot
// be used becomes one sentence in `problems`.

import { domains } from "../../domains/list";
import type { DomainSpec } from "../../engine/domain";
import { type OptionTable, type OptionValue, parseOption } from "../../engine/options";
import { comparedTableOf, MAX_RUNS } from "../router/labLink";
import { COMPARE_LINK_VERSION, type CompareView, DEFAULT_VIEW, readView, VIEW_KEYS, writeView } from "./planView";

/** What is run. `lists` holds every option that the plan names; one value is fixed, several span the grid. */
export type ComparePlan = {
  readonly domain: string;
  readonly preset: string;
  readonly lists: Readonly<Record<string, readonly OptionValue[]>>;
  /** Places 1.. in the grid that were taken out. */
  readonly without: readonly number[];
  /** Ids of saved runs on this device that stand beside the grid. */
  readonly saved: readonly string[];
};

export type CompareLink = {
  /** Null: the address names no plan. */
  readonly plan: ComparePlan | null;
  readonly view: CompareView;
  /** For tests only: exposes window.lab. */
  readonly faults: boolean;
  /** Start at once; not part of copied links. */
  readonly start: boolean;
  readonly problems: readonly string[];
};

const RESERVED = new Set(["v", "domain", "preset", "without", "saved", "faults", "start", ...VIEW_KEYS]);

/** Reads the part after "?". */
export function readPlan(query: string): CompareLink {
  const problems: string[] = [];
  const params = new URLSearchParams(query);
  const version = params.get("v");
  if (version !== null && version !== String(COMPARE_LINK_VERSION)) problems.push(versionProblem(version));
  const faults = params.get("faults") === "1";
  const start = params.get("start") === "1";
  const given = params.get("domain");
  if (given === null) {
    if ([...params.keys()].some((name) => !RESERVED.has(name)))
      problems.push("The link names no domain, so there is no plan to show. Choose one below.");
    return { plan: null, view: DEFAULT_VIEW, faults, start: false, problems };
  }
  const spec = domainNamed(given);
  if (!spec) {
    const allowed = domains.map((domain) => domain.id).join(", ");
    problems.push(`domain is "${shorten(given)}"; allowed: ${allowed}. Choose one below.`);
    return { plan: null, view: DEFAULT_VIEW, faults, start: false, problems };
  }
  const preset = readPreset(spec, params.get("preset"), problems);
  const plan: ComparePlan = {
    domain: spec.id,
    preset,
    lists: readLists(comparedTableOf(spec, preset), params, problems),
    without: readPlaces(params.get("without"), problems),
    saved: (params.get("saved") ?? "").split(",").filter(Boolean).slice(0, MAX_RUNS),
  };
  return { plan, view: readView(params, problems), faults, start, problems };
}

/** The hash of a plan and its view; the plan alone with `view` left out. Only what differs from the preset is named. */
export function writePlan(plan: ComparePlan, view: CompareView = DEFAULT_VIEW, faults = false): string {
  const spec = domainNamed(plan.domain);
  const params = new URLSearchParams({ v: String(COMPARE_LINK_VERSION), domain: plan.domain });
  if (plan.preset && plan.preset !== spec?.presets[0]?.id) params.set("preset", plan.preset);
  const table = spec ? comparedTableOf(spec, plan.preset) : {};
  for (const name of Object.keys(table)) {
    const values = plan.lists[name];
    if (!values || values.length === 0) continue;
    if (values.length === 1 && values[0] === table[name]?.default) continue;
    params.set(name, values.map(String).join(","));
  }
  if (plan.without.length > 0) params.set("without", plan.without.join(","));
  if (plan.saved.length > 0) params.set("saved", plan.saved.join(","));
  writeView(params, view);
  if (faults) params.set("faults", "1");
  return `#/compare?${params.toString().replaceAll("%2C", ",").replaceAll("%3A", ":")}`;
}

/** The domain with this id, or undefined. */
export function domainNamed(id: string): DomainSpec | undefined {
  return domains.find((domain) => domain.id === id);
}

/** Reads "4, 10,20" as values of one option; repeated values count once. */
export function parseList(
  table: OptionTable,
  name: string,
  text: string,
): { readonly values: readonly OptionValue[]; readonly problem: string | null } {
  const spec = table[name];
  if (!spec) return { values: [], problem: `${shorten(name)} is not an option here.` };
  const values: OptionValue[] = [];
  let problem: string | null = null;
  for (const part of text.split(",").map((piece) => piece.trim())) {
    if (part === "" && spec.kind !== "text") continue;
    const read = parseOption(name, spec, shorten(part));
    if (!read.ok) problem ??= read.problem.message;
    else if (!values.includes(read.value)) values.push(read.value);
  }
  return { values, problem };
}

function readLists(table: OptionTable, params: URLSearchParams, problems: string[]): ComparePlan["lists"] {
  const lists: Record<string, readonly OptionValue[]> = {};
  for (const [name, text] of params) {
    if (RESERVED.has(name)) continue;
    const { values, problem } = parseList(table, name, text);
    if (problem) problems.push(problem);
    if (values.length > 0) lists[name] = values;
  }
  return lists;
}

function readPreset(spec: DomainSpec, given: string | null, problems: string[]): string {
  const first = spec.presets[0]?.id ?? "";
  if (given === null || spec.presets.some((preset) => preset.id === given)) return given ?? first;
  const allowed = spec.presets.map((preset) => preset.id).join(", ");
  problems.push(`preset is "${shorten(given)}"; allowed: ${allowed}. Using ${first}.`);
  return first;
}

function readPlaces(text: string | null, problems: string[]): readonly number[] {
  if (!text) return [];
  const places = text.split(",").map(Number);
  const good = places.filter((place) => Number.isInteger(place) && place >= 1 && place <= 1000);
  if (good.length < places.length) problems.push(`without is "${shorten(text)}"; allowed: whole numbers from 1.`);
  return [...new Set(good)].sort((a, b) => a - b);
}

function versionProblem(version: string): string {
  const number = Number(version);
  return Number.isInteger(number) && number > COMPARE_LINK_VERSION
    ? `This link is of version ${number}; this page reads up to version ${COMPARE_LINK_VERSION}. Reload the page to update.`
    : `v is "${shorten(version)}"; allowed: ${COMPARE_LINK_VERSION}.`;
}

function shorten(text: string, length = 60): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}

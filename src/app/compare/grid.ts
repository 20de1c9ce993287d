// From a plan to its runs: the grid of all combinations, groups by everything but the seed, and what differs.

import type { DomainSpec } from "../../engine/domain";
import { defaultsOf, type OptionTable, type OptionValue, type OptionValues } from "../../engine/options";
import { budgetOfValues } from "../../engine/run/budget";
import { comparedTableOf, MAX_RUNS } from "../router/labLink";
import { algorithmName } from "../router/variant";
import type { ComparePlan } from "./plan";

/** One run of a plan. `place` counts from 1 in the full grid and never changes when others are taken out. */
export type PlannedRun = {
  readonly place: number;
  readonly options: OptionValues;
  readonly groupId: string;
  /** 1..8: colour, dash and marker of its group. */
  readonly slot: number;
};

export type RunGroup = {
  readonly id: string;
  readonly slot: number;
  /** Options of its first run. */
  readonly options: OptionValues;
  /** "MWS", "RWS, K = 20": what tells it from the other groups. */
  readonly name: string;
};

/** All runs of the plan in the grid's order, seeds innermost, without those taken out; `tooMany` counts the rest. */
export function runsOfPlan(
  spec: DomainSpec,
  plan: ComparePlan,
): { readonly runs: readonly PlannedRun[]; readonly tooMany: number } {
  const table = comparedTableOf(spec, plan.preset);
  const grid = combinations(table, plan).map((options) => withSameData(table, plan, options));
  const slots = new Map<string, number>();
  const seen = new Set<string>();
  const planned = grid.flatMap((options, index): PlannedRun[] => {
    const groupId = groupKey(table, options);
    // Combinations that differ only in what their algorithm does not use are one run.
    const key = `${groupId}&seed=${options["seed"]}`;
    if (seen.has(key)) return [];
    seen.add(key);
    if (!slots.has(groupId)) slots.set(groupId, slots.size + 1);
    return [{ place: index + 1, options, groupId, slot: slots.get(groupId) ?? 1 }];
  });
  const kept = planned.filter((run) => !plan.without.includes(run.place));
  return { runs: kept.slice(0, MAX_RUNS), tooMany: Math.max(0, kept.length - MAX_RUNS) };
}

/** What makes runs one group: every option that their algorithm uses but the seed. */
export function groupKey(table: OptionTable, options: OptionValues): string {
  return Object.keys(options)
    .filter((name) => name !== "seed" && (isUsed(table, name, options) || !table[name]))
    .sort()
    .map((name) => `${name}=${options[name]}`)
    .join("&");
}

/** Names of the options in which these differ, in the table's order; the seed is left out. */
export function differingOptions(table: OptionTable, all: readonly OptionValues[]): readonly string[] {
  return Object.keys(table).filter((name) => name !== "seed" && new Set(all.map((options) => options[name])).size > 1);
}

/** "MWS", "RWS, K = 20": a group by what differs between the groups; the algorithm where nothing does. */
export function groupName(table: OptionTable, differing: readonly string[], options: OptionValues): string {
  const algorithm = algorithmName(String(options["algorithm"]));
  const shown = differing.filter((name) => name !== "algorithm" && isUsed(table, name, options));
  const parts = shown.map((name) => `${table[name]?.symbol || table[name]?.label} = ${valueWord(options[name])}`);
  const isAlgorithm = differing.includes("algorithm") || parts.length === 0;
  return [...(isAlgorithm ? [algorithm] : []), ...parts].join(", ");
}

/** "mixed sleep, K = 10, M = R = 5": what a group is, without its seeds. */
export function groupDetail(table: OptionTable, options: OptionValues): string {
  const parts = [`K = ${options["particles"]}`];
  if (isUsed(table, "memory", options)) {
    const { memorySize: memory, numProposals: proposals } = budgetOfValues(options);
    const symbol = table["proposals"]?.symbol || "R";
    parts.push(memory === proposals ? `M = ${symbol} = ${memory}` : `M = ${memory}, ${symbol} = ${proposals}`);
  }
  for (const name of ["sleep", "phi"]) {
    if (isUsed(table, name, options)) parts.push(`${table[name]?.label.toLowerCase()}: ${options[name]}`);
  }
  return parts.join(", ");
}

/** "2 algorithms × 3 seeds = 6 runs", from the plan's lists. */
export function planSentence(spec: DomainSpec, plan: ComparePlan, count: number): string {
  const table = comparedTableOf(spec, plan.preset);
  const many = Object.entries(plan.lists).filter(([name, values]) => values.length > 1 && table[name]);
  const word = (name: string, size: number) =>
    `${size} ${PLURALS[name] ?? `values of ${table[name]?.label.toLowerCase()}`}`;
  const sorted = Object.keys(table).flatMap((name) => many.filter(([each]) => each === name));
  const product = sorted.map(([name, values]) => word(name, values.length)).join(" × ");
  const total = `${count} ${count === 1 ? "run" : "runs"}`;
  const size = sorted.reduce((all, [, values]) => all * values.length, 1);
  if (product === "") return total;
  return size === count ? `${product} = ${total}` : `${product}, ${total} in all`;
}

const PLURALS: Readonly<Record<string, string>> = { algorithm: "algorithms", seed: "seeds", particles: "values of K" };

function combinations(table: OptionTable, plan: ComparePlan): readonly OptionValues[] {
  const listed = Object.keys(table).filter((name) => (plan.lists[name]?.length ?? 0) > 0);
  // Seeds innermost: runs of one group stand together.
  const order = [...listed.filter((name) => name !== "seed"), ...listed.filter((name) => name === "seed")];
  let grid: Record<string, OptionValue>[] = [{ ...defaultsOf(table) }];
  for (const name of order) {
    grid = grid.flatMap((options) => (plan.lists[name] ?? []).map((value) => ({ ...options, [name]: value })));
  }
  return grid;
}

/**
 * All runs see the same data: where a data seed of 0 means that the run's seed makes the data, the plan's first seed
 * makes them for all.
 */
function withSameData(table: OptionTable, plan: ComparePlan, options: OptionValues): OptionValues {
  const own = table["dataSeed"];
  if (own?.default !== 0 || options["dataSeed"] !== 0) return options;
  const first = Number(plan.lists["seed"]?.[0] ?? table["seed"]?.default ?? 1);
  return { ...options, dataSeed: first || 1 };
}

function isUsed(table: OptionTable, name: string, options: OptionValues): boolean {
  const spec = table[name];
  return spec !== undefined && (!spec.algorithms || spec.algorithms.includes(String(options["algorithm"])));
}

function valueWord(value: OptionValue | undefined): string {
  if (typeof value === "boolean") return value ? "on" : "off";
  return value === "" || value === undefined ? "default" : String(value).replace("-", "\u2212");
}

// The groups of a comparison as charts, legend and table see them: same options but the seed, names by what differs.

import type { OptionTable, OptionValues } from "../../engine/options";
import type { CompareRun } from "./compareStore";
import { differingOptions, groupDetail, groupName, type RunGroup } from "./grid";

export type CompareGroup = RunGroup & {
  /** "sleep: mix, K = 10, M = R = 5; seeds 1, 2, 3". */
  readonly detail: string;
  readonly runs: readonly CompareRun[];
};

/** The groups in the order of their first run. */
export function groupsOf(table: OptionTable, runs: readonly CompareRun[]): readonly CompareGroup[] {
  const firsts = [...new Map(runs.map((run) => [run.groupId, run.options])).values()];
  const differing = differingOptions(table, firsts);
  return [...new Set(runs.map((run) => run.groupId))].flatMap((id): CompareGroup[] => {
    const members = runs.filter((run) => run.groupId === id);
    const first = members[0];
    if (!first) return [];
    const { options, slot } = first;
    const seeds = members.map((run) => run.options["seed"]).join(", ");
    const detail = `${groupDetail(table, options)}; ${members.length === 1 ? "seed" : "seeds"} ${seeds}`;
    return [{ id, slot, options, name: groupName(table, differing, options), detail, runs: members }];
  });
}

/** "MWS, seed 2": one run of a group. */
export function runTitle(group: CompareGroup, run: CompareRun): string {
  const saved = run.runId.startsWith("saved-") ? ", saved run" : "";
  return `${group.name}, seed ${run.options["seed"]}${saved}`;
}

/** One row of the options diff: only what differs between the runs. */
export type DiffRow = { readonly name: string; readonly label: string; readonly values: readonly string[] };

/** Options in which the groups differ, with every value in the groups' order (UX-101). */
export function optionsDiff(table: OptionTable, groups: readonly CompareGroup[]): readonly DiffRow[] {
  const all = groups.map((group) => group.options);
  return differingOptions(table, all).map((name) => ({
    name,
    label: table[name]?.label ?? name,
    values: all.map((options) => valueText(table, name, options)),
  }));
}

function valueText(table: OptionTable, name: string, options: OptionValues): string {
  const spec = table[name];
  const value = String(options[name] ?? "");
  return spec?.kind === "choice" ? (spec.titles?.[value] ?? value) : value || "default";
}

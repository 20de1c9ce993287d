// Curves of earlier runs behind the present one: another algorithm on the same data with the same seed (UX-29).

import { create } from "zustand";
import type { OptionTable, OptionValues } from "../../../engine/options";
import { COMMON_OPTIONS } from "../../../engine/run/options";
import { runName } from "../../router/variant";
import type { RunSeries } from "../../runs/runSeries";
import { useLab } from "../../stores/labStore";
import { useRuns } from "../../stores/runStore";

export type Ghost = {
  readonly id: string;
  /** "MWS, K = 10, earlier". */
  readonly name: string;
  /** 3 or 6: thin lines need the colours that stand out most, in both themes. */
  readonly slot: number;
  readonly options: OptionValues;
  readonly series: RunSeries;
};

/** The person's own data that the runs on the bench were started with. */
let dataOfRuns: unknown = null;

const MOST_GHOSTS = 2;
const SLOTS = [3, 6] as const;

export const useGhosts = create<{ readonly ghosts: readonly Ghost[] }>()(() => ({ ghosts: [] }));

/** Called before a reset: the first run's curve stays if only the learning changes; other data make ghosts senseless. */
export function keepGhost(): void {
  const { options, table, userData } = useLab.getState();
  const [run] = useRuns.getState().runs;
  if (!run) return;
  const { ghosts } = useGhosts.getState();
  const isKept = userData === dataOfRuns && isSameTask(table, run.options, options);
  if (!isKept) dropGhosts();
  dataOfRuns = userData;
  if (!isKept || run.options["algorithm"] === options["algorithm"] || run.step === 0) return;
  const kept = ghosts.filter((ghost) => ghost.options["algorithm"] !== options["algorithm"]).slice(1 - MOST_GHOSTS);
  const taken = kept.map((ghost) => ghost.slot);
  const slot = SLOTS.find((one) => !taken.includes(one)) ?? SLOTS[0];
  const ghost = {
    id: `ghost ${run.runId}`,
    name: `${runName(run.options)}, earlier`,
    slot,
    options: run.options,
    series: run.series,
  };
  useGhosts.setState({ ghosts: [...kept, ghost] });
}

/** Other data, another bench: nothing to compare with. */
export function dropGhosts(): void {
  dataOfRuns = null;
  useGhosts.setState({ ghosts: [] });
}

/** Takes one earlier curve away. */
export function dropGhost(id: string): void {
  useGhosts.setState(({ ghosts }) => ({ ghosts: ghosts.filter((ghost) => ghost.id !== id) }));
}

/** True if the seed, the order of the data and everything that makes the data are equal: the domain's own options. */
export function isSameTask(table: OptionTable, first: OptionValues, second: OptionValues): boolean {
  const names = Object.keys(table).filter((name) => !(name in COMMON_OPTIONS) || name === "seed" || name === "batch");
  return names.every((name) => first[name] === second[name]);
}

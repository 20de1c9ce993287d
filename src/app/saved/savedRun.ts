// What is kept of a run beside its checkpoint, and the rules that need no storage: when two records are the same run,
// which runs make room when the storage is full.

import type { OptionValues } from "../../engine/options";

/** One row of the list. Times are milliseconds since 1970. */
export type SavedRun = {
  readonly id: string;
  readonly name: string;
  /** True once a person has chosen the name. */
  readonly isNamed: boolean;
  readonly note: string;
  readonly domain: string;
  readonly preset: string;
  readonly options: OptionValues;
  /** The workbench's address at step 0: "#/lab/clusters?v=1&seed=3". */
  readonly link: string;
  /** Observation on show, from 0. */
  readonly observation: number;
  readonly step: number;
  readonly iterations: number;
  readonly createdAt: number;
  readonly savedAt: number;
  /** Size of the checkpoint. */
  readonly bytes: number;
  /** Never offered for deletion when the storage is full. */
  readonly pinned: boolean;
  /** True while no option has been changed since step 0: the link then says everything about the run. */
  readonly isPlain: boolean;
  /** A small picture as a data address, or null: the preset's picture stands in. */
  readonly picture: string | null;
  /** Name of the person's own data, or null. */
  readonly ownData: string | null;
  readonly appVersion: string;
};

/** A saved run with its checkpoint file. */
export type SavedCheckpoint = { readonly run: SavedRun; readonly checkpoint: Uint8Array };

/** What a page knows of a stored record: when it was saved, and how far it was. Another tab may have written it since. */
export type SavedMark = Pick<SavedRun, "savedAt" | "step">;

/** True if the stored record was written by somebody else since this page last read or wrote it, and is further on. */
export function isOvertaken(run: SavedRun, stored: SavedRun | undefined, known: SavedMark | undefined): boolean {
  if (!stored || stored.step <= run.step) return false;
  return known === undefined || stored.savedAt > known.savedAt;
}

/** What people may change of a saved run. */
export type SavedRunChanges = Partial<Pick<SavedRun, "name" | "isNamed" | "note" | "pinned">>;

/** The record with what people have made of the earlier one with its id: name, note, pin. */
export function withMarks(run: SavedRun, earlier: SavedRun | undefined): SavedRun {
  if (!earlier) return run;
  const { name, isNamed, note, pinned, createdAt } = earlier;
  return { ...run, ...(isNamed ? { name, isNamed } : {}), note, pinned, createdAt };
}

/**
 * True if `later` holds everything of `earlier`: the same start, replayed at least as far, and nobody has named, noted
 * or pinned the earlier one. The same seed gives the same numbers.
 */
export function contains(later: SavedRun, earlier: SavedRun): boolean {
  const isMarked = earlier.isNamed || earlier.pinned || earlier.note !== "";
  const isSame = later.link === earlier.link && later.ownData === earlier.ownData && later.isPlain && earlier.isPlain;
  return isSame && !isMarked && later.id !== earlier.id && later.step >= earlier.step;
}

/** Unpinned runs, oldest first: what is offered for deletion. `keep` is the run that needs the room. */
export function oldestUnpinned(runs: readonly SavedRun[], keep: string | null = null): readonly SavedRun[] {
  return runs.filter((run) => !run.pinned && run.id !== keep).sort((a, b) => a.savedAt - b.savedAt);
}

/** The first of `offered` that together free at least `bytes`; all of them where that is not enough. */
export function enoughToFree(offered: readonly SavedRun[], bytes: number): readonly SavedRun[] {
  let freed = 0;
  return offered.filter((run) => {
    if (freed >= bytes) return false;
    freed += run.bytes;
    return true;
  });
}

export const SORTS = ["date", "name", "domain", "step", "size"] as const;
export type SortBy = (typeof SORTS)[number];

/** The list in the chosen order: pinned ones first, then newest, largest or furthest first, names from A. */
export function sortRuns(runs: readonly SavedRun[], by: SortBy, isReversed: boolean): readonly SavedRun[] {
  const direction = isReversed ? -1 : 1;
  const compare = (a: SavedRun, b: SavedRun) => direction * ORDER[by](a, b) || b.savedAt - a.savedAt;
  return [...runs].sort((a, b) => Number(b.pinned) - Number(a.pinned) || compare(a, b));
}

const ORDER: Readonly<Record<SortBy, (a: SavedRun, b: SavedRun) => number>> = {
  date: (a, b) => b.savedAt - a.savedAt,
  name: (a, b) => a.name.localeCompare(b.name, "en", { numeric: true }),
  domain: (a, b) => a.domain.localeCompare(b.domain, "en"),
  step: (a, b) => b.step - a.step,
  size: (a, b) => b.bytes - a.bytes,
};

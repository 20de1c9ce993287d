// Results of comparisons on this device: one record a run, found again by its plan's link.

import Dexie, { type Table } from "dexie";
import type { OptionValues } from "../../engine/options";
import type { RunDescription, RunRecord, RunStatus, StopReason } from "../../engine/run/records";
import type { RunFailure } from "../stores/runStore";
import type { Moment } from "./moments";

export const COMPARISON_VERSION = 1;

export type KeptRun = {
  readonly place: number;
  readonly options: OptionValues;
  readonly status: RunStatus;
  readonly reason: StopReason | null;
  readonly failure: RunFailure | null;
  readonly description: RunDescription | null;
  readonly records: readonly RunRecord[];
  readonly newBestAt: readonly number[];
  readonly moments: readonly Moment[];
  readonly checkpoint: Uint8Array | null;
};

/** A run of a plan in storage. */
type Row = {
  /** The plan's link without its view. */
  readonly link: string;
  readonly place: number;
  readonly version: number;
  readonly savedAt: number;
  readonly run: KeptRun;
};

class ComparisonDatabase extends Dexie {
  declare comparisons: Table<Row, [string, number]>;

  constructor() {
    super("wake-sleep-lab-comparisons");
    // One row a run: what has just ended is written alone.
    this.version(1).stores({ comparisons: "[link+place], link" });
  }
}

let database: ComparisonDatabase | null = null;

function open(): ComparisonDatabase {
  database ??= new ComparisonDatabase();
  return database;
}

/** Runs kept for a plan: none if it was never run here, with another version, or if storage is closed. */
export async function readComparison(link: string): Promise<readonly KeptRun[]> {
  try {
    const rows = await open().comparisons.where("link").equals(link).toArray();
    return rows.filter((row) => row.version === COMPARISON_VERSION).map((row) => row.run);
  } catch (error) {
    console.info("Kept results could not be read:", error);
    return [];
  }
}

/** Keeps ended runs of a plan. False where the browser refuses storage; nothing is lost on the page then. */
export async function keepComparison(link: string, runs: readonly KeptRun[]): Promise<boolean> {
  const savedAt = Date.now();
  try {
    await open().comparisons.bulkPut(
      runs.map((run) => ({ link, place: run.place, version: COMPARISON_VERSION, savedAt, run })),
    );
    return true;
  } catch (error) {
    console.info("Results are not kept:", error);
    return false;
  }
}

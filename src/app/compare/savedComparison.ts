// Results of comparisons on this device: one record per plan, found again by the plan's link.

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

export type KeptComparison = {
  /** The plan's link without its view. */
  readonly link: string;
  readonly version: number;
  readonly savedAt: number;
  readonly runs: readonly KeptRun[];
};

class ComparisonDatabase extends Dexie {
  declare comparisons: Table<KeptComparison, string>;

  constructor() {
    super("wake-sleep-lab-comparisons");
    this.version(1).stores({ comparisons: "link, savedAt" });
  }
}

let database: ComparisonDatabase | null = null;

function open(): ComparisonDatabase {
  database ??= new ComparisonDatabase();
  return database;
}

/** Results kept for a plan, or null: never run here, of another version, or storage is closed. */
export async function readComparison(link: string): Promise<KeptComparison | null> {
  try {
    const found = await open().comparisons.get(link);
    return found?.version === COMPARISON_VERSION ? found : null;
  } catch (error) {
    console.info("Kept results could not be read:", error);
    return null;
  }
}

/** Keeps the results of a plan. False where the browser refuses storage; nothing is lost on the page then. */
export async function keepComparison(link: string, runs: readonly KeptRun[]): Promise<boolean> {
  try {
    await open().comparisons.put({ link, version: COMPARISON_VERSION, savedAt: Date.now(), runs });
    return true;
  } catch (error) {
    console.info("Results are not kept:", error);
    return false;
  }
}

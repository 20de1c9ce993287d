// The browser's database of saved runs, by Dexie. Rows of the list and checkpoints are apart, so that listing hundred runs
// does not read hundred checkpoints. A chunk of its own: fetched when a run is first saved or listed.

import { Dexie, type EntityTable } from "dexie";
import { isOvertaken, type SavedRun, withMarks } from "./savedRun";
import { type RunStorage, StorageFull } from "./storage";

export const DATABASE_NAME = "wake-sleep-lab";

type CheckpointRow = { readonly id: string; readonly checkpoint: Uint8Array };

class RunDatabase extends Dexie {
  // Dexie makes the tables from the schema below.
  declare runs: EntityTable<SavedRun, "id">;
  declare checkpoints: EntityTable<CheckpointRow, "id">;

  constructor() {
    super(DATABASE_NAME);
    // A change of the schema adds version(2) with an upgrade; this one stays.
    this.version(1).stores({ runs: "id, link, savedAt", checkpoints: "id" });
  }
}

/** Opens the database. @throws whatever the browser throws where storage is closed */
export async function openDatabase(): Promise<RunStorage> {
  const database = new RunDatabase();
  await database.open();
  const both = [database.runs, database.checkpoints];
  return {
    kind: "device",
    list: () => database.runs.toArray(),
    read: async (id) => {
      const [run, row] = await Promise.all([database.runs.get(id), database.checkpoints.get(id)]);
      return run && row ? { run, checkpoint: row.checkpoint } : null;
    },
    put: async ({ run, checkpoint }, known) => {
      try {
        return await database.transaction("rw", both, async () => {
          const stored = await database.runs.get(run.id);
          if (isOvertaken(run, stored, known)) return false;
          const kept = withMarks(run, stored);
          await Promise.all([database.runs.put(kept), database.checkpoints.put({ id: run.id, checkpoint })]);
          return true;
        });
      } catch (error) {
        throw isFull(error) ? new StorageFull(checkpoint.byteLength, error) : error;
      }
    },
    change: async (id, changes) => {
      await database.runs.update(id, changes);
    },
    remove: async (ids) => {
      await database.transaction("rw", both, async () => {
        await Promise.all([database.runs.bulkDelete([...ids]), database.checkpoints.bulkDelete([...ids])]);
      });
    },
  };
}

/** Dexie wraps the browser's error in an abort of its own. */
function isFull(error: unknown): boolean {
  for (let inner = error; inner instanceof Object; inner = "inner" in inner ? inner.inner : null) {
    if ("name" in inner && inner.name === "QuotaExceededError") return true;
  }
  return false;
}

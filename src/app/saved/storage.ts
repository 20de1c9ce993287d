// Where saved runs are kept: the browser's database where it is open to the page, else the page's own memory, so that
// everything works the same and only lasts less long.

import {
  isOvertaken,
  type SavedCheckpoint,
  type SavedMark,
  type SavedRun,
  type SavedRunChanges,
  withMarks,
} from "./savedRun";

export interface RunStorage {
  /** "page": storage is blocked, and what is kept ends with the page. */
  readonly kind: "device" | "page";
  list(): Promise<readonly SavedRun[]>;
  /** Null if there is no such run. */
  read(id: string): Promise<SavedCheckpoint | null>;
  /**
   * Adds a run or replaces the one with its id, whose name, note and pin stay. False, and nothing is written, if another
   * page has gone further with that record since this one last read or wrote it (`known`). @throws StorageFull
   */
  put(saved: SavedCheckpoint, known?: SavedMark): Promise<boolean>;
  change(id: string, changes: SavedRunChanges): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
}

/** The browser has no room for this checkpoint. */
export class StorageFull extends Error {
  constructor(
    /** Size of what did not fit. */
    readonly bytes: number,
    cause: unknown,
  ) {
    super("the storage of this browser is full", { cause });
    this.name = "StorageFull";
  }
}

let opened: Promise<RunStorage> | null = null;

/** The storage of this page, opened at the first call. Never rejects. */
export function runStorage(): Promise<RunStorage> {
  opened ??= openStorage();
  return opened;
}

/** After everything was erased: the next call opens afresh. */
export function closeStorage(): void {
  opened = null;
}

async function openStorage(): Promise<RunStorage> {
  try {
    const { openDatabase } = await import("./database");
    return await openDatabase();
  } catch (error) {
    // Private windows and strict settings close the database; what they throw differs from browser to browser.
    console.info("Runs are kept by this page only:", error);
    return pageStorage();
  }
}

/** Keeps runs in memory. */
export function pageStorage(): RunStorage {
  const kept = new Map<string, SavedCheckpoint>();
  return {
    kind: "page",
    list: async () => [...kept.values()].map(({ run }) => run),
    read: async (id) => kept.get(id) ?? null,
    put: async (saved, known) => {
      const stored = kept.get(saved.run.id)?.run;
      if (isOvertaken(saved.run, stored, known)) return false;
      const run = withMarks(saved.run, stored);
      kept.set(run.id, { run, checkpoint: saved.checkpoint.slice() });
      return true;
    },
    change: async (id, changes) => {
      const found = kept.get(id);
      if (found) kept.set(id, { ...found, run: { ...found.run, ...changes } });
    },
    remove: async (ids) => {
      for (const id of ids) kept.delete(id);
    },
  };
}

// The saved runs as the rest of the page uses them: list, read, keep, change, delete. The state beside them says whether
// storage is open and whether it is full.

import { create } from "zustand";
import { contains, type SavedCheckpoint, type SavedMark, type SavedRun, type SavedRunChanges } from "./savedRun";
import { runStorage, StorageFull } from "./storage";

type Saved = {
  /** Null before the first reading. */
  readonly runs: readonly SavedRun[] | null;
  /** "page": storage is blocked, and runs last as long as the page. Null before it is known. */
  readonly kind: "device" | "page" | null;
  /** What did not fit into the storage; the dialog that makes room is open. */
  readonly unsaved: SavedCheckpoint | null;
  /** The person chose to go on without saving: the dialog stays away until something is saved again. */
  readonly isFullKnown: boolean;
};

export const useSaved = create<Saved>()(() => ({ runs: null, kind: null, unsaved: null, isFullKnown: false }));

/** Every saved run, without checkpoints, newest first. */
export async function listSavedRuns(): Promise<readonly SavedRun[]> {
  const storage = await runStorage();
  const runs = [...(await storage.list())].sort((a, b) => b.savedAt - a.savedAt);
  useSaved.setState({ runs, kind: storage.kind });
  return runs;
}

/** Records as this page last read or wrote them, by id: another tab may write them, too. */
const marks = new Map<string, SavedMark>();

/** A saved run with its checkpoint file (opens in a worker by StartOptions.checkpoint), or null if it is gone. */
export async function readSavedRun(id: string): Promise<SavedCheckpoint | null> {
  const saved = await (await runStorage()).read(id);
  if (saved) marks.set(id, saved.run);
  return saved ?? (unkept?.run.id === id ? unkept : null);
}

/** What did not fit into the storage: it can be opened as long as the page lives. */
let unkept: SavedCheckpoint | null = null;

/**
 * Keeps a run under its id, or under a new one where another tab has gone further with that record meanwhile. Records that
 * it contains (the same start, not as far, not marked by anyone) go.
 * @returns the record as it is kept; null if the storage is full: the dialog that makes room then opens, nothing is deleted
 */
export async function keepRun(given: SavedCheckpoint): Promise<SavedRun | null> {
  const storage = await runStorage();
  let saved = given;
  try {
    // First of all: the page may be on its way out.
    if (!(await storage.put(saved, marks.get(saved.run.id)))) {
      saved = { ...given, run: { ...given.run, id: newRunId() } };
      await storage.put(saved);
    }
    marks.set(saved.run.id, saved.run);
    const repeated = (await storage.list()).filter((other) => contains(saved.run, other)).map((other) => other.id);
    if (repeated.length > 0) await storage.remove(repeated);
  } catch (error) {
    if (!(error instanceof StorageFull)) throw error;
    unkept = saved;
    if (!useSaved.getState().isFullKnown) useSaved.setState({ unsaved: saved, kind: storage.kind });
    return null;
  }
  useSaved.setState({ isFullKnown: false });
  await listSavedRuns();
  return saved.run;
}

/** Changes name, note or pin. The first pin asks the browser not to clear this page's storage by itself. */
export async function changeSavedRun(id: string, changes: SavedRunChanges): Promise<void> {
  const storage = await runStorage();
  await storage.change(id, changes);
  if (changes.pinned && storage.kind === "device") await navigator.storage?.persist?.();
  await listSavedRuns();
}

/** Deletes runs and returns them, so that it can be undone. */
export async function deleteSavedRuns(ids: readonly string[]): Promise<readonly SavedCheckpoint[]> {
  const storage = await runStorage();
  const read = await Promise.all(ids.map((id) => storage.read(id)));
  await storage.remove(ids);
  await listSavedRuns();
  return read.filter((saved) => saved !== null);
}

/** A copy under a new id: it goes its own way from here. */
export async function duplicateSavedRun(id: string): Promise<boolean> {
  const saved = await readSavedRun(id);
  if (!saved) return false;
  const { name } = saved.run;
  const now = Date.now();
  const run = { ...saved.run, id: newRunId(), name: `${name}, copy`, isNamed: true, pinned: false };
  return (await keepRun({ run: { ...run, createdAt: now, savedAt: now }, checkpoint: saved.checkpoint })) !== null;
}

/** An id that no other page makes. */
export function newRunId(): string {
  const words = crypto.getRandomValues(new Uint32Array(3));
  return Array.from(words, (word) => word.toString(36)).join("-");
}

// Everything that the lab keeps on this device: what it is, how much, and erasing it.

import { useSaved } from "./savedRuns";
import { writesDone } from "./saver";
import { closeStorage } from "./storage";

export type StorageReport = {
  /** Bytes that the browser counts for this page, and what it allows; null where it does not say. */
  readonly usage: number | null;
  readonly quota: number | null;
  readonly databases: readonly string[];
  readonly numSettings: number;
  readonly numCaches: number;
};

/** What is stored now. Where storage is closed, nothing is. */
export async function storageReport(): Promise<StorageReport> {
  const estimate = await navigator.storage?.estimate?.().catch(() => null);
  return {
    usage: estimate?.usage ?? null,
    quota: estimate?.quota ?? null,
    databases: await databaseNames(),
    numSettings: settingsCount(),
    numCaches: await cacheNames().then((names) => names.length),
  };
}

/** Databases, settings and caches of the lab begin like this: other pages of the same host keep theirs. */
const OURS = "wake-sleep-lab";

/**
 * Deletes every database, setting and stored file of the lab, and its service worker. Other tabs of the lab are asked to
 * close their databases by the browser itself.
 */
export async function eraseEverything(): Promise<void> {
  // A run that was just left hands on its last state: written later, it would be there again.
  await writesDone();
  closeStorage();
  await Promise.all((await databaseNames()).map(deleteDatabase));
  try {
    for (const key of settingNames()) localStorage.removeItem(key);
  } catch (error) {
    console.info("Settings could not be erased:", error);
  }
  const names = await cacheNames();
  await Promise.all(names.map((name) => caches.delete(name)));
  const workers = (await navigator.serviceWorker?.getRegistrations?.().catch(() => [])) ?? [];
  const ours = workers.filter((worker) => worker.scope === pageFolder());
  await Promise.all(ours.map((worker) => worker.unregister()));
  useSaved.setState({ runs: [], kind: null, unsaved: null });
}

async function databaseNames(): Promise<readonly string[]> {
  try {
    return (await indexedDB.databases()).flatMap(({ name }) => (name?.startsWith(OURS) ? [name] : []));
  } catch (error) {
    console.info("Databases:", error);
    return [];
  }
}

function deleteDatabase(name: string): Promise<void> {
  return new Promise((done, fail) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => done();
    request.onerror = () => fail(request.error ?? new Error(`database ${name} was not deleted`));
  });
}

async function cacheNames(): Promise<readonly string[]> {
  if (!("caches" in globalThis)) return [];
  const names = await caches.keys().catch(() => []);
  // The copy for offline use is named after the folder that it serves.
  return names.filter((name) => name.startsWith(OURS) || name.endsWith(pageFolder()));
}

function pageFolder(): string {
  return new URL(".", window.location.href).href;
}

function settingNames(): readonly string[] {
  return Object.keys(localStorage).filter((key) => key.startsWith(OURS));
}

function settingsCount(): number {
  try {
    return settingNames().length;
  } catch (error) {
    console.info("Settings:", error);
    return 0;
  }
}

// Everything that the lab keeps on this device: what it is, how much, and erasing it.

import { useSaved } from "./savedRuns";
import { closeStorage } from "./storage";

export type StoredThing = { readonly what: string; readonly detail: string };

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

/**
 * Deletes every database, setting and stored file of this page, and its service worker. Other tabs of the lab are asked to
 * close their databases by the browser itself.
 */
export async function eraseEverything(): Promise<void> {
  closeStorage();
  await Promise.all((await databaseNames()).map(deleteDatabase));
  try {
    localStorage.clear();
    sessionStorage.clear();
  } catch (error) {
    console.info("Settings could not be erased:", error);
  }
  const names = await cacheNames();
  await Promise.all(names.map((name) => caches.delete(name)));
  const workers = (await navigator.serviceWorker?.getRegistrations?.().catch(() => [])) ?? [];
  await Promise.all(workers.map((worker) => worker.unregister()));
  useSaved.setState({ runs: [], kind: null, unsaved: null });
}

async function databaseNames(): Promise<readonly string[]> {
  try {
    return (await indexedDB.databases()).flatMap(({ name }) => (name ? [name] : []));
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
  return caches.keys().catch(() => []);
}

function settingsCount(): number {
  try {
    return localStorage.length;
  } catch (error) {
    console.info("Settings:", error);
    return 0;
  }
}

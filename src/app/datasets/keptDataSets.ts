// Data sets of others that a person has brought, kept on this device: Cache Storage, one entry a set under the address at
// which the engine looks for it, and the pieces of downloads that are not complete. Addresses are absolute, because pages
// and workers stand at different places.

import type { PartStore } from "../../engine/dataSetImports";

/** Begins like everything that the lab keeps, so that it is listed and erased with the rest. */
const CACHE = "wake-sleep-lab-datasets";
const COUNT = "x-pictures";
const MARK = "x-mark";

export type KeptDataSet = {
  readonly bytes: number;
  /** Pictures in it. */
  readonly count: number;
};

/** A kept data set, or null. @param address of "datasets/<name>.images" */
export async function keptBytes(address: string): Promise<Uint8Array | null> {
  const response = await answerTo(address);
  return response ? new Uint8Array(await response.arrayBuffer()) : null;
}

/** What is known of a kept data set without reading it; null where there is none. */
export async function keptDataSet(address: string): Promise<KeptDataSet | null> {
  const response = await answerTo(address);
  return response ? { bytes: numberIn(response, "content-length"), count: numberIn(response, COUNT) } : null;
}

/** Keeps a data set in place of an older one. @throws DOMException if the browser has no room or allows no storage */
export async function keepDataSet(address: string, bytes: Uint8Array<ArrayBuffer>, count: number): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.put(address, new Response(bytes, { headers: { ...headersOf(bytes), [COUNT]: String(count) } }));
}

/** Deletes a kept data set; nothing happens where there is none. */
export async function dropDataSet(address: string): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.delete(address);
}

async function answerTo(address: string): Promise<Response | null> {
  try {
    if (!("caches" in globalThis) || !(await caches.has(CACHE))) return null;
    const cache = await caches.open(CACHE);
    return (await cache.match(address)) ?? null;
  } catch (error) {
    // A frame without an origin of its own, or a private window that allows no storage: nothing is kept there.
    console.info("Kept data sets:", error);
    return null;
  }
}

/**
 * The pieces of one download, under `folder` + number: 0, 1, 2 ... What has come is there after a reload, too.
 *
 * @param folder absolute address that ends in "/"
 */
export class KeptParts implements PartStore {
  private readonly folder: string;
  private known: { sizes: number[]; mark: string } | null = null;

  constructor(folder: string) {
    this.folder = folder;
  }

  async state(): Promise<{ readonly size: number; readonly mark: string }> {
    const { sizes, mark } = await this.look();
    return { size: sizes.reduce((sum, size) => sum + size, 0), mark };
  }

  async begin(mark: string): Promise<void> {
    const cache = await caches.open(CACHE);
    const { sizes } = await this.look();
    for (const number of sizes.keys()) await cache.delete(this.folder + number);
    this.known = { sizes: [], mark };
  }

  async append(bytes: Uint8Array): Promise<void> {
    const known = await this.look();
    const cache = await caches.open(CACHE);
    const own = new Uint8Array(bytes);
    const headers = { ...headersOf(own), [MARK]: encodeURIComponent(known.mark) };
    await cache.put(this.folder + known.sizes.length, new Response(own, { headers }));
    known.sizes.push(bytes.length);
  }

  async read(): Promise<Uint8Array> {
    const { sizes } = await this.look();
    const cache = await caches.open(CACHE);
    const parts = await Promise.all(sizes.map((_, number) => cache.match(this.folder + number)));
    const blob = new Blob(await Promise.all(parts.map((part) => part?.blob() ?? new Blob())));
    return new Uint8Array(await blob.arrayBuffer());
  }

  private async look(): Promise<{ sizes: number[]; mark: string }> {
    if (this.known) return this.known;
    const cache = await caches.open(CACHE);
    const sizes: number[] = [];
    let mark = "";
    for (;;) {
      const part = await cache.match(this.folder + sizes.length);
      if (!part) break;
      sizes.push(numberIn(part, "content-length"));
      mark = decodeURIComponent(part.headers.get(MARK) ?? "");
    }
    this.known = { sizes, mark };
    return this.known;
  }
}

function headersOf(bytes: Uint8Array): Record<string, string> {
  return { "content-type": "application/octet-stream", "content-length": String(bytes.length) };
}

function numberIn(response: Response, name: string): number {
  return Number(response.headers.get(name) ?? 0);
}

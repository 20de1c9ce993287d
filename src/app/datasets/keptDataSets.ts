// Data sets of others that a person has brought, kept on this device: Cache Storage, one entry a set under the address at
// which the engine looks for it, and the pieces of downloads that are not complete. Addresses are absolute, because pages
// and workers stand at different places.

import type { PartStore } from "../../engine/dataSetImports";
import { LabError } from "../../engine/errors";

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

/**
 * Keeps a data set in place of an older one.
 * @throws DOMException if the browser has no room; LabError("file") if it keeps nothing at all
 */
export async function keepDataSet(address: string, bytes: Uint8Array<ArrayBuffer>, count: number): Promise<void> {
  const cache = await opened();
  await cache.put(address, new Response(bytes, { headers: { ...headersOf(bytes), [COUNT]: String(count) } }));
}

/** Deletes a kept data set; nothing happens where there is none. @throws LabError("file") if nothing can be kept here */
export async function dropDataSet(address: string): Promise<void> {
  const cache = await opened();
  await cache.delete(address);
}

async function answerTo(address: string): Promise<Response | null> {
  const cache = await openedIfThere();
  return (await cache?.match(address)) ?? null;
}

/** The cache; null where nothing has been kept or nothing can be kept. */
async function openedIfThere(): Promise<Cache | null> {
  try {
    return "caches" in globalThis && (await caches.has(CACHE)) ? await caches.open(CACHE) : null;
  } catch (error) {
    // A frame without an origin of its own, or a private window that allows no storage: nothing is kept there.
    console.info("Kept data sets:", error);
    return null;
  }
}

/** The cache, made where there is none. @throws LabError("file") in a private window, without https, or in a frame */
async function opened(): Promise<Cache> {
  try {
    return await caches.open(CACHE);
  } catch (cause) {
    const message = "This browser keeps no data sets for this page.";
    const help = "Open the lab over https and in a window that is not private, then try again.";
    throw new LabError("file", { message, help }, {}, { cause });
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
    const cache = await opened();
    const { sizes } = await this.look();
    // The last first: a page that is closed in between leaves the beginning of the file, never a gap.
    for (const number of [...sizes.keys()].reverse()) await cache.delete(this.folder + number);
    this.known = { sizes: [], mark };
  }

  async append(bytes: Uint8Array): Promise<void> {
    const known = await this.look();
    const cache = await opened();
    const own = new Uint8Array(bytes);
    const headers = { ...headersOf(own), [MARK]: encodeURIComponent(known.mark) };
    await cache.put(this.folder + known.sizes.length, new Response(own, { headers }));
    known.sizes.push(bytes.length);
  }

  async read(): Promise<Uint8Array> {
    const { sizes } = await this.look();
    const cache = await opened();
    const parts = await Promise.all(sizes.map((_, number) => cache.match(this.folder + number)));
    const blob = new Blob(await Promise.all(parts.map((part) => part?.blob() ?? new Blob())));
    return new Uint8Array(await blob.arrayBuffer());
  }

  private async look(): Promise<{ sizes: number[]; mark: string }> {
    if (this.known) return this.known;
    const cache = await openedIfThere();
    const sizes: number[] = [];
    let mark = "";
    for (;;) {
      const part = await cache?.match(this.folder + sizes.length);
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

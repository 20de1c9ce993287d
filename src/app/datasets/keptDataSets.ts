// Data sets of others that a person has brought, kept on this device: Cache Storage, one entry a set under the address at
// which the engine looks for it. The page writes, the training worker reads before it asks the network.

/** Begins like everything that the lab keeps, so that it is listed and erased with the rest. */
const CACHE = "wake-sleep-lab-datasets";
const COUNT = "x-pictures";

export type KeptDataSet = {
  readonly bytes: number;
  /** Pictures in it. */
  readonly count: number;
};

/** A kept data set, or null. @param address the absolute address of "datasets/<name>.images" */
export async function keptBytes(address: string): Promise<Uint8Array | null> {
  const response = await answerTo(address);
  return response ? new Uint8Array(await response.arrayBuffer()) : null;
}

/** What is known of a kept data set without reading it; null where there is none. */
export async function keptDataSet(path: string): Promise<KeptDataSet | null> {
  const response = await answerTo(addressOf(path));
  if (!response) return null;
  const number = (name: string) => Number(response.headers.get(name) ?? 0);
  return { bytes: number("content-length"), count: number(COUNT) };
}

/** Keeps a data set in place of an older one. @throws DOMException if the browser has no room or allows no storage */
export async function keepDataSet(path: string, bytes: Uint8Array<ArrayBuffer>, count: number): Promise<void> {
  const headers = {
    "content-type": "application/octet-stream",
    "content-length": String(bytes.length),
    [COUNT]: String(count),
  };
  const cache = await caches.open(CACHE);
  await cache.put(addressOf(path), new Response(bytes, { headers }));
}

/** Deletes a kept data set; nothing happens where there is none. */
export async function dropDataSet(path: string): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.delete(addressOf(path));
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

function addressOf(path: string): string {
  return new URL(path, document.baseURI).href;
}

// Files that are fetched on demand (trained models, data sets, 3D): which there are, which are kept already, and fetching
// the rest. The list is made by the build.

/** The service worker keeps them under the same name (scripts/offlinePlugin.mjs). */
export const EXTRA_CACHE = "wake-sleep-lab-extra";

export type ExtraFile = { readonly url: string; readonly bytes: number };

/** Files that are not on this device yet. @throws TypeError without a connection and without a copy of the list */
export async function missingFiles(): Promise<readonly ExtraFile[]> {
  const response = await fetch(new URL("offline.json", document.baseURI));
  if (!response.ok) throw new TypeError(`offline.json: the server answered ${response.status}`);
  // The build wrote it.
  const { files } = (await response.json()) as { readonly files: readonly ExtraFile[] };
  const cache = await caches.open(EXTRA_CACHE);
  const kept = await Promise.all(files.map((file) => cache.match(addressOf(file))));
  return files.filter((_, at) => kept[at] === undefined);
}

/** Fetches and keeps the files one after the other. @param onDone called after each with the number kept so far */
export async function keepFiles(files: readonly ExtraFile[], onDone: (count: number) => void): Promise<void> {
  const cache = await caches.open(EXTRA_CACHE);
  for (const [at, file] of files.entries()) {
    await cache.add(addressOf(file));
    onDone(at + 1);
  }
}

/** Sum of the sizes, as people read it: "2.4 MB", "37 kB". */
export function sizeText(files: readonly ExtraFile[]): string {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  if (bytes < 1e6) return `${Math.ceil(bytes / 1e3)} kB`;
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

function addressOf(file: ExtraFile): string {
  return new URL(file.url, document.baseURI).href;
}

// Brings data sets of others onto this device: downloads from their owners' addresses when the page says so, reads files,
// and keeps the result where runs look for it. Runs in a worker, so that the page stays smooth.

import { domains } from "../../domains/list";
import type { DataSetImports, ImportSource, NamedBytes, SourcePart } from "../../engine/dataSetImports";
import { asLabError } from "../../engine/errors";
import type { ImportEvent, ImportRequest, SourceOnDevice } from "./importMessages";
import { dropDataSet, KeptParts, keepDataSet, keptDataSet } from "./keptDataSets";

let job: AbortController | null = null;

/** Serves one order; `say` posts to the page. Orders other than "cancel" are given one after another. */
export async function serveImport(request: ImportRequest, say: (event: ImportEvent) => void): Promise<void> {
  if (request.kind === "cancel") {
    job?.abort();
    return;
  }
  const name = request.kind === "look" ? "" : request.name;
  const own = new AbortController();
  // What is looked at or removed meanwhile leaves a download its way to be stopped.
  if (request.kind === "download" || request.kind === "files") job = own;
  const { signal } = own;
  try {
    const imports = await domains.find(({ id }) => id === request.domain)?.imports?.();
    if (!imports) throw new Error(`${request.domain} has no data sets of others`);
    const shop = new Shop(imports, request.base, say);
    if (request.kind === "remove") await dropDataSet(shop.address(name));
    if (request.kind === "download") await shop.fetch(name, request.part, signal);
    if (request.kind === "files") await shop.take(name, await bytesOf(request.files), false);
    await shop.tell();
  } catch (thrown) {
    if (signal.aborted) say({ kind: "cancelled", name });
    else say({ kind: "failed", name, message: sentences(thrown) });
  }
}

function sentences(thrown: unknown): string {
  if (thrown instanceof DOMException && thrown.name === "QuotaExceededError") {
    return "The browser has no room left for this page. Delete saved runs or another data set, then try again.";
  }
  const { message, help } = asLabError(thrown);
  return `${message} ${help}`;
}

async function bytesOf(files: readonly File[]): Promise<readonly NamedBytes[]> {
  const read: NamedBytes[] = [];
  for (const file of files) read.push({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) });
  return read;
}

/** Report progress at most this often, ms. */
const EVERY_MS = 100;

class Shop {
  private saidAt = 0;

  constructor(
    private readonly imports: DataSetImports,
    private readonly base: string,
    private readonly say: (event: ImportEvent) => void,
  ) {}

  address(name: string): string {
    return new URL(this.imports.fileOf(name), this.base).href;
  }

  /** Downloads the files of a part, going on where an earlier attempt stopped, and keeps the set. */
  async fetch(name: string, id: string, signal: AbortSignal): Promise<void> {
    const part = partOf(this.imports, name, id);
    const files: NamedBytes[] = [];
    const expected = part.files.reduce((sum, file) => sum + file.bytes, 0);
    let before = 0;
    for (const file of part.files) {
      const onProgress = ({ received }: { readonly received: number }) =>
        this.progress(name, "download", before + received, expected);
      const bytes = await this.imports.download(file, this.parts(file.url), { signal, onProgress });
      before += bytes.length;
      files.push({ name: file.name, bytes });
    }
    await this.take(name, files, true);
    // Kept or unreadable: what was downloaded is not needed again.
    for (const file of part.files) await this.parts(file.url).begin("");
  }

  /** Reads files and keeps the set. */
  async take(name: string, files: readonly NamedBytes[], areFirstParts: boolean): Promise<void> {
    const onProgress = (done: number, total: number) => this.progress(name, "read", done, total);
    const read = await this.imports.read(name, files, { areFirstParts, onProgress });
    if (!read.ok) {
      this.say({ kind: "failed", name, message: read.message });
      return;
    }
    await keepDataSet(this.address(name), read.bytes, read.count);
    this.say({ kind: "done", name, notes: read.notes });
  }

  /** Says what there is and what of it is here. */
  async tell(): Promise<void> {
    const sources: SourceOnDevice[] = [];
    for (const source of this.imports.sources) {
      sources.push({ source, kept: await keptDataSet(this.address(source.name)), begun: await this.begun(source) });
    }
    this.say({ kind: "sources", sources });
  }

  private async begun(source: ImportSource): Promise<Readonly<Record<string, number>>> {
    const begun: Record<string, number> = {};
    for (const { id, files } of source.parts) {
      let size = 0;
      for (const file of files) size += (await this.parts(file.url).state()).size;
      begun[id] = size;
    }
    return begun;
  }

  private parts(url: string): KeptParts {
    return new KeptParts(new URL(`datasets/parts/${encodeURIComponent(url)}/`, this.base).href);
  }

  private progress(name: string, stage: "download" | "read", done: number, total: number | null): void {
    const now = performance.now();
    if (now - this.saidAt < EVERY_MS && done !== total) return;
    this.saidAt = now;
    this.say({ kind: "progress", name, stage, done, total });
  }
}

function partOf({ sources }: DataSetImports, name: string, id: string): SourcePart {
  const source = sources.find((one) => one.name === name);
  const part = source?.parts.find((one) => one.id === id);
  if (!part) throw new Error(`no part ${id} of ${name}`);
  return part;
}

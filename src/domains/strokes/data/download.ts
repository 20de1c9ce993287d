// A file from its owner's address: with progress, in pieces that are kept as they come, and going on from where an
// earlier attempt broke off. Where the pieces are kept is the caller's: a ".part" file, or the browser's storage.

import type { DownloadHooks, PartStore, SourceFile } from "../../../engine/dataSetImports";
import { LabError } from "../../../engine/errors";
import { megabytes } from "./formats/inflate";

/** How patient a download is, beside what the engine's interface says. */
export type Patience = {
  /** Longest silence of the server, ms; default 30,000. */
  readonly silenceMs?: number;
  /** Wait before the second attempt, ms, doubled for each further one without a byte; default 500. */
  readonly pauseMs?: number;
};

type Hooks = DownloadHooks & Patience;

/** Attempts in a row without a single byte, and attempts altogether. */
const [FRUITLESS, ATTEMPTS] = [4, 50];
/** Bytes that are gathered before they are given to the store. */
const PIECE = 1 << 18;

/**
 * Fetches a file, or the rest of it. A connection that breaks is taken up again; after some fruitless attempts it gives
 * up, and the next call goes on from what the store keeps.
 *
 * @returns all bytes of the file; the store still keeps them
 * @throws LabError("download") that says what was got and what to do; the signal's reason when it is aborted; what the
 *   store throws, at once: where nothing can be kept, another attempt is of no use
 */
export async function download(file: SourceFile, to: PartStore, hooks: Hooks = {}): Promise<Uint8Array> {
  const store = new ToldStore(to);
  let fruitless = 0;
  let why = "";
  for (let attempt = 0; attempt < ATTEMPTS && fruitless < FRUITLESS; attempt++) {
    if (fruitless > 0) await pause((hooks.pauseMs ?? 500) * 2 ** (fruitless - 1), hooks.signal);
    const before = (await store.state()).size;
    const outcome = await fetchRest(file, store, hooks);
    if (outcome.kind === "complete") return store.read();
    if (outcome.kind === "refused") throw refused(file, outcome.why);
    why = outcome.why;
    fruitless = (await store.state()).size > before ? 0 : fruitless + 1;
  }
  throw brokenOff(file, (await store.state()).size, why);
}

type Outcome = { readonly kind: "complete" } | { readonly kind: "refused" | "broken"; readonly why: string };

/** One request for what is missing. */
async function fetchRest(file: SourceFile, store: ToldStore, hooks: Hooks): Promise<Outcome> {
  const { size, mark } = await store.state();
  if (file.first !== undefined && size >= file.first) return { kind: "complete" };
  const silence = new Silence(hooks);
  try {
    const range = size > 0 || file.first !== undefined;
    const last = file.first === undefined ? "" : file.first - 1;
    const headers: Record<string, string> = range ? { range: `bytes=${size}-${last}` } : {};
    const response = await fetch(file.url, { headers, signal: silence.signal, cache: "no-store" });
    const begun = await begin(response, store, size, mark);
    if (begun !== null) {
      await response.body?.cancel();
      return begun;
    }
    return await receive(response, file, store, hooks, silence);
  } catch {
    hooks.signal?.throwIfAborted();
    if (store.refusal) throw store.refusal.reason;
    return { kind: "broken", why: silence.isOver ? "the server fell silent" : "the connection broke" };
  } finally {
    silence.stop();
  }
}

/** Checks the answer's first lines against what is kept; null where its bytes are to be taken. */
async function begin(response: Response, store: PartStore, size: number, mark: string): Promise<Outcome | null> {
  const found = response.headers.get("etag") ?? response.headers.get("last-modified") ?? "";
  const range = /^bytes (\d+)-\d+\/|^bytes \*\/(\d+)$/.exec(response.headers.get("content-range") ?? "");
  if (response.status === 416 && size > 0) {
    if (Number(range?.[2]) === size) return { kind: "complete" };
    await store.begin("");
    return { kind: "broken", why: "the file has changed at its owner's" };
  }
  if (response.status === 206) {
    const isOther = mark !== "" && found !== "" && found !== mark;
    if (!isOther && (range?.[1] === undefined || Number(range[1]) === size)) {
      if (size === 0) await store.begin(found);
      return null;
    }
    await store.begin("");
    return { kind: "broken", why: "the file has changed at its owner's" };
  }
  if (response.status === 200) {
    await store.begin(found);
    return null;
  }
  const isPassing = response.status >= 500 || response.status === 429 || response.status === 408;
  return { kind: isPassing ? "broken" : "refused", why: `the server answered ${response.status}` };
}

async function receive(
  response: Response,
  file: SourceFile,
  store: PartStore,
  hooks: Hooks,
  silence: Silence,
): Promise<Outcome> {
  let received = (await store.state()).size;
  const total = totalOf(response, received, file.first);
  const pieces = new Pieces(store);
  const reader = response.body?.getReader();
  try {
    for (;;) {
      const next = await reader?.read();
      if (!next || next.done) break;
      silence.heard();
      received += next.value.length;
      await pieces.add(next.value);
      hooks.onProgress?.({ received, total });
      if (file.first !== undefined && received >= file.first) break;
    }
  } finally {
    await pieces.flush();
    // An answer that is longer than wanted is not read to its end; one that failed has nothing left to cancel.
    await reader?.cancel().catch(() => undefined);
  }
  return total === null || received >= total ? { kind: "complete" } : { kind: "broken", why: "the connection broke" };
}

/** Bytes of the whole file as wanted; null where the answer does not say. */
function totalOf(response: Response, before: number, first: number | undefined): number | null {
  const length = response.headers.get("content-length");
  const isPacked = (response.headers.get("content-encoding") ?? "identity") !== "identity";
  if (length === null || isPacked) return null;
  const told = before + Number(length);
  return first === undefined ? told : Math.min(told, first);
}

/** A store that remembers what it threw, so that a full disk is not taken for a broken connection. */
class ToldStore implements PartStore {
  refusal: { readonly reason: unknown } | null = null;

  constructor(private readonly store: PartStore) {}

  state = () => this.told(this.store.state());
  begin = (mark: string) => this.told(this.store.begin(mark));
  append = (bytes: Uint8Array) => this.told(this.store.append(bytes));
  read = () => this.told(this.store.read());

  private async told<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (reason) {
      this.refusal ??= { reason };
      throw reason;
    }
  }
}

/** Gathers small pieces, so that a store is not written to a thousand times. */
class Pieces {
  private readonly store: PartStore;
  private waiting: Uint8Array[] = [];
  private size = 0;

  constructor(store: PartStore) {
    this.store = store;
  }

  async add(bytes: Uint8Array): Promise<void> {
    this.waiting.push(bytes);
    this.size += bytes.length;
    if (this.size >= PIECE) await this.flush();
  }

  async flush(): Promise<void> {
    if (this.size === 0) return;
    const all = new Uint8Array(this.size);
    let at = 0;
    for (const bytes of this.waiting) {
      all.set(bytes, at);
      at += bytes.length;
    }
    this.waiting = [];
    this.size = 0;
    await this.store.append(all);
  }
}

/** Aborts when the caller does, and when nothing has been heard for too long. */
class Silence {
  private readonly controller = new AbortController();
  private readonly hooks: Hooks;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly abort = () => this.controller.abort();
  isOver = false;

  constructor(hooks: Hooks) {
    this.hooks = hooks;
    hooks.signal?.throwIfAborted();
    hooks.signal?.addEventListener("abort", this.abort);
    this.heard();
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  heard(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.isOver = true;
      this.controller.abort();
    }, this.hooks.silenceMs ?? 30_000);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.hooks.signal?.removeEventListener("abort", this.abort);
  }
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((done, fail) => {
    const stop = () => {
      clearTimeout(timer);
      fail(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      done();
    }, ms);
    signal?.addEventListener("abort", stop, { once: true });
  });
}

function refused(file: SourceFile, why: string): LabError {
  return downloadError(file, `${file.url} could not be downloaded: ${why}.`);
}

function brokenOff(file: SourceFile, size: number, why: string): LabError {
  if (size === 0) return downloadError(file, `${file.url} could not be reached from here: ${why}.`);
  const all = file.first ?? file.bytes;
  const of = all > 0 ? ` of about ${megabytes(all)}` : "";
  const kept = `${megabytes(size)}${of} are kept; start again to go on from there`;
  return downloadError(file, `The download of ${file.name} stopped: ${why}. ${kept}.`);
}

function downloadError({ url }: SourceFile, message: string): LabError {
  const help = `Try again, or open ${url} in a browser and choose the file that it saves.`;
  return new LabError("download", { message, help }, { url });
}

// Downloads from a real server that breaks off midway: nothing is lost, and the next attempt goes on from there.

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { download } from "../../../src/domains/strokes/data/download";
import type { PartStore } from "../../../src/engine/dataSetImports";
import { LabError } from "../../../src/engine/errors";
import { Rng } from "../../../src/engine/rng/rng";
import { type BreakingServer, breakingServer } from "../../helpers/breakingServer";
import { memoryStore } from "../../helpers/memoryStore";

const SIZE = 1_500_000;

function randomBytes(size: number, seed: number): Uint8Array {
  const rng = new Rng(seed);
  return Uint8Array.from({ length: size }, () => rng.int(256));
}

async function failure(promise: Promise<unknown>): Promise<LabError> {
  const error: unknown = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(LabError);
  return error as LabError; // checked above
}

describe("a download", () => {
  let server: BreakingServer;
  let store: PartStore;
  const hooks = { pauseMs: 1 };
  const file = () => ({ url: server.url, name: "set.bin", bytes: SIZE });

  beforeEach(async () => {
    server = await breakingServer(randomBytes(SIZE, 1));
    store = memoryStore();
  });
  afterEach(() => server.close());

  it("brings every byte and says how far it is", async () => {
    const seen: number[] = [];
    const onProgress = ({ received, total }: { received: number; total: number | null }) => {
      seen.push(received);
      expect(total).toBe(SIZE);
    };
    const bytes = await download(file(), store, { ...hooks, onProgress });
    expect(Buffer.from(bytes).equals(Buffer.from(server.content))).toBe(true);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).toBe(SIZE);
    expect(server.ranges).toEqual([""]);
  });

  it("goes on by itself where the connection broke, asking for the rest only", async () => {
    server.behaviour = { breakAfter: [600_000, 500_000, SIZE] };
    const bytes = await download(file(), store, hooks);
    expect(Buffer.from(bytes).equals(Buffer.from(server.content))).toBe(true);
    expect(server.ranges).toHaveLength(3);
    const starts = server.ranges.slice(1).map((range) => Number(/^bytes=(\d+)-$/.exec(range)?.[1]));
    expect(starts[0]).toBeGreaterThan(0);
    expect(starts[0]).toBeLessThanOrEqual(600_000);
    expect(starts[1]).toBeGreaterThan(starts[0]!);
  });

  it("gives up after some fruitless attempts, keeps what came, and a later call fetches the rest", async () => {
    server.behaviour = { breakAfter: [700_000, 0] };
    const error = await failure(download(file(), store, hooks));
    const kept = (await store.state()).size;
    expect(error.code).toBe("download");
    expect(error.message).toMatch(/^The download of set\.bin stopped: .* of about 1\.5 MB are kept; start again/);
    expect(kept).toBeGreaterThan(0);
    server.behaviour = {};
    server.ranges.length = 0;
    const bytes = await download(file(), store, hooks);
    expect(server.ranges).toEqual([`bytes=${kept}-`]);
    expect(Buffer.from(bytes).equals(Buffer.from(server.content))).toBe(true);
  });

  it("names no size of a file whose size nobody has told", async () => {
    server.behaviour = { breakAfter: [700_000, 0] };
    const error = await failure(download({ ...file(), bytes: 0 }, store, hooks));
    expect(error.message).toMatch(/: the connection broke\. 0\.\d MB are kept; start again to go on from there\.$/);
  });

  it.each(["begin", "append"] as const)("says at once what the store says when it cannot %s", async (call) => {
    const full = new Error("no room left");
    const refusing: PartStore = { ...store, [call]: () => Promise.reject(full) };
    await expect(download(file(), refusing, hooks)).rejects.toBe(full);
    expect(server.ranges).toHaveLength(1);
  });

  it("starts over when the file has changed in between", async () => {
    server.behaviour = { breakAfter: [700_000, 0] };
    await failure(download(file(), store, hooks));
    server.content = randomBytes(SIZE, 2);
    server.behaviour = { etag: '"two"' };
    const bytes = await download(file(), store, hooks);
    expect(Buffer.from(bytes).equals(Buffer.from(server.content))).toBe(true);
  });

  it("starts over where a server knows no ranges", async () => {
    server.behaviour = { breakAfter: [700_000, 0] };
    await failure(download(file(), store, hooks));
    server.behaviour = { ignoresRanges: true };
    const bytes = await download(file(), store, hooks);
    expect(Buffer.from(bytes).equals(Buffer.from(server.content))).toBe(true);
  });

  it("asks for nothing twice: a complete part is taken as it is", async () => {
    await download(file(), store, hooks);
    server.ranges.length = 0;
    const bytes = await download(file(), store, hooks);
    expect(bytes).toHaveLength(SIZE);
    expect(server.ranges).toEqual([`bytes=${SIZE}-`]);
  });

  it("fetches only the first part where that is enough, resuming inside it", async () => {
    server.behaviour = { breakAfter: [200_000, SIZE] };
    const first = { ...file(), first: 500_000 };
    const bytes = await download(first, store, hooks);
    expect(Buffer.from(bytes).equals(Buffer.from(server.content.subarray(0, 500_000)))).toBe(true);
    expect(server.ranges[0]).toBe("bytes=0-499999");
    expect(server.ranges[1]).toMatch(/^bytes=\d+-499999$/);
  });

  it("does not wait for ever for a server that falls silent", async () => {
    server.behaviour = { silentAfter: [100_000, 0] };
    const error = await failure(download(file(), store, { ...hooks, silenceMs: 60 }));
    expect(error.message).toContain("the server fell silent");
    expect((await store.state()).size).toBeGreaterThan(0);
  });

  it("says at once when the file is not there, and names the address", async () => {
    server.behaviour = { status: 404 };
    const error = await failure(download(file(), store, hooks));
    expect(error.message).toBe(`${server.url} could not be downloaded: the server answered 404.`);
    expect(error.help).toContain("choose the file that it saves");
    expect(server.ranges).toHaveLength(1);
  });

  it("tries again when the server is overloaded, then says so", async () => {
    server.behaviour = { status: 503 };
    const error = await failure(download(file(), store, hooks));
    expect(error.message).toBe(`${server.url} could not be reached from here: the server answered 503.`);
    expect(server.ranges).toHaveLength(4);
  });

  it("says that nothing answers where there is no server", async () => {
    const { url } = server;
    await server.close();
    const error = await failure(download({ ...file(), url }, store, hooks));
    expect(error.message).toBe(`${url} could not be reached from here: the connection broke.`);
    server = await breakingServer(new Uint8Array(1));
  });

  it("stops when it is told to, with what came kept", async () => {
    const controller = new AbortController();
    const onProgress = () => controller.abort();
    server.behaviour = { silentAfter: [400_000] };
    const stopped = download(file(), store, { ...hooks, onProgress, signal: controller.signal });
    await expect(stopped).rejects.toHaveProperty("name", "AbortError");
    expect((await store.state()).size).toBeGreaterThan(0);
  });
});

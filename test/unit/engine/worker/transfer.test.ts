// Messages carry only their own bytes, and snapshots are paced.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { readCheckpoint } from "../../../../src/engine/run/checkpoint";
import { createRun } from "../../../../src/engine/run/createRun";
import { AUTOSAVE_AT_LEAST_MS, Keeper } from "../../../../src/engine/worker/keeper";
import { SNAPSHOT_EVERY_MS, SnapshotSender } from "../../../../src/engine/worker/snapshotSender";
import { packMessage } from "../../../../src/engine/worker/transfer";
import { tiny } from "../../../helpers/tinyDomain";

describe("packing a message", () => {
  it("collects every whole buffer once and leaves the values as they are", () => {
    const shared = Float32Array.of(1, 2);
    const message = { a: shared, list: [{ b: Int32Array.of(3) }, { b: shared }], text: "x", none: null };
    const packed = packMessage(message);
    expect(packed.message).toEqual(message);
    expect(packed.message.a).toBe(shared);
    expect(packed.transfer).toHaveLength(2);
  });

  it("copies windows, so that nothing else crosses or is detached", () => {
    const pool = new Float64Array(1000).fill(7);
    const { message, transfer } = packMessage({ window: pool.subarray(10, 13), bytes: Buffer.from("abc") });
    expect([...message.window]).toEqual([7, 7, 7]);
    expect(transfer.map((buffer) => buffer.byteLength)).toEqual([24, 3]);
    structuredClone(message, { transfer });
    expect(pool.length).toBe(1000);
  });
});

describe("pacing snapshots", () => {
  it("shares one snapshot between requests that come close together, and flushes what is left", async () => {
    const times: number[] = [];
    let left = 3;
    const sender = new SnapshotSender(
      async () => {
        times.push(performance.now());
        left--;
        return true;
      },
      () => left > 0,
    );
    await Promise.all([sender.soon(), sender.soon(), sender.ifDue()]);
    expect(times).toHaveLength(1);
    await sender.ifDue();
    expect(times).toHaveLength(1);
    await sender.flush();
    expect(times).toHaveLength(3);
    for (let i = 1; i < times.length; i++)
      expect(times[i]! - times[i - 1]!).toBeGreaterThanOrEqual(SNAPSHOT_EVERY_MS - 3);
  });
});

describe("automatic checkpoints", () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ["performance"] }));
  afterEach(() => vi.useRealTimers());

  it("are kept every 100 steps and handed out every 5 s while they cost nothing", async () => {
    const request = { spec: tiny, options: { backend: "cpu" }, userData: null, checkpoint: null };
    const { core } = (await createRun({ ...request, readAsset: async () => new Uint8Array() })).run;
    const saved: [number, number][] = [];
    const keeper = new Keeper((checkpoint, step) => saved.push([readCheckpoint(checkpoint).step, step]));
    await keeper.keep(core);
    const kept: number[] = [];
    for (let i = 0; i < 250; i++) {
      await core.advance(() => undefined);
      vi.advanceTimersByTime(50);
      await keeper.betweenSlices(core);
      kept.push(keeper.latest?.step ?? -1);
    }
    expect([...new Set(kept)]).toEqual([0, 100, 200]);
    vi.advanceTimersByTime(AUTOSAVE_AT_LEAST_MS - 2_500);
    await keeper.betweenSlices(core);
    await keeper.betweenSlices(core);
    expect(saved).toEqual([
      [100, 100],
      [200, 200],
      [250, 250],
    ]);
  });
});

// The automatic checkpoints for the page: soon after the start, then as often as they are cheap.

import { afterEach, describe, expect, it, vi } from "vitest";
import { createRun } from "../../../../src/engine/run/createRun";
import { readRunHead } from "../../../../src/engine/run/runFile";
import { autosaveInterval, Keeper } from "../../../../src/engine/worker/keeper";
import { tiny } from "../../../helpers/tinyDomain";

const readAsset = async () => new Uint8Array();
const request = { spec: tiny, options: { backend: "cpu" }, userData: null, checkpoint: null, readAsset };

afterEach(() => {
  vi.restoreAllMocks();
});

describe("automatic checkpoints", () => {
  it.each([
    [1, 5_000],
    [50, 5_000],
    [120, 12_000],
    [4_000, 30_000],
  ])("that take %d ms come every %d ms", (cost, interval) => {
    expect(autosaveInterval(cost)).toBe(interval);
  });

  it("are handed on 5 s after the start, with the step they hold, and not at every slice", async () => {
    const { run } = await createRun(request);
    const saved: { step: number; bytes: Uint8Array }[] = [];
    let now = Math.ceil(performance.now()); // whole, so that adding seconds stays exact
    vi.spyOn(performance, "now").mockImplementation(() => now);
    const keeper = new Keeper((bytes, step) => saved.push({ bytes, step }));
    await keeper.keep(run.core);
    for (let second = 0; second < 12; second++) {
      await run.advance("step");
      now += 1_000;
      await keeper.betweenSlices(run.core);
    }
    expect(saved.map(({ step }) => step)).toEqual([5, 10]);
    expect(saved.map(({ bytes }) => readRunHead(bytes).step)).toEqual([5, 10]);
  });

  it("follow at once when a person has changed something", async () => {
    const { run } = await createRun(request);
    const steps: number[] = [];
    const keeper = new Keeper((_bytes, step) => steps.push(step));
    await run.advance("step");
    keeper.keepSoon(run);
    await vi.waitFor(() => expect(steps).not.toEqual([]));
    expect(steps).toEqual([1]);
  });
});

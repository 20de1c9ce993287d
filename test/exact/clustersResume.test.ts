// Exact resume: 100 steps are the same as 50, a saved file, a fresh run opened from it, and 50 more, bit for bit.

import { describe, expect, it } from "vitest";
import { writeCheckpoint } from "../../src/engine/run/checkpoint";
import { captureState } from "../../src/engine/run/state";
import { clustersRun } from "../helpers/clusters";

const variants = [
  { algorithm: "mws", sleep: "replay" },
  { algorithm: "mws", sleep: "fantasy" },
  { algorithm: "mws", sleep: "mix", replayBy: "weighted" },
  { algorithm: "rws", phi: "wake" },
  { algorithm: "rws", phi: "sleep" },
  { algorithm: "rws", phi: "both" },
  { algorithm: "vimco" },
  { algorithm: "reinforce" },
];

describe("resume", () => {
  it.each(variants)("$algorithm $sleep$phi", async (variant) => {
    const options = { ...variant, evaluateEvery: 50, iterations: 100 };
    const straight = await clustersRun(options);
    await straight.advance("free");
    const first = await clustersRun({ ...options, iterations: 50 });
    await first.advance("free");
    const file = writeCheckpoint(await captureState(first.core));
    const second = await clustersRun({ iterations: 100 }, file);
    expect(second.core.step).toBe(50);
    await second.advance("free");
    const [expected, actual] = [await captureState(straight.core), await captureState(second.core)];
    expect(actual.blocks).toEqual(expected.blocks);
    expect(actual.memory).toEqual(expected.memory);
    const numbers = (run: typeof straight) => run.core.history.map(({ step, metrics }) => ({ step, metrics }));
    expect(numbers(second)).toEqual(numbers(straight));
  });
});

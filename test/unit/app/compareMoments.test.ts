// The states of a compared run that stay at hand for looking back: the latest at a step, few of them, the ends kept.

import { describe, expect, it } from "vitest";
import { MAX_MOMENTS, MomentLog } from "../../../src/app/compare/moments";

describe("moments", () => {
  const memory = (observation: number) => ({
    observation,
    source: "memory" as const,
    entries: [],
    outside: [],
    visitedAt: 0,
  });

  it("gives the latest state at or before a step, per observation", () => {
    const log = new MomentLog();
    for (const step of [0, 10, 20]) log.add({ step, memory: memory(1), picture: null });
    log.add({ step: 30, memory: memory(2), picture: null });
    expect([log.at(1, 15)?.step, log.at(1, 99)?.step, log.at(2, 20), log.at(3, 5)]).toEqual([10, 20, null, null]);
  });

  it("stays small and keeps its ends", () => {
    const log = new MomentLog();
    for (let step = 0; step <= 500; step += 1) log.add({ step, memory: memory(0), picture: null });
    expect(log.all().length).toBeLessThanOrEqual(MAX_MOMENTS);
    expect([log.at(0, 0)?.step, log.last(0)?.step]).toEqual([0, 500]);
  });
});

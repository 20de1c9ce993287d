// Evaluation through a fresh network, held against exact marginals: mixtures of clusters can be enumerated.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readAsset } from "../../../../src/cli/assets";
import { clusters } from "../../../../src/domains/clusters/index";
import type { RunCore } from "../../../../src/engine/run/core";
import { createRun } from "../../../../src/engine/run/createRun";
import { meanEstimate } from "../../../../src/engine/run/evaluation";
import { estimateFresh, FRESH_BUDGET, withFreshNetwork } from "../../../../src/engine/run/freshNetwork";

const BUDGET = { ...FRESH_BUDGET, sleep: 400, samples: 200 };
const STEPS = 500;
let trained: RunCore;

/** 20 observations of theta's own making through a network that is trained now. */
async function judged(budget: typeof BUDGET) {
  const core = await withFreshNetwork(trained, readAsset);
  const { instance } = core.parts;
  const { batch } = await instance.model.dream(20, core.rng.fork("judged"));
  const before = await thetaOf(core);
  const found = await estimateFresh(instance, batch, budget, core.rng.fork("evaluate"));
  const after = await thetaOf(core);
  const exact = instance.exactLogPx(batch)!.reduce((sum, value) => sum + value / 20, 0);
  core.dispose();
  return { ...meanEstimate(found.estimate), sleepLogQ: found.sleepLogQ, exact, before, after };
}

async function thetaOf(core: RunCore): Promise<number[]> {
  const blocks = core.parts.instance.model.blocks.filter(({ group }) => group === "theta");
  return (await Promise.all(blocks.map((block) => block.read()))).flatMap(({ values }) => [...values]);
}

beforeAll(async () => {
  const options = { seed: 3, backend: "cpu", iterations: STEPS };
  const { run } = await createRun({ spec: clusters, options, userData: null, checkpoint: null, readAsset });
  trained = run.core;
  for (let step = 0; step < STEPS; step++) await trained.advance(async () => undefined);
});
afterAll(() => trained.dispose());

describe("a fresh network", () => {
  it("stands beside theta as it was trained, and theta stays", async () => {
    const { before, after } = await judged({ ...BUDGET, sleep: 5 });
    expect(before).toEqual(await thetaOf(trained));
    expect(before).not.toEqual([1, 0, 0, 1]);
    expect(after).toEqual(before);
  });

  it("bounds log p(x) from below, and comes closer with sleep", async () => {
    const none = await judged({ ...BUDGET, sleep: 0, samples: 20 });
    const some = await judged({ ...BUDGET, samples: 20 });
    expect(none.sleepLogQ).toBeNaN();
    expect(some.exact).toBe(none.exact);
    // Untrained, 20 samples miss the posterior; the estimate is unbiased in p, so it may exceed by noise only.
    expect(none.logPx).toBeLessThan(none.exact - 1);
    expect(some.logPx).toBeGreaterThan(none.logPx + 0.3);
    expect(some.logPx).toBeLessThan(some.exact + 3 * some.stderr);
  });

  it("comes closer still by waking on the observations themselves", async () => {
    const asleep = await judged({ ...BUDGET, sleep: 100, samples: 20 });
    const awake = await judged({ ...BUDGET, sleep: 100, wake: 300, samples: 20 });
    expect(awake.ess).toBeGreaterThan(asleep.ess);
    expect(awake.logPx).toBeGreaterThan(asleep.logPx);
    expect(awake.logPx).toBeLessThan(awake.exact + 3 * awake.stderr);
  });

  it("gives the same numbers again", async () => {
    const budget = { ...BUDGET, sleep: 20, wake: 5 };
    const [first, second] = [await judged(budget), await judged(budget)];
    expect(second.logPx).toBe(first.logPx);
    expect(second.stderr).toBe(first.stderr);
  });
});

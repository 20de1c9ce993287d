// Six runs in Compare keep the page's frames, measured and written to test-results/compareSpeed.json (UX-174).

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser, visit } from "../helpers/lab";
import { quantile, writeFigures } from "../helpers/measurements";
import { quietMachine } from "../helpers/quietMachine";

let browser: Browser;
const figures: Record<string, unknown> = {};
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  writeFigures("compareSpeed", figures);
  await browser.close();
});

const PLANS = [
  ["automata", "domain=automata&algorithm=mws,rws&seed=1,2,3&iterations=900"],
  ["clusters", "domain=clusters&algorithm=mws,rws&seed=1,2,3&iterations=12000"],
] as const;

// Other programs on the machine disturb a measurement: it waits for quiet and may be repeated; no limit is widened.
describe.each(PLANS)("six runs of %s", { retry: 2, timeout: 240_000 }, (domain, plan) => {
  it("keep 50 frames a second and 95 % of frames up to 34 ms", async () => {
    await quietMachine();
    const lab = await visit(browser);
    await lab.open(`/compare?v=1&${plan}`);
    await lab.button("Start 6 runs").click();
    await lab.until("converged", 1, 150_000);
    // From here there are finished runs to draw beside the running ones.
    const gaps = await lab.page.evaluate(
      () =>
        new Promise<number[]>((done) => {
          const gaps: number[] = [];
          const start = performance.now();
          let last = start;
          const tick = (now: number) => {
            gaps.push(now - last);
            last = now;
            if (now - start < 10_000) requestAnimationFrame(tick);
            else done(gaps);
          };
          requestAnimationFrame(tick);
        }),
    );
    const ended = await lab.page.locator("[data-run-status=converged]").count();
    const seconds = gaps.reduce((sum, gap) => sum + gap, 0) / 1000;
    const measured = {
      framesPerSecond: gaps.length / seconds,
      frame95Ms: quantile(gaps, 0.95),
      shareOfFramesUpTo34Ms: gaps.filter((gap) => gap <= 34).length / gaps.length,
      longestFrameMs: Math.max(...gaps),
      runsEndedWhenMeasured: ended,
    };
    figures[domain] = measured;
    expect(ended).toBeLessThan(6);
    expect(measured.framesPerSecond).toBeGreaterThanOrEqual(50);
    expect(measured.shareOfFramesUpTo34Ms).toBeGreaterThanOrEqual(0.95);
    await lab.close();
  });
});

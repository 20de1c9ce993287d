// Training on scenes of 32 pixels keeps the page's frames while the 3D picture follows it, measured and written to
// test-results/blocksSpeed.json (UX-165, UX-167, UX-168); paused and untouched, nothing is drawn (UX-173).

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
  writeFigures("blocksSpeed", figures);
  await browser.close();
});

/** Seconds of the processors that the process which draws has had so far; the lab's and those of WebGL are the same. */
async function drawingSeconds(): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  return processInfo.filter(({ type }) => type === "GPU").reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}

// Other programs on the machine disturb a measurement: it waits for quiet and may be repeated; no limit is widened.
describe("blocks while training", { retry: 2, timeout: 240_000 }, () => {
  it("keep 50 frames a second, 95 % of them up to 34 ms, with the scene in 3D", async () => {
    await quietMachine();
    const lab = await visit(browser);
    await lab.open("blocks?v=1&preset=live&iterations=1000000");
    await lab.page.locator('[data-scene3d="ready"]').waitFor();
    const drawings = async () => Number(await lab.picture("scene").getAttribute("data-frame"));
    await lab.play();
    await lab.untilStep(10);
    const before = { drawings: await drawings(), drawing: await drawingSeconds(), step: await lab.step() };
    const { gaps, long } = await lab.page.evaluate(
      () =>
        new Promise<{ gaps: number[]; long: number[] }>((done) => {
          const [gaps, long]: [number[], number[]] = [[], []];
          const observer = new PerformanceObserver((list) => {
            for (const { duration } of list.getEntries()) long.push(duration);
          });
          observer.observe({ type: "longtask" });
          const start = performance.now();
          let last = start;
          const tick = (now: number) => {
            gaps.push(now - last);
            last = now;
            if (now - start < 20_000) requestAnimationFrame(tick);
            else done({ gaps, long });
          };
          requestAnimationFrame(tick);
        }),
    );
    const seconds = gaps.reduce((sum, gap) => sum + gap, 0) / 1000;
    const measured = {
      framesPerSecond: gaps.length / seconds,
      frame95Ms: quantile(gaps, 0.95),
      shareOfFramesUpTo34Ms: gaps.filter((gap) => gap <= 34).length / gaps.length,
      tasksOver100Ms: long.filter((ms) => ms > 100).length,
      drawingsIn3D: (await drawings()) - before.drawings,
      shareOfAProcessorThatDraws: ((await drawingSeconds()) - before.drawing) / seconds,
      stepsPerSecond: ((await lab.step()) - before.step) / seconds,
    };
    figures["live"] = measured;
    expect(measured.drawingsIn3D).toBeGreaterThan(5);
    expect(measured.framesPerSecond).toBeGreaterThanOrEqual(50);
    expect(measured.shareOfFramesUpTo34Ms).toBeGreaterThanOrEqual(0.95);
    expect(measured.tasksOver100Ms).toBe(0);
    await lab.close();
  });

  it("draw nothing in 3D while paused and untouched", async () => {
    const lab = await visit(browser);
    await lab.open("blocks?v=1&preset=live&iterations=1000000");
    await lab.page.locator('[data-scene3d="ready"]').waitFor();
    await lab.play();
    await lab.untilStep(3);
    await lab.pause();
    const drawn = () => lab.picture("scene").getAttribute("data-frame");
    const waitFor = (frames: number) =>
      lab.page.evaluate(
        (frames) =>
          new Promise<void>((done) => {
            let left = frames;
            const next = () => (left-- > 0 ? requestAnimationFrame(next) : done());
            next();
          }),
        frames,
      );
    // The last snapshot is on screen when 30 frames have brought nothing new.
    await expect
      .poll(async () => {
        const before = await drawn();
        await waitFor(30);
        return (await drawn()) === before;
      })
      .toBe(true);
    const before = await drawn();
    await waitFor(60);
    expect(await drawn()).toBe(before);
    await lab.close();
  });
});

// The slow profile: a processor slowed four times, 1.6 Mbit/s, 150 ms round trip, cold cache. Home paints, Play answers, and
// the page keeps its frames; written to test-results/slow.json (UX-160, UX-166, UX-167).

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Lab, launchBrowser, visit } from "../helpers/lab";
import { quantile, writeFigures } from "../helpers/measurements";
import { quietMachine } from "../helpers/quietMachine";

let browser: Browser;
const figures: Record<string, unknown> = {};
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  writeFigures("slow", figures);
  await browser.close();
});

const SLOW_NETWORK = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 };

/** A visitor with a cold cache on a slow line and a slow machine. */
async function slowVisit(): Promise<Lab> {
  const lab = await visit(browser);
  const session = await lab.page.context().newCDPSession(lab.page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", SLOW_NETWORK);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await lab.page.addInitScript(() => {
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) Object.assign(window, { paint: entry.startTime });
    }).observe({ type: "largest-contentful-paint", buffered: true });
  });
  return lab;
}

// Other programs on the machine disturb a measurement: it waits for quiet and may be repeated; no limit is widened.
it("paints Home within 2.5 s", { retry: 2, timeout: 180_000 }, async () => {
  await quietMachine();
  const paints: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const lab = await slowVisit();
    await lab.open("/");
    await lab.page.waitForFunction(() => "paint" in window);
    await lab.page.waitForTimeout(1500);
    paints.push(await lab.page.evaluate(() => (window as unknown as { paint: number }).paint));
    await lab.close();
  }
  figures["home"] = { largestPaintMs: quantile(paints, 0.5), paints };
  expect(quantile(paints, 0.5)).toBeLessThan(2500);
});

it("steps within 8 s of Play and keeps 30 frames a second", { retry: 2, timeout: 180_000 }, async () => {
  await quietMachine();
  const lab = await slowVisit();
  await lab.page.goto(`${lab.address}#/lab/automata?iterations=1000000`);
  const play = lab.button("Play");
  await play.waitFor();
  const start = performance.now();
  // Play may wait for the engine's download: the person presses at once.
  await lab.page.waitForFunction(() => {
    const button = [...document.querySelectorAll<HTMLButtonElement>("main button")].find(
      (each) => each.innerText === "Play",
    );
    if (button && button.getAttribute("aria-disabled") !== "true") button.click();
    return Number(document.querySelector("[data-run-id]")?.getAttribute("data-step")) > 0;
  });
  const firstStepMs = performance.now() - start;
  await lab.untilStep(5);
  const rate = await lab.page.evaluate(
    () =>
      new Promise<number>((done) => {
        const from = performance.now();
        let frames = 0;
        const tick = (now: number) => {
          frames += 1;
          if (now - from < 10_000) requestAnimationFrame(tick);
          else done((frames * 1000) / (now - from));
        };
        requestAnimationFrame(tick);
      }),
  );
  figures["lab"] = { playToFirstStepMs: firstStepMs, framesPerSecond: rate };
  expect(firstStepMs).toBeLessThan(8000);
  expect(rate).toBeGreaterThanOrEqual(30);
  await lab.close();
});

// Training on WebGPU (the software adapter, so small sizes), losing the device on the way, and machines without WebGPU
// (UX-180 to UX-184). Skipped with a printed reason where the browser has no adapter at all.

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, launchBrowser, SOFTWARE_WEBGPU, visit } from "../helpers/lab";

const SMALL = "backend=webgpu&height=12&width=12&images=8&batch=4&particles=2&dataset=live&evaluateEvery=1000";

let browser: Browser;
let hasAdapter = false;
beforeAll(async () => {
  browser = await launchBrowser(SOFTWARE_WEBGPU);
  const lab = await visit(browser);
  await lab.open("/");
  hasAdapter = await lab.page.evaluate(async () => (await navigator.gpu?.requestAdapter()) != null);
  await lab.close();
});
afterAll(() => browser.close());

async function withAdapter(skip: (reason: string) => void): Promise<Lab> {
  if (!hasAdapter) skip("this Chromium offers no WebGPU adapter, not even in software");
  return visit(browser);
}

describe("webgpu by name", () => {
  it("trains on the adapter that there is", async ({ skip }) => {
    const lab = await withAdapter(skip);
    await lab.open(`automata?${SMALL}&iterations=6`);
    await lab.until("paused", 0, 60_000);
    expect(await lab.page.locator("html").getAttribute("data-backend")).toBe("webgpu");
    await lab.play();
    await lab.until("converged", 0, 80_000);
    expect(await lab.step()).toBe(6);
    expect(Number.isFinite(await lab.chart("elbo").lastValue())).toBe(true);
    await lab.close();
  });

  it("rebuilds a lost device, goes on, and ends with the numbers of an undisturbed run", async ({ skip }) => {
    const values: unknown[] = [];
    for (const disturbed of [false, true]) {
      const lab = await withAdapter(skip);
      await lab.open(`automata?${SMALL}&iterations=8&faults=1`);
      await lab.until("paused", 0, 60_000);
      for (let step = 1; step <= 3; step += 1) {
        await lab.stepOnce();
        await lab.untilStep(step);
      }
      await lab.until("paused");
      if (disturbed) {
        await lab.page.evaluate(() =>
          (window as unknown as { lab: { inject(f: string): Promise<void> } }).lab.inject("device-loss"),
        );
        await lab.page
          .getByText(/The graphics device was reset\. Resumed at step \d/)
          .first()
          .waitFor({ timeout: 60_000 });
      }
      await lab.play();
      await lab.until("converged", 0, 80_000);
      values.push([await lab.step(), await lab.chart("elbo").lastValues()]);
      await lab.close();
    }
    expect(values[1]).toEqual(values[0]);
  });
});

/** Answers every request for the worker's script with its own text behind `first`. */
async function changeWorker(lab: Lab, first: string): Promise<void> {
  await lab.page.route(/train\.worker[^/]*\.js/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${first}\n${await response.text()}` });
  });
}

/** The engine's own sentence about the device it chose. */
const reason = async (lab: Lab) => (await lab.page.locator(".status-bar .device").getAttribute("title")) ?? "";

describe("a worker that sees another machine than the page", () => {
  it("has no adapter: falls back, and says why", async ({ skip }) => {
    const lab = await withAdapter(skip);
    const stub = "Object.defineProperty(navigator, 'gpu', { value: { requestAdapter: async () => null } });";
    await changeWorker(lab, stub);
    await lab.open("automata");
    await lab.until("paused");
    expect(await lab.page.evaluate(async () => (await navigator.gpu.requestAdapter()) !== null)).toBe(true);
    expect(await lab.page.locator("html").getAttribute("data-backend")).toBe("wasm");
    expect(await reason(lab)).toMatch(/no graphics adapter here/i);
    await lab.stepOnce();
    await lab.untilStep(1);
    await lab.open(`automata?${SMALL}`);
    await lab.until("failed");
    await lab.page.getByRole("alert").getByRole("button", { name: /CPU/ }).click();
    await lab.until(["running", "paused", "converged"]);
    await lab.close();
  });

  it("has no WebGPU at all: falls back, and says why", async () => {
    const lab = await visit(browser);
    await changeWorker(lab, "Object.defineProperty(navigator, 'gpu', { value: undefined });");
    await lab.open("automata");
    await lab.until("paused");
    expect(await lab.page.locator("html").getAttribute("data-backend")).toBe("wasm");
    expect(await reason(lab)).toMatch(/no WebGPU here/i);
    await lab.close();
  });
});

describe("leaving a device on purpose", () => {
  it("gives no message when the backend is switched, the run is reset, or the screen is left", async ({ skip }) => {
    const lab = await withAdapter(skip);
    await lab.open(`automata?${SMALL}`);
    await lab.until("paused", 0, 60_000);
    await lab.stepOnce();
    await lab.untilStep(1);
    await lab.reset();
    await lab.untilStart();
    await lab.page.evaluate(() => {
      location.hash = location.hash.replace("backend=webgpu", "backend=wasm");
    });
    await lab.page.locator('html[data-backend="wasm"]').waitFor();
    await lab.untilStart();
    await lab.page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Help" }).click();
    await lab.page.locator('main[data-screen="help"]').waitFor();
    expect(await lab.page.getByRole("alert").count()).toBe(0);
    expect(lab.errors).toEqual([]);
    await lab.close();
  });
});

describe("without a real adapter", () => {
  it("takes WebAssembly by itself and says why", async () => {
    const lab = await visit(browser);
    await lab.open("automata");
    await lab.until("paused");
    expect(await lab.page.locator("html").getAttribute("data-backend")).toBe("wasm");
    await lab.close();
  });

  it("refuses WebGPU by name with a sentence and a way on", async () => {
    const plain = await launchBrowser();
    const lab = await visit(plain);
    await lab.open(`automata?${SMALL}`);
    await lab.until("failed");
    const alert = lab.page.getByRole("main").getByRole("alert").first();
    expect(await alert.innerText()).toMatch(/WebGPU|graphics/i);
    await alert.getByRole("button", { name: /CPU/ }).click();
    await lab.until(["running", "paused", "converged"]);
    expect(await lab.page.locator("html").getAttribute("data-backend")).toBe("wasm");
    await plain.close();
  });
});

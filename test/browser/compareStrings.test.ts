// Strings in a comparison: the ready one, shortened: held-out nats per algorithm, the same concept in every run, and no
// program shown as the best where none explains it (UX-90, UX-97, UX-98).

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { READY_COMPARISONS } from "../../src/app/compare/readyComparisons";
import { type Lab, launchBrowser, visit } from "../helpers/lab";

let browser: Browser;
let lab: Lab;
beforeAll(async () => {
  browser = await launchBrowser();
  lab = await visit(browser);
});
afterAll(() => browser.close());

it("of a memory against fresh samples runs and tells them apart by held-out nats", async () => {
  const ready = READY_COMPARISONS.find(({ href }) => href.includes("domain=strings"));
  await lab.open("/compare");
  await lab.page.getByRole("link", { name: ready?.title ?? "" }).waitFor();
  const short = (ready?.href ?? "")
    .replace("#", "")
    .replace("iterations=150", "iterations=12")
    .replace("evaluateEvery=50", "evaluateEvery=12")
    .replace("seed=1,2", "seed=1");
  await lab.open(`${short}&start=1`);
  for (const index of [0, 1, 2]) await lab.until("converged", index, 60_000);
  // Mutations are no part of the paper's algorithm: none of the runs has them.
  expect(decodeURIComponent(lab.url.hash)).not.toMatch(/mutations/);
  for (const chart of ["nllHeldOut", "nllPredictive", "impossible"]) {
    expect(await lab.chart(chart).seriesCount(), chart).toBe(3);
  }
  for (const index of [0, 1, 2]) expect(await lab.chart("nllHeldOut").lastValue(index)).toBeGreaterThan(0);
  const columns = lab.page.locator("[data-column-of]");
  expect(await columns.count()).toBe(3);
  const best = await lab.page.locator(".observation-best").allInnerTexts();
  // A memory starts with programs that make everything; after twelve steps fresh samples hardly make anything.
  expect(best[0]).not.toMatch(/none of these/);
  for (const [index, text] of best.entries()) {
    const first = await columns.nth(index).locator("tbody tr").first().innerText();
    expect(/none of these explains it/.test(text), text).toBe(first.includes("−∞"));
  }
  expect(lab.errors).toEqual([]);
});

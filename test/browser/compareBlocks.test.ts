// Blocks in a comparison: the ready one, shortened. HMWS, RWS and VIMCO on equal budgets; one scene in every run, drawn by
// each run's own types (UX-90, UX-92, UX-98, UX-105).

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

it("runs HMWS, RWS and VIMCO on the same scenes and shows one of them as each run sees it", async () => {
  const ready = READY_COMPARISONS.find(({ href }) => href.includes("domain=blocks"));
  await lab.open("/compare");
  await lab.page.getByRole("link", { name: ready?.title ?? "" }).waitFor();
  const short = (ready?.href ?? "")
    .replace("#", "")
    .replace("iterations=400", "iterations=6&resolution=16&encoder=tiny&evaluationScenes=4&evaluationSamples=10")
    .replace("evaluateEvery=50", "evaluateEvery=3")
    .replace("scenes=60", "scenes=10")
    .replace("seed=1,2", "seed=1");
  await lab.open(`${short}&start=1`);
  for (const index of [0, 1, 2]) await lab.until("converged", index, 90_000);
  for (const chart of ["evidence", "cellAccuracy", "sizes"]) {
    expect(await lab.chart(chart).seriesCount(), chart).toBe(3);
  }
  const columns = lab.page.locator("[data-column-of]");
  expect(await columns.count()).toBe(3);
  for (const index of [0, 1, 2]) {
    const column = columns.nth(index);
    expect(await column.locator("tbody tr").count(), String(index)).toBeGreaterThan(0);
    const canvases = column.locator(".wsl-run-scenes canvas");
    expect(await canvases.count()).toBe(3);
    // Every run has learned other types: what it draws is not the observed picture, and not another run's.
    const pictures = await canvases.evaluateAll((all) => all.map((one) => (one as HTMLCanvasElement).toDataURL()));
    expect(new Set(pictures).size).toBe(3);
  }
  const pictureOf = (index: number) =>
    columns
      .locator(".wsl-run-scenes canvas")
      .nth(index)
      .evaluate((one) => (one as HTMLCanvasElement).toDataURL());
  expect(await pictureOf(3)).toBe(await pictureOf(0));
  expect(await pictureOf(4)).not.toBe(await pictureOf(1));
  // Nothing in a comparison is drawn in 3D: the chunk stays where it is.
  expect(lab.requests.some((url) => /\/three[^/]*\.js$/.test(url))).toBe(false);
  expect(lab.errors).toEqual([]);
});

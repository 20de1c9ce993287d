// Time series in a comparison: the ready one, shortened; the builder offers the domain's own algorithms and begins with
// HMWS, RWS and VIMCO on equal budgets (UX-90, UX-91, UX-92, UX-96, UX-98, UX-105).

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

it("is planned with what the domain offers: its own algorithms, six runs, equal budgets", async () => {
  await lab.open("/compare");
  await lab.button("Plan your own comparison").click();
  const plan = lab.page.getByRole("region", { name: "Plan a comparison" });
  await plan.getByRole("combobox", { name: "Domain" }).click();
  await lab.page.getByRole("option", { name: "Time series" }).click();
  const algorithms = plan.getByRole("group", { name: "Algorithm" }).getByRole("checkbox");
  await algorithms.nth(5).waitFor();
  const names = await plan.getByRole("group", { name: "Algorithm" }).locator("label").allInnerTexts();
  expect(names).toEqual(["HMWS", "HMWS\u2212", "RWS+", "RWS", "VIMCO", "REINFORCE"]);
  const chosen = await algorithms.evaluateAll((boxes) => boxes.map((box) => (box as HTMLInputElement).checked));
  expect(names.filter((_, i) => chosen[i])).toEqual(["HMWS", "RWS", "VIMCO"]);
  expect(await plan.getByRole("status", { name: "Size of the plan" }).innerText()).toMatch(
    /^3 algorithms × 2 seeds = 6 runs, about /,
  );
});

it("runs HMWS, RWS and VIMCO on the same series and tells their bounds apart", async () => {
  const ready = READY_COMPARISONS.find(({ href }) => href.includes("domain=timeseries"));
  await lab.open("/compare");
  await lab.page.getByRole("link", { name: ready?.title ?? "" }).waitFor();
  const short = (ready?.href ?? "")
    .replace("#", "")
    .replace("iterations=600", "iterations=6&size=tiny&sleepFirst=0&evaluationSeries=4&evaluationSamples=10")
    .replace("evaluateEvery=100", "evaluateEvery=3")
    .replace("series=40", "series=10")
    .replace("top1", "elbo")
    .replace("seed=1,2", "seed=1");
  await lab.open(`${short}&start=1`);
  for (const index of [0, 1, 2]) await lab.until("converged", index, 90_000);
  for (const chart of ["iwae100Penalised", "elbo", "median"]) {
    expect(await lab.chart(chart).seriesCount(), chart).toBe(chart === "elbo" ? 1 : 3);
  }
  // One observation in every run: its plot with fit and forecast, and the list of expressions.
  const columns = lab.page.locator("[data-column-of]");
  expect(await columns.count()).toBe(3);
  for (const index of [0, 1, 2]) {
    const column = columns.nth(index);
    expect(await column.locator("tbody tr").count(), String(index)).toBeGreaterThan(0);
  }
  const pictures = lab.page.locator(".wsl-run-picture .wsl-series-plot");
  expect(await pictures.count()).toBeGreaterThan(0);
  expect(await pictures.first().locator('[data-layer="observed"]').count()).toBe(1);
  // The memory bound of M = 5 and the bound of 50 samples are different quantities: one chart draws one of them.
  const note = await lab.page.locator(".chart-note[data-kept-off]").first().innerText();
  expect(note).toMatch(/^Not drawn here: RWS .*VIMCO/);
  expect(note).toContain("memory bound, M = 5");
  expect(note).toContain("K-sample bound, K = 50");
  expect(lab.errors).toEqual([]);
});

// A run that was saved on this device stands beside the runs of a plan (UX-91).

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Lab, launchBrowser, visit } from "../helpers/lab";

let browser: Browser;
let lab: Lab;
beforeAll(async () => {
  browser = await launchBrowser();
  lab = await visit(browser);
});
afterAll(() => browser.close());

it("adds a saved run to a plan, with its history from the checkpoint", async () => {
  await lab.open("clusters?iterations=100&algorithm=vimco");
  await lab.play();
  await lab.until("converged");
  await lab.page.locator('[data-saved-step="100"]').waitFor();
  await lab.open("/compare");
  await lab.button("Plan your own comparison").click();
  const plan = lab.page.getByRole("region", { name: "Plan a comparison" });
  await plan.getByRole("combobox", { name: "Domain" }).click();
  await lab.page.getByRole("option", { name: "Clusters" }).click();
  await plan.getByRole("checkbox", { name: "RWS", exact: true }).uncheck();
  await plan.getByRole("textbox", { name: "Seed" }).fill("1");
  await plan.getByRole("textbox", { name: "Stop after" }).fill("100");
  expect(await plan.innerText()).toContain("One run has nothing to compare with");
  await plan.getByRole("checkbox", { name: /VIMCO.*step 100/ }).check();
  await plan.getByRole("button", { name: "Start 1 run" }).click();
  await lab.page.waitForFunction(() => document.querySelectorAll("[data-run-id]").length === 2);
  await lab.until("converged", 0);
  expect(await lab.step(1)).toBe(100);
  const values = (await lab.chart("nllTest").lastValues()) as Record<string, number>;
  expect(Object.keys(values).sort()).toEqual(["MWS", "VIMCO"]);
  expect(Object.values(values).every(Number.isFinite)).toBe(true);
  expect(await lab.page.locator("[data-run-id]").nth(1).innerText()).toContain("saved run");
  expect(lab.errors).toEqual([]);
});

// Two algorithms on the same data and shared axes, in workers of their own (UX-29, UX-41, UX-123).

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

it("runs two algorithms side by side", async () => {
  await lab.open("clusters?iterations=150");
  await lab.button("Add a run").click();
  const dialog = lab.page.getByRole("dialog", { name: "Add a run" });
  await dialog.getByRole("radio", { name: "VIMCO" }).click();
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await lab.until("paused", 1);
  await lab.play();
  await lab.until("converged", 0);
  await lab.until("converged", 1);
  const runs = lab.page.getByRole("region", { name: "Runs" });
  expect(await runs.innerText()).toMatch(/MWS[\s\S]*VIMCO/);
  const elbo = lab.chart("elbo");
  expect(await elbo.seriesCount()).toBe(2);
  const values = [await elbo.lastValue(0), await elbo.lastValue(1)];
  expect(values.every(Number.isFinite)).toBe(true);
  expect(values[0]).not.toBe(values[1]);
});

it("keeps both runs in the link", async () => {
  const values = await lab.chart("elbo").lastValues();
  const other = await visit(browser);
  await other.page.goto(lab.page.url());
  await other.until("paused", 1);
  await other.play();
  await other.until("converged", 0);
  await other.until("converged", 1);
  const again = await other.chart("elbo").lastValues();
  expect(Object.values(again as object)).toEqual(Object.values(values as object));
  await other.close();
});

it("shows the same data against proposals scored", async () => {
  const values = await lab.chart("elbo").lastValues();
  const before = await lab.chart("elbo").figure.innerText();
  const switches = lab.page
    .getByRole("group", { name: "Horizontal axis" })
    .or(lab.page.getByRole("radiogroup", { name: "Horizontal axis" }));
  await switches.getByText("proposals", { exact: true }).click();
  await lab.page.waitForFunction(() => location.hash.includes("x=proposals"));
  expect(await lab.chart("elbo").figure.innerText()).not.toBe(before);
  expect(await lab.chart("elbo").lastValues()).toEqual(values);
  expect(lab.errors).toEqual([]);
});

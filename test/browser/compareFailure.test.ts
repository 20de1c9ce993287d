// A run of a comparison that fails: the others go on, it can run again, and runs can be taken out (UX-99, UX-97).

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

const panels = () => lab.page.locator("[data-run-id]");
const summary = () => lab.page.locator(".compare-summary");
const table = () => lab.page.getByRole("region", { name: "Results", exact: true });

it("goes on with the others when one run fails (UX-99)", async () => {
  await lab.open("/compare?v=1&domain=clusters&algorithm=mws,rws,vimco&iterations=1500&evaluateEvery=500&faults=1");
  await lab.button("Start 3 runs").click();
  await lab.untilStep(10, 1);
  await lab.page.evaluate(() =>
    (window as unknown as { lab: { inject(fault: string, index: number): Promise<void> } }).lab.inject("non-finite", 1),
  );
  await lab.until("failed", 1);
  await lab.untilStep(10, 2);
  await lab.page.getByRole("button", { name: "Pause VIMCO, seed 1" }).click();
  await lab.until("paused", 2);
  const stood = await lab.step(2);
  expect(await summary().innerText()).toContain("2 of 3 done, 1 failed, paused");
  expect(await lab.step(2)).toBe(stood);
  await lab.page.getByRole("button", { name: "Go on with VIMCO, seed 1" }).click();
  await lab.until("converged", 2);
  expect(await lab.status(0)).toBe("converged");
  expect(await panels().nth(1).getByRole("alert").innerText()).toMatch(/not a number/);
  expect(await summary().innerText()).toMatch(/done after \d+ s of training, 1 failed/);
  // With one seed a group there is nothing to spread: the table says so instead of an interval.
  expect(await table().locator("tfoot").innerText()).toContain("no interval: n = 1");
  await panels()
    .nth(1)
    .getByRole("button", { name: /again after its failure/ })
    .click();
  await lab.until("converged", 1);
  await panels().nth(0).getByRole("button", { name: "Remove MWS, seed 1" }).click();
  expect(await panels().count()).toBe(2);
  expect(lab.page.url()).toContain("without=1");
  expect(
    await lab.page
      .locator("[data-group-slot]")
      .evaluateAll((all) => all.map((one) => one.getAttribute("data-group-slot"))),
  ).toEqual(["2", "3"]);
  expect(lab.errors).toEqual([]);
});

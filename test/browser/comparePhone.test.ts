// Compare on a phone: one shared chart, runs to swipe, nothing wider than the screen; and the accessibility scan (UX-213).

import { AxeBuilder } from "@axe-core/playwright";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Lab, launchBrowser, visit } from "../helpers/lab";

let browser: Browser;
let lab: Lab;
beforeAll(async () => {
  browser = await launchBrowser();
  lab = await visit(browser, { viewport: { width: 390, height: 844 }, hasTouch: true });
  await lab.open("/compare?v=1&domain=clusters&algorithm=mws,rws&iterations=100&evaluateEvery=50");
  await lab.button("Start 2 runs").click();
  await lab.until("converged", 1);
});
afterAll(() => browser.close());

it("fits the screen and keeps one chart", async () => {
  expect(await lab.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  const charts = lab.page.locator("figure[data-chart]");
  const shown = await charts.evaluateAll((all) => all.filter((one) => one.getBoundingClientRect().height > 0).length);
  expect(shown).toBe(1);
  const table = lab.page.getByRole("region", { name: /Results at step 100, table/ });
  const widths = await table.evaluate((one) => [one.scrollWidth, one.clientWidth] as const);
  expect(widths[0]).toBeGreaterThan(widths[1]);
});

it("moves from run to run by a swipe", async () => {
  const list = lab.page.locator(".run-panels ul");
  const left = (index: number) => lab.panel(index).evaluate((panel) => Math.round(panel.getBoundingClientRect().left));
  expect(await left(0)).toBe(16);
  expect(await left(1)).toBeGreaterThan(300);
  await list.evaluate((one) => one.scrollBy({ left: 200, behavior: "instant" }));
  await expect.poll(() => left(1)).toBeLessThan(120);
  expect(await lab.page.evaluate(() => window.scrollX)).toBe(0);
});

it("has targets that a thumb can hit", async () => {
  const small = await lab.page.locator("main button:visible").evaluateAll((all) =>
    all
      .map((one) => ({ name: one.getAttribute("aria-label") ?? one.textContent, box: one.getBoundingClientRect() }))
      .filter(({ box }) => box.height < 44 || box.width < 24)
      .map(({ name, box }) => `${name} ${Math.round(box.width)} x ${Math.round(box.height)}`),
  );
  expect(small).toEqual([]);
});

it.each(["light", "dark"] as const)("passes the accessibility scan, %s", async (theme) => {
  await lab.page.evaluate((theme) => {
    document.documentElement.dataset["theme"] = theme;
  }, theme);
  const found = await new AxeBuilder({ page: lab.page }).include("main").analyze();
  expect(
    found.violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html.slice(0, 120)).join(" | ")}`),
  ).toEqual([]);
});

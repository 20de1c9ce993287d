// Another algorithm on the same data with the same seed: a new run, the old curve stays as a ghost with its name (UX-29).

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

const ghosts = () => lab.page.getByRole("list", { name: "Earlier curves" }).getByRole("listitem");
const drawnGhosts = () => lab.chart("elbo").figure.locator('[data-series^="ghost"]');

async function algorithm(title: string): Promise<void> {
  await lab.page.getByRole("combobox", { name: /^Algorithm/ }).click();
  await lab.page.getByRole("option", { name: title, exact: true }).click();
}

async function playTo(step: number): Promise<void> {
  await lab.play();
  await lab.untilStep(step);
  await lab.pause();
}

it("keeps the old curve, thin and named, over the same data and seed", async () => {
  await lab.open("automata?seed=7");
  await lab.untilStart();
  const pixels = () =>
    lab.page.evaluate(() => document.querySelector<HTMLCanvasElement>('[data-picture="images"] canvas')?.toDataURL());
  await playTo(30);
  await algorithm("RWS");
  await lab.reset();
  await lab.untilStart();
  const data = await pixels();
  expect(lab.url.hash).toContain("seed=7");
  expect(await ghosts().allInnerTexts()).toEqual([expect.stringContaining("MWS, K = 10, earlier")]);
  expect(await drawnGhosts().count()).toBe(1);
  expect(await drawnGhosts().locator("path").first().getAttribute("opacity")).toBe("0.45");
  await playTo(30);
  expect(await lab.panel().innerText()).toContain("RWS, K = 10");
  expect(await lab.chart("elbo").figure.innerText()).toContain("MWS, earlier");
  await algorithm("VIMCO");
  await lab.reset();
  await lab.untilStart();
  expect(await pixels()).toBe(data);
  expect((await ghosts().allInnerTexts()).map((text) => text.split(",")[0])).toEqual(["MWS", "RWS"]);
});

it("keeps at most two, which can be taken away, and none over other data", async () => {
  await playTo(10);
  await algorithm("REINFORCE");
  await lab.reset();
  await lab.untilStart();
  expect((await ghosts().allInnerTexts()).map((text) => text.split(",")[0])).toEqual(["RWS", "VIMCO"]);
  await lab.button("Remove RWS, K = 10, earlier").click();
  expect(await ghosts().count()).toBe(1);
  await lab.page.getByRole("button", { name: "New seed" }).click();
  await lab.untilStart();
  expect(await ghosts().count()).toBe(0);
  expect(await drawnGhosts().count()).toBe(0);
  expect(lab.errors).toEqual([]);
});

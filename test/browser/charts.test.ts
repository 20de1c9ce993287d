// Charts and pictures: named axes and units, smoothing that keeps the raw line, estimates that say so, the rule table and
// the residual (UX-40 to UX-44, UX-62, UX-65).

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, launchBrowser, visit } from "../helpers/lab";

let browser: Browser;
let lab: Lab;
beforeAll(async () => {
  browser = await launchBrowser();
  lab = await visit(browser);
  await lab.open("automata?evaluateEvery=20&iterations=100000&seed=6");
  await lab.play();
  await lab.untilStep(45);
  await lab.pause();
});
afterAll(() => browser.close());

const main = () => lab.page.getByRole("main");

describe("charts", () => {
  it("are at least five, each with a unit and values along the step", async () => {
    const figures = await lab.page.locator("figure[data-chart]").all();
    expect(figures.length).toBeGreaterThanOrEqual(5);
    for (const figure of figures) {
      const name = (await figure.getAttribute("data-chart")) ?? "";
      expect(name).not.toBe("");
      expect((await figure.textContent()) ?? "", name).toMatch(
        /nats|bits|share|probability|per |pictures|programs|samples/i,
      );
      expect(await figure.locator("svg text").count(), name).toBeGreaterThan(2);
    }
    expect(await lab.page.locator('figure[data-chart="elbo"]').count()).toBe(1);
  });

  it("keep the raw line and write the formula when smoothed", async () => {
    const lines = () => lab.chart("elbo").figure.locator("svg path").count();
    const raw = await lines();
    expect(await lab.chart("elbo").figure.innerText()).not.toMatch(/smoothed/);
    await main().getByRole("checkbox", { name: "smooth" }).check();
    await lab.page.waitForFunction(() =>
      document.querySelector('figure[data-chart="elbo"]')?.textContent?.includes("smoothed"),
    );
    expect(await lines()).toBeGreaterThan(raw);
    expect(await lab.chart("elbo").figure.innerText()).toMatch(/s_t = 0\.9/);
    await main().getByRole("checkbox", { name: "smooth" }).uncheck();
  });

  it("can leave out the marks of new best programs", async () => {
    expect(await lab.chart("elbo").figure.innerText()).toMatch(/ticks: new best/);
    await main().getByRole("checkbox", { name: "new best" }).uncheck();
    await lab.page.waitForFunction(
      () => !document.querySelector('figure[data-chart="elbo"]')?.textContent?.includes("ticks:"),
    );
    await main().getByRole("checkbox", { name: "new best" }).check();
  });

  it("say of the held-out bound how it was computed", async () => {
    const text = (await lab.page.locator("figure[data-chart]").allTextContents()).join("\n");
    expect(text).toMatch(/held.out/i);
    expect(text).toMatch(/exact|K = \d+|\d+ samples/i);
  });
});

describe("automata's pictures", () => {
  it("show a rule table with an entry for every neighbourhood", async () => {
    const table = main().getByRole("group", { name: /Rule table, 8 entries/ });
    expect(await table.getByRole("button").count()).toBe(8);
  });

  it("answer at once when a bit is turned by hand", async () => {
    const bit = main()
      .getByRole("group", { name: /Rule table/ })
      .getByRole("button")
      .first();
    const before = await bit.getAttribute("aria-label");
    await bit.click();
    await lab.page.waitForFunction(
      (before) =>
        document.querySelector('[role="group"][aria-label^="Rule table"] button')?.getAttribute("aria-label") !==
        before,
      before,
    );
  });

  it("separate what was seen from what is predicted", async () => {
    expect(await main().innerText()).toMatch(/predicted/);
  });

  it("can show the residual at the same scale", async () => {
    const wall = lab.page.locator("figure").filter({ has: lab.page.getByRole("group", { name: "Pictures" }) });
    const canvas = wall.locator("canvas, img").first();
    const size = await canvas.boundingBox();
    await wall.getByRole("radio", { name: "residual" }).check({ force: true });
    expect(await canvas.boundingBox()).toEqual(size);
    expect(lab.errors).toEqual([]);
  });
});

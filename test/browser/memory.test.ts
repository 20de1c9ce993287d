// The memory of one observation: columns, weights, what just happened and why, and linked selection (UX-30 to UX-32).

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, launchBrowser, visit } from "../helpers/lab";

let browser: Browser;
let lab: Lab;
beforeAll(async () => {
  browser = await launchBrowser();
  lab = await visit(browser);
});
afterAll(() => browser.close());

const grid = () => lab.page.getByRole("grid", { name: /Memory of/ });
const weights = async () => {
  const texts = await grid().locator("tr[data-program]:not(.wsl-rejected) .wsl-weight").allInnerTexts();
  return texts.map((text) => Number(text.replace("<", "").trim()));
};

describe("memory", () => {
  it("shows programs with weight, prior, likelihood and origin", async () => {
    await lab.open("clusters?seed=3");
    await lab.play();
    await lab.untilStep(60);
    await lab.pause();
    const heads = (await grid().getByRole("columnheader").allInnerTexts()).join(" | ");
    for (const word of ["Weight", "log prior", "log likelihood", "From step", "This step"])
      expect(heads).toContain(word);
    const shown = await weights();
    expect(shown.length).toBeGreaterThan(1);
    expect(Math.abs(shown.reduce((sum, weight) => sum + weight, 0) - 1)).toBeLessThan(0.01 * shown.length);
  });

  it("says in words what happened to each proposal", async () => {
    await lab.open("clusters?seed=3&batch=100");
    await lab.until("paused");
    const events = new Set<string>();
    const wanted = ["kept", "newBest", "duplicate", "tooLow"];
    for (let step = 1; step <= 40 && !wanted.every((event) => events.has(event)); step += 1) {
      await lab.stepOnce();
      await lab.untilStep(step);
      await lab.until("paused");
      const more = lab.page.getByRole("button", { name: /\d+ more proposals/ });
      if (await more.isVisible()) await more.click();
      for (const row of await grid().locator("tr[data-event]").all()) {
        events.add((await row.getAttribute("data-event")) ?? "");
        expect(await row.locator("td").last().innerText()).toMatch(/\w/);
      }
    }
    for (const event of wanted) expect([...events]).toContain(event);
  });

  it("highlights a chosen program in the picture, and back", async () => {
    await lab.open("automata?seed=3");
    await lab.play();
    await lab.untilStep(120);
    await lab.pause();
    const row = grid().locator("tr[data-program]").nth(0);
    const program = await row.getAttribute("data-program");
    await row.locator("td").first().click();
    await grid().locator(`tr[data-program="${program}"][aria-current="true"]`).waitFor();
    const linked = lab.page.locator('[data-picture] [aria-current="true"], [data-picture][aria-current="true"]');
    expect(await linked.count()).toBeGreaterThan(0);
    expect(lab.errors).toEqual([]);
  });
});

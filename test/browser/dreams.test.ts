// The dream gallery: fantasy samples now and at earlier steps, and what a dream says (UX-36).

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

const part = () => lab.page.locator('[data-part="dreams"]');
const rows = () => part().locator(".wsl-dream-row");

describe("dreams", () => {
  it("open on demand, nine a step with its label, now and earlier", async () => {
    await lab.open("automata?seed=3&images=20&evaluateEvery=20");
    await lab.play();
    await lab.untilStep(50);
    await lab.pause();
    expect(await part().count()).toBe(0);
    await lab.page.locator('[data-panel="dreams"] .panel-title button').click();
    await rows().first().waitFor();
    expect(lab.url.hash).toContain("open=dreams");
    const labels = await rows().locator(".wsl-dream-step").allInnerTexts();
    expect(labels[0]).toBe(`now, step ${await lab.step()}`);
    expect(labels.at(-1)).toBe("step 0");
    expect(labels.length).toBeGreaterThan(1);
    for (const row of await rows().all()) expect(await row.getByRole("img").count()).toBe(9);
  });

  it("differ as the model does, and are told as a table", async () => {
    const names = (row: number) =>
      rows()
        .nth(row)
        .getByRole("img")
        .evaluateAll((all) => all.map((image) => image.getAttribute("aria-label")));
    const now = await names(0);
    expect(now).not.toEqual(await names((await rows().count()) - 1));
    await part()
      .getByRole("button", { name: /as table/ })
      .click();
    const told = await part().locator("tbody tr td:nth-child(3)").allInnerTexts();
    expect(told.slice(0, 9).map((program, i) => `Dream ${i + 1}, ${program}`)).toEqual(now);
    expect(told.length).toBeGreaterThanOrEqual(18);
    await part()
      .getByRole("button", { name: /as picture/ })
      .click();
  });

  it("say their program in symbols and words when chosen", async () => {
    const dream = rows().first().getByRole("button").nth(4);
    const name = (await dream.getByRole("img").getAttribute("aria-label")) ?? "";
    await dream.click();
    const detail = part().locator('[data-part="dream"]');
    expect(await detail.innerText()).toContain(name.replace(/^Dream 5, /, ""));
    expect(await detail.innerText()).toMatch(/neighbourhoods turn a cell dark/);
    expect(await dream.getAttribute("aria-pressed")).toBe("true");
    expect(lab.errors).toEqual([]);
  });
});

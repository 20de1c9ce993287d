// Two tabs of the lab do not train at once without saying so (UX-194).

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Lab, launchBrowser, visit } from "../helpers/lab";

let browser: Browser;
let first: Lab;
let second: Lab;
beforeAll(async () => {
  browser = await launchBrowser();
  first = await visit(browser);
  second = new Lab(await first.page.context().newPage(), first.address);
});
afterAll(() => browser.close());

const line = (lab: Lab) => lab.page.getByText("The lab is training in another tab");

describe("a second tab", () => {
  it("says that the lab trains elsewhere, and does not train", async () => {
    await first.open("automata?seed=2");
    await first.play();
    await first.untilStep(2);
    await second.open("clusters?seed=2");
    await second.untilStart();
    await second.play();
    await line(second).waitFor();
    expect(await second.status()).toBe("paused");
    expect(await second.step()).toBe(0);
    expect(await first.status()).toBe("running");
  });

  it("continues here when asked, and the first one pauses and says why", async () => {
    await second.button("Continue here").click();
    await second.untilStep(5);
    await first.until("paused");
    await line(first).waitFor();
    const step = await first.step();
    expect(await line(second).count()).toBe(0);
    await second.untilStep((await second.step()) + 20);
    expect(await first.step()).toBe(step);
  });

  it("leaves the first one free again when it pauses", async () => {
    await second.pause();
    await first.play();
    await first.untilStep((await first.step()) + 1);
    expect(await line(first).count()).toBe(0);
    // A comparison is training, too: it waits until the other tab is free.
    await second.open("/compare?v=1&domain=clusters&seed=1,2&iterations=2000&start=1");
    await line(second).waitFor();
    await second.page.waitForFunction(() => document.querySelector("[data-run-status=running]") === null);
    await second.button("Continue here").click();
    await second.until("running");
    await first.until("paused");
    expect([...first.errors, ...second.errors]).toEqual([]);
  });

  it("that resumes the same saved run keeps a record of its own where the other one has gone further", async () => {
    const link = "clusters?seed=11&numSets=20&iterations=3000";
    // Other runs of this file are on the list, too; only those of this link count.
    const rows = first.page.locator("[data-saved-run]").filter({ hasText: "seed 11" });
    const leave = async () => {
      await first.page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Runs" }).click();
      await rows.first().waitFor();
    };
    await second.open("/runs"); // ends its comparison
    await first.open(link);
    await first.untilStart();
    await first.stepOnce();
    await first.untilStep(1);
    await leave();
    for (const lab of [first, second]) {
      await lab.open(link);
      await lab.button(/Resume at step/).click();
      await lab.untilStep(1);
    }
    await second.play();
    await second.until("converged");
    await second.page.locator('[data-saved-step="3000"]').waitFor();
    await first.stepOnce();
    await first.untilStep(2);
    await leave();
    await rows.nth(1).waitFor();
    const texts = await rows.allInnerTexts();
    const steps = texts.map((text) => /\n\t?([\d\s]+)\nof/.exec(text)?.[1]?.replace(/\s/g, ""));
    expect(steps.sort()).toEqual(["2", "3000"]);
    expect([...first.errors, ...second.errors]).toEqual([]);
  });
});

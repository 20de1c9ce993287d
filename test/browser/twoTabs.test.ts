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
});

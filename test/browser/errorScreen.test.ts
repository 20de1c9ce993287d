// A view that throws gives one screen with ways on, and the runs are safe (UX-195). A worker that crashes early in a run
// costs a few seconds at most (UX-190).

import { readFileSync } from "node:fs";
import { strFromU8, unzipSync } from "fflate";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Lab, launchBrowser, visit } from "../helpers/lab";

type Hook = { inject(fault: string): Promise<void>; breakView(): void };

let browser: Browser;
let lab: Lab;
beforeAll(async () => {
  browser = await launchBrowser();
});
beforeEach(async () => {
  await lab?.close();
  lab = await visit(browser);
});
afterAll(() => browser.close());

const main = () => lab.page.getByRole("main");
// window.lab is the page's test hook, there only with faults=1 in the link.
const breakView = () => lab.page.evaluate(() => (window as unknown as { lab: Hook }).lab.breakView());
const crash = () => lab.page.evaluate(() => (window as unknown as { lab: Hook }).lab.inject("crash"));

describe("an unexpected error", () => {
  it("shows one screen; the run that was open can be downloaded, and nothing is erased by one press", async () => {
    await lab.open("clusters?faults=1&seed=6");
    await lab.play();
    await lab.untilStep(30);
    await breakView();
    await main().getByRole("heading", { name: "This screen could not be drawn" }).waitFor();
    const text = await main().getByRole("alert").innerText();
    expect(text).not.toMatch(/\[object|undefined|Error:|\bat .*\.js/);
    await lab.button("Copy details").waitFor();
    const waiting = lab.page.waitForEvent("download");
    await lab.button("Download my runs").click();
    const download = await waiting;
    const archive = unzipSync(new Uint8Array(readFileSync(await download.path())));
    expect(Object.keys(archive)).toEqual([expect.stringMatching(/^clusters-mws-k10-seed6-step\d+\.wsl$/)]);
    expect(strFromU8(Object.values(archive)[0]?.subarray(0, 7) ?? new Uint8Array(), true)).toBe("WSLABCK");
    await lab.button("Erase saved data").click();
    await lab.button("Keep everything").click();
    await lab.button("Reload").click();
    await lab.untilStart();
    await lab.button(/Resume at step/).waitFor();
  });

  it("erases only after a second press", async () => {
    await lab.open("clusters?faults=1&seed=6");
    await lab.stepOnce();
    await lab.untilStep(1);
    // In one go: the run that the broken screen lets go is still being saved.
    await lab.page.evaluate(async () => {
      const press = (text: string) =>
        [...document.querySelectorAll("button")].find((button) => button.textContent === text)?.click();
      (window as unknown as { lab: Hook }).lab.breakView();
      while (!document.querySelector("main [role=alert]")) await new Promise((done) => setTimeout(done));
      press("Erase saved data");
      await Promise.resolve();
      press("Erase everything on this device");
    });
    await main().getByText("Everything is erased").waitFor();
    await expect.poll(() => lab.page.workers().length).toBe(0);
    expect(await lab.page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
    await lab.open("/runs");
    await main().getByText("No run is saved yet").waitFor();
  });
});

describe("a crashed worker", () => {
  it("goes on from a state of a few seconds ago, without a pause before", async () => {
    await lab.open("automata?faults=1&seed=6");
    await lab.play();
    // The first automatic checkpoint: five seconds of running.
    const saved = lab.page.locator("[data-saved-step]");
    await saved.waitFor({ timeout: 20_000 });
    const step = Number(await saved.getAttribute("data-saved-step"));
    expect(step).toBeGreaterThan(0);
    await crash().catch(() => undefined);
    await lab.page
      .getByText(/worker stopped and was started again/i)
      .first()
      .waitFor();
    const resumed = /Resumed at step ([\d\s]+)/.exec(await lab.announcements())?.[1]?.replace(/\s/g, "");
    expect(Number(resumed)).toBeGreaterThanOrEqual(step);
    await lab.until("running");
  });
});

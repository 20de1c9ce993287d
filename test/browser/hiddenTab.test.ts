// A tab that nobody looks at draws nothing, goes on training, and gives up after ten minutes; a page that stands still
// uses no frames (UX-172, UX-173). The tab is really hidden; only the ten minutes are shortened, through the tests' hook.

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { launchBrowser } from "../helpers/lab";
import { RealTab } from "../helpers/realTab";

const PANEL = 'document.querySelector("[data-run-id]")';
const FRAMES = '[...document.querySelectorAll("[data-frame]")].map((each) => each.dataset.frame).join(" ")';
const TRAINED = "window.lab.records().elbo?.at(-1)?.[0] ?? 0";
const press = (name: string) =>
  `[...document.querySelectorAll("main button")].find((each) => each.innerText.trim() === "${name}").click()`;
const SAID = 'document.querySelector(".notice-line").textContent';

let browser: Browser;
let tab: RealTab;
beforeAll(async () => {
  browser = await launchBrowser();
  tab = await RealTab.open(browser, `${inject("address")}#/lab/automata?iterations=1000000&faults=1`);
  await tab.until(`${PANEL}?.dataset.runStatus === "paused" && window.lab`);
});
afterAll(() => browser.close());

describe("a hidden tab", () => {
  it("stops drawing at once, goes on training, and says so on return", async () => {
    await tab.value(press("Play"));
    await tab.until(`Number(${PANEL}.dataset.step) > 20`);
    await tab.hide();
    const drawn = await tab.value<string>(FRAMES);
    const shown = await tab.value<string>(`${PANEL}.dataset.step`);
    const trained = await tab.value<number>(TRAINED);
    await tab.until(`(${TRAINED}) > ${trained + 40}`);
    expect(await tab.value(FRAMES)).toBe(drawn);
    expect(await tab.value(`${PANEL}.dataset.step`)).toBe(shown);
    await tab.show();
    await tab.until(`Number(${PANEL}.dataset.step) > ${Number(shown) + 40}`);
    expect(await tab.value(SAID)).toMatch(/Training went on while this tab was hidden: .*step [\d\s]+ to [\d\s]+\./);
    await tab.until(`(${FRAMES}) !== "${drawn}"`);
  });

  it("pauses after its limit, and says so on return", async () => {
    await tab.value("window.lab.setHiddenLimit(1500)");
    await tab.hide();
    const before = await tab.value<number>(TRAINED);
    await tab.until(`${PANEL}.dataset.runStatus === "paused"`);
    const stopped = await tab.value<number>(TRAINED);
    expect(stopped).toBeGreaterThanOrEqual(before);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await tab.value(TRAINED)).toBe(stopped);
    await tab.show();
    await tab.until(`/Paused at step [\\d\\s]+ after .* in a hidden tab. Press Play to go on./.test(${SAID})`);
  });

  it("does not pause a run that somebody looks at", async () => {
    await tab.value(press("Play"));
    await tab.until(`${PANEL}.dataset.runStatus === "running"`);
    await tab.hide();
    await tab.show();
    const step = await tab.value<number>(TRAINED);
    await new Promise((resolve) => setTimeout(resolve, 2000));
    expect(await tab.value(`${PANEL}.dataset.runStatus`)).toBe("running");
    await tab.until(`(${TRAINED}) > ${step}`);
  });
});

describe("a page that stands still", () => {
  it("asks for no frame and draws nothing", async () => {
    await tab.value(press("Pause"));
    await tab.until(`${PANEL}.dataset.runStatus === "paused"`);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await tab.value(`(() => {
      window.asked = 0;
      const ask = window.requestAnimationFrame.bind(window);
      window.requestAnimationFrame = (callback) => { window.asked += 1; return ask(callback); };
    })()`);
    const drawn = await tab.value<string>(FRAMES);
    await new Promise((resolve) => setTimeout(resolve, 5000));
    expect(await tab.value("window.asked")).toBe(0);
    expect(await tab.value(FRAMES)).toBe(drawn);
  });
});

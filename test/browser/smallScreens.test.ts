// Phones and narrow windows: one column with the picture first, the transport at the bottom, nothing sideways, lighter
// presets, targets for fingers, and a page that always scrolls (UX-154, UX-210 to UX-212; look.md 4).

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, launchBrowser, visit } from "../helpers/lab";
import { sidewaysScroll, smallTargets } from "../helpers/layout";
import { ROUTES } from "../helpers/routes";

const PHONE = { viewport: { width: 375, height: 812 }, hasTouch: true, isMobile: true };

let browser: Browser;
let phone: Lab;
beforeAll(async () => {
  browser = await launchBrowser();
  phone = await visit(browser, PHONE);
});
afterAll(() => browser.close());

const top = async (lab: Lab, selector: string) =>
  (await lab.page.locator(selector).first().boundingBox())?.y ?? Number.NaN;

describe("a phone", () => {
  it.each(ROUTES)("%s does not scroll sideways and has targets for fingers", async (route) => {
    await phone.open(route);
    if (route.startsWith("/lab")) await phone.until(["paused", "running"]);
    expect(await sidewaysScroll(phone.page)).toBeLessThanOrEqual(0);
    expect(await smallTargets(phone.page, 44)).toEqual([]);
  });

  it("shows the picture first, then the memory, then the curves, and keeps the transport in reach", async () => {
    await phone.open("automata");
    await phone.until("paused");
    const order = [
      await top(phone, "[data-picture]"),
      await top(phone, "[role=grid]"),
      await top(phone, "[data-chart]"),
    ];
    expect(order).toEqual([...order].sort((one, other) => one - other));
    const bottom = async () => {
      const box = await phone.page.getByRole("region", { name: "Transport" }).boundingBox();
      return Math.round((box?.y ?? 0) + (box?.height ?? 0));
    };
    expect(await bottom()).toBe(812);
    await phone.page.evaluate(() => window.scrollTo(0, 900));
    expect(await bottom()).toBe(812);
    expect(await phone.page.evaluate(() => window.scrollY)).toBeGreaterThan(300);
  });

  it("opens a preset made for it, and says so", async () => {
    await phone.open("automata");
    await phone.until("paused");
    await phone.page.waitForFunction(() => location.hash.includes("preset=light"));
    await phone.page.getByRole("button", { name: "More commands" }).click();
    await phone.page.getByRole("menuitem", { name: "Options" }).click();
    const presets = phone.page.getByRole("group", { name: "Presets" }).getByRole("button");
    expect(await presets.count()).toBeLessThanOrEqual(5);
    expect(await presets.first().innerText()).toMatch(/light, for phones/i);
    expect(await presets.first().getAttribute("aria-pressed")).toBe("true");
    await phone.page.keyboard.press("Escape");
  });

  it("keeps the options that a link names", async () => {
    await phone.open("automata?v=1&preset=live&particles=4");
    await phone.until("paused");
    expect(phone.url.hash).toContain("preset=live");
    await phone.open("automata?particles=4");
    await phone.until("paused");
    expect(phone.url.hash).not.toContain("preset=light");
  });

  it("scrolls under a finger that starts on a picture, a table or a curve", async () => {
    await phone.open("automata");
    await phone.until("paused");
    const session = await phone.page.context().newCDPSession(phone.page);
    for (const selector of ["[data-picture]", "[role=grid]", "[data-chart] svg"]) {
      await phone.page.locator(selector).first().scrollIntoViewIfNeeded();
      await phone.page.evaluate(() => window.scrollBy(0, -120));
      const box = await phone.page.locator(selector).first().boundingBox();
      const before = await phone.page.evaluate(() => window.scrollY);
      const y = Math.min(600, Math.max(120, (box?.y ?? 0) + Math.min(80, (box?.height ?? 0) / 2)));
      const x = (box?.x ?? 0) + Math.min(150, (box?.width ?? 0) / 2);
      const touch = (type: "touchStart" | "touchMove" | "touchEnd", at: number) =>
        session.send("Input.dispatchTouchEvent", { type, touchPoints: type === "touchEnd" ? [] : [{ x, y: at }] });
      await touch("touchStart", y);
      for (let moved = 10; moved <= 100; moved += 10) await touch("touchMove", y - moved);
      await touch("touchEnd", y - 100);
      await expect.poll(() => phone.page.evaluate(() => window.scrollY), { message: selector }).not.toBe(before);
    }
  });

  it("runs in one column as well", async () => {
    await phone.open("clusters");
    await phone.play();
    await phone.untilStep(20);
    expect(await sidewaysScroll(phone.page)).toBeLessThanOrEqual(0);
    expect(phone.errors).toEqual([]);
  });
});

describe("narrow windows", () => {
  it("put the options into a drawer below 960 px", async () => {
    const lab = await visit(browser, { viewport: { width: 820, height: 900 } });
    await lab.open("automata");
    await lab.until("paused");
    expect(await sidewaysScroll(lab.page)).toBeLessThanOrEqual(0);
    expect(await lab.page.getByRole("main").getByRole("spinbutton", { name: "Seed" }).count()).toBe(0);
    await lab.button("Options").click();
    await lab.page.getByRole("dialog").getByRole("spinbutton", { name: "Seed" }).waitFor();
    await lab.page.keyboard.press("Escape");
    await lab.close();
  });

  it("put the curves under the picture in two columns below 1280 px", async () => {
    const lab = await visit(browser, { viewport: { width: 1100, height: 800 } });
    await lab.open("automata");
    await lab.until("paused");
    expect(await sidewaysScroll(lab.page)).toBeLessThanOrEqual(0);
    expect(await top(lab, "[data-chart]")).toBeGreaterThan(await top(lab, "[role=grid]"));
    const boxes = await lab.page
      .locator("[data-chart]")
      .evaluateAll((figures) => figures.slice(0, 2).map((figure) => Math.round(figure.getBoundingClientRect().x)));
    expect(new Set(boxes).size).toBe(2);
    await lab.close();
  });

  it.each(ROUTES)("%s has targets of 24 px under a mouse", async (route) => {
    const lab = await visit(browser, { viewport: { width: 1280, height: 800 } });
    await lab.open(route);
    if (route.startsWith("/lab")) await lab.until(["paused", "running"]);
    expect(await smallTargets(lab.page, 24)).toEqual([]);
    await lab.close();
  });
});

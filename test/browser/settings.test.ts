// What a person's system or own choice asks of the page: theme, motion, large text, wide text spacing, forced colours,
// right to left; and how often the page speaks (UX-141, UX-145, UX-146, UX-149, UX-150, UX-152, UX-153).

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contrast } from "../helpers/colour";
import { type Lab, launchBrowser, visit } from "../helpers/lab";
import { clippedControls, sidewaysScroll } from "../helpers/layout";

let browser: Browser;
let lab: Lab;
beforeAll(async () => {
  browser = await launchBrowser();
  lab = await visit(browser, { colorScheme: "light", reducedMotion: "no-preference" });
});
afterAll(() => browser.close());

const SOME_ROUTES = ["/", "/lab/automata", "/compare", "/try/automata", "/learn/1/1", "/runs", "/help"];

/** Elements that would move: a transition or an animation that takes time. */
const moving = () =>
  lab.page.evaluate(() => {
    const seconds = (text: string) => Math.max(0, ...text.split(",").map((part) => Number.parseFloat(part) || 0));
    return [...document.querySelectorAll("*")].filter((element) => {
      const style = getComputedStyle(element);
      const isAnimated = style.animationName !== "none" && seconds(style.animationDuration) > 0.001;
      return seconds(style.transitionDuration) > 0.001 || isAnimated;
    }).length;
  });

const ground = () => lab.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
const choose = async (menu: RegExp, choice: string) => {
  await lab.page.getByRole("banner").getByRole("button", { name: menu }).click();
  await lab.page.getByRole("menuitemradio", { name: choice }).click();
};

describe("motion", () => {
  it("stops when the system asks, without a reload", async () => {
    await lab.open("automata");
    expect(await moving()).toBeGreaterThan(0);
    await lab.page.emulateMedia({ reducedMotion: "reduce" });
    expect(await moving()).toBe(0);
  });

  it("follows the page's own switch rather than the system", async () => {
    await choose(/^Motion/, "Full");
    expect(await moving()).toBeGreaterThan(0);
    await lab.page.emulateMedia({ reducedMotion: "no-preference" });
    await choose(/^Motion/, "Reduced");
    expect(await moving()).toBe(0);
    await choose(/^Motion/, "As the system");
    expect(await moving()).toBeGreaterThan(0);
  });
});

describe("theme", () => {
  const LIGHT = "rgb(251, 250, 248)";
  const DARK = "rgb(19, 21, 23)";

  it("follows the system while it is open, and the person's own choice before it", async () => {
    expect(await ground()).toBe(LIGHT);
    await lab.page.emulateMedia({ colorScheme: "dark" });
    expect(await ground()).toBe(DARK);
    await choose(/^Theme/, "Light");
    expect(await ground()).toBe(LIGHT);
    await lab.page.emulateMedia({ colorScheme: "light" });
    await choose(/^Theme/, "Dark");
    expect(await ground()).toBe(DARK);
    await lab.page.reload();
    await lab.page.locator("main[data-screen]").waitFor();
    expect(await ground()).toBe(DARK);
    await choose(/^Theme/, "As the system");
    expect(await ground()).toBe(LIGHT);
  });

  it.each(["light", "dark"] as const)("marks the focus by 2 px at 3 to 1, %s", async (colorScheme) => {
    await lab.page.emulateMedia({ colorScheme });
    await lab.open("automata");
    await lab.until("paused");
    for (let count = 0; count < 14; count += 1) {
      await lab.page.keyboard.press("Tab");
      const seen = await lab.page.evaluate(() => {
        const element = document.activeElement as HTMLElement;
        const style = getComputedStyle(element);
        const hex = (text: string) =>
          `#${[...text.matchAll(/\d+/g)]
            .slice(0, 3)
            .map(([part]) => Number(part).toString(16).padStart(2, "0"))
            .join("")}`;
        const behind = getComputedStyle(document.body).backgroundColor;
        const name = element.getAttribute("aria-label") ?? element.innerText;
        return {
          name,
          width: Number.parseFloat(style.outlineWidth),
          line: hex(style.outlineColor),
          behind: hex(behind),
        };
      });
      expect(seen.width, seen.name).toBeGreaterThanOrEqual(2);
      expect(contrast(seen.line, seen.behind), seen.name).toBeGreaterThanOrEqual(3);
    }
  });
});

describe("large text", () => {
  it.each(SOME_ROUTES)("%s loses nothing at twice the size and with wide spacing", async (route) => {
    // 1280 px at 200 % are 640 px of the page.
    await lab.page.setViewportSize({ width: 640, height: 450 });
    await lab.open(route);
    expect(await sidewaysScroll(lab.page), "at 200 %").toBeLessThanOrEqual(0);
    expect(await clippedControls(lab.page), "at 200 %").toEqual([]);
    await lab.page.addStyleTag({
      content: "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }",
    });
    expect(await sidewaysScroll(lab.page), "with spacing").toBeLessThanOrEqual(0);
    expect(await clippedControls(lab.page), "with spacing").toEqual([]);
    await lab.page.setViewportSize({ width: 1440, height: 900 });
  });
});

describe("other ways to see", () => {
  it("keeps outlines and states in forced colours", async () => {
    await lab.page.emulateMedia({ forcedColors: "active" });
    await lab.open("automata");
    await lab.until("paused");
    const edges = await lab.page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>("main .button:not(:disabled)")]
        .filter((button) => button.offsetWidth > 2)
        .filter((button) => Number.parseFloat(getComputedStyle(button).borderTopWidth) < 1)
        .map((button) => button.innerText),
    );
    expect(edges).toEqual([]);
    const state = (on: boolean) =>
      lab.page
        .locator(".wsl-seg label")
        .evaluateAll(
          (labels, on) =>
            labels
              .filter((label) => label.hasAttribute("data-on") === on)
              .map((label) => `${getComputedStyle(label).outlineStyle} ${getComputedStyle(label).backgroundColor}`)[0],
          on,
        );
    expect(await state(true)).not.toBe(await state(false));
    await lab.page.keyboard.press("Tab");
    const width = await lab.page.evaluate(() =>
      Number.parseFloat(getComputedStyle(document.activeElement ?? document.body).outlineWidth),
    );
    expect(width).toBeGreaterThanOrEqual(2);
    await lab.page.emulateMedia({ forcedColors: "none" });
  });

  it.each(["/", "/lab/automata", "/compare"])("%s keeps its layout from right to left", async (route) => {
    await lab.open(route);
    await lab.page.evaluate(() => {
      document.documentElement.dir = "rtl";
    });
    expect(await sidewaysScroll(lab.page)).toBeLessThanOrEqual(0);
    expect(await clippedControls(lab.page)).toEqual([]);
  });
});

describe("announcements", () => {
  it("are at most six in 30 s while training, and none is an alarm", async () => {
    await lab.open("automata?evaluateEvery=10&iterations=100000");
    await lab.until("paused");
    await lab.page.evaluate(() => {
      const spoken: string[] = [];
      Object.assign(window, { spoken });
      const said = new Map<Element, string>();
      new MutationObserver(() => {
        for (const element of document.querySelectorAll('[role="status"], [role="alert"], [aria-live]')) {
          const text = element.textContent?.trim() ?? "";
          if (text && text !== said.get(element)) spoken.push(`${element.getAttribute("role")}: ${text}`);
          said.set(element, text);
        }
      }).observe(document.body, { subtree: true, childList: true, characterData: true });
    });
    await lab.play();
    await lab.untilStep(10);
    await lab.page.waitForTimeout(30_000);
    // window.spoken was put there above.
    const spoken = await lab.page.evaluate(() => (window as unknown as { spoken: string[] }).spoken);
    expect(spoken.length, spoken.join("\n")).toBeLessThanOrEqual(6);
    expect(spoken.filter((text) => text.startsWith("alert"))).toEqual([]);
    await lab.pause();
    expect(lab.errors).toEqual([]);
  });
});

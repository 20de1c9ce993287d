// Strings where room is short: the status bar below 1280 px, parts of a program under a finger, the answer of Try your own
// on a phone, and a lesson's scene on the wall while it is prepared and after (UX-60, UX-82, UX-210; look.md 4).

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Lab, launchBrowser, visit } from "../helpers/lab";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** Texts of the status bar that stand on their right neighbour, or beyond the bar. */
const covered = (page: Page) =>
  page.locator(".status-bar").evaluate((bar) => {
    const range = document.createRange();
    const shown = [...bar.children].map((child) => {
      const box = child.getBoundingClientRect();
      range.selectNodeContents(child);
      const isCut = getComputedStyle(child).overflow !== "visible";
      const text = range.getBoundingClientRect();
      return { text: child.textContent ?? "", top: box.top, left: box.left, right: isCut ? box.right : text.right };
    });
    const end = bar.getBoundingClientRect().right;
    return shown
      .filter((one, i) => {
        const next = shown[i + 1];
        return one.right > (next && next.top === one.top ? next.left : end);
      })
      .map((one) => one.text);
  });

it("the status bar's texts keep apart from 1279 px down to 700", async () => {
  const lab: Lab = await visit(browser, { viewport: { width: 1279, height: 800 } });
  await lab.open("strings?concepts=10&batch=10&evaluateEvery=1000000");
  await lab.untilStart();
  await lab.stepOnce();
  await lab.until("paused");
  for (const width of [1279, 1100, 980, 960, 820, 700]) {
    await lab.page.setViewportSize({ width, height: 800 });
    expect(await covered(lab.page), `${width} px`).toEqual([]);
  }
  await lab.page.close();
});

it("on a phone parts of a program are as wide as a finger can choose between, and stay within the page", async () => {
  const lab: Lab = await visit(browser, PHONE);
  await lab.open("strings?concepts=10&batch=10&evaluateEvery=1000000");
  await lab.untilStart();
  await lab.page.getByRole("textbox", { name: "Your program" }).fill("(\\u\\l+ \\d+, )?\\d\\d\\d\\d");
  const parts = lab.page.locator(".wsl-program-line button");
  await parts.first().waitFor();
  expect(await parts.count()).toBeGreaterThan(8);
  for (const box of await parts.evaluateAll((all) => all.map((one) => one.getBoundingClientRect()))) {
    expect(box.width).toBeGreaterThanOrEqual(24);
    expect(box.height).toBeGreaterThanOrEqual(44);
    expect(box.right).toBeLessThanOrEqual(390);
  }
  const standing = await lab.page.locator(".standing").boundingBox();
  expect((standing?.x ?? 0) + (standing?.width ?? 999)).toBeLessThanOrEqual(390);
  await lab.page.close();
});

it("on a phone the strings of an answer stand below each other, none cut, and no empty column is kept", async () => {
  const lab: Lab = await visit(browser, PHONE);
  await lab.open("/try/strings");
  await lab.button("Type some").click();
  await lab.page.locator(".try-typed").focus();
  await lab.page.keyboard.insertText("$12.50\n$7.99\n$140.00\n$3.75\n$86.20");
  await lab.page.locator('[data-usable="5"]').waitFor();
  await lab.button("Find the program").click();
  const heads = lab.page.locator(".try-aligned .wsl-strings-head:visible");
  await heads.first().waitFor();
  expect(await heads.allInnerTexts()).toEqual([
    expect.stringMatching(/^given 5 of 5/),
    expect.stringMatching(/^generated/),
  ]);
  for (const head of await heads.all())
    expect(await head.evaluate((one) => one.scrollWidth - one.clientWidth)).toBeLessThanOrEqual(0);
  await lab.button("Stop").click();
  await lab.page.close();
});

it("on the wall the lens of a lesson stays within the figure, and a scene's progress would be seen", async () => {
  const lab: Lab = await visit(browser, { viewport: { width: 1280, height: 720 } });
  await lab.open("/learn/4/2");
  await lab.page.locator('[data-scene="ready"]').waitFor({ timeout: 60_000 });
  await lab.page.getByRole("main").focus();
  await lab.page.keyboard.press("p");
  await lab.page.locator(':root[data-presenter="on"]').waitFor();
  const drawings = lab.page.locator(".wsl-lens svg");
  await expect
    .poll(() => drawings.evaluateAll((all) => Math.max(...all.map((one) => one.getBoundingClientRect().right))))
    .toBeLessThanOrEqual(1280);
  // The line itself comes only where a scene takes longer than a second.
  const display = await lab.page.locator(".scene-progress").evaluate((line) => {
    line.append("Training to step 50: 31");
    const shown = getComputedStyle(line).display;
    line.replaceChildren();
    return [shown, getComputedStyle(line).display];
  });
  expect(display).toEqual(["flex", "none"]);
  expect(lab.errors).toEqual([]);
  await lab.page.close();
});

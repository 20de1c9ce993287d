// Measures of a page's layout: what sticks out, and what is too small to press.

import type { Page } from "playwright-core";

/** Pixels by which the page scrolls sideways. */
export function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** Controls on show that are smaller than `least` px in a direction; links within a sentence are not counted (WCAG 2.5.8). */
export function smallTargets(page: Page, least: number): Promise<string[]> {
  return page.evaluate((least) => {
    const pressed = "button, a[href], input:not([type=hidden]), select, textarea, summary, [role=button]";
    const isShown = (element: Element) => {
      const style = getComputedStyle(element);
      const isSeen = style.visibility !== "hidden" && style.display !== "none" && !element.closest("[inert]");
      return isSeen && !element.closest(".visually-hidden, .skip-link, [aria-hidden=true]");
    };
    // Words of a sentence that can be pressed keep the line's height; a button is never "inline" to the browser.
    const isInText = (element: Element) =>
      (element.matches(".part-word") || (element.matches("a") && getComputedStyle(element).display === "inline")) &&
      element.closest("p, li, dd, td");
    const found: string[] = [];
    for (const element of document.querySelectorAll(pressed)) {
      if (!isShown(element) || isInText(element)) continue;
      const isMark = element.matches("input[type=radio], input[type=checkbox], input[type=file]");
      const area = isMark ? (element.closest("label") ?? element.parentElement ?? element) : element;
      const { width, height } = area.getBoundingClientRect();
      if (width < 2 || height < 2 || (width >= least - 1 && height >= least - 1)) continue;
      const name = (element.getAttribute("aria-label") ?? element.textContent ?? "").trim().slice(0, 30);
      found.push(`${name} (${element.tagName} ${element.className}): ${Math.round(width)} x ${Math.round(height)}`);
    }
    return found;
  }, least);
}

/** Texts cut off by their own box: wider than it, and neither scrollable nor shortened on purpose. */
export function clippedControls(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("button, a.button, label, h1, h2, th")]
      .filter((element) => {
        const style = getComputedStyle(element);
        const isHidden = style.visibility === "hidden" || element.closest(".visually-hidden, [inert], .wsl-hidden");
        if (isHidden || element.clientWidth < 2 || style.textOverflow === "ellipsis") return false;
        return element.scrollWidth > element.clientWidth + 2 && style.overflowX === "hidden";
      })
      .map(
        (element) => `${element.textContent?.trim().slice(0, 40)}: ${element.scrollWidth} in ${element.clientWidth}`,
      ),
  );
}

// A program typed by hand: scored by the page at once and by the engine a moment later, explained where it is wrong,
// with undo, by keyboard alone (UX-67).

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, launchBrowser, visit } from "../helpers/lab";

let browser: Browser;
let lab: Lab;
beforeAll(async () => {
  browser = await launchBrowser();
  lab = await visit(browser);
  // One batch holds all ten concepts: after one step each has a memory.
  await lab.open("strings?concepts=10&batch=10&evaluateEvery=1000000");
  await lab.untilStart();
  await lab.stepOnce();
  await lab.page.locator("tr[data-program]").first().waitFor();
});
afterAll(() => browser.close());

const field = () => lab.page.getByRole("textbox", { name: "Your program" });

/** A score of the typed program, nats; waits for it. */
async function score(name: "log likelihood" | "log prior" | "log joint" | "log q"): Promise<number> {
  const at = lab.page.locator(`[data-score="${name}"][data-value]`);
  await at.waitFor();
  return Number(await at.getAttribute("data-value"));
}

describe("a program typed by hand", () => {
  it("is scored: joint is prior plus likelihood, the difference to the best is told", async () => {
    await lab.page.getByRole("button", { name: "Take the best" }).click();
    const joint = await score("log joint");
    expect(joint).toBeCloseTo((await score("log prior")) + (await score("log likelihood")), 6);
    expect(await score("log q")).toBeLessThan(0);
    const verdict = lab.page.locator(".wsl-hand-verdict");
    expect(await verdict.innerText()).toMatch(/As probable as the best known program/);
    expect(await lab.page.locator('[data-picture="concept"]').innerText()).toContain("Your program");
  });

  it("updates the log joint with every change, and undo brings the old one back", async () => {
    const [text, before] = [await field().inputValue(), await score("log joint")];
    await field().focus();
    await lab.page.keyboard.press("End");
    await lab.page.keyboard.type(".?");
    expect(await field().inputValue()).toBe(`${text}.?`);
    const after = await score("log joint");
    expect(after).toBeLessThan(before);
    expect(await lab.page.locator(".wsl-hand-verdict").innerText()).toMatch(/\d below the best known program/);
    await lab.page.keyboard.press("Control+z");
    await lab.page.keyboard.press("Control+z");
    expect(await field().inputValue()).toBe(text);
    expect(await score("log joint")).toBeCloseTo(before, 6);
  });

  it("agrees with the memory about the best program", async () => {
    const best = lab.page.locator("tr[data-program]").first();
    expect(await best.getAttribute("data-program")).toBe(await field().inputValue());
    const numbers = await best.locator("td.wsl-number").allInnerTexts();
    const read = (cell: string | undefined) => Number((cell ?? "").replace("\u2212", "-"));
    // Columns: held out, log prior, log likelihood, step.
    expect(await score("log prior")).toBeCloseTo(read(numbers[1]), 0);
    expect(await score("log likelihood")).toBeCloseTo(read(numbers[2]), 0);
  });

  it("explains ill-formed input at its position, with a mark under it", async () => {
    const wrong: readonly (readonly [string, number])[] = [
      ["ab(\\d", 3],
      ["\\d|*", 4],
      ["a\\q", 2],
      ["ab)", 3],
    ];
    for (const [text, position] of wrong) {
      await field().fill(text);
      expect(await field().getAttribute("aria-invalid")).toBe("true");
      const echo = lab.page.locator("[data-position]");
      expect(Number(await echo.getAttribute("data-position")), text).toBe(position);
      expect(await echo.locator("mark").innerText()).toBe(text[position - 1]);
      const message = await lab.page.locator(".wsl-hand-problem").innerText();
      expect(message).toContain(`position ${position}`);
      expect(message).not.toMatch(/error|\[object|undefined/i);
      expect(await lab.page.locator("[data-score]").count()).toBe(0);
    }
  });

  it("says when a program cannot make every string, instead of a number", async () => {
    await field().fill("never");
    expect(await score("log likelihood")).toBe(Number.NEGATIVE_INFINITY);
    expect(await lab.page.locator(".wsl-hand-verdict").innerText()).toMatch(/impossible/);
  });

  it("says when the models cannot write a program that explains the strings", async () => {
    for (const text of [".*é?", "(((((.+)))))"]) {
      await field().fill(text);
      expect(await score("log likelihood")).toBeGreaterThan(Number.NEGATIVE_INFINITY);
      expect(await score("log prior")).toBe(Number.NEGATIVE_INFINITY);
      expect(await lab.page.locator(".wsl-hand-verdict").innerText()).toMatch(/models cannot write it/);
    }
  });

  it("works by keyboard alone", async () => {
    await field().focus();
    await lab.page.keyboard.press("Escape");
    expect(await field().inputValue()).toBe("");
    await lab.page.keyboard.type(".+");
    expect(await score("log joint")).toBeLessThan(0);
    await lab.page.keyboard.press("Tab");
    const focused = () =>
      lab.page.evaluate(() => document.activeElement?.textContent || document.activeElement?.ariaLabel);
    const next = await focused();
    if (next === "Take the best") await lab.page.keyboard.press("Tab");
    expect(await focused()).toContain("Undo");
    await lab.page.keyboard.press("Enter");
    expect(await field().inputValue()).toBe(".");
    // Typing a program neither plays nor steps.
    expect(await lab.step()).toBe(1);
    expect(lab.errors).toEqual([]);
  });
});

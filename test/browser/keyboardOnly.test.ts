// The whole main flow without a mouse: open, choose, play, pause, step, change an option, read the memory (UX-130, UX-140, UX-141).

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Lab, launchBrowser, visit } from "../helpers/lab";

let browser: Browser;
let lab: Lab;
beforeAll(async () => {
  browser = await launchBrowser();
  lab = await visit(browser);
});
afterAll(() => browser.close());

const press = (key: string) => lab.page.keyboard.press(key);

/** What has the focus: its name, and whether its outline can be seen. */
const focused = () =>
  lab.page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return { name: "", outline: 0 };
    const style = getComputedStyle(element);
    const name = element.getAttribute("aria-label") ?? element.textContent ?? "";
    const shadow = style.boxShadow === "none" ? 0 : 2;
    return {
      name: name.trim(),
      outline: style.outlineStyle === "none" ? shadow : Number.parseFloat(style.outlineWidth),
    };
  });

/** Presses Tab until something with this name has the focus. */
async function tabTo(name: RegExp, limit = 80): Promise<void> {
  const seen: string[] = [];
  for (let count = 0; count < limit; count += 1) {
    await press("Tab");
    const at = await focused();
    seen.push(at.name);
    if (name.test(at.name)) {
      expect(at.outline, `outline of ${at.name}`).toBeGreaterThanOrEqual(2);
      return;
    }
  }
  throw new Error(`${name} has no place in the tab order: ${seen.join(" > ")}`);
}

it("opens the workbench from Home and starts it", async () => {
  await lab.open("/");
  await tabTo(/^Watch it learn$/);
  await press("Enter");
  await lab.untilStep(3);
});

it("pauses, steps and resets by keys", async () => {
  await press("Space");
  await lab.until("paused");
  const step = await lab.step();
  await press("n");
  await lab.untilStep(step + 1);
  await lab.until("paused");
  expect(await lab.step()).toBe(step + 1);
  await press("Shift+N");
  await lab.untilPhase("wake");
  await press("r");
  await lab.untilStart();
});

it("chooses a preset and changes an option without a mouse", async () => {
  await lab.open("automata");
  await tabTo(/five|hard|neighbour/i);
  await press("Enter");
  await lab.page.waitForFunction(() => location.hash.includes("preset="));
  await tabTo(/^Particles$/);
  await press("ArrowUp");
  await lab.page.waitForFunction(() => location.hash.includes("particles="));
});

it("types in a field without triggering commands", async () => {
  await lab.until("paused");
  const step = await lab.step();
  await tabTo(/^Seed$/);
  await press("Control+A");
  await lab.page.keyboard.type("n r 8");
  expect(await lab.step()).toBe(step);
  expect(await lab.page.getByRole("spinbutton", { name: "Seed" }).inputValue()).toBe("n r 8");
  await press("Escape");
});

it("reads the memory with arrow keys", async () => {
  await lab.open("automata");
  await lab.play();
  await lab.untilStep(40);
  await press("Escape");
  await lab.page.getByRole("main").focus();
  await press("Space");
  await lab.until("paused");
  const cell = lab.page.getByRole("grid").locator('td[tabindex="0"]').first();
  await cell.focus();
  await press("ArrowDown");
  const row = await lab.page.evaluate(() => document.activeElement?.closest("tr")?.getAttribute("data-program"));
  expect(row).toBeTruthy();
  await press("Enter");
  await lab.page.locator(`tr[data-program="${row}"][aria-current="true"]`).waitFor();
});

it("walks through a lesson", async () => {
  await lab.open("/learn/1/1");
  await tabTo(/^Next$/);
  await press("Enter");
  await lab.page.waitForFunction(() => location.hash.includes("/learn/1/2"));
  await tabTo(/^Previous$/);
  await press("Enter");
  await lab.page.waitForFunction(() => location.hash.includes("/learn/1/1"));
});

it("opens a comparison that is ready to run", async () => {
  await lab.open("/compare");
  await tabTo(/Clusters against the exact answer/);
  await press("Enter");
  await lab.page.waitForFunction(() => location.hash.startsWith("#/compare?"));
  await lab.page.locator('main[data-screen="compare"] h1').first().waitFor();
});

it("brings an example of its own data", async () => {
  await lab.open("/try/automata");
  const main = lab.page.getByRole("main");
  const before = await main.innerText();
  await tabTo(/^Use an example$/);
  await press("Enter");
  const example = lab.page.getByRole("menuitem").first();
  await example.waitFor();
  await example.press("Enter");
  await expect.poll(() => main.innerText(), { timeout: 20_000 }).not.toBe(before);
  await main.locator("canvas, svg").first().waitFor();
});

it("saves by training, finds the run again, and copies a link", async () => {
  await lab.open("automata?iterations=30");
  await lab.until("paused");
  await lab.page.getByRole("main").focus();
  await press("Space");
  await lab.until("converged");
  await lab.page.locator('[data-saved-step="30"]').waitFor();
  await tabTo(/^Copy link$/);
  await press("Enter");
  await lab.page.getByText(/link/i).and(lab.page.getByRole("status")).first().waitFor();
  await lab.open("/runs");
  await lab.page.getByRole("table", { name: "Saved runs" }).waitFor();
  await tabTo(/^Resume /);
  await press("Enter");
  await lab.page.locator('main[data-screen="lab"]').waitFor();
});

it("opens the list of keys, and gives the focus back", async () => {
  await lab.open("automata");
  await tabTo(/^Step$/);
  const before = await focused();
  await press("?");
  const dialog = lab.page.getByRole("dialog");
  await dialog.waitFor();
  expect(await dialog.innerText()).toMatch(/Space/);
  await press("Escape");
  await dialog.waitFor({ state: "hidden" });
  expect((await focused()).name).toBe(before.name);
  expect(lab.errors).toEqual([]);
});

// A teacher's own exercise as a link: what it leaves out is not on the page and not reached by Tab (UX-76, UX-87).

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, launchBrowser, visit } from "../helpers/lab";

let browser: Browser;
let lab: Lab;
beforeAll(async () => {
  browser = await launchBrowser();
  lab = await visit(browser, { permissions: ["clipboard-read", "clipboard-write"] });
});
afterAll(() => browser.close());

const NOTE = "Find a picture whose rule you can guess. Then press Play.";

/** Accessible names of what Tab reaches, until it comes round. */
async function tabbedNames(): Promise<readonly string[]> {
  await lab.page.locator("main").focus();
  const names: string[] = [];
  for (let presses = 0; presses < 200; presses += 1) {
    await lab.page.keyboard.press("Tab");
    const name = await lab.page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body || !element.closest("main")) return null;
      return element.getAttribute("aria-label") ?? element.textContent ?? "";
    });
    if (name === null) break;
    names.push(name.trim());
  }
  return names;
}

describe("a teacher's link", () => {
  it("is made on the workbench: parts to leave out, a note, copied", async () => {
    await lab.open("automata?seed=4&iterations=80");
    await lab.untilStart();
    await lab.button("Teacher link").click();
    const dialog = lab.page.getByRole("dialog", { name: "Teacher link" });
    for (const part of ["options", "presets", "your own data", "adding runs"]) {
      await dialog.getByRole("checkbox", { name: part, exact: true }).check();
    }
    await dialog.getByLabel("Note to the class").fill(NOTE);
    await dialog.getByRole("button", { name: "Copy link" }).click();
    await dialog.getByText("Link copied.").waitFor();
    const link = await lab.page.evaluate(() => navigator.clipboard.readText());
    expect(link).toContain("hide=presets,options,upload,runs");
    expect(link).toContain("seed=4");
    await lab.page.goto("about:blank");
    await lab.page.goto(link);
    await lab.untilStart();
  });

  it("opens with its note and without the parts, also for the keyboard", async () => {
    expect(await lab.page.getByText(NOTE).count()).toBe(1);
    const names = await tabbedNames();
    expect(names).toContain("Play");
    expect(names).toContain("Show all");
    for (const hidden of [/^Seed/, /^Particles/, /Open your picture/, /Add a run/, /Live, hard/, /More options/]) {
      expect(
        names.filter((name) => hidden.test(name)),
        String(hidden),
      ).toEqual([]);
    }
    expect(await lab.page.locator("[data-option], .preset").count()).toBe(0);
  });

  it("shows all again on request, and says so in its address", async () => {
    await lab.button("Show all").click();
    await lab.page.locator('[data-option="seed"]').waitFor();
    expect(await lab.button("Show all").count()).toBe(0);
    expect(lab.url.hash).not.toContain("hide=");
  });

  it("leaves the transport's keys out with the transport", async () => {
    await lab.open("automata?iterations=80&hide=transport");
    await lab.untilStart();
    await lab.page.keyboard.press("Space");
    await lab.page.keyboard.press("n");
    await lab.page.keyboard.press("?");
    await lab.page.getByRole("dialog", { name: "Keys" }).waitFor();
    expect(await lab.step()).toBe(0);
    expect(await lab.status()).toBe("paused");
  });

  it("names parts that it does not know", async () => {
    await lab.open("automata?hide=weather,options");
    await lab.untilStart();
    expect(await lab.page.getByRole("main").innerText()).toContain('hide names "weather"');
    expect(await lab.page.locator("[data-option]").count()).toBe(0);
  });
});

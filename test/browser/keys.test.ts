// Every key of the list works on the workbench, and in text fields it types (UX-130).

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, launchBrowser, visit } from "../helpers/lab";

let browser: Browser;
let lab: Lab;
beforeAll(async () => {
  browser = await launchBrowser();
  lab = await visit(browser);
});
afterAll(() => browser.close());

const press = (key: string) => lab.page.keyboard.press(key);
const atMain = () => lab.page.locator("main").focus();
const dialog = () => lab.page.getByRole("dialog");

describe("keys", () => {
  it("Space plays and pauses, N steps, Shift+N steps a phase, R goes back to the start", async () => {
    await lab.open("clusters?seed=3");
    await lab.untilStart();
    await atMain();
    await press("n");
    await lab.untilStep(1);
    expect(await lab.step()).toBe(1);
    await press("Shift+N");
    await lab.untilPhase("wake");
    expect(await lab.step()).toBe(1);
    await press("Space");
    await lab.untilStep(5);
    await press("Space");
    await lab.until("paused");
    await press("r");
    await lab.untilStart();
  });

  it("M is slow motion, and Space there continues", async () => {
    await atMain();
    await press("m");
    expect(await lab.button("Slow motion").getAttribute("aria-pressed")).toBe("true");
    await press("m");
    expect(await lab.button("Slow motion").getAttribute("aria-pressed")).toBe("false");
  });

  it("? lists every key, E exports, C compares, P presents", async () => {
    await atMain();
    await press("?");
    await dialog().waitFor();
    const listed = await dialog().locator("kbd").allInnerTexts();
    for (const key of ["Space", "N", "Shift + N", "M", "R", "P", "C", "E", "?"]) expect(listed).toContain(key);
    await press("Escape");
    await dialog().waitFor({ state: "detached" });
    await press("e");
    await dialog().getByRole("heading", { name: "Export" }).waitFor();
    // A dialog keeps its keys.
    await press("r");
    await press("Escape");
    await dialog().waitFor({ state: "detached" });
    await press("p");
    await lab.page.locator("html[data-presenter=on]").waitFor();
    await press("p");
    await lab.page.locator("html:not([data-presenter=on])").waitFor();
    await atMain();
    await press("c");
    await lab.page.locator("main[data-screen=compare]").waitFor();
    expect(lab.url.hash).toContain("clusters");
    await lab.page.goBack();
    await lab.page.locator("main[data-screen=lab]").waitFor();
  });

  it("type in text fields, and do nothing with Ctrl or Alt", async () => {
    await lab.open("clusters?seed=3");
    await lab.untilStart();
    const field = lab.page.getByRole("main").getByRole("spinbutton", { name: "Particles" });
    await field.fill("");
    await field.pressSequentially("nNmrcep ?");
    expect(await field.inputValue()).toBe("nNmrcep ?");
    expect(await dialog().count()).toBe(0);
    expect(lab.url.hash).toContain("/lab/clusters");
    expect(await lab.step()).toBe(0);
    await press("Escape");
    await atMain();
    await press("Control+e");
    await press("Alt+c");
    expect(await dialog().count()).toBe(0);
    expect(await lab.step()).toBe(0);
    expect(lab.errors).toEqual([]);
  });
});

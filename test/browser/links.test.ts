// The link holds the state; what it holds wrongly becomes the default and one sentence (UX-23, UX-25, UX-123, UX-125).

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

const query = () => new URLSearchParams(lab.url.hash.split("?")[1] ?? "");
const field = (name: string | RegExp) => lab.page.getByRole("main").getByLabel(name).first();

describe("links", () => {
  it("open with their options and keep them in the address", async () => {
    await lab.open("automata?v=1&seed=42&particles=6");
    expect(await field(/^Seed/).inputValue()).toBe("42");
    expect(await field(/^Particles/).inputValue()).toBe("6");
    await field(/^Seed/).fill("43");
    await field(/^Seed/).press("Enter");
    await lab.page.waitForFunction(() => location.hash.includes("seed=43"));
    expect(query().get("v")).toBe("1");
    expect(query().get("particles")).toBe("6");
  });

  it("carry a chosen preset", async () => {
    await lab.open("automata");
    const presets = lab.page.getByRole("group", { name: /preset/i }).getByRole("button");
    const count = await presets.count();
    expect(count).toBeGreaterThanOrEqual(3);
    expect(count).toBeLessThanOrEqual(5);
    const before = lab.page.url();
    await presets.nth(1).click();
    await lab.page.waitForFunction((url) => location.href !== url, before);
    expect(query().get("preset")).toBeTruthy();
  });

  it.each([
    ["particles=abc", /particles|K/i, /1 to 1.?000/],
    ["particles=-3", /particles|K/i, /1 to 1.?000/],
    ["algorithm=adam", /algorithm/i, /mws/],
    ["seed=1.5", /seed/i, /whole number/],
    ["neighbours=4", /neighbours/i, /3.*5/],
    ["colour=red", /colour/, /not an option/i],
    ["dataset=none", /data ?set/i, /live/],
    ["v=99", /version|99/i, /1/],
    ["obs=0", /observation|obs/i, /./],
    ["%E0%A4%A=1", /./, /./],
  ])("%s falls back to the default and says so", async (bad, name, allowed) => {
    await lab.open(`automata?${bad}`);
    const said = lab.page.getByRole("main").locator('[role="status"], [role="alert"]').filter({ hasText: name });
    await said.first().waitFor();
    const sentence = (await said.allInnerTexts()).join(" ");
    expect(sentence).toMatch(allowed);
    expect(sentence).not.toMatch(/\[object|undefined|NaN/);
    expect(lab.errors).toEqual([]);
    await lab.stepOnce();
    await lab.untilStep(1);
  });

  it("accepts an unusual value and marks it", async () => {
    await lab.open("automata?particles=500");
    expect(await field(/^Particles/).inputValue()).toBe("500");
    expect(await lab.page.getByRole("main").innerText()).toMatch(/outside (the )?usual range/i);
  });
});

describe("an address on its way", () => {
  const PANEL = "[data-panel=charts] .panel-title button";

  it("to a saved run stays until the run is open, whatever the bench before has to say", async () => {
    await lab.open("clusters?seed=6");
    await lab.play();
    await lab.untilStep(3);
    await lab.pause();
    const step = await lab.step();
    await lab.page.locator(`[data-saved-step="${step}"]`).waitFor();
    await lab.open("/runs");
    const row = lab.page.locator("[data-saved-run]").filter({ hasText: "seed 6" });
    const link = (await row.getByRole("link").first().getAttribute("href")) ?? "";
    await lab.open("clusters?seed=7");
    await lab.untilStart();
    const addresses = await lab.page.evaluate(
      async ({ link, panel }) => {
        const button = document.querySelector<HTMLElement>(panel);
        const taken = new Promise((done) => addEventListener("hashchange", done, { once: true }));
        window.location.hash = link;
        // A closed panel is part of the address: first when the page has not noticed yet, then while the run is read.
        button?.click();
        const first = window.location.hash;
        await taken;
        button?.click();
        return [first, window.location.hash];
      },
      { link, panel: PANEL },
    );
    expect(link).toMatch(/seed=6.*saved=/);
    expect(addresses).toEqual([link, link]);
    await lab.page.waitForURL((url) => !url.hash.includes("saved="));
    expect(query().get("seed")).toBe("6");
    expect(await lab.step()).toBe(step);
  });

  it("to another screen is not taken back", async () => {
    const address = await lab.page.evaluate((panel) => {
      window.location.hash = "#/help";
      document.querySelector<HTMLElement>(panel)?.click();
      return window.location.hash;
    }, PANEL);
    expect(address).toBe("#/help");
    await lab.page.locator("main[data-screen=help]").waitFor();
    expect(lab.errors).toEqual([]);
  });
});

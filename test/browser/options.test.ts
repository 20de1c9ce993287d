// Options: help for each, a mark and undo for a change, live ones at once, others after Reset (UX-17, UX-25, UX-26).

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

const row = (name: string) => lab.page.locator(`[data-option="${name}"]`);

describe("options", () => {
  it("each have help on focus, and it is one sentence", async () => {
    await lab.open("automata");
    await lab.button(/More options/).click();
    const rows = await lab.page.locator("[data-option]").all();
    expect(rows.length).toBeGreaterThan(12);
    for (const option of rows) {
      const control = option.locator("[aria-describedby]").first();
      const help = await control.evaluate((element) =>
        (element.getAttribute("aria-describedby") ?? "")
          .split(" ")
          .map((id) => document.getElementById(id)?.textContent)
          .join(" "),
      );
      expect(help, (await option.getAttribute("data-option")) ?? "").toMatch(/^[A-Z].{10,}\.$/);
    }
    await row("particles").getByRole("spinbutton").focus();
    await lab.page.getByText("Programs scored per observation and step.").last().waitFor();
  });

  it("show a change, say when it applies, and undo it", async () => {
    await lab.open("automata");
    await lab.until("paused");
    const particles = row("particles").getByRole("spinbutton");
    await particles.fill("12");
    await particles.press("Enter");
    await row("particles").getByText("applies after Reset").waitFor();
    expect(await row("particles").getAttribute("data-changed")).toBe("true");
    await row("particles").getByRole("button", { name: /Undo/ }).click();
    expect(await particles.inputValue()).toBe("10");
    expect(await row("particles").getAttribute("data-changed")).toBeNull();
  });

  it("take a live change into the running numbers", async () => {
    const run = async (change: boolean) => {
      await lab.open("automata?seed=4&iterations=20");
      await lab.until("paused");
      for (let step = 1; step <= 5; step += 1) {
        await lab.stepOnce();
        await lab.untilStep(step);
        await lab.until("paused");
      }
      if (change) {
        const rate = row("learningRate").getByRole("spinbutton");
        await rate.fill("0.01");
        await rate.press("Enter");
        expect(await row("learningRate").getByText("applies after Reset").count()).toBe(0);
      }
      await lab.play();
      await lab.until("converged");
      return lab.chart("elbo").lastValue();
    };
    expect(await run(true)).not.toBe(await run(false));
  });

  it("explain what cannot be accepted and keep the last good value", async () => {
    await lab.open("automata");
    const particles = row("particles").getByRole("spinbutton");
    await particles.fill("many");
    await particles.press("Enter");
    const problem = row("particles").getByRole("alert");
    expect(await problem.innerText()).toMatch(/"many".*whole number from 1 to 1000/);
    await particles.press("Escape");
    expect(await particles.inputValue()).toBe("10");
    expect(lab.errors).toEqual([]);
  });
});

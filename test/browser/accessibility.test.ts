// No automatic finding of serious level on any route, in both themes, idle and while running; reduced motion is obeyed
// without a reload (UX-142, UX-143, UX-146).

import { AxeBuilder } from "@axe-core/playwright";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, launchBrowser, visit } from "../helpers/lab";

const ROUTES = [
  "/",
  "/lab/automata",
  "/lab/clusters",
  "/learn",
  "/compare",
  "/try",
  "/runs",
  "/help",
  "/help/automata",
  "/nope",
];

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** Findings of serious level and above, with where they are. */
async function findings(lab: Lab): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page: lab.page }).analyze();
  return violations
    .filter((violation) => violation.impact === "serious" || violation.impact === "critical")
    .map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.target.join(" ")).join(" | ")}`);
}

describe.each(["light", "dark"] as const)("in the %s theme", (colorScheme) => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await visit(browser, { colorScheme });
  });
  afterAll(() => lab.close());

  it.each(ROUTES)("%s has no serious finding", async (route) => {
    await lab.open(route);
    expect(await findings(lab)).toEqual([]);
  });

  it.each(["automata", "clusters"])("%s has none while running, paused and stepped", async (domain) => {
    await lab.open(`${domain}?iterations=1000000`);
    await lab.play();
    await lab.untilStep(20);
    expect(await findings(lab)).toEqual([]);
    await lab.pause();
    await lab.stepPhase();
    await lab.until("paused");
    expect(await findings(lab)).toEqual([]);
  });
});

describe("pictures", () => {
  it.each(["automata", "clusters"])("%s: every figure has a name, a sentence and a table", async (domain) => {
    const lab = await visit(browser);
    await lab.open(`${domain}?evaluateEvery=10&iterations=1000000`);
    await lab.play();
    await lab.untilStep(25);
    await lab.pause();
    const figures = await lab.page.locator("figure").all();
    expect(figures.length).toBeGreaterThan(3);
    for (const figure of figures) {
      const name = await figure.evaluate((element) => {
        const label = element.getAttribute("aria-labelledby") ?? "";
        const described = element.getAttribute("aria-describedby") ?? "";
        const text = (ids: string) =>
          ids
            .split(" ")
            .map((id) => document.getElementById(id)?.textContent ?? "")
            .join(" ");
        return [element.getAttribute("aria-label") ?? text(label), text(described)];
      });
      expect(name[0]?.trim(), await figure.innerHTML()).not.toBe("");
      expect(name[1]?.trim(), name[0]).not.toBe("");
      if ((await figure.getByRole("table").count()) + (await figure.getByRole("grid").count()) > 0) continue;
      const button = figure.getByRole("button", { name: /table/i });
      expect(await button.count(), name[0]).toBeGreaterThan(0);
      await button.first().click();
      await figure.getByRole("table").first().waitFor();
      expect(await figure.getByRole("row").count()).toBeGreaterThan(1);
    }
    await lab.close();
  });
});

describe("motion", () => {
  it("stops when the system asks, without a reload", async () => {
    const lab = await visit(browser, { reducedMotion: "no-preference" });
    await lab.open("automata");
    await lab.page.emulateMedia({ reducedMotion: "reduce" });
    const moving = await lab.page.evaluate(() => {
      const seconds = (text: string) => Math.max(0, ...text.split(",").map((part) => Number.parseFloat(part) || 0));
      return [...document.querySelectorAll("*")].filter((element) => {
        const style = getComputedStyle(element);
        return (
          seconds(style.transitionDuration) > 0.001 ||
          (style.animationName !== "none" && seconds(style.animationDuration) > 0.001)
        );
      }).length;
    });
    expect(moving).toBe(0);
    await lab.close();
  });
});

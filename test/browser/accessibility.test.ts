// No automatic finding of serious level on any route, in both themes, idle, running, in slow motion and failed; figures
// tell their data (UX-142, UX-143, UX-144).

import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, launchBrowser, visit } from "../helpers/lab";
import { ROUTES } from "../helpers/routes";

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
    // Still, so that no colour is measured on its way to another.
    lab = await visit(browser, { colorScheme, reducedMotion: "reduce" });
  });
  afterAll(() => lab.close());

  it.each(ROUTES)("%s has no serious finding", async (route) => {
    await lab.open(route);
    expect(await findings(lab)).toEqual([]);
  });

  it.each(["automata", "blocks", "clusters", "strings", "strokes"])(
    "%s has none while running, paused and stepped",
    async (domain) => {
      await lab.open(`${domain}?iterations=1000000`);
      await lab.play();
      await lab.untilStep(20);
      expect(await findings(lab)).toEqual([]);
      await lab.pause();
      await lab.stepPhase();
      await lab.until("paused");
      expect(await findings(lab)).toEqual([]);
    },
  );

  it("has none in slow motion, in a menu, a dialog, or failed", async () => {
    await lab.open("automata?faults=1");
    await lab.button("Slow motion").click();
    await lab.play();
    await lab.page
      .getByText(/propose/)
      .first()
      .waitFor();
    expect(await findings(lab)).toEqual([]);
    await lab.pause();
    await lab.button("Slow motion").click();
    await lab.page.keyboard.press("?");
    await lab.page.getByRole("dialog").waitFor();
    expect(await findings(lab)).toEqual([]);
    await lab.page.keyboard.press("Escape");
    await lab.page.evaluate(() =>
      (window as unknown as { lab: { inject(fault: string): Promise<void> } }).lab.inject("non-finite"),
    );
    await lab.stepOnce();
    await lab.until("failed");
    expect(await findings(lab)).toEqual([]);
  });
});

/** What a figure says about itself: its name, and its sentence. */
const wordsOf = (figure: Locator) =>
  figure.evaluate((element) => {
    const text = (attribute: string) =>
      (element.getAttribute(attribute) ?? "")
        .split(" ")
        .map((id) => document.getElementById(id)?.textContent ?? "")
        .join(" ")
        .trim();
    return [element.getAttribute("aria-label") ?? text("aria-labelledby"), text("aria-describedby")];
  });

/** A shown number: a real minus, thin spaces for thousands. */
const read = (shown: string) => Number(shown.replace("\u2212", "-").replace(/[\s,]/g, ""));

describe("pictures", () => {
  it.each([
    "automata?",
    "blocks?scenes=20&evaluationScenes=4&",
    "clusters?",
    "strings?",
    "strokes?",
    "timeseries?size=tiny&series=20&evaluationSeries=2&",
  ])("%s: every figure has a name, a sentence and a table", async (place) => {
    const lab = await visit(browser);
    await lab.open(`${place}evaluateEvery=10&iterations=1000000`);
    await lab.play();
    await lab.untilStep(25);
    await lab.pause();
    const figures = await lab.page.locator("figure").all();
    expect(figures.length).toBeGreaterThan(3);
    for (const figure of figures) {
      const [name, sentence] = await wordsOf(figure);
      expect(name, await figure.innerHTML()).not.toBe("");
      expect(sentence, name).not.toBe("");
      if ((await figure.getByRole("table").count()) + (await figure.getByRole("grid").count()) > 0) continue;
      const button = figure.getByRole("button", { name: /table/i });
      expect(await button.count(), name).toBeGreaterThan(0);
      await button.first().click();
      // The head and one row: an evaluation may still be on its way when the run pauses.
      await figure.getByRole("row").nth(1).waitFor();
    }
    await lab.close();
  });

  it("curves' tables hold the numbers of the run, row by row", async () => {
    const lab = await visit(browser);
    await lab.open("automata?faults=1&iterations=15&evaluateEvery=10&seed=4");
    await lab.play();
    await lab.until("converged");
    // window.lab is the page's test hook, there only with faults=1 in the link.
    const records = await lab.page.evaluate(() =>
      (window as unknown as { lab: { records(): Record<string, [number, number][]> } }).lab.records(),
    );
    for (const [chart, metric] of [
      ["elbo", "elbo"],
      ["phi", "phi"],
    ] as const) {
      const figure = lab.chart(chart).figure;
      await figure.getByRole("button", { name: /as table/ }).click();
      const rows = await figure
        .getByRole("row")
        .evaluateAll((all) =>
          all.map((row) => [...row.querySelectorAll("th, td")].map((cell) => cell.textContent ?? "")),
        );
      const [head = [], ...body] = rows;
      const column = head.findIndex((name, at) => at > 0 && !/held|sampled|exact/i.test(name));
      const shown = body.map((row) => [read(row[0] ?? ""), read(row[column] ?? "")]);
      const wanted = records[metric] ?? [];
      expect(wanted.length).toBeGreaterThan(10);
      for (const [step, value] of wanted) {
        const found = shown.find((row) => row[0] === step)?.[1] ?? Number.NaN;
        expect(Math.abs(found - value) / Math.max(1, Math.abs(value)), `${chart} at step ${step}`).toBeLessThan(0.001);
      }
    }
    await lab.close();
  });

  it("are chosen by keyboard, and the choice is marked in the picture", async () => {
    const lab = await visit(browser);
    await lab.open("automata?seed=3");
    await lab.play();
    await lab.untilStep(30);
    await lab.pause();
    // Frames that come late, as on a busy machine: the keys must not wait for them.
    await lab.page.evaluate(() => {
      const frame = window.requestAnimationFrame.bind(window);
      window.requestAnimationFrame = (draw) => window.setTimeout(() => frame(draw), 400);
    });
    const tiles = lab.page.getByRole("group", { name: "Pictures" }).getByRole("button");
    await tiles.first().focus();
    await lab.page.keyboard.press("ArrowRight");
    await lab.page.keyboard.press("Enter");
    await lab.page.waitForFunction(() => location.hash.includes("obs=2"));
    expect(await tiles.nth(1).getAttribute("aria-current")).toBe("true");
    const bits = lab.page.getByRole("group", { name: /Rule table/ }).getByRole("button");
    expect(await bits.count()).toBe(8);
    expect(await bits.first().getAttribute("aria-label")).toMatch(/gives/);
    await lab.close();
  });
});

// The estimator lens: the same programs with the coefficients of every algorithm, live, with a sentence for each
// (design.md 2). Its numbers are checked in test/exact/lens.test.ts; here is what people see.

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, launchBrowser, visit } from "../helpers/lab";

let browser: Browser;
let lab: Lab;
beforeAll(async () => {
  browser = await launchBrowser();
  lab = await visit(browser);
  await countQuestions();
});
afterAll(() => browser.close());

const part = () => lab.page.locator('[data-part="lens"]');
const rows = () => part().getByRole("radio");
const bars = (title: string) =>
  part()
    .locator(`[data-lens-row="${title}"] g[data-a]`)
    .evaluateAll((groups) =>
      groups.map((group) => [Number(group.getAttribute("data-a")), Number(group.getAttribute("data-b"))] as const),
    );
/** Questions that the page has sent to its workers, by kind. */
const asked = () => lab.page.evaluate(() => ({ ...(window as unknown as { asked: Record<string, number> }).asked }));

async function countQuestions(): Promise<void> {
  await lab.page.addInitScript(() => {
    const counts: Record<string, number> = {};
    Object.assign(window, { asked: counts });
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (this: Worker, ...given: unknown[]) {
      const message = given[0] as { kind?: string; question?: { kind: string } };
      if (message.kind === "ask" && message.question) {
        counts[message.question.kind] = (counts[message.question.kind] ?? 0) + 1;
      }
      return Reflect.apply(post, this, given);
    };
  });
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe("the estimator lens", () => {
  it("has a row for every algorithm and variant, the run's own marked", async () => {
    await lab.open("automata?seed=3&images=20&evaluateEvery=1000");
    await lab.play();
    await lab.untilStep(40);
    await lab.pause();
    await part().scrollIntoViewIfNeeded();
    await rows().first().waitFor();
    const names = ["MWS replay", "MWS fantasy", "RWS wake", "RWS sleep", "VIMCO", "REINFORCE"];
    expect(await rows().evaluateAll((all) => all.map((row) => row.getAttribute("data-lens-row")))).toEqual(names);
    const own = await part()
      .locator("[data-own]")
      .evaluateAll((all) => all.map((row) => row.getAttribute("data-lens-row")));
    expect(own.length).toBeGreaterThan(0);
    for (const name of own) expect(name).toMatch(/^MWS/);
  });

  it("gives the same particles to all, with coefficients that add up", async () => {
    const counts = new Set<number>();
    for (const title of ["MWS replay", "MWS fantasy", "RWS wake", "RWS sleep", "VIMCO"]) {
      const pairs = await bars(title);
      counts.add(pairs.length);
      expect(sum(pairs.map(([a]) => a))).toBeCloseTo(1, 6);
    }
    for (const title of ["MWS fantasy", "RWS sleep"]) expect((await bars(title)).every(([, b]) => b === 0)).toBe(true);
    const reinforce = await bars("REINFORCE");
    counts.add(reinforce.length);
    expect(new Set(reinforce.map(([a]) => a.toFixed(9))).size).toBe(1);
    expect(sum(reinforce.map(([, b]) => b))).toBeCloseTo(-1, 6);
    expect(counts.size).toBe(1);
  });

  it("says why in one sentence for the row that is chosen by keyboard", async () => {
    const sentence = () => part().locator(".wsl-lens-sentence").innerText();
    await part()
      .getByRole("radio", { name: /^RWS wake/ })
      .click();
    expect(await sentence()).toMatch(/It weights each sample by p\/q: rule \d+ gets a = b = \d\.\d\d/);
    await lab.page.keyboard.press("ArrowDown");
    expect(await part().locator('[aria-checked="true"]').getAttribute("data-lens-row")).toBe("RWS sleep");
    expect(await sentence()).toContain("none of these programs moves it");
    await part()
      .getByRole("radio", { name: /^REINFORCE/ })
      .click();
    expect(await sentence()).toMatch(/a = 1\/\d+ = 0\.\d+/);
  });

  it("shows the drawn numbers as a table", async () => {
    const drawn = await bars("VIMCO");
    await part()
      .getByRole("button", { name: /as table/ })
      .click();
    const heads = await part().locator("thead th").allInnerTexts();
    const at = heads.indexOf("VIMCO b") + 1;
    expect(at).toBeGreaterThan(0);
    const cells = await part().locator(`tbody td:nth-child(${at})`).allInnerTexts();
    expect(cells).toHaveLength(drawn.length);
    for (const [k, text] of cells.entries()) {
      const shown = Number(text.replaceAll("\u2212", "-").replaceAll("\u2009", ""));
      expect(Math.abs(shown - (drawn[k]?.[1] ?? Number.NaN))).toBeLessThan(0.01 + 0.01 * Math.abs(shown));
    }
    await part()
      .getByRole("button", { name: /as picture/ })
      .click();
  });

  it("follows the run, and asks nothing once it is closed", async () => {
    const step = async () => (await part().locator(".wsl-lens-legend").innerText()).replace(/.*step (\d+).*/s, "$1");
    const before = await step();
    const start = Date.now();
    const atFirst = (await asked())["lens"] ?? 0;
    await lab.play();
    await lab.page.waitForFunction(
      (before) => !document.querySelector(".wsl-lens-legend")?.textContent?.endsWith(`step ${before}`),
      before,
    );
    await lab.pause();
    await lab.page.locator('[data-panel="lens"] .panel-title button').click();
    expect(await part().count()).toBe(0);
    expect(lab.url.hash).toContain("closed=lens");
    const atLast = (await asked())["lens"] ?? 0;
    expect(atLast).toBeGreaterThan(atFirst);
    expect(atLast - atFirst).toBeLessThanOrEqual(2 + (Date.now() - start) / 1000); // once a second, and at both ends
    const step1 = await lab.step();
    await lab.play();
    await lab.untilStep(step1 + 40);
    await lab.pause();
    expect((await asked())["lens"]).toBe(atLast);
    expect((await asked())["dreams"]).toBeUndefined();
  });

  it("marks VIMCO in a VIMCO run, where all particles are drawn", async () => {
    await lab.open("clusters?seed=3&algorithm=vimco&evaluateEvery=1000");
    await lab.stepOnce();
    await lab.untilStep(1);
    await part().scrollIntoViewIfNeeded();
    await part().locator('[data-own][data-lens-row="VIMCO"]').waitFor();
    expect(await part().locator("[data-own]").count()).toBe(1);
    expect(await part().locator(".wsl-lens-legend").innerText()).toContain("this run has no memory");
    expect(lab.errors).toEqual([]);
  });
});

// The programs of one observation, looked at closely: the three-way switch (UX-35), the history of a memory (UX-33),
// formulas with the numbers plugged in (UX-34), the posterior picture of each domain (UX-37).

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, launchBrowser, visit } from "../helpers/lab";

let browser: Browser;
let lab: Lab;
beforeAll(async () => {
  browser = await launchBrowser();
  lab = await visit(browser);
  await lab.open("automata?seed=3&images=20&evaluateEvery=1000&open=posterior");
  await lab.play();
  await lab.untilStep(60);
  await lab.pause();
});
afterAll(() => browser.close());

const figure = () => lab.page.locator('figure[data-table="memory"]');
const grid = () => figure().getByRole("grid");
const programs = () =>
  grid()
    .locator("tr[data-program]:not(.wsl-rejected)")
    .evaluateAll((rows) => rows.map((row) => row.getAttribute("data-program")));
const choose = (source: string) => figure().getByRole("radio", { name: source, exact: true }).check({ force: true });
const title = () => figure().getByRole("heading").first().innerText();
const untilTitle = (words: RegExp) => figure().getByRole("heading", { name: words }).waitFor();
const slider = () => lab.page.getByRole("slider", { name: /History of/ });
const tooltip = () => lab.page.getByRole("tooltip");

/** Numbers of a text with real minus signs. */
const numbersOf = (text: string) => (text.replaceAll("\u2212", "-").match(/-?\d+(\.\d+)?(e-?\d+)?/g) ?? []).map(Number);

describe("memory, recognition, prior", () => {
  it("changes list and title, all from one model state", async () => {
    const height = await grid().evaluate((table) => table.getBoundingClientRect().height);
    const step = await lab.step();
    const remembered = await programs();
    expect(await title()).toBe("Memory of picture 1");
    const lists: unknown[] = [remembered];
    for (const [source, words] of [
      ["recognition", /^Recognition model, picture 1/],
      ["prior", /^Prior, scored on picture 1/],
    ] as const) {
      await choose(source);
      await untilTitle(words);
      lists.push(await programs());
      expect(await figure().locator(".wsl-figure-unit").innerText()).toContain("from 200 draws");
      // One model state: every row says the step at which it was drawn.
      const steps = await grid().locator("tr[data-program] td.wsl-memory-step").allInnerTexts();
      expect(new Set(steps.map((text) => numbersOf(text)[0]))).toEqual(new Set([step]));
      expect(await grid().evaluate((table) => table.getBoundingClientRect().height)).toBe(height);
    }
    expect(new Set(lists.map((list) => JSON.stringify(list))).size).toBe(3);
    expect(await lab.step()).toBe(step);
    await choose("memory");
    await untilTitle(/^Memory of picture 1/);
    expect(await programs()).toEqual(remembered);
  });
});

describe("the history of a memory", () => {
  it("shows the memory at the chosen step, marked as recorded, and goes back to now", async () => {
    const now = await programs();
    await slider().focus();
    await slider().press("Home");
    await figure().locator(".wsl-recorded", { hasText: "recorded at step" }).waitFor();
    const first = await programs();
    expect(first).not.toEqual(now);
    const born = await grid().locator("tr[data-program] td.wsl-memory-step").allInnerTexts();
    const at = numbersOf((await figure().locator(".wsl-recorded").innerText()) ?? "")[0] ?? Number.NaN;
    for (const text of born) expect(numbersOf(text)[0]).toBeLessThanOrEqual(at);
    expect(await slider().getAttribute("aria-valuetext")).toMatch(new RegExp(`^step ${at} of ${await lab.step()}`));
    await slider().press("ArrowRight");
    const later = numbersOf((await figure().locator(".wsl-recorded").innerText()) ?? "")[0] ?? 0;
    expect(later).toBeGreaterThan(at);
    await figure().getByRole("button", { name: "Now" }).click();
    expect(await figure().locator(".wsl-recorded").count()).toBe(0);
    expect(await programs()).toEqual(now);
  });

  it("belongs to one observation", async () => {
    await slider().press("Home");
    const first = await programs();
    await lab.page.locator(".wsl-tile[data-row='3']").click();
    await untilTitle(/^Memory of picture 4/);
    expect(await figure().locator(".wsl-recorded").count()).toBe(0);
    await slider().press("Home");
    await figure().locator(".wsl-recorded").waitFor();
    expect(await programs()).not.toEqual(first);
    await figure().getByRole("button", { name: "Now" }).click();
  });
});

describe("formulas with the numbers", () => {
  it("a weight: the terms divide to the weight that the cell shows", async () => {
    const cell = grid().locator("tr[data-program] td:has(.wsl-weight)").first();
    await cell.focus();
    await tooltip().waitFor();
    const lines = (await tooltip().innerText()).split("\n");
    expect(lines[0]).toContain("w = exp(ℓ) / Σ exp(ℓ)");
    expect(lines[1]).toMatch(/w = exp\(\S+\) \/ \(exp\(\S+\) \+ .*\) = \S+/);
    const [top = 0, ...rest] = numbersOf(lines[1] ?? "");
    const terms = rest.slice(0, -1);
    const weight = Math.exp(top) / terms.reduce((sum, value) => sum + Math.exp(value), 0);
    expect(Math.abs(weight - (rest.at(-1) ?? 0))).toBeLessThan(0.02);
    await lab.page.keyboard.press("Escape");
    await tooltip().waitFor({ state: "detached" });
  });

  it("a log likelihood: counts of cells and the learned noise add up to it", async () => {
    await grid().locator("tr[data-program]").first().locator("td.wsl-number").nth(1).focus();
    await tooltip().waitFor();
    const [symbols = "", plugged = ""] = (await tooltip().innerText()).split("\n");
    expect(symbols).toContain("n₁ log φ");
    const [right = 0, logRight = 0, wrong = 0, logWrong = 0, height = 0, log2 = 0, total = 0] = numbersOf(
      plugged.replaceAll("\u2212 ", ""),
    );
    expect(Math.abs(right * logRight + wrong * logWrong - height * log2 - total)).toBeLessThan(0.5);
    await lab.page.keyboard.press("Escape");
  });

  it("a log prior and, on hover, the bound at the end of its curve", async () => {
    await grid().locator("tr[data-program]").first().locator("td.wsl-number").first().focus();
    await tooltip().filter({ hasText: "log p(z) = " }).waitFor();
    await lab.page.keyboard.press("Escape");
    await lab.chart("elbo").figure.locator(".wsl-end-value").first().hover();
    await tooltip()
      .filter({ hasText: /L = log Σ p\(z, x\)/ })
      .waitFor();
    expect(await tooltip().innerText()).toMatch(/log\(exp\(\S+\) \+ exp\(\S+\) \+ …\) = \S+ for picture 4/);
  });

  it.each([
    ["phi", /φ = 0\.5 \/ \(1 \+ exp\(\S+\)\) = 0\.\d+/],
    ["ess", /1 \/ \(\d\.\d+² \+ .*\) = \d+\.\d+ for picture 4/],
  ])("%s: the last value on focus", async (name, numbers) => {
    await lab.chart(name).figure.locator(".wsl-end-value[tabindex='0']").focus();
    await tooltip().filter({ hasText: numbers }).waitFor();
    await lab.page.keyboard.press("Escape");
  });

  it("the number of proposals in the status bar multiplies out", async () => {
    await lab.page.locator(".status-bar .evaluations").focus();
    await tooltip().filter({ hasText: "proposals = steps" }).waitFor();
    const line = (await tooltip().innerText()).split("\n")[1] ?? "";
    const [steps = 0, batch = 0, each = 0, all = 0] = numbersOf(line.replaceAll("\u2009", ""));
    expect(Math.abs(steps * batch * each - all)).toBeLessThan(0.06 * steps * batch);
    await lab.page.keyboard.press("Escape");
  });
});

describe("the posterior picture", () => {
  const bars = (name: string) =>
    lab
      .picture(name)
      .locator("[data-share]")
      .evaluateAll((groups) => groups.map((group) => Number(group.getAttribute("data-share"))));

  it("automata: bits, as the list on show has them", async () => {
    const shares = await bars("bits");
    expect(shares).toHaveLength(8);
    const best = Number((await programs())[0]?.replace("rule ", ""));
    const weight = numbersOf(await grid().locator(".wsl-weight").first().innerText())[0] ?? 0;
    for (const [place, share] of shares.entries()) {
      const isSet = ((best >>> (7 - place)) & 1) === 1;
      if (weight > 0.9) expect(share > 0.5).toBe(isSet);
    }
    await lab
      .picture("bits")
      .getByRole("button", { name: /as table/ })
      .click();
    const rows = lab.picture("bits").locator("tbody tr");
    expect(await rows.count()).toBe(8);
    const cells = await rows.locator("td:nth-child(2)").allInnerTexts();
    for (const [i, text] of cells.entries())
      expect(Math.abs((numbersOf(text)[0] ?? 0) - (shares[i] ?? 0))).toBeLessThan(0.01);
  });

  it("asks nothing while closed", async () => {
    await choose("recognition");
    await untilTitle(/^Recognition model/);
    await lab.page.locator('[data-panel="posterior"] .panel-title button').click();
    expect(await lab.picture("bits").count()).toBe(0);
    expect(lab.url.hash).not.toContain("open=");
    await choose("memory");
  });

  it("clusters: pairs of points as a heat map, and the number of clusters", async () => {
    await lab.open("clusters?seed=3&evaluateEvery=1000&open=posterior");
    await lab.play();
    await lab.untilStep(40);
    await lab.pause();
    await lab.picture("same-cluster").waitFor();
    const shares = await bars("cluster-numbers");
    expect(shares).toHaveLength(7);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6);
    await grid().locator("tr[data-program]").first().locator("td.wsl-number").nth(1).focus();
    await tooltip()
      .filter({ hasText: /log \d! .*− log 7! = / })
      .waitFor();
    await lab.page.keyboard.press("Escape");
    expect(lab.errors).toEqual([]);
  });
});

// Single things of the workbench that other flows pass by: the header's entries, the other stop rules, the four costs, the
// time axis, weights to the last digit, the exact layer, and a copied link that looks the same elsewhere
// (UX-4, UX-24, UX-28, UX-30, UX-41, UX-64, UX-123, UX-175).

import { readFileSync } from "node:fs";
import type { Browser } from "playwright-core";
import { PNG } from "pngjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, launchBrowser, visit } from "../helpers/lab";
import { ROUTES } from "../helpers/routes";

let browser: Browser;
let lab: Lab;
beforeAll(async () => {
  browser = await launchBrowser();
  lab = await visit(browser);
});
afterAll(() => browser.close());

const main = () => lab.page.getByRole("main");

describe("the header", () => {
  it.each(ROUTES.filter((route) => !route.startsWith("/embed")))("has the same entries on %s", async (route) => {
    await lab.open(route);
    const banner = lab.page.getByRole("banner");
    const nav = banner.getByRole("navigation", { name: "Main" });
    await banner.getByRole("link", { name: "Wake-Sleep Lab, home" }).waitFor();
    for (const name of ["Learn", "Compare", "Try", "Runs", "Help"]) {
      expect(await nav.getByRole("link", { name, exact: true }).count(), name).toBe(1);
    }
    expect(await nav.getByRole("button").count(), "domains").toBeGreaterThan(0);
    for (const name of [/^Theme/, /^Motion/]) {
      expect(await banner.getByRole("button", { name }).count(), String(name)).toBe(1);
    }
  });
});

describe("stop rules", () => {
  it.each([
    ["seconds=1&iterations=1000000", /trained for .* s, the time limit/i],
    ["patience=40&iterations=1000000", /has not improved for [\d\s]+ steps/i],
  ])("%s ends the run and says so", async (rule, sentence) => {
    await lab.open(`clusters?${rule}`);
    await lab.play();
    await lab.until("converged", 0, 60_000);
    expect(await main().innerText()).toMatch(sentence);
  });
});

describe("costs", () => {
  it("are four numbers with units, and all of them move", async () => {
    await lab.open("automata?iterations=1000000");
    await lab.play();
    await lab.untilStep(30);
    const costs = async () => {
      const text = await lab.page.locator(".status-bar").innerText();
      const found = [/([\d.\s]+) steps\/s/, /([\d\s]+) proposals/, /(\d+:\d\d)/].map((each) =>
        each.exec(text)?.[1]?.trim(),
      );
      expect(text).toMatch(/CPU, WebAssembly|WebGPU/);
      expect(text).toMatch(/steps\/s, K = 10\b/);
      return found;
    };
    const before = await costs();
    expect(before.every((each) => each !== undefined)).toBe(true);
    for (const index of [1, 2]) {
      await expect.poll(async () => (await costs())[index], { timeout: 10_000 }).not.toBe(before[index]);
    }
    await lab.pause();
  });
});

describe("curves", () => {
  it("can run along training time: the axis changes, the data do not", async () => {
    const values = await lab.chart("elbo").lastValues();
    const drawing = lab.chart("elbo").figure.locator("svg text");
    const labels = (await drawing.allTextContents()).join(" ");
    await main().getByRole("radio", { name: "time" }).check({ force: true });
    await lab.page.waitForFunction(() => location.hash.includes("x=time"));
    await expect.poll(async () => (await drawing.allTextContents()).join(" ")).not.toBe(labels);
    expect(await lab.chart("elbo").lastValues()).toEqual(values);
    expect(lab.url.hash).toContain("x=time");
  });
});

describe("weights", () => {
  it("sum to one within 0.01, read from the exported numbers", async () => {
    await lab.open("clusters?seed=3");
    await lab.play();
    await lab.untilStep(60);
    await lab.pause();
    const figure = lab.page.locator('figure[data-table="memory"]');
    await figure.getByRole("button", { name: /^Export/ }).click();
    const download = lab.page.waitForEvent("download");
    await lab.page.getByRole("menuitem", { name: /^JSON/ }).click();
    const text = readFileSync((await (await download).path()) ?? "", "utf8");
    // The export's own shape: columns and rows.
    const { columns, rows } = JSON.parse(text) as { columns: string[]; rows: unknown[][] };
    const weight = columns.findIndex((name) => /^weight/.test(name));
    const weights = rows.map((row) => row[weight]).filter((value): value is number => typeof value === "number");
    expect(weights.length).toBeGreaterThan(1);
    expect(Math.abs(weights.reduce((sum, value) => sum + value, 0) - 1)).toBeLessThan(0.01);
  });
});

describe("clusters", () => {
  it("lay the exact answer over the points, and say the distance as a number", async () => {
    await lab.open("clusters?iterations=200");
    await lab.until("paused");
    await lab.play();
    await lab.until("converged");
    const layer = main().getByRole("checkbox", { name: "exact answer" });
    const points = main()
      .locator("figure", { has: lab.page.getByLabel("exact answer") })
      .locator("svg");
    const drawn = () => points.evaluateAll((all) => all.map((each) => each.innerHTML).join(""));
    const isOn = await layer.isChecked();
    const before = await drawn();
    await layer.setChecked(!isOn);
    await expect.poll(drawn).not.toBe(before);
    await layer.setChecked(isOn);
    await expect.poll(drawn).toBe(before);
    expect(await main().innerText()).toMatch(/Distance to the exact answer: KL \d+\.\d\d nats/);
    expect(lab.errors).toEqual([]);
  });
});

/** Pixels that differ between two pictures of the same size. */
function differing(one: Buffer, other: Buffer): number {
  const [a, b] = [PNG.sync.read(one), PNG.sync.read(other)];
  expect([a.width, a.height]).toEqual([b.width, b.height]);
  let count = 0;
  for (let at = 0; at < a.data.length; at += 4) {
    if (a.data[at] !== b.data[at] || a.data[at + 1] !== b.data[at + 1] || a.data[at + 2] !== b.data[at + 2]) count += 1;
  }
  return count;
}

/** The page's picture once two in a row, 700 ms apart, are the same: everything has arrived. */
async function untilStill({ page }: Lab): Promise<Buffer> {
  let before = await page.screenshot({ animations: "disabled" });
  for (;;) {
    await page.waitForTimeout(700);
    const now = await page.screenshot({ animations: "disabled" });
    if (differing(before, now) === 0) return now;
    before = now;
  }
}

describe("a copied link", () => {
  it("looks the same in a fresh profile", async () => {
    const place = "automata?v=1&preset=live&seed=9&particles=6&closed=presets&x=proposals&obs=4";
    const pictures: Buffer[] = [];
    let link = place;
    for (let visitNumber = 0; visitNumber < 2; visitNumber += 1) {
      const fresh = await visit(browser, { reducedMotion: "reduce" });
      await fresh.open(link);
      await fresh.until("paused");
      await fresh.page
        .getByText(/No graphics adapter|No WebGPU|software graphics/)
        .first()
        .waitFor();
      const picture = await untilStill(fresh);
      link = fresh.url.hash.replace(/^#\/lab\//, "");
      pictures.push(picture);
      await fresh.close();
    }
    for (const part of ["seed=9", "particles=6", "x=proposals", "obs=4", "closed=presets"])
      expect(link).toContain(part);
    const [first, second] = pictures;
    if (!first || !second) throw new Error("two pictures were taken");
    expect(differing(first, second)).toBeLessThan(20);
  });
});

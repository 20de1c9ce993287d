// Links of every version that the lab has had open without an error, and a link to what is gone says what it shows instead
// (UX-124, UX-192).

import { readdirSync, readFileSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, launchBrowser, visit } from "../helpers/lab";

const FOLDER = "test/fixtures/links";
const LINKS = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".txt"))
  .flatMap((name) =>
    readFileSync(`${FOLDER}/${name}`, "utf8")
      .split("\n")
      .filter(Boolean)
      .map((link) => [name, link] as const),
  );

let browser: Browser;
let lab: Lab;
beforeAll(async () => {
  browser = await launchBrowser();
  lab = await visit(browser);
});
afterAll(() => browser.close());

const said = () => lab.page.locator(".link-problems").allInnerTexts();

describe("old links", () => {
  it.each(LINKS)("%s: %s", async (_name, link) => {
    lab.errors.length = 0;
    await lab.open(link.slice(1));
    const screen = (await lab.page.locator("main").getAttribute("data-screen")) ?? "";
    expect(link.split(/[/?]/)[1]).toBe(screen);
    if (screen === "lab" || screen === "embed") await lab.until("paused");
    expect(await said()).toEqual([]);
    expect(lab.errors).toEqual([]);
  });

  it("keep what they say", async () => {
    await lab.open("automata?preset=live-hard&algorithm=rws&neighbours=5&obs=3");
    await lab.until("paused");
    await lab.page.waitForFunction(() => location.hash.includes("v=1"));
    expect(lab.url.hash).toMatch(/v=1&preset=live-hard&algorithm=rws.*obs=3/);
  });
});

describe("a link to what is gone", () => {
  it("names the preset and the data set, and shows the nearest", async () => {
    await lab.open("automata?v=1&preset=live-harder&dataset=standart");
    await lab.until("paused");
    const [words = ""] = await said();
    expect(words).toContain("live-harder");
    expect(words).toContain("Using the nearest, live-hard");
    expect(words).toContain("standart");
    expect(words).toContain("Using the nearest, standard");
    await lab.page.waitForFunction(() => location.hash.includes("v=1&preset=live-hard&"));
    expect(lab.url.hash).toMatch(/preset=live-hard&dataset=standard/);
  });

  it("of a newer version says so and offers the update", async () => {
    await lab.open("automata?v=7");
    expect((await said()).join()).toMatch(/version 7.*up to version 1.*Reload the page to update/);
  });
});

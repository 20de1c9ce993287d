// Every address opens directly, reloads to itself and works with Back and Forward (UX-1 to UX-4).

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, launchBrowser, visit } from "../helpers/lab";

const ROUTES = [
  ["/", "home"],
  ["/lab/automata", "lab"],
  ["/lab/clusters", "lab"],
  ["/learn", "learn"],
  ["/compare", "compare"],
  ["/try", "try"],
  ["/runs", "runs"],
  ["/help", "help"],
  ["/help/automata", "help"],
  ["/help/clusters", "help"],
  ["/help/privacy", "help"],
] as const;

let browser: Browser;
let lab: Lab;
beforeAll(async () => {
  browser = await launchBrowser();
  lab = await visit(browser);
});
afterAll(() => browser.close());

const screen = () => lab.page.locator("main").getAttribute("data-screen");
const settled = () => lab.page.locator("main[data-screen]:not([aria-busy=true])").waitFor();
const hash = () => lab.url.hash.replace(/\?.*/, "");

describe("routes", () => {
  it.each(ROUTES)("%s opens, reloads and is one screen with one heading", async (route, name) => {
    lab.errors.length = 0;
    await lab.open(route);
    expect(await screen()).toBe(name);
    expect(await lab.page.locator("h1").count()).toBe(1);
    expect(await lab.page.getByRole("navigation", { name: "Main" }).count()).toBe(1);
    const title = await lab.page.title();
    await lab.page.reload();
    await settled();
    expect(await screen()).toBe(name);
    expect(await lab.page.title()).toBe(title);
    expect(lab.errors).toEqual([]);
  });

  it("has another title on every route", async () => {
    const titles: string[] = [];
    for (const [route] of ROUTES) {
      await lab.open(route);
      titles.push(await lab.page.title());
    }
    expect(new Set(titles).size).toBe(ROUTES.length);
  });

  it("goes back and forward", async () => {
    await lab.open("/");
    for (const [name, wanted] of [
      ["Learn", "learn"],
      ["Compare", "compare"],
      ["Help", "help"],
    ] as const) {
      await lab.page.getByRole("navigation", { name: "Main" }).getByRole("link", { name, exact: true }).click();
      await lab.page.locator(`main[data-screen="${wanted}"]`).waitFor();
    }
    await lab.page.goBack();
    await lab.page.locator('main[data-screen="compare"]').waitFor();
    await lab.page.goBack();
    await lab.page.locator('main[data-screen="learn"]').waitFor();
    await lab.page.goForward();
    await lab.page.locator('main[data-screen="compare"]').waitFor();
    expect(hash()).toBe("#/compare");
  });

  it.each(["/nope", "/lab/nope", "/help/nope/nope/nope", "/lab/automata/more"])(
    "%s says that there is no page and offers four doors",
    async (route) => {
      await lab.open(route);
      expect(await lab.page.getByRole("heading", { level: 1 }).innerText()).toBe("There is no page here");
      expect(await lab.page.getByRole("main").getByRole("link").count()).toBe(4);
      expect(await lab.page.getByRole("navigation", { name: "Main" }).count()).toBe(1);
    },
  );
});

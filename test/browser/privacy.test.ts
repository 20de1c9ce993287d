// Nothing leaves the machine: while opening, training, and bringing a picture, the page only reads its own files (UX-203, UX-204).

import type { Browser } from "playwright-core";
import { PNG } from "pngjs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Lab, launchBrowser, visit } from "../helpers/lab";
import { ROUTES } from "../helpers/routes";

let browser: Browser;
let lab: Lab;
const methods: string[] = [];
beforeAll(async () => {
  browser = await launchBrowser();
  lab = await visit(browser);
  lab.page.context().on("request", (request) => {
    if (request.method() !== "GET" || request.postData() !== null) methods.push(`${request.method()} ${request.url()}`);
  });
});
afterAll(() => browser.close());

it("asks only its own origin, with GET, and keeps no cookie", async () => {
  for (const route of ROUTES) await lab.open(route);
  // A lesson and a comparison train, too; own strings and characters are searched.
  await lab.open("/learn/5/9");
  await lab.button("Play").click();
  await lab.untilStep(5);
  await lab.open("/compare?v=1&domain=clusters&seed=1,2&iterations=200&start=1");
  await lab.untilStep(5);
  await lab.open("/try/strings");
  await lab.button("Type some").click();
  await lab.page.locator(".try-typed").fill("A-1\nB-2\nC-3\nD-4\nE-5");
  await lab.page.locator('[data-usable="5"]').waitFor();
  await lab.button("Find the program").click();
  await lab.page.locator('[data-table="try-programs"] tr[data-weight]').first().waitFor();
  await lab.open("/try/strokes");
  const pad = lab.page.locator('[data-picture="try-pad"]');
  await pad.focus();
  for (let i = 0; i < 8; i += 1) await lab.page.keyboard.press("Shift+ArrowDown");
  await lab.button("Find the strokes").click();
  await lab.page.locator('[data-table="try-programs"] tr[data-weight]').first().waitFor();
  await lab.open("automata");
  await lab.play();
  await lab.untilStep(10);
  await lab.pause();
  const png = new PNG({ width: 64, height: 64 });
  for (let at = 0; at < 64 * 64; at += 1) png.data.set([(at * 7) % 256, (at * 7) % 256, (at * 7) % 256, 255], at * 4);
  const file = { name: "own.png", mimeType: "image/png", buffer: PNG.sync.write(png) };
  await lab.page.getByLabel("Picture file").setInputFiles(file);
  await lab.page.getByRole("dialog").waitFor();
  await lab.open("/try/automata");
  await lab.page.getByLabel("Files").setInputFiles(file);
  await lab.page.waitForTimeout(500);
  await lab.open("/runs");
  expect(lab.foreignRequests()).toEqual([]);
  expect(methods).toEqual([]);
  expect(await lab.page.context().cookies()).toEqual([]);
  expect(lab.requests.some((url) => url.includes("train.worker"))).toBe(true);
  expect(lab.requests.every((url) => url.startsWith(lab.address) || !url.startsWith("http"))).toBe(true);
});

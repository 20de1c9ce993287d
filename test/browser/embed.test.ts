// A bench in a frame of another page: sandboxed, without storage, 320 px wide, one play button (UX-131).

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, Frame } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, launchBrowser, visit } from "../helpers/lab";

let browser: Browser;
let lab: Lab;
let host: Server;
let code = "";
beforeAll(async () => {
  browser = await launchBrowser();
  lab = await visit(browser, { permissions: ["clipboard-read", "clipboard-write"] });
  // Another page on another origin, which shows whatever HTML it is given.
  host = createServer((_request, response) => {
    response.setHeader("content-type", "text/html");
    response.end(`<!doctype html><title>Host</title><body>${code}</body>`);
  }).listen(0, "127.0.0.1");
});
afterAll(async () => {
  host.close();
  await browser.close();
});

/** The only frame of the host page that shows `html`. */
async function frameOf(html: string): Promise<Frame> {
  code = html;
  await lab.page.goto(`http://127.0.0.1:${(host.address() as AddressInfo).port}/`);
  const frame = lab.page.frames()[1];
  if (!frame) throw new Error("the host page has no frame");
  await frame.locator('main[data-screen="embed"]').waitFor();
  return frame;
}

const run = (frame: Frame) => frame.locator("[data-run-id]").first();
const plays = async (frame: Frame) => {
  await frame.getByRole("button", { name: "Play", exact: true }).click();
  await frame.waitForFunction(() => Number(document.querySelector("[data-run-id]")?.getAttribute("data-step")) >= 5);
};

describe("an embedded bench", () => {
  it("is copied from the workbench and trains in a sandboxed frame", async () => {
    await lab.open("automata?seed=5&obs=2");
    await lab.until("paused");
    await lab.page.keyboard.press("e");
    await lab.page.getByRole("button", { name: "Copy frame for a web page" }).click();
    await lab.page.getByText("Frame copied").first().waitFor();
    const copied = await lab.page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toMatch(/^<iframe src="http.*#\/embed\/automata\?.*seed=5.*sandbox="allow-scripts/);
    const frame = await frameOf(copied);
    expect(await frame.evaluate(() => window.origin)).toBe("null");
    await plays(frame);
    expect(await frame.getByRole("banner").count()).toBe(0);
    expect(await frame.getByRole("link", { name: "Open the lab" }).getAttribute("href")).toContain("seed=5");
  });

  it("fits 320 px, stands still until Play, and has one play button", async () => {
    const frame = await frameOf(
      `<iframe sandbox="allow-scripts" width="320" height="700" src="${lab.address}#/embed/automata?v=1"></iframe>`,
    );
    await frame.locator('[data-run-status="paused"]').waitFor();
    expect(await run(frame).getAttribute("data-step")).toBe("0");
    expect(await frame.getByRole("button", { name: /^(Play|Pause)$/ }).count()).toBe(1);
    expect(await frame.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  });

  it("shows clusters with their data file, and curves", async () => {
    const clusters = await frameOf(
      `<iframe sandbox="allow-scripts" width="600" height="700" src="${lab.address}#/embed/clusters?v=1"></iframe>`,
    );
    await plays(clusters);
    const curves = await frameOf(
      `<iframe sandbox="allow-scripts" width="600" height="700" src="${lab.address}#/embed/curves?domain=clusters"></iframe>`,
    );
    await plays(curves);
    await curves.waitForFunction(() => document.querySelector('[data-chart="elbo"]') !== null);
  });

  it("does not start by itself where motion is reduced", async () => {
    await lab.page.emulateMedia({ reducedMotion: "reduce" });
    const frame = await frameOf(
      `<iframe sandbox="allow-scripts" width="600" height="700" src="${lab.address}#/embed/automata?play=1"></iframe>`,
    );
    await frame.locator('[data-run-status="paused"]').waitFor();
    expect(await run(frame).getAttribute("data-step")).toBe("0");
  });
});

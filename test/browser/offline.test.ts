// After one visit the lab works without a connection, from a sub-path; a new version waits for the person (UX-200 to UX-205).

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serve } from "../../scripts/serve.mjs";
import { Lab, launchBrowser } from "../helpers/lab";

let browser: Browser;
let lab: Lab;
let folder = "";
let server: Server;

beforeAll(async () => {
  browser = await launchBrowser();
  // A copy of the build, so that a new version of it can be published.
  folder = mkdtempSync(join(tmpdir(), "lab-"));
  cpSync(process.env["LAB_DIST"] ?? "dist", folder, { recursive: true });
  const started = await serve({ root: folder, base: "/deep/er/lab/", port: 0 });
  server = started.server;
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, serviceWorkers: "allow" });
  lab = new Lab(await context.newPage(), started.address);
});
afterAll(async () => {
  await browser.close();
  server.close();
  server.closeAllConnections();
  rmSync(folder, { recursive: true });
});

const screen = () => lab.page.locator("main").getAttribute("data-screen");
const cacheNames = () => lab.page.evaluate(() => caches.keys());
/** Ready once the new service worker is in charge and has removed what is old. */
const ready = () => lab.page.evaluate(async () => void (await navigator.serviceWorker.ready));

describe("the manifest", () => {
  it("describes an app with icons that are there", async () => {
    await lab.open("/");
    const href = (await lab.page.locator('link[rel="manifest"]').getAttribute("href")) ?? "";
    const address = new URL(href, lab.address).href;
    const manifest = (await (await lab.page.request.get(address)).json()) as {
      name: string;
      display: string;
      start_url: string;
      icons: { src: string; sizes: string }[];
    };
    expect(manifest).toMatchObject({ name: "Wake-Sleep Lab", display: "standalone", start_url: "./" });
    expect(manifest.icons.map((icon) => icon.sizes)).toEqual(expect.arrayContaining(["192x192", "512x512"]));
    for (const icon of manifest.icons) {
      expect((await lab.page.request.get(new URL(icon.src, address).href)).status()).toBe(200);
    }
  });
});

describe("without a connection", () => {
  it("opens every screen and trains after one visit", async () => {
    await lab.open("/");
    await ready();
    await lab.page.context().setOffline(true);
    for (const [route, wanted] of [
      ["/", "home"],
      ["/learn", "learn"],
      ["/runs", "runs"],
      ["/compare", "compare"],
      ["/try/automata", "try"],
      ["/lab/clusters", "lab"],
      ["/lab/automata", "lab"],
    ] as const) {
      await lab.open(route);
      expect(await screen()).toBe(wanted);
      expect(await lab.page.getByText("not on your device").count()).toBe(0);
    }
    await lab.play();
    await lab.untilStep(5);
    await lab.pause();
    await lab.page.locator(`[data-saved-step="${await lab.step()}"]`).waitFor();
  });

  it("keeps the run of before", async () => {
    await lab.open("/runs");
    await lab.page.getByRole("row").nth(1).waitFor();
    await lab.page.context().setOffline(false);
  });

  it("has everything else after one press", async () => {
    await lab.open("/help/privacy");
    const all = lab.button(/Make everything available offline \(\d.* (kB|MB)\)/);
    await all.click();
    await lab.page.getByText("Trained models and data sets are here, too.").waitFor();
    const { files } = JSON.parse(readFileSync(join(folder, "offline.json"), "utf8")) as { files: { url: string }[] };
    await lab.page.context().setOffline(true);
    const found = await lab.page.evaluate(
      (urls) => Promise.all(urls.map(async (url) => (await fetch(new URL(url, document.baseURI))).ok)),
      files.map((file) => file.url),
    );
    expect(found.length).toBeGreaterThan(0);
    expect(found.every(Boolean)).toBe(true);
    await lab.page.context().setOffline(false);
  });
});

describe("a new version", () => {
  it("is offered, leaves a run alone, and comes when it is taken; the old copy goes", async () => {
    await lab.open("automata?iterations=1000000");
    await lab.play();
    await lab.untilStep(5);
    // The next build: the start page has changed, and with it the list that the service worker keeps.
    const page = readFileSync(join(folder, "index.html"), "utf8");
    writeFileSync(join(folder, "index.html"), page.replace("<head>", '<head><meta name="build" content="next" />'));
    const worker = readFileSync(join(folder, "sw.js"), "utf8");
    const changed = worker.replace(
      /(url:"index\.html",revision:")[^"]*|(revision:")[^"]*(",url:"index\.html")/,
      (all) => all.replace(/revision:"[^"]*/, 'revision:"next'),
    );
    expect(changed).not.toBe(worker);
    writeFileSync(join(folder, "sw.js"), changed);
    await lab.page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));
    const notice = lab.page.getByRole("status").filter({ hasText: "A new version is ready." });
    await notice.waitFor();
    const step = await lab.step();
    await lab.untilStep(step + 5);
    expect(await lab.status()).toBe("running");
    expect(await lab.page.locator('meta[name="build"]').count()).toBe(0);
    await notice.getByRole("button", { name: "Reload" }).click();
    await lab.page.locator('meta[name="build"][content="next"]').waitFor({ state: "attached" });
    expect(await lab.page.getByText("A new version is ready.").count()).toBe(0);
    const kept = await lab.page.evaluate(async () => {
      const names = (await caches.keys()).filter((name) => name.includes("precache"));
      const lists = await Promise.all(
        names.map(async (name) => (await (await caches.open(name)).keys()).map((r) => r.url)),
      );
      return lists.flat().filter((url) => url.includes("index.html"));
    });
    expect(kept).toHaveLength(1);
    expect(kept[0]).toContain("next");
  });

  it("asks only its own origin and keeps no cookie; what it keeps can be erased", async () => {
    expect(lab.foreignRequests()).toEqual([]);
    expect(await lab.page.context().cookies()).toEqual([]);
    expect((await cacheNames()).length).toBeGreaterThan(0);
    expect(lab.errors.filter((error) => !/ERR_INTERNET_DISCONNECTED|Failed to fetch/.test(error))).toEqual([]);
  });
});

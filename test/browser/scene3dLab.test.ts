// 3D in the lab: its scripts are fetched by a 3D picture and nothing else, kept for offline use only when used or asked
// for, its keys are in the list of keys, and a lost context comes back while the run goes on (UX-130, UX-165, UX-185, UX-191).

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, launchBrowser, visit } from "../helpers/lab";

let browser: Browser;
let lab: Lab;
beforeAll(async () => {
  browser = await launchBrowser();
  lab = await visit(browser, { reducedMotion: "reduce" });
});
afterAll(() => browser.close());

const THREE = /\/three[^/]*\.js$/;
const SMALL = "scenes=12&resolution=16&encoder=tiny&evaluationScenes=4&evaluationSamples=3&iterations=100000";
const space = () => lab.picture("scene").locator("[data-scene3d]");
const picture = () => space().getByRole("application");

describe("the scripts of 3D", () => {
  it("are not fetched by other domains and screens", async () => {
    for (const place of ["/", "/lab/strings", "/lab/timeseries", "/try/strokes", "/compare", "/help"]) {
      await lab.open(place);
      if (place.startsWith("/lab")) await lab.until(["paused", "running"]);
    }
    expect(lab.requests.filter((url) => THREE.test(url))).toEqual([]);
    await lab.open(`blocks?v=1&${SMALL}`);
    await space().and(lab.page.locator('[data-scene3d="ready"]')).waitFor();
    const fetched = new Set(lab.requests.filter((url) => THREE.test(url)));
    expect(fetched.size).toBeGreaterThan(0);
    expect(fetched.size).toBeLessThanOrEqual(3);
  });

  it("are not copied with the pages, but with everything else on request", () => {
    const dist = process.env["LAB_DIST"] ?? "dist";
    const names = readdirSync(join(dist, "assets")).filter((name) => /^three.*\.js$/.test(name));
    expect(names.length).toBeGreaterThan(0);
    const kept = readFileSync(join(dist, "sw.js"), "utf8");
    const later = readFileSync(join(dist, "offline.json"), "utf8");
    for (const name of names) {
      expect(kept).not.toContain(name);
      expect(later).toContain(name);
    }
  });
});

describe("the picture", () => {
  it("keeps its keys to itself, and they are in the list of keys", async () => {
    await lab.untilStart();
    await picture().focus();
    const view = () => picture().getAttribute("data-view");
    const before = await view();
    await lab.page.keyboard.press("ArrowRight");
    expect(await view()).not.toBe(before);
    await lab.page.keyboard.press("0");
    expect(await view()).toBe(before);
    expect(await lab.step()).toBe(0);
    // Keys that are not the picture's are the workbench's.
    await lab.page.keyboard.press("n");
    await lab.untilStep(1);
    await lab.page.keyboard.press("?");
    const listed = await lab.page.getByRole("dialog").locator("kbd").allInnerTexts();
    for (const keys of ["Arrow keys", "+ or −", "1, 2, 3", "0 or Home"]) expect(listed).toContain(keys);
    await lab.page.keyboard.press("Escape");
  });

  it("comes back with the same view when its context is lost while the run goes on", async () => {
    await lab.play();
    await picture().focus();
    await lab.page.keyboard.press("Shift+ArrowLeft");
    const before = await picture().getAttribute("data-view");
    await lab.page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>("[data-scene3d] .wsl-scene3d-canvas canvas");
      const loser = canvas?.getContext("webgl2")?.getExtension("WEBGL_lose_context");
      Object.assign(window, { loser });
      loser?.loseContext();
    });
    await lab.page.getByRole("status").filter({ hasText: "Restoring the 3D picture." }).waitFor();
    const step = await lab.step();
    await lab.untilStep(step + 3);
    await lab.page.evaluate(() => (window as unknown as { loser: WEBGL_lose_context }).loser.restoreContext());
    await space().and(lab.page.locator('[data-scene3d="ready"]')).waitFor();
    expect(await picture().getAttribute("data-view")).toBe(before);
    const drawn = () => lab.picture("scene").getAttribute("data-frame");
    const frame = await drawn();
    await expect.poll(drawn).not.toBe(frame);
    await lab.pause();
    expect(lab.errors.filter((text) => !/CONTEXT_LOST/.test(text))).toEqual([]);
  });

  it("is in an exported file as it is on screen, in light colours", async () => {
    await lab.page.evaluate(() => document.documentElement.setAttribute("data-theme", "dark"));
    const download = lab.page.waitForEvent("download");
    await lab
      .picture("scene")
      .getByRole("button", { name: /^Export / })
      .click();
    await lab.page.getByRole("menuitem", { name: /SVG/ }).click();
    const text = readFileSync((await (await download).path()) ?? "", "utf8");
    const canvases = [...text.matchAll(/href="(data:image\/png;base64,[^"]+)"/g)].map((match) => match[1] ?? "");
    expect(canvases.length).toBeGreaterThan(0);
    // The corner of the 3D picture, the first in the figure, is paper.
    const corner = await lab.page.evaluate(async (url) => {
      const bitmap = await createImageBitmap(await (await fetch(url)).blob());
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const context = canvas.getContext("2d")!;
      context.drawImage(bitmap, 0, 0);
      return [...context.getImageData(2, 2, 1, 1).data];
    }, canvases[0] ?? "");
    expect(corner).toEqual([255, 255, 255, 255]);
    await lab.page.evaluate(() => document.documentElement.removeAttribute("data-theme"));
  });
});

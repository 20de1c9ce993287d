// When 3D is not there: a lost context comes back with the same view, without WebGL or a connection the flat picture and
// the list stay, and a page never has more than two contexts (UX-144, UX-185, UX-191).

import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Shown } from "../helpers/scene3dPage/main";
import { BLOCKS, LINES, ONE, picture, pixels, Scenes, settled, until, view } from "../helpers/scene3dVisit";

let scenes: Scenes;
beforeAll(async () => {
  scenes = await Scenes.begin();
}, 60_000);
afterAll(() => scenes.end());

const FLAT: Shown = [{ ...ONE[0]!, hasFallback: true }];
/** Keeps the extension where the page can lose and restore the context of its first canvas. */
const takeExtension = (page: Page) =>
  page.evaluate(() => {
    const context = document.querySelector("canvas")?.getContext("webgl2");
    Object.assign(window, { loser: context?.getExtension("WEBGL_lose_context") });
  });
const lose = (page: Page) =>
  page.evaluate(() => (window as unknown as { loser: WEBGL_lose_context }).loser.loseContext());
const restore = (page: Page) =>
  page.evaluate(() => (window as unknown as { loser: WEBGL_lose_context }).loser.restoreContext());
const restoring = (page: Page) => page.getByRole("status").filter({ hasText: "Restoring the 3D picture." });

describe("a lost context", () => {
  it("says so over the flat picture, and comes back with the same view", async () => {
    const { page, errors, close } = await scenes.open(FLAT, { reducedMotion: "reduce" });
    await until(page, "ready");
    await picture(page).focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("+");
    await settled(page);
    const [turned, before] = [await view(page), await pixels(page)];
    await takeExtension(page);
    await lose(page);
    await restoring(page).waitFor();
    expect(await page.locator("[data-flat]").isVisible()).toBe(true);
    await restore(page);
    await until(page, "ready");
    expect(await restoring(page).count()).toBe(0);
    expect(await view(page)).toBe(turned);
    await expect.poll(async () => (await pixels(page)).data.equals(before.data)).toBe(true);
    // Lost for good: after a while another canvas takes its place, and the picture turns on from there.
    await lose(page);
    await restoring(page).waitFor();
    await until(page, "ready");
    expect(await view(page)).toBe(turned);
    await expect.poll(async () => (await pixels(page)).data.equals(before.data)).toBe(true);
    await picture(page).focus();
    await page.keyboard.press("ArrowLeft");
    expect(await view(page)).not.toBe(turned);
    expect(errors.filter((text) => !/CONTEXT_LOST/.test(text))).toEqual([]);
    await close();
  });
});

describe("a browser without WebGL", () => {
  it("says so in a sentence, and shows the flat picture and a list that works", async () => {
    const { page, errors, close } = await scenes.open(FLAT, {}, (page) =>
      page.addInitScript(() => {
        const original = HTMLCanvasElement.prototype.getContext;
        HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string, ...more: unknown[]) {
          return kind.startsWith("webgl") ? null : Reflect.apply(original, this, [kind, ...more]);
        } as typeof original;
      }),
    );
    await until(page, "unsupported");
    await page.getByText("This browser draws no 3D: it gives no WebGL 2. Here is the flat picture.").waitFor();
    expect(await page.locator("[data-flat]").isVisible()).toBe(true);
    expect(await page.getByRole("button", { name: "Front camera" }).count()).toBe(0);
    await page.getByRole("list", { name: "Blocks" }).getByRole("button", { name: "Block 2" }).click();
    expect(await page.evaluate(() => window.scene3d.selected)).toEqual([BLOCKS[1]!.id]);
    expect(errors).toEqual([]);
    await close();
  });
});

describe("without a connection", () => {
  it("says that the 3D part needs to be downloaded once, and fetches it on Retry", async () => {
    const three = /three[^/]*\.js$/;
    const { page, close } = await scenes.open(FLAT, {}, (page) => page.route(three, (route) => route.abort()));
    const message = page.getByRole("alert").filter({ hasText: "The 3D part needs to be downloaded once" });
    await message.waitFor();
    expect(await page.locator("[data-flat]").isVisible()).toBe(true);
    await page.getByRole("button", { name: "Block 2" }).click();
    await page.getByRole("button", { name: "Retry" }).click();
    await message.waitFor();
    await page.unroute(three);
    await page.getByRole("button", { name: "Retry" }).click();
    await until(page, "ready");
    expect(await message.count()).toBe(0);
    await close();
  });
});

describe("several pictures", () => {
  it("have two contexts between them; another takes over the oldest", async () => {
    const three: Shown = [0, 1, 2].map(() => ({
      props: { blocks: BLOCKS, lines: LINES },
      side: 300,
      hasFallback: true,
    }));
    const { page, errors, close } = await scenes.open(three, { viewport: { width: 1000, height: 2000 } });
    await until(page, "ready", 0);
    await until(page, "ready", 1);
    await until(page, "crowded", 2);
    await page.getByText("Two other pictures are shown in 3D.").waitFor();
    expect(await page.locator("canvas").count()).toBe(2);
    await page.getByRole("button", { name: "Show in 3D" }).click();
    await until(page, "ready", 2);
    await until(page, "crowded", 0);
    expect(await page.locator("canvas").count()).toBe(2);
    // One that goes lets the waiting one in.
    await page.evaluate((shown) => window.scene3d.show(shown), three.slice(0, 2));
    await until(page, "ready", 0);
    expect(await page.locator("canvas").count()).toBe(2);
    // Opened and closed over and over, they leave no context behind: browsers complain at 16.
    for (let round = 0; round < 12; round++) {
      await page.evaluate(() => window.scene3d.show([]));
      await page.evaluate((shown) => window.scene3d.show(shown), three.slice(0, 2));
      await until(page, "ready", 1);
    }
    expect(errors).toEqual([]);
    await close();
  });

  it("fetch nothing and open nothing before they are in view", async () => {
    const { page, close } = await scenes.open([]);
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.evaluate(() => {
      document.body.style.paddingTop = "3000px";
    });
    await page.evaluate((shown) => window.scene3d.show(shown), FLAT);
    await until(page, "waiting");
    await settled(page);
    expect(asked.filter((url) => /three/.test(url))).toEqual([]);
    await page.evaluate(() => document.querySelector("[data-scene3d]")?.scrollIntoView());
    await until(page, "ready");
    expect(asked.some((url) => /three/.test(url))).toBe(true);
    await close();
  });
});
